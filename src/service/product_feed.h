#ifndef AWASE_SERVICE_PRODUCT_FEED_H_
#define AWASE_SERVICE_PRODUCT_FEED_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awase/artefact/model.h"
#include "awase/live/live_catalogue.h"
#include "awase/live/product_update.h"
#include "awase/v1/catalog.pb.h"

namespace awase::service {

// What CatalogService.UpdateProducts does with a message, without a wire. thread-safe.
class ProductFeed {
 public:
  // The model that serves, by which prices are checked: it is asked for once a message, by the thread of the call.
  using ServingModel = std::function<std::shared_ptr<const artefact::Model>()>;

  // The catalogue is borrowed. Null: there is none, and every call is kFailedPrecondition.
  ProductFeed(live::LiveCatalogue* catalogue, ServingModel serving_model)
      : catalogue_(catalogue), serving_model_(std::move(serving_model)) {}

  // kFailedPrecondition without a catalogue.
  absl::Status Check() const;

  // One message of a stream: one with errors is OK, and they are in the response. Waits for the disk. `response` is
  // expected empty. Errors of LiveCatalogue::Update.
  absl::Status Update(const v1::UpdateProductsRequest& request, v1::UpdateProductsResponse* response);

  // A call of one message: kInvalidArgument for one with errors, which says the first of them.
  absl::Status UpdateOnce(const v1::UpdateProductsRequest& request, v1::UpdateProductsResponse* response);

  // Null without a catalogue.
  const live::LiveCatalogue* catalogue() const { return catalogue_; }
  // Updates of messages with errors, since the start.
  std::uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }

 private:
  // The faults of a message that is refused; none when it is in effect.
  absl::StatusOr<std::vector<live::UpdateFault>> Take(const v1::UpdateProductsRequest& request,
                                                      v1::UpdateProductsResponse* response);

  live::LiveCatalogue* const catalogue_;
  const ServingModel serving_model_;
  std::atomic<std::uint64_t> refused_{0};
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_PRODUCT_FEED_H_
