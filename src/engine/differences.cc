#include "awase/engine/differences.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "awase/catalog/plan_columns.h"
#include "awase/catalog/spec_value.h"
#include "awase/plans/plan.h"

namespace awase::engine {
namespace {

using artefact::AttributeView;
using artefact::ProductView;

using catalog::SpecValue;
using Direction = SpecDifference::Direction;

// "1.30kg" and "1.3 kg" are one value.
bool SameValue(const AttributeView& a, const AttributeView& b) {
  if (a.number.has_value() && b.number.has_value()) return *a.number == *b.number;
  if (a.text == b.text) return true;
  const SpecValue one = catalog::ParseSpecValue(a.text);
  const SpecValue other = catalog::ParseSpecValue(b.text);
  return one.IsComparableWith(other) && one.number == other.number;
}

Direction CompareNumbers(absl::string_view name, double anchor, double offer) {
  if (anchor == offer) return Direction::kChanged;
  const bool less_is_better = absl::StartsWith(name, catalog::kOveragePrefix);
  return (offer > anchor) != less_is_better ? Direction::kGained : Direction::kGivenUp;
}

// Limits that options make are written with separators. Of numbers with a unit nobody knows which way is better: the
// lighter laptop is.
std::optional<double> ComparableNumber(absl::string_view name, absl::string_view text) {
  const bool is_limit = absl::StartsWith(name, catalog::kLimitPrefix);
  if (is_limit && absl::EqualsIgnoreCase(text, catalog::kUnlimited)) return std::numeric_limits<double>::infinity();
  const SpecValue value =
      catalog::ParseSpecValue(is_limit ? absl::StrReplaceAll(text, {{",", ""}}) : std::string(text));
  const bool is_plain = value.kind == SpecValue::Kind::kNumber && value.unit == 0 && value.qualifier == 0;
  return is_plain ? std::optional(value.number) : std::nullopt;
}

bool IsShown(absl::string_view name) {
  return name != catalog::kFeeColumn && name != catalog::kFeePerSeatColumn && name != catalog::kOptionOfColumn &&
         name != catalog::kIncludesColumn;
}

// What says that it is not there is not there.
absl::string_view ShownValue(const AttributeView& attribute) {
  const bool is_absent_perk =
      absl::StartsWith(attribute.name, catalog::kPerkPrefix) && plans::SaysNoPerk(attribute.text);
  return is_absent_perk ? absl::string_view() : attribute.text;
}

// The place of an attribute in the masks of a step; 0 = beyond them.
std::uint32_t MaskBit(std::size_t position) { return position < 32 ? std::uint32_t{1} << position : 0; }

// An attribute that both products have, and where: attributes are sorted by name.
struct Pair {
  AttributeView of_anchor;
  AttributeView of_offer;
  std::size_t at_anchor;  // position
  std::size_t at_offer;
};

// As CompareValues, but that numbers were read when the model was trained: "1e5" is one there, and text to it.
Direction CompareAttributes(const Pair& pair) {
  const absl::string_view of_anchor = ShownValue(pair.of_anchor);
  const absl::string_view of_offer = ShownValue(pair.of_offer);
  const bool are_numbers = pair.of_anchor.number.has_value() && pair.of_offer.number.has_value();
  if (are_numbers && !of_anchor.empty() && !of_offer.empty()) {
    return CompareNumbers(pair.of_anchor.name, *pair.of_anchor.number, *pair.of_offer.number);
  }
  return CompareValues(pair.of_anchor.name, of_anchor, of_offer);
}

// Whether the larger value is better, as the learned steps from one product of the family say; nothing where they say
// nothing. `position` is the attribute's.
std::optional<bool> LearnedMoreIsBetter(const artefact::Model& model, ProductIndex product, std::size_t position) {
  const AttributeView attribute = model.product(product).attribute(position);
  const std::uint32_t bit = MaskBit(position);
  const SpecValue own = catalog::ParseSpecValue(attribute.text);
  const auto rungs = model.rungs(product);
  const auto evidence = model.rung_evidence(product);
  for (std::size_t r = 0; r < evidence.size(); ++r) {
    const bool is_gained = (evidence[r].gained_specs & bit) != 0;
    if (!is_gained && (evidence[r].given_up_specs & bit) == 0) continue;
    const SpecValue other = catalog::ParseSpecValue(model.product(rungs[r].other).AttributeText(attribute.name));
    if (own.IsComparableWith(other)) return (other.number > own.number) == is_gained;
  }
  return std::nullopt;
}

// What somebody asserts, the ladder has not compared; its other steps from these products still say what is better.
Direction DirectionOfAsserted(const artefact::Model& model, ProductIndex anchor, ProductIndex offer, const Pair& pair) {
  const SpecValue from = catalog::ParseSpecValue(pair.of_anchor.text);
  const SpecValue to = catalog::ParseSpecValue(pair.of_offer.text);
  if (from.IsComparableWith(to)) {
    std::optional<bool> more_is_better = LearnedMoreIsBetter(model, anchor, pair.at_anchor);
    if (!more_is_better.has_value()) more_is_better = LearnedMoreIsBetter(model, offer, pair.at_offer);
    if (more_is_better.has_value()) {
      return (to.number > from.number) == *more_is_better ? Direction::kGained : Direction::kGivenUp;
    }
  }
  return CompareAttributes(pair);
}

Direction DirectionOfLearned(const Pair& pair, const ladder::RungEvidence& step) {
  if ((step.gained_specs & MaskBit(pair.at_anchor)) != 0) return Direction::kGained;
  if ((step.given_up_specs & MaskBit(pair.at_anchor)) != 0) return Direction::kGivenUp;
  // Where the family says of some specs which way is better, it does not know it of the others.
  const bool knows_specs = (step.gained_specs | step.given_up_specs) != 0;
  if (knows_specs && absl::StartsWith(pair.of_anchor.name, "spec.")) return Direction::kChanged;
  return CompareAttributes(pair);
}

// Attributes are sorted by name on both sides, and so are the names' numbers: one pass finds pairs and singles, and
// looks at no text. Pairs of one text are left out.
template <typename OnPair, typename OnSingle>
void Merge(const ProductView& anchor, const ProductView& offer, OnPair on_pair, OnSingle on_single) {
  const std::size_t anchor_count = anchor.attribute_count();
  const std::size_t offer_count = offer.attribute_count();
  std::size_t a = 0;
  std::size_t b = 0;
  while (a < anchor_count && b < offer_count) {
    const artefact::AttributeIds of_anchor = anchor.attribute_ids(a);
    const artefact::AttributeIds of_offer = offer.attribute_ids(b);
    if (of_anchor.name < of_offer.name) {
      on_single(anchor, a++, Direction::kGivenUp);
    } else if (of_offer.name < of_anchor.name) {
      on_single(offer, b++, Direction::kGained);
    } else {
      if (of_anchor.text != of_offer.text) on_pair(Pair{anchor.attribute(a), offer.attribute(b), a, b});
      ++a;
      ++b;
    }
  }
  for (; a < anchor_count; ++a) on_single(anchor, a, Direction::kGivenUp);
  for (; b < offer_count; ++b) on_single(offer, b, Direction::kGained);
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
  const auto is_wanted = [&](absl::string_view name, absl::string_view of_anchor, absl::string_view of_offer) {
    if (differences.size() == kMaxDifferences || of_anchor == of_offer || !IsShown(name)) return false;
    // A tariff that only one has is neither gained nor given up: the other may be unlimited, or allow nothing beyond.
    return !absl::StartsWith(name, catalog::kOveragePrefix) || (!of_anchor.empty() && !of_offer.empty());
  };
  const auto add = [&](absl::string_view name, absl::string_view of_anchor, absl::string_view of_offer,
                       Direction direction) {
    differences.push_back({std::string(name), std::string(of_anchor), std::string(of_offer), direction});
  };
  Merge(
      from, to,
      [&](const Pair& pair) {
        const absl::string_view of_anchor = ShownValue(pair.of_anchor);
        const absl::string_view of_offer = ShownValue(pair.of_offer);
        // The direction last: it is looked for in other products.
        if (!is_wanted(pair.of_anchor.name, of_anchor, of_offer) || SameValue(pair.of_anchor, pair.of_offer)) return;
        add(pair.of_anchor.name, of_anchor, of_offer,
            step != nullptr ? DirectionOfLearned(pair, *step) : DirectionOfAsserted(model, anchor, offer, pair));
      },
      [](const ProductView&, std::size_t, Direction) {});
  if (differences.size() == kMaxDifferences) return differences;
  Merge(
      from, to, [](const Pair&) {},
      [&](const ProductView& product, std::size_t position, Direction direction) {
        const AttributeView single = product.attribute(position);
        const bool is_gained = direction == Direction::kGained;
        const absl::string_view of_anchor = is_gained ? absl::string_view() : ShownValue(single);
        const absl::string_view of_offer = is_gained ? ShownValue(single) : absl::string_view();
        if (is_wanted(single.name, of_anchor, of_offer)) add(single.name, of_anchor, of_offer, direction);
      });
  return differences;
}

}  // namespace awase::engine
