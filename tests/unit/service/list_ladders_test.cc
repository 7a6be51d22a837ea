#include "service/list_ladders.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/model_builder.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::service {
namespace {

using ladder::Direction;
using ladder::Grade;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::ModelBuilder;
using testing::StatusIs;
using testing::TempDir;

// Cameras c1 < c2 < c3 and lenses l1 < l2, each with a step up to the next one; and a mug without any.
class ListLaddersTest : public ::testing::Test {
 protected:
  ListLaddersTest() {
    for (const auto& [id, price, family] :
         std::vector<std::tuple<std::string, std::int64_t, std::string>>{{"c1", 100, "cameras"},
                                                                         {"c2", 200, "cameras"},
                                                                         {"c3", 300, "cameras"},
                                                                         {"l1", 10, "lenses"},
                                                                         {"l2", 20, "lenses"}}) {
      catalog::Product& product = builder_.Add(id, price);
      product.family = family;
      product.title = absl::StrCat("The ", id);
      product.attributes = {{"spec.size", absl::StrCat(price), static_cast<double>(price)}};
    }
    builder_.Add("mug");
    ladder::RungEvidence evidence{};
    evidence.upgrades = 34;
    evidence.flags = ladder::kDominates;
    evidence.gained_specs = 1;
    evidence.returned_cheap = -1;
    evidence.returned_dear = 0.25F;
    builder_.AddRung("c1", "c2", Direction::kHigher, 1, Grade::kCertified, evidence);
    builder_.AddRung("c2", "c3", Direction::kHigher, 1, Grade::kWeak);
    builder_.AddRung("c2", "c1", Direction::kLower, 1, Grade::kAsserted);
    builder_.AddRung("l1", "l2", Direction::kHigher, 1, Grade::kAsserted);
    auto model = builder_.Build(dir_.path());
    EXPECT_TRUE(model.ok()) << model.status();
    model_ = *model;
  }

  v1::ListLaddersResponse List(const v1::ListLaddersRequest& request, std::size_t most_visited = 100) {
    v1::ListLaddersResponse response;
    const absl::Status status = ListLadders(*model_, request, &response, most_visited);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }
  absl::Status Refusal(const v1::ListLaddersRequest& request) {
    v1::ListLaddersResponse response;
    return ListLadders(*model_, request, &response);
  }
  static std::vector<std::string> IdsOf(const v1::ListLaddersResponse& response) {
    std::vector<std::string> ids;
    for (const v1::Ladder& ladder : response.ladders()) ids.push_back(ladder.product_id());
    return ids;
  }

  TempDir dir_;
  ModelBuilder builder_;
  std::shared_ptr<const artefact::Model> model_;
};

TEST_F(ListLaddersTest, ListsWhatHasRungsById) {
  const v1::ListLaddersResponse response = List({});
  EXPECT_THAT(IdsOf(response), ElementsAre("c1", "c2", "l1"));
  EXPECT_EQ(response.next_page_token(), "");
  EXPECT_EQ(response.model_version(), model_->version());
  const v1::Ladder& ladder = response.ladders(0);
  EXPECT_EQ(ladder.title(), "The c1");
  EXPECT_EQ(ladder.price().minor_units(), 100);
  EXPECT_EQ(ladder.family(), "cameras");
  EXPECT_EQ(ladder.family_source(), "family");
  ASSERT_EQ(ladder.rungs_size(), 1);
  const v1::Rung& rung = ladder.rungs(0);
  EXPECT_EQ(rung.direction(), v1::Rung::HIGHER);
  EXPECT_EQ(rung.rung(), 1u);
  EXPECT_EQ(rung.grade(), v1::Rung::CERTIFIED);
  EXPECT_EQ(rung.kind(), v1::Rung::MODEL);
  EXPECT_EQ(rung.product_id(), "c2");
  EXPECT_EQ(rung.price_difference().minor_units(), 100);
  EXPECT_EQ(rung.price_difference().currency_code(), "USD");
  ASSERT_EQ(rung.differences_size(), 1);
  EXPECT_EQ(rung.differences(0).direction(), v1::SpecDifference::GAINED);
  EXPECT_TRUE(rung.evidence().dominates());
  EXPECT_EQ(rung.evidence().upgrades(), 34u);
  EXPECT_FALSE(rung.evidence().has_returned_cheap()) << "not known";
  EXPECT_EQ(rung.evidence().returned_dear(), 0.25);
  EXPECT_THAT(rung.evidence_text(), HasSubstr("dominates: size 100→200"));
}

TEST_F(ListLaddersTest, ListsLowerBeforeHigher) {
  v1::ListLaddersRequest request;
  request.add_product_ids("c2");
  const v1::ListLaddersResponse response = List(request);
  ASSERT_EQ(response.ladders_size(), 1);
  ASSERT_EQ(response.ladders(0).rungs_size(), 2);
  EXPECT_EQ(response.ladders(0).rungs(0).direction(), v1::Rung::LOWER);
  EXPECT_EQ(response.ladders(0).rungs(1).direction(), v1::Rung::HIGHER);
}

TEST_F(ListLaddersTest, LeavesOutWhatWasNotAskedFor) {
  v1::ListLaddersRequest request;
  request.set_family("lenses");
  EXPECT_THAT(IdsOf(List(request)), ElementsAre("l1"));
  request.set_family("lens");
  EXPECT_THAT(IdsOf(List(request)), IsEmpty());
  request.clear_family();
  request.set_least_grade(v1::Rung::STATISTICAL);
  EXPECT_THAT(IdsOf(List(request)), ElementsAre("c1"));
  request.set_least_grade(v1::Rung::ASSERTED);
  const v1::ListLaddersResponse asserted = List(request);
  EXPECT_THAT(IdsOf(asserted), ElementsAre("c1", "c2", "l1"));
  EXPECT_EQ(asserted.ladders(1).rungs_size(), 1) << "without the WEAK one";
}

TEST_F(ListLaddersTest, AnswersEachNamedProductOnceAndTellsUnknownOnes) {
  v1::ListLaddersRequest request;
  for (const char* id : {"mug", "c1", "no", "c1"}) request.add_product_ids(id);
  const v1::ListLaddersResponse response = List(request);
  EXPECT_THAT(IdsOf(response), ElementsAre("c1", "mug"));
  EXPECT_EQ(response.ladders(1).rungs_size(), 0);
  EXPECT_EQ(response.ladders(1).family(), "");
  EXPECT_THAT(response.missing_ids(), ElementsAre("no"));
}

TEST_F(ListLaddersTest, GivesTheSameInPagesOfAnySizeAndEffort) {
  for (const int page_size : {1, 2, 3, 1000}) {
    for (const std::size_t most_visited : {1U, 2U, 100U}) {
      v1::ListLaddersRequest request;
      request.set_page_size(page_size);
      std::vector<std::string> ids;
      int pages = 0;
      do {
        const v1::ListLaddersResponse page = List(request, most_visited);
        EXPECT_LE(page.ladders_size(), page_size);
        for (const std::string& id : IdsOf(page)) ids.push_back(id);
        request.set_page_token(page.next_page_token());
        ASSERT_LT(++pages, 20);
      } while (!request.page_token().empty());
      EXPECT_THAT(ids, ElementsAre("c1", "c2", "l1")) << page_size << " " << most_visited;
    }
  }
}

TEST_F(ListLaddersTest, RefusesWhatItCannotMean) {
  v1::ListLaddersRequest request;
  request.set_page_size(-1);
  EXPECT_THAT(Refusal(request), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("page_size: ")));
  request.set_page_size(1);
  request.set_least_grade(static_cast<v1::Rung::Grade>(9));
  EXPECT_THAT(Refusal(request), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("least_grade: 9")));
  request.clear_least_grade();
  for (int i = 0; i <= 1000; ++i) request.add_product_ids("c1");
  EXPECT_THAT(Refusal(request), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("product_ids: 1001")));
}

TEST_F(ListLaddersTest, RefusesATokenOfAnotherList) {
  v1::ListLaddersRequest request;
  request.set_page_size(1);
  const std::string token = List(request).next_page_token();
  ASSERT_NE(token, "");
  const auto is_refused = StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("page_token: "));
  request.set_page_token(token);
  request.set_page_size(2);
  EXPECT_THAT(IdsOf(List(request)), ElementsAre("c2", "l1")) << "the size of a page may change";
  request.set_family("cameras");
  EXPECT_THAT(Refusal(request), is_refused);
  request.clear_family();
  for (const std::string& broken : {token + "x", token.substr(1), std::string("1"), std::string("x\0y", 3)}) {
    request.set_page_token(broken);
    EXPECT_THAT(Refusal(request), is_refused) << broken;
  }
  request.set_page_token(token + "99999999");
  EXPECT_THAT(IdsOf(List(request)), IsEmpty()) << "behind the end is nothing";
}

}  // namespace
}  // namespace awase::service
