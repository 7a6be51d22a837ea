#include "awase/whatif/sample.h"

#include <algorithm>
#include <array>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <variant>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/engine/placements.h"
#include "whatif/internal/made_up_subscriber.h"
#include "whatif/internal/rule_reach.h"

namespace awase::whatif {
namespace {

using artefact::Model;
using relations::RelationKind;

constexpr absl::string_view kProductPage = "product_page";
constexpr std::size_t kCompanions = 5;  // of a cart: one of the first of the product's list
constexpr std::size_t kRequestsPerMoment = 4;

// Times from now on at which a rule begins or ends to apply, and the last ones before.
std::vector<absl::Time> MomentsOf(const rules::Rule& rule, absl::Time now) {
  std::vector<absl::Time> moments;
  for (const absl::Time edge : {rule.from, rule.until}) {
    if (edge <= now || edge == absl::InfiniteFuture()) continue;
    moments.push_back(edge);
    moments.push_back(edge - absl::Seconds(1));
  }
  return moments;
}

std::uint64_t OrdersOf(const Model& model, ProductIndex product) {
  return model.has_relation(RelationKind::kBoughtTogether) ? model.units(RelationKind::kBoughtTogether, product) : 0;
}

bool HasList(const Model& model, ProductIndex product) {
  return std::ranges::any_of(
      std::array{RelationKind::kBoughtTogether, RelationKind::kAlsoBought},
      [&](RelationKind kind) { return model.has_relation(kind) && !model.related(kind, product).empty(); });
}

std::vector<const rules::Rule*> RulesOf(const rules::RuleSet& before, const rules::RuleSet& after) {
  std::vector<const rules::Rule*> rules;
  for (const rules::RuleSet* set : {&before, &after}) {
    for (const rules::Rule& rule : set->rules) rules.push_back(&rule);
  }
  return rules;
}

// What is drawn: about what, where and when a request is.
struct Question {
  ProductIndex product = kNoProduct;
  absl::string_view placement;
  absl::Time time;
  std::int64_t pieces = 1;  // in the cart
};

// single-thread.
class Sampler {
 public:
  Sampler(const engine::Snapshot& before, const engine::Snapshot& after, const SampleOptions& options)
      : model_(after.model()),
        placements_(after.placements()),
        options_(options),
        random_(options.seed),
        rules_(RulesOf(before.rules(), after.rules())),
        subscribers_(after.plans(), rules_) {
    for (const rules::Rule* rule : rules_) {
      const std::vector<absl::Time> moments = MomentsOf(*rule, options_.now);
      moments_.insert(moments_.end(), moments.begin(), moments.end());
    }
    std::sort(moments_.begin(), moments_.end());
    moments_.erase(std::unique(moments_.begin(), moments_.end()), moments_.end());
    SortPlacements();
  }

  std::vector<ReplayedRequest> Sample() {
    DrawNamed();
    std::array<std::vector<ProductIndex>, 4> strata = StrataOfOthers();
    std::size_t open = static_cast<std::size_t>(
        std::ranges::count_if(strata, [](const std::vector<ProductIndex>& stratum) { return !stratum.empty(); }));
    for (std::vector<ProductIndex>& stratum : strata) {
      if (stratum.empty()) continue;
      const std::size_t left = options_.size - std::min(options_.size, requests_.size());
      DrawStratum(stratum, left / open--);
    }
    return std::move(requests_);
  }

 private:
  // A placement for plans is asked about other products as well where a rule names it: nobody knows what that is for.
  void SortPlacements() {
    for (const engine::Placement& placement : placements_.all()) {
      if (placement.name == kProductPage) continue;
      const bool is_named = std::ranges::any_of(
          rules_, [&](const rules::Rule* rule) { return std::ranges::count(rule->placements, placement.name) > 0; });
      if (placement.advises_plans) of_plans_.push_back(placement.name);
      if (!placement.advises_plans) beside_.push_back(placement.name);
      if (!placement.advises_plans || is_named) of_others_.push_back(placement.name);
    }
  }

  bool IsPlan(ProductIndex product) const { return !model_.product(product).subscription_interval().empty(); }

  std::size_t Below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }

  // std::shuffle is not the same with every standard library.
  template <typename Value>
  void Shuffle(std::vector<Value>& values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[Below(i)]);
  }

  void DrawNamed() {
    std::vector<Question> firsts;
    std::vector<Question> further;
    for (const rules::Rule* rule : rules_) AddNamed(*rule, firsts, further);
    Shuffle(further);
    const std::size_t room = options_.size / 2 - std::min(options_.size / 2, firsts.size());
    further.resize(std::min(further.size(), room));
    firsts.insert(firsts.end(), further.begin(), further.end());
    std::uint64_t orders = 0;
    for (const ProductIndex product : named_) orders += OrdersOf(model_, product);
    Make(firsts, orders);
  }

  void AddNamed(const rules::Rule& rule, std::vector<Question>& firsts, std::vector<Question>& further) {
    std::vector<absl::Time> moments = MomentsOf(rule, options_.now);
    moments.push_back(options_.now);
    // Discounts are seen in carts first, where there is enough in them.
    std::size_t turn = std::holds_alternative<rules::Discount>(rule.action) ? 1 : 0;
    const std::int64_t pieces = PiecesAsked(rule);
    std::vector<absl::string_view> own;  // those that requests can name
    for (const std::string& name : rule.placements) {
      if (placements_.Find(name) != nullptr) own.push_back(name);
    }
    const auto next_placement = [&](ProductIndex product) -> absl::string_view {
      const std::size_t now = turn++;
      if (!own.empty()) return own[now % own.size()];
      const std::vector<absl::string_view>& others = IsPlan(product) ? of_plans_ : beside_;
      return now % 2 == 0 ? kProductPage : others[now / 2 % others.size()];
    };
    for (const std::string& id : NamedProducts(rule)) {
      const std::optional<ProductIndex> product = model_.Find(id);
      if (!product.has_value()) continue;
      if (named_ids_.insert(*product).second) {
        named_.push_back(*product);
        firsts.push_back({*product, next_placement(*product), std::max(rule.from, options_.now), pieces});
      }
      for (const absl::Time moment : moments) {
        further.push_back({*product, next_placement(*product), moment, pieces});
      }
    }
  }

  // Head, middle, tail and without lists, of the products that no rule names.
  std::array<std::vector<ProductIndex>, 4> StrataOfOthers() const {
    std::vector<ProductIndex> listed;
    std::array<std::vector<ProductIndex>, 4> strata;
    std::uint64_t all_orders = 0;
    for (std::size_t i = 0; i < model_.product_count(); ++i) {
      const ProductIndex product = ProductAt(i);
      if (model_.root(product) != product || !model_.product(product).visible() || named_ids_.contains(product))
        continue;
      if (!HasList(model_, product)) {
        strata[3].push_back(product);
        continue;
      }
      listed.push_back(product);
      all_orders += OrdersOf(model_, product);
    }
    std::stable_sort(listed.begin(), listed.end(),
                     [&](ProductIndex a, ProductIndex b) { return OrdersOf(model_, a) > OrdersOf(model_, b); });
    std::uint64_t passed = 0;
    for (const ProductIndex product : listed) {
      const std::uint64_t third = all_orders == 0 ? 2 : std::min<std::uint64_t>(2, passed * 3 / all_orders);
      strata[third].push_back(product);
      passed += OrdersOf(model_, product);
    }
    return strata;
  }

  void DrawStratum(std::vector<ProductIndex>& products, std::size_t count) {
    Shuffle(products);
    std::uint64_t orders = 0;
    for (const ProductIndex product : products) orders += OrdersOf(model_, product);
    std::vector<Question> questions;
    for (std::size_t i = 0; i < count; ++i) {
      const ProductIndex product = products[i % products.size()];
      const bool at_moment = !moments_.empty() && Below(kRequestsPerMoment) == 0;
      questions.push_back(
          {product, AnyPlacement(product), at_moment ? moments_[Below(moments_.size())] : options_.now});
    }
    Make(questions, orders);
  }

  absl::string_view AnyPlacement(ProductIndex product) {
    if (Below(2) == 0) return kProductPage;
    const std::vector<absl::string_view>& others = IsPlan(product) ? of_plans_ : of_others_;
    return others[Below(others.size())];
  }

  void Make(const std::vector<Question>& questions, std::uint64_t orders) {
    if (questions.empty()) return;
    const std::uint64_t weight = std::clamp<std::uint64_t>(orders / questions.size(), 1, UINT32_MAX);
    for (const Question& question : questions) {
      ReplayedRequest& asked = requests_.emplace_back();
      asked.time = question.time;
      asked.weight = static_cast<std::uint32_t>(weight);
      asked.request.placement = std::string(question.placement);
      const engine::Placement& placement = *placements_.Find(question.placement);
      Name(question, placement, asked.request);
      subscribers_.Add(
          placement, question.product, question.time, [this](std::size_t bound) { return Below(bound); },
          asked.request.customer);
    }
  }

  // What is asked about: the product, and where there is a cart another one that was bought with it.
  void Name(const Question& question, const engine::Placement& placement, engine::Request& request) {
    const std::string id(model_.product(question.product).product_id());
    if (!placement.is_open_cart) {
      request.product_ids = {id};
      return;
    }
    request.cart.push_back({id, question.pieces});
    if (!model_.has_relation(RelationKind::kBoughtTogether)) return;
    const auto list = model_.related(RelationKind::kBoughtTogether, question.product);
    if (list.empty()) return;
    const ProductIndex other = list[Below(std::min(list.size(), kCompanions))].other;
    request.cart.push_back({std::string(model_.product(other).product_id()), 1});
  }

  const Model& model_;
  const engine::PlacementTable& placements_;
  const SampleOptions& options_;
  std::mt19937_64 random_;
  const std::vector<const rules::Rule*> rules_;
  const SubscriberMaker subscribers_;
  std::vector<absl::Time> moments_;  // of all rules
  // Placements but the product page: those that do not advise plans, those for plans, and those for other products.
  std::vector<absl::string_view> beside_;
  std::vector<absl::string_view> of_plans_;
  std::vector<absl::string_view> of_others_;
  std::vector<ProductIndex> named_;
  absl::flat_hash_set<ProductIndex> named_ids_;
  std::vector<ReplayedRequest> requests_;
};

}  // namespace

std::vector<ReplayedRequest> GenerateSample(const engine::Snapshot& before, const engine::Snapshot& after,
                                            const SampleOptions& options) {
  return Sampler(before, after, options).Sample();
}

}  // namespace awase::whatif
