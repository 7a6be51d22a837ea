#include "service/product_feed.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "awase/live/product_update.h"
#include "awase/service/convert.h"
#include "service/status.h"

namespace awase::service {
namespace {

using Faults = std::vector<live::UpdateFault>;

constexpr std::size_t kListedErrors = 1000;  // some 100 kB: clients take 4 MB where nothing else is said

constexpr std::size_t kShownIdBytes = 100;  // ids may have 10 kB, and each error names one

// Amounts of two currencies do not compare, so that pages would lose the product without anybody being told. What the
// model does not know or has no price for takes any. `trained` has no live values.
void CheckCurrency(const artefact::Model& trained, absl::string_view product_id, const Money& price, std::size_t index,
                   Faults& faults) {
  const std::optional<ProductIndex> product = trained.Find(product_id);
  const std::optional<Money> known = product.has_value() ? trained.product(*product).price() : std::nullopt;
  if (!known.has_value() || known->currency == price.currency) return;
  const absl::string_view trained_in = known->currency.text();
  faults.push_back({index, absl::StrCat("updates[", index, "].price.currency_code: ", price.currency.text(),
                                        ", but the model has \"", CutText(product_id, kShownIdBytes), "\" in ",
                                        trained_in, ": send its price in ", trained_in, ", or train with its price in ",
                                        price.currency.text(), " first")});
}

// A price that cannot be read is a fault, and stands as one of 0 so that the update is not said to be empty.
live::ProductUpdate UpdateFromProto(const artefact::Model& trained, const v1::ProductUpdate& proto, std::size_t index,
                                    Faults& faults) {
  live::ProductUpdate update;
  update.product_id = proto.product_id();
  update.sequence = proto.sequence();
  update.reset = proto.reset();
  if (proto.has_price()) {
    const absl::StatusOr<Money> price = MoneyFromProto(proto.price());
    if (!price.ok()) {
      faults.push_back({index, absl::StrCat("updates[", index, "].price.currency_code: ", price.status().message())});
    } else if (price->minor_units == 0) {
      // Nobody could tell it from an amount that was left out, and every page would give the product away.
      faults.push_back({index, absl::StrCat("updates[", index, "].price.minor_units: 0 or missing: want more than 0")});
    } else {
      CheckCurrency(trained, proto.product_id(), *price, index, faults);
    }
    update.set.price = price.value_or(Money());
  }
  if (proto.has_stock()) update.set.stock = proto.stock();
  if (proto.has_visible()) update.set.visible = proto.visible();
  return update;
}

std::vector<live::ProductUpdate> UpdatesFromProto(const artefact::Model& trained,
                                                  const v1::UpdateProductsRequest& request, Faults& faults) {
  std::vector<live::ProductUpdate> updates;
  updates.reserve(static_cast<std::size_t>(request.updates_size()));
  for (const v1::ProductUpdate& proto : request.updates()) {
    updates.push_back(UpdateFromProto(trained, proto, updates.size(), faults));
  }
  for (live::UpdateFault& fault : live::FindFaults(updates)) faults.push_back(std::move(fault));
  std::stable_sort(faults.begin(), faults.end(), [](const auto& a, const auto& b) { return a.index < b.index; });
  return updates;
}

}  // namespace

absl::Status ProductFeed::Check() const {
  if (catalogue_ != nullptr) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "no live values are kept here: start the server with --live DIR, or train with the new prices and stock");
}

absl::StatusOr<std::vector<live::UpdateFault>> ProductFeed::Take(const v1::UpdateProductsRequest& request,
                                                                 v1::UpdateProductsResponse* response) {
  AWASE_RETURN_IF_ERROR(Check());
  const auto count = static_cast<std::size_t>(request.updates_size());
  Faults faults = live::FindFaultOfCount(count);
  std::vector<live::ProductUpdate> updates;
  if (faults.empty()) updates = UpdatesFromProto(*serving_model_()->WithLive(live::LiveTable()), request, faults);
  if (!faults.empty()) {
    refused_.fetch_add(count, std::memory_order_relaxed);
    return faults;
  }
  AWASE_ASSIGN_OR_RETURN(const live::LiveCatalogue::Outcome outcome, catalogue_->Update(std::move(updates)));
  response->set_applied(static_cast<std::uint32_t>(outcome.applied));
  response->set_late(static_cast<std::uint32_t>(outcome.late));
  response->set_unknown(static_cast<std::uint32_t>(outcome.unknown));
  return faults;
}

absl::Status ProductFeed::Update(const v1::UpdateProductsRequest& request, v1::UpdateProductsResponse* response) {
  AWASE_ASSIGN_OR_RETURN(const Faults faults, Take(request, response));
  response->set_error_count(static_cast<std::uint32_t>(faults.size()));
  for (std::size_t i = 0; i < std::min(faults.size(), kListedErrors); ++i) {
    v1::UpdateError* error = response->add_errors();
    error->set_index(static_cast<std::uint32_t>(faults[i].index));
    error->set_message(faults[i].message);
  }
  return absl::OkStatus();
}

absl::Status ProductFeed::UpdateOnce(const v1::UpdateProductsRequest& request, v1::UpdateProductsResponse* response) {
  AWASE_ASSIGN_OR_RETURN(const Faults faults, Take(request, response));
  return live::StatusOf(faults);
}

}  // namespace awase::service
