#include "awase/comparison/evaluate.h"

#include <cstdlib>
#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "gmock/gmock.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::comparison {
namespace {

using ::awase::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Puts TMPDIR back at the end.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::string& path) {
    if (const char* before = std::getenv("TMPDIR")) before_ = before;
    setenv("TMPDIR", path.c_str(), /*overwrite=*/1);
  }
  ~TemporaryFolder() { before_.empty() ? unsetenv("TMPDIR") : setenv("TMPDIR", before_.c_str(), 1); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

 private:
  std::string before_;
};

class Evaluating : public ::testing::Test {
 protected:
  EvaluateOptions Options() const {
    std::string rows = "order_id,product_id,ordered_at\n";
    for (int order = 0; order < 200; ++order) {
      for (int line = 0; line < 2; ++line) {
        absl::StrAppend(&rows, "o", order, ",p", (order + line) % 10, ",2024-0", 1 + order / 40, "-01\n");
      }
    }
    EvaluateOptions options;
    options.training.orders = {dir_.Write("orders.csv", rows)};
    options.training.tune = false;
    options.training.tune_cart = false;
    return options;
  }

  testing::TempDir dir_;
};

TEST_F(Evaluating, HasNothingTemporaryLeftWhenItCompares) {
  AWASE_ASSERT_OK(MakeDirectories(dir_.Join("temporary")));
  const TemporaryFolder temporary(dir_.Join("temporary"));
  EvaluateOptions options = Options();
  options.questions_dir = dir_.Join("questions");
  int calls = 0;
  options.on_comparing = [&] {
    ++calls;
    EXPECT_TRUE(std::filesystem::is_empty(dir_.Join("temporary")));
    EXPECT_FALSE(std::filesystem::is_empty(dir_.Join("questions")));
  };
  AWASE_EXPECT_OK(Evaluate(options).status());
  EXPECT_EQ(calls, 1);
}

TEST_F(Evaluating, FindsOutAtOnceThatItCannotWrite) {
  EvaluateOptions options = Options();
  options.training.progress = [](const trainer::TrainProgress& /*progress*/) { ADD_FAILURE() << "has begun"; };
  const std::string file = dir_.Write("file", "");
  options.questions_dir = file;
  EXPECT_THAT(std::string(Evaluate(options).status().message()),
              AllOf(HasSubstr(absl::StrCat("--questions cannot be written: ", file)), Not(HasSubstr("probe"))));
  options.questions_dir.clear();
  {
    const TemporaryFolder nowhere(dir_.Join("nowhere"));
    EXPECT_THAT(Evaluate(options), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("TMPDIR")));
  }
  const TemporaryFolder closed("/proc/self/fdinfo");  // there, but nobody can make files in it
  EXPECT_THAT(std::string(Evaluate(options).status().message()),
              HasSubstr("the temporary folder (TMPDIR) cannot be written: /proc/self/fdinfo: "));
}

}  // namespace
}  // namespace awase::comparison
