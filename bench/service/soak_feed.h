#ifndef AWASE_BENCH_SERVICE_SOAK_FEED_H_
#define AWASE_BENCH_SERVICE_SOAK_FEED_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "awase/v1/catalog.grpc.pb.h"
#include "awase/v1/recommendation.grpc.pb.h"

namespace awase::load {

struct SoakFeedReport {
  std::uint64_t acknowledged = 0;  // messages of UpdateProducts
  std::uint64_t streams = 0;       // that were ended as they should
  std::uint64_t vanished = 0;      // that were cancelled with a message unanswered
  std::uint64_t checked = 0;       // answers after an acknowledged change
  std::uint64_t stale = 0;         // of these: without it
  std::uint64_t failed = 0;        // streams and calls
  std::string first_problem;       // empty when there was none
};

// The only feed of one product: sets its price and stock over one stream after another, and looks after each message
// that is acknowledged whether the next answers have it. thread-compatible.
class SoakFeed {
 public:
  // `page` is a product on whose page `product` is offered while it is in stock. REQUIRES: a product priced in
  // `currency`.
  SoakFeed(const std::string& address, std::string product, std::string page, std::string currency);

  // Brings the product to one of two states that differ in all that can be seen of it.
  absl::Status Set(bool in_stock);

  // A stream of a few messages with a look at the product after each; now and then it vanishes instead.
  void RunStream();

  const SoakFeedReport& report() const { return report_; }

 private:
  struct Told {
    std::int64_t minor_units;
    std::int64_t stock;
  };

  v1::UpdateProductsRequest Message(const Told& told);
  // Counts what is wrong.
  void Check(const Told& told);
  void Stale(const std::string& what);
  void Fail(const std::string& what);

  const std::string product_;
  const std::string page_;
  const std::string currency_;
  std::unique_ptr<v1::CatalogService::Stub> catalog_;
  std::unique_ptr<v1::RecommendationService::Stub> recommendations_;
  std::uint64_t sequence_ = 0;
  SoakFeedReport report_;
};

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_SOAK_FEED_H_
