#include "ladder/internal/pack_rungs.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "ladder/internal/families.h"

namespace awase::ladder_internal {
namespace {

using catalog::Catalog;
using catalog::Product;
using ladder::Direction;
using ladder::Grade;
using ladder::LadderSet;
using ladder::Rung;
using ladder::RungEvidence;
using ladder::StepKind;

struct BackedRung {
  Rung rung;
  RungEvidence evidence;
};

BackedRung RungOf(const PackStep& step, const Catalog& catalog) {
  const Product& from = catalog.product(step.from);
  const bool is_same_brand = !from.brand.empty() && from.brand == catalog.product(step.to).brand;
  const int flags = step.kind == StepKind::kBrand ? ladder::kOwnToNational : is_same_brand ? ladder::kSameBrand : 0;
  BackedRung backed{};
  backed.rung = {.price_delta_minor = step.price_delta_minor,
                 .other = step.to,
                 .direction = step.direction,
                 .rung = step.rung,
                 .grade = Grade::kAsserted,
                 .family_source = static_cast<std::uint8_t>(FamilySourceOf(from))};
  backed.evidence.returned_cheap = -1;
  backed.evidence.returned_dear = -1;
  backed.evidence.content_ratio = static_cast<float>(step.content_ratio);
  backed.evidence.kind = step.kind;
  backed.evidence.flags = static_cast<std::uint8_t>(flags);
  return backed;
}

// `step` in the place of the rung in `rungs` that goes to the same product, if there is one.
void Place(BackedRung step, std::vector<BackedRung>* rungs) {
  const auto model = std::find_if(rungs->begin(), rungs->end(), [&step](const BackedRung& other) {
    return other.evidence.kind == StepKind::kModel && other.rung.direction == step.rung.direction &&
           other.rung.other == step.rung.other;
  });
  if (model != rungs->end()) {
    const RungEvidence own = step.evidence;
    step.evidence = model->evidence;
    step.evidence.content_ratio = own.content_ratio;
    step.evidence.kind = own.kind;
    step.evidence.flags = static_cast<std::uint8_t>(step.evidence.flags | own.flags);
    if ((step.evidence.flags & ladder::kBehaviour) != 0) step.rung.grade = Grade::kCertified;
    rungs->erase(model);
  }
  rungs->push_back(step);
}

// After some of them have left, rung 1 is again the next model.
void NumberModels(std::vector<BackedRung>* rungs) {
  std::uint8_t next[2] = {1, 1};  // by direction
  for (BackedRung& backed : *rungs) {
    if (backed.evidence.kind == StepKind::kModel) {
      backed.rung.rung = next[static_cast<std::size_t>(backed.rung.direction)]++;
    }
  }
}

}  // namespace

LadderSet WithPackSteps(const LadderSet& models, absl::Span<const PackStep> steps, const Catalog& catalog) {
  LadderSet all;
  all.offsets.push_back(0);
  std::vector<BackedRung> rungs;  // of one product
  auto step = steps.begin();
  for (std::size_t p = 0; p < catalog.size(); ++p) {
    const ProductIndex product = ProductAt(p);
    rungs.clear();
    for (std::size_t r = 0; r < models.list(product).size(); ++r) {
      rungs.push_back({models.list(product)[r], models.evidence_of(product)[r]});
    }
    for (; step != steps.end() && step->from == product; ++step) Place(RungOf(*step, catalog), &rungs);
    NumberModels(&rungs);
    std::sort(rungs.begin(), rungs.end(), [](const BackedRung& a, const BackedRung& b) {
      return std::tie(a.rung.direction, a.rung.rung, a.evidence.kind) <
             std::tie(b.rung.direction, b.rung.rung, b.evidence.kind);
    });
    for (const BackedRung& backed : rungs) {
      all.rungs.push_back(backed.rung);
      all.evidence.push_back(backed.evidence);
    }
    all.offsets.push_back(all.rungs.size());
  }
  return all;
}

}  // namespace awase::ladder_internal
