// Any bytes are refused as an order store, or make a log that can be merged and turned into baskets.

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/orders/baskets.h"
#include "awase/orders/log_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace awase;  // NOLINT(google-build-using-namespace)
  absl::StatusOr<orders::LogFile> file =
      orders::ParseLogFile(absl::string_view(reinterpret_cast<const char*>(data), size));
  if (!file.ok()) return 0;
  orders::OrderLogBuilder builder;
  builder.shard(0).Add({.order_id = "1", .product_id = "tea", .customer_id = "amy"});
  const orders::OrderLog log = orders::MergeLogs(std::move(file->log), builder.Build());
  std::vector<ProductIndex> indexes;
  for (std::size_t p = 0; p < log.product_ids.size(); ++p) indexes.push_back(ProductAt(p));
  orders::CleaningReport report;
  orders::BuildBaskets(log, indexes, indexes.size(), &report, 1);
  return 0;
}
