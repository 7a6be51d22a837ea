#include "awase/serving/served.h"

#include "awase/artefact/canary.h"
#include "awase/rules/condition.h"

namespace awase::serving {

bool Served::IsForCanary(absl::string_view customer_id, absl::string_view session_id) const {
  if (canary == nullptr) return false;
  const absl::string_view id = customer_id.empty() ? session_id : customer_id;
  if (id.empty()) return false;
  constexpr std::int64_t kPartsPerBasisPoint = rules::kWhole / artefact::kWholeShare;
  return rules::TrafficPart(canary->model().version(), id) < kPartsPerBasisPoint * canary_share_basis_points;
}

}  // namespace awase::serving
