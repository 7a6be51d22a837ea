// Reload under load: while callers ask without pause, the rule folder is rewritten and models are switched. No request
// fails, and every answer agrees with its own revision.

#include <atomic>
#include <map>
#include <thread>

#include "awase/artefact/writer.h"
#include "awase/rules/load_rules.h"
#include "tests/integration/service/running_server.h"

namespace awase::testing {
namespace {

constexpr int kRounds = 40;
constexpr int kCallers = 3;

class ReloadTest : public RunningServerTest {
 protected:
  // Round k's set: two files that both carry k, and a set price of USD 500.00 + k cents.
  static std::vector<rules::RuleFile> RoundFiles(int round) {
    const std::string prefix = "k" + std::to_string(round);
    const std::string cents = (round < 10 ? "0" : "") + std::to_string(round);
    return {{"a.yaml", SetRule(prefix + "-set", "USD 500." + cents, prefix)},
            {"b.yaml", PinRule(prefix + "-pin", round % 2 == 0 ? "case" : "tripod")}};
  }

  // Why the answer is not exactly that of its revision; empty when it is.
  static std::string Disagreement(const v1::RecommendResponse& response,
                                  const std::map<std::string, int>& round_of_revision) {
    const auto found = round_of_revision.find(response.rule_revision());
    if (found == round_of_revision.end()) return "unknown revision " + response.rule_revision();
    const int round = found->second;
    const std::string prefix = "k" + std::to_string(round);
    const v1::Slot* bundle = FindSlot(response, "bundle");
    const v1::Slot* also_bought = FindSlot(response, "also_bought");
    if (bundle == nullptr || bundle->offers_size() != 1) return prefix + ": no bundle";
    const v1::Offer& set = bundle->offers(0);
    if (set.price().minor_units() != 50'000 + round || set.reason().text() != prefix) {
      return prefix + ": bundle of " + set.reason().text();
    }
    if (also_bought == nullptr || also_bought->offers_size() == 0) return prefix + ": nothing also bought";
    const v1::Offer& pin = also_bought->offers(0);
    const std::string pinned = round % 2 == 0 ? "case" : "tripod";
    if (pin.product().product_id() != pinned) return prefix + ": pinned " + pin.product().product_id();
    if (pin.reason().rule_ids_size() != 1 || pin.reason().rule_ids(0) != prefix + "-pin") return prefix + ": other pin";
    return "";
  }

  // Asks until stopped; counts answers and keeps the first complaint.
  struct Caller {
    std::atomic<int> answers{0};
    std::string complaint;
    std::thread thread;
  };

  void StartCallers(const std::map<std::string, int>& round_of_revision) {
    for (Caller& caller : callers_) {
      caller.thread = std::thread([this, &caller, &round_of_revision] {
        while (!stop_.load()) {
          v1::RecommendResponse response;
          const grpc::Status status = Recommend(CameraPage(), &response);
          const std::string problem =
              status.ok() ? Disagreement(response, round_of_revision) : "failed: " + status.error_message();
          if (!problem.empty() && caller.complaint.empty()) caller.complaint = problem;
          caller.answers.fetch_add(1);
        }
      });
    }
  }

  void WaitForAnswers() {
    for (Caller& caller : callers_) {
      const int before = caller.answers.load();
      while (caller.answers.load() < before + 2) std::this_thread::yield();
    }
  }

  void StopCallers() {
    stop_.store(true);
    for (Caller& caller : callers_) {
      caller.thread.join();
      EXPECT_EQ(caller.complaint, "");
    }
  }

  void WriteRound(int round, std::size_t from, std::size_t to) {
    const std::vector<rules::RuleFile> files = RoundFiles(round);
    for (std::size_t i = from; i < to; ++i) WriteRules(files[i].name, files[i].content);
  }

  std::atomic<bool> stop_{false};
  Caller callers_[kCallers];
};

TEST_F(ReloadTest, RulesAreReplacedUnderLoadWithoutAFailureOrAMix) {
  std::map<std::string, int> round_of_revision;
  for (int round = 0; round <= kRounds; ++round) {
    const rules::LoadResult loaded = rules::LoadRules(RoundFiles(round), nullptr);
    ASSERT_NE(loaded.rules, nullptr);
    round_of_revision[loaded.rules->revision] = round;
  }
  ASSERT_EQ(round_of_revision.size(), static_cast<std::size_t>(kRounds) + 1);
  WriteRound(0, 0, 2);
  StartServer({});
  StartCallers(round_of_revision);
  for (int round = 1; round <= kRounds; ++round) {
    WriteRound(round, 0, 1);
    reloader_->CheckNow();  // in the middle of the copy
    WriteRound(round, 1, 2);
    Settle();
    EXPECT_EQ(round_of_revision[reloader_->status().rule_revision], round);
    WaitForAnswers();
    if (round % 5 == 0) {
      WriteRules("b.yaml", "rules:\n  - id: [broken\n");
      Settle();
      EXPECT_EQ(round_of_revision[reloader_->status().rule_revision], round);
      WaitForAnswers();
    }
  }
  StopCallers();
  EXPECT_EQ(reloader_->status().failures, static_cast<std::uint64_t>(kRounds) / 5);
}

TEST_F(ReloadTest, ModelsAreSwitchedUnderLoadAndABrokenOneIsNeverServed) {
  WriteRound(0, 0, 2);
  StartServer({});
  const std::map<std::string, int> round_of_revision = {{reloader_->status().rule_revision, 0}};
  const std::string first = reloader_->status().model_version;
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string second, WriteCameraShop(Models(), 1100, /*activate=*/false));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string broken, WriteCameraShop(Models(), 1200, /*activate=*/false));
  AWASE_ASSERT_OK(BreakVersion(Models(), broken));
  StartCallers(round_of_revision);
  for (int round = 0; round < 5; ++round) {
    for (const std::string& good : {second, first}) {
      AWASE_ASSERT_OK(artefact::ActivateVersion(Models(), good));
      reloader_->CheckNow();
      EXPECT_EQ(reloader_->status().model_version, good);
      EXPECT_FALSE(reloader_->degraded());
      WaitForAnswers();
      AWASE_ASSERT_OK(ReplaceFile(JoinPath(Models(), "ACTIVE"), broken + "\n"));
      reloader_->CheckNow();
      EXPECT_EQ(reloader_->status().model_version, good);
      EXPECT_TRUE(reloader_->degraded());
      WaitForAnswers();
    }
  }
  StopCallers();
}

}  // namespace
}  // namespace awase::testing
