#ifndef AWASE_BASE_RATIO_H_
#define AWASE_BASE_RATIO_H_

// Exact numbers of shops that are no money: 10 3/4 ounces, 0.45359237 kilograms to the pound. A fraction of two whole
// numbers in lowest terms, never below zero; what does not fit 63 bits is refused, never rounded.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/numeric/int128.h"
#include "absl/strings/string_view.h"

namespace awase {

class Ratio {
 public:
  constexpr Ratio() = default;
  constexpr Ratio(std::uint32_t whole) : numerator_(whole) {}  // NOLINT(google-explicit-constructor): a whole is one

  // REQUIRES: numerator >= 0, denominator > 0.
  static Ratio Of(std::int64_t numerator, std::int64_t denominator);

  // "12", "12.50", ".5", "7."; nothing for what is no plain decimal, is negative or has more than 18 digits (leading
  // zeros aside).
  static std::optional<Ratio> ParseDecimal(absl::string_view text);

  std::int64_t numerator() const { return numerator_; }
  std::int64_t denominator() const { return denominator_; }
  bool is_whole() const { return denominator_ == 1; }
  double ToDouble() const { return static_cast<double>(numerator_) / static_cast<double>(denominator_); }

  friend bool operator==(const Ratio&, const Ratio&) = default;
  friend std::strong_ordering operator<=>(const Ratio& a, const Ratio& b) {
    const absl::int128 left = absl::int128(a.numerator_) * b.denominator_;
    const absl::int128 right = absl::int128(b.numerator_) * a.denominator_;
    if (left == right) return std::strong_ordering::equal;
    return left < right ? std::strong_ordering::less : std::strong_ordering::greater;
  }

 private:
  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

// Nothing where a term of the result does not fit 63 bits.
std::optional<Ratio> Multiply(const Ratio& a, const Ratio& b);
std::optional<Ratio> Add(const Ratio& a, const Ratio& b);

// "10.75"; where no decimal ends, "2 1/3" or "1/3".
std::string FormatRatio(const Ratio& ratio);

}  // namespace awase

#endif  // AWASE_BASE_RATIO_H_
