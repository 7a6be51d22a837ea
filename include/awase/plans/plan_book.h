#ifndef AWASE_PLANS_PLAN_BOOK_H_
#define AWASE_PLANS_PLAN_BOOK_H_

// All plans and options of a catalogue, and what is wrong with them.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/catalog/product.h"
#include "awase/plans/plan.h"

namespace awase::plans {

// In larger families no pointless plans are looked for, but their size is noted: the likely cause is a column called
// fee that is of something else.
inline constexpr std::size_t kMostReviewed = 200;

// Immutable once built; thread-safe to read.
class PlanBook {
 public:
  struct Entry {
    const catalog::Product* product;
    ProductIndex index;
  };

  PlanBook() = default;

  // `entries`: distinct products and indexes; those that are no plan products are passed over. O(n log n).
  static PlanBook Build(absl::Span<const Entry> entries);

  // By family, currency, interval, fee, product.
  absl::Span<const Plan> plans() const { return plans_; }
  absl::Span<const Option> options() const { return options_; }  // by product

  // Null for a product that is no plan (no option), or one with a fault. O(log n).
  const Plan* FindPlan(ProductIndex product) const;
  const Option* FindOption(ProductIndex product) const;
  // Places in options(), ascending, of those that can be added to the plan. REQUIRES: the plan is of this book.
  // O(log n).
  absl::Span<const std::uint32_t> OptionPlacesOf(const Plan& plan) const;

  // The plans of the family, itself included, in whatever currency and interval. Of a plan without a family: itself.
  absl::Span<const Plan> FamilyOf(const Plan& plan) const;
  std::size_t family_count() const;  // with two or more plans

  // Products that are left out for them, by product and column.
  absl::Span<const Fault> faults() const { return faults_; }
  // What is odd and was settled without leaving the product out, by product and column: unknown ids, metrics that a
  // plan of a family says nothing of, several currencies or intervals in a family, plans that another one makes
  // pointless. For who trains, not for who serves: O(plans · metrics), and quadratic within a family of up to
  // kMostReviewed.
  std::vector<Fault> Review() const;

 private:
  // Gives plans the limits of the options that are part of them. REQUIRES: options_ is sorted.
  void AddIncludedTerms();
  // REQUIRES: plans_, plan_places_ and options_ are sorted.
  void IndexOptions();

  std::vector<Plan> plans_;
  std::vector<Option> options_;
  std::vector<std::pair<ProductIndex, std::size_t>> plan_places_;  // ascending
  // Of plans_[i]: option_places_[option_offsets_[i] … option_offsets_[i + 1]).
  std::vector<std::size_t> option_offsets_;
  std::vector<std::uint32_t> option_places_;
  std::vector<Fault> faults_;
  std::vector<Fault> notes_;  // of what was read
};

// Whether nobody can be better off with `other` than with `plan`: the same family, currency and interval, for the same
// use, no fee higher, no limit lower, no unit of overage dearer, no option or perk missing. True of a plan and itself.
bool Dominates(const Plan& plan, const Plan& other);

}  // namespace awase::plans

#endif  // AWASE_PLANS_PLAN_BOOK_H_
