#include "awase/relations/entry_class.h"

#include <array>

namespace awase::relations {
namespace {

bool IsMultiPack(const PairFacts& facts) { return facts.together_claim && facts.together_low >= kMultiPackLow; }

}  // namespace

absl::string_view EntryClassName(EntryClass entry_class) {
  constexpr std::array<absl::string_view, kLastEntryClass + 1> kNames = {"undecided", "complement", "substitute",
                                                                         "multi_pack", "variant"};
  return kNames[static_cast<std::size_t>(entry_class)];
}

absl::string_view EntrySourceName(EntrySource source) {
  constexpr std::array<absl::string_view, kLastEntrySource + 1> kNames = {"counted", "family", "type",  "category",
                                                                          "author",  "series", "brand", "popularity"};
  return kNames[static_cast<std::size_t>(source)];
}

bool NeedsProfile(const PairFacts& facts) {
  return !facts.is_variant && facts.same_type && !IsMultiPack(facts) && facts.together_lift <= 1 &&
         facts.viewed_low <= 1;
}

EntryClass ClassifyPair(const PairFacts& facts) {
  if (facts.is_variant) return EntryClass::kVariant;
  if (facts.same_type) {
    if (IsMultiPack(facts)) return EntryClass::kMultiPack;
    const bool alike = facts.profile_likeness >= kLikeProfile || facts.viewed_low > 1;
    return facts.together_lift <= 1 && alike ? EntryClass::kSubstitute : EntryClass::kUndecided;
  }
  return facts.lift > 1 || facts.kind_goes_with ? EntryClass::kComplement : EntryClass::kUndecided;
}

}  // namespace awase::relations
