#include "kept_apart.h"

#include <algorithm>
#include <cstdint>

#include "bound_rules.h"

namespace awase::engine {
namespace {

// Finds the first rule between a product and the company that it would be offered in.
class Search {
 public:
  Search(const Context& context, ProductIndex product, absl::Span<const ProductIndex> members)
      : context_(context), bound_(context.snapshot.bound_rules().selection), product_(product), members_(members) {}

  const rules::Rule* First() {
    for (const BoundSeparation* separation : context_.selection.separations) Consider(*separation);
    for (const ProductIndex member : members_) ConsiderAbout(member);
    return first_ == nullptr ? nullptr : first_->rule;
  }

 private:
  void ConsiderAbout(ProductIndex member) {
    for (const std::uint32_t place : bound_.separations_by_side.MayHave(context_.model, member)) {
      const BoundSeparation& separation = bound_.separations[place];
      if (Applies(context_, separation.rule)) Consider(separation);
    }
  }

  void Consider(const BoundSeparation& separation) {
    if (first_ != nullptr && first_->rank <= separation.rule.rank) return;
    const auto is_apart = [&](ProductIndex other) { return KeepsApart(context_.model, separation, product_, other); };
    if (std::any_of(context_.seeds.begin(), context_.seeds.end(), is_apart) ||
        std::any_of(members_.begin(), members_.end(), is_apart) ||
        std::any_of(context_.cart.begin(), context_.cart.end(),
                    [&](const KnownCartLine& line) { return is_apart(line.product); })) {
      first_ = &separation.rule;
    }
  }

  const Context& context_;
  const BoundSelection& bound_;
  const ProductIndex product_;
  const absl::Span<const ProductIndex> members_;
  const BoundRule* first_ = nullptr;
};

}  // namespace

bool KeepsApart(const artefact::Model& model, const BoundSeparation& separation, ProductIndex a, ProductIndex b) {
  const BoundSet& these = separation.these;
  const BoundSet& with = separation.with.has_value() ? *separation.with : these;
  return (these.Has(model, a) && with.Has(model, b)) || (these.Has(model, b) && with.Has(model, a));
}

const rules::Rule* SeparatingRule(const Context& context, ProductIndex product,
                                  absl::Span<const ProductIndex> members) {
  if (context.snapshot.bound_rules().selection.separations.empty()) return nullptr;
  return Search(context, product, members).First();
}

}  // namespace awase::engine
