#ifndef AWASE_WHATIF_INTERNAL_CHOOSE_DIFFERENCES_H_
#define AWASE_WHATIF_INTERNAL_CHOOSE_DIFFERENCES_H_

#include <cstddef>
#include <vector>

#include "absl/types/span.h"
#include "awase/engine/recommend.h"
#include "awase/whatif/compare.h"
#include "whatif/internal/tally.h"

namespace awase::whatif {

// The differences that are shown, in the order of Options::top. Their requests are answered once more.
std::vector<Difference> ChooseDifferences(const engine::Snapshot& before, const engine::Snapshot& after,
                                          absl::Span<const ReplayedRequest> requests, const GroupsByKey& groups,
                                          std::size_t top);

}  // namespace awase::whatif

#endif  // AWASE_WHATIF_INTERNAL_CHOOSE_DIFFERENCES_H_
