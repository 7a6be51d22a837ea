#ifndef AWASE_SERVING_LOOK_BACK_H_
#define AWASE_SERVING_LOOK_BACK_H_

// Which exposures of a customer are kept where there is no room for all: those that caps in time count.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "awase/base/mutex.h"
#include "awase/engine/request.h"
#include "awase/rules/rule_set.h"

namespace awase::serving {

// What the caps in time of a rule set look back to, whatever their placements, time and conditions. Immutable.
class LookBack {
 public:
  // Of no rules: to nothing.
  LookBack() = default;
  explicit LookBack(const rules::RuleSet& rules);

  // Whether a cap may count the exposure, or a cool-down begin with it. Sets of products are not looked into.
  bool Sees(const engine::Exposure& exposure, absl::Time now) const;

  // How many answers with one product are all that any cap needs to know of.
  std::uint32_t most_answers() const { return most_answers_; }
  // The same of answers with one intent, for caps on intents alone.
  std::uint32_t most_answers_of(engine::Intent intent) const {
    return most_answers_of_intent_[static_cast<std::size_t>(intent)];
  }

 private:
  void Add(const rules::Cap& cap);

  // By event and intent, behind the intents that of exposures without one: the longest time. 0 = none.
  std::array<std::array<absl::Duration, engine::kIntentCount + 1>, 3> within_ = {};
  std::uint32_t most_answers_ = 0;
  std::array<std::uint32_t, engine::kIntentCount> most_answers_of_intent_ = {};
};

// That of the rules that `rules` gives, computed once for each revision. Keeps no rules. thread-safe.
class ServingLookBack {
 public:
  // `rules` may be empty, and may give null: no rules. It is asked under a lock, so that what one thread has seen no
  // other one undoes: it must not take long, nor ask back.
  explicit ServingLookBack(std::function<std::shared_ptr<const rules::RuleSet>()> rules);

  std::shared_ptr<const LookBack> Get();

 private:
  const std::function<std::shared_ptr<const rules::RuleSet>()> rules_;
  Mutex mutex_;                                                  // guards what follows
  std::optional<std::string> revision_ ABSL_GUARDED_BY(mutex_);  // nothing: no rules
  std::shared_ptr<const LookBack> look_back_ ABSL_GUARDED_BY(mutex_) = std::make_shared<const LookBack>();
};

// Drops exposures until `most` are left, which keep their order. First to go is what no cap sees, then what is beyond
// the newest answers that a cap can count of a product and intent, then what else was shown, of each intent the newest
// answers that a cap can count last of all; dismissals and purchases go behind all that was shown. Of equals the oldest
// goes first. O(exposures · log exposures).
void DropExcess(const LookBack& look_back, absl::Time now, std::size_t most, std::vector<engine::Exposure>& exposures);

}  // namespace awase::serving

#endif  // AWASE_SERVING_LOOK_BACK_H_
