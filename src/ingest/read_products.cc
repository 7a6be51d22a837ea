#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "awase/base/status_macros.h"
#include "awase/catalog/plan_columns.h"
#include "awase/catalog/price_basis.h"
#include "awase/ingest/read_dump.h"
#include "ingest/internal/pack_columns.h"
#include "ingest/internal/table_reader.h"
#include "ingest/internal/values.h"

namespace awase::ingest {
namespace {

using namespace ingest_internal;  // NOLINT(google-build-using-namespace): the column numbers, used throughout

struct Fault {
  absl::string_view reason;
  std::size_t column;
};

// A column of money and what its faults are called.
struct MoneyColumn {
  ProductColumn column;
  absl::string_view no_number;
  absl::string_view out_of_range;
  absl::string_view negative;
};
constexpr MoneyColumn kPriceColumn = {kPrice, "price is no number", "price is out of range", "price is negative"};
constexpr MoneyColumn kCostColumn = {kCost, "cost is no number", "cost is out of range", "cost is negative"};

std::optional<Fault> ParseMoneyColumn(const Row& row, const MoneyColumn& names, CurrencyCode currency,
                                      std::optional<Money>* money) {
  const absl::string_view text = row.fields[names.column];
  if (IsEmptyField(text)) return std::nullopt;
  const absl::StatusOr<Money> parsed = ParseMoney(text, currency);
  if (absl::IsOutOfRange(parsed.status())) return Fault{names.out_of_range, names.column};
  if (!parsed.ok()) return Fault{names.no_number, names.column};
  if (parsed->minor_units < 0) return Fault{names.negative, names.column};
  *money = *parsed;
  return std::nullopt;
}

// "red|new", "red; new", "red, new" and the lists of JSON and SQL, [red, "new"]: without blanks, in their order.
std::vector<std::string> ParseTags(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  const bool is_list = text.size() >= 2 && text.front() == '[' && text.back() == ']';
  if (is_list) text = text.substr(1, text.size() - 2);
  std::vector<std::string> tags;
  for (absl::string_view tag : absl::StrSplit(text, absl::ByAnyChar(",;|"))) {
    tag = absl::StripAsciiWhitespace(tag);
    if (is_list && tag.size() >= 2 && tag.front() == '"' && tag.back() == '"') tag = tag.substr(1, tag.size() - 2);
    if (!tag.empty()) tags.emplace_back(tag);
  }
  return tags;
}

void TakeTexts(const Row& row, catalog::Product* product) {
  struct TextColumn {
    ProductColumn column;
    std::string catalog::Product::* member;
  };
  constexpr std::array<TextColumn, 15> kTexts = {{{kProductId, &catalog::Product::product_id},
                                                  {kTitle, &catalog::Product::title},
                                                  {kCategory, &catalog::Product::category},
                                                  {kProductType, &catalog::Product::product_type},
                                                  {kBrand, &catalog::Product::brand},
                                                  {kAuthor, &catalog::Product::author},
                                                  {kSeries, &catalog::Product::series},
                                                  {kParentId, &catalog::Product::parent_id},
                                                  {kFamily, &catalog::Product::family},
                                                  {kTier, &catalog::Product::tier},
                                                  {kPackSize, &catalog::Product::pack_size},
                                                  {kPackUnit, &catalog::Product::pack_unit},
                                                  {kSubscriptionInterval, &catalog::Product::subscription_interval},
                                                  {kUrl, &catalog::Product::url},
                                                  {kImageUrl, &catalog::Product::image_url}}};
  for (const TextColumn& text : kTexts) {
    if (!IsEmptyField(row.fields[text.column])) product->*text.member = std::string(row.fields[text.column]);
  }
  product->tags = ParseTags(row.fields[kTags]);
}

void TakeAttributes(const Row& row, catalog::Product* product) {
  for (std::size_t i = kProductColumnCount; i < row.fields.size(); ++i) {
    const absl::string_view text = absl::StripAsciiWhitespace(row.fields[i]);
    if (!text.empty()) product->attributes.push_back({row.columns.name(i), std::string(text), ParseNumber(text)});
  }
  std::sort(product->attributes.begin(), product->attributes.end(),
            [](const catalog::Attribute& a, const catalog::Attribute& b) { return a.name < b.name; });
}

std::optional<Fault> TakeCurrency(const Row& row, CurrencyCode* currency) {
  const absl::string_view code = row.fields[kCurrency];
  if (IsEmptyField(code)) return std::nullopt;
  const absl::StatusOr<CurrencyCode> given = CurrencyCode::Parse(code);
  if (!given.ok()) return Fault{"currency is no ISO 4217 code", kCurrency};
  *currency = *given;
  return std::nullopt;
}

// A plan without a price costs its fee, or where nothing else is paid what a seat of it costs. What is no fee is told
// by awase::plans.
void TakeFeeAsPrice(CurrencyCode currency, catalog::Product* product) {
  if (product->price.has_value()) return;
  const absl::string_view base = catalog::FindText(*product, catalog::kFeeColumn);
  const absl::string_view per_seat = catalog::FindText(*product, catalog::kFeePerSeatColumn);
  const bool is_paid_by_seat = catalog::IsNothing(base) && !per_seat.empty();
  const absl::StatusOr<Money> fee = ParseMoney(is_paid_by_seat ? per_seat : base, currency);
  if (fee.ok() && fee->minor_units >= 0) product->price = *fee;
}

std::optional<Fault> TakeNumbers(const Row& row, CurrencyCode currency, catalog::Product* product) {
  if (auto fault = ParseMoneyColumn(row, kPriceColumn, currency, &product->price); fault.has_value()) return fault;
  if (auto fault = ParseMoneyColumn(row, kCostColumn, currency, &product->cost); fault.has_value()) return fault;
  if (const absl::string_view text = row.fields[kStock]; !IsEmptyField(text)) {
    product->stock = ParseWhole(text);
    if (!product->stock.has_value()) return Fault{"stock is no whole number", kStock};
  }
  if (const absl::string_view text = row.fields[kVisible]; !IsEmptyField(text)) {
    const std::optional<bool> visible = ParseFlag(text);
    if (!visible.has_value()) return Fault{"visible is neither true nor false", kVisible};
    product->visible = *visible;
  }
  if (const absl::string_view text = row.fields[kPackQuantity]; !IsEmptyField(text)) {
    product->pack_quantity = Ratio::ParseDecimal(text);
    if (product->pack_quantity.value_or(0) == Ratio()) {
      return Fault{"pack_quantity is no positive number", kPackQuantity};
    }
  }
  return std::nullopt;
}

// Turns rows into products.
class ProductRows final : public RowSink {
 public:
  explicit ProductRows(CurrencyCode default_currency) : default_currency_(default_currency) {}

  ColumnUse UseOf(std::size_t) const override { return ColumnUse::kText; }

  void Take(const Row& row) override {
    if (IsEmptyField(row.fields[kProductId])) {
      return tally().Drop("product_id is empty", DropKind::kBad, row, kProductId);
    }
    catalog::Product product;
    CurrencyCode currency = default_currency_;
    std::optional<Fault> fault = TakeCurrency(row, &currency);
    if (!fault.has_value()) fault = TakeNumbers(row, currency, &product);
    if (fault.has_value()) return tally().Drop(fault->reason, DropKind::kBad, row, fault->column);
    TakeTexts(row, &product);
    TakeAttributes(row, &product);
    TakeFeeAsPrice(currency, &product);
    packs_.Settle(&product);
    products_.push_back(std::move(product));
    tally().Keep();
  }

  std::vector<catalog::Product> TakeProducts() { return std::move(products_); }
  std::vector<std::string> PackNotes() const { return packs_.Notes(); }

 private:
  CurrencyCode default_currency_;
  std::vector<catalog::Product> products_;
  PackColumns packs_;
};

}  // namespace

absl::StatusOr<std::vector<catalog::Product>> ReadProducts(absl::Span<const std::string> patterns, const TableMap& map,
                                                           const ReadOptions& options, ReadReport* report) {
  *report = ReadReport();
  if (map.one_basket_per_line) return absl::InvalidArgumentError("products cannot be given as one basket per line");
  ProductRows rows(options.default_currency);
  // One thread: a catalogue is small, and its products stay in the order of the files.
  RowSink* const sink = &rows;
  TableReader reader(ProductSchema(), map, options, absl::MakeConstSpan(&sink, 1), report);
  const absl::Status status = reader.Read(patterns);
  rows.tally().Report(ProductSchema().name, report);
  for (std::string& note : rows.PackNotes()) report->notes.push_back(std::move(note));
  AWASE_RETURN_IF_ERROR(status);
  AWASE_RETURN_IF_ERROR(rows.tally().CheckBadShare(options.max_bad_share, ProductSchema().name));
  return rows.TakeProducts();
}

}  // namespace awase::ingest
