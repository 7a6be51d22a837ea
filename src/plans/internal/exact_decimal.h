#ifndef AWASE_PLANS_INTERNAL_EXACT_DECIMAL_H_
#define AWASE_PLANS_INTERNAL_EXACT_DECIMAL_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace awase::plans_internal {

// The decimal times 10^digits, never rounded: a tariff that means 0.0000001 must not become 0. kInvalidArgument unless
// it is a plain decimal ≥ 0 ("12", "0.5", ".5") with at most `digits` digits behind the point, zeros beyond them aside;
// kOutOfRange when the result is above `most`. Blanks around it do not count. REQUIRES: 0 <= digits, most >= 0.
absl::StatusOr<std::int64_t> ParseExactDecimal(absl::string_view text, int digits, std::int64_t most);

}  // namespace awase::plans_internal

#endif  // AWASE_PLANS_INTERNAL_EXACT_DECIMAL_H_
