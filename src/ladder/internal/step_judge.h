#ifndef AWASE_LADDER_INTERNAL_STEP_JUDGE_H_
#define AWASE_LADDER_INTERNAL_STEP_JUDGE_H_

// What the catalogue says of a step between two members of a family.

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "awase/catalog/catalog.h"
#include "awase/ladder/ladder.h"
#include "ladder/internal/families.h"
#include "ladder/internal/spec_table.h"

namespace awase::ladder_internal {

// A step between two members of a family and everything that is known of it. Behaviour fills in the second half.
struct StepEdge {
  std::uint32_t cheap = 0;  // members
  std::uint32_t dear = 0;
  bool dominates = false;      // the dear one does
  bool is_dominated = false;   // … is
  bool is_tier_up = false;     // to a higher tier
  bool is_below_band = false;  // too small a step, per unit
  bool is_beyond_band = false;
  bool is_last_resort = false;  // chosen since there is nothing else: WEAK, and maybe not dearer per unit

  bool has_behaviour = false;
  bool is_refuted = false;  // customers move down, past chance
  bool returns_worse = false;
  ladder::Grade grade = ladder::Grade::kWeak;
  bool has_movers = false;  // somebody moved, be it too few to be used
  ladder::MoveCounts moves;
  float strength_gap = 0;
};

// Borrows everything. thread-safe.
class StepJudge {
 public:
  StepJudge(const catalog::Catalog& catalog, const Families& families, const SpecTable& specs,
            absl::Span<const std::int32_t> tiers, absl::Span<const double> widest_steps,
            const ladder::LadderOptions& options)
      : catalog_(catalog),
        families_(families),
        specs_(specs),
        tiers_(tiers),
        widest_steps_(widest_steps),
        options_(options) {}

  // False for what is never a step, whatever else speaks for it: the same product at another price, less in total for
  // more per unit (or the other way round), a lower tier for more. REQUIRES: one family.
  bool IsStep(std::uint32_t cheap, std::uint32_t dear) const;

  // There is a tier between the two: no single step.
  bool SkipsTier(std::uint32_t cheap, std::uint32_t dear) const;

  // … and less per unit is no obstacle.
  bool IsStepByPrice(std::uint32_t cheap, std::uint32_t dear) const;

  // The first half of the edge. REQUIRES: IsStep or IsStepByPrice.
  StepEdge Describe(std::uint32_t cheap, std::uint32_t dear) const;

  // `edge` as it is for `variant`, by the variant's own price, specs and tier; nothing where that makes it no step.
  // Its grade is left as it is. `variant` is of the root of the member that a rung of this direction is from, and
  // visible or not; `steps` of the family's widest may it be long.
  std::optional<StepEdge> DescribeFor(ProductIndex variant, ladder::Direction direction, int steps,
                                      StepEdge edge) const;

  double widest_step(std::uint32_t member) const { return widest_steps_[families_.members[member].family]; }
  const Member& member(std::uint32_t m) const { return families_.members[m]; }
  std::int32_t tier(std::uint32_t m) const { return tiers_[m]; }
  bool IsSameSeries(std::uint32_t a, std::uint32_t b) const;

 private:
  bool IsSameProduct(ProductIndex a, ProductIndex b) const;
  bool IsSameProduct(std::uint32_t a, std::uint32_t b) const;  // members
  // Whether what is known of the member's price and tier can be said of its variant.
  bool IsOfKindOf(ProductIndex variant, std::uint32_t member) const;
  // How often as dear the dear one of the variant and the other member is. REQUIRES: IsOfKindOf the member `own`.
  struct StepSize {
    double in_price;
    double in_value;
  };
  StepSize SizeFor(ProductIndex variant, std::uint32_t own, ladder::Direction direction, const Member& other) const;

  const catalog::Catalog& catalog_;
  const Families& families_;
  const SpecTable& specs_;
  const absl::Span<const std::int32_t> tiers_;   // per member
  const absl::Span<const double> widest_steps_;  // per family
  const ladder::LadderOptions& options_;
};

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_STEP_JUDGE_H_
