#include "relations/internal/first_and_last_time.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <vector>

#include "awase/orders/order_log.h"

namespace awase::relations_internal {
namespace {

constexpr double kMicrosPerDay = 24.0 * 60 * 60 * 1e6;

// The time that one in a thousand goes before.
template <typename GoesBefore>
std::int64_t EndOf(absl::Span<const std::int64_t> all, GoesBefore goes_before) {
  std::vector<std::int64_t> times;
  times.reserve(all.size());
  std::copy_if(all.begin(), all.end(), std::back_inserter(times),
               [](std::int64_t time) { return time != orders::kNoTime; });
  if (times.empty()) return orders::kNoTime;
  const auto end = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 1000);
  std::nth_element(times.begin(), end, times.end(), goes_before);
  return *end;
}

}  // namespace

std::int64_t FirstTime(absl::Span<const std::int64_t> times) { return EndOf(times, std::less<>()); }
std::int64_t LastTime(absl::Span<const std::int64_t> times) { return EndOf(times, std::greater<>()); }

double DaysBetween(std::int64_t from, std::int64_t to) {
  return (static_cast<double>(to) - static_cast<double>(from)) / kMicrosPerDay;
}

}  // namespace awase::relations_internal
