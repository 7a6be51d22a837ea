#include "ladder/internal/choose_rungs.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "awase/base/parallel.h"

namespace awase::ladder_internal {
namespace {

using ladder::Direction;
using ladder::Grade;

constexpr std::size_t kMemberGrain = 1024;
constexpr std::size_t kMostOfTier = 32;  // that are looked at for a way in two steps
// That are looked at for a last resort, up and down: half of a family may be of a lower tier at a higher price, or one
// title at a thousand prices.
constexpr std::ptrdiff_t kMostForLastResort = 256;

constexpr std::array<Direction, 2> kBothDirections = {Direction::kLower, Direction::kHigher};
constexpr std::size_t At(Direction direction) { return static_cast<std::size_t>(direction); }

bool IsBefore(const StepEdge& a, const StepEdge& b) { return std::tie(a.cheap, a.dear) < std::tie(b.cheap, b.dear); }

std::uint32_t OtherOf(const StepEdge& edge, Direction direction) {
  return direction == Direction::kHigher ? edge.dear : edge.cheap;
}

// For each member and direction where its steps are, the nearest first.
class StepIndex {
 public:
  StepIndex(const std::vector<StepEdge>& edges, std::size_t members) : offsets_{}, by_dear_(edges.size()) {
    for (auto& offsets : offsets_) offsets.assign(members + 1, 0);
    for (const StepEdge& edge : edges) {
      ++offsets_[At(Direction::kHigher)][edge.cheap + 1];
      ++offsets_[At(Direction::kLower)][edge.dear + 1];
    }
    for (auto& offsets : offsets_) std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
    std::vector<std::uint64_t> next = offsets_[At(Direction::kLower)];
    // Backwards: of each dear member the dearest cheap one, its nearest, comes first.
    for (std::size_t e = edges.size(); e-- > 0;) by_dear_[next[edges[e].dear]++] = static_cast<std::uint32_t>(e);
  }

  // Calls take(edge number) until it returns false.
  template <typename Take>
  void ForEach(std::uint32_t member, Direction direction, const Take& take) const {
    const auto& offsets = offsets_[At(direction)];
    for (std::uint64_t i = offsets[member]; i < offsets[member + 1]; ++i) {
      if (!take(direction == Direction::kHigher ? static_cast<std::uint32_t>(i) : by_dear_[i])) return;
    }
  }

 private:
  std::array<std::vector<std::uint64_t>, 2> offsets_;  // by direction
  std::vector<std::uint32_t> by_dear_;
};

class RungChooser {
 public:
  RungChooser(std::vector<StepEdge> edges, const Families& families, const StepJudge& judge,
              const ladder::LadderOptions& options)
      : families_(families), judge_(judge), options_(options), index_(edges, families.members.size()) {
    chosen_.edges = std::move(edges);
    candidates_ = chosen_.edges.size();
    chosen_.of_member.assign(families.members.size(), {{{kNoEdge, kNoEdge}, {kNoEdge, kNoEdge}}});
  }

  ChosenRungs Choose(const StepGrader& grader) {
    ChooseFirstRungs();
    std::vector<Wish> wishes;
    if (options_.rungs >= 2) AddSecondRungs(&wishes);
    AddLastResorts(&wishes);
    Fulfil(wishes, grader);
    return std::move(chosen_);
  }

 private:
  // A rung whose step is no candidate.
  struct Wish {
    std::uint32_t member;
    Direction direction;
    std::size_t rung;  // from 0
    StepEdge edge;
  };

  void ChooseFirstRungs() {
    ParallelFor(options_.threads, families_.members.size(), kMemberGrain,
                [&](std::size_t first, std::size_t last, std::size_t) {
                  for (std::size_t m = first; m < last; ++m) {
                    for (const Direction direction : kBothDirections) {
                      chosen_.of_member[m][At(direction)][0] = ChooseFirst(static_cast<std::uint32_t>(m), direction);
                    }
                  }
                });
  }

  std::uint32_t ChooseFirst(std::uint32_t member, Direction direction) const {
    const auto is_backed = [](const StepEdge& edge) { return edge.grade > Grade::kWeak; };
    std::vector<std::uint32_t> tier = NearestTier(member, direction, is_backed);
    if (!tier.empty()) {
      tier.erase(std::remove_if(tier.begin(), tier.end(),
                                [&](std::uint32_t edge) { return IsTwoSteps(edge, tier, direction); }),
                 tier.end());
    } else {
      // Without evidence nothing justifies passing over the nearest.
      tier = NearestTier(member, direction, [](const StepEdge&) { return true; });
      const auto is_bad = [&](std::uint32_t edge) {
        return chosen_.edges[edge].is_dominated || chosen_.edges[edge].is_refuted;
      };
      tier.erase(std::remove_if(tier.begin(), tier.end(), is_bad), tier.end());
    }
    const auto best = std::min_element(tier.begin(), tier.end(),
                                       [&](std::uint32_t a, std::uint32_t b) { return IsBetter(a, b, direction); });
    return best == tier.end() ? kNoEdge : *best;
  }

  template <typename Wanted>
  std::vector<std::uint32_t> NearestTier(std::uint32_t member, Direction direction, const Wanted& is_wanted) const {
    std::vector<std::uint32_t> tier;
    double nearest = 0;
    index_.ForEach(member, direction, [&](std::uint32_t e) {
      const StepEdge& edge = chosen_.edges[e];
      if (!is_wanted(edge)) return true;
      const double ratio = judge_.member(edge.dear).value / judge_.member(edge.cheap).value;
      if (tier.empty()) nearest = ratio;
      if (ratio > nearest * options_.tier_width) return false;
      tier.push_back(e);
      return true;
    });
    return tier;
  }

  // Whether another step of the tier leads to a product from which a step above WEAK leads on to this step's end.
  bool IsTwoSteps(std::uint32_t edge, const std::vector<std::uint32_t>& tier, Direction direction) const {
    const std::uint32_t end = OtherOf(chosen_.edges[edge], direction);
    const std::size_t looked_at = std::min(tier.size(), kMostOfTier);
    for (std::size_t i = 0; i < looked_at && tier[i] != edge; ++i) {
      const std::uint32_t between = OtherOf(chosen_.edges[tier[i]], direction);
      const bool up = direction == Direction::kHigher;
      const std::uint32_t second = Find(up ? between : end, up ? end : between);
      if (second != kNoEdge && chosen_.edges[second].grade > Grade::kWeak) return true;
    }
    return false;
  }

  std::uint32_t Find(std::uint32_t cheap, std::uint32_t dear) const {
    StepEdge key;
    key.cheap = cheap;
    key.dear = dear;
    const auto end = chosen_.edges.begin() + static_cast<std::ptrdiff_t>(candidates_);
    const auto at = std::lower_bound(chosen_.edges.begin(), end, key, IsBefore);
    if (at == end || IsBefore(key, *at)) return kNoEdge;
    return static_cast<std::uint32_t>(at - chosen_.edges.begin());
  }

  bool IsBetter(std::uint32_t a, std::uint32_t b, Direction direction) const {
    const auto rank = [&](std::uint32_t e) {
      const StepEdge& edge = chosen_.edges[e];
      const Member& other = judge_.member(OtherOf(edge, direction));
      const double ratio = judge_.member(edge.dear).value / judge_.member(edge.cheap).value;
      return std::tuple(-static_cast<int>(edge.grade), !edge.is_tier_up, !judge_.IsSameSeries(edge.cheap, edge.dear),
                        ~other.popularity, ratio, other.product);
    };
    return rank(a) < rank(b);
  }

  void AddSecondRungs(std::vector<Wish>* wishes) {
    for (std::uint32_t m = 0; m < chosen_.of_member.size(); ++m) {
      for (const Direction direction : kBothDirections) {
        const std::uint32_t first = chosen_.of_member[m][At(direction)][0];
        if (first == kNoEdge || chosen_.edges[first].grade == Grade::kWeak) continue;
        const std::uint32_t between = OtherOf(chosen_.edges[first], direction);
        const std::uint32_t onward = chosen_.of_member[between][At(direction)][0];
        if (onward == kNoEdge) continue;
        const std::uint32_t end = OtherOf(chosen_.edges[onward], direction);
        const bool up = direction == Direction::kHigher;
        const std::uint32_t cheap = up ? m : end;
        const std::uint32_t dear = up ? end : m;
        if (!judge_.IsStep(cheap, dear)) continue;
        std::uint32_t& rung = chosen_.of_member[m][At(direction)][1];
        rung = Find(cheap, dear);
        if (rung != kNoEdge) continue;
        wishes->push_back({m, direction, 1, judge_.Describe(cheap, dear)});
        wishes->back().edge.is_beyond_band = false;  // two steps of this family, and each was let through
      }
    }
  }

  void AddLastResorts(std::vector<Wish>* wishes) const {
    std::vector<std::uint32_t> by_price;
    for (const Family& family : families_.families) {
      if (family.size() < 3) continue;
      by_price.clear();
      for (std::uint32_t m = family.first; m < family.last; ++m) by_price.push_back(m);
      const auto has_rung = [&](std::uint32_t m) {
        return chosen_.of_member[m][0][0] != kNoEdge || chosen_.of_member[m][1][0] != kNoEdge;
      };
      if (std::all_of(by_price.begin(), by_price.end(), has_rung)) continue;
      std::sort(by_price.begin(), by_price.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::tie(judge_.member(a).price_minor, a) < std::tie(judge_.member(b).price_minor, b);
      });
      for (const std::uint32_t m : by_price) {
        if (!has_rung(m)) AddLastResort(m, by_price, wishes);
      }
    }
  }

  void AddLastResort(std::uint32_t member, const std::vector<std::uint32_t>& by_price,
                     std::vector<Wish>* wishes) const {
    const std::int64_t price = judge_.member(member).price_minor;
    const auto is_cheaper = [&](std::uint32_t m) { return judge_.member(m).price_minor < price; };
    const auto is_no_dearer = [&](std::uint32_t m) { return judge_.member(m).price_minor <= price; };
    const auto cheaper_end = std::partition_point(by_price.begin(), by_price.end(), is_cheaper);
    const auto dearer = std::partition_point(cheaper_end, by_price.end(), is_no_dearer);
    const auto up_end = dearer + std::min(by_price.end() - dearer, kMostForLastResort);
    const auto up = std::find_if(dearer, up_end, [&](std::uint32_t m) { return judge_.IsStepByPrice(member, m); });
    const auto cheaper = std::make_reverse_iterator(cheaper_end);
    const auto down_end = cheaper + std::min(by_price.rend() - cheaper, kMostForLastResort);
    const auto down = std::find_if(cheaper, down_end, [&](std::uint32_t m) { return judge_.IsStepByPrice(m, member); });
    const auto ratio_up = [&] {
      return static_cast<double>(judge_.member(*up).price_minor) / static_cast<double>(price);
    };
    const auto ratio_down = [&] {
      return static_cast<double>(price) / static_cast<double>(judge_.member(*down).price_minor);
    };
    if (up != up_end && (down == down_end || ratio_up() <= ratio_down())) {
      wishes->push_back({member, Direction::kHigher, 0, judge_.Describe(member, *up)});
    } else if (down != down_end) {
      wishes->push_back({member, Direction::kLower, 0, judge_.Describe(*down, member)});
    } else {
      return;
    }
    wishes->back().edge.is_last_resort = true;
  }

  // Grades all wishes at once and puts them behind the candidates.
  void Fulfil(const std::vector<Wish>& wishes, const StepGrader& grader) {
    std::vector<StepEdge> further;
    for (const Wish& wish : wishes) further.push_back(wish.edge);
    // Of one that is wished for twice, the stricter one stays.
    std::sort(further.begin(), further.end(), [](const StepEdge& a, const StepEdge& b) {
      return std::tuple(a.cheap, a.dear, !a.is_last_resort) < std::tuple(b.cheap, b.dear, !b.is_last_resort);
    });
    further.erase(std::unique(further.begin(), further.end(),
                              [](const StepEdge& a, const StepEdge& b) { return !IsBefore(a, b) && !IsBefore(b, a); }),
                  further.end());
    grader.GradeMore(&further);
    for (const Wish& wish : wishes) {
      const auto at = std::lower_bound(further.begin(), further.end(), wish.edge, IsBefore);
      chosen_.of_member[wish.member][At(wish.direction)][wish.rung] =
          static_cast<std::uint32_t>(candidates_ + static_cast<std::size_t>(at - further.begin()));
    }
    chosen_.edges.insert(chosen_.edges.end(), further.begin(), further.end());
  }

  const Families& families_;
  const StepJudge& judge_;
  const ladder::LadderOptions& options_;
  const StepIndex index_;  // of the candidates, which come first in chosen_.edges
  std::size_t candidates_ = 0;
  ChosenRungs chosen_;
};

}  // namespace

ChosenRungs ChooseRungs(std::vector<StepEdge> edges, const Families& families, const StepJudge& judge,
                        const StepGrader& grader, const ladder::LadderOptions& options) {
  return RungChooser(std::move(edges), families, judge, options).Choose(grader);
}

}  // namespace awase::ladder_internal
