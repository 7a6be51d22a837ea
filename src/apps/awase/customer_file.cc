#include "apps/awase/customer_file.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "awase/artefact/model.h"
#include "awase/base/files.h"
#include "awase/base/product_index.h"
#include "awase/base/status_macros.h"
#include "awase/plans/plan_book.h"
#include "awase/service/json_text.h"

namespace awase::apps {
namespace {

// "film, tripod and 3 more".
std::string FirstOf(const std::vector<std::string>& ids) {
  constexpr std::size_t kNamed = 5;
  const auto last = std::next(ids.begin(), static_cast<std::ptrdiff_t>(std::min(ids.size(), kNamed)));
  return absl::StrCat(absl::StrJoin(ids.begin(), last, ", "),
                      ids.size() > kNamed ? absl::StrCat(" and ", ids.size() - kNamed, " more") : "");
}

template <typename IsKnown>
void Tell(absl::string_view what, std::vector<std::string> ids, IsKnown is_known, std::vector<std::string>* sentences) {
  ids.erase(std::remove_if(ids.begin(), ids.end(), is_known), ids.end());
  if (!ids.empty()) sentences->push_back(absl::StrCat("customer.", what, ": ", FirstOf(ids)));
}

}  // namespace

absl::StatusOr<v1::Customer> ReadCustomerFile(const std::string& path) {
  AWASE_ASSIGN_OR_RETURN(const std::string json, ReadFile(path));
  v1::Customer customer;
  AWASE_RETURN_IF_ERROR(Annotate(service::FromJsonText(json, &customer), path));
  return customer;
}

absl::Status ByCustomerFile(const absl::Status& refusal, const std::string& path) {
  absl::string_view message = refusal.message();
  absl::ConsumePrefix(&message, "request.");
  if (!absl::ConsumePrefix(&message, "customer.")) return refusal;
  return absl::Status(refusal.code(), absl::StrCat(path, ": field ", message));
}

std::vector<std::string> UnknownIdsOf(const v1::Customer& customer, const engine::Snapshot& snapshot) {
  const artefact::Model& model = snapshot.model();
  const plans::PlanBook& plans = snapshot.plans();
  const auto is_product = [&](const std::string& id) { return model.Find(id).has_value(); };
  const auto is_plan = [&](const std::string& id) {
    const std::optional<ProductIndex> product = model.Find(id);
    return id.empty() || (product.has_value() && plans.FindPlan(*product) != nullptr);
  };
  const auto is_option = [&](const std::string& id) {
    const std::optional<ProductIndex> product = model.Find(id);
    return product.has_value() && plans.FindOption(*product) != nullptr;
  };
  const auto& owned = customer.owned_product_ids();
  const v1::Subscription& subscription = customer.subscription();
  const auto& options = subscription.option_ids();
  std::vector<std::string> sentences;
  Tell("owned_product_ids: not known to the model", {owned.begin(), owned.end()}, is_product, &sentences);
  Tell("subscription.product_id: no plan of the model", {subscription.product_id()}, is_plan, &sentences);
  Tell("subscription.option_ids: no options of the model", {options.begin(), options.end()}, is_option, &sentences);
  return sentences;
}

}  // namespace awase::apps
