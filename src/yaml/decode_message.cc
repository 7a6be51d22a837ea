#include "awase/yaml/decode_message.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/yaml/nearest_word.h"
#include "awase/yaml/quoted.h"
#include "google/protobuf/descriptor.h"
#include "yaml/internal/remedy.h"
#include "yaml/internal/scalars.h"
#include "yaml/internal/tree.h"

namespace awase::yaml {
namespace {

using ::awase::yaml_internal::Node;
using ::awase::yaml_internal::NodeKind;
using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::OneofDescriptor;

// "rules[3].bundle" of "rules[3].bundle.products[1]" in two steps; "" of the first.
absl::string_view ParentPath(absl::string_view path) {
  const std::size_t end = path.find_last_of(".[");
  return end == absl::string_view::npos ? absl::string_view() : path.substr(0, end);
}

std::string Describe(const Node& node) {
  switch (node.kind) {
    case NodeKind::kScalar:
      return Quoted(node.text);
    case NodeKind::kSequence:
      return "a list";
    case NodeKind::kMap:
      return "a map";
    case NodeKind::kNull:
    case NodeKind::kAlias:
    case NodeKind::kTooDeep:
      break;
  }
  return "nothing";
}

std::vector<std::string> KeysOf(const Descriptor& type) {
  std::vector<std::string> keys;
  for (int i = 0; i < type.field_count(); ++i) keys.push_back(type.field(i)->name());
  return keys;
}

// What to do where a list or a map was wanted and something else was written, "" where that is not known. `type` is
// that of the map, or of the items of the list; null where they are no messages.
std::string RemedyOf(const Node& node, const Descriptor* type) {
  const Node& first = node.kind == NodeKind::kMap && !node.children.empty() ? node.children.front() : node;
  if (first.kind != NodeKind::kScalar || first.quoted) return "";
  return yaml_internal::FindKeyRemedy(first.text, type == nullptr ? std::vector<std::string>() : KeysOf(*type));
}

std::string UnknownKeyMessage(absl::string_view key, const Descriptor& type) {
  std::vector<std::string> known = KeysOf(type);
  if (const std::string remedy = yaml_internal::FindKeyRemedy(key, known); !remedy.empty()) {
    return absl::StrCat("unknown key ", Quoted(key), "; ", remedy);
  }
  const std::string nearest = NearestWord(key, known);
  if (!nearest.empty()) return absl::StrCat("unknown key ", Quoted(key), "; did you mean \"", nearest, "\"?");
  std::sort(known.begin(), known.end());
  return absl::StrCat("unknown key ", Quoted(key), "; known here: ", absl::StrJoin(known, ", "));
}

}  // namespace

// One decoding. Recursion follows the tree, whose depth is bounded.
class Decoder {
 public:
  Decoder(const DecodeOptions& options, Decoded* out) : options_(options), out_(*out) {}

  void Decode(absl::string_view text, Message* message) {
    const yaml_internal::Tree tree = yaml_internal::ParseTree(text, options_);
    out_.whole_ = tree.whole;
    for (const Problem& problem : tree.problems) out_.problems_.push_back(problem);
    // A text without a value (empty, comments only, cut short) is an empty message.
    if (tree.root.kind != NodeKind::kNull) DecodeMessageValue(tree.root, tree.root.place, message);
    if (tree.unclosed_quote.has_value()) {
      const auto decoded = out_.problems_.begin() + static_cast<std::ptrdiff_t>(tree.problems.size());
      out_.problems_.erase(
          std::remove_if(decoded, out_.problems_.end(),
                         [&](const Problem& problem) { return problem.place >= *tree.unclosed_quote; }),
          out_.problems_.end());
    }
    std::stable_sort(out_.problems_.begin(), out_.problems_.end(),
                     [](const Problem& a, const Problem& b) { return a.place < b.place; });
    if (stopped_) {
      out_.problems_.push_back(
          {Place(), "", absl::StrCat("more than ", options_.max_problems, " problems: the rest is not listed")});
    }
  }

 private:
  // Adds to the path for as long as it lives.
  class Step {
   public:
    Step(std::string* path, absl::string_view text) : path_(*path), size_(path->size()) {
      path_.append(text.data(), text.size());
    }
    ~Step() { path_.resize(size_); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    std::string& path_;
    std::size_t size_;
  };

  // Keys of one map that have been seen.
  struct Seen {
    absl::flat_hash_map<absl::string_view, Place> keys;
    absl::flat_hash_map<const OneofDescriptor*, std::pair<const FieldDescriptor*, Place>> oneofs;
  };

  std::string StepText(absl::string_view key) const { return absl::StrCat(path_.empty() ? "" : ".", PathKey(key)); }

  void Report(Place place, std::string message) {
    if (out_.problems_.size() >= options_.max_problems) {
      stopped_ = true;
      out_.whole_ = false;
      return;
    }
    out_.problems_.push_back({place, path_, std::move(message)});
    // An ancestor that is marked has its own ancestors marked.
    for (absl::string_view path = path_; out_.troubled_.insert(std::string(path)).second && !path.empty();) {
      path = ParentPath(path);
    }
  }

  void NotePlace(Place place) {
    if (asides_ == 0) out_.places_.try_emplace(path_, place);
  }

  // Whether `node` is of a kind that may have a value; if not, it is reported. An empty value has no place of its own.
  bool HasValue(const Node& node, Place place, absl::string_view wanted) {
    if (node.kind == NodeKind::kNull) {
      Report(place, absl::StrCat("has no value: want ", wanted, ", or take it away"));
    } else if (node.kind == NodeKind::kAlias) {
      Report(node.place,
             "aliases (*name) are not accepted: write the value out, and a text that begins with * in quotes");
    } else if (node.kind == NodeKind::kTooDeep) {
      Report(node.place, absl::StrCat("nested more than ", options_.max_depth, " deep"));
    } else if (node.tagged) {
      Report(node.place, "tags (!name) are not accepted: take it away, and write a text that begins with ! in quotes");
    } else {
      return true;
    }
    return false;
  }

  // `type` is that of the map, or of the items of the list, if they are messages.
  bool IsKind(const Node& node, NodeKind kind, Place place, absl::string_view wanted,
              const Descriptor* type = nullptr) {
    if (!HasValue(node, place, wanted)) return false;
    if (node.kind == kind) return true;
    const std::string remedy = RemedyOf(node, type);
    Report(node.place, absl::StrCat("want ", wanted, ", got ", Describe(node), remedy.empty() ? "" : "; ", remedy));
    return false;
  }

  void DecodeMessageValue(const Node& node, Place place, Message* message) {
    if (!IsKind(node, NodeKind::kMap, place, "a map of keys and values", message->GetDescriptor())) return;
    NotePlace(node.place);
    Seen seen;
    for (std::size_t i = 0; i + 1 < node.children.size() && !stopped_; i += 2) {
      DecodeEntry(node.children[i], node.children[i + 1], &seen, message);
    }
  }

  // Whether `key` is a scalar and new. `*is_repeated` tells that it is not new.
  bool CheckKey(const Node& key, Seen* seen, bool* is_repeated) {
    if (key.kind != NodeKind::kScalar || key.tagged) {
      Report(key.place, "a key must be text");
      return false;
    }
    const auto [first, is_new] = seen->keys.try_emplace(key.text, key.place);
    *is_repeated = !is_new;
    if (*is_repeated) {
      const Step step(&path_, StepText(key.text));
      Report(key.place,
             absl::StrCat("duplicate key; the first one is at ", first->second.line, ":", first->second.column));
    }
    return true;
  }

  void DecodeEntry(const Node& key, const Node& value, Seen* seen, Message* message) {
    bool is_repeated = false;
    if (!CheckKey(key, seen, &is_repeated)) return;
    const Descriptor& type = *message->GetDescriptor();
    const FieldDescriptor* field = type.FindFieldByName(key.text);
    if (field == nullptr) {
      out_.with_unknown_key_.insert(path_);
      const Step step(&path_, StepText(key.text));
      Report(key.place, UnknownKeyMessage(key.text, type));
      return;
    }
    const Step step(&path_, StepText(key.text));
    if (is_repeated || IsSecondOfOneof(*field, key, seen)) {
      // Decoded beside the message: the problems within it count as well, but nothing of it is there.
      const std::unique_ptr<Message> aside(message->New());
      ++asides_;
      DecodeField(value, key.place, *field, aside.get());
      --asides_;
      return;
    }
    DecodeField(value, key.place, *field, message);
  }

  bool IsSecondOfOneof(const FieldDescriptor& field, const Node& key, Seen* seen) {
    const OneofDescriptor* oneof = field.real_containing_oneof();
    if (oneof == nullptr) return false;
    const auto [first, is_new] = seen->oneofs.try_emplace(oneof, &field, key.place);
    if (is_new) return false;
    const auto& [other, place] = first->second;
    Report(key.place, absl::StrCat("only one ", oneof->name(), " is possible, and \"", other->name(),
                                   "\" is already given at ", place.line, ":", place.column));
    return true;
  }

  void DecodeField(const Node& node, Place place, const FieldDescriptor& field, Message* message) {
    if (field.is_map()) {
      DecodeMap(node, place, field, message);
    } else if (field.is_repeated()) {
      DecodeList(node, place, field, message);
    } else {
      DecodeValue(node, place, field, message);
    }
  }

  void DecodeList(const Node& node, Place place, const FieldDescriptor& field, Message* message) {
    if (!IsKind(node, NodeKind::kSequence, place, "a list such as [a, b]", field.message_type())) return;
    NotePlace(node.place);
    for (std::size_t i = 0; i < node.children.size() && !stopped_; ++i) {
      const Step step(&path_, absl::StrCat("[", i, "]"));
      DecodeValue(node.children[i], node.children[i].place, field, message);
    }
  }

  void DecodeMap(const Node& node, Place place, const FieldDescriptor& field, Message* message) {
    if (!IsKind(node, NodeKind::kMap, place, "a map of keys and values")) return;
    NotePlace(node.place);
    const FieldDescriptor& key_field = *field.message_type()->map_key();
    const FieldDescriptor& value_field = *field.message_type()->map_value();
    Seen seen;
    for (std::size_t i = 0; i + 1 < node.children.size() && !stopped_; i += 2) {
      const Node& key = node.children[i];
      bool is_repeated = false;
      if (!CheckKey(key, &seen, &is_repeated)) continue;
      const Step step(&path_, StepText(key.text));
      Message* entry = message->GetReflection()->AddMessage(message, &field);
      ReportIfRefused(yaml_internal::DecodeScalar(key, key_field, entry), key.place);
      DecodeValue(node.children[i + 1], key.place, value_field, entry);
    }
  }

  // One value, or one element when the field is repeated.
  void DecodeValue(const Node& node, Place place, const FieldDescriptor& field, Message* message) {
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      if (!IsKind(node, NodeKind::kScalar, place, yaml_internal::Wanted(field))) return;
      NotePlace(node.place);
      ReportIfRefused(yaml_internal::DecodeScalar(node, field, message), node.place);
      return;
    }
    const auto& reflection = *message->GetReflection();
    Message* part =
        field.is_repeated() ? reflection.AddMessage(message, &field) : reflection.MutableMessage(message, &field);
    if (const FieldDescriptor* values = yaml_internal::ListWrittenFor(*field.message_type())) {
      DecodeList(node, place, *values, part);
      return;
    }
    if (!yaml_internal::IsWrittenAsScalar(*field.message_type())) {
      DecodeMessageValue(node, place, part);
      return;
    }
    if (!IsKind(node, NodeKind::kScalar, place, yaml_internal::Wanted(field))) return;
    NotePlace(node.place);
    ReportIfRefused(yaml_internal::DecodeMessageScalar(node.text, part), node.place);
  }

  void ReportIfRefused(const absl::Status& status, Place place) {
    if (!status.ok()) Report(place, std::string(status.message()));
  }

  const DecodeOptions& options_;
  Decoded& out_;
  std::string path_;
  int asides_ = 0;        // keys around the present place that are given twice
  bool stopped_ = false;  // enough problems
};

std::string PathKey(absl::string_view key) {
  const bool plain = !key.empty() && key.size() <= 40 && key.find_first_of(".[]\" ") == absl::string_view::npos &&
                     std::none_of(key.begin(), key.end(), absl::ascii_iscntrl);
  return plain ? std::string(key) : Quoted(key);
}

Place Decoded::PlaceOf(absl::string_view path) const {
  while (true) {
    const auto found = places_.find(path);
    if (found != places_.end()) return found->second;
    if (path.empty()) return Place{1, 1};
    path = ParentPath(path);
  }
}

Decoded DecodeMessage(absl::string_view text, const DecodeOptions& options, Message* message) {
  message->Clear();
  Decoded decoded;
  Decoder(options, &decoded).Decode(text, message);
  return decoded;
}

}  // namespace awase::yaml
