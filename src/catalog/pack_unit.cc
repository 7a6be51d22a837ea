#include "awase/catalog/pack_unit.h"

#include <algorithm>
#include <array>
#include <string>

#include "absl/strings/ascii.h"

namespace awase::catalog {
namespace {

struct UnitRow {
  PackUnit unit;
  absl::string_view name;
  Dimension dimension;
  absl::string_view base_name;
  std::int64_t base_units_numerator;
  std::int64_t base_units_denominator;
};

// Factors: the international yard and pound of 1959; NIST Handbook 44, appendix C (gallon = 231 cubic inches).
constexpr std::array<UnitRow, 42> kUnits = {{
    {PackUnit::kMilligram, "mg", Dimension::kMass, "g", 1, 1'000},
    {PackUnit::kGram, "g", Dimension::kMass, "g", 1, 1},
    {PackUnit::kKilogram, "kg", Dimension::kMass, "g", 1'000, 1},
    {PackUnit::kPound, "lb", Dimension::kMass, "g", 45'359'237, 100'000},
    {PackUnit::kWeightOunce, "oz wt", Dimension::kMass, "g", 45'359'237, 1'600'000},
    {PackUnit::kMillilitre, "ml", Dimension::kVolume, "ml", 1, 1},
    {PackUnit::kCentilitre, "cl", Dimension::kVolume, "ml", 10, 1},
    {PackUnit::kDecilitre, "dl", Dimension::kVolume, "ml", 100, 1},
    {PackUnit::kLitre, "l", Dimension::kVolume, "ml", 1'000, 1},
    {PackUnit::kFluidOunce, "fl oz", Dimension::kVolume, "ml", 3'785'411'784, 128'000'000},
    {PackUnit::kPint, "pt", Dimension::kVolume, "ml", 473'176'473, 1'000'000},
    {PackUnit::kQuart, "qt", Dimension::kVolume, "ml", 946'352'946, 1'000'000},
    {PackUnit::kGallon, "gal", Dimension::kVolume, "ml", 3'785'411'784, 1'000'000},
    {PackUnit::kOunce, "oz", Dimension::kOunce, "oz", 1, 1},
    {PackUnit::kPack, "pk", Dimension::kContainer, "pk", 1, 1},
    {PackUnit::kPiece, "piece", Dimension::kPiece, "piece", 1, 1},
    {PackUnit::kDozen, "dozen", Dimension::kPiece, "piece", 12, 1},
    {PackUnit::kRoll, "roll", Dimension::kOther, "roll", 1, 1},
    {PackUnit::kSheet, "sheet", Dimension::kOther, "sheet", 1, 1},
    {PackUnit::kLoad, "load", Dimension::kOther, "load", 1, 1},
    {PackUnit::kUse, "use", Dimension::kOther, "use", 1, 1},
    {PackUnit::kDose, "dose", Dimension::kOther, "dose", 1, 1},
    {PackUnit::kTablet, "tablet", Dimension::kOther, "tablet", 1, 1},
    {PackUnit::kStem, "stem", Dimension::kOther, "stem", 1, 1},
    {PackUnit::kPair, "pair", Dimension::kOther, "pair", 1, 1},
    {PackUnit::kMetre, "m", Dimension::kLength, "m", 1, 1},
    {PackUnit::kFoot, "ft", Dimension::kLength, "m", 3'048, 10'000},
    {PackUnit::kYard, "yd", Dimension::kLength, "m", 9'144, 10'000},
    {PackUnit::kSquareMetre, "m2", Dimension::kArea, "m2", 1, 1},
    {PackUnit::kSquareFoot, "sq ft", Dimension::kArea, "m2", 9'290'304, 100'000'000},
    {PackUnit::kInch, "in", Dimension::kSize, "cm", 254, 100},
    {PackUnit::kCentimetre, "cm", Dimension::kSize, "cm", 1, 1},
    {PackUnit::kMillimetre, "mm", Dimension::kSize, "cm", 1, 10},
    {PackUnit::kBag, "bag", Dimension::kContainer, "bag", 1, 1},
    {PackUnit::kBottle, "bottle", Dimension::kContainer, "bottle", 1, 1},
    {PackUnit::kBox, "box", Dimension::kContainer, "box", 1, 1},
    {PackUnit::kCan, "can", Dimension::kContainer, "can", 1, 1},
    {PackUnit::kCarton, "carton", Dimension::kContainer, "carton", 1, 1},
    {PackUnit::kCup, "cup", Dimension::kContainer, "cup", 1, 1},
    {PackUnit::kJar, "jar", Dimension::kContainer, "jar", 1, 1},
    {PackUnit::kPouch, "pouch", Dimension::kContainer, "pouch", 1, 1},
    {PackUnit::kTube, "tube", Dimension::kContainer, "tube", 1, 1},
}};

constexpr bool IsInOrder() {
  for (std::size_t i = 0; i < kUnits.size(); ++i) {
    if (kUnits[i].unit != static_cast<PackUnit>(i)) return false;
  }
  return true;
}
static_assert(IsInOrder(), "a unit is looked up by its number");

const UnitRow& RowOf(PackUnit unit) { return kUnits[static_cast<std::size_t>(unit)]; }

struct UnitWord {
  absl::string_view word;  // lower case, without blanks and full stops
  PackUnit unit;
};

// By word, byte for byte. A letter that labels use in several ways is none: C (count, cup, hundred), T (table or tea
// spoon), Z.
constexpr std::array<UnitWord, 186> kWords = {{
    {"bag", PackUnit::kBag},
    {"bags", PackUnit::kBag},
    {"bottle", PackUnit::kBottle},
    {"bottles", PackUnit::kBottle},
    {"box", PackUnit::kBox},
    {"boxes", PackUnit::kBox},
    {"btl", PackUnit::kBottle},
    {"btls", PackUnit::kBottle},
    {"can", PackUnit::kCan},
    {"cans", PackUnit::kCan},
    {"carton", PackUnit::kCarton},
    {"cartons", PackUnit::kCarton},
    {"centimeter", PackUnit::kCentimetre},
    {"centimeters", PackUnit::kCentimetre},
    {"centimetre", PackUnit::kCentimetre},
    {"centimetres", PackUnit::kCentimetre},
    {"cl", PackUnit::kCentilitre},
    {"cm", PackUnit::kCentimetre},
    {"cnt", PackUnit::kPiece},
    {"count", PackUnit::kPiece},
    {"ct", PackUnit::kPiece},
    {"cts", PackUnit::kPiece},
    {"cup", PackUnit::kCup},
    {"cups", PackUnit::kCup},
    {"dl", PackUnit::kDecilitre},
    {"dose", PackUnit::kDose},
    {"doses", PackUnit::kDose},
    {"doz", PackUnit::kDozen},
    {"dozen", PackUnit::kDozen},
    {"dz", PackUnit::kDozen},
    {"dzn", PackUnit::kDozen},
    {"ea", PackUnit::kPiece},
    {"each", PackUnit::kPiece},
    {"feet", PackUnit::kFoot},
    {"flounce", PackUnit::kFluidOunce},
    {"flounces", PackUnit::kFluidOunce},
    {"floz", PackUnit::kFluidOunce},
    {"fluidounce", PackUnit::kFluidOunce},
    {"fluidounces", PackUnit::kFluidOunce},
    {"fluidoz", PackUnit::kFluidOunce},
    {"foot", PackUnit::kFoot},
    {"ft", PackUnit::kFoot},
    {"g", PackUnit::kGram},
    {"ga", PackUnit::kGallon},
    {"gal", PackUnit::kGallon},
    {"gallon", PackUnit::kGallon},
    {"gallons", PackUnit::kGallon},
    {"gals", PackUnit::kGallon},
    {"gm", PackUnit::kGram},
    {"gms", PackUnit::kGram},
    {"gr", PackUnit::kGram},
    {"gram", PackUnit::kGram},
    {"gramm", PackUnit::kGram},
    {"grams", PackUnit::kGram},
    {"in", PackUnit::kInch},
    {"inch", PackUnit::kInch},
    {"inches", PackUnit::kInch},
    {"jar", PackUnit::kJar},
    {"jars", PackUnit::kJar},
    {"kg", PackUnit::kKilogram},
    {"kgs", PackUnit::kKilogram},
    {"kilo", PackUnit::kKilogram},
    {"kilogram", PackUnit::kKilogram},
    {"kilograms", PackUnit::kKilogram},
    {"kilos", PackUnit::kKilogram},
    {"l", PackUnit::kLitre},
    {"lb", PackUnit::kPound},
    {"lbs", PackUnit::kPound},
    {"ld", PackUnit::kLoad},
    {"lds", PackUnit::kLoad},
    {"lit", PackUnit::kLitre},
    {"liter", PackUnit::kLitre},
    {"liters", PackUnit::kLitre},
    {"litre", PackUnit::kLitre},
    {"litres", PackUnit::kLitre},
    {"load", PackUnit::kLoad},
    {"loads", PackUnit::kLoad},
    {"lt", PackUnit::kLitre},
    {"ltr", PackUnit::kLitre},
    {"ltrs", PackUnit::kLitre},
    {"m", PackUnit::kMetre},
    {"m2", PackUnit::kSquareMetre},
    {"meter", PackUnit::kMetre},
    {"meters", PackUnit::kMetre},
    {"metre", PackUnit::kMetre},
    {"metres", PackUnit::kMetre},
    {"mg", PackUnit::kMilligram},
    {"milligram", PackUnit::kMilligram},
    {"milligrams", PackUnit::kMilligram},
    {"milliliter", PackUnit::kMillilitre},
    {"milliliters", PackUnit::kMillilitre},
    {"millilitre", PackUnit::kMillilitre},
    {"millilitres", PackUnit::kMillilitre},
    {"millimeter", PackUnit::kMillimetre},
    {"millimeters", PackUnit::kMillimetre},
    {"millimetre", PackUnit::kMillimetre},
    {"millimetres", PackUnit::kMillimetre},
    {"ml", PackUnit::kMillilitre},
    {"mls", PackUnit::kMillilitre},
    {"mm", PackUnit::kMillimetre},
    {"m²", PackUnit::kSquareMetre},
    {"ounce", PackUnit::kOunce},
    {"ounces", PackUnit::kOunce},
    {"oz", PackUnit::kOunce},
    {"ozavdp", PackUnit::kWeightOunce},
    {"ozs", PackUnit::kOunce},
    {"ozwt", PackUnit::kWeightOunce},
    {"pack", PackUnit::kPack},
    {"packs", PackUnit::kPack},
    {"pair", PackUnit::kPair},
    {"pairs", PackUnit::kPair},
    {"pc", PackUnit::kPiece},
    {"pce", PackUnit::kPiece},
    {"pces", PackUnit::kPiece},
    {"pck", PackUnit::kPack},
    {"pcs", PackUnit::kPiece},
    {"piece", PackUnit::kPiece},
    {"pieces", PackUnit::kPiece},
    {"pint", PackUnit::kPint},
    {"pints", PackUnit::kPint},
    {"pk", PackUnit::kPack},
    {"pks", PackUnit::kPack},
    {"pouch", PackUnit::kPouch},
    {"pouches", PackUnit::kPouch},
    {"pound", PackUnit::kPound},
    {"pounds", PackUnit::kPound},
    {"pr", PackUnit::kPair},
    {"prs", PackUnit::kPair},
    {"pt", PackUnit::kPint},
    {"pts", PackUnit::kPint},
    {"qt", PackUnit::kQuart},
    {"qts", PackUnit::kQuart},
    {"quart", PackUnit::kQuart},
    {"quarts", PackUnit::kQuart},
    {"roll", PackUnit::kRoll},
    {"rolls", PackUnit::kRoll},
    {"sheet", PackUnit::kSheet},
    {"sheets", PackUnit::kSheet},
    {"sqft", PackUnit::kSquareFoot},
    {"sqm", PackUnit::kSquareMetre},
    {"squarefeet", PackUnit::kSquareFoot},
    {"squarefoot", PackUnit::kSquareFoot},
    {"squaremeter", PackUnit::kSquareMetre},
    {"squaremeters", PackUnit::kSquareMetre},
    {"squaremetre", PackUnit::kSquareMetre},
    {"squaremetres", PackUnit::kSquareMetre},
    {"stem", PackUnit::kStem},
    {"stems", PackUnit::kStem},
    {"stk", PackUnit::kPiece},
    {"stück", PackUnit::kPiece},
    {"tab", PackUnit::kTablet},
    {"tablet", PackUnit::kTablet},
    {"tablets", PackUnit::kTablet},
    {"tabs", PackUnit::kTablet},
    {"tube", PackUnit::kTube},
    {"tubes", PackUnit::kTube},
    {"unit", PackUnit::kPiece},
    {"units", PackUnit::kPiece},
    {"use", PackUnit::kUse},
    {"uses", PackUnit::kUse},
    {"wtoz", PackUnit::kWeightOunce},
    {"yard", PackUnit::kYard},
    {"yards", PackUnit::kYard},
    {"yd", PackUnit::kYard},
    {"yds", PackUnit::kYard},
    {"こ", PackUnit::kPiece},
    {"キロ", PackUnit::kKilogram},
    {"グラム", PackUnit::kGram},
    {"コ", PackUnit::kPiece},
    {"センチ", PackUnit::kCentimetre},
    {"ダース", PackUnit::kDozen},
    {"パック", PackUnit::kPack},
    {"ミリ", PackUnit::kMillimetre},
    {"ミリリットル", PackUnit::kMillilitre},
    {"メートル", PackUnit::kMetre},
    {"リットル", PackUnit::kLitre},
    {"ロール", PackUnit::kRoll},
    {"個", PackUnit::kPiece},
    {"本", PackUnit::kPiece},
    {"枚", PackUnit::kSheet},
    {"瓶", PackUnit::kBottle},
    {"箱", PackUnit::kBox},
    {"缶", PackUnit::kCan},
    {"袋", PackUnit::kBag},
    {"足", PackUnit::kPair},
    {"錠", PackUnit::kTablet},
}};

constexpr bool IsSorted() {
  for (std::size_t i = 1; i < kWords.size(); ++i) {
    if (!(kWords[i - 1].word < kWords[i].word)) return false;
  }
  return true;
}
static_assert(IsSorted(), "words are found by binary search, and each has one meaning");

// The longest word is "squaremetres"; a phrase may have blanks and full stops between its words.
constexpr std::size_t kMostUnitBytes = 40;

}  // namespace

Dimension DimensionOf(PackUnit unit) { return RowOf(unit).dimension; }
absl::string_view UnitName(PackUnit unit) { return RowOf(unit).name; }
absl::string_view BaseUnitName(PackUnit unit) { return RowOf(unit).base_name; }
Ratio BaseUnitsIn(PackUnit unit) {
  return Ratio::Of(RowOf(unit).base_units_numerator, RowOf(unit).base_units_denominator);
}

std::optional<PackUnit> ParsePackUnit(absl::string_view text) {
  if (text.size() > kMostUnitBytes) return std::nullopt;
  std::string word;
  for (const char c : text) {
    if (c != '.' && !absl::ascii_isspace(static_cast<unsigned char>(c))) {
      word.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
    }
  }
  const auto row =
      std::lower_bound(kWords.begin(), kWords.end(), absl::string_view(word),
                       [](const UnitWord& known, absl::string_view wanted) { return known.word < wanted; });
  if (row == kWords.end() || row->word != word) return std::nullopt;
  return row->unit;
}

}  // namespace awase::catalog
