#include "tests/testing/cart_of_bytes.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "awase/base/saturating_sum.h"
#include "awase/pricing/margin_floor.h"

namespace awase::testing {
namespace {

using namespace awase::pricing;  // NOLINT(google-build-using-namespace)

class Reader {
 public:
  explicit Reader(absl::Span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::uint8_t Byte() {
    if (bytes_.empty()) return 0;
    const std::uint8_t byte = bytes_.front();
    bytes_.remove_prefix(1);
    return byte;
  }

  // 0 to most − 1.
  std::int64_t Below(std::int64_t most) { return Byte() % most; }

  bool IsOneOf(int chances) { return Byte() % chances == 0; }

  // Mostly least to least + spread; now and then anything.
  std::int64_t Number(std::int64_t least, std::int64_t spread) {
    const std::uint8_t kind = Byte();
    if (kind == 255) return Any();
    if (kind == 254) return static_cast<std::int64_t>(static_cast<std::uint64_t>(Any()) >> 14U);
    return least + (kind * 256 + Byte()) % (spread + 1);
  }

 private:
  std::int64_t Any() {
    std::uint64_t bits = 0;
    for (int i = 0; i < 8; ++i) bits = bits << 8U | Byte();
    return static_cast<std::int64_t>(bits);
  }

  absl::Span<const std::uint8_t> bytes_;
};

std::vector<std::size_t> ReadLines(Reader& reader, std::size_t lines) {
  const std::uint8_t named = reader.Byte();
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < lines; ++i) {
    if ((named >> i & 1U) != 0) places.push_back(i);
  }
  return places;
}

Reduction ReadReduction(Reader& reader, std::int64_t spread) {
  switch (reader.Below(3)) {
    case 0:
      return FixedPrice{reader.Number(0, spread)};
    case 1:
      return PercentOff{reader.IsOneOf(5) ? kBasisPoints : reader.Number(1, kBasisPoints - 1)};
    default:
      return AmountOff{reader.Number(1, spread)};
  }
}

std::optional<std::int64_t> ReadMost(Reader& reader) {
  if (!reader.IsOneOf(3)) return std::nullopt;
  return reader.Number(1, 5);
}

QuantityTerms ReadQuantityTerms(Reader& reader, std::size_t lines) {
  QuantityTerms terms{ReadLines(reader, lines)};
  terms.tiers.push_back({reader.Number(1, 3), ReadReduction(reader, 500)});
  if (reader.IsOneOf(2)) {
    QuantityTerms::Tier next = terms.tiers.back();
    next.from_quantity = SaturatingSum(next.from_quantity, 1 + reader.Below(8));
    if (auto* percent = std::get_if<PercentOff>(&next.reduction)) percent->basis_points += reader.Below(100);
    terms.tiers.push_back(next);
  }
  terms.most_units = ReadMost(reader);
  return terms;
}

SetTerms ReadSetTerms(Reader& reader, std::size_t lines) {
  SetTerms terms;
  const std::vector<std::size_t> all = ReadLines(reader, lines);
  const std::size_t parts = 1 + static_cast<std::size_t>(reader.Below(3));
  for (std::size_t i = 0; i < parts; ++i) {
    SetTerms::Part part{.count = reader.Number(1, 3)};
    for (std::size_t line = i; line < all.size(); line += parts) part.lines.push_back(all[line]);
    if (reader.IsOneOf(2)) part.reduced = reader.Number(0, 2);
    terms.parts.push_back(part);
  }
  terms.reduction = ReadReduction(reader, 2000);
  terms.most_sets = ReadMost(reader);
  return terms;
}

BasketTerms ReadBasketTerms(Reader& reader, std::size_t lines) {
  BasketTerms terms{ReadLines(reader, lines)};
  terms.tiers.push_back({reader.Number(0, 3000), ReadReduction(reader, 4000)});
  return terms;
}

Discount ReadDiscount(Reader& reader, std::size_t lines) {
  Discount discount;
  const std::int64_t kind = reader.Below(3);
  if (kind == 0) discount.terms = ReadQuantityTerms(reader, lines);
  if (kind == 1) discount.terms = ReadSetTerms(reader, lines);
  if (kind == 2) discount.terms = ReadBasketTerms(reader, lines);
  if (reader.IsOneOf(4)) {
    const std::int64_t step = reader.Number(1, 100);
    discount.rounding = {step, step > 0 && reader.IsOneOf(2) ? reader.Below(std::min<std::int64_t>(step, 200)) : 0,
                         reader.IsOneOf(2) ? UnitRounding::Direction::kDown : UnitRounding::Direction::kNearest};
  }
  if (reader.IsOneOf(3)) discount.stacking = Stacking::kOnTop;
  if (reader.IsOneOf(2)) discount.floor = MarginFloor{reader.Number(0, kBasisPoints - 1)};
  return discount;
}

class PromiseChecker {
 public:
  PromiseChecker(const CartCase& given, const CartPrice& cart) : given_(given), cart_(cart) {}

  std::string Check() {
    Expect(cart_.lines.size() == given_.lines.size() && cart_.discounts.size() == given_.discounts.size(), "sizes", 0);
    if (!broken_.empty()) return broken_;
    std::int64_t list = 0;
    std::int64_t price = 0;
    for (std::size_t i = 0; i < cart_.lines.size(); ++i) {
      CheckLine(i);
      list += cart_.lines[i].list_minor;
      price += cart_.lines[i].price_minor;
    }
    std::int64_t saving = 0;
    for (std::size_t i = 0; i < cart_.discounts.size(); ++i) {
      CheckOutcome(i);
      saving += cart_.discounts[i].saving_minor;
    }
    Expect(list == cart_.list_minor && price == cart_.price_minor && list - saving == price, "cart does not add up", 0);
    return broken_;
  }

 private:
  void Expect(bool is_kept, absl::string_view what, std::size_t place) {
    if (!is_kept) absl::StrAppend(&broken_, what, " (", place, "); ");
  }

  // The lowest price that a unit of the line may have, by the discounts that made it cheaper.
  std::int64_t LowestOf(std::size_t place) const {
    const Line& line = given_.lines[place];
    std::int64_t lowest = line.unit_price_minor;
    for (std::size_t i = 0; i < cart_.discounts.size(); ++i) {
      for (const LineSaving& saving : cart_.discounts[i].line_savings) {
        if (saving.line != place || saving.saving_minor == 0) continue;
        const std::optional<MarginFloor>& floor = given_.discounts[i].floor;
        if (!floor.has_value() || !line.unit_cost_minor.has_value()) return 0;
        lowest = std::min(lowest, LowestUnitPrice(*floor, *line.unit_cost_minor));
      }
    }
    return lowest;
  }

  void CheckLine(std::size_t place) {
    const Line& line = given_.lines[place];
    const LinePrice& priced = cart_.lines[place];
    std::int64_t saving = 0;
    std::int64_t exclusive_units = 0;
    for (std::size_t i = 0; i < cart_.discounts.size(); ++i) {
      for (const LineSaving& each : cart_.discounts[i].line_savings) {
        if (each.line != place) continue;
        saving += each.saving_minor;
        if (given_.discounts[i].stacking == Stacking::kExclusive) exclusive_units += each.quantity;
      }
    }
    std::int64_t units = 0;
    std::int64_t total = 0;
    const std::int64_t lowest = LowestOf(place);
    for (std::size_t i = 0; i < priced.units.size(); ++i) {
      const auto [quantity, price] = priced.units[i];
      Expect(price >= lowest, "unit below its floor", place);
      Expect(price <= line.unit_price_minor, "unit above its list price", place);
      Expect(i == 0 || price < priced.units[i - 1].unit_price_minor, "units not dearest first", place);
      Expect(quantity > 0, "no units", place);
      units += quantity;
      total += quantity * price;
    }
    Expect(units == line.quantity, "units lost", place);
    Expect(total == priced.price_minor, "units do not add up", place);
    Expect(priced.list_minor == line.quantity * line.unit_price_minor, "wrong list price", place);
    Expect(priced.list_minor - saving == priced.price_minor, "line does not add up", place);
    Expect(exclusive_units <= line.quantity, "a unit in two exclusive discounts", place);
  }

  void CheckOutcome(std::size_t place) {
    const DiscountOutcome& outcome = cart_.discounts[place];
    const bool is_applied = outcome.verdict == Verdict::kApplied;
    std::int64_t saving = 0;
    for (std::size_t i = 0; i < outcome.line_savings.size(); ++i) {
      const LineSaving& each = outcome.line_savings[i];
      Expect(each.saving_minor >= 0 && each.quantity > 0, "no part of a line", place);
      Expect(i == 0 || outcome.line_savings[i - 1].line < each.line, "lines out of order", place);
      saving += each.saving_minor;
    }
    Expect(saving == outcome.saving_minor, "savings do not add up", place);
    Expect(is_applied == (outcome.saving_minor > 0), "applied without saving", place);
    Expect(is_applied == (outcome.times > 0), "applied no times", place);
    Expect(outcome.cut_by_floor_minor >= 0, "negative cut", place);
    Expect(outcome.cut_by_floor_minor == 0 || given_.discounts[place].floor.has_value(), "cut by no floor", place);
    Expect((outcome.verdict == Verdict::kHeldByFloor) == (!is_applied && outcome.cut_by_floor_minor > 0), "held",
           place);
  }

  const CartCase& given_;
  const CartPrice& cart_;
  std::string broken_;
};

}  // namespace

CartCase CartOfBytes(absl::Span<const std::uint8_t> bytes) {
  Reader reader(bytes);
  CartCase cart;
  const auto lines = static_cast<std::size_t>(reader.Below(9));
  const std::int64_t discounts = reader.Below(6);
  for (std::size_t i = 0; i < lines; ++i) {
    Line line{reader.Number(0, 1500), reader.Number(1, 7)};
    if (reader.IsOneOf(2)) line.unit_cost_minor = reader.Number(0, 1200);
    cart.lines.push_back(line);
  }
  for (std::int64_t i = 0; i < discounts; ++i) cart.discounts.push_back(ReadDiscount(reader, lines));
  return cart;
}

std::string BrokenPromises(const CartCase& given, const CartPrice& cart) { return PromiseChecker(given, cart).Check(); }

}  // namespace awase::testing
