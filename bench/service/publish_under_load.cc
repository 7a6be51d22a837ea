#include "bench/service/publish_under_load.h"

#include <memory>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "bench/service/alternation.h"
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
  Alternation rules(options.publish_interval, Alternation::Pace::kBetween,
                    [&shop](std::size_t set) { return shop->Publish(set); });
  Alternation versions(options.activate_interval, Alternation::Pace::kBetween,
                       [&shop](std::size_t version) { return shop->Activate(version); });
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
