#include "ladder/internal/families.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "awase/catalog/price_basis.h"
#include "awase/catalog/spec_value.h"
#include "ladder/internal/name_groups.h"

namespace awase::ladder_internal {
namespace {

using catalog::Catalog;
using catalog::Product;
using ladder::FamilySource;
using ladder::LadderProblem;

constexpr double kMostOfAType = 0.8;        // see GatherFamilies
constexpr std::size_t kLadderOfSeries = 3;  // products
constexpr double kBeyondLeastStep = 1.01;   // so that it is one, whatever the rounding

struct FamilyName {
  FamilySource source;
  std::string name;

  friend auto operator<=>(const FamilyName&, const FamilyName&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const FamilyName& name) {
    return H::combine(std::move(state), name.source, name.name);
  }
};

std::optional<FamilyName> NameOf(const Product& product) {
  std::string name = catalog::FamilyName(product);
  if (name.empty()) return std::nullopt;
  return FamilyName{FamilySourceOf(product), std::move(name)};
}

class FamilyGatherer {
 public:
  FamilyGatherer(const Catalog& catalog, absl::Span<const std::uint32_t> popularity, double min_step,
                 ProblemTally* problems)
      : catalog_(catalog), popularity_(popularity), min_step_(min_step), problems_(problems) {}

  Families Gather() {
    ChooseRepresentatives();
    NumberFamilies();
    SplitTypes();
    ValueFreePlans();
    SortMembers();
    return std::move(result_);
  }

 private:
  // Whether the product can take part; what keeps it out is told.
  bool IsPriced(ProductIndex index) {
    const Product& product = catalog_.product(index);
    if (!product.visible) return false;
    if (!product.price.has_value()) {
      problems_->Add(LadderProblem::Kind::kNoPrice, "price", index);
      return false;
    }
    if (catalog::IsFreePlan(product)) return true;
    if (product.price->minor_units <= 0) {
      problems_->Add(LadderProblem::Kind::kNegativePrice, "price", index);
      return false;
    }
    const double value = ValueOf(product);
    if (std::isfinite(value) && value > 0) return true;
    problems_->Add(LadderProblem::Kind::kNoUnitPrice, "pack_quantity", index);
    return false;
  }

  void ChooseRepresentatives() {
    root_popularity_.assign(catalog_.size(), 0);
    representatives_.assign(catalog_.size(), kNoProduct);
    for (std::size_t i = 0; i < catalog_.size(); ++i) {
      const std::size_t root = Slot(catalog_.root(ProductAt(i)));
      root_popularity_[root] += popularity_[i];
      if (!IsPriced(ProductAt(i))) continue;
      ProductIndex& best = representatives_[root];
      if (best == kNoProduct || popularity_[i] > popularity_[Slot(best)]) best = ProductAt(i);
    }
  }

  void NumberFamilies() {
    absl::flat_hash_map<FamilyName, std::uint32_t> numbers;
    std::vector<std::pair<FamilySource, NameGroups>> names;  // in the order of their first products
    for (std::size_t root = 0; root < catalog_.size(); ++root) {
      if (representatives_[root] == kNoProduct) continue;
      const Product& product = catalog_.product(representatives_[root]);
      std::optional<FamilyName> name = NameOf(product);
      if (!name.has_value()) continue;
      const FamilySource source = name->source;
      const std::uint32_t number = numbers.try_emplace(*std::move(name), names.size()).first->second;
      if (number == names.size()) names.push_back({source, {}});
      names[number].second[{product.price->currency, PackUnitOf(product), catalog::PriceBasisOf(product)}].push_back(
          representatives_[root]);
    }
    for (auto& [source, groups] : names) {
      PlaceFreePlans(catalog_, &groups);
      TellWhatDiffers(groups, problems_);
      for (const auto& [bounds, products] : groups) AddFamily(source, products);
    }
  }

  void AddFamily(FamilySource source, const std::vector<ProductIndex>& products) {
    const auto family = static_cast<std::uint32_t>(sources_.size());
    sources_.push_back(source);
    for (const ProductIndex index : products) {
      const Product& product = catalog_.product(index);
      const ProductIndex root = catalog_.root(index);
      result_.members.push_back({ValueOf(product), product.price->minor_units, root_popularity_[Slot(root)],
                                 catalog::HashOfText(product.title), index, root, family});
    }
  }

  struct Series {
    std::uint32_t size = 0;
    bool has_free_plan = false;
    double lowest = std::numeric_limits<double>::infinity(), highest = 0;  // of what is paid

    void Add(const Member& member) {
      ++size;
      has_free_plan = has_free_plan || member.is_free();
      if (member.is_free()) return;
      lowest = std::min(lowest, member.value);
      highest = std::max(highest, member.value);
    }
    bool IsLadder(double min_step) const {
      const bool has_prices = has_free_plan ? highest > 0 : highest >= lowest * min_step;
      return size >= kLadderOfSeries && has_prices;
    }
  };

  const std::string& SeriesOf(const Member& member) const { return catalog_.product(member.product).series; }

  void SplitTypes() {
    using Key = std::pair<std::uint32_t, absl::string_view>;  // family, series
    std::map<Key, Series> series;
    std::vector<std::uint32_t> sizes(sources_.size(), 0);
    for (const Member& member : result_.members) {
      ++sizes[member.family];
      if (sources_[member.family] != FamilySource::kProductType || SeriesOf(member).empty()) continue;
      series[{member.family, SeriesOf(member)}].Add(member);
    }
    std::vector<std::uint32_t> in_series(sizes.size(), 0), in_ladders(sizes.size(), 0);
    for (const auto& [key, of_series] : series) {
      in_series[key.first] += of_series.size;
      if (of_series.IsLadder(min_step_)) in_ladders[key.first] += of_series.size;
    }
    absl::flat_hash_map<Key, std::uint32_t> numbers;
    for (Member& member : result_.members) {
      const std::uint32_t type = member.family;
      if (in_series[type] < kMostOfAType * sizes[type] || in_ladders[type] < kMostOfAType * in_series[type]) continue;
      if (in_series[type] == 0 || SeriesOf(member).empty()) continue;
      const auto [family, is_new] =
          numbers.try_emplace(Key{type, SeriesOf(member)}, static_cast<std::uint32_t>(sources_.size()));
      if (is_new) sources_.push_back(FamilySource::kSeries);
      member.family = family->second;
    }
  }

  // The next plan after a free one is the cheapest that is paid. Where nothing is paid, fees say nothing of an order.
  void ValueFreePlans() {
    free_values_.assign(sources_.size(), std::numeric_limits<double>::infinity());
    for (const Member& member : result_.members) {
      if (!member.is_free()) free_values_[member.family] = std::min(free_values_[member.family], member.value);
    }
    for (double& value : free_values_) value /= min_step_ * kBeyondLeastStep;
    for (Member& member : result_.members) {
      if (member.is_free()) member.value = free_values_[member.family];
    }
    std::erase_if(result_.members, [this](const Member& member) {
      if (std::isfinite(member.value)) return false;
      problems_->Add(LadderProblem::Kind::kOnlyFreePlans, "price", member.product);
      return true;
    });
  }

  void SortMembers() {
    std::sort(result_.members.begin(), result_.members.end(), [](const Member& a, const Member& b) {
      return std::tie(a.family, a.value, a.product) < std::tie(b.family, b.value, b.product);
    });
    result_.member_of_root.assign(catalog_.size(), kNoMember);
    for (std::uint32_t m = 0; m < result_.members.size(); ++m) {
      Member& member = result_.members[m];
      if (m == 0 || member.family != last_family_) {
        last_family_ = member.family;
        result_.families.push_back({m, m, sources_[last_family_], free_values_[last_family_]});
      }
      member.family = static_cast<std::uint32_t>(result_.families.size() - 1);  // some numbers have lost all members
      result_.families.back().last = m + 1;
      result_.member_of_root[Slot(member.root)] = m;
    }
  }

  const Catalog& catalog_;
  const absl::Span<const std::uint32_t> popularity_;
  const double min_step_;
  ProblemTally* problems_;
  std::vector<std::uint64_t> root_popularity_;
  std::vector<ProductIndex> representatives_;  // per root
  // By the numbers that families have before they are sorted.
  std::vector<FamilySource> sources_;
  std::vector<double> free_values_;
  std::uint32_t last_family_ = 0;
  Families result_;
};

}  // namespace

FamilySource FamilySourceOf(const Product& product) {
  if (!product.family.empty()) return FamilySource::kDeclared;
  return product.product_type.empty() ? FamilySource::kCategoryLeaf : FamilySource::kProductType;
}

absl::string_view PackUnitOf(const Product& product) {
  return product.pack_quantity.has_value() ? absl::string_view(product.pack_unit) : absl::string_view();
}

double ValueOf(const Product& product) {
  const auto price = static_cast<double>(product.price->minor_units);
  return PackUnitOf(product).empty() ? price : price / product.pack_quantity->ToDouble();
}

Families GatherFamilies(const Catalog& catalog, absl::Span<const std::uint32_t> popularity, double min_step,
                        ProblemTally* problems) {
  return FamilyGatherer(catalog, popularity, min_step, problems).Gather();
}

}  // namespace awase::ladder_internal
