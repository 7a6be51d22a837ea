#include <algorithm>
#include <array>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/orders/log_file.h"
#include "orders/internal/log_checksum.h"
#include "orders/internal/log_layout.h"

namespace awase::orders {
namespace {

using orders_internal::LogChecksum;
using orders_internal::LogHeader;
using orders_internal::PriceRecord;

// Adds up the checksum on the way.
class LogOutput {
 public:
  explicit LogOutput(OutputFile file) : file_(std::move(file)) {}

  template <typename Records>
  absl::Status Append(const Records& records) {
    using Record = typename Records::value_type;
    static_assert(std::is_trivially_copyable_v<Record>);
    return AppendBytes(
        absl::string_view(reinterpret_cast<const char*>(records.data()), records.size() * sizeof(Record)));
  }

  absl::Status AppendBytes(absl::string_view bytes) {
    checksum_.Update(bytes);
    return file_.Append(bytes);
  }

  absl::Status Finish() {
    AWASE_RETURN_IF_ERROR(file_.Append(checksum_.Digest()));
    return file_.Finish();
  }

 private:
  OutputFile file_;
  LogChecksum checksum_;
};

// Strings and prices, one after another with the offsets of each product's own.
struct Flat {
  std::vector<std::uint64_t> id_offsets{0};
  std::string ids;
  std::vector<std::int64_t> price_days;
  std::vector<std::uint64_t> price_offsets{0};
  std::vector<PriceRecord> prices;
};

Flat Flatten(const OrderLog& log) {
  Flat flat;
  for (const std::string& id : log.product_ids) {
    flat.ids += id;
    flat.id_offsets.push_back(flat.ids.size());
  }
  for (const ObservedPrice& observed : log.observed_prices) {
    flat.price_days.push_back(observed.day);
    for (const PriceCount& count : observed.of_day) {
      PriceRecord& record = flat.prices.emplace_back();
      record.minor_units = count.price.minor_units;
      record.lines = count.lines;
      std::copy_n(count.price.currency.text().begin(), record.currency.size(), record.currency.begin());
    }
    flat.price_offsets.push_back(flat.prices.size());
  }
  return flat;
}

}  // namespace

absl::Status WriteLogFile(const std::string& path, const OrderLog& log, absl::string_view note) {
  const Flat flat = Flatten(log);
  LogHeader header;
  header.orders = log.order_count();
  header.lines = log.line_count();
  header.orders_with_returns = log.orders_with_returns.size();
  header.orders_with_two_customers = log.orders_with_two_customers.size();
  header.large_quantities = log.large_quantities.size();
  header.customers = log.customer_keys.size();
  header.products = log.product_ids.size();
  header.product_id_bytes = flat.ids.size();
  header.prices = flat.prices.size();
  header.note_bytes = note.size();
  constexpr unsigned kOwnerOnly = 0600;
  AWASE_ASSIGN_OR_RETURN(OutputFile file, OutputFile::Create(path, kOwnerOnly));
  LogOutput output(std::move(file));
  AWASE_RETURN_IF_ERROR(output.Append(std::array<LogHeader, 1>{header}));
  AWASE_RETURN_IF_ERROR(output.Append(log.order_keys));
  AWASE_RETURN_IF_ERROR(output.Append(log.order_customers));
  AWASE_RETURN_IF_ERROR(output.Append(log.order_times));
  AWASE_RETURN_IF_ERROR(output.Append(log.line_offsets));
  AWASE_RETURN_IF_ERROR(output.Append(log.orders_with_returns));
  AWASE_RETURN_IF_ERROR(output.Append(log.orders_with_two_customers));
  AWASE_RETURN_IF_ERROR(output.Append(log.lines));
  AWASE_RETURN_IF_ERROR(output.Append(log.large_quantities));
  AWASE_RETURN_IF_ERROR(output.Append(log.customer_keys));
  AWASE_RETURN_IF_ERROR(output.Append(flat.id_offsets));
  AWASE_RETURN_IF_ERROR(output.AppendBytes(flat.ids));
  AWASE_RETURN_IF_ERROR(output.Append(flat.price_days));
  AWASE_RETURN_IF_ERROR(output.Append(flat.price_offsets));
  AWASE_RETURN_IF_ERROR(output.Append(flat.prices));
  AWASE_RETURN_IF_ERROR(output.AppendBytes(note));
  return output.Finish();
}

}  // namespace awase::orders
