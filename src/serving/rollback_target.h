#ifndef AWASE_SERVING_ROLLBACK_TARGET_H_
#define AWASE_SERVING_ROLLBACK_TARGET_H_

#include <optional>

#include "absl/types/span.h"
#include "awase/serving/revision_store.h"

namespace awase::serving {

// What a rollback without a number goes to: of the sets that served before the one that serves (the last of `history`,
// ascending by number) the newest whose rules are other ones, and not those of a set that was rolled back away from and
// has not been brought back on purpose since. So each rollback goes one step further back, and none brings back what
// one before has undone. Nothing where there is no such set. O(records · rollbacks among them).
std::optional<RevisionInfo> FindRollbackTarget(absl::Span<const RevisionInfo> history);

}  // namespace awase::serving

#endif  // AWASE_SERVING_ROLLBACK_TARGET_H_
