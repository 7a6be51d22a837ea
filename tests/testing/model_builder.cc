#include "tests/testing/model_builder.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "awase/artefact/writer.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/catalog/catalog.h"

namespace awase::testing {
namespace {

using relations::Relation;
using relations::RelationEntry;
using relations::RelationKind;

constexpr std::uint32_t kDefaultUnits = 100;

absl::StatusOr<ProductIndex> FindProduct(const catalog::Catalog& catalog, const std::string& id) {
  const std::optional<ProductIndex> product = catalog.Find(id);
  if (!product.has_value()) return absl::InvalidArgumentError(absl::StrCat("ModelBuilder: no product ", id));
  return *product;
}

RelationEntry MakeEntry(const Relation& relation, ProductIndex product, ProductIndex other, const PairCounts& counts) {
  const double together = counts.together;
  const double expected = static_cast<double>(relation.product_units[Slot(product)]) *
                          static_cast<double>(relation.units_as_other(other)) /
                          static_cast<double>(relation.unit_count);
  const double lift = together / expected;
  return {.other = other,
          .score = static_cast<float>(counts.score < 0 ? together : counts.score),
          .units_together = counts.together,
          .buyers_together = counts.together,
          .lift = static_cast<float>(lift),
          .lift_low = static_cast<float>(lift * 0.8),
          .lift_high = static_cast<float>(lift * 1.2),
          .is_claim = static_cast<std::uint8_t>(counts.claim ? 1 : 0),
          .entry_class = counts.entry_class,
          .source = counts.source,
          .reserved = 0};
}

}  // namespace

catalog::Product& ModelBuilder::Add(absl::string_view id, std::int64_t price_minor, absl::string_view currency) {
  catalog::Product& product = products_.emplace_back();
  product.product_id = std::string(id);
  product.title = absl::StrCat("The ", id);
  if (price_minor >= 0) product.price = Money{price_minor, *CurrencyCode::Parse(currency)};
  return product;
}

void ModelBuilder::SetUnits(RelationKind kind, absl::string_view id, std::uint32_t units) {
  relations_[kind].units[std::string(id)] = units;
}

void ModelBuilder::SetUnitsAsOther(RelationKind kind, absl::string_view id, std::uint32_t units) {
  relations_[kind].other_units[std::string(id)] = units;
}

void ModelBuilder::SetUnitCount(RelationKind kind, std::uint64_t unit_count) {
  relations_[kind].unit_count = unit_count;
}

void ModelBuilder::Relate(RelationKind kind, absl::string_view product, absl::string_view other, PairCounts counts) {
  relations_[kind].lists[std::string(product)].push_back({std::string(other), counts});
}

void ModelBuilder::WeighForCarts(absl::string_view product, absl::string_view other, float weight) {
  if (!cart_.has_value()) cart_.emplace();
  cart_->weights[std::string(product)][std::string(other)] = weight;
}

void ModelBuilder::SetCartBaseline(absl::string_view id, float baseline) {
  if (!cart_.has_value()) cart_.emplace();
  cart_->baselines[std::string(id)] = baseline;
}

void ModelBuilder::AddRung(absl::string_view product, absl::string_view other, ladder::Direction direction,
                           std::uint8_t rung, ladder::Grade grade, const ladder::RungEvidence& evidence) {
  rungs_[std::string(product)].push_back({std::string(other), direction, rung, grade, evidence});
}

absl::StatusOr<Relation> ModelBuilder::BuildRelation(const catalog::Catalog& catalog, RelationKind kind,
                                                     const RelationDraft& draft) const {
  Relation relation;
  relation.kind = kind;
  relation.unit_count = draft.unit_count;
  relation.product_units.assign(catalog.size(), kDefaultUnits);
  for (const auto& [id, units] : draft.units) {
    AWASE_ASSIGN_OR_RETURN(const ProductIndex product, FindProduct(catalog, id));
    relation.product_units[Slot(product)] = units;
  }
  if (!draft.other_units.empty()) relation.other_units.assign(catalog.size(), kDefaultUnits);
  for (const auto& [id, units] : draft.other_units) {
    AWASE_ASSIGN_OR_RETURN(const ProductIndex product, FindProduct(catalog, id));
    relation.other_units[Slot(product)] = units;
  }
  for (const auto& [id, unused] : draft.lists) AWASE_RETURN_IF_ERROR(FindProduct(catalog, id).status());
  relation.offsets.push_back(0);
  for (const catalog::Product& product : catalog.products()) {
    const std::size_t first = relation.entries.size();
    if (const auto list = draft.lists.find(product.product_id); list != draft.lists.end()) {
      for (const Pair& pair : list->second) {
        AWASE_ASSIGN_OR_RETURN(const ProductIndex other, FindProduct(catalog, pair.other));
        relation.entries.push_back(MakeEntry(relation, *catalog.Find(product.product_id), other, pair.counts));
      }
    }
    std::sort(relation.entries.begin() + static_cast<std::ptrdiff_t>(first), relation.entries.end(),
              [](const RelationEntry& a, const RelationEntry& b) {
                return a.score != b.score ? a.score > b.score : a.other < b.other;
              });
    relation.offsets.push_back(relation.entries.size());
  }
  return relation;
}

absl::StatusOr<ladder::LadderSet> ModelBuilder::BuildLadders(const catalog::Catalog& catalog) const {
  ladder::LadderSet ladders;
  for (const auto& [id, unused] : rungs_) AWASE_RETURN_IF_ERROR(FindProduct(catalog, id).status());
  ladders.offsets.push_back(0);
  for (const catalog::Product& product : catalog.products()) {
    std::vector<RungDraft> drafts;
    if (const auto rungs = rungs_.find(product.product_id); rungs != rungs_.end()) drafts = rungs->second;
    std::sort(drafts.begin(), drafts.end(), [](const RungDraft& a, const RungDraft& b) {
      return std::tie(a.direction, a.rung) < std::tie(b.direction, b.rung);
    });
    for (const RungDraft& draft : drafts) {
      AWASE_ASSIGN_OR_RETURN(const ProductIndex other, FindProduct(catalog, draft.other));
      const std::optional<Money> to = catalog.product(other).price;
      const std::int64_t delta =
          to.has_value() && product.price.has_value() ? to->minor_units - product.price->minor_units : 0;
      ladders.rungs.push_back({.price_delta_minor = delta,
                               .other = other,
                               .direction = draft.direction,
                               .rung = draft.rung,
                               .grade = draft.grade,
                               .family_source = 0});
      ladders.evidence.push_back(draft.evidence);
    }
    ladders.offsets.push_back(ladders.rungs.size());
  }
  return ladders;
}

absl::StatusOr<cart::CartWeights> ModelBuilder::BuildCartWeights(const catalog::Catalog& catalog) const {
  cart::CartWeights weights;
  for (const auto& [id, unused] : cart_->weights) AWASE_RETURN_IF_ERROR(FindProduct(catalog, id).status());
  weights.baselines.assign(catalog.size(), 0);
  for (const auto& [id, baseline] : cart_->baselines) {
    AWASE_ASSIGN_OR_RETURN(const ProductIndex product, FindProduct(catalog, id));
    weights.baselines[Slot(product)] = baseline;
  }
  weights.offsets.push_back(0);
  for (const catalog::Product& product : catalog.products()) {
    const auto first = static_cast<std::ptrdiff_t>(weights.entries.size());
    if (const auto list = cart_->weights.find(product.product_id); list != cart_->weights.end()) {
      for (const auto& [id, weight] : list->second) {
        AWASE_ASSIGN_OR_RETURN(const ProductIndex other, FindProduct(catalog, id));
        weights.entries.push_back({other, weight});
      }
    }
    std::sort(weights.entries.begin() + first, weights.entries.end(), cart::IsStronger);
    weights.offsets.push_back(weights.entries.size());
  }
  return weights;
}

absl::StatusOr<std::shared_ptr<const artefact::Model>> ModelBuilder::Build(const std::string& model_dir) const {
  const catalog::Catalog catalog =
      catalog::Catalog::Build(std::vector<catalog::Product>(products_.begin(), products_.end()));
  AWASE_ASSIGN_OR_RETURN(artefact::VersionWriter writer, artefact::VersionWriter::Create(model_dir));
  for (const auto& [kind, draft] : relations_) {
    AWASE_ASSIGN_OR_RETURN(Relation relation, BuildRelation(catalog, kind, draft));
    AWASE_RETURN_IF_ERROR(writer.AddRelation(std::make_shared<const Relation>(std::move(relation))));
  }
  AWASE_ASSIGN_OR_RETURN(const ladder::LadderSet ladders, BuildLadders(catalog));
  artefact::Contents contents{.catalog = &catalog,
                              .ladders = &ladders,
                              .period = period_,
                              .popularity = {},
                              .settings_json = "{}",
                              .report_json = report_json_};
  contents.popularity.assign(catalog.size(), 0);
  for (const auto& [id, orders] : popularity_) {
    AWASE_ASSIGN_OR_RETURN(const ProductIndex product, FindProduct(catalog, id));
    contents.popularity[Slot(product)] = orders;
  }
  cart::CartWeights cart_weights;
  if (cart_.has_value()) {
    AWASE_ASSIGN_OR_RETURN(cart_weights, BuildCartWeights(catalog));
    contents.cart = &cart_weights;
  }
  AWASE_ASSIGN_OR_RETURN(const std::string version, writer.Finish(contents));
  return artefact::Model::Open(JoinPath(model_dir, version));
}

}  // namespace awase::testing
