#include "service/admission.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/base/sha256.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::service {
namespace {

using ::awase::testing::StatusIs;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const ListenAddress kLocal = {"127.0.0.1", 0};
const ListenAddress kEverywhere = {"0.0.0.0", 0};

class AdmissionTest : public ::testing::Test {
 protected:
  std::unique_ptr<Admission> Of(access::Settings settings) {
    absl::StatusOr<std::unique_ptr<Admission>> admission = Admission::Create(std::move(settings));
    EXPECT_TRUE(admission.ok()) << admission.status();
    return *std::move(admission);
  }
  std::string Write(const std::string& token) {
    return dir_.Write("tokens", absl::StrCat("web storefront ", Sha256Hex(token), "\n"));
  }

  testing::TempDir dir_;
};

TEST_F(AdmissionTest, SaysWhatIsOffWhereOthersReachTheServer) {
  const auto nothing_said = Of({});
  EXPECT_EQ(nothing_said->NoticeOf("gRPC on localhost:1", kLocal, false), "");
  EXPECT_THAT(nothing_said->NoticeOf("gRPC on 0.0.0.0:1", kEverywhere, false),
              AllOf(HasSubstr("gRPC on 0.0.0.0:1 can be reached from other machines: only"),
                    HasSubstr("Rules, feeds and metrics are off: access: in the file of --config")));
  EXPECT_TRUE(nothing_said->ControlOf(kLocal).is_open());
  EXPECT_FALSE(nothing_said->ControlOf(kEverywhere).is_open());
}

TEST_F(AdmissionTest, WarnsOfWhatOthersCanDoOrRead) {
  EXPECT_THAT(Of({.anonymous = access::RoleSet::All()})->NoticeOf("gRPC", kEverywhere, true),
              HasSubstr("gives whoever reaches it storefront, feed, merchandiser, operator"));
  EXPECT_EQ(Of({.anonymous = access::RoleSet()})->NoticeOf("gRPC", kEverywhere, false), "");
  const auto with_tokens = Of({.token_file = Write("t1")});
  EXPECT_THAT(with_tokens->NoticeOf("gRPC", kEverywhere, false), HasSubstr("tokens can be read on their way"));
  EXPECT_EQ(with_tokens->NoticeOf("gRPC", kEverywhere, true), "");
  EXPECT_EQ(with_tokens->NoticeOf("gRPC", kLocal, false), "");
}

TEST_F(AdmissionTest, DoesNotComeToBeWithABrokenTokenFile) {
  EXPECT_THAT(Admission::Create({.token_file = dir_.Join("nothing")}), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(AdmissionTest, TellsWhatBecameOfAChangedFile) {
  const auto admission = Of({.token_file = Write("t1")});
  std::vector<std::string> said;
  const auto note = [&said](const std::string& sentence) { said.push_back(sentence); };
  const auto settle = [&] {
    for (int look = 0; look < 3; ++look) admission->Look(note, note);
  };
  settle();
  EXPECT_THAT(said, ElementsAre());
  Write("t2");
  settle();
  EXPECT_THAT(said, ElementsAre("the tokens of the token file hold now"));
  dir_.Write("tokens", "web\n");
  settle();
  ASSERT_EQ(said.size(), 2U);
  EXPECT_THAT(said[1], AllOf(HasSubstr("the tokens that held go on doing so"), HasSubstr("tokens:1:1: want NAME")));
  EXPECT_EQ(admission->problem().empty(), false);
}

}  // namespace
}  // namespace awase::service
