#include "apps/awase/usage_error.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::apps {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// What `awase <words>` says on stderr, of an awase with a few commands.
std::string Refusal(std::vector<std::string> words) {
  CLI::App app("", "awase");
  app.require_subcommand(1);
  CLI::App* train = app.add_subcommand("train");
  std::vector<std::string> orders;
  std::string out;
  int top = 0;
  train->add_option("--orders", orders);
  train->add_option("--out", out)->required();
  train->add_option("--top", top)->check(CLI::Range(1, 5));
  CLI::App* models = app.add_subcommand("models");
  models->require_subcommand(1);
  models->add_subcommand("list");
  models->add_subcommand("verify");
  std::reverse(words.begin(), words.end());  // as CLI11 wants a vector
  try {
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    return UsageErrorText(&app, error);
  }
  return "";
}

TEST(UsageError, AMisspeltCommandIsHeldAgainstTheOthers) {
  EXPECT_EQ(Refusal({"trian"}),
            "awase: awase has no command trian; did you mean train?\nRun awase --help for more information.\n");
  EXPECT_THAT(Refusal({"modles", "list"}), HasSubstr("no command modles; did you mean models?"));
  EXPECT_EQ(Refusal({"models", "lst"}),
            "awase: awase models has no command lst; did you mean list?\n"
            "Run awase models --help for more information.\n");
}

TEST(UsageError, ACommandThatIsLikeNoneGetsTheList) {
  EXPECT_THAT(Refusal({"teach"}), HasSubstr("awase has no command teach; it has train, models\n"));
}

TEST(UsageError, AMisspeltFlagIsNamedWithoutItsValue) {
  EXPECT_EQ(Refusal({"train", "--ordrs", "x", "--out", "m"}),
            "awase: awase train has no flag --ordrs; did you mean --orders?\n"
            "Run awase train --help for more information.\n");
  EXPECT_THAT(Refusal({"train", "--order=x", "--out", "m"}), HasSubstr("--order; did you mean --orders?"));
}

TEST(UsageError, AMisspeltFlagComesBeforeWhatIsMissingForIt) {
  EXPECT_THAT(Refusal({"train", "--orders", "x", "--ot", "m"}),
              AllOf(HasSubstr("no flag --ot; did you mean --out?"), Not(HasSubstr("required"))));
}

TEST(UsageError, AFlagThatIsLikeNoneIsNamed) {
  const std::string text = Refusal({"train", "--min-support", "0", "--out", "m"});
  EXPECT_THAT(text, AllOf(HasSubstr("awase train has no flag --min-support\n"), Not(HasSubstr("mean"))));
}

TEST(UsageError, OtherErrorsKeepTheirWords) {
  EXPECT_THAT(Refusal({"train"}), HasSubstr("awase: --out is required\nRun awase train --help"));
  EXPECT_THAT(Refusal({"train", "--top", "9", "--surprise", "--out", "m"}), HasSubstr("awase: --top: "));
}

TEST(UsageError, AWordTooManyIsNamed) {
  EXPECT_THAT(Refusal({"models", "list", "extra"}), HasSubstr("awase models list: nothing is known to do with extra"));
}

}  // namespace
}  // namespace awase::apps
