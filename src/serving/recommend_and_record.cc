#include "awase/serving/recommend_and_record.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "awase/base/status_macros.h"

namespace awase::serving {
namespace {

using ::awase::engine::Exposure;

// Conflicts need requests of one customer within the same fraction of a millisecond.
constexpr int kMostTries = 16;
// Of an answer that cannot break a cap any more: only a store that is broken refuses so often.
constexpr int kMostCommits = 1000;

// `now`, or the next microsecond of which the customer has nothing: entries of one time would be taken for one answer.
absl::Time TimeOfAnswer(const engine::Request& request, absl::Time now) {
  std::vector<absl::Time> taken;
  for (const std::vector<Exposure>* exposures : {&request.customer.exposures, &request.stored_exposures}) {
    for (const Exposure& exposure : *exposures) taken.push_back(exposure.time);
  }
  std::sort(taken.begin(), taken.end());
  for (const absl::Time time : taken) {
    if (time == now) now += absl::Microseconds(1);
  }
  return now;
}

std::vector<Exposure> ExposuresOf(const engine::Answer& answer, const artefact::Model& model, absl::Time time) {
  std::vector<Exposure> exposures;
  const auto add = [&](ProductIndex product, engine::Intent intent) {
    exposures.push_back(
        {std::string(model.product(product).product_id()), intent, engine::ExposureEvent::kShown, time});
  };
  for (const engine::Slot& slot : answer.slots) {
    for (const engine::Offer& offer : slot.offers) {
      if (!offer.bundle.has_value()) {
        add(offer.product, offer.intent);
        continue;
      }
      for (std::size_t i = 1; i < offer.bundle->lines.size(); ++i) {
        if (!offer.bundle->lines[i].in_cart) add(offer.bundle->lines[i].product, offer.intent);
      }
    }
  }
  return exposures;
}

absl::Status Commit(ExposureStore& store, const engine::Snapshot& snapshot, const engine::Request& request,
                    const CustomerHistory& history, const engine::Answer& answer, absl::Time now) {
  const std::vector<Exposure> shown = ExposuresOf(answer, snapshot.model(), TimeOfAnswer(request, now));
  return shown.empty() ? absl::OkStatus() : store.Commit(request.customer.id, history.version, shown);
}

// Whatever is recorded in between, this answer breaks no cap.
absl::StatusOr<engine::Answer> AnswerWithoutCapped(ExposureStore& store, const engine::Snapshot& snapshot,
                                                   engine::Request& request, absl::Time now) {
  request.caps_are_reached = true;
  AWASE_ASSIGN_OR_RETURN(engine::Answer answer, engine::Recommend(snapshot, request, now));
  for (int i = 0; i < kMostCommits; ++i) {
    AWASE_ASSIGN_OR_RETURN(CustomerHistory history, store.Read(request.customer.id, now));
    request.stored_exposures = std::move(history.exposures);
    const absl::Status committed = Commit(store, snapshot, request, history, answer, now);
    if (committed.ok()) return answer;
    if (!absl::IsAborted(committed)) return committed;
  }
  return absl::UnavailableError("too many requests of this customer at the same time: ask again");
}

}  // namespace

absl::StatusOr<engine::Answer> RecommendAndRecord(ExposureStore& store, const engine::Snapshot& snapshot,
                                                  engine::Request request, absl::Time now, bool is_recorded) {
  for (int i = 0; i < kMostTries; ++i) {
    AWASE_ASSIGN_OR_RETURN(CustomerHistory history, store.Read(request.customer.id, now));
    request.stored_exposures = std::move(history.exposures);
    AWASE_ASSIGN_OR_RETURN(engine::Answer answer, engine::Recommend(snapshot, request, now));
    if (!is_recorded) return answer;
    const absl::Status committed = Commit(store, snapshot, request, history, answer, now);
    if (committed.ok()) return answer;
    if (!absl::IsAborted(committed)) return committed;
  }
  return AnswerWithoutCapped(store, snapshot, request, now);
}

}  // namespace awase::serving
