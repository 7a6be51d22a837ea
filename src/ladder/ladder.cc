// Families are groups of comparable products sorted by value (price, or price per unit). From each product's value the
// next tier up and down is found by binary search, and the best seller of that tier becomes the rung: with hundreds of
// products a cent apart, the literally next one would be an accident.

#include "awase/ladder/ladder.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <tuple>

namespace awase::ladder {
namespace {

using catalog::Attribute;
using catalog::Catalog;
using catalog::Product;

struct FamilyKey {
  std::string name;
  FamilySource source;
  CurrencyCode currency;
  std::string pack_unit;  // empty: compared by price

  friend auto operator<=>(const FamilyKey&, const FamilyKey&) = default;
};

struct Member {
  double value;  // minor units, per unit of content where packs are known
  std::uint64_t popularity;
  ProductIndex product;
};

struct Family {
  std::vector<Member> members;              // one per root, by value, then product
  std::map<std::string, int> better_specs;  // numeric spec → +1 when more goes with price, −1 when less does
};

std::optional<FamilyKey> KeyOf(const Product& product) {
  if (!product.price.has_value() || product.price->minor_units <= 0) return std::nullopt;
  FamilyKey key;
  if (!product.family.empty()) {
    key.name = product.family;
    key.source = FamilySource::kDeclared;
  } else if (!product.product_type.empty()) {
    key.name = product.product_type;
    key.source = FamilySource::kProductType;
  } else {
    key.name = catalog::CategoryLeaf(product.category);
    key.source = FamilySource::kCategoryLeaf;
    if (key.name.empty()) return std::nullopt;
  }
  key.currency = product.price->currency;
  if (product.pack_quantity.value_or(0) > 0) key.pack_unit = product.pack_unit;
  return key;
}

double ValueOf(const Product& product, const FamilyKey& key) {
  const auto price = static_cast<double>(product.price->minor_units);
  return key.pack_unit.empty() ? price : price / *product.pack_quantity;
}

const Attribute* FindSpec(const Product& product, const std::string& name) {
  const auto it =
      std::lower_bound(product.attributes.begin(), product.attributes.end(), name,
                       [](const Attribute& attribute, const std::string& key) { return attribute.name < key; });
  return it != product.attributes.end() && it->name == name && it->number.has_value() ? &*it : nullptr;
}

// The sign of the covariance of each numeric attribute with the value over the family.
std::map<std::string, int> LearnDirections(const Catalog& catalog, const std::vector<Member>& members) {
  struct Sums {
    double count = 0, x = 0, v = 0, xv = 0;
  };
  std::map<std::string, Sums> sums;
  for (const Member& member : members) {
    for (const Attribute& attribute : catalog.product(member.product).attributes) {
      if (!attribute.number.has_value()) continue;
      Sums& sum = sums[attribute.name];
      sum.count += 1;
      sum.x += *attribute.number;
      sum.v += member.value;
      sum.xv += *attribute.number * member.value;
    }
  }
  std::map<std::string, int> directions;
  for (const auto& [name, sum] : sums) directions[name] = sum.xv * sum.count < sum.x * sum.v ? -1 : 1;
  return directions;
}

class LadderBuilder {
 public:
  LadderBuilder(const Catalog& catalog, absl::Span<const std::uint32_t> popularity, const LadderOptions& options)
      : catalog_(catalog), options_(options) {
    GatherFamilies(popularity);
  }

  LadderSet Build(LadderNotes* notes) const {
    LadderSet set;
    set.offsets.push_back(0);
    for (std::size_t i = 0; i < catalog_.size(); ++i) {
      AddRungs(ProductAt(i), Direction::kLower, &set.rungs);
      AddRungs(ProductAt(i), Direction::kHigher, &set.rungs);
      set.offsets.push_back(set.rungs.size());
    }
    set.evidence.resize(set.rungs.size());
    for (const auto& [key, family] : families_) notes->families += family.members.size() >= 2 ? 1 : 0;
    return set;
  }

 private:
  void GatherFamilies(absl::Span<const std::uint32_t> popularity) {
    std::vector<std::uint64_t> root_popularity(catalog_.size(), 0);
    std::vector<ProductIndex> representatives(catalog_.size(), kNoProduct);
    for (std::size_t i = 0; i < catalog_.size(); ++i) {
      const std::size_t root = Slot(catalog_.root(ProductAt(i)));
      root_popularity[root] += popularity[i];
      const Product& product = catalog_.product(ProductAt(i));
      if (!product.visible || !KeyOf(product).has_value()) continue;
      ProductIndex& best = representatives[root];
      if (best == kNoProduct || popularity[i] > popularity[Slot(best)]) best = ProductAt(i);
    }
    for (std::size_t root = 0; root < representatives.size(); ++root) {
      if (representatives[root] == kNoProduct) continue;
      const Product& product = catalog_.product(representatives[root]);
      const FamilyKey key = *KeyOf(product);
      families_[key].members.push_back({ValueOf(product, key), root_popularity[root], representatives[root]});
    }
    for (auto& [key, family] : families_) {
      std::sort(family.members.begin(), family.members.end(), [](const Member& a, const Member& b) {
        return std::tie(a.value, a.product) < std::tie(b.value, b.product);
      });
      family.better_specs = LearnDirections(catalog_, family.members);
    }
  }

  void AddRungs(ProductIndex anchor, Direction direction, std::vector<Rung>* rungs) const {
    const Product& product = catalog_.product(anchor);
    const std::optional<FamilyKey> key = KeyOf(product);
    if (!key.has_value()) return;
    const auto family = families_.find(*key);
    if (family == families_.end()) return;
    ProductIndex from = anchor;
    double value = ValueOf(product, *key);
    for (std::size_t step = 1; step <= options_.rungs; ++step) {
      const Member* next = NextTier(family->second, anchor, from, value, direction);
      if (next == nullptr) return;
      Rung rung{};
      rung.price_delta_minor = Price(next->product) - Price(anchor);
      rung.other = next->product;
      rung.direction = direction;
      rung.rung = static_cast<std::uint8_t>(step);
      rung.grade = Grade::kAsserted;  // the catalogue says that these belong together; no behaviour is looked at yet
      rung.family_source = static_cast<std::uint8_t>(key->source);
      rungs->push_back(rung);
      from = next->product;
      value = next->value;
    }
  }

  // The best seller of the nearest tier beyond min_step and within max_step of `value`; null when there is none.
  const Member* NextTier(const Family& family, ProductIndex anchor, ProductIndex from, double value,
                         Direction direction) const {
    const Member* best = nullptr;
    std::optional<double> nearest;
    const auto ratio_of = [&](const Member& member) {
      return direction == Direction::kHigher ? member.value / value : value / member.value;
    };
    const auto consider = [&](const Member& member) {  // false: no nearer candidate can follow
      const double ratio = ratio_of(member);
      if (ratio > options_.max_step) return false;
      if (nearest.has_value() && ratio > *nearest * options_.tier_width) return false;
      if (!IsStep(family, anchor, from, member.product, direction)) return true;
      if (!nearest.has_value()) nearest = ratio;
      if (best == nullptr || member.popularity > best->popularity) best = &member;
      return true;
    };
    // Not one by one: half a catalogue may cost the same.
    const auto is_too_near = [&](const Member& member) { return ratio_of(member) < options_.min_step; };
    const auto& members = family.members;
    const auto by_value = [](const Member& member, double key) { return member.value < key; };
    const auto here = std::lower_bound(members.begin(), members.end(), value, by_value);
    if (direction == Direction::kHigher) {
      for (auto it = std::partition_point(here, members.end(), is_too_near); it != members.end() && consider(*it);)
        ++it;
    } else {
      auto it = std::partition_point(std::make_reverse_iterator(here), members.rend(), is_too_near);
      while (it != members.rend() && consider(*it)) ++it;
    }
    return best;
  }

  bool IsStep(const Family& family, ProductIndex anchor, ProductIndex from, ProductIndex to,
              Direction direction) const {
    if (catalog_.root(to) == catalog_.root(anchor)) return false;
    const bool higher = direction == Direction::kHigher;
    const ProductIndex cheap = higher ? from : to;
    const ProductIndex dear = higher ? to : from;
    // A larger pack can be dearer per unit and still cheaper in total, or the other way round: neither is a plain step.
    const auto cheap_price = static_cast<double>(Price(cheap));
    const auto dear_price = static_cast<double>(Price(dear));
    if (dear_price <= cheap_price || dear_price > cheap_price * options_.max_step) return false;
    return !WorseOnEverySpec(family, catalog_.product(cheap), catalog_.product(dear));
  }

  static bool WorseOnEverySpec(const Family& family, const Product& cheap, const Product& dear) {
    bool any_differs = false;
    for (const Attribute& attribute : cheap.attributes) {
      const Attribute* other = attribute.number.has_value() ? FindSpec(dear, attribute.name) : nullptr;
      if (other == nullptr || *other->number == *attribute.number) continue;
      any_differs = true;
      const auto direction = family.better_specs.find(attribute.name);
      const bool better_is_more = direction == family.better_specs.end() || direction->second > 0;
      if ((*other->number > *attribute.number) == better_is_more) return false;
    }
    return any_differs;
  }

  std::int64_t Price(ProductIndex product) const { return catalog_.product(product).price->minor_units; }

  const Catalog& catalog_;
  const LadderOptions& options_;
  std::map<FamilyKey, Family> families_;
};

}  // namespace

const char* GradeName(Grade grade) {
  switch (grade) {
    case Grade::kWeak:
      return "WEAK";
    case Grade::kAsserted:
      return "ASSERTED";
    case Grade::kStatistical:
      return "STATISTICAL";
    case Grade::kCertified:
      return "CERTIFIED";
  }
  return "UNKNOWN";
}

const char* DirectionName(Direction direction) { return direction == Direction::kLower ? "lower" : "higher"; }

const char* FamilySourceName(FamilySource source) {
  switch (source) {
    case FamilySource::kDeclared:
      return "family";
    case FamilySource::kProductType:
      return "product_type";
    case FamilySource::kCategoryLeaf:
      return "category";
    case FamilySource::kSeries:
      return "series";
  }
  return "unknown";
}

const char* StepKindName(StepKind kind) {
  switch (kind) {
    case StepKind::kModel:
      return "model";
    case StepKind::kPack:
      return "pack";
    case StepKind::kSubscription:
      return "subscription";
  }
  return "unknown";
}

LadderSet BuildLadders(const Catalog& catalog, const Behaviour& behaviour, const LadderOptions& options,
                       LadderNotes* notes) {
  LadderNotes unread;
  return LadderBuilder(catalog, behaviour.popularity, options).Build(notes == nullptr ? &unread : notes);
}

}  // namespace awase::ladder
