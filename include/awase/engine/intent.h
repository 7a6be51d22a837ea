#ifndef AWASE_ENGINE_INTENT_H_
#define AWASE_ENGINE_INTENT_H_

#include <cstddef>
#include <cstdint>

namespace awase::engine {

// What an offer is meant to do.
enum class Intent : std::uint8_t { kCrossSell, kUpSell, kDownSell };
inline constexpr std::size_t kIntentCount = 3;

}  // namespace awase::engine

#endif  // AWASE_ENGINE_INTENT_H_
