// A label is read in three steps: its letters become parts (a number, with a unit where one follows it, and what stands
// between it and the part before), mixed numbers are folded into one part, and the one or two parts that remain are
// matched against the few forms that labels have.

#include "awase/catalog/pack_size.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace awase::catalog {
namespace {

constexpr std::size_t kMostLabelBytes = 64;
constexpr std::uint32_t kMostPieces =
    10'000;  // labels of more are item numbers: real ones end at a few thousand sheets
constexpr std::uint32_t kMostAmount = 1'000'000'000;
constexpr std::size_t kMostParts = 4;  // "6", "7", "3/", "4 OZ"
constexpr absl::string_view kTimesSign = "×";

// Named behind a unit, and no part of the content.
constexpr std::array<absl::string_view, 24> kContainers = {
    "aeros",  "bag", "bags", "bottle", "bottles", "box", "boxes", "btl",   "btls", "can",  "canister", "cans",
    "carton", "cup", "jar",  "loose",  "nr",      "pet", "plst",  "pouch", "tin",  "tins", "tray",     "tube"};

struct Part {
  char before = ' ';  // ' ', '/', '-' or 'x'
  Ratio number;
  std::optional<PackUnit> unit;
  bool is_mixed = false;          // "2 1/3"
  bool may_be_thousands = false;  // "1.500"
};

bool IsCounted(PackUnit unit) {
  const Dimension dimension = DimensionOf(unit);
  return dimension == Dimension::kPiece || dimension == Dimension::kContainer || dimension == Dimension::kOther;
}

// Units of which labels have thousands: "1.500 g" is 1500 g in half of the world. A "1.750 L" is what it says.
bool ComesInThousands(PackUnit unit) {
  return IsCounted(unit) || unit == PackUnit::kMilligram || unit == PackUnit::kGram || unit == PackUnit::kMillilitre;
}

// Ends at the first fault.
class LabelReader {
 public:
  explicit LabelReader(absl::string_view label) : rest_(label) {}

  // Whether the whole label was read.
  bool Read(std::vector<Part>* parts) {
    SkipBlanks();
    char before = ' ';
    while (!rest_.empty()) {
      if (parts->size() == kMostParts) return Fail(PackFault::kOtherForm);
      Part part;
      part.before = before;
      if (!TakeNumber(&part)) return false;
      if (!TakeWords(&part.unit)) return false;
      if (part.may_be_thousands && part.unit.has_value() && ComesInThousands(*part.unit)) {
        return Fail(PackFault::kTwoReadings);
      }
      parts->push_back(part);
      before = TakeSeparator();
      if (rest_.empty() && before != ' ') return Fail(PackFault::kOtherForm);
    }
    return !parts->empty() || Fail(PackFault::kNoNumber);
  }

  PackFault fault() const { return fault_; }

 private:
  bool Fail(PackFault fault) {
    fault_ = fault;
    return false;
  }

  void SkipBlanks() { rest_ = absl::StripLeadingAsciiWhitespace(rest_); }

  std::size_t DigitsAt(std::size_t from) const {
    std::size_t end = from;
    while (end < rest_.size() && absl::ascii_isdigit(static_cast<unsigned char>(rest_[end]))) ++end;
    return end - from;
  }

  bool TakeNumber(Part* part) {
    const std::size_t whole = DigitsAt(0);
    const char point = whole < rest_.size() ? rest_[whole] : ' ';
    const std::size_t fraction = point == '.' || point == ',' ? DigitsAt(whole + 1) : 0;
    if (whole + fraction == 0)
      return Fail(rest_.find_first_of("0123456789") != absl::string_view::npos ? PackFault::kOtherForm
                                                                               : PackFault::kNoNumber);
    part->may_be_thousands = fraction == 3 && whole >= 1 && whole <= 3 && rest_.front() != '0';
    if (point == ',') {
      if (fraction == 0) return Fail(PackFault::kOtherForm);
      if (part->may_be_thousands) return Fail(PackFault::kTwoReadings);
    }
    std::string text(rest_.substr(0, whole));
    if (fraction > 0) absl::StrAppend(&text, ".", rest_.substr(whole + 1, fraction));
    const std::optional<Ratio> parsed = Ratio::ParseDecimal(text);
    if (!parsed.has_value() || *parsed == Ratio()) return Fail(PackFault::kOutOfRange);
    part->number = *parsed;
    rest_.remove_prefix(whole + (point == '.' || fraction > 0 ? 1 : 0) + fraction);
    return true;
  }

  // A letter of any script but the sign ×.
  bool IsLetterAt(std::size_t at) const {
    const auto c = static_cast<unsigned char>(rest_[at]);
    if (absl::ascii_isalpha(c)) return true;
    return c >= 0x80 && rest_.substr(at, kTimesSign.size()) != kTimesSign;
  }

  bool IsTimesAt(std::size_t at) const {
    return rest_.substr(at, kTimesSign.size()) == kTimesSign || rest_[at] == 'x' || rest_[at] == 'X' ||
           rest_[at] == '*';
  }

  // The next word with its full stop; "" where there is none. "x" in front of a number is a sign, not a word.
  absl::string_view NextWord() const {
    std::size_t end = 0;
    while (end < rest_.size() && IsLetterAt(end)) ++end;
    const bool is_x = end == 1 && (rest_[0] == 'x' || rest_[0] == 'X');
    if (end == 0 || is_x) return "";
    // "m2" is a word of a letter and a digit.
    if (end == 1 && rest_.substr(0, 2).back() == '2' &&
        absl::ascii_tolower(static_cast<unsigned char>(rest_[0])) == 'm')
      ++end;
    while (end < rest_.size() && rest_[end] == '.' && DigitsAt(end + 1) == 0) ++end;
    return rest_.substr(0, end);
  }

  // The unit, of one word or two, and the names of containers behind it.
  bool TakeWords(std::optional<PackUnit>* unit) {
    SkipBlanks();
    // "3-LB BAG"
    if (rest_.size() > 1 && rest_.front() == '-' && IsLetterAt(1)) rest_.remove_prefix(1);
    for (absl::string_view word = NextWord(); !word.empty(); word = NextWord()) {
      if (!unit->has_value()) {
        *unit = TakeUnit(word);
        if (!unit->has_value()) return Fail(PackFault::kUnknownUnit);
      } else if (IsContainer(word)) {
        rest_.remove_prefix(word.size());
      } else {
        return Fail(PackFault::kOtherForm);
      }
      SkipBlanks();
    }
    if (unit->has_value() && rest_ == "*") rest_ = "";  // a footnote: "2 L*"
    return true;
  }

  std::optional<PackUnit> TakeUnit(absl::string_view word) {
    const absl::string_view all = rest_;
    rest_.remove_prefix(word.size());
    SkipBlanks();
    const absl::string_view second = NextWord();
    const absl::string_view both = all.substr(0, all.size() - rest_.size() + second.size());
    if (!second.empty()) {
      if (const std::optional<PackUnit> unit = ParsePackUnit(both); unit.has_value()) {
        rest_.remove_prefix(second.size());
        return unit;
      }
    }
    return ParsePackUnit(word);
  }

  static bool IsContainer(absl::string_view word) {
    const std::string name = absl::AsciiStrToLower(word.substr(0, word.find('.')));
    return std::binary_search(kContainers.begin(), kContainers.end(), name);
  }

  char TakeSeparator() {
    SkipBlanks();
    if (rest_.empty()) return ' ';
    char separator = ' ';
    if (rest_.front() == '/' || rest_.front() == '-') {
      separator = rest_.front();
      rest_.remove_prefix(1);
    } else if (IsTimesAt(0)) {
      separator = 'x';
      rest_.remove_prefix(rest_.front() == kTimesSign.front() ? kTimesSign.size() : 1);
    }
    SkipBlanks();
    return separator;
  }

  absl::string_view rest_;
  PackFault fault_ = PackFault::kOtherForm;
};

// Fractions that labels are printed with.
bool IsProperFraction(const Ratio& above, const Ratio& below) {
  constexpr std::array<std::uint32_t, 5> kBelow = {2, 3, 4, 8, 16};
  return std::any_of(kBelow.begin(), kBelow.end(), [&below](std::uint32_t d) { return below == Ratio(d); }) &&
         above.is_whole() && above < below && std::gcd(above.numerator(), below.numerator()) == 1;
}

Ratio FractionOf(const Ratio& above, const Ratio& below) { return Ratio::Of(above.numerator(), below.numerator()); }

// "10 3/4 OZ" and "7-3/4 OZ": three parts that are one number.
void FoldMixedNumbers(std::vector<Part>* parts) {
  for (std::size_t i = 0; i + 2 < parts->size(); ++i) {
    Part& whole = (*parts)[i];
    const Part& above = (*parts)[i + 1];
    const Part& below = (*parts)[i + 2];
    const bool is_mixed = !whole.unit.has_value() && whole.number.is_whole() && !above.unit.has_value() &&
                          (above.before == ' ' || above.before == '-') && below.before == '/' &&
                          IsProperFraction(above.number, below.number);
    if (!is_mixed) continue;
    const std::optional<Ratio> sum = Add(whole.number, FractionOf(above.number, below.number));
    if (!sum.has_value()) continue;
    whole.number = *sum;
    whole.unit = below.unit;
    whole.is_mixed = true;
    parts->erase(parts->begin() + static_cast<std::ptrdiff_t>(i) + 1,
                 parts->begin() + static_cast<std::ptrdiff_t>(i) + 3);
  }
}

struct Reading {
  std::optional<PackSize> size;
  PackFault fault = PackFault::kOtherForm;
};

Reading Refuse(PackFault fault) { return {std::nullopt, fault}; }

Reading Read(const Ratio& count, const Ratio& each, PackUnit unit) {
  if (!count.is_whole()) return Refuse(PackFault::kOtherForm);
  if (count > kMostPieces || each > kMostAmount) return Refuse(PackFault::kOutOfRange);
  PackSize size;
  size.count = static_cast<std::uint32_t>(count.numerator());
  size.each = each;
  size.unit = unit;
  const std::optional<Ratio> amount = Multiply(count, each);
  const std::optional<Ratio> total = amount.has_value() ? Multiply(*amount, BaseUnitsIn(unit)) : std::nullopt;
  if (!total.has_value()) return Refuse(PackFault::kOutOfRange);
  size.total = *total;
  if (IsCounted(unit) && size.total > Ratio(kMostPieces)) return Refuse(PackFault::kOutOfRange);
  return {size, {}};
}

bool IsExtent(PackUnit unit) {
  const Dimension dimension = DimensionOf(unit);
  return dimension == Dimension::kLength || dimension == Dimension::kArea || dimension == Dimension::kSize;
}

// Pieces, or containers of them.
bool IsPieces(PackUnit unit) {
  return DimensionOf(unit) == Dimension::kPiece || DimensionOf(unit) == Dimension::kContainer;
}

// "a/b unit": a fraction, or a packs of b.
Reading ReadSlash(const Ratio& a, const Ratio& b, PackUnit unit) {
  if (IsProperFraction(a, b)) {
    const bool is_small = unit == PackUnit::kOunce || unit == PackUnit::kFluidOunce || unit == PackUnit::kWeightOunce ||
                          unit == PackUnit::kGram || unit == PackUnit::kMillilitre;
    if (is_small && a != Ratio(1)) return Refuse(PackFault::kTwoReadings);
    return Read(1, FractionOf(a, b), unit);
  }
  if (IsExtent(unit) || (IsCounted(unit) && a < b)) return Refuse(PackFault::kTwoReadings);
  return Read(a, b, unit);
}

// "a-b unit": a packs of b, or from a to b.
Reading ReadDash(const Ratio& a, const Ratio& b, PackUnit unit) {
  const Dimension dimension = DimensionOf(unit);
  const bool has_no_ranges = dimension == Dimension::kOunce || dimension == Dimension::kVolume;
  return has_no_ranges ? Read(a, b, unit) : Refuse(PackFault::kTwoReadings);
}

// Two parts of which only the second has a unit.
Reading ReadNumberAndContent(const Part& number, const Part& content) {
  switch (content.before) {
    case '/':
      return ReadSlash(number.number, content.number, *content.unit);
    case '-':
      return ReadDash(number.number, content.number, *content.unit);
    case 'x':  // "5 X 7 IN" are two sides
      return IsExtent(*content.unit) ? Refuse(PackFault::kTwoReadings)
                                     : Read(number.number, content.number, *content.unit);
    default:
      return Refuse(PackFault::kTwoReadings);  // "528083 5 PK", or a lost sign
  }
}

// "2 LB 3 OZ": the ounces are of weight.
Reading ReadPoundsAndOunces(const Part& pounds, const Part& ounces) {
  constexpr std::int64_t kMostPounds = 1'000;
  constexpr std::int64_t kFinest = 1'000;  // of an ounce
  const bool is_such = pounds.number.is_whole() && pounds.number.numerator() <= kMostPounds && ounces.number < 16 &&
                       ounces.number.denominator() <= kFinest;
  if (!is_such) return Refuse(PackFault::kOtherForm);
  const std::optional<Ratio> all = Add(Ratio::Of(pounds.number.numerator() * 16, 1), ounces.number);
  return Read(1, *all, PackUnit::kWeightOunce);
}

// Two parts with a unit each.
Reading ReadTwoContents(const Part& a, const Part& b) {
  const bool is_ounce = b.unit == PackUnit::kOunce || b.unit == PackUnit::kWeightOunce;
  if (a.unit == PackUnit::kPound && is_ounce && b.before == ' ') return ReadPoundsAndOunces(a, b);
  const bool multiplies = b.before == 'x' || b.before == '/' || b.before == ' ';
  if (!multiplies) return Refuse(PackFault::kOtherForm);
  const auto counts = [&b](PackUnit unit) { return unit == PackUnit::kPack || (b.before == 'x' && IsPieces(unit)); };
  // "8 PK/5 IN" are eight of five inches, or something of 40.
  if (IsExtent(*a.unit) || IsExtent(*b.unit)) return Refuse(PackFault::kTwoReadings);
  if (counts(*a.unit)) return Read(a.number, b.number, *b.unit);
  if (counts(*b.unit)) return Read(b.number, a.number, *a.unit);
  return Refuse(IsPieces(*a.unit) || IsPieces(*b.unit) ? PackFault::kTwoReadings : PackFault::kOtherForm);
}

Reading ReadParts(const std::vector<Part>& parts) {
  if (parts.size() == 1) {
    if (!parts[0].unit.has_value()) return Refuse(PackFault::kNoUnit);
    return Read(1, parts[0].number, *parts[0].unit);
  }
  if (parts.size() > 2) return Refuse(PackFault::kOtherForm);
  const Part& a = parts[0];
  const Part& b = parts[1];
  if (!a.unit.has_value() && !b.unit.has_value()) return Refuse(PackFault::kNoUnit);
  if (!a.unit.has_value()) return ReadNumberAndContent(a, b);
  if (b.unit.has_value()) return ReadTwoContents(a, b);
  // "500 ml x 24"
  const bool is_times = b.before == 'x' && !IsExtent(*a.unit);
  return is_times ? Read(b.number, a.number, *a.unit) : Refuse(PackFault::kOtherForm);
}

}  // namespace

absl::string_view PackFaultText(PackFault fault) {
  switch (fault) {
    case PackFault::kNoNumber:
      return "has no number";
    case PackFault::kNoUnit:
      return "has no unit";
    case PackFault::kUnknownUnit:
      return "has an unknown unit";
    case PackFault::kTwoReadings:
      return "has two readings";
    case PackFault::kOutOfRange:
      return "has a number out of range";
    case PackFault::kOtherForm:
      return "has no known form";
  }
  return "is unknown";
}

std::optional<PackSize> ParsePackSize(absl::string_view label, PackFault* fault) {
  PackFault ignored;
  if (fault == nullptr) fault = &ignored;
  *fault = PackFault::kOtherForm;
  if (label.size() > kMostLabelBytes) return std::nullopt;
  LabelReader reader(absl::StripAsciiWhitespace(label));
  std::vector<Part> parts;
  if (!reader.Read(&parts)) {
    *fault = reader.fault();
    return std::nullopt;
  }
  FoldMixedNumbers(&parts);
  Reading reading = ReadParts(parts);
  *fault = reading.fault;
  return reading.size;
}

std::string FormatPackSize(const PackSize& size) {
  const std::string each = absl::StrCat(FormatRatio(size.each), " ", UnitName(size.unit));
  return size.count == 1 ? each : absl::StrCat(size.count, " x ", each);
}

}  // namespace awase::catalog
