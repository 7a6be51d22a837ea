#ifndef AWASE_RELATIONS_ENTRY_CLASS_H_
#define AWASE_RELATIONS_ENTRY_CLASS_H_

// What one product is to another: bought with it, instead of it, or as more of the same. A pure function over counts,
// types and the likeness of what the two are bought with; docs/relevance.md, "Classes of entries".

#include <cstdint>

#include "absl/strings/string_view.h"

namespace awase::relations {

// Stored in the artefact (docs/model_format.md): the numbers are fixed.
enum class EntryClass : std::uint8_t {
  kUndecided = 0,   // the evidence says neither; all entries of versions before format 3
  kComplement = 1,  // bought with the product more often than by chance
  kSubstitute = 2,  // bought instead of it: nothing to offer beside it
  kMultiPack = 3,   // of its type, and yet bought with it far more often than by chance: socks, colours of yarn
  kVariant = 4,     // the same product in another colour or size
};
inline constexpr std::uint8_t kLastEntryClass = 4;
absl::string_view EntryClassName(EntryClass entry_class);  // "undecided", "complement", …

// Where an entry comes from. Stored in the artefact: the numbers are fixed.
enum class EntrySource : std::uint8_t {
  kCounted = 0,     // enough people bought the two themselves
  kFamily = 1,      // bought with products of the same declared family; from here on the entry is backed off
  kType = 2,        // … of the same product type
  kCategory = 3,    // … of the same category, or of one around it
  kAuthor = 4,      // by the same author
  kSeries = 5,      // of the same series
  kBrand = 6,       // of the same brand
  kPopularity = 7,  // bought by everybody: says nothing about the product
};
inline constexpr std::uint8_t kLastEntrySource = 7;
absl::string_view EntrySourceName(EntrySource source);  // "counted", "family", …

// What is known of a pair. A lift here is against the null that knows basket sizes: units together / expected together.
struct PairFacts {
  bool is_variant = false;      // of one root
  bool same_type = false;       // both types are known, and are one
  bool kind_goes_with = false;  // backed off: products of its kind are bought with the other more often than by chance
  double lift = 0;              // of the relation that the entry is of
  double together_lift = 0;     // within orders; 0 where too few people bought both at once to be counted
  double together_low = 0;      // … its lower 95 % bound
  bool together_claim = false;  // … enough orders and buyers to be said to people
  double profile_likeness = 0;  // cosine in [0, 1] of what the two are bought with
  double viewed_low = 0;        // lower 95 % bound of the lift of being viewed in one session; 0 without views
};

// From here on a claim of one type is bought together "far more" than by chance. Competing products of one type reach a
// lift above 1 by the tastes of who buys the type at all; that even the lower bound is twice the chance they do not.
inline constexpr double kMultiPackLow = 2;

// From here on two products are bought with the same things. On The Complete Journey 95 of 100 pairs of unlike types
// are below (their median is 0.02), and two of three pairs of one type above (0.19).
inline constexpr double kLikeProfile = 0.1;

// In this order: a variant is one; products of one type are a multi-pack, or a substitute when they are not bought
// together more than by chance and have like profiles or are viewed in one session more than by chance; of all others,
// what is bought together more than by chance, or goes with products of the kind, is a complement. The rest is
// undecided. A multi-pack must be a claim: two rare products of a type need to meet only twice to exceed chance
// tenfold.
// Whether two customers' lists or orders are compared matters for one type alone: who buys two brands of milk in two
// weeks has replaced one by the other, so there only orders count.
EntryClass ClassifyPair(const PairFacts& facts);

// Whether the class can depend on PairFacts::profile_likeness, which takes time to find out.
bool NeedsProfile(const PairFacts& facts);

}  // namespace awase::relations

#endif  // AWASE_RELATIONS_ENTRY_CLASS_H_
