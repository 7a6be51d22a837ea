#include "ladder/internal/step_candidates.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <tuple>
#include <utility>

#include "awase/base/parallel.h"
#include "ladder/internal/tiers.h"

namespace awase::ladder_internal {
namespace {

using ladder::Direction;

constexpr double kPriceCell = 1.05;
constexpr std::size_t kBestOfCell = 4;
constexpr std::size_t kMemberGrain = 256;

// Of a step: the cheap member above, the dear one below, so that keys are in the order of steps. A sixth of a StepEdge.
using StepKey = std::uint64_t;
constexpr StepKey KeyOf(std::uint32_t cheap, std::uint32_t dear) { return StepKey{cheap} << 32 | dear; }
constexpr std::uint32_t CheapOf(StepKey key) { return static_cast<std::uint32_t>(key >> 32); }
constexpr std::uint32_t DearOf(StepKey key) { return static_cast<std::uint32_t>(key); }

bool IsMorePopular(const Member& a, const Member& b) {
  return std::tie(b.popularity, a.product) < std::tie(a.popularity, b.product);
}

// The best sellers of each cell of price, of all families, ascending: members are by family and value.
std::vector<std::uint32_t> BestSellers(const Families& families) {
  std::vector<std::uint32_t> best;
  std::vector<std::uint32_t> cell;
  for (const Family& family : families.families) {
    for (std::uint32_t first = family.first; first < family.last;) {
      const double end = families.members[first].value * kPriceCell;
      cell = {first++};  // always: a value that no cell holds would be looked at for ever
      for (; first < family.last && families.members[first].value < end; ++first) cell.push_back(first);
      const std::size_t kept = std::min(cell.size(), kBestOfCell);
      std::partial_sort(
          cell.begin(), cell.begin() + static_cast<std::ptrdiff_t>(kept), cell.end(),
          [&](std::uint32_t a, std::uint32_t b) { return IsMorePopular(families.members[a], families.members[b]); });
      std::sort(cell.begin(), cell.begin() + static_cast<std::ptrdiff_t>(kept));
      best.insert(best.end(), cell.begin(), cell.begin() + static_cast<std::ptrdiff_t>(kept));
    }
  }
  return best;
}

// Members that have a tier, by family, tier and value.
std::vector<std::uint32_t> ByTier(const Families& families, const StepJudge& judge) {
  std::vector<std::uint32_t> members;
  for (std::uint32_t m = 0; m < families.members.size(); ++m) {
    if (judge.tier(m) != kNoTier) members.push_back(m);
  }
  std::sort(members.begin(), members.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tuple(judge.member(a).family, judge.tier(a), a) < std::tuple(judge.member(b).family, judge.tier(b), b);
  });
  return members;
}

class StepFinder {
 public:
  StepFinder(const Families& families, const StepJudge& judge, const ladder::LadderOptions& options)
      : families_(families),
        judge_(judge),
        options_(options),
        best_sellers_(BestSellers(families)),
        by_tier_(ByTier(families, judge)) {}

  // Puts the keys of the steps behind `keys`; one may be there twice.
  void Find(std::uint32_t member, Direction direction, std::vector<StepKey>* keys) const {
    const Family& family = families_.families[judge_.member(member).family];
    Others others;
    std::size_t dominating = 0;
    const auto consider = [&](std::uint32_t other) {
      const std::uint32_t cheap = direction == Direction::kHigher ? member : other;
      const std::uint32_t dear = direction == Direction::kHigher ? other : member;
      if (!judge_.IsStep(cheap, dear) || judge_.SkipsTier(cheap, dear)) return;
      const StepEdge edge = judge_.Describe(cheap, dear);
      if (edge.is_below_band || edge.is_beyond_band) return;
      if (!edge.dominates) return others.Offer(judge_.member(other).popularity, KeyOf(cheap, dear));
      if (dominating++ < kDominating) keys->push_back(KeyOf(cheap, dear));
    };
    ForEachInBand(member, family, direction, consider);
    others.MoveTo(keys);
    AddTierSteps(member, direction, keys);
  }

 private:
  // The best sellers among what has nothing but its price, the nearer one of two that sell alike.
  class Others {
   public:
    void Offer(std::uint64_t popularity, StepKey key) {
      std::size_t at = 0;
      while (at < size_ && kept_[at].first >= popularity) ++at;
      if (at == kOthers) return;
      size_ = std::min(size_ + 1, kOthers);
      std::copy_backward(kept_.begin() + at, kept_.begin() + size_ - 1, kept_.begin() + size_);
      kept_[at] = {popularity, key};
    }
    void MoveTo(std::vector<StepKey>* keys) const {
      for (std::size_t i = 0; i < size_; ++i) keys->push_back(kept_[i].second);
    }

   private:
    std::array<std::pair<std::uint64_t, StepKey>, kOthers> kept_{};  // best seller first
    std::size_t size_ = 0;
  };

  // The first member of the family whose value is at least (more than) `value`.
  std::uint32_t FirstAtLeast(const Family& family, double value) const {
    const auto begin = families_.members.begin();
    return static_cast<std::uint32_t>(std::partition_point(begin + family.first, begin + family.last,
                                                           [&](const Member& m) { return m.value < value; }) -
                                      begin);
  }

  template <typename Consider>
  void ForEachInBand(std::uint32_t member, const Family& family, Direction direction, const Consider& consider) const {
    const double value = judge_.member(member).value;
    const double widest = judge_.widest_step(member);
    const auto in_family = [&](std::uint32_t m) { return m >= family.first && m < family.last; };
    if (direction == Direction::kHigher) {
      const std::uint32_t first = FirstAtLeast(family, value * options_.min_step);
      const std::uint32_t near_end = static_cast<std::uint32_t>(std::min<std::size_t>(family.last, first + kNearest));
      for (std::uint32_t m = first; m < near_end && judge_.member(m).value <= value * widest; ++m) consider(m);
      for (auto it = std::lower_bound(best_sellers_.begin(), best_sellers_.end(), near_end);
           it != best_sellers_.end() && in_family(*it) && judge_.member(*it).value <= value * widest; ++it) {
        consider(*it);
      }
      return;
    }
    const std::uint32_t last = FirstAtLeast(family, std::nextafter(value / options_.min_step, 2 * value));
    const std::uint32_t near_begin = last - std::min<std::uint32_t>(last - family.first, kNearest);
    for (std::uint32_t m = last; m > near_begin && judge_.member(m - 1).value >= value / widest; --m) consider(m - 1);
    for (auto it = std::make_reverse_iterator(std::lower_bound(best_sellers_.begin(), best_sellers_.end(), near_begin));
         it != best_sellers_.rend() && in_family(*it) && judge_.member(*it).value >= value / widest; ++it) {
      consider(*it);
    }
  }

  // The catalogue asserts them: no price is too far. The nearest in price of the tier above (below), if they are dearer
  // (cheaper).
  void AddTierSteps(std::uint32_t member, Direction direction, std::vector<StepKey>* keys) const {
    const std::int32_t own = judge_.tier(member);
    if (own == kNoTier) return;
    const bool up = direction == Direction::kHigher;
    const auto key = std::tuple(judge_.member(member).family, own + (up ? 1 : -1), member);
    const auto at = std::partition_point(by_tier_.begin(), by_tier_.end(), [&](std::uint32_t m) {
      return std::tuple(judge_.member(m).family, judge_.tier(m), m) < key;
    });
    const auto is_of_tier = [&](std::uint32_t m) {
      return judge_.member(m).family == std::get<0>(key) && judge_.tier(m) == std::get<1>(key);
    };
    std::size_t tried = 0;  // a tier may hold thousands of one price
    std::size_t found = 0;
    const auto consider = [&](std::uint32_t other) {
      const std::uint32_t cheap = up ? member : other;
      const std::uint32_t dear = up ? other : member;
      if (judge_.IsStep(cheap, dear)) keys->push_back(KeyOf(cheap, dear)), ++found;
      return ++tried < kNearest && found < kOfTier;
    };
    if (up) {
      for (auto it = at; it != by_tier_.end() && is_of_tier(*it) && consider(*it);) ++it;
    } else {
      for (auto it = std::make_reverse_iterator(at); it != by_tier_.rend() && is_of_tier(*it) && consider(*it);) ++it;
    }
  }

  const Families& families_;
  const StepJudge& judge_;
  const ladder::LadderOptions& options_;
  const std::vector<std::uint32_t> best_sellers_;
  const std::vector<std::uint32_t> by_tier_;
};

}  // namespace

std::vector<StepEdge> FindSteps(const Families& families, const StepJudge& judge,
                                const ladder::LadderOptions& options) {
  const StepFinder finder(families, judge, options);
  const std::size_t pieces = (families.members.size() + kMemberGrain - 1) / kMemberGrain;
  std::vector<std::vector<StepKey>> found(pieces);
  ParallelFor(options.threads, pieces, 1, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t piece = first; piece < last; ++piece) {
      const std::size_t end = std::min(families.members.size(), (piece + 1) * kMemberGrain);
      for (std::size_t m = piece * kMemberGrain; m < end; ++m) {
        finder.Find(static_cast<std::uint32_t>(m), Direction::kHigher, &found[piece]);
        finder.Find(static_cast<std::uint32_t>(m), Direction::kLower, &found[piece]);
      }
    }
  });
  std::vector<StepKey> keys;
  for (std::vector<StepKey>& piece : found) {
    keys.insert(keys.end(), piece.begin(), piece.end());
    piece = {};
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  std::vector<StepEdge> edges(keys.size());
  ParallelFor(options.threads, keys.size(), kMemberGrain, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t e = first; e < last; ++e) edges[e] = judge.Describe(CheapOf(keys[e]), DearOf(keys[e]));
  });
  return edges;
}

}  // namespace awase::ladder_internal
