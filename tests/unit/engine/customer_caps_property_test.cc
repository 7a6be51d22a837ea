// Random exposures under random caps in time, against a slow reading of the documentation: each cap is asked about each
// offer of the uncapped answer by going through all exposures.

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

constexpr int kShops = 80;
constexpr int kProducts = 10;

class History {
 public:
  explicit History(std::uint32_t seed) : random_(seed) {
    shop_.model().Add("anchor", 1000);
    for (int i = 0; i < kProducts; ++i) {
      shop_.model().Add(Id(i), 500 + 1000 * (i % 2)).brand = absl::StrCat("b", i % 3);
      if (i < 6) shop_.model().Relate(kAlso, "anchor", Id(i), {.together = static_cast<std::uint32_t>(90 - i)});
    }
    shop_.model().AddRung("anchor", Id(6), kDown, 1);
    shop_.model().AddRung("anchor", Id(7), kUp, 1);
    for (int i = Below(5); i >= 0; --i) AddCap(i);
    for (int i = Below(25); i > 0; --i) AddExposure();
  }

  // Every candidate is offered unless a cap says no: rows are long enough, and nothing else binds them.
  void Check() {
    const Answer answer = shop_.Ask(request_);
    for (const Slot& slot : answer.slots) {
      std::set<std::string> offered;
      for (const std::string& id : shop_.Ids(slot)) offered.insert(id);
      for (int i = 0; i < 8; ++i) {
        const std::string slot_of = i < 6 ? "also_bought" : i == 6 ? "lower" : "higher";
        if (slot.name != slot_of) continue;
        EXPECT_EQ(offered.count(Id(i)) == 0, IsCapped(i, slot.name)) << Id(i) << " in " << slot.name;
      }
    }
  }

 private:
  static std::string Id(int i) { return absl::StrCat("p", i); }
  int Below(int bound) { return static_cast<int>(random_() % static_cast<std::uint32_t>(bound)); }

  void AddCap(int i) {
    rules::Cap cap;
    cap.after = static_cast<rules::Cap::After>(Below(3));
    cap.at_most = static_cast<std::uint32_t>(Below(4) + (cap.after == rules::Cap::After::kAlways ? 1 : 0));
    cap.within = absl::Hours(1 + Below(20));
    if (Below(2) == 0) cap.intents = {std::string(rules::kIntentNames[Below(3)])};
    if (Below(3) == 0) cap.matching = rules::ProductSet{{.products = {Id(Below(8)), Id(Below(8))}}, {}};
    if (Below(4) == 0) cap.matching = rules::ProductSet{{.brands = {absl::StrCat("b", Below(3))}}, {}};
    if (cap.matching.has_value()) std::sort(cap.matching->in.products.begin(), cap.matching->in.products.end());
    rules::Rule& rule = shop_.AddRule(absl::StrCat("r", i), cap);
    if (Below(6) == 0) rule.placements = {"mail"};
  }

  void AddExposure() {
    request_.customer.exposures.push_back({Below(10) == 0 ? "gone" : Id(Below(8)), static_cast<Intent>(Below(3)),
                                           static_cast<ExposureEvent>(std::max(0, Below(6) - 3)),
                                           TestNow() - absl::Minutes(30 * Below(40))});
  }

  // Whether product i is of the cap's set; the brand goes by the number.
  static bool IsInSet(const rules::Cap& cap, const std::string& id) {
    if (id == "gone") return false;
    const rules::ProductFilter& in = cap.matching->in;
    if (!in.brands.empty()) return in.brands[0] == absl::StrCat("b", (id[1] - '0') % 3);
    return std::find(in.products.begin(), in.products.end(), id) != in.products.end();
  }

  static bool HasIntent(const rules::Cap& cap, Intent intent) {
    return cap.intents.empty() || cap.intents[0] == rules::kIntentNames[static_cast<std::size_t>(intent)];
  }

  // Whether the exposure counts for the offer of `id` under the cap.
  static bool Counts(const rules::Cap& cap, const Exposure& exposure, const std::string& id) {
    if (TestNow() - exposure.time >= cap.within || !HasIntent(cap, *exposure.intent)) return false;
    if (cap.matching.has_value()) return IsInSet(cap, exposure.product_id);
    return !cap.intents.empty() || exposure.product_id == id;
  }

  bool IsReached(const rules::Cap& cap, const std::string& id) const {
    absl::Time begin = absl::InfinitePast();
    if (cap.after != rules::Cap::After::kAlways) begin = absl::InfiniteFuture();
    for (const Exposure& exposure : request_.customer.exposures) {
      const ExposureEvent trigger =
          cap.after == rules::Cap::After::kBought ? ExposureEvent::kBought : ExposureEvent::kDismissed;
      if (cap.after == rules::Cap::After::kAlways || exposure.event != trigger || !Counts(cap, exposure, id)) continue;
      begin = std::min(begin, exposure.time);
    }
    if (begin == absl::InfiniteFuture()) return false;
    std::set<absl::Time> answers;
    for (const Exposure& exposure : request_.customer.exposures) {
      if (exposure.event == ExposureEvent::kShown && exposure.time > begin && Counts(cap, exposure, id)) {
        answers.insert(exposure.time);
      }
    }
    return answers.size() >= cap.at_most;
  }

  bool IsCapped(int i, const std::string& slot) {
    const Intent intent = slot == "lower" ? Intent::kDownSell : slot == "higher" ? Intent::kUpSell : Intent::kCrossSell;
    for (const rules::Rule& rule : shop_.rules().rules) {
      const auto& cap = std::get<rules::Cap>(rule.action);
      if (!rule.placements.empty() || !HasIntent(cap, intent)) continue;
      if (cap.matching.has_value() && !IsInSet(cap, Id(i))) continue;
      if (IsReached(cap, Id(i))) return true;
    }
    return false;
  }

  std::mt19937 random_;
  Shop shop_;
  Request request_ = PageOf("anchor");
};

TEST(CustomerCapsProperty, OffersAreThoseOfASlowReading) {
  for (std::uint32_t seed = 0; seed < kShops; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    History(seed).Check();
  }
}

}  // namespace
}  // namespace awase::engine
