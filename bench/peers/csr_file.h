#ifndef AWASE_BENCH_PEERS_CSR_FILE_H_
#define AWASE_BENCH_PEERS_CSR_FILE_H_

// The one input of every system that is measured: baskets in compressed rows, in a binary file.
//
//   position  type        meaning
//   0         char[8]     "AWASECSR"
//   8         u64         version, 1
//   16        u64         products: ids are below this
//   24        u64         baskets
//   32        u64         lines: the sum of the sizes of all baskets
//   40        u64         position of the offsets, a multiple of 8
//   48        u64         position of the ids, a multiple of 8
//   56        u64         0
//   64        u32[lines]  ids, ascending and distinct within a basket; filled up with zeros to a multiple of 8
//   …         u64[baskets + 1]  offsets: basket b holds ids[offsets[b] … offsets[b + 1])
//
// All numbers are little-endian. Readers use the two positions, not the order shown.

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace awase::peers {

struct Csr {
  std::uint64_t product_count = 0;
  std::vector<std::uint64_t> offsets;
  std::vector<std::uint32_t> ids;

  std::size_t size() const { return offsets.size() - 1; }
  absl::Span<const std::uint32_t> basket(std::size_t b) const {
    return absl::MakeConstSpan(ids).subspan(offsets[b], offsets[b + 1] - offsets[b]);
  }
};

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, FileCloser>;

// Writes the format above basket by basket; in memory are the offsets only. single-thread.
class CsrWriter {
 public:
  // kUnavailable when the file cannot be made.
  static absl::StatusOr<CsrWriter> Create(const std::string& path, std::uint64_t product_count);

  // REQUIRES: ids ascend, are distinct and below product_count.
  void Add(absl::Span<const std::uint32_t> ids);

  // REQUIRES: called once, as the last call. kResourceExhausted when not everything could be written.
  absl::Status Finish();

 private:
  CsrWriter(std::string path, FileHandle file, std::uint64_t product_count);

  std::string path_;
  FileHandle file_;
  std::uint64_t product_count_;
  std::vector<std::uint64_t> offsets_{0};
};

// kNotFound, or kDataLoss for a file that is not of this format or cut short.
absl::StatusOr<Csr> ReadCsr(const std::string& path);

// Σ |b| (|b| − 1): what counting all pairs in both directions adds up to.
std::uint64_t CountUpdates(const Csr& csr);

}  // namespace awase::peers

#endif  // AWASE_BENCH_PEERS_CSR_FILE_H_
