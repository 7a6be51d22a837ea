#include "awase/artefact/model.h"

#include <bit>
#include <cassert>
#include <utility>

#include "artefact/internal/format.h"
#include "artefact/internal/manifest.h"
#include "artefact/internal/product_ids.h"
#include "artefact/internal/sections.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"

namespace awase::artefact {

struct Model::State {
  artefact_internal::Manifest manifest;
  std::string manifest_json;
  artefact_internal::Sections sections;
  artefact_internal::ProductIds product_ids;
};

Model::Model(std::shared_ptr<const State> state, live::LiveTable live)
    : state_(std::move(state)), columns_(&state_->sections), live_(std::move(live)) {}
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

std::optional<StringId> Model::FindString(absl::string_view text) const {
  std::size_t low = 0;
  std::size_t high = state_->sections.string_offsets.size() - 1;  // one offset more than strings
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (artefact_internal::StringAt(*columns_, middle) < text) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low + 1 == state_->sections.string_offsets.size() || artefact_internal::StringAt(*columns_, low) != text)
    return std::nullopt;
  return static_cast<StringId>(low);
}

std::optional<ProductIndex> Model::Find(absl::string_view product_id) const {
  return state_->product_ids.Find(state_->sections, product_id);
}

std::optional<OrderPeriod> Model::order_period() const { return state_->sections.period; }

std::optional<Money> ProductView::cost() const {
  if (!has(artefact_internal::kHasCost)) return std::nullopt;
  return Money{record().cost_minor, std::bit_cast<CurrencyCode>(record().cost_currency)};
}

std::optional<double> ProductView::pack_quantity() const {
  return has(artefact_internal::kHasPackQuantity) ? std::optional(record().pack_quantity) : std::nullopt;
}

std::optional<ProductIndex> ProductView::parent() const {
  const ProductIndex parent{record().parent};
  return parent == kNoProduct ? std::nullopt : std::optional(parent);
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
