#include "bench/service/publish_under_load.h"

#include <atomic>
#include <functional>
#include <memory>
#include <set>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "awase/base/mutex.h"
#include "awase/base/status_macros.h"
#include "bench/service/answer_book.h"
#include "bench/service/changing_shop.h"

namespace awase::load {
namespace {

constexpr std::size_t kStates = 2;  // of rules, and of versions

// Enters what every version answers under every rule set; afterwards the first of both serve.
absl::Status Learn(ChangingShop* shop, AnswerBook* book) {
  std::vector<std::set<std::string>> different(shop->requests().size());
  for (std::size_t i = 0; i < kStates * kStates; ++i) {
    AWASE_RETURN_IF_ERROR(shop->Activate(i / kStates));
    AWASE_RETURN_IF_ERROR(shop->Publish(i % kStates));
    for (std::size_t request = 0; request < shop->requests().size(); ++request) {
      AWASE_ASSIGN_OR_RETURN(v1::RecommendResponse answer, shop->Recommend(shop->requests()[request]));
      std::string slots;
      for (const v1::Slot& slot : answer.slots()) absl::StrAppend(&slots, slot.SerializeAsString());
      if (!different[request].insert(std::move(slots)).second) {
        return absl::InternalError(absl::StrCat("request ", request, " has the same offers in two states"));
      }
      book->Enter(request, std::move(answer));
    }
  }
  AWASE_RETURN_IF_ERROR(shop->Activate(0));
  return shop->Publish(0);
}

// Changes a thing to 1, 0, 1, … from its creation to its end, on a thread of its own.
class Alternation {
 public:
  Alternation(absl::Duration interval, std::function<absl::Status(std::size_t)> change)
      : interval_(interval), change_(std::move(change)), thread_([this] { Alternate(); }) {}

  void Stop() {
    stop_ = true;
    thread_.join();
  }

  // Once stopped.
  std::uint64_t changes() const { return changes_; }
  std::uint64_t failed() const { return failed_; }
  const absl::Status& first_failure() const { return first_failure_; }

 private:
  void Alternate() {
    for (std::size_t next = 1; !stop_; next = 1 - next) {
      const absl::Status status = change_(next);
      ++(status.ok() ? changes_ : failed_);
      first_failure_.Update(status);
      absl::SleepFor(interval_);
    }
  }

  const absl::Duration interval_;
  const std::function<absl::Status(std::size_t)> change_;
  std::atomic<bool> stop_{false};
  std::uint64_t changes_ = 0;
  std::uint64_t failed_ = 0;
  absl::Status first_failure_;
  std::thread thread_;  // the last: uses all others
};

std::string FirstProblem(const AnswerBook& book, const Alternation& rules, const Alternation& versions) {
  if (!rules.first_failure().ok()) return absl::StrCat("a publication: ", rules.first_failure().ToString());
  if (!versions.first_failure().ok()) return absl::StrCat("an activation: ", versions.first_failure().ToString());
  return book.first_wrong();
}

}  // namespace

absl::StatusOr<PublishUnderLoadReport> PublishUnderLoad(const PublishUnderLoadOptions& options) {
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<ChangingShop> shop, ChangingShop::Create());
  AnswerBook book;
  AWASE_RETURN_IF_ERROR(Learn(shop.get(), &book));
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<LoadClient> client,
                         LoadClient::Create({.address = shop->address(),
                                             .connections = options.connections,
                                             .calls_at_a_time = options.calls_at_a_time}));
  PublishUnderLoadReport report;
  Alternation rules(options.publish_interval, [&shop](std::size_t set) { return shop->Publish(set); });
  Alternation versions(options.activate_interval, [&shop](std::size_t version) { return shop->Activate(version); });
  report.load =
      client->Run({.rate = options.rate, .duration = options.duration}, shop->requests(),
                  [&book](std::size_t request, const v1::RecommendResponse& answer) { book.Judge(request, answer); });
  rules.Stop();
  versions.Stop();
  report.publications = rules.changes();
  report.activations = versions.changes();
  report.states_seen = book.states_seen();
  report.dropped = report.load.due - report.load.answered;
  report.mixed = book.mixed();
  report.unknown = book.unknown();
  report.failed = rules.failed() + versions.failed();
  report.first_problem = FirstProblem(book, rules, versions);
  return report;
}

bool IsClean(const PublishUnderLoadReport& report) {
  return report.dropped == 0 && report.mixed == 0 && report.unknown == 0 && report.failed == 0 &&
         report.states_seen >= 2;
}

}  // namespace awase::load
