#include "service/answer_counts.h"

#include <cstddef>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"

namespace awase::service {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string TextOf(const AnswerCounts& counts) {
  MetricsText metrics;
  counts.Write(&metrics);
  return metrics.text();
}

engine::Answer TwoSlots() {
  engine::Answer answer;
  answer.slots.resize(2);
  engine::Slot& row = answer.slots[0];
  row.name = "also_bought";
  row.offers.resize(2);
  row.removed[static_cast<std::size_t>(engine::RemovalCause::kOutOfStock)] = 3;
  row.removed[static_cast<std::size_t>(engine::RemovalCause::kExcluded)] = 1;
  answer.slots[1].name = "bundle";
  return answer;
}

TEST(AnswerCounts, CountsSlotsByPlacement) {
  AnswerCounts counts(*engine::PlacementTable::BuiltIn());
  counts.Add("", TwoSlots(), absl::Microseconds(70));  // the product page
  counts.Add("product_page", TwoSlots(), absl::Microseconds(70));
  const std::string text = TextOf(counts);
  EXPECT_THAT(text, HasSubstr("awase_answer_seconds_count{placement=\"product_page\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("awase_slots_total{placement=\"product_page\",slot=\"also_bought\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("awase_slots_empty_total{placement=\"product_page\",slot=\"also_bought\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("awase_slots_empty_total{placement=\"product_page\",slot=\"bundle\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("awase_offers_total{placement=\"product_page\",slot=\"also_bought\"} 4\n"));
  EXPECT_THAT(text, HasSubstr("{placement=\"product_page\",slot=\"also_bought\",cause=\"OUT_OF_STOCK\"} 6\n"));
  EXPECT_THAT(text, HasSubstr("{placement=\"product_page\",slot=\"also_bought\",cause=\"EXCLUDED\"} 2\n"));
  EXPECT_THAT(text, Not(HasSubstr("IN_CART"))) << "no line for what has not come";
  EXPECT_THAT(text, HasSubstr("awase_slots_total{placement=\"cart\",slot=\"also_bought\"} 0\n"));
}

TEST(AnswerCounts, CountsWhichVersionAnswered) {
  AnswerCounts counts(*engine::PlacementTable::BuiltIn());
  for (const bool is_canary : {false, true, false}) counts.AddVersion(is_canary);
  EXPECT_THAT(TextOf(counts), HasSubstr("awase_answers_total{version=\"active\"} 2\n"));
  EXPECT_THAT(TextOf(counts), HasSubstr("awase_answers_total{version=\"canary\"} 1\n"));
}

TEST(AnswerCounts, HasNoRowForWhatAnybodyMaySay) {
  AnswerCounts counts(*engine::PlacementTable::BuiltIn());
  const std::string before = TextOf(counts);
  counts.Add("made_up", TwoSlots(), absl::Microseconds(70));
  engine::Answer answer;
  answer.slots.emplace_back().name = "made_up";
  counts.Add("cart", answer, absl::ZeroDuration());
  EXPECT_THAT(TextOf(counts), Not(HasSubstr("made_up")));
  EXPECT_NE(TextOf(counts), before) << "the cart was answered";
}

TEST(AnswerCounts, LosesNothingAmongThreads) {
  AnswerCounts counts(*engine::PlacementTable::BuiltIn());
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&counts] {
      for (int i = 0; i < 1000; ++i) counts.Add("", TwoSlots(), absl::Milliseconds(1));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(TextOf(counts), HasSubstr("awase_answer_seconds_count{placement=\"product_page\"} 4000\n"));
  EXPECT_THAT(TextOf(counts), HasSubstr("cause=\"OUT_OF_STOCK\"} 12000\n"));
}

}  // namespace
}  // namespace awase::service
