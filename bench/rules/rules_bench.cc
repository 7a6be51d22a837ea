// What thousands of rules cost: Recommend with none and with many, loading them from YAML, and compiling them for a
// model. Half of the rules are pins that no page names, which every page has to think of; the others hide, pin on
// pages, sell sets and forbid rungs. Each has one to three conditions: one on what it is about (but for one rule in a
// hundred), others of all kinds. Customers are known: segments, tier, NPS, some products in the cart and at home.

#include <benchmark/benchmark.h>
#include <stdlib.h>  // mkdtemp

#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/base/files.h"
#include "awase/engine/recommend.h"
#include "awase/rules/load_rules.h"
#include "engine/context.h"
#include "tests/testing/model_builder.h"

namespace awase::engine {
namespace {

constexpr int kProducts = 10'000;
constexpr int kNeighbours = 64;
constexpr int kRulesPerFile = 5'000;
constexpr std::int64_t kNow = 1'790'000'000;  // in September 2026

std::string IdOf(int product) { return absl::StrCat("product-", product); }

std::shared_ptr<const artefact::Model> BuildModel() {
  testing::ModelBuilder builder;
  std::mt19937 random(1);
  for (int i = 0; i < kProducts; ++i) {
    catalog::Product& product = builder.Add(IdOf(i), 1000 + i % 50'000);
    product.category = absl::StrCat("Shop > Department ", i % 20, " > Shelf ", i % 400);
    product.product_type = absl::StrCat("type-", i % 97);
    product.brand = absl::StrCat("brand-", i % 300);
    product.tags = {absl::StrCat("tag-", i % 50)};
    product.attributes = {{"spec.colour", absl::StrCat("colour-", i % 12), {}}};
  }
  for (int i = 0; i < kProducts; ++i) {
    for (const relations::RelationKind kind : relations::kAllRelationKinds) {
      for (int n = 0; n < kNeighbours; ++n) {
        const auto other = static_cast<int>(random() % kProducts);
        if (other == i) continue;
        builder.Relate(kind, IdOf(i), IdOf(other),
                       {.together = static_cast<std::uint32_t>(100 - n), .claim = n % 4 == 0});
      }
    }
  }
  std::string directory = (std::filesystem::temp_directory_path() / "awase-bench-XXXXXX").string();
  if (mkdtemp(directory.data()) == nullptr) return nullptr;
  const auto model = builder.Build(directory);
  RemoveTree(directory).IgnoreError();  // the mapping keeps the bytes
  return model.value_or(nullptr);
}

const std::shared_ptr<const artefact::Model>& SharedModel() {
  static const auto& model = *new std::shared_ptr<const artefact::Model>(BuildModel());
  return model;
}

// Writes rules of all kinds.
class RuleWriter {
 public:
  // A product set.
  std::string Set() {
    switch (Below(7)) {
      case 0:
        return absl::StrCat("{products: [", Product(), ", ", Product(), "]}");
      case 1:
        return absl::StrCat("{categories: [Shop > Department ", Below(20), "]}");
      case 2:
        return absl::StrCat("{categories: [Shop > Department ", Below(20), " > Shelf ", Below(400), "]}");
      case 3:
        return absl::StrCat("{brands: [brand-", Below(300), "], price: {at_least: ", 10 + Below(100), " USD}}");
      case 4:
        return absl::StrCat("{product_types: [type-", Below(97), "], not: {tags: [tag-", Below(50), "]}}");
      case 5:
        return absl::StrCat("{tags: [tag-", Below(50), "]}");
      default:
        return absl::StrCat("{brands: [brand-", Below(300), "], attributes: {spec.colour: [colour-", Below(12), "]}}");
    }
  }

  std::vector<rules::RuleFile> Write(int count) {
    std::vector<rules::RuleFile> files;
    for (int i = 0; i < count; ++i) {
      if (i % kRulesPerFile == 0) files.push_back({absl::StrCat(i, ".yaml"), "rules:\n"});
      absl::StrAppend(&files.back().content, "- {id: r", i, ", priority: ", Below(100), ", when: ", When(), ", ",
                      Action(i), "}\n");
    }
    return files;
  }

  // Discounts of all kinds of product sets; one in ten is for the whole cart of a segment.
  std::vector<rules::RuleFile> WriteDiscounts(int count) {
    std::vector<rules::RuleFile> files;
    for (int i = 0; i < count; ++i) {
      if (i % kRulesPerFile == 0) files.push_back({absl::StrCat(i, ".yaml"), "rules:\n"});
      const std::string rule =
          i % 10 == 0 ? absl::StrCat("when: {customer: {segments: [segment-", Below(200),
                                     "]}}, discount: {basket: {tiers: [{from: 50.00 USD, percent: 5%}]}}")
                      : absl::StrCat("discount: {quantity: {matching: ", Set(), ", tiers: [{from: ", 1 + Below(4),
                                     ", percent: ", 1 + Below(50), "%}]}}");
      absl::StrAppend(&files.back().content, "- {id: d", i, ", priority: ", Below(100), ", ", rule, "}\n");
    }
    return files;
  }

 private:
  int Below(int bound) { return static_cast<int>(random_() % static_cast<std::uint32_t>(bound)); }
  std::string Product() { return IdOf(Below(kProducts)); }

  std::string Action(int i) {
    const std::string a = Product();
    const std::string b = Product();
    if (i % 2 == 0) return absl::StrCat("pin: {product: ", a, ", slot: also_bought, position: ", 1 + Below(6), "}");
    switch (i / 2 % 4) {
      case 0:
        return absl::StrCat("hide: {products: [", a, ", ", b, "]}");
      case 1:
        return absl::StrCat("pin: {product: ", a, ", slot: also_bought, anchors: [", b, "]}");
      case 2:
        return absl::StrCat("bundle: {products: [", a, ", ", b == a ? "product-x" : b, "]}");
      default:
        return absl::StrCat("rung: {products: [", a, ", ", b == a ? "product-x" : b, "], author: T, forbid: true}");
    }
  }

  // What few requests meet: rules are about something.
  void AddSubject(std::map<std::string, std::string>* parts) {
    const int kind = Below(100);
    if (kind < 60) {
      (*parts)["anchor"] = Set();
    } else if (kind < 75) {
      (*parts)["cart"] = absl::StrCat("{contains: ", Set(), "}");
    } else if (kind < 85) {
      (*parts)["customer"] = absl::StrCat("{segments: [segment-", Below(200), "]}");
    } else if (kind < 95) {
      (*parts)["customer"] = absl::StrCat("{interests: [interest-", Below(500), "]}");
    } else {
      (*parts)["customer"] = absl::StrCat("{owns: ", Set(), "}");
    }
  }

  std::string Customer() {
    switch (Below(5)) {
      case 0:
        return absl::StrCat("{tiers: [tier-", Below(5), "]}");
      case 1:
        return absl::StrCat("{nps: {at_least: ", Below(11), "}}");
      case 2:
        return absl::StrCat("{lacks: ", Set(), "}");
      case 3:
        return absl::StrCat("{milestones_missing: [milestone-", Below(20), "]}");
      default:
        return "{birthday_month: true}";
    }
  }

  // What many meet.
  void AddOccasion(std::map<std::string, std::string>* parts) {
    switch (Below(4)) {
      case 0:
        parts->try_emplace("cart", absl::StrCat("{total: {at_least: ", Below(200), " USD}}"));
        break;
      case 1:
        parts->try_emplace("customer", Customer());
        break;
      case 2:
        parts->try_emplace("every_year", absl::StrCat("{from: 0", 1 + Below(9), "-01, until: 1", Below(3), "-15}"));
        break;
      default:
        parts->try_emplace("traffic", absl::StrCat("{share: ", 1 + Below(100), "%}"));
    }
  }

  std::string When() {
    std::map<std::string, std::string> parts;
    if (Below(100) != 0) AddSubject(&parts);
    for (int count = parts.empty() ? 2 : Below(3); count > 0; --count) AddOccasion(&parts);
    return absl::StrCat("{", absl::StrJoin(parts, ", ", absl::PairFormatter(": ")), "}");
  }

  std::mt19937 random_{3};
};

std::shared_ptr<const rules::RuleSet> LoadSet(int count) {
  if (count == 0) return std::make_shared<rules::RuleSet>();
  return rules::LoadRules(RuleWriter().Write(count), nullptr).rules;
}

// Built once per number of rules and kept for the process.
const Snapshot* SharedSnapshot(int rule_count) {
  static auto* const snapshots = new std::map<int, std::shared_ptr<const Snapshot>>();
  std::shared_ptr<const Snapshot>& snapshot = (*snapshots)[rule_count];
  if (snapshot != nullptr || SharedModel() == nullptr) return snapshot.get();
  const auto rules = LoadSet(rule_count);
  if (rules != nullptr) snapshot = Snapshot::Create(SharedModel(), rules);
  return snapshot.get();
}

std::vector<Request> MakeRequests() {
  std::mt19937 random(7);
  const auto below = [&random](std::uint32_t bound) { return static_cast<int>(random() % bound); };
  std::vector<Request> requests(4096);
  for (Request& request : requests) {
    request.product_ids = {IdOf(below(kProducts))};
    request.channel = "web";
    request.cart = {{IdOf(below(kProducts)), 1}, {IdOf(below(kProducts)), 2}};
    CustomerState& customer = request.customer;
    customer.id = absl::StrCat("customer-", below(1'000'000));
    customer.owned_product_ids = {IdOf(below(kProducts)), IdOf(below(kProducts)), IdOf(below(kProducts))};
    customer.segments = {absl::StrCat("segment-", below(200)), absl::StrCat("segment-", below(200))};
    customer.tier = absl::StrCat("tier-", below(5));
    customer.nps = static_cast<std::uint32_t>(below(11));
    customer.interests = {absl::StrCat("interest-", below(500))};
    customer.birthday = MonthDay{1 + below(12), 1};
  }
  return requests;
}

void BM_ProductPage(benchmark::State& state) {
  const Snapshot* snapshot = SharedSnapshot(static_cast<int>(state.range(0)));
  if (snapshot == nullptr) return state.SkipWithError("the synthetic shop could not be built");
  const std::vector<Request> requests = MakeRequests();
  std::size_t next = 0;
  for (auto _ : state) {
    auto answer = Recommend(*snapshot, requests[next++ % requests.size()], absl::FromUnixSeconds(kNow));
    benchmark::DoNotOptimize(answer);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_ProductPage)->ArgName("rules")->Arg(0)->Arg(10'000)->Arg(100'000);

// The page, the cart of two lines and the offers of also_bought with discounts.
void BM_PageWithDiscounts(benchmark::State& state) {
  const Snapshot* empty = SharedSnapshot(0);
  if (empty == nullptr) return state.SkipWithError("the synthetic shop could not be built");
  const auto rules = rules::LoadRules(RuleWriter().WriteDiscounts(static_cast<int>(state.range(0))), nullptr).rules;
  const auto snapshot = empty->WithRules(rules);
  const std::vector<Request> requests = MakeRequests();
  std::size_t next = 0;
  std::size_t found = 0;
  for (auto _ : state) {
    auto answer = Recommend(*snapshot, requests[next++ % requests.size()], absl::FromUnixSeconds(kNow));
    if (answer->cart_price.has_value()) found += answer->cart_price->discounts.size();
    benchmark::DoNotOptimize(answer);
  }
  state.counters["of_cart"] = benchmark::Counter(static_cast<double>(found), benchmark::Counter::kAvgIterations);
}
BENCHMARK(BM_PageWithDiscounts)->ArgName("rules")->Arg(0)->Arg(100)->Arg(1'000)->Arg(10'000);

// Half of them of rows, half in time; of all sets that there are, without conditions.
std::vector<rules::RuleFile> WriteCaps(int count) {
  RuleWriter writer;
  std::vector<rules::RuleFile> files;
  for (int i = 0; i < count; ++i) {
    if (i % kRulesPerFile == 0) files.push_back({absl::StrCat(i, ".yaml"), "rules:\n"});
    absl::StrAppend(&files.back().content, "- {id: c", i, ", cap: {matching: ", writer.Set(), ", at_most: ", 1 + i % 4,
                    i % 2 == 0 ? "" : ", within: 7d", "}}\n");
  }
  return files;
}

// A page for a customer who has been offered fifty things, under caps.
void BM_PageUnderCaps(benchmark::State& state) {
  const Snapshot* empty = SharedSnapshot(0);
  const auto rules = rules::LoadRules(WriteCaps(static_cast<int>(state.range(0))), nullptr).rules;
  if (empty == nullptr || rules == nullptr) return state.SkipWithError("the synthetic shop could not be built");
  const std::shared_ptr<const Snapshot> snapshot = empty->WithRules(rules);
  std::vector<Request> requests = MakeRequests();
  for (std::size_t i = 0; i < requests.size(); ++i) {
    for (std::size_t n = 0; n < 50; ++n) {
      requests[i].customer.exposures.push_back({IdOf(static_cast<int>((i * 50 + n) % kProducts)), Intent::kCrossSell,
                                                ExposureEvent::kShown,
                                                absl::FromUnixSeconds(kNow) - absl::Hours(static_cast<int>(n / 5))});
    }
  }
  std::size_t next = 0;
  for (auto _ : state) {
    auto answer = Recommend(*snapshot, requests[next++ % requests.size()], absl::FromUnixSeconds(kNow));
    benchmark::DoNotOptimize(answer);
  }
}
BENCHMARK(BM_PageUnderCaps)->ArgName("rules")->Arg(0)->Arg(10'000);

// Which pins apply, without what they do then.
void BM_FindRules(benchmark::State& state) {
  const Snapshot* snapshot = SharedSnapshot(static_cast<int>(state.range(0)));
  if (snapshot == nullptr) return state.SkipWithError("the synthetic shop could not be built");
  const std::vector<Request> requests = MakeRequests();
  std::size_t next = 0;
  std::size_t applied = 0;
  for (auto _ : state) {
    std::vector<std::string> missing_ids;
    const Context context =
        ResolveContext(*snapshot, requests[next++ % requests.size()], absl::FromUnixSeconds(kNow), missing_ids);
    applied += context.pins.size();
  }
  state.counters["applied"] = benchmark::Counter(static_cast<double>(applied), benchmark::Counter::kAvgIterations);
}
BENCHMARK(BM_FindRules)->ArgName("rules")->Arg(0)->Arg(10'000)->Arg(100'000);

void BM_LoadFromYaml(benchmark::State& state) {
  const std::vector<rules::RuleFile> files = RuleWriter().Write(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    const rules::LoadResult result = rules::LoadRules(files, nullptr);
    if (result.rules == nullptr) return state.SkipWithError(result.diagnostics.front().ToString().c_str());
  }
}
BENCHMARK(BM_LoadFromYaml)->ArgName("rules")->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

void BM_Compile(benchmark::State& state) {
  const Snapshot* empty = SharedSnapshot(0);
  const auto rules = LoadSet(static_cast<int>(state.range(0)));
  if (empty == nullptr || rules == nullptr) return state.SkipWithError("the synthetic shop could not be built");
  for (auto _ : state) benchmark::DoNotOptimize(empty->WithRules(rules));
}
BENCHMARK(BM_Compile)->ArgName("rules")->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace awase::engine
