// The binary itself: serve, recommend and rules validate, their outputs, exit codes and refusals.

#include <signal.h>
#include <sys/wait.h>

#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"
#include "awase/base/sha256.h"
#include "awase/service/client.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/testing/camera_shop.h"
#include "tests/testing/certificates.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

struct Outcome {
  int exit_code = -1;
  std::string text;  // stdout and stderr
};

std::string ReadAll(std::FILE* pipe) {
  std::string text;
  char block[4096];
  while (const std::size_t count = std::fread(block, 1, sizeof(block), pipe)) text.append(block, count);
  return text;
}

// Runs `awase <arguments>` with the shell.
Outcome Awase(const std::string& arguments) {
  std::FILE* pipe = popen(absl::StrCat(AWASE_BINARY_DIR, "/awase ", arguments, " 2>&1").c_str(), "r");
  Outcome outcome;
  outcome.text = ReadAll(pipe);
  const int status = pclose(pipe);
  if (WIFEXITED(status)) outcome.exit_code = WEXITSTATUS(status);
  return outcome;
}

class CommandLineTest : public ::testing::Test {
 protected:
  void SetUp() override {
    AWASE_ASSERT_OK_AND_ASSIGN(version_, WriteCameraShop(Models()));
    dir_.Write("rules/a.yaml", SetRule("set", "USD 505.00", "Both"));
  }
  std::string Models() const { return dir_.Join("models"); }
  std::string Rules() const { return dir_.Join("rules"); }

  TempDir dir_;
  std::string version_;
};

TEST_F(CommandLineTest, RecommendOnAModelShowsThePage) {
  const Outcome outcome = Awase(absl::StrCat("recommend --product camera --model ", Models(), " --rules ", Rules()));
  EXPECT_EQ(outcome.exit_code, 0) << outcome.text;
  EXPECT_THAT(outcome.text, AllOf(HasSubstr("Camera (camera)"), HasSubstr("USD 505.00"), HasSubstr("LOWER"),
                                  HasSubstr("HIGHER"), HasSubstr("ALSO BOUGHT"), Not(HasSubstr("\x1b"))));
}

TEST_F(CommandLineTest, TheCurrencyAskedForIsTheOneOfThePage) {
  const std::string command = absl::StrCat("recommend --product camera --model ", Models(), " --currency ");
  EXPECT_THAT(Awase(command + "usd").text, AllOf(HasSubstr("USD 500.00"), Not(HasSubstr("none in"))));
  EXPECT_THAT(Awase(command + "jpy").text, HasSubstr("USD 500.00, none in JPY"));
}

TEST_F(CommandLineTest, RecommendAsJsonIsTheResponse) {
  const std::string customer = dir_.Write("customer.json", R"({"owned_product_ids": ["tripod"]})");
  const Outcome outcome =
      Awase(absl::StrCat("recommend --product camera --format json --explain --cart film --customer ", customer,
                         " --at 2026-07-01 --currency usd --max-offers 3 --model ", Models()));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.text;
  const nlohmann::json page = nlohmann::json::parse(outcome.text);
  EXPECT_EQ(page["model_version"], version_);
  EXPECT_EQ(page["slots"].size(), 4u);
  EXPECT_THAT(page["trace"].dump(), AllOf(HasSubstr("IN_CART"), HasSubstr("OWNED")));
}

TEST_F(CommandLineTest, ACustomerFileIsRefusedInItsOwnWords) {
  const auto refusal = [this](const std::string& json) {
    const std::string customer = dir_.Write("customer.json", json);
    const Outcome outcome = Awase(
        absl::StrCat("recommend --product camera --placement renewal --customer ", customer, " --model ", Models()));
    EXPECT_EQ(outcome.exit_code, 1) << json;
    return outcome.text;
  };
  EXPECT_THAT(refusal(R"({"usage": [{"metric": "gb", "quantity": 1}]})"),
              HasSubstr("customer.json: field usage[0].period: missing: want the interval"));
  EXPECT_THAT(refusal(R"({"usage": [{"period": "a", "quantity": 1}]})"),
              HasSubstr("customer.json: field usage[0].metric: missing"));
  EXPECT_THAT(refusal(R"({"usage": [{"metric": "gb", "period": "a", "quantity": -3}]})"),
              HasSubstr("customer.json: field usage[0].quantity: "));
  EXPECT_THAT(refusal(R"({"subscription": {"seats": 0}})"),
              HasSubstr("customer.json: field subscription.seats: 0 is out of range"));
  EXPECT_THAT(refusal(R"({"usage": 3})"), HasSubstr("customer.json: field usage: 3 is not a list"));
  EXPECT_THAT(refusal(R"({"id": )" + std::string(1'000'000, '[') + std::string(1'000'000, ']') + "}"),
              HasSubstr("customer.json: lists and objects in each other: want at most 32 levels"));
}

TEST_F(CommandLineTest, IdsOfACustomerThatHaveNoEffectAreTold) {
  const std::string customer = dir_.Write(
      "customer.json",
      R"({"owned_product_ids": ["ghost", "film"], "subscription": {"product_id": "tripod", "option_ids": ["film"]}})");
  const Outcome outcome =
      Awase(absl::StrCat("recommend --product camera --owned wraith --customer ", customer, " --model ", Models()));
  EXPECT_EQ(outcome.exit_code, 0) << outcome.text;
  EXPECT_THAT(outcome.text,
              AllOf(HasSubstr("awase: customer.owned_product_ids: not known to the model: ghost, wraith\n"),
                    HasSubstr("awase: customer.subscription.product_id: no plan of the model: tripod\n"),
                    HasSubstr("awase: customer.subscription.option_ids: no options of the model: film\n")));
}

TEST_F(CommandLineTest, InspectNamesTheProductsThatSomebodyMayHaveMeant) {
  const auto refusal = [this](const std::string& product) {
    const Outcome outcome = Awase(absl::StrCat("inspect --model ", Models(), " ", product));
    EXPECT_EQ(outcome.exit_code, 1) << product;
    return outcome.text;
  };
  EXPECT_THAT(refusal("camra"), HasSubstr("byte for byte; did you mean \"camera\"?\n"));
  EXPECT_THAT(refusal("TRIPO"), HasSubstr("byte for byte; did you mean \"tripod\"?\n"));
  EXPECT_THAT(refusal("nothing-like-it"), HasSubstr("byte for byte\n"));
}

TEST_F(CommandLineTest, APreviewIsExactWithinTheSecond) {
  dir_.Write("dated/a.yaml",
             "rules:\n- {id: r, from: '2026-07-01T00:00:00.5Z', bundle: {products: [camera, film], price: 505 USD}}\n");
  const std::string page =
      absl::StrCat("recommend --product camera --model ", Models(), " --rules ", dir_.Join("dated"), " --at ");
  EXPECT_THAT(Awase(page + "2026-07-01T00:00:00.4Z").text, Not(HasSubstr("USD 505.00")));
  EXPECT_THAT(Awase(page + "2026-07-01T00:00:00.6Z").text, HasSubstr("USD 505.00"));
}

TEST_F(CommandLineTest, AnUnknownProductIsAnEmptyPageAndASuccess) {
  const Outcome outcome = Awase(absl::StrCat("recommend --product ghost --model ", Models()));
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.text, AllOf(HasSubstr("does not know: ghost"), HasSubstr("nothing: ")));
}

TEST_F(CommandLineTest, BadFlagsAreUsageErrors) {
  for (const std::string& arguments :
       {std::string(""), std::string("recommend --product camera"), std::string("recommend --modle x"),
        std::string("serve"), std::string("serve --http-origin https://shop.example --model x"), std::string("rules"),
        std::string("recommend --product camera --rules x --server 127.0.0.1:1"),
        std::string("recommend --product camera --format xml --model x"),
        std::string("recommend --product camera --currency EURO --model x"),
        std::string("recommend --product camera --at yesterday --model x"),
        std::string("train --orders x --out x --currency EURO"),
        std::string("train --orders x --out x --relations foo"),
        std::string("train --orders x --out x --relations also_bought"), std::string("eval --orders x --currency EURO"),
        std::string("export --model x --out x.csv"),
        std::string("export --model x --out x.csv --ladders --relation also_bought")}) {
    EXPECT_EQ(Awase(arguments).exit_code, 2) << arguments;
  }
  EXPECT_THAT(Awase("trian").text, HasSubstr("did you mean train?"));
  EXPECT_THAT(Awase("train --order x --out x").text, HasSubstr("did you mean --orders?"));
  EXPECT_THAT(Awase("train --threads 0 --orders x --out x").text, HasSubstr("--threads: 0 is not in 1..1024"));
  EXPECT_EQ(Awase("--help").exit_code, 0);
  EXPECT_EQ(Awase("recommend --help").exit_code, 0);
}

TEST_F(CommandLineTest, WhatCannotBeDoneIsSaidAndFails) {
  Outcome outcome = Awase(absl::StrCat("recommend --product camera --model ", dir_.Join("nowhere")));
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.text, HasSubstr("nowhere"));
  const std::string customer = dir_.Write("customer.json", R"({"owned": 1})");
  outcome = Awase(absl::StrCat("recommend --product camera --customer ", customer, " --model ", Models()));
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.text, AllOf(HasSubstr("customer.json"), HasSubstr("owned")));
  outcome = Awase(absl::StrCat("serve --grpc 127.0.0.1:0 --model ", dir_.Join("nowhere")));
  EXPECT_EQ(outcome.exit_code, 1);
}

TEST_F(CommandLineTest, RulesValidateCountsAndFailsOnErrors) {
  Outcome outcome = Awase(absl::StrCat("rules validate ", Rules(), " --model ", Models()));
  EXPECT_EQ(outcome.exit_code, 0) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("1 file, 0 errors, 0 warnings; 1 rule, revision "));
  dir_.Write("rules/b.yaml", "rules:\n  - id: x\n    bundel: {}\n");
  outcome = Awase(absl::StrCat("rules validate ", Rules()));
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.text, AllOf(HasSubstr("b.yaml:3"), HasSubstr("2 files, ")));
  outcome = Awase(absl::StrCat("rules validate --format json ", Rules(), " 2>/dev/null"));
  EXPECT_EQ(outcome.exit_code, 1);
}

// Starts `awase serve` and ends it with a signal when destroyed.
class ServeProcess {
 public:
  explicit ServeProcess(const std::string& arguments) {
    const std::string command = absl::StrCat("exec ", AWASE_BINARY_DIR, "/awase serve --log-level error ", arguments);
    // The shell prints its own id, which exec keeps.
    pipe_ = popen(absl::StrCat("echo $$; ", command).c_str(), "r");
    pid_ = std::stoi(ReadLine());
    ready_ = ReadLine();
  }
  ~ServeProcess() {
    if (pipe_ != nullptr) Stop(SIGKILL);
  }
  const std::string& ready() const { return ready_; }

  // The exit code, or −1 when the signal ended it.
  int Stop(int signal) {
    kill(pid_, signal);
    const int status = pclose(pipe_);
    pipe_ = nullptr;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  std::string ReadLine() {
    char line[512] = "";
    return std::fgets(line, sizeof(line), pipe_) == nullptr ? "" : line;
  }

  std::FILE* pipe_ = nullptr;
  pid_t pid_ = 0;
  std::string ready_;
};

TEST_F(CommandLineTest, ServeAnswersRecommendAndStopsOnSigterm) {
  ServeProcess server(absl::StrCat("--grpc 127.0.0.1:0 --format json --model ", Models(), " --rules ", Rules()));
  const nlohmann::json ready = nlohmann::json::parse(server.ready());
  EXPECT_EQ(ready["version"], version_);
  const std::string address = ready["grpc"];
  const Outcome outcome = Awase(absl::StrCat("recommend --product camera --server ", address));
  EXPECT_EQ(outcome.exit_code, 0) << outcome.text;
  EXPECT_THAT(outcome.text, AllOf(HasSubstr("Camera (camera)"), HasSubstr("USD 505.00")));
  const Outcome second = Awase(absl::StrCat("serve --model ", Models(), " --grpc ", address));
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_THAT(second.text, HasSubstr(address + " is in use"));
  EXPECT_EQ(server.Stop(SIGTERM), 0);
  const Outcome gone = Awase(absl::StrCat("recommend --product camera --server ", address));
  EXPECT_EQ(gone.exit_code, 1);
  EXPECT_THAT(gone.text, HasSubstr("awase serve"));
}

TEST_F(CommandLineTest, TheReadyLineIsForPeopleByDefault) {
  ServeProcess server(absl::StrCat("--grpc 127.0.0.1:0 --model ", Models()));
  EXPECT_THAT(server.ready(),
              ::testing::StartsWith(absl::StrCat("awase serving version ", version_, ", rules empty on 127.0.0.1:")));
  EXPECT_EQ(server.Stop(SIGINT), 0);
}

TEST_F(CommandLineTest, ServeTakesUpAChangedRuleFolderByItself) {
  ServeProcess server(
      absl::StrCat("--grpc 127.0.0.1:0 --format json --poll-ms 10 --model ", Models(), " --rules ", Rules()));
  const nlohmann::json ready = nlohmann::json::parse(server.ready());
  service::Client client({.address = ready["grpc"]});
  v1::RecommendRequest request;
  request.add_product_ids("camera");
  dir_.Write("rules/a.yaml", SetRule("set", "USD 504.00", "Both"));
  std::string revision = ready["rules"];
  while (revision == ready["rules"]) {
    AWASE_ASSERT_OK_AND_ASSIGN(const v1::RecommendResponse response, client.Recommend(request));
    revision = response.rule_revision();
  }
  AWASE_ASSERT_OK_AND_ASSIGN(const v1::RecommendResponse response, client.Recommend(request));
  EXPECT_EQ(response.slots(0).offers(0).price().minor_units(), 50'400);
}

TEST_F(CommandLineTest, AVersionIsTriedOutComparedAndStopped) {
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string other, WriteCameraShop(Models(), 1100, /*activate=*/false));
  ServeProcess server(absl::StrCat("--grpc 127.0.0.1:0 --format json --model ", Models()));
  const std::string address = nlohmann::json::parse(server.ready())["grpc"];
  const auto models = [&address](const std::string& arguments) {
    return Awase(absl::StrCat("models ", arguments, " --server ", address));
  };
  EXPECT_THAT(models("canary").text, HasSubstr("no version is tried out there"));
  const Outcome started = models(absl::StrCat("canary ", other, " --share 2.5% --etag ", version_));
  EXPECT_EQ(started.exit_code, 0) << started.text;
  EXPECT_EQ(started.text,
            absl::StrCat(other, " is tried out on 2.5% of the customers\n", version_, " serves the others\n"));
  EXPECT_THAT(models("canary").text, HasSubstr("2.5% of the customers"));
  EXPECT_THAT(models("list").text, AllOf(HasSubstr("serving, active"), HasSubstr("  canary\n")));
  EXPECT_THAT(models(absl::StrCat("canary ", other, " --share 5 --etag ", other)).text, HasSubstr("etag"));

  const Outcome compared = models("compare --product camera");
  EXPECT_EQ(compared.exit_code, 0) << compared.text;
  EXPECT_THAT(compared.text, AllOf(HasSubstr(" │ "), HasSubstr(absl::StrCat("version ", other.substr(0, 12))),
                                   HasSubstr("\nbundle\n  ~ camera + film: another price")));
  EXPECT_THAT(models(absl::StrCat("compare ", other, " ", other, " --product camera")).text,
              HasSubstr("Both show the same."));
  EXPECT_EQ(nlohmann::json::parse(models("compare --product camera --format json").text)["answer_b"]["model_version"],
            other);
  EXPECT_EQ(models("compare").exit_code, 1) << "a product page needs its product";

  EXPECT_EQ(models(absl::StrCat("canary --stop --etag ", other)).text,
            absl::StrCat(other, " is not tried out any more\n"));
  EXPECT_EQ(models("canary --stop").exit_code, 1);
}

TEST_F(CommandLineTest, AVersionIsTriedOutByTheFilesOfTheDirectory) {
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string other, WriteCameraShop(Models(), 1100, /*activate=*/false));
  const auto models = [this](const std::string& arguments) {
    return Awase(absl::StrCat("models ", arguments, " --model ", Models()));
  };
  EXPECT_THAT(models("canary").text, HasSubstr("no version is to be tried out"));
  const Outcome written = models(absl::StrCat("canary ", other, " --share 5"));
  EXPECT_EQ(written.exit_code, 0) << written.text;
  EXPECT_THAT(models("canary").text, HasSubstr(absl::StrCat(other, " is to be tried out on 5% of the customers")));
  EXPECT_THAT(models("list").text, HasSubstr("  canary, 5%\n"));
  EXPECT_TRUE(nlohmann::json::parse(models("list --format json").text).dump().find("\"canary\":true") !=
              std::string::npos);
  const Outcome checked = Awase(absl::StrCat("serve --validate-only --model ", Models()));
  EXPECT_THAT(checked.text, HasSubstr(absl::StrCat("good: canary ", Models(), ": version ", other)));
  EXPECT_EQ(models("canary --stop").exit_code, 0);
  EXPECT_EQ(models("canary --stop").exit_code, 1);

  dir_.Write("models/CANARY", "nonsense");
  const Outcome listed = models("list");
  EXPECT_EQ(listed.exit_code, 1);
  EXPECT_THAT(listed.text, AllOf(HasSubstr(other), HasSubstr("CANARY does not hold")));
  for (const std::string& bad : {absl::StrCat("canary ", other), absl::StrCat("canary ", other, " --share 0"),
                                 absl::StrCat("canary ", other, " --share 101"), std::string("canary --share 5"),
                                 absl::StrCat("canary ", other, " --share 5 --stop")}) {
    EXPECT_EQ(models(bad).exit_code, 2) << bad;
  }
}

TEST_F(CommandLineTest, CommandsShowTheirTokenAndCheckTheServersCertificate) {
  const CertificateAuthority authority;
  const CertifiedKey key = authority.Issue(LocalServer());
  dir_.Write("server.pem", key.certificate);
  dir_.Write("server.key", key.key);
  dir_.Write("tokens", absl::StrCat("web storefront ", Sha256Hex("t-web"), "\ntanaka merchandiser ",
                                    Sha256Hex("t-tanaka"), "\n"));
  const std::string config = dir_.Write("server.yaml",
                                        "tls: {certificate: server.pem, key: server.key}\n"
                                        "access: {tokens: tokens}\n");
  ServeProcess server(absl::StrCat("--grpc localhost:0 --format json --model ", Models(), " --config ", config));
  const std::string address = nlohmann::json::parse(server.ready())["grpc"];
  const std::string tls =
      absl::StrCat(" --server ", address, " --tls-ca ", dir_.Write("ca.pem", authority.certificate()));
  const std::string web = absl::StrCat(" --token-file ", dir_.Write("web", "t-web\n"));
  const std::string tanaka = absl::StrCat(" --token-file ", dir_.Write("tanaka", "t-tanaka"));
  const Outcome page = Awase(absl::StrCat("recommend --product camera", tls, web));
  EXPECT_EQ(page.exit_code, 0) << page.text;
  EXPECT_EQ(Awase(absl::StrCat("rules publish ", Rules(), tls, tanaka)).exit_code, 0);
  EXPECT_EQ(Awase(absl::StrCat("rules history", tls, tanaka)).exit_code, 0);
  const Outcome refused = Awase(absl::StrCat("rules history", tls, web));
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.text, HasSubstr("is for merchandiser, operator: web has storefront"));
  EXPECT_THAT(Awase(absl::StrCat("rules history", tls)).text, HasSubstr("show a token with that role"));
  EXPECT_EQ(Awase(absl::StrCat("recommend --product camera --server ", address, web)).exit_code, 1);
}

}  // namespace
}  // namespace awase::testing
