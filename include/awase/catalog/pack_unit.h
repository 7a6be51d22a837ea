#ifndef AWASE_CATALOG_PACK_UNIT_H_
#define AWASE_CATALOG_PACK_UNIT_H_

// The units in which packs state what they hold, and how they convert.

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "awase/base/ratio.h"

namespace awase::catalog {

// As packs are labelled. US customary measures where others share the name: a pint is 473.176473 ml.
enum class PackUnit : std::uint8_t {
  kMilligram,
  kGram,
  kKilogram,
  kPound,
  kWeightOunce,
  kMillilitre,
  kCentilitre,
  kDecilitre,
  kLitre,
  kFluidOunce,
  kPint,
  kQuart,
  kGallon,
  kOunce,  // of weight or of volume: the label does not say
  kPack,   // "6 PK": a number of packs
  kPiece,
  kDozen,
  kRoll,
  kSheet,
  kLoad,
  kUse,
  kDose,
  kTablet,
  kStem,
  kPair,
  kMetre,
  kFoot,
  kYard,
  kSquareMetre,
  kSquareFoot,
  kInch,
  kCentimetre,
  kMillimetre,
  kBag,  // containers: "6 BOX" does not say what is in a box
  kBottle,
  kBox,
  kCan,
  kCarton,
  kCup,
  kJar,
  kPouch,
  kTube,
};

// Contents of one dimension can be compared.
enum class Dimension : std::uint8_t {
  kMass,       // in g
  kVolume,     // in ml
  kOunce,      // in oz: weight or volume, and so comparable to itself alone
  kPiece,      // in piece
  kLength,     // in m
  kArea,       // in m2
  kSize,       // in cm: of the thing itself (a picture frame), not of what a pack holds
  kOther,      // rolls, sheets, loads, …: each comparable to itself alone
  kContainer,  // packs, boxes, bags, …: likewise, as what is in one is not said
};

Dimension DimensionOf(PackUnit unit);

absl::string_view UnitName(PackUnit unit);  // "fl oz", "kg"

// In which contents of this unit are compared and stored, and how many of those one unit is: a pound is 453.59237 g.
absl::string_view BaseUnitName(PackUnit unit);
Ratio BaseUnitsIn(PackUnit unit);

// "KG", "kilo", "FL. OZ", "本"; ASCII letters in either case. Nothing for an unknown word. O(log units).
std::optional<PackUnit> ParsePackUnit(absl::string_view text);

}  // namespace awase::catalog

#endif  // AWASE_CATALOG_PACK_UNIT_H_
