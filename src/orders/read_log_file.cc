// A log file is foreign bytes: sizes are checked before anything is allocated, and every number that the rest of the
// library uses as a position is checked before it does. Fuzzed by tests/fuzz/log_file_fuzz.cc.

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/base/mapped_file.h"
#include "awase/base/status_macros.h"
#include "awase/orders/log_file.h"
#include "orders/internal/line_word.h"
#include "orders/internal/log_checksum.h"
#include "orders/internal/log_layout.h"
#include "orders/internal/price_day.h"

namespace awase::orders {
namespace {

using orders_internal::kChecksumBytes;
using orders_internal::LogHeader;
using orders_internal::PriceRecord;

constexpr std::int64_t kMostQuantityMilli = 1'000'000'000'000;  // as much as a dump may say

absl::Status Broken(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("the order store is broken (", what, "): train on all files once more"));
}

// The part of a file that has not been read.
class Input {
 public:
  explicit Input(absl::string_view bytes) : rest_(bytes) {}

  // Fills *records with the next `count`; false when there are not so many.
  template <typename Records>
  bool Take(std::uint64_t count, Records* records) {
    using Record = typename Records::value_type;
    if (count > rest_.size() / sizeof(Record)) return false;
    records->resize(count);
    if (count > 0) std::memcpy(records->data(), rest_.data(), count * sizeof(Record));
    rest_.remove_prefix(count * sizeof(Record));
    return true;
  }

  bool empty() const { return rest_.empty(); }

 private:
  absl::string_view rest_;
};

template <typename Numbers>
bool AscendsStrictlyBelow(const Numbers& numbers, std::uint64_t end) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] >= end || (i > 0 && numbers[i] <= numbers[i - 1])) return false;
  }
  return true;
}

// From 0 to `end`, each at least `least` after the one before.
template <typename Offsets>
bool AreOffsets(const Offsets& offsets, std::uint64_t least, std::uint64_t end) {
  if (offsets.front() != 0 || offsets.back() != end) return false;
  for (std::size_t i = 1; i < offsets.size(); ++i) {
    if (offsets[i] < offsets[i - 1] || offsets[i] - offsets[i - 1] < least || offsets[i] > end) return false;
  }
  return true;
}

absl::Status CheckLines(const OrderLog& log) {
  std::size_t large = 0;
  for (std::size_t i = 0; i < log.lines.size(); ++i) {
    const LineWord word = log.lines[i];
    if (orders_internal::ProductOf(word) >= log.product_ids.size()) return Broken("a line's product");
    if ((word & orders_internal::kStatusBits) > static_cast<LineWord>(LineStatus::kReturned)) {
      return Broken("a line's status");
    }
    if (!orders_internal::IsLarge(word)) continue;
    if (large == log.large_quantities.size() || log.large_quantities[large].line != i) return Broken("quantities");
    const std::int64_t quantity = log.large_quantities[large++].quantity_milli;
    if (quantity > kMostQuantityMilli || quantity < -kMostQuantityMilli) return Broken("a quantity");
  }
  return large == log.large_quantities.size() ? absl::OkStatus() : Broken("quantities");
}

absl::Status CheckOrders(const OrderLog& log) {
  for (const std::uint32_t customer : log.order_customers) {
    if (customer != kNoCustomer && customer >= log.customer_keys.size()) return Broken("an order's customer");
  }
  if (!AreOffsets(log.line_offsets, 1, log.lines.size())) return Broken("orders and lines");
  if (!AscendsStrictlyBelow(log.orders_with_returns, log.order_count()) ||
      !AscendsStrictlyBelow(log.orders_with_two_customers, log.order_count())) {
    return Broken("marked orders");
  }
  if (log.order_count() >= kNoCustomer || log.customer_keys.size() >= kNoCustomer) return Broken("its size");
  const bool ascends = std::adjacent_find(log.customer_keys.begin(), log.customer_keys.end(),
                                          [](auto& a, auto& b) { return !(a < b); }) == log.customer_keys.end();
  return ascends && (log.customer_keys.empty() || log.customer_keys[0] != IdKey{0, 0}) ? absl::OkStatus()
                                                                                       : Broken("customers");
}

absl::Status TakeProducts(const LogHeader& header, Input* input, OrderLog* log) {
  std::vector<std::uint64_t> offsets;
  std::string ids;
  if (!input->Take(header.products + 1, &offsets) || !input->Take(header.product_id_bytes, &ids)) {
    return Broken("products");
  }
  if (!AreOffsets(offsets, 1, ids.size()) || header.products >= kNoCustomer) return Broken("product ids");
  for (std::size_t p = 0; p < header.products; ++p) {
    log->product_ids.push_back(ids.substr(offsets[p], offsets[p + 1] - offsets[p]));
    if (p > 0 && log->product_ids[p] <= log->product_ids[p - 1]) return Broken("the order of product ids");
  }
  return absl::OkStatus();
}

absl::Status TakePrices(const LogHeader& header, Input* input, OrderLog* log) {
  std::vector<std::int64_t> days;
  std::vector<std::uint64_t> offsets;
  std::vector<PriceRecord> records;
  if (!input->Take(header.products, &days) || !input->Take(header.products + 1, &offsets) ||
      !input->Take(header.prices, &records) || !AreOffsets(offsets, 0, records.size())) {
    return Broken("prices");
  }
  log->observed_prices.reserve(header.products);
  for (std::size_t p = 0; p < header.products; ++p) {
    ObservedPrice observed;
    observed.day = days[p];
    for (std::uint64_t i = offsets[p]; i < offsets[p + 1]; ++i) {
      const auto currency = CurrencyCode::Parse(absl::string_view(records[i].currency.data(), 3));
      if (records[i].minor_units < 0 || records[i].lines == 0) return Broken("a price");
      if (!currency.ok()) return Broken("a currency");
      observed.of_day.push_back({{records[i].minor_units, *currency}, records[i].lines});
    }
    const ObservedPrice* const alone = &observed;
    log->observed_prices.push_back(orders_internal::Summarise(absl::MakeConstSpan(&alone, 1)));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<LogFile> ParseLogFile(absl::string_view bytes) {
  LogHeader header;
  if (bytes.size() < sizeof(header) + kChecksumBytes) return Broken("its size");
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (header.magic != orders_internal::kLogMagic) return Broken("it is no order store");
  if (header.format != orders_internal::kLogFormat) {
    return absl::FailedPreconditionError(absl::StrCat("the order store has format ", header.format,
                                                      ", this awase reads ", orders_internal::kLogFormat,
                                                      ": use the awase that wrote it"));
  }
  Input input(bytes.substr(sizeof(header), bytes.size() - sizeof(header) - kChecksumBytes));
  LogFile file;
  OrderLog& log = file.log;
  if (header.orders > bytes.size() || header.products > bytes.size() ||  // so that adding 1 is safe
      !input.Take(header.orders, &log.order_keys) || !input.Take(header.orders, &log.order_customers) ||
      !input.Take(header.orders, &log.order_times) || !input.Take(header.orders + 1, &log.line_offsets) ||
      !input.Take(header.orders_with_returns, &log.orders_with_returns) ||
      !input.Take(header.orders_with_two_customers, &log.orders_with_two_customers) ||
      !input.Take(header.lines, &log.lines) || !input.Take(header.large_quantities, &log.large_quantities) ||
      !input.Take(header.customers, &log.customer_keys)) {
    return Broken("its size");
  }
  AWASE_RETURN_IF_ERROR(TakeProducts(header, &input, &log));
  AWASE_RETURN_IF_ERROR(TakePrices(header, &input, &log));
  if (!input.Take(header.note_bytes, &file.note) || !input.empty()) return Broken("its size");
  AWASE_RETURN_IF_ERROR(CheckOrders(log));
  AWASE_RETURN_IF_ERROR(CheckLines(log));
  return file;
}

absl::StatusOr<LogFile> ReadLogFile(const std::string& path) {
  AWASE_ASSIGN_OR_RETURN(const MappedFile file, MappedFile::Open(path));
  const absl::string_view bytes = file.bytes();
  if (bytes.size() < kChecksumBytes) return Annotate(Broken("its size"), path);
  orders_internal::LogChecksum checksum;
  checksum.Update(bytes.substr(0, bytes.size() - kChecksumBytes));
  if (checksum.Digest() != bytes.substr(bytes.size() - kChecksumBytes)) return Annotate(Broken("its checksum"), path);
  absl::StatusOr<LogFile> log = ParseLogFile(bytes);
  if (!log.ok()) return Annotate(log.status(), path);
  return log;
}

}  // namespace awase::orders
