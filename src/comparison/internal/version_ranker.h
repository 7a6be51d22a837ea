#ifndef AWASE_COMPARISON_INTERNAL_VERSION_RANKER_H_
#define AWASE_COMPARISON_INTERNAL_VERSION_RANKER_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "awase/artefact/model.h"
#include "awase/evaluation/ranker.h"
#include "awase/relations/relation.h"

namespace awase::comparison_internal {

// The bought_together lists of a version, as rankings over a ProductSpace.
class VersionListRanker : public evaluation::ListRanker {
 public:
  // `to_space` is ProductSpace::of_version, of a space with `space_size` products.
  VersionListRanker(std::shared_ptr<const artefact::Model> model, std::vector<ProductIndex> to_space,
                    std::size_t space_size);

  std::string name() const override { return model_->version(); }
  std::vector<ProductIndex> Top(ProductIndex anchor, std::size_t count) const override;

  // The whole list of a product of the space, in the version's own numbers; empty when it has none.
  absl::Span<const relations::RelationEntry> list(ProductIndex product) const;
  // The product's cart weights, in the version's own numbers; none when the version has none.
  absl::Span<const cart::CartWeight> cart_weights(ProductIndex product) const;
  // n_i in the version.
  std::uint32_t units(ProductIndex product) const;
  ProductIndex ToSpace(ProductIndex of_version) const { return to_space_[Slot(of_version)]; }
  const artefact::Model& model() const { return *model_; }

 private:
  std::shared_ptr<const artefact::Model> model_;
  std::vector<ProductIndex> to_space_;
  std::vector<ProductIndex> to_version_;  // per product of the space, or kNoProduct
};

// What a version says of carts, over a ProductSpace: its cart model; of a version without one, the shares of the best
// entry's score that the bought_together lists of the cart's products give, added up.
class VersionCartRanker : public evaluation::CartRanker {
 public:
  // Borrows the version.
  explicit VersionCartRanker(const VersionListRanker& version) : version_(version) {}

  std::string name() const override { return version_.name(); }
  std::vector<evaluation::ScoredProduct> Score(absl::Span<const ProductIndex> cart) const override;

 private:
  // In the version's own numbers.
  std::vector<evaluation::ScoredProduct> ScoreByModel(absl::Span<const ProductIndex> cart) const;
  std::vector<evaluation::ScoredProduct> ScoreByLists(absl::Span<const ProductIndex> cart) const;

  const VersionListRanker& version_;
};

}  // namespace awase::comparison_internal

#endif  // AWASE_COMPARISON_INTERNAL_VERSION_RANKER_H_
