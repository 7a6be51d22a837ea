#include "awase/engine/differences.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_replace.h"
#include "awase/plans/plan.h"

namespace awase::engine {
namespace {

using artefact::AttributeView;
using artefact::ProductView;

bool SameValue(const AttributeView& a, const AttributeView& b) {
  if (a.number.has_value() && b.number.has_value()) return *a.number == *b.number;
  return a.text == b.text;
}

using Direction = SpecDifference::Direction;

Direction CompareNumbers(absl::string_view name, double anchor, double offer) {
  if (anchor == offer) return Direction::kChanged;
  const bool less_is_better = absl::StartsWith(name, "overage.");
  return (offer > anchor) != less_is_better ? Direction::kGained : Direction::kGivenUp;
}

// Nothing for a text. Limits that options make are written with separators.
std::optional<double> ComparableNumber(absl::string_view name, absl::string_view value) {
  double number = 0;
  if (!absl::StartsWith(name, "limit.")) return absl::SimpleAtod(value, &number) ? std::optional(number) : std::nullopt;
  if (absl::EqualsIgnoreCase(value, "unlimited")) return std::numeric_limits<double>::infinity();
  return absl::SimpleAtod(absl::StrReplaceAll(value, {{",", ""}}), &number) ? std::optional(number) : std::nullopt;
}

bool IsShown(absl::string_view name) {
  return name != "fee" && name != "fee_per_seat" && name != "option_of" && name != "includes";
}

// What says that it is not there is not there.
absl::string_view ShownValue(const AttributeView& attribute) {
  const bool is_absent_perk = absl::StartsWith(attribute.name, "perk.") && plans::SaysNoPerk(attribute.text);
  return is_absent_perk ? absl::string_view() : attribute.text;
}

// `position` is the attribute's at the anchor.
Direction DirectionOf(const AttributeView& anchor, const AttributeView& offer, std::size_t position,
                      const ladder::RungEvidence* step) {
  const std::uint32_t bit = position < 32 ? std::uint32_t{1} << position : 0;
  if (step != nullptr && (step->gained_specs & bit) != 0) return Direction::kGained;
  if (step != nullptr && (step->given_up_specs & bit) != 0) return Direction::kGivenUp;
  // Where the family says of some specs which way is better, it does not know it of the others.
  const bool knows_specs = step != nullptr && (step->gained_specs | step->given_up_specs) != 0;
  if (knows_specs && absl::StartsWith(anchor.name, "spec.")) return Direction::kChanged;
  if (anchor.number.has_value() && offer.number.has_value()) {
    return CompareNumbers(anchor.name, *anchor.number, *offer.number);
  }
  return CompareValues(anchor.name, ShownValue(anchor), ShownValue(offer));
}

// Attributes are sorted by name on both sides: one pass finds pairs and singles.
template <typename OnPair, typename OnSingle>
void Merge(const ProductView& anchor, const ProductView& offer, OnPair on_pair, OnSingle on_single) {
  std::size_t a = 0;
  std::size_t b = 0;
  while (a < anchor.attribute_count() || b < offer.attribute_count()) {
    const AttributeView of_anchor = a < anchor.attribute_count() ? anchor.attribute(a) : AttributeView{};
    const AttributeView of_offer = b < offer.attribute_count() ? offer.attribute(b) : AttributeView{};
    if (b == offer.attribute_count() || (a < anchor.attribute_count() && of_anchor.name < of_offer.name)) {
      on_single(of_anchor, Direction::kGivenUp);
      ++a;
    } else if (a == anchor.attribute_count() || of_offer.name < of_anchor.name) {
      on_single(of_offer, Direction::kGained);
      ++b;
    } else {
      on_pair(of_anchor, of_offer, a);
      ++a;
      ++b;
    }
  }
}

}  // namespace

Direction CompareValues(absl::string_view name, absl::string_view anchor_value, absl::string_view offer_value) {
  if (anchor_value.empty()) return Direction::kGained;
  if (offer_value.empty()) return Direction::kGivenUp;
  const std::optional<double> anchor = ComparableNumber(name, anchor_value);
  const std::optional<double> offer = ComparableNumber(name, offer_value);
  return anchor.has_value() && offer.has_value() ? CompareNumbers(name, *anchor, *offer) : Direction::kChanged;
}

std::vector<SpecDifference> FindDifferences(const artefact::Model& model, ProductIndex anchor, ProductIndex offer,
                                            const ladder::RungEvidence* step) {
  const ProductView from = model.product(anchor);
  const ProductView to = model.product(offer);
  std::vector<SpecDifference> differences;
  const auto add = [&](absl::string_view name, absl::string_view of_anchor, absl::string_view of_offer,
                       Direction direction) {
    if (differences.size() == kMaxDifferences || of_anchor == of_offer || !IsShown(name)) return;
    // A tariff that only one has is neither gained nor given up: the other may be unlimited, or allow nothing beyond.
    if (absl::StartsWith(name, "overage.") && (of_anchor.empty() || of_offer.empty())) return;
    differences.push_back({std::string(name), std::string(of_anchor), std::string(of_offer), direction});
  };
  Merge(
      from, to,
      [&](const AttributeView& a, const AttributeView& b, std::size_t position) {
        if (!SameValue(a, b)) add(a.name, ShownValue(a), ShownValue(b), DirectionOf(a, b, position, step));
      },
      [](const AttributeView&, Direction) {});
  if (differences.size() == kMaxDifferences) return differences;
  Merge(
      from, to, [](const AttributeView&, const AttributeView&, std::size_t) {},
      [&](const AttributeView& single, Direction direction) {
        const bool is_gained = direction == Direction::kGained;
        const absl::string_view value = ShownValue(single);
        add(single.name, is_gained ? absl::string_view() : value, is_gained ? value : absl::string_view(), direction);
      });
  return differences;
}

}  // namespace awase::engine
