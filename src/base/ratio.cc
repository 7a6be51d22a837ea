#include "awase/base/ratio.h"

#include <limits>
#include <numeric>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace awase {
namespace {

// 10^18 is the last power of ten below 2^63.
constexpr int kMostDigits = 18;

absl::int128 GreatestDivisor(absl::int128 a, absl::int128 b) {
  while (b != 0) {
    const absl::int128 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

// REQUIRES: numerator >= 0, denominator > 0.
std::optional<Ratio> Reduced(absl::int128 numerator, absl::int128 denominator) {
  const absl::int128 divisor = GreatestDivisor(numerator, denominator);
  numerator /= divisor;
  denominator /= divisor;
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  if (numerator > kMost || denominator > kMost) return std::nullopt;
  return Ratio::Of(static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator));
}

// The digits behind the point of 0 < rest/denominator < 1; empty when they do not end.
std::string FractionDigits(std::int64_t rest, std::int64_t denominator) {
  std::int64_t other = denominator;
  for (const std::int64_t prime : {2, 5}) {
    while (other % prime == 0) other /= prime;
  }
  std::string digits;
  if (other != 1) return digits;
  for (absl::int128 left = rest; left != 0; left %= denominator) {
    left *= 10;
    digits.push_back(static_cast<char>('0' + static_cast<int>(left / denominator)));
  }
  return digits;
}

}  // namespace

Ratio Ratio::Of(std::int64_t numerator, std::int64_t denominator) {
  const std::int64_t divisor = std::gcd(numerator, denominator);
  Ratio ratio;
  ratio.numerator_ = numerator / divisor;
  ratio.denominator_ = denominator / divisor;
  return ratio;
}

std::optional<Ratio> Ratio::ParseDecimal(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  std::int64_t value = 0;
  std::int64_t scale = 1;
  int digits = 0;
  bool any_digit = false;
  bool behind_point = false;
  for (const char c : text) {
    if (c == '.' && !behind_point) {
      behind_point = true;
      continue;
    }
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return std::nullopt;
    any_digit = true;
    if (c == '0' && value == 0 && !behind_point) continue;
    if (++digits > kMostDigits) return std::nullopt;
    value = value * 10 + (c - '0');
    if (behind_point) scale *= 10;
  }
  if (!any_digit) return std::nullopt;
  return Of(value, scale);
}

std::optional<Ratio> Multiply(const Ratio& a, const Ratio& b) {
  return Reduced(absl::int128(a.numerator()) * b.numerator(), absl::int128(a.denominator()) * b.denominator());
}

std::optional<Ratio> Add(const Ratio& a, const Ratio& b) {
  return Reduced(absl::int128(a.numerator()) * b.denominator() + absl::int128(b.numerator()) * a.denominator(),
                 absl::int128(a.denominator()) * b.denominator());
}

std::string FormatRatio(const Ratio& ratio) {
  const std::int64_t whole = ratio.numerator() / ratio.denominator();
  const std::int64_t rest = ratio.numerator() % ratio.denominator();
  if (rest == 0) return absl::StrCat(whole);
  const std::string digits = FractionDigits(rest, ratio.denominator());
  if (!digits.empty()) return absl::StrCat(whole, ".", digits);
  const std::string fraction = absl::StrCat(rest, "/", ratio.denominator());
  return whole == 0 ? fraction : absl::StrCat(whole, " ", fraction);
}

}  // namespace awase
