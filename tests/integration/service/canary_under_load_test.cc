// While callers ask without pause, a version is tried out and stopped, its share changes, rules are published and other
// versions are activated. No request fails, every answer is as a whole that of the version and the rules that it names,
// and who has no id never gets the version that is tried out.

#include <array>
#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/integration/service/running_server.h"

namespace awase::testing {
namespace {

class CanaryUnderLoadTest : public RunningServerTest {
 protected:
  using State = std::pair<std::string, std::string>;  // version and rule revision

  void SetUp() override {
    RunningServerTest::SetUp();
    versions_[0] = reloader_->status().model_version;
    for (std::size_t i = 1; i < versions_.size(); ++i) {
      AWASE_ASSERT_OK_AND_ASSIGN(versions_[i],
                                 WriteCameraShop(Models(), 1000 + 100 * static_cast<int>(i), /*activate=*/false));
    }
    for (std::size_t i = versions_.size(); i-- > 0;) {
      Activate(i);
      for (int rules = 2; rules-- > 0;) {
        Publish(rules);
        v1::RecommendResponse answer;
        ASSERT_TRUE(Recommend(CameraPage(), &answer).ok());
        const State state = {answer.model_version(), answer.rule_revision()};
        contents_[state] = ContentOf(std::move(answer));
      }
    }
    ASSERT_EQ(contents_.size(), 2 * versions_.size());
  }

  void Activate(std::size_t version) { AWASE_ASSERT_OK(reloader_->ActivateModel(versions_[version], "").status()); }
  void TryOut(std::uint32_t share) { AWASE_ASSERT_OK(reloader_->StartCanary({versions_[2], share}, "").status()); }
  void Publish(int rules) {
    AWASE_ASSERT_OK(
        reloader_->Publish({{"a.yaml", PinRule(absl::StrCat("pin", rules), rules == 0 ? "case" : "tripod")}}, {})
            .status());
  }

  static std::string ContentOf(v1::RecommendResponse answer) {
    answer.clear_token();
    return answer.SerializeAsString();
  }

  std::string Complaint(const grpc::Status& status, const v1::RecommendResponse& answer, bool has_id) const {
    if (!status.ok()) return "failed: " + status.error_message();
    const auto expected = contents_.find({answer.model_version(), answer.rule_revision()});
    if (expected == contents_.end()) return "never served: " + answer.ShortDebugString();
    if (expected->second != ContentOf(answer)) return "mixed: " + answer.ShortDebugString();
    return !has_id && answer.model_version() == versions_[2] ? "the canary's, for nobody" : "";
  }

  struct Caller {
    std::atomic<int> answers{0};
    std::atomic<int> canary_answers{0};
    std::string complaint;
    std::thread thread;
  };

  void Ask(Caller* caller) {
    for (int i = 0; !stop_.load(); ++i) {
      v1::RecommendRequest request = CameraPage();
      const bool has_id = i % 4 != 0;
      if (has_id) request.mutable_customer()->set_id(absl::StrCat("customer-", i % 64));
      v1::RecommendResponse answer;
      const grpc::Status status = Recommend(request, &answer);
      const std::string complaint = Complaint(status, answer, has_id);
      if (!complaint.empty() && caller->complaint.empty()) caller->complaint = complaint;
      if (answer.model_version() == versions_[2]) caller->canary_answers.fetch_add(1);
      caller->answers.fetch_add(1);
    }
  }

  void WaitForAnswers() {
    for (Caller& caller : callers_) {
      const int before = caller.answers.load();
      while (caller.answers.load() < before + 8) std::this_thread::yield();
    }
  }

  std::array<std::string, 3> versions_;  // the last is the one that is tried out
  std::map<State, std::string> contents_;
  std::atomic<bool> stop_{false};
  std::array<Caller, 3> callers_;
};

TEST_F(CanaryUnderLoadTest, NothingIsDroppedOrMixed) {
  for (Caller& caller : callers_) caller.thread = std::thread([this, &caller] { Ask(&caller); });
  for (std::size_t round = 0; round < 12; ++round) {
    TryOut(3000);
    WaitForAnswers();
    Publish(round % 2 == 0 ? 1 : 0);
    WaitForAnswers();
    TryOut(9000);
    Activate(round % 2 == 0 ? 1 : 0);
    WaitForAnswers();
    AWASE_EXPECT_OK(reloader_->StopCanary("").status());
    reloader_->CheckNow();
    WaitForAnswers();
  }
  stop_.store(true);
  for (Caller& caller : callers_) {
    caller.thread.join();
    EXPECT_EQ(caller.complaint, "");
    EXPECT_GT(caller.canary_answers.load(), 0);
  }
}

}  // namespace
}  // namespace awase::testing
