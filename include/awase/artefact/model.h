#ifndef AWASE_ARTEFACT_MODEL_H_
#define AWASE_ARTEFACT_MODEL_H_

// The reader of one version directory: sections are mapped, not parsed (docs/model_format.md has the bytes).
//
//   AWASE_ASSIGN_OR_RETURN(std::shared_ptr<const Model> model, Model::Open("models/shop"));
//   if (std::optional<ProductIndex> anchor = model->Find("12345")) {
//     for (const RelationEntry& entry : model->related(RelationKind::kBoughtTogether, *anchor)) …
//   }

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/artefact/internal/columns.h"
#include "awase/base/money.h"
#include "awase/base/product_index.h"
#include "awase/cart/cart_weights.h"
#include "awase/ladder/ladder.h"
#include "awase/live/live_table.h"
#include "awase/relations/relation.h"

namespace awase::artefact {

// A string of the artefact by number. Strings are stored once, sorted, so equal numbers mean equal strings.
enum class StringId : std::uint32_t {};
inline constexpr StringId kEmptyString{0};  // string 0 is always ""

// An attribute of a product; see catalog::Attribute.
struct AttributeView {
  absl::string_view name;
  absl::string_view text;
  std::optional<double> number;
};

// The first and the last moment of the orders that a version is made of, microseconds since 1970-01-01 UTC.
struct OrderPeriod {
  std::int64_t first_micros;
  std::int64_t last_micros;

  friend bool operator==(const OrderPeriod&, const OrderPeriod&) = default;
};
static_assert(sizeof(OrderPeriod) == 16);  // stored as such

// The same by number, to compare without touching bytes.
struct AttributeIds {
  StringId name;
  StringId text;
};

// Whether and for how much a product is sold now: the live value of each, else that of the training.
struct SaleState {
  bool visible;
  std::optional<std::int64_t> stock;  // nothing = not tracked
  std::optional<Money> price;
};

// One product as stored, but for what is live. Cheap to copy; the views live as long as the Model.
class ProductView;

// A version, and the live values of its products. Immutable and thread-safe. No call below blocks or allocates unless
// it says so.
class Model {
 public:
  struct Options {
    // That check the sections: all there are at the start of a server, one beside requests that are being answered.
    std::size_t threads = 1;
    // The caller has this version from VersionWriter::Finish: its sections are only mapped, not checked again.
    bool just_written = false;
  };

  // `path` is a version directory, or a model directory whose ACTIVE file names the version. Checksums, bounds and
  // orders of all sections are checked at open, so that reading them later cannot go wrong: about 1 GB/s and thread.
  //   kNotFound            nothing there, or no ACTIVE
  //   kFailedPrecondition  written in a newer format than this program reads
  //   kDataLoss            checksum, size, bounds or order wrong, manifest unreadable
  static absl::StatusOr<std::shared_ptr<const Model>> Open(const std::string& path, const Options& options);
  static absl::StatusOr<std::shared_ptr<const Model>> Open(const std::string& path) { return Open(path, Options()); }

  // The same version where `live` has the price, stock and visibility of products, in place of the values that this
  // model has live; with LiveTable() all products are as trained. All else is shared: O(1), allocates.
  // REQUIRES: the table is one for product_count(), or LiveTable().
  std::shared_ptr<const Model> WithLive(live::LiveTable live) const;

  ~Model();
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  // The version id: hash of sections and settings.
  const std::string& version() const;
  // When it was written, RFC 3339.
  const std::string& created_at() const;
  // manifest.json as it stands in the directory.
  const std::string& manifest_json() const;

  std::size_t product_count() const;

  // Nothing for an unknown id. O(1).
  std::optional<ProductIndex> Find(absl::string_view product_id) const;

  // REQUIRES: index is of this model.
  ProductView product(ProductIndex index) const;
  // Asks memory for what is looked at first of a product and of its variants. Waits for nothing, changes nothing.
  void Prefetch(ProductIndex root) const;

  // The top of the chain of parents (the product itself when it is no variant), and all members of that root including
  // itself, best seller first.
  ProductIndex root(ProductIndex index) const;
  absl::Span<const ProductIndex> variants(ProductIndex root) const;

  absl::string_view string(StringId id) const;
  // Nothing for a text that no product has anywhere. O(log strings).
  std::optional<StringId> FindString(absl::string_view text) const;

  // False when the dump had no data for the relation.
  bool has_relation(relations::RelationKind kind) const;
  // The ranked list of the product's root; empty when there is none.
  absl::Span<const relations::RelationEntry> related(relations::RelationKind kind, ProductIndex product) const;
  // n_i of the product's root, and N, of a relation.
  std::uint32_t units(relations::RelationKind kind, ProductIndex product) const;
  // n_j of the product's root, as an entry of another product's list. As units() unless the relation is directed.
  std::uint32_t units_as_other(relations::RelationKind kind, ProductIndex product) const;
  std::uint64_t unit_count(relations::RelationKind kind) const;
  // Expected units together under the null of the claim test: factor · n_i · n_j / N.
  double basket_size_factor(relations::RelationKind kind) const;

  // Nothing where no order had a time, and before format 3.
  std::optional<OrderPeriod> order_period() const;

  // The cart model: a cart gives j the score cart_baseline(j) + Σ w_ij over its products i. False, no weights and 0
  // when the version was trained without. Of the products' roots; the strongest weights first.
  bool has_cart_model() const;
  absl::Span<const cart::CartWeight> cart_weights(ProductIndex product) const;
  float cart_baseline(ProductIndex product) const;

  absl::Span<const ladder::Rung> rungs(ProductIndex product) const;
  // What speaks for each of them, in the same order. Empty before format 4.
  absl::Span<const ladder::RungEvidence> rung_evidence(ProductIndex product) const;

 private:
  friend class ProductView;
  struct State;
  Model(std::shared_ptr<const State> state, live::LiveTable live);
  std::shared_ptr<const State> state_;
  const artefact_internal::Columns* columns_;  // of state_
  live::LiveTable live_;
};

class ProductView {
 public:
  ProductIndex index() const { return index_; }
  absl::string_view product_id() const { return text(artefact_internal::kProductId); }
  absl::string_view title() const { return text(artefact_internal::kTitle); }
  absl::string_view category() const { return text(artefact_internal::kCategory); }
  absl::string_view product_type() const { return text(artefact_internal::kProductType); }
  absl::string_view brand() const { return text(artefact_internal::kBrand); }
  absl::string_view author() const { return text(artefact_internal::kAuthor); }
  absl::string_view series() const { return text(artefact_internal::kSeries); }
  absl::string_view family() const { return text(artefact_internal::kFamily); }
  absl::string_view tier() const { return text(artefact_internal::kTier); }
  absl::string_view pack_unit() const { return text(artefact_internal::kPackUnit); }
  absl::string_view subscription_interval() const { return text(artefact_internal::kSubscriptionInterval); }
  absl::string_view tags() const { return text(artefact_internal::kTags); }  // joined by ','
  absl::string_view url() const { return text(artefact_internal::kUrl); }
  absl::string_view image_url() const { return text(artefact_internal::kImageUrl); }

  // For comparing without touching bytes: equal ids mean equal text; kEmptyString means "not given".
  StringId title_id() const { return string_id(artefact_internal::kTitle); }
  StringId tier_id() const { return string_id(artefact_internal::kTier); }
  StringId product_type_id() const { return string_id(artefact_internal::kProductType); }
  StringId brand_id() const { return string_id(artefact_internal::kBrand); }
  StringId category_id() const { return string_id(artefact_internal::kCategory); }
  StringId author_id() const { return string_id(artefact_internal::kAuthor); }
  StringId series_id() const { return string_id(artefact_internal::kSeries); }

  // The live value of each, else that of the training.
  bool visible() const;
  std::optional<Money> price() const;
  std::optional<std::int64_t> stock() const;  // nothing = not tracked
  SaleState sale_state() const;               // all three, for one look

  std::optional<Money> cost() const;
  std::optional<double> pack_quantity() const;
  std::optional<ProductIndex> parent() const;

  std::size_t attribute_count() const;
  AttributeView attribute(std::size_t position) const;  // sorted by name, as are their numbers
  AttributeIds attribute_ids(std::size_t position) const;
  // The position of the attribute of that name, the whole name of its column. O(log attributes).
  std::optional<std::size_t> FindAttribute(absl::string_view name) const;
  absl::string_view AttributeText(absl::string_view name) const;  // empty when there is none

 private:
  friend class Model;
  ProductView(const Model* model, ProductIndex index) : model_(model), index_(index) {}

  // Null for nearly all products.
  const live::LiveValues* live() const { return model_->live_.Find(index_); }
  const artefact_internal::ProductRecord& record() const { return model_->columns_->record(index_); }
  StringId string_id(artefact_internal::StringField field) const { return StringId{record().strings[field]}; }
  absl::string_view text(artefact_internal::StringField field) const { return model_->string(string_id(field)); }
  bool has(artefact_internal::ProductFlags flag) const { return (record().flags & flag) != 0; }
  bool trained_visible() const { return has(artefact_internal::kVisible); }
  std::optional<Money> trained_price() const;
  std::optional<std::int64_t> trained_stock() const;

  const Model* model_;
  ProductIndex index_;
};

// The version that `model_dir`/ACTIVE names. kNotFound (with what to do) when there is none.
absl::StatusOr<std::string> ReadActiveVersion(const std::string& model_dir);

// `path` itself if it is a version directory, else path/<ACTIVE>.
absl::StatusOr<std::string> ResolveVersionDirectory(const std::string& path);

// ---- Everything from here on is detail. ----

inline std::size_t Model::product_count() const { return columns_->products.size(); }
inline ProductView Model::product(ProductIndex index) const { return ProductView(this, index); }
inline ProductIndex Model::root(ProductIndex index) const { return ProductIndex{columns_->record(index).root}; }

inline void Model::Prefetch(ProductIndex root) const {
  const artefact_internal::ProductRecord* record = &columns_->record(root);
  __builtin_prefetch(record);
  __builtin_prefetch(&record->price_minor);
  __builtin_prefetch(&columns_->variant_offsets[Slot(root)]);
}

inline absl::string_view Model::string(StringId id) const {
  return artefact_internal::StringAt(*columns_, static_cast<std::size_t>(id));
}

inline absl::Span<const ProductIndex> Model::variants(ProductIndex root) const {
  return artefact_internal::Row(columns_->variant_offsets, columns_->variants, Slot(root));
}

inline bool Model::has_relation(relations::RelationKind kind) const { return columns_->relation(kind).present; }

inline absl::Span<const relations::RelationEntry> Model::related(relations::RelationKind kind,
                                                                 ProductIndex product) const {
  const artefact_internal::RelationSections& relation = columns_->relation(kind);
  if (!relation.present) return {};
  return artefact_internal::Row(relation.offsets, relation.entries, Slot(root(product)));
}

inline std::uint32_t Model::units(relations::RelationKind kind, ProductIndex product) const {
  const artefact_internal::RelationSections& relation = columns_->relation(kind);
  return relation.present ? relation.units[Slot(root(product))] : 0;
}

inline std::uint32_t Model::units_as_other(relations::RelationKind kind, ProductIndex product) const {
  const artefact_internal::RelationSections& relation = columns_->relation(kind);
  return relation.other_units.empty() ? units(kind, product) : relation.other_units[Slot(root(product))];
}

inline std::uint64_t Model::unit_count(relations::RelationKind kind) const {
  return columns_->relation(kind).summary.unit_count;
}

inline double Model::basket_size_factor(relations::RelationKind kind) const {
  const artefact_internal::RelationSections& relation = columns_->relation(kind);
  return relation.present ? relation.summary.basket_size_factor : 1;
}

inline bool Model::has_cart_model() const { return columns_->cart.present; }

inline absl::Span<const cart::CartWeight> Model::cart_weights(ProductIndex product) const {
  const artefact_internal::CartSections& cart = columns_->cart;
  if (!cart.present) return {};
  return artefact_internal::Row(cart.offsets, cart.weights, Slot(root(product)));
}

inline float Model::cart_baseline(ProductIndex product) const {
  return columns_->cart.present ? columns_->cart.baselines[Slot(root(product))] : 0;
}

inline absl::Span<const ladder::Rung> Model::rungs(ProductIndex product) const {
  return artefact_internal::Row(columns_->rung_offsets, columns_->rungs, Slot(product));
}

inline absl::Span<const ladder::RungEvidence> Model::rung_evidence(ProductIndex product) const {
  if (columns_->rung_evidence.empty()) return {};
  return artefact_internal::Row(columns_->rung_offsets, columns_->rung_evidence, Slot(product));
}

// The letters of currencies were checked when the model was opened: to parse them at every look at a price took a tenth
// of a request.
inline std::optional<Money> ProductView::trained_price() const {
  if (!has(artefact_internal::kHasPrice)) return std::nullopt;
  return Money{record().price_minor, std::bit_cast<CurrencyCode>(record().price_currency)};
}

inline std::optional<std::int64_t> ProductView::trained_stock() const {
  return has(artefact_internal::kHasStock) ? std::optional(record().stock) : std::nullopt;
}

inline bool ProductView::visible() const {
  const live::LiveValues* values = live();
  return values != nullptr && values->visible.has_value() ? *values->visible : trained_visible();
}

inline std::optional<Money> ProductView::price() const {
  const live::LiveValues* values = live();
  return values != nullptr && values->price.has_value() ? values->price : trained_price();
}

inline std::optional<std::int64_t> ProductView::stock() const {
  const live::LiveValues* values = live();
  return values != nullptr && values->stock.has_value() ? values->stock : trained_stock();
}

inline SaleState ProductView::sale_state() const {
  SaleState state{.visible = trained_visible(), .stock = trained_stock(), .price = trained_price()};
  const live::LiveValues* values = live();
  if (values == nullptr) return state;
  if (values->visible.has_value()) state.visible = *values->visible;
  if (values->stock.has_value()) state.stock = values->stock;
  if (values->price.has_value()) state.price = values->price;
  return state;
}

inline std::size_t ProductView::attribute_count() const {
  const auto& offsets = model_->columns_->attribute_offsets;
  return offsets[Slot(index_) + 1] - offsets[Slot(index_)];
}

inline AttributeIds ProductView::attribute_ids(std::size_t position) const {
  const artefact_internal::Columns& columns = *model_->columns_;
  const auto& record = columns.attributes[columns.attribute_offsets[Slot(index_)] + position];
  return {StringId{record.name}, StringId{record.text}};
}

inline AttributeView ProductView::attribute(std::size_t position) const {
  const artefact_internal::Columns& columns = *model_->columns_;
  const auto& record = columns.attributes[columns.attribute_offsets[Slot(index_)] + position];
  AttributeView view{model_->string(StringId{record.name}), model_->string(StringId{record.text}), std::nullopt};
  if (!std::isnan(record.number)) view.number = record.number;
  return view;
}

}  // namespace awase::artefact

#endif  // AWASE_ARTEFACT_MODEL_H_
