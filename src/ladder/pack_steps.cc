#include "ladder/internal/pack_steps.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "awase/catalog/price_basis.h"
#include "awase/catalog/unit_price.h"
#include "ladder/internal/own_brands.h"
#include "ladder/internal/same_product.h"

namespace awase::ladder_internal {
namespace {

using catalog::Catalog;
using catalog::Product;
using ladder::Direction;
using ladder::StepKind;

// How many sizes are gone through for the next one that is a step: shops have tens of one product, and a catalogue that
// calls everything the same product must not cost the square of its size.
constexpr std::size_t kMostSizesLooked = 64;

struct Pack {
  ProductIndex product;
  ProductIndex root;
  std::string interval;  // NormalInterval of its subscription; empty: a single purchase
  Ratio content;         // 1 where no product of the group tells it
  Ratio unit_price;
  std::int64_t price_minor;
  std::uint32_t popularity;
  bool is_visible;
  bool is_own_brand;
};

// The packs of one product, or of one type, in one currency and unit.
using Group = std::vector<Pack>;

// For each content the pack that speaks for it, by content.
using Shelf = std::vector<const Pack*>;

Shelf ShelfOf(const std::vector<const Pack*>& packs) {
  Shelf shelf;
  for (const Pack* pack : packs) {
    if (pack->is_visible) shelf.push_back(pack);
  }
  std::sort(shelf.begin(), shelf.end(), [](const Pack* a, const Pack* b) {
    return std::tie(a->content, b->popularity, a->product) < std::tie(b->content, a->popularity, b->product);
  });
  const auto same = [](const Pack* a, const Pack* b) { return a->content == b->content; };
  shelf.erase(std::unique(shelf.begin(), shelf.end(), same), shelf.end());
  return shelf;
}

Shelf::const_iterator FirstAbove(const Shelf& shelf, const Ratio& content) {
  return std::partition_point(shelf.begin(), shelf.end(), [&](const Pack* pack) { return pack->content <= content; });
}

Shelf::const_iterator FirstNotBelow(const Shelf& shelf, const Ratio& content) {
  return std::partition_point(shelf.begin(), shelf.end(), [&](const Pack* pack) { return pack->content < content; });
}

bool IsCheaperBoth(const Pack& a, const Pack& b) {
  return a.price_minor < b.price_minor && a.unit_price < b.unit_price;
}

// The first of [first, last) that is a step, within reach.
template <typename Iterator, typename IsStep>
const Pack* FirstStep(Iterator first, Iterator last, const IsStep& is_step) {
  for (std::size_t looked = 0; first != last && looked < kMostSizesLooked; ++first, ++looked) {
    if (is_step(**first)) return *first;
  }
  return nullptr;
}

// Whether `large` holds at most `most` times as much as `small`.
bool IsWithin(const Pack& small, const Pack& large, std::uint32_t most) {
  const std::optional<Ratio> bound = Multiply(small.content, most);
  return bound.has_value() && large.content <= *bound;
}

bool IsWithinPrice(const Pack& a, const Pack& b, double widest_step) {
  const auto [least, most] = std::minmax(a.price_minor, b.price_minor);
  return static_cast<double>(most) <= widest_step * static_cast<double>(least);
}

// Plans are paid for other things than a content, and what they allow is a column of its own (docs/plans.md).
bool HasColumnOfPlans(const Product& product) {
  return std::any_of(product.attributes.begin(), product.attributes.end(),
                     [](const catalog::Attribute& attribute) { return !absl::StartsWith(attribute.name, "spec."); });
}

// The next larger or smaller pack that is a step from `from`, for a page of `anchor`.
const Pack* NextPack(const Shelf& shelf, const Pack& anchor, const Pack& from, Direction direction,
                     const PackStepOptions& options) {
  const auto is_step = [&](const Pack& to) {
    if (to.root == anchor.root || to.root == from.root) return false;
    const bool is_higher = direction == Direction::kHigher;
    if (!IsWithin(is_higher ? anchor : to, is_higher ? to : anchor, options.widest_pack)) return false;
    const Pack& small = direction == Direction::kHigher ? from : to;
    const Pack& large = direction == Direction::kHigher ? to : from;
    return large.price_minor > small.price_minor && large.unit_price < small.unit_price;
  };
  if (direction == Direction::kHigher) return FirstStep(FirstAbove(shelf, from.content), shelf.end(), is_step);
  return FirstStep(std::make_reverse_iterator(FirstNotBelow(shelf, from.content)), shelf.rend(), is_step);
}

// The own or the other brand's pack of the size nearest to that of `from` that is a step.
const Pack* NearestSize(const Shelf& shelf, const Pack& from, Direction direction, const PackStepOptions& options) {
  const auto ratio_of = [&from](const Pack& to) {
    const double ratio = to.content.ToDouble() / from.content.ToDouble();
    return std::max(ratio, 1 / ratio);
  };
  const auto is_step = [&](const Pack& to) {
    const Pack& cheap = direction == Direction::kHigher ? from : to;
    const Pack& dear = direction == Direction::kHigher ? to : from;
    return to.root != from.root && IsCheaperBoth(cheap, dear) && IsWithinPrice(cheap, dear, options.widest_step);
  };
  auto above = FirstNotBelow(shelf, from.content);
  auto below = above;
  for (std::size_t looked = 0; looked < kMostSizesLooked; ++looked) {
    const Pack* const larger = above == shelf.end() ? nullptr : *above;
    const Pack* const smaller = below == shelf.begin() ? nullptr : *std::prev(below);
    if (larger == nullptr && smaller == nullptr) return nullptr;
    const bool takes_larger = smaller == nullptr || (larger != nullptr && ratio_of(*larger) <= ratio_of(*smaller));
    const Pack& nearest = takes_larger ? *larger : *smaller;
    if (ratio_of(nearest) > options.comparable_size) return nullptr;
    if (is_step(nearest)) return &nearest;
    takes_larger ? ++above : --below;
  }
  return nullptr;
}

class StepFinder {
 public:
  StepFinder(const Catalog& catalog, absl::Span<const std::uint32_t> popularity, const PackStepOptions& options)
      : catalog_(catalog), popularity_(popularity), options_(options) {
    for (const Product& product : catalog.products()) has_subscriptions_ |= !product.subscription_interval.empty();
    for (std::size_t i = 0; i < catalog.size(); ++i) {
      if (const std::optional<Pack> pack = PackOf(ProductAt(i))) packs_.push_back(*pack);
    }
  }

  std::vector<PackStep> Find() {
    for (const Group& group : GroupsBy(SameProductKey)) AddStepsWithin(group);
    for (const Group& group : GroupsBy(catalog::FamilyName)) AddStepsAcrossBrands(group);
    std::sort(steps_.begin(), steps_.end(), [](const PackStep& a, const PackStep& b) {
      return std::tie(a.from, a.direction, a.rung, a.kind) < std::tie(b.from, b.direction, b.rung, b.kind);
    });
    return std::move(steps_);
  }

 private:
  // Nothing for a product that cannot be compared.
  std::optional<Pack> PackOf(ProductIndex index) const {
    const Product& product = catalog_.product(index);
    Pack pack{index,
              catalog_.root(index),
              product.subscription_interval.empty() ? "" : catalog::NormalInterval(product.subscription_interval),
              1,
              1,
              0,
              popularity_[Slot(index)],
              product.visible,
              IsOwnBrand(product.brand, options_.own_brands)};
    if (!product.price.has_value() || product.price->minor_units <= 0) return std::nullopt;
    pack.price_minor = product.price->minor_units;
    if (!product.pack_quantity.has_value()) {
      if (!has_subscriptions_ || HasColumnOfPlans(product)) return std::nullopt;
      pack.unit_price = Ratio::Of(pack.price_minor, 1);
      return pack;
    }
    const std::optional<Ratio> unit_price = catalog::UnitPrice(product);
    if (!unit_price.has_value()) return std::nullopt;
    pack.content = *product.pack_quantity;
    pack.unit_price = *unit_price;
    return pack;
  }

  // Groups of two and more, in the order of their first products.
  std::vector<Group> GroupsBy(std::string (*key_of)(const Product&)) const {
    absl::flat_hash_map<std::string, std::size_t> numbers;
    std::vector<Group> groups;
    for (const Pack& pack : packs_) {
      const Product& product = catalog_.product(pack.product);
      const std::string key = key_of(product);
      if (key.empty()) continue;
      const absl::string_view unit = product.pack_quantity.has_value() ? absl::string_view(product.pack_unit) : "";
      const char has_pack = product.pack_quantity.has_value() ? '1' : '0';
      const std::string full =
          absl::StrCat(product.price->currency.text(), std::string(1, has_pack), unit, absl::string_view("\0", 1), key);
      const auto [number, is_new] = numbers.try_emplace(full, groups.size());
      if (is_new) groups.emplace_back();
      groups[number->second].push_back(pack);
    }
    groups.erase(std::remove_if(groups.begin(), groups.end(), [](const Group& group) { return group.size() < 2; }),
                 groups.end());
    return groups;
  }

  void Add(const Pack& from, const Pack& to, Direction direction, StepKind kind, std::size_t rung) {
    steps_.push_back({from.product, to.product, direction, kind, static_cast<std::uint8_t>(rung),
                      to.content.ToDouble() / from.content.ToDouble(), to.price_minor - from.price_minor});
  }

  static std::map<absl::string_view, Shelf> ShelvesOf(const Group& group) {
    std::map<absl::string_view, std::vector<const Pack*>> by_interval;
    for (const Pack& pack : group) by_interval[pack.interval].push_back(&pack);
    std::map<absl::string_view, Shelf> shelves;
    for (const auto& [interval, packs] : by_interval) shelves[interval] = ShelfOf(packs);
    return shelves;
  }

  void AddStepsWithin(const Group& group) {
    const std::map<absl::string_view, Shelf> shelves = ShelvesOf(group);
    for (const Pack& anchor : group) {
      AddPacks(shelves.at(anchor.interval), anchor, Direction::kHigher);
      AddPacks(shelves.at(anchor.interval), anchor, Direction::kLower);
      if (anchor.interval.empty()) AddSubscription(shelves, anchor);
    }
  }

  void AddPacks(const Shelf& shelf, const Pack& anchor, Direction direction) {
    const Pack* from = &anchor;
    for (std::size_t rung = 1; rung <= options_.rungs; ++rung) {
      from = NextPack(shelf, anchor, *from, direction, options_);
      if (from == nullptr) return;
      Add(anchor, *from, direction, StepKind::kPack, rung);
    }
  }

  // The least content that is enough; of two such subscriptions the one that is cheaper per unit.
  void AddSubscription(const std::map<absl::string_view, Shelf>& shelves, const Pack& anchor) {
    const Pack* best = nullptr;
    for (const auto& [interval, shelf] : shelves) {
      if (interval.empty()) continue;
      const Pack* const next = FirstStep(FirstNotBelow(shelf, anchor.content), shelf.end(), [&](const Pack& to) {
        return to.root != anchor.root && to.unit_price < anchor.unit_price &&
               IsWithin(anchor, to, options_.widest_pack) && IsWithinPrice(anchor, to, options_.widest_step);
      });
      if (next == nullptr) continue;
      if (best == nullptr || std::tie(next->content, next->unit_price) < std::tie(best->content, best->unit_price)) {
        best = next;
      }
    }
    if (best != nullptr) Add(anchor, *best, Direction::kHigher, StepKind::kSubscription, 1);
  }

  void AddStepsAcrossBrands(const Group& group) {
    std::vector<const Pack*> own, others;
    for (const Pack& pack : group) {
      const bool takes_part = pack.interval.empty() && catalog_.product(pack.product).pack_quantity.has_value();
      if (takes_part) (pack.is_own_brand ? own : others).push_back(&pack);
    }
    const Shelf own_shelf = ShelfOf(own);
    const Shelf other_shelf = ShelfOf(others);
    const auto add = [&](const std::vector<const Pack*>& anchors, const Shelf& shelf, Direction direction) {
      for (const Pack* anchor : anchors) {
        const Pack* const to = NearestSize(shelf, *anchor, direction, options_);
        if (to != nullptr) Add(*anchor, *to, direction, StepKind::kBrand, 1);
      }
    };
    add(others, own_shelf, Direction::kLower);
    add(own, other_shelf, Direction::kHigher);
  }

  const Catalog& catalog_;
  absl::Span<const std::uint32_t> popularity_;
  const PackStepOptions& options_;
  bool has_subscriptions_ = false;
  std::vector<Pack> packs_;  // of all products that can be compared, by product
  std::vector<PackStep> steps_;
};

}  // namespace

std::vector<PackStep> FindPackSteps(const Catalog& catalog, absl::Span<const std::uint32_t> popularity,
                                    const PackStepOptions& options) {
  return StepFinder(catalog, popularity, options).Find();
}

}  // namespace awase::ladder_internal
