#ifndef AWASE_YAML_DECODE_MESSAGE_H_
#define AWASE_YAML_DECODE_MESSAGE_H_

// YAML → any protobuf message, strictly, with the place of everything. The message's descriptor is the schema: YAML
// keys are field names. What the text means beyond its types (ranges, references) is the caller's to check; PlaceOf()
// tells where to point.
//
//   v1::RuleSet rules;
//   const yaml::Decoded decoded = yaml::DecodeMessage(text, yaml::DecodeOptions(), &rules);
//   for (const yaml::Problem& problem : decoded.problems()) …  // 3:5 rules[0].bundel: unknown key "bundel"; …
//
// How YAML maps to fields:
//   message            map; unknown and duplicate keys and a second member of a oneof are problems
//   repeated           list; a lone value is a problem
//   map<string, V>     map
//   a message whose only field is a repeated one called `values`: that list
//   string             any scalar, as it is written: 0012 stays "0012"
//   bool               true or false
//   integers           decimal digits without quotes and without leading zeros, within the range of the field's type
//   float, double      a finite decimal number without quotes
//   enum               the name of the value
//   awase.v1.Money     "49.90 USD" or "USD 49.90", exact: more decimals than the currency has are a problem
//   Timestamp          RFC 3339 with offset, or a date (2026-07-01), which is midnight UTC
//   Duration           "250ms", "1h30m"
// A key without value is a problem and not a default. Aliases (*x), tags (!x), merge keys, several documents in one
// text, control characters and anything but UTF-8 are problems. So is a quoted text that goes over a line break, though
// YAML allows it: a quote that somebody forgot would take in what follows. Long texts are written below > or |.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace awase::yaml {

// Both 1-based; columns count characters, not bytes. {0, 0} is the text as a whole.
struct Place {
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend bool operator==(const Place&, const Place&) = default;
  friend auto operator<=>(const Place&, const Place&) = default;
};

struct Problem {
  Place place;
  std::string path;  // "rules[3].bundle.products[1]"; empty for the text as a whole
  std::string message;
};

// How a key of a map stands in paths: as it is when it reads well, else in quotes.
std::string PathKey(absl::string_view key);

struct DecodeOptions {
  // Nesting of maps and lists; anything deeper is not read and, where the schema would go that deep, a problem.
  std::size_t max_depth = 32;
  // Keys, values, lists and maps of the text: bounds memory (some 200 bytes each).
  std::size_t max_nodes = 500'000;
  // Decoding ends with a last problem that says so.
  std::size_t max_problems = 1'000;
};

// What decoding found besides the message itself. thread-compatible.
class Decoded {
 public:
  // By place.
  const std::vector<Problem>& problems() const { return problems_; }

  // False when the text could not be read to its end (a syntax error, a limit): what is missing may follow there.
  bool whole() const { return whole_; }

  // Whether the text has something at `path`: tells `x: []` and `x: 0` from no x at all.
  bool Has(absl::string_view path) const { return places_.contains(path); }

  // The place of the value at `path`, or of the nearest value around it that the text has.
  Place PlaceOf(absl::string_view path) const;

  // Whether there is a problem at `path` or below it; then what is there says nothing.
  bool HasProblem(absl::string_view path) const { return troubled_.contains(path); }

  // Whether the map at `path` has a key that the message does not know; then what is missing may be misspelled.
  bool HasUnknownKey(absl::string_view path) const { return with_unknown_key_.contains(path); }

 private:
  friend class Decoder;

  std::vector<Problem> problems_;
  bool whole_ = true;
  absl::flat_hash_map<std::string, Place> places_;
  absl::flat_hash_set<std::string> troubled_;
  absl::flat_hash_set<std::string> with_unknown_key_;
};

// Decodes all that can be decoded and reports every problem. A syntax error is one problem, and what precedes it is
// still checked. An empty text is an empty message. `*message` is cleared first, and complete only when there are no
// problems. Never throws; linear in the text. thread-safe.
Decoded DecodeMessage(absl::string_view text, const DecodeOptions& options, google::protobuf::Message* message);

}  // namespace awase::yaml

#endif  // AWASE_YAML_DECODE_MESSAGE_H_
