#ifndef AWASE_TESTS_UNIT_ENGINE_SHOP_H_
#define AWASE_TESTS_UNIT_ENGINE_SHOP_H_

// What the engine's tests share: a shop under construction, rules for it, and questions to it.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/engine/recommend.h"
#include "awase/rules/rule_set.h"
#include "tests/testing/model_builder.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::engine {

inline constexpr relations::RelationKind kTogether = relations::RelationKind::kBoughtTogether;
inline constexpr relations::RelationKind kAlso = relations::RelationKind::kAlsoBought;
inline constexpr ladder::Direction kDown = ladder::Direction::kLower;
inline constexpr ladder::Direction kUp = ladder::Direction::kHigher;

inline CurrencyCode Currency(absl::string_view code) { return *CurrencyCode::Parse(code); }
inline Money Usd(std::int64_t minor_units) { return {minor_units, Currency("USD")}; }

// Noon of a day on which the tests' rules are in force unless they say otherwise.
inline absl::Time TestNow() { return absl::FromCivil(absl::CivilHour(2025, 7, 1, 12), absl::UTCTimeZone()); }

class Shop {
 public:
  testing::ModelBuilder& model() { return model_; }

  // Rules must be added in the order of a rule set: by falling priority.
  rules::Rule& AddRule(absl::string_view id, rules::Action action) {
    rules::Rule rule;
    rule.id = std::string(id);
    rule.action = std::move(action);
    rules_.rules.push_back(std::move(rule));
    return rules_.rules.back();
  }
  rules::RuleSet& rules() { return rules_; }

  // Of everything said so far; later changes of rules need a new call.
  std::shared_ptr<const Snapshot> Snap() {
    if (built_ == nullptr) {
      auto built = model_.Build(temp_dir_.path());
      EXPECT_TRUE(built.ok()) << built.status();
      built_ = *built;
    }
    return Snapshot::Create(built_, std::make_shared<rules::RuleSet>(rules_));
  }

  Answer Ask(const Request& request, absl::Time now = TestNow()) {
    auto answer = Recommend(*Snap(), request, now);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? *std::move(answer) : Answer();
  }

  std::string IdOf(ProductIndex product) { return std::string(Snap()->model().product(product).product_id()); }

  // Ids of a slot's offers, in order.
  std::vector<std::string> Ids(const Slot& slot) {
    std::vector<std::string> ids;
    for (const Offer& offer : slot.offers) ids.push_back(IdOf(offer.product));
    return ids;
  }
  // Ids of a bundle's lines, in order.
  std::vector<std::string> Lines(const Offer& offer) {
    std::vector<std::string> ids;
    if (!offer.bundle.has_value()) return ids;
    for (const BundleLine& line : offer.bundle->lines) ids.push_back(IdOf(line.product));
    return ids;
  }

 private:
  testing::TempDir temp_dir_;
  testing::ModelBuilder model_;
  rules::RuleSet rules_{"test", {}};
  std::shared_ptr<const artefact::Model> built_;
};

inline Request PageOf(absl::string_view product_id) {
  Request request;
  request.product_ids = {std::string(product_id)};
  return request;
}

inline Request CartOf(const std::vector<std::string>& product_ids) {
  Request request;
  request.placement = "cart";
  for (const std::string& id : product_ids) request.cart.push_back({id, 1});
  return request;
}

inline const Slot& SlotOf(const Answer& answer, absl::string_view name) {
  static const Slot* const kNone = new Slot();
  for (const Slot& slot : answer.slots) {
    if (slot.name == name) return slot;
  }
  ADD_FAILURE() << "no slot " << name;
  return *kNone;
}

inline std::uint32_t Removed(const Slot& slot, RemovalCause cause) {
  return slot.removed[static_cast<std::size_t>(cause)];
}

inline std::uint32_t RemovedInAll(const Slot& slot) {
  std::uint32_t total = 0;
  for (const std::uint32_t count : slot.removed) total += count;
  return total;
}

}  // namespace awase::engine

#endif  // AWASE_TESTS_UNIT_ENGINE_SHOP_H_
