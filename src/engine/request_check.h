#ifndef AWASE_ENGINE_REQUEST_CHECK_H_
#define AWASE_ENGINE_REQUEST_CHECK_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "awase/engine/placements.h"
#include "awase/engine/request.h"

namespace awase::engine {

// Bounds of a request: far above any real page, low enough that one request cannot hold a server up.
inline constexpr std::size_t kMaxProductIds = 100;
inline constexpr std::size_t kMaxCartLines = 500;
inline constexpr std::size_t kMaxOwnedIds = 10'000;
// A history of a year in days, of more metrics than a plan has; as a table of both it stays small.
inline constexpr std::size_t kMaxUsageRecords = 10'000;
inline constexpr std::size_t kMaxUsageMetrics = 50;
inline constexpr std::size_t kMaxUsagePeriods = 400;
inline constexpr std::size_t kMaxUsageNameBytes = 100;
inline constexpr std::size_t kMaxOptionIds = 100;
inline constexpr std::size_t kMaxCustomerWords = 1'000;      // segments, interests or milestones
inline constexpr std::size_t kMaxCustomerWordBytes = 1'000;  // a category path may be one
inline constexpr std::uint32_t kMaxNps = 10;
inline constexpr std::uint32_t kMaxHealth = 100;
inline constexpr std::size_t kMaxChannelBytes = 64;
inline constexpr std::int64_t kMaxSeats = 1'000'000;
inline constexpr std::size_t kMaxExposures = 10'000;
inline constexpr std::size_t kMaxAlreadyShownIds = 10'000;
inline constexpr std::size_t kMaxIdBytes = 10'240;  // the longest product id that ingest accepts
inline constexpr std::int64_t kMaxQuantity = 1'000'000;
inline constexpr std::uint32_t kMaxOffersPerSlot = 50;
inline constexpr std::uint32_t kMaxOffers = 200;          // what four slots may have
inline constexpr std::size_t kMaxLanguageCodeBytes = 35;  // what RFC 5646 asks programs to have room for

// kInvalidArgument for the first field out of range, by its path: "request.cart[3].quantity: -1 is not a quantity: want
// 1 to 1,000,000". Unknown products pass. O(ids).
absl::Status CheckRequest(const Request& request, const PlacementTable& placements);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_REQUEST_CHECK_H_
