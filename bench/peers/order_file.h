#ifndef AWASE_BENCH_PEERS_ORDER_FILE_H_
#define AWASE_BENCH_PEERS_ORDER_FILE_H_

// The same baskets as an order dump: CSV with a header and the columns order_id, customer_id, product_id, quantity,
// unit_price, ordered_at. Orders come by time, spread evenly over two years; each belongs to a customer drawn evenly,
// so that one has orders_per_customer of them in the mean. Quantities are 1 to 3; a product has one price.

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "bench/peers/csr_file.h"
#include "bench/peers/generator.h"

namespace awase::peers {

struct OrderFileOptions {
  std::uint64_t seed = 1;
  std::uint64_t orders = 1;               // expected: spreads the times and sets the number of customers
  std::uint32_t orders_per_customer = 4;  // ≥ 1
};

// single-thread. Memory: one buffer of about a megabyte.
class OrderFileWriter {
 public:
  // kUnavailable when the file cannot be made.
  static absl::StatusOr<OrderFileWriter> Create(const std::string& path, const OrderFileOptions& options);

  // The next order, with one line per id.
  void Add(absl::Span<const std::uint32_t> ids);

  // REQUIRES: called once, as the last call. kResourceExhausted when not everything could be written.
  absl::Status Finish();

 private:
  OrderFileWriter(std::string path, FileHandle file, const OrderFileOptions& options);
  void Flush();

  std::string path_;
  FileHandle file_;
  OrderFileOptions options_;
  std::uint64_t customers_;
  Random random_;
  std::uint64_t written_ = 0;  // orders
  std::string buffer_;
};

}  // namespace awase::peers

#endif  // AWASE_BENCH_PEERS_ORDER_FILE_H_
