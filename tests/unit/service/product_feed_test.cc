#include "service/product_feed.h"

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

using ::testing::HasSubstr;
using ::testing::SizeIs;
using testing::StatusIs;

class ProductFeedTest : public ::testing::Test {
 protected:
  void SetUp() override {
    AWASE_ASSERT_OK_AND_ASSIGN(catalogue_, live::LiveCatalogue::Open({.directory = dir_.Join("live")}));
    catalogue_->Bind({2, [](absl::string_view id) { return id == "tea" ? std::optional(ProductAt(1)) : std::nullopt; },
                      [this](const live::LiveTable& table) { table_ = table; }});
    testing::ModelBuilder builder;
    builder.Add("sample", -1);
    builder.Add("tea", 450, "EUR");
    AWASE_ASSERT_OK_AND_ASSIGN(model_, builder.Build(dir_.Join("model")));
    feed_ = std::make_unique<ProductFeed>(catalogue_.get(), [this] { return model_; });
  }

  v1::ProductUpdate& Add(absl::string_view product_id) {
    v1::ProductUpdate& update = *request_.add_updates();
    update.set_product_id(std::string(product_id));
    return update;
  }
  void AddPrice(absl::string_view product_id, std::int64_t minor_units, const std::string& currency) {
    v1::Money& price = *Add(product_id).mutable_price();
    price.set_minor_units(minor_units);
    price.set_currency_code(currency);
  }

  testing::TempDir dir_;
  live::LiveTable table_;
  std::unique_ptr<live::LiveCatalogue> catalogue_;
  std::shared_ptr<const artefact::Model> model_;  // without the values of `table_`
  std::unique_ptr<ProductFeed> feed_;
  v1::UpdateProductsRequest request_;
  v1::UpdateProductsResponse response_;
};

TEST_F(ProductFeedTest, AnAmountThatIsLeftOutIsNoPrice) {
  Add("tea").mutable_price()->set_currency_code("EUR");
  AWASE_ASSERT_OK(feed_->Update(request_, &response_));
  EXPECT_EQ(response_.applied(), 0U);
  ASSERT_EQ(response_.errors_size(), 1);
  EXPECT_THAT(response_.errors(0).message(), HasSubstr("updates[0].price.minor_units: 0 or missing"));
  EXPECT_EQ(table_.Find(ProductAt(1)), nullptr);
}

TEST_F(ProductFeedTest, APriceInAnotherCurrencyThanTheModelsIsRefused) {
  AddPrice("tea", 499, "USD");
  AWASE_ASSERT_OK(feed_->Update(request_, &response_));
  ASSERT_THAT(response_.errors(), SizeIs(1));
  EXPECT_EQ(
      response_.errors(0).message(),
      "updates[0].price.currency_code: USD, but the model has \"tea\" in EUR: send its price in EUR, or train with "
      "its price in USD first");
  EXPECT_EQ(table_.size(), 0U);
}

TEST_F(ProductFeedTest, WhatTheModelHasNoPriceForTakesAnyCurrency) {
  AddPrice("sample", 100, "USD");
  AddPrice("sample", 100, "EUR");
  AddPrice("milk", 100, "JPY");
  AWASE_ASSERT_OK(feed_->Update(request_, &response_));
  EXPECT_EQ(response_.applied(), 3U);
}

TEST_F(ProductFeedTest, TheCurrencyIsThatOfTheTrainingWhateverIsLive) {
  const live::LiveValues in_dollars = {.price = Money{499, *CurrencyCode::Parse("USD")}};
  const std::vector<live::LiveChange> changes = {{ProductAt(1), in_dollars}};
  model_ = model_->WithLive(live::LiveTable(2).With(changes));
  AddPrice("tea", 499, "EUR");
  AWASE_ASSERT_OK(feed_->UpdateOnce(request_, &response_));
  EXPECT_EQ(response_.applied(), 1U);
}

TEST_F(ProductFeedTest, TakesAllFieldsAndCountsWhatBecameOfThem) {
  v1::ProductUpdate& tea = Add("tea");
  tea.mutable_price()->set_minor_units(499);
  tea.mutable_price()->set_currency_code("EUR");
  tea.set_stock(0);
  tea.set_visible(false);
  tea.set_sequence(7);
  v1::ProductUpdate& late = Add("tea");
  late.set_stock(5);
  late.set_sequence(6);
  Add("milk").set_stock(1);
  AWASE_ASSERT_OK(feed_->Update(request_, &response_));
  EXPECT_EQ(response_.applied(), 2U);
  EXPECT_EQ(response_.late(), 1U);
  EXPECT_EQ(response_.unknown(), 1U);
  EXPECT_EQ(response_.error_count(), 0U);
  const live::LiveValues values = {.price = Money{499, *CurrencyCode::Parse("EUR")}, .stock = 0, .visible = false};
  EXPECT_THAT(table_.Find(ProductAt(1)), ::testing::Pointee(values));

  request_.Clear();
  Add("tea").set_reset(true);
  AWASE_ASSERT_OK(feed_->UpdateOnce(request_, &response_));
  EXPECT_EQ(table_.size(), 0U);
}

TEST_F(ProductFeedTest, AMessageWithErrorsChangesNothingAndTellsThemAll) {
  Add("tea").set_stock(0);
  Add("").set_stock(-1);
  Add("milk").mutable_price()->set_currency_code("euro");
  Add("milk");
  AWASE_ASSERT_OK(feed_->Update(request_, &response_));
  EXPECT_EQ(table_.size(), 0U);
  EXPECT_EQ(response_.applied(), 0U);
  EXPECT_EQ(response_.error_count(), 4U);
  ASSERT_THAT(response_.errors(), SizeIs(4));
  EXPECT_EQ(response_.errors(0).index(), 1U);
  EXPECT_EQ(response_.errors(0).message(), "updates[1].product_id: an id of 0 bytes: want 1 to 10240");
  EXPECT_EQ(response_.errors(1).message(), "updates[1].stock: -1 is no stock: want 0 or more");
  EXPECT_EQ(response_.errors(2).index(), 2U);
  EXPECT_THAT(response_.errors(2).message(), HasSubstr("updates[2].price.currency_code: \"euro\" is not a currency"));
  EXPECT_THAT(response_.errors(3).message(), HasSubstr("updates[3]: says nothing"));
  EXPECT_EQ(feed_->refused(), 4U);

  v1::UpdateProductsResponse once;
  EXPECT_THAT(feed_->UpdateOnce(request_, &once),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("updates[1].stock: -1 is no stock")));
}

TEST_F(ProductFeedTest, ALongListOfErrorsIsCut) {
  for (int i = 0; i < 1500; ++i) Add("tea");
  AWASE_ASSERT_OK(feed_->Update(request_, &response_));
  EXPECT_THAT(response_.errors(), SizeIs(1000));
  EXPECT_EQ(response_.error_count(), 1500U);
  EXPECT_THAT(feed_->UpdateOnce(request_, &response_),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("; and 1480 more")));
}

TEST_F(ProductFeedTest, AMessageHasALimit) {
  for (std::size_t i = 0; i <= live::kMaxUpdates; ++i) Add("tea").set_stock(1);
  request_.mutable_updates(0)->mutable_price()->set_currency_code("euro");
  AWASE_ASSERT_OK(feed_->Update(request_, &response_));
  ASSERT_THAT(response_.errors(), SizeIs(1)) << "of what is too long nothing else is looked at";
  EXPECT_EQ(feed_->refused(), live::kMaxUpdates + 1);
  EXPECT_EQ(response_.errors(0).index(), live::kMaxUpdates);
  EXPECT_THAT(response_.errors(0).message(), HasSubstr("100001 entries: want at most 100000"));
}

TEST_F(ProductFeedTest, WithoutACatalogueItSaysWhatToDo) {
  ProductFeed feed(nullptr, nullptr);
  const auto is_refused = StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("--live DIR"));
  EXPECT_THAT(feed.Check(), is_refused);
  EXPECT_THAT(feed.Update(request_, &response_), is_refused);
  EXPECT_THAT(feed.UpdateOnce(request_, &response_), is_refused);
}

}  // namespace
}  // namespace awase::service
