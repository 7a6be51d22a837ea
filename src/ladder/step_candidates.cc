#include "ladder/internal/step_candidates.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <tuple>

#include "awase/base/parallel.h"
#include "ladder/internal/tiers.h"

namespace awase::ladder_internal {
namespace {

using ladder::Direction;

constexpr double kPriceCell = 1.05;
constexpr std::size_t kBestOfCell = 4;
constexpr std::size_t kMemberGrain = 256;

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
      cell.clear();
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

  void Find(std::uint32_t member, Direction direction, std::vector<StepEdge>* edges) const {
    const Family& family = families_.families[judge_.member(member).family];
    const std::size_t before = edges->size();
    Others others(this);
    std::size_t dominating = 0;
    const auto consider = [&](std::uint32_t other) {
      const std::uint32_t cheap = direction == Direction::kHigher ? member : other;
      const std::uint32_t dear = direction == Direction::kHigher ? other : member;
      if (!judge_.IsStep(cheap, dear) || judge_.SkipsTier(cheap, dear)) return;
      const StepEdge edge = judge_.Describe(cheap, dear);
      if (edge.is_beyond_band) return;
      if (!edge.dominates) return others.Offer(edge, other);
      if (dominating++ < kDominating) edges->push_back(edge);
    };
    ForEachInBand(member, family, direction, consider);
    others.MoveTo(edges);
    AddTierSteps(member, direction, edges);
    SortDistinct(edges, before);
  }

  static void SortDistinct(std::vector<StepEdge>* edges, std::size_t from = 0) {
    const auto begin = edges->begin() + static_cast<std::ptrdiff_t>(from);
    std::sort(begin, edges->end(), [](const StepEdge& a, const StepEdge& b) {
      return std::tie(a.cheap, a.dear) < std::tie(b.cheap, b.dear);
    });
    edges->erase(
        std::unique(begin, edges->end(),
                    [](const StepEdge& a, const StepEdge& b) { return a.cheap == b.cheap && a.dear == b.dear; }),
        edges->end());
  }

 private:
  // The best sellers among what has nothing but its price, the nearer one of two that sell alike.
  class Others {
   public:
    explicit Others(const StepFinder* finder) : finder_(finder) {}
    void Offer(const StepEdge& edge, std::uint32_t other) {
      const auto popularity = finder_->judge_.member(other).popularity;
      const auto at =
          std::find_if(kept_.begin(), kept_.end(), [&](const auto& entry) { return entry.first < popularity; });
      if (at == kept_.end() && kept_.size() == kOthers) return;
      kept_.insert(at, {popularity, edge});
      if (kept_.size() > kOthers) kept_.pop_back();
    }
    void MoveTo(std::vector<StepEdge>* edges) const {
      for (const auto& [popularity, edge] : kept_) edges->push_back(edge);
    }

   private:
    const StepFinder* finder_;
    std::vector<std::pair<std::uint64_t, StepEdge>> kept_;  // best seller first
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
  void AddTierSteps(std::uint32_t member, Direction direction, std::vector<StepEdge>* edges) const {
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
      if (judge_.IsStep(cheap, dear)) edges->push_back(judge_.Describe(cheap, dear)), ++found;
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
  std::vector<std::vector<StepEdge>> found(pieces);
  ParallelFor(options.threads, pieces, 1, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t piece = first; piece < last; ++piece) {
      const std::size_t end = std::min(families.members.size(), (piece + 1) * kMemberGrain);
      for (std::size_t m = piece * kMemberGrain; m < end; ++m) {
        finder.Find(static_cast<std::uint32_t>(m), Direction::kHigher, &found[piece]);
        finder.Find(static_cast<std::uint32_t>(m), Direction::kLower, &found[piece]);
      }
    }
  });
  std::vector<StepEdge> edges;
  for (std::vector<StepEdge>& piece : found) {
    edges.insert(edges.end(), piece.begin(), piece.end());
    piece = {};
  }
  StepFinder::SortDistinct(&edges);
  return edges;
}

}  // namespace awase::ladder_internal
