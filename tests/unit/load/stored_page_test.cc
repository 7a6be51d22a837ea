#include "bench/service/stored_page.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::load {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::StatusIs;

v1::RecommendRequest Page(const std::string& product) {
  v1::RecommendRequest request;
  request.set_placement("product_page");
  request.add_product_ids(product);
  return request;
}

TEST(StoredPage, HasAKeyByItsProduct) {
  v1::RecommendRequest plain;
  plain.add_product_ids("b");
  AWASE_ASSERT_OK_AND_ASSIGN(const std::vector<std::string> keys, KeysOf({Page("a"), plain}));
  EXPECT_THAT(keys, ElementsAre("page:a", "page:b"));
}

TEST(StoredPage, WhatDependsOnMoreThanAProductHasNone) {
  v1::RecommendRequest with_cart = Page("a");
  with_cart.add_cart()->set_product_id("b");
  v1::RecommendRequest of_customer = Page("a");
  of_customer.mutable_customer()->set_id("c1");
  v1::RecommendRequest of_two = Page("a");
  of_two.add_product_ids("b");
  v1::RecommendRequest cart = Page("a");
  cart.set_placement("cart");
  for (const v1::RecommendRequest& request : {with_cart, of_customer, of_two, cart}) {
    EXPECT_THAT(KeysOf({request}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("more than a product")));
  }
}

}  // namespace
}  // namespace awase::load
