#include "relations/internal/top_lists.h"

#include <algorithm>
#include <random>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace awase::relations_internal {
namespace {

// Few distinct scores, so that ties decide.
std::vector<Candidate> RandomCandidates(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Candidate> candidates(size);
  for (std::size_t i = 0; i < size; ++i) {
    candidates[i] = {MakeKey(static_cast<float>(random() % 50) / 7, ProductAt(i)), static_cast<std::uint32_t>(i), 1};
  }
  std::shuffle(candidates.begin(), candidates.end(), random);
  return candidates;
}

// By score and product themselves, without the key.
std::vector<std::size_t> BestByDefinition(std::vector<Candidate> candidates, std::size_t k) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.score() != b.score() ? a.score() > b.score() : a.other() < b.other();
  });
  std::vector<std::size_t> best;
  for (std::size_t i = 0; i < std::min(k, candidates.size()); ++i) best.push_back(Slot(candidates[i].other()));
  return best;
}

std::vector<std::size_t> OthersOf(absl::Span<const Candidate> candidates) {
  std::vector<std::size_t> others;
  for (const Candidate& candidate : candidates) others.push_back(Slot(candidate.other()));
  return others;
}

TEST(MakeKey, GivesBackScoreAndProduct) {
  const Candidate candidate{MakeKey(0.375f, ProductAt(12345)), 0, 0};
  EXPECT_EQ(candidate.score(), 0.375f);
  EXPECT_EQ(candidate.other(), ProductAt(12345));
}

TEST(TopList, KeepsTheBestOfAnyNumberInAnyOrder) {
  for (const std::size_t size : {0, 1, 3, 31, 32, 33, 64, 65, 500, 5000}) {
    for (const std::size_t k : {1, 2, 7, 32, 64}) {
      const std::vector<Candidate> candidates = RandomCandidates(size, static_cast<unsigned>(size + k));
      TopList list;
      for (const Candidate& candidate : candidates) list.Offer(candidate, k);
      list.Sort(k);
      EXPECT_EQ(OthersOf(list.candidates()), BestByDefinition(candidates, k)) << size << " " << k;
    }
  }
}

TEST(TopList, IsEmptyAgainAfterClear) {
  TopList list;
  for (const Candidate& candidate : RandomCandidates(1000, 3)) list.Offer(candidate, 4);
  EXPECT_GT(list.bar(), 0u);
  list.Clear();
  EXPECT_EQ(list.bar(), 0u);
  EXPECT_TRUE(list.candidates().empty());
}

TEST(TopLists, AreTheSameWhateverThreadsFeedThem) {
  constexpr std::size_t kLists = 5;
  constexpr std::size_t kBest = 16;
  TopLists lists(kLists, kBest, /*is_shared=*/true);
  std::vector<std::vector<Candidate>> offers;
  for (unsigned t = 0; t < 4; ++t) offers.push_back(RandomCandidates(2000, t));
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (const Candidate& offer : offers[t]) {
        // Each product is offered to a list once: to the list of thread and product.
        const std::size_t list = (Slot(offer.other()) + t) % kLists;
        if (Slot(offer.other()) % 4 == t && offer.key > lists.bar(list)) {
          lists.Offer(list, absl::MakeConstSpan(&offer, 1));
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t list = 0; list < kLists; ++list) {
    std::vector<Candidate> all;
    for (unsigned t = 0; t < 4; ++t) {
      for (const Candidate& offer : offers[t]) {
        if (Slot(offer.other()) % 4 == t && (Slot(offer.other()) + t) % kLists == list) all.push_back(offer);
      }
    }
    EXPECT_EQ(OthersOf(lists.Sort(list)), BestByDefinition(all, kBest));
    lists.Free(list);
  }
}

}  // namespace
}  // namespace awase::relations_internal
