#ifndef AWASE_RULES_RULE_SET_H_
#define AWASE_RULES_RULE_SET_H_

// A validated set of rules as the engine reads it: plain immutable data, no YAML, no protobuf.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "awase/base/money.h"

namespace awase::rules {

// Products sold as a set, offered on the page of each of its products (or only of `anchor`).
struct Bundle {
  std::vector<std::string> products;  // 2–4 distinct ids
  std::string anchor;                 // empty = any of products
  std::optional<Money> price;         // of the whole set; nothing = the sum of the prices
  std::string text;                   // reason shown; empty = a sentence is made
};

// Products never offered where the rule applies.
struct Hide {
  std::vector<std::string> products;
  std::vector<std::string> anchors;  // empty = on every page
};

// A product at a fixed place of a slot.
struct Pin {
  std::string product;
  std::string slot;
  std::uint32_t position = 1;        // 1-based
  std::vector<std::string> anchors;  // empty = on every page
};

// The steps of a ladder that somebody vouches for, or that there are none.
struct Rung {
  std::vector<std::string> products;  // 2–50 distinct ids, from the lowest to the highest; of a forbid in any order
  std::string author;                 // who says so; not for customers
  std::string text;                   // reason of the step up, of two products alone; empty = a sentence is made
  bool forbid = false;                // no step leads from any of the products to another of them
};

// A ladder leads from each of its products to the next one and to the one after it.
inline constexpr std::size_t kFarthestStep = 2;

using Action = std::variant<Bundle, Hide, Pin, Rung>;

struct Rule {
  std::string id;
  std::string description;
  std::int32_t priority = 0;
  std::vector<std::string> placements;     // empty = every placement
  absl::Time from = absl::InfinitePast();  // applies in [from, until)
  absl::Time until = absl::InfiniteFuture();
  Action action;
};

// Immutable after loading; thread-safe to read.
struct RuleSet {
  std::string revision;     // hash of the decoded rules: equal content, equal revision. "empty" without rules.
  std::vector<Rule> rules;  // by falling priority, then id
};

}  // namespace awase::rules

#endif  // AWASE_RULES_RULE_SET_H_
