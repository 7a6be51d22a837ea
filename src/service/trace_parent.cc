#include "service/trace_parent.h"

#include <algorithm>
#include <cstddef>

namespace awase::service {
namespace {

constexpr std::size_t kVersionDigits = 2;
constexpr std::size_t kTraceDigits = 32;
constexpr std::size_t kSpanDigits = 16;
constexpr std::size_t kFlagDigits = 2;

bool IsLowerHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

// Takes so many digits off `rest`; nothing when it does not begin with them.
std::optional<absl::string_view> TakeHex(absl::string_view& rest, std::size_t digits) {
  const absl::string_view hex = rest.substr(0, digits);
  if (hex.size() != digits || !std::all_of(hex.begin(), hex.end(), IsLowerHex)) return std::nullopt;
  rest.remove_prefix(digits);
  return hex;
}

// The same behind a "-".
std::optional<absl::string_view> TakeNextHex(absl::string_view& rest, std::size_t digits) {
  if (rest.empty() || rest.front() != '-') return std::nullopt;
  rest.remove_prefix(1);
  return TakeHex(rest, digits);
}

// An id of zeros alone is none.
bool IsId(const std::optional<absl::string_view>& hex) {
  return hex.has_value() && hex->find_first_not_of('0') != absl::string_view::npos;
}

}  // namespace

std::optional<TraceParent> ParseTraceParent(absl::string_view header) {
  absl::string_view rest = header;
  const std::optional<absl::string_view> version = TakeHex(rest, kVersionDigits);
  if (!version.has_value() || *version == "ff") return std::nullopt;
  const std::optional<absl::string_view> trace = TakeNextHex(rest, kTraceDigits);
  if (!IsId(trace)) return std::nullopt;
  const std::optional<absl::string_view> span = TakeNextHex(rest, kSpanDigits);
  if (!IsId(span)) return std::nullopt;
  if (!TakeNextHex(rest, kFlagDigits).has_value()) return std::nullopt;
  const bool may_go_on = *version != "00";
  if (!rest.empty() && !(may_go_on && rest.front() == '-')) return std::nullopt;
  return TraceParent{*trace, *span};
}

}  // namespace awase::service
