#ifndef AWASE_TESTS_TESTING_REQUEST_OF_BYTES_H_
#define AWASE_TESTS_TESTING_REQUEST_OF_BYTES_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/v1/catalog.pb.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::testing {

// Bytes as choices, so that a fuzzer that changes a byte changes one choice. Zeros when all are taken. single-thread.
class Choices {
 public:
  explicit Choices(absl::Span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::uint8_t TakeByte();
  std::int64_t TakeInt64();
  bool TakeBool() { return (TakeByte() & 1) != 0; }
  // 0 to most.
  std::size_t TakeCount(std::size_t most) { return TakeByte() % (most + 1); }
  template <typename T>
  const T& TakeOne(absl::Span<const T> all) {
    return all[TakeByte() % all.size()];
  }

 private:
  absl::Span<const std::uint8_t> bytes_;
};

// A request about products of RichShop, mostly sound: what is out of its range is rare.
v1::RecommendRequest DrawRequest(Choices& choices);

// Updates of products of RichShop, likewise.
v1::UpdateProductsRequest DrawUpdates(Choices& choices);

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_REQUEST_OF_BYTES_H_
