#ifndef AWASE_YAML_INTERNAL_TREE_H_
#define AWASE_YAML_INTERNAL_TREE_H_

// A YAML document as a tree with places. Unlike YAML::Node it keeps duplicate keys, quotes, tags and aliases, which a
// strict reader has to see, and what was read before a syntax error.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/yaml/decode_message.h"

namespace awase::yaml_internal {

enum class NodeKind : std::uint8_t { kNull, kScalar, kSequence, kMap, kAlias, kTooDeep };

struct Node {
  NodeKind kind = NodeKind::kNull;
  bool quoted = false;  // in quotes, or a block (| or >)
  bool tagged = false;  // !!str and the like
  yaml::Place place;
  std::string text;            // of a scalar
  std::vector<Node> children;  // of a sequence; of a map key, value, key, value, … (the last value may be missing)
};

struct Tree {
  Node root;
  bool whole = true;
  std::vector<yaml::Problem> problems;  // without paths
  // Of a quote that is not closed on its line, where reading ended: what is there is not what was meant.
  std::optional<yaml::Place> unclosed_quote;
};

// Never throws.
Tree ParseTree(absl::string_view text, const yaml::DecodeOptions& options);

}  // namespace awase::yaml_internal

#endif  // AWASE_YAML_INTERNAL_TREE_H_
