// RuleService.

#include "absl/strings/str_cat.h"
#include "tests/integration/service/running_server.h"

namespace awase::testing {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kBroken[] = "rules:\n  - id: x\n    bundel: {}\n";

class RuleCallsTest : public RunningServerTest {
 protected:
  static v1::PublishRulesRequest Publication(const std::string& yaml) {
    v1::PublishRulesRequest request;
    v1::RuleFile* file = request.add_files();
    file->set_name("sent.yaml");
    file->set_content(yaml);
    return request;
  }

  grpc::Status Publish(const v1::PublishRulesRequest& request, v1::PublishRulesResponse* response) {
    grpc::ClientContext context;
    return rules_->Publish(&context, request, response);
  }

  std::string RuleProblem() {
    grpc::ClientContext context;
    v1::ListRuleRevisionsResponse response;
    EXPECT_THAT(rules_->ListRevisions(&context, {}, &response), IsGrpcStatus(grpc::StatusCode::OK));
    return response.problem();
  }

  std::string ServingRevision() {
    v1::RecommendResponse response;
    EXPECT_TRUE(Recommend(CameraPage(), &response).ok());
    return response.rule_revision();
  }
};

TEST_F(RuleCallsTest, APublishedSetAnswersTheNextCall) {
  v1::PublishRulesResponse published;
  ASSERT_THAT(Publish(Publication(SetRule("set", "USD 505.00", "Both")), &published),
              IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(published.rule_count(), 1u);
  v1::RecommendResponse response;
  ASSERT_THAT(Recommend(CameraPage(), &response), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(response.rule_revision(), published.revision());
  const v1::Offer& offer = FindSlot(response, "bundle")->offers(0);
  EXPECT_EQ(offer.price().minor_units(), 50'500);
  EXPECT_EQ(offer.bundle().saving().minor_units(), 500);
  EXPECT_EQ(offer.reason().text(), "Both");
}

TEST_F(RuleCallsTest, AStaleEtagIsAborted) {
  const std::string before = ServingRevision();
  v1::PublishRulesRequest request = Publication(PinRule("pin", "case"));
  request.set_etag("other");
  v1::PublishRulesResponse published;
  EXPECT_THAT(Publish(request, &published), IsGrpcStatus(grpc::StatusCode::ABORTED, HasSubstr("etag")));
  EXPECT_EQ(ServingRevision(), before);
  request.set_etag(before);
  EXPECT_THAT(Publish(request, &published), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(ServingRevision(), published.revision());
}

TEST_F(RuleCallsTest, ValidateOnlySaysWhatWouldServe) {
  const std::string before = ServingRevision();
  v1::PublishRulesRequest request = Publication(PinRule("pin", "unknown-id"));
  request.set_validate_only(true);
  v1::PublishRulesResponse published;
  ASSERT_THAT(Publish(request, &published), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_NE(published.revision(), before);
  ASSERT_EQ(published.warnings_size(), 1);
  EXPECT_EQ(published.warnings(0).file(), "sent.yaml");
  EXPECT_EQ(ServingRevision(), before);
}

TEST_F(RuleCallsTest, ABrokenSetIsRefusedWithItsFindings) {
  const std::string before = ServingRevision();
  v1::PublishRulesResponse published;
  EXPECT_THAT(Publish(Publication(kBroken), &published),
              IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, AllOf(HasSubstr("sent.yaml:3"), HasSubstr("bundel"))));
  EXPECT_EQ(ServingRevision(), before);
}

TEST_F(RuleCallsTest, WithoutFilesTheFolderIsRead) {
  WriteRules("a.yaml", PinRule("pin", "case"));
  v1::PublishRulesResponse published;
  ASSERT_THAT(Publish(v1::PublishRulesRequest(), &published), IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(published.rule_count(), 1u);
  EXPECT_EQ(ServingRevision(), published.revision());
}

TEST_F(RuleCallsTest, FilesWithoutAProperNameOrSizeAreRefused) {
  v1::PublishRulesResponse published;
  for (const std::string& name :
       {std::string(), std::string("a/b.yaml"), std::string("x.txt"), std::string(256, 'x')}) {
    v1::PublishRulesRequest request = Publication("rules: []\n");
    request.mutable_files(0)->set_name(name);
    EXPECT_THAT(Publish(request, &published),
                IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("files[0].name")));
  }
  v1::PublishRulesRequest twice = Publication("rules: []\n");
  *twice.add_files() = twice.files(0);
  EXPECT_THAT(Publish(twice, &published), IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("files[1].name")));
  const v1::PublishRulesRequest large = Publication(std::string(4 * 1024 * 1024 + 1, '#'));
  EXPECT_THAT(Publish(large, &published),
              IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("files[0].content")));
}

TEST_F(RuleCallsTest, AThousandFilesAreTakenAndNoMore) {
  v1::PublishRulesRequest request;
  for (int i = 0; i < 1000; ++i) {
    v1::RuleFile& file = *request.add_files();
    file.set_name(absl::StrCat(i, ".yaml"));
    file.set_content("rules: []");
  }
  v1::PublishRulesResponse published;
  EXPECT_THAT(Publish(request, &published), IsGrpcStatus(grpc::StatusCode::OK));
  request.add_files()->set_name("one-more.yaml");
  EXPECT_THAT(Publish(request, &published),
              IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, AllOf(HasSubstr("files: 1001"), HasSubstr("1000"))));
}

TEST_F(RuleCallsTest, ValidateGivesEveryFindingWithItsPlace) {
  v1::ValidateRulesRequest request;
  v1::RuleFile* file = request.add_files();
  file->set_name("sent.yaml");
  file->set_content(kBroken);
  grpc::ClientContext context;
  v1::ValidateRulesResponse response;
  ASSERT_THAT(rules_->Validate(&context, request, &response), IsGrpcStatus(grpc::StatusCode::OK));
  ASSERT_GE(response.diagnostics_size(), 1);
  EXPECT_EQ(response.diagnostics(0).severity(), v1::RuleDiagnostic::ERROR);
  EXPECT_EQ(response.diagnostics(0).file(), "sent.yaml");
  EXPECT_GT(response.diagnostics(0).line(), 0u);
  EXPECT_EQ(response.rule_count(), 0u);
}

TEST_F(RuleCallsTest, WhatHasServedIsListedNewestFirstAndCanBeBroughtBack) {
  v1::PublishRulesResponse published;
  v1::PublishRulesRequest request = Publication(PinRule("pin", "case"));
  request.set_author("Tanaka");
  request.set_comment("summer");
  ASSERT_THAT(Publish(request, &published), IsGrpcStatus(grpc::StatusCode::OK));
  const v1::PublishRulesResponse first = published;
  ASSERT_THAT(Publish(Publication(SetRule("set", "USD 505.00", "Both")), &published),
              IsGrpcStatus(grpc::StatusCode::OK));
  EXPECT_EQ(published.number(), first.number() + 1);

  v1::RollbackRulesRequest back;
  back.set_etag("other");
  {
    grpc::ClientContext context;
    EXPECT_THAT(rules_->Rollback(&context, back, &published), IsGrpcStatus(grpc::StatusCode::ABORTED));
  }
  back.set_etag(published.revision());
  back.set_revision(first.revision());
  back.set_author("Sato");
  {
    grpc::ClientContext context;
    ASSERT_THAT(rules_->Rollback(&context, back, &published), IsGrpcStatus(grpc::StatusCode::OK));
  }
  EXPECT_EQ(published.revision(), first.revision());
  EXPECT_EQ(ServingRevision(), first.revision());

  v1::ListRuleRevisionsRequest list;
  list.set_page_size(2);
  v1::ListRuleRevisionsResponse page;
  {
    grpc::ClientContext context;
    ASSERT_THAT(rules_->ListRevisions(&context, list, &page), IsGrpcStatus(grpc::StatusCode::OK));
  }
  ASSERT_EQ(page.revisions_size(), 2);
  EXPECT_TRUE(page.revisions(0).serving());
  EXPECT_EQ(page.revisions(0).source(), v1::RuleRevision::ROLLED_BACK);
  EXPECT_EQ(page.revisions(0).restored_number(), first.number());
  EXPECT_EQ(page.revisions(0).author(), "Sato");
  EXPECT_EQ(page.revisions(0).files_size(), 0);
  EXPECT_FALSE(page.revisions(1).serving());
  list.set_page_token(page.next_page_token());
  {
    grpc::ClientContext context;
    ASSERT_THAT(rules_->ListRevisions(&context, list, &page), IsGrpcStatus(grpc::StatusCode::OK));
  }
  ASSERT_GE(page.revisions_size(), 1);
  EXPECT_EQ(page.revisions(0).number(), first.number());
  EXPECT_EQ(page.revisions(0).comment(), "summer");
  list.set_page_token("x");
  {
    grpc::ClientContext context;
    EXPECT_THAT(rules_->ListRevisions(&context, list, &page),
                IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("page_token")));
  }
}

TEST_F(RuleCallsTest, TheListSaysWhyTheNewestRulesOfTheFolderDoNotServe) {
  EXPECT_EQ(RuleProblem(), "");
  WriteRules("a.yaml", "rules: 3\n");
  Settle();
  EXPECT_THAT(RuleProblem(), StartsWith("the rules in the folder are refused, older ones go on serving:\na.yaml:1:"));
  WriteRules("a.yaml", PinRule("pin", "case"));
  Settle();
  EXPECT_EQ(RuleProblem(), "");
}

TEST_F(RuleCallsTest, TheListSaysWhatIsWrongWithTheServingRules) {
  WriteRules("a.yaml", SetRule("set", "USD 505.00", "Together"));
  Settle();
  AWASE_ASSERT_OK(WriteCameraShop(Models(), 100).status());  // camera and film cost USD 501.00 now
  Settle();
  EXPECT_THAT(RuleProblem(),
              AllOf(StartsWith("the serving rules do not validate with version "), HasSubstr("a.yaml:")));
}

TEST_F(RuleCallsTest, OfManyFindingsTheListSaysAsManyAsFit) {
  // Ids that are used twice, and unknown products in five places: of each of these a hundred are kept.
  const char* const actions[] = {"pin: {slot: also_bought, product: ", "hide: {products: [",
                                 "boost: {by: 2, products: [", "bury: {products: [",
                                 "bundle: {percent: 5%, products: [film, "};
  std::string yaml = "rules:\n";
  for (int i = 0; i < 500; ++i) {
    absl::StrAppend(&yaml, "- {id: r", i, ", ", actions[i % 5], std::string(90, 'x'), i, i % 5 == 0 ? "}}\n" : "]}}\n");
  }
  for (const char* name : {"a.yaml", "b.yaml"}) WriteRules(name, yaml);
  Settle();
  ASSERT_GT(reloader_->status().folder_problem.size(), 64u * 1024);
  EXPECT_LE(RuleProblem().size(), 64u * 1024);
  EXPECT_THAT(RuleProblem(), EndsWith("\n…"));
}

TEST_F(RuleCallsTest, ADraftThatWouldNotServeIsRefusedAsInAPublication) {
  std::string yaml = "rules:\n";
  for (int i = 0; i < 50; ++i) absl::StrAppend(&yaml, "- {id: r", i, ", pin: {slot: middle, product: film}}\n");
  v1::PublishRulesResponse published;
  const grpc::Status publication = Publish(Publication(yaml), &published);
  v1::DiffRulesRequest request;
  *request.mutable_files() = Publication(yaml).files();
  grpc::ClientContext context;
  v1::RuleComparison comparison;
  const grpc::Status comparing = rules_->Diff(&context, request, &comparison);
  EXPECT_THAT(comparing, IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr(" more errors; all of them: ")));
  EXPECT_EQ(comparing.error_message(), publication.error_message());
}

TEST_F(RuleCallsTest, OneRevisionComesWithItsFiles) {
  v1::PublishRulesResponse published;
  ASSERT_THAT(Publish(Publication(PinRule("pin", "case")), &published), IsGrpcStatus(grpc::StatusCode::OK));
  v1::GetRuleRevisionRequest request;
  v1::RuleRevision revision;
  {
    grpc::ClientContext context;
    ASSERT_THAT(rules_->Get(&context, request, &revision), IsGrpcStatus(grpc::StatusCode::OK));
  }
  EXPECT_TRUE(revision.serving());
  ASSERT_EQ(revision.files_size(), 1);
  EXPECT_EQ(revision.files(0).name(), "sent.yaml");
  EXPECT_EQ(revision.files(0).content(), PinRule("pin", "case"));
  request.set_revision("#99");
  grpc::ClientContext context;
  EXPECT_THAT(rules_->Get(&context, request, &revision), IsGrpcStatus(grpc::StatusCode::NOT_FOUND));
}

TEST_F(RuleCallsTest, AnAuthorIsOneLine) {
  v1::PublishRulesRequest request = Publication("rules: []\n");
  request.set_author("Tanaka\nSato");
  v1::PublishRulesResponse published;
  EXPECT_THAT(Publish(request, &published), IsGrpcStatus(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("author")));
}

TEST_F(RuleCallsTest, TooManySlowCallsAreRefused) {
  service::Server::Options options;
  options.limits.slow_calls = 0;
  StartServer(options);
  v1::PublishRulesResponse published;
  EXPECT_THAT(Publish(Publication("rules: []\n"), &published),
              IsGrpcStatus(grpc::StatusCode::RESOURCE_EXHAUSTED, HasSubstr("try again")));
}

}  // namespace
}  // namespace awase::testing
