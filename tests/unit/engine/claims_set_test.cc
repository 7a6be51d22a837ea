#include "engine/claims_set.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;

class ClaimsSet : public ::testing::Test {
 protected:
  // The camera's claims, by falling score.
  void Claim(const std::vector<std::string>& ids) {
    shop_.model().Add("camera", 10000);
    std::uint32_t together = 50;
    for (const std::string& id : ids) {
      shop_.model().Add(id, 1000);
      shop_.model().Relate(kTogether, "camera", id, {.together = together});
      together -= 5;
    }
  }
  std::vector<std::string> Set() {
    slot_ = SlotOf(shop_.Ask(PageOf("camera")), "bundle");
    return slot_.offers.empty() ? std::vector<std::string>() : shop_.Lines(slot_.offers[0]);
  }

  Shop shop_;
  Slot slot_;
};

TEST_F(ClaimsSet, WhatIsClaimedWithTheRestOvertakesWhatIsNot) {
  Claim({"film", "bag", "card"});
  shop_.model().Relate(kTogether, "film", "card", {.together = 30});
  EXPECT_THAT(Set(), ElementsAre("camera", "film", "card"));
}

TEST_F(ClaimsSet, AFourthProductIsClaimedWithMoreThanTheAnchor) {
  Claim({"film", "bag", "card"});
  for (const auto& [a, b] : {std::pair("film", "bag"), {"film", "card"}, {"bag", "card"}}) {
    shop_.model().Relate(kTogether, a, b, {.together = 30});
  }
  EXPECT_THAT(Set(), ElementsAre("camera", "film", "bag", "card"));
}

TEST_F(ClaimsSet, FourAreFull) {
  Claim({"film", "bag", "card", "strap"});
  for (const auto& [a, b] : {std::pair("film", "bag"), {"film", "card"}, {"bag", "card"}}) {
    shop_.model().Relate(kTogether, a, b, {.together = 30});
  }
  EXPECT_EQ(Set().size(), 4U);
  EXPECT_EQ(Removed(slot_, RemovalCause::kLimit), 1U);
}

TEST_F(ClaimsSet, AWeakThirdProductIsNotWorthAPlace) {
  Claim({"film"});
  shop_.model().Add("bag", 1000);
  shop_.model().Relate(kTogether, "camera", "bag", {.together = 13});  // 13 · ¾ < 0.3 · 50
  EXPECT_THAT(Set(), ElementsAre("camera", "film"));
  EXPECT_EQ(Removed(slot_, RemovalCause::kNoEvidence), 1U);
}

TEST_F(ClaimsSet, ASetCostsAtMostFourTimesTheAnchor) {
  Claim({"lens", "film"});
  shop_.model().Add("tripod", 30000);
  shop_.model().Add("house", 30001);
  shop_.model().Relate(kTogether, "camera", "house", {.together = 99});
  shop_.model().Relate(kTogether, "camera", "tripod", {.together = 98});
  EXPECT_THAT(Set(), ElementsAre("camera", "tripod")) << "40,000 is just allowed, and leaves nothing for the lens";
  EXPECT_EQ(Removed(slot_, RemovalCause::kPriceOutOfBounds), 3U);
}

TEST_F(ClaimsSet, TwoSubstitutesAreNoSet) {
  Claim({"film", "other_film", "bag"});
  shop_.model().Relate(kTogether, "other_film", "film",
                       {.together = 30, .claim = false, .entry_class = relations::EntryClass::kSubstitute});
  EXPECT_THAT(Set(), ElementsAre("camera", "film", "bag"));
  EXPECT_EQ(Removed(slot_, RemovalCause::kSubstitute), 1U);
}

// The definition, without looking for a short way: all claims weighed, each gain from the lists.
struct Reference {
  std::map<std::string, std::int64_t> price;
  std::map<std::string, std::string> type;
  std::map<std::string, std::map<std::string, testing::PairCounts>> lists;

  bool IsClaim(const std::string& a, const std::string& b) const {
    const auto list = lists.find(a);
    return list != lists.end() && list->second.count(b) > 0 && list->second.at(b).claim;
  }
  bool Contradict(const std::string& a, const std::string& b) const {
    for (const auto& [x, y] : {std::pair(a, b), std::pair(b, a)}) {
      const auto list = lists.find(x);
      if (list == lists.end() || list->second.count(y) == 0) continue;
      return list->second.at(y).together <= 1;  // 100 · 100 / 10,000 by chance
    }
    return false;
  }
  bool MayJoin(const std::vector<std::string>& set, const std::string& id, std::int64_t total) const {
    if (total + price.at(id) > 4 * price.at(set[0])) return false;
    for (std::size_t i = 0; i < set.size(); ++i) {
      if (!type.at(id).empty() && type.at(id) == type.at(set[i])) return false;
      if (i > 0 && Contradict(set[i], id)) return false;
    }
    return true;
  }
  std::vector<std::string> Best(const std::string& anchor) const {
    std::vector<std::string> set = {anchor};
    std::set<std::string> left;
    for (const auto& [id, counts] : lists.at(anchor)) {
      if (counts.claim) left.insert(id);
    }
    std::int64_t total = price.at(anchor);
    double first_score = 0;
    while (set.size() < 4) {
      double best_gain = set.size() == 1 ? 0 : first_score * (set.size() == 2 ? 0.3 : 0.7);
      std::string best;
      for (const std::string& id : left) {
        double support = 1;
        for (std::size_t i = 1; i < set.size(); ++i) support += IsClaim(set[i], id) ? 1 : 0.5;
        const double gain = lists.at(anchor).at(id).score * support / static_cast<double>(set.size());
        if ((best.empty() ? gain >= best_gain : gain > best_gain) && MayJoin(set, id, total)) {
          best = id;
          best_gain = gain;
        }
      }
      if (best.empty()) break;
      if (set.size() == 1) first_score = lists.at(anchor).at(best).score;
      left.erase(best);
      set.push_back(best);
      total += price.at(best);
    }
    return set;
  }
};

TEST(ClaimsSetDifferential, IsTheSetOfTheDefinition) {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    std::mt19937 random(seed);
    Shop shop;
    Reference reference;
    std::vector<std::string> ids;
    for (int p = 0; p < 8; ++p) {  // an anchor and seven others: all are weighed
      const std::string id = absl::StrCat("p", p);
      ids.push_back(id);
      reference.price[id] = static_cast<std::int64_t>(100 + random() % 200);
      reference.type[id] = random() % 2 == 0 ? "" : absl::StrCat("t", random() % 5);
      shop.model().Add(id, reference.price[id]).product_type = reference.type[id];
    }
    for (const std::string& a : ids) {
      for (const std::string& b : ids) {
        if (a == b || (a != "p0" && random() % 2 == 0)) continue;
        // Scores that differ: which of two equal gains wins is not part of the definition.
        testing::PairCounts counts{.together = static_cast<std::uint32_t>(1 + random() % 3),
                                   .score = 10 + static_cast<double>(random() % 100'000) / 1000};
        counts.claim = counts.together > 1 && random() % 3 > 0;
        reference.lists[a][b] = counts;
        shop.model().Relate(kTogether, a, b, counts);
      }
    }
    const Slot slot = SlotOf(shop.Ask(PageOf("p0")), "bundle");
    const std::vector<std::string> expected = reference.Best("p0");
    if (expected.size() == 1) {
      EXPECT_TRUE(slot.offers.empty()) << seed;
    } else {
      ASSERT_EQ(slot.offers.size(), 1U) << seed << " " << slot.empty_reason;
      EXPECT_EQ(shop.Lines(slot.offers[0]), expected) << seed;
    }
    EXPECT_EQ(RemovedInAll(slot) + expected.size() - 1, reference.lists["p0"].size()) << "each is sold or counted";
  }
}

}  // namespace
}  // namespace awase::engine
