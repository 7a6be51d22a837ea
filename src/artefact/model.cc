#include "awase/artefact/model.h"

#include <bit>
#include <cassert>
#include <cmath>
#include <utility>

#include "artefact/internal/format.h"
#include "artefact/internal/manifest.h"
#include "artefact/internal/product_ids.h"
#include "artefact/internal/sections.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"

namespace awase::artefact {

using artefact_internal::ProductRecord;
using artefact_internal::RelationSections;
using artefact_internal::Sections;

struct Model::State {
  artefact_internal::Manifest manifest;
  std::string manifest_json;
  Sections sections;
  artefact_internal::ProductIds product_ids;

  const ProductRecord& record(ProductIndex index) const { return sections.products[Slot(index)]; }
  ProductIndex root(ProductIndex index) const { return ProductAt(record(index).root); }

  absl::string_view string(std::size_t id) const { return artefact_internal::StringAt(sections, id); }

  const RelationSections* relation(relations::RelationKind kind) const {
    const auto found = sections.relations.find(kind);
    return found == sections.relations.end() ? nullptr : &found->second;
  }
};

namespace {

// Element `row` of an array in compressed rows.
template <typename T>
absl::Span<const T> Row(absl::Span<const std::uint64_t> offsets, absl::Span<const T> elements, std::size_t row) {
  return elements.subspan(offsets[row], offsets[row + 1] - offsets[row]);
}

std::optional<Money> MoneyOf(bool given, std::int64_t minor_units, const std::array<char, 3>& letters) {
  if (!given) return std::nullopt;
  // The letters were checked when the model was opened: to parse them at every look at a price took a tenth of a
  // request.
  return Money{minor_units, std::bit_cast<CurrencyCode>(letters)};
}

}  // namespace

Model::Model(std::shared_ptr<const State> state, live::LiveTable live)
    : state_(std::move(state)), live_(std::move(live)) {}
Model::~Model() = default;

absl::StatusOr<std::shared_ptr<const Model>> Model::Open(const std::string& path, const Options& options) {
  AWASE_ASSIGN_OR_RETURN(const std::string directory, ResolveVersionDirectory(path));
  const auto state = std::make_shared<State>();
  const auto open = [&]() -> absl::Status {
    AWASE_ASSIGN_OR_RETURN(state->manifest, artefact_internal::ReadManifest(directory, &state->manifest_json));
    AWASE_ASSIGN_OR_RETURN(state->sections, artefact_internal::MapSections(directory, state->manifest));
    if (!options.just_written) {
      AWASE_RETURN_IF_ERROR(artefact_internal::VerifyChecksums(state->sections, state->manifest, options.threads));
      AWASE_RETURN_IF_ERROR(artefact_internal::CheckSections(state->sections, options.threads));
    }
    state->product_ids = artefact_internal::ProductIds(state->sections);
    return absl::OkStatus();
  };
  AWASE_RETURN_IF_ERROR(Annotate(open(), directory));
  // The constructor is private, so make_shared cannot reach it.
  return std::shared_ptr<const Model>(new Model(state, live::LiveTable()));
}

std::shared_ptr<const Model> Model::WithLive(live::LiveTable live) const {
  assert((live.product_count() == product_count() || live.product_count() == 0) && "a table of another model");
  return std::shared_ptr<const Model>(new Model(state_, std::move(live)));
}

const std::string& Model::version() const { return state_->manifest.version; }
const std::string& Model::created_at() const { return state_->manifest.created_at; }
const std::string& Model::manifest_json() const { return state_->manifest_json; }
std::size_t Model::product_count() const { return state_->sections.products.size(); }
absl::string_view Model::string(StringId id) const { return state_->string(static_cast<std::size_t>(id)); }

std::optional<StringId> Model::FindString(absl::string_view text) const {
  std::size_t low = 0;
  std::size_t high = state_->sections.string_offsets.size() - 1;  // one offset more than strings
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (state_->string(middle) < text) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low + 1 == state_->sections.string_offsets.size() || state_->string(low) != text) return std::nullopt;
  return static_cast<StringId>(low);
}

std::optional<ProductIndex> Model::Find(absl::string_view product_id) const {
  return state_->product_ids.Find(state_->sections, product_id);
}

ProductView Model::product(ProductIndex index) const { return ProductView(this, index); }
ProductIndex Model::root(ProductIndex index) const { return state_->root(index); }

absl::Span<const ProductIndex> Model::variants(ProductIndex root) const {
  return Row(state_->sections.variant_offsets, state_->sections.variants, Slot(root));
}

bool Model::has_relation(relations::RelationKind kind) const { return state_->relation(kind) != nullptr; }

absl::Span<const relations::RelationEntry> Model::related(relations::RelationKind kind, ProductIndex product) const {
  const RelationSections* relation = state_->relation(kind);
  if (relation == nullptr) return {};
  return Row(relation->offsets, relation->entries, Slot(root(product)));
}

std::uint32_t Model::units(relations::RelationKind kind, ProductIndex product) const {
  const RelationSections* relation = state_->relation(kind);
  return relation == nullptr ? 0 : relation->units[Slot(root(product))];
}

std::uint32_t Model::units_as_other(relations::RelationKind kind, ProductIndex product) const {
  const RelationSections* relation = state_->relation(kind);
  if (relation == nullptr || relation->other_units.empty()) return units(kind, product);
  return relation->other_units[Slot(root(product))];
}

std::uint64_t Model::unit_count(relations::RelationKind kind) const {
  const RelationSections* relation = state_->relation(kind);
  return relation == nullptr ? 0 : relation->summary.unit_count;
}

double Model::basket_size_factor(relations::RelationKind kind) const {
  const RelationSections* relation = state_->relation(kind);
  return relation == nullptr ? 1 : relation->summary.basket_size_factor;
}

std::optional<OrderPeriod> Model::order_period() const { return state_->sections.period; }

bool Model::has_cart_model() const { return state_->sections.cart.present; }

absl::Span<const cart::CartWeight> Model::cart_weights(ProductIndex product) const {
  const artefact_internal::CartSections& cart = state_->sections.cart;
  if (!cart.present) return {};
  return Row(cart.offsets, cart.weights, Slot(root(product)));
}

float Model::cart_baseline(ProductIndex product) const {
  const artefact_internal::CartSections& cart = state_->sections.cart;
  return cart.present ? cart.baselines[Slot(root(product))] : 0;
}

absl::Span<const ladder::Rung> Model::rungs(ProductIndex product) const {
  return Row(state_->sections.rung_offsets, state_->sections.rungs, Slot(product));
}

absl::Span<const ladder::RungEvidence> Model::rung_evidence(ProductIndex product) const {
  if (!state_->sections.has_rung_evidence) return {};
  return Row(state_->sections.rung_offsets, state_->sections.rung_evidence, Slot(product));
}

// ---- ProductView ----

#define AWASE_STRING_FIELD(name, field)                                                              \
  absl::string_view ProductView::name() const {                                                      \
    return model_->state_->string(model_->state_->record(index_).strings[artefact_internal::field]); \
  }
AWASE_STRING_FIELD(product_id, kProductId)
AWASE_STRING_FIELD(title, kTitle)
AWASE_STRING_FIELD(category, kCategory)
AWASE_STRING_FIELD(product_type, kProductType)
AWASE_STRING_FIELD(brand, kBrand)
AWASE_STRING_FIELD(author, kAuthor)
AWASE_STRING_FIELD(series, kSeries)
AWASE_STRING_FIELD(family, kFamily)
AWASE_STRING_FIELD(tier, kTier)
AWASE_STRING_FIELD(pack_unit, kPackUnit)
AWASE_STRING_FIELD(subscription_interval, kSubscriptionInterval)
AWASE_STRING_FIELD(tags, kTags)
AWASE_STRING_FIELD(url, kUrl)
AWASE_STRING_FIELD(image_url, kImageUrl)
#undef AWASE_STRING_FIELD

StringId ProductView::product_type_id() const {
  return static_cast<StringId>(model_->state_->record(index_).strings[artefact_internal::kProductType]);
}
StringId ProductView::brand_id() const {
  return static_cast<StringId>(model_->state_->record(index_).strings[artefact_internal::kBrand]);
}
StringId ProductView::category_id() const {
  return static_cast<StringId>(model_->state_->record(index_).strings[artefact_internal::kCategory]);
}
StringId ProductView::author_id() const {
  return static_cast<StringId>(model_->state_->record(index_).strings[artefact_internal::kAuthor]);
}
StringId ProductView::series_id() const {
  return static_cast<StringId>(model_->state_->record(index_).strings[artefact_internal::kSeries]);
}

bool ProductView::visible() const {
  if (const live::LiveValues* values = live(); values != nullptr && values->visible.has_value()) {
    return *values->visible;
  }
  return (model_->state_->record(index_).flags & artefact_internal::kVisible) != 0;
}

std::optional<Money> ProductView::price() const {
  if (const live::LiveValues* values = live(); values != nullptr && values->price.has_value()) return values->price;
  const ProductRecord& record = model_->state_->record(index_);
  return MoneyOf((record.flags & artefact_internal::kHasPrice) != 0, record.price_minor, record.price_currency);
}

std::optional<Money> ProductView::cost() const {
  const ProductRecord& record = model_->state_->record(index_);
  return MoneyOf((record.flags & artefact_internal::kHasCost) != 0, record.cost_minor, record.cost_currency);
}

std::optional<std::int64_t> ProductView::stock() const {
  if (const live::LiveValues* values = live(); values != nullptr && values->stock.has_value()) return values->stock;
  const ProductRecord& record = model_->state_->record(index_);
  if ((record.flags & artefact_internal::kHasStock) == 0) return std::nullopt;
  return record.stock;
}

std::optional<double> ProductView::pack_quantity() const {
  const ProductRecord& record = model_->state_->record(index_);
  if ((record.flags & artefact_internal::kHasPackQuantity) == 0) return std::nullopt;
  return record.pack_quantity;
}

std::optional<ProductIndex> ProductView::parent() const {
  const ProductIndex parent{model_->state_->record(index_).parent};
  if (parent == kNoProduct) return std::nullopt;
  return parent;
}

std::size_t ProductView::attribute_count() const {
  const auto& offsets = model_->state_->sections.attribute_offsets;
  return offsets[Slot(index_) + 1] - offsets[Slot(index_)];
}

AttributeView ProductView::attribute(std::size_t position) const {
  const Sections& sections = model_->state_->sections;
  const auto& record = sections.attributes[sections.attribute_offsets[Slot(index_)] + position];
  AttributeView view{model_->state_->string(record.name), model_->state_->string(record.text), std::nullopt};
  if (!std::isnan(record.number)) view.number = record.number;
  return view;
}

std::optional<std::size_t> ProductView::FindAttribute(absl::string_view name) const {
  std::size_t first = 0;
  std::size_t last = attribute_count();
  while (first < last) {
    const std::size_t middle = first + (last - first) / 2;
    const absl::string_view own = attribute(middle).name;
    if (own == name) return middle;
    own < name ? first = middle + 1 : last = middle;
  }
  return std::nullopt;
}

absl::string_view ProductView::AttributeText(absl::string_view name) const {
  const std::optional<std::size_t> position = FindAttribute(name);
  return position.has_value() ? attribute(*position).text : absl::string_view();
}

}  // namespace awase::artefact
