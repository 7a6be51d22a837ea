#include "bench/peers/order_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace awase::peers {
namespace {

constexpr std::size_t kFlushBytes = std::size_t{1} << 20;
constexpr std::int64_t kFirstSecond = 1'672'531'200;  // 2023-01-01 00:00:00 UTC
constexpr std::uint64_t kSeconds = 2 * 365 * 24 * 60 * 60;

// A price ending in 9 cents, from 0.99 to 99.99, and always the same for a product.
std::string PriceOf(std::uint32_t product) {
  const std::uint64_t step = Random(product).Below(991);
  return absl::StrCat((step * 10 + 99) / 100, ".", absl::Dec((step * 10 + 99) % 100, absl::kZeroPad2));
}

}  // namespace

OrderFileWriter::OrderFileWriter(std::string path, FileHandle file, const OrderFileOptions& options)
    : path_(std::move(path)),
      file_(std::move(file)),
      options_(options),
      customers_(std::max<std::uint64_t>(1, options.orders / options.orders_per_customer)),
      random_(options.seed),
      buffer_("order_id,customer_id,product_id,quantity,unit_price,ordered_at\n") {}

absl::StatusOr<OrderFileWriter> OrderFileWriter::Create(const std::string& path, const OrderFileOptions& options) {
  FileHandle file(std::fopen(path.c_str(), "wb"));
  if (file == nullptr) return absl::UnavailableError(absl::StrCat(path, ": ", std::strerror(errno)));
  return OrderFileWriter(path, std::move(file), options);
}

void OrderFileWriter::Add(absl::Span<const std::uint32_t> ids) {
  const std::uint64_t place = std::min(written_, options_.orders - 1);
  const absl::Time time =
      absl::FromUnixSeconds(kFirstSecond + static_cast<std::int64_t>(kSeconds * place / options_.orders));
  const std::string head = absl::StrCat("o", absl::Dec(written_, absl::kZeroPad10), ",c",
                                        absl::Dec(random_.Below(customers_), absl::kZeroPad8), ",p");
  const std::string tail = absl::FormatTime("%Y-%m-%d %H:%M:%S", time, absl::UTCTimeZone());
  for (const std::uint32_t id : ids) {
    absl::StrAppend(&buffer_, head, absl::Dec(id, absl::kZeroPad7), ",", 1 + random_.Below(3), ",");
    absl::StrAppend(&buffer_, PriceOf(id), ",", tail, "\n");
  }
  ++written_;
  if (buffer_.size() >= kFlushBytes) Flush();
}

// Failed writes stay in the stream's error flag, which Finish reads.
void OrderFileWriter::Flush() {
  std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get());
  buffer_.clear();
}

absl::Status OrderFileWriter::Finish() {
  Flush();
  if (std::fflush(file_.get()) != 0 || std::ferror(file_.get()) != 0) {
    return absl::ResourceExhaustedError(absl::StrCat(path_, " could not be written whole: is the disk full?"));
  }
  file_.reset();
  return absl::OkStatus();
}

}  // namespace awase::peers
