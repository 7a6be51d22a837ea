#include "ladder/internal/families.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "ladder/internal/spec_value.h"

namespace awase::ladder_internal {
namespace {

using catalog::Catalog;
using catalog::Product;
using ladder::FamilySource;
using ladder::LadderProblem;

constexpr double kMostOfAType = 0.8;        // see GatherFamilies
constexpr std::size_t kLadderOfSeries = 3;  // products

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
    // Name, currency, pack unit, and whether it is a subscription: from a single purchase a step may lead to a cheaper
    // subscription (pack_steps.h), so that no ladder of models may lead back.
    using Key = std::tuple<std::uint32_t, std::string, absl::string_view, bool>;
    absl::flat_hash_map<FamilyName, std::uint32_t> names;
    absl::flat_hash_map<Key, std::uint32_t> numbers;
    std::vector<CurrencyCode> first_currency;  // by name
    for (std::size_t root = 0; root < catalog_.size(); ++root) {
      if (representatives_[root] == kNoProduct) continue;
      const Product& product = catalog_.product(representatives_[root]);
      std::optional<FamilyName> name = NameOf(product);
      if (!name.has_value()) continue;
      const FamilySource source = name->source;
      const std::uint32_t number = names.try_emplace(*std::move(name), names.size()).first->second;
      const CurrencyCode currency = product.price->currency;
      if (number == first_currency.size()) first_currency.push_back(currency);
      if (currency != first_currency[number]) {
        problems_->Add(LadderProblem::Kind::kSeveralCurrencies, "currency", representatives_[root]);
      }
      const bool is_subscription = !product.subscription_interval.empty();
      const auto [family, is_new] =
          numbers.try_emplace(Key{number, std::string(currency.text()), PackUnitOf(product), is_subscription},
                              static_cast<std::uint32_t>(sources_.size()));
      if (is_new) sources_.push_back(source);
      result_.members.push_back({ValueOf(product), product.price->minor_units, root_popularity_[root],
                                 HashOfText(product.title), representatives_[root], ProductAt(root), family->second});
    }
  }

  struct Series {
    std::uint32_t size = 0;
    double lowest = 0, highest = 0;

    void Add(double value) {
      lowest = size == 0 ? value : std::min(lowest, value);
      highest = std::max(highest, value);
      ++size;
    }
    bool IsLadder(double min_step) const { return size >= kLadderOfSeries && highest >= lowest * min_step; }
  };

  const std::string& SeriesOf(const Member& member) const { return catalog_.product(member.product).series; }

  void SplitTypes() {
    using Key = std::pair<std::uint32_t, absl::string_view>;  // family, series
    std::map<Key, Series> series;
    std::vector<std::uint32_t> sizes(sources_.size(), 0);
    for (const Member& member : result_.members) {
      ++sizes[member.family];
      if (sources_[member.family] != FamilySource::kProductType || SeriesOf(member).empty()) continue;
      series[{member.family, SeriesOf(member)}].Add(member.value);
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

  void SortMembers() {
    std::sort(result_.members.begin(), result_.members.end(), [](const Member& a, const Member& b) {
      return std::tie(a.family, a.value, a.product) < std::tie(b.family, b.value, b.product);
    });
    result_.member_of_root.assign(catalog_.size(), kNoMember);
    for (std::uint32_t m = 0; m < result_.members.size(); ++m) {
      Member& member = result_.members[m];
      if (m == 0 || member.family != last_family_) {
        last_family_ = member.family;
        result_.families.push_back({m, m, sources_[last_family_]});
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
  std::vector<FamilySource> sources_;          // by the numbers that families have before they are sorted
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
