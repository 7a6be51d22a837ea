#ifndef AWASE_PLANS_INTERNAL_PLAN_READER_H_
#define AWASE_PLANS_INTERNAL_PLAN_READER_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/plans/plan.h"

namespace awase::plans_internal {

// Reads whole plans and options: what they share, and the columns that name other products. single-thread.
class PlanReader {
 public:
  // `ids`: of all plan products. Borrows everything.
  PlanReader(const std::map<std::string, ProductIndex, std::less<>>& ids, std::vector<plans::Fault>* faults,
             std::vector<plans::Fault>* notes)
      : ids_(ids), faults_(faults), notes_(notes) {}

  // Nothing for a product with a fault. Unknown ids are noted and passed over.
  std::optional<plans::Plan> ReadPlan(const catalog::Product& product, ProductIndex index);
  std::optional<plans::Option> ReadOption(const catalog::Product& product, ProductIndex index);

 private:
  std::vector<ProductIndex> ReadIds(const catalog::Product& product, absl::string_view column);

  const std::map<std::string, ProductIndex, std::less<>>& ids_;
  std::vector<plans::Fault>* faults_;
  std::vector<plans::Fault>* notes_;
};

}  // namespace awase::plans_internal

#endif  // AWASE_PLANS_INTERNAL_PLAN_READER_H_
