#include "apps/awase/flag_checks.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::apps {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Check(const CLI::Validator& validator, std::string text) { return validator(text); }

TEST(FlagChecks, AWordOfTheListPassesAndAnotherOneIsHeldAgainstIt) {
  const CLI::Validator check = OneOf({"bought_together", "also_bought"});
  EXPECT_THAT(Check(check, "also_bought"), IsEmpty());
  EXPECT_EQ(Check(check, "also_bougt"),
            "also_bougt is not one of bought_together, also_bought; did you mean also_bought?");
  EXPECT_EQ(Check(check, "views"), "views is not one of bought_together, also_bought");
  EXPECT_EQ(check.get_description(), "{bought_together,also_bought}");
}

TEST(FlagChecks, WholeNumbersHaveBounds) {
  const CLI::Validator check = WholeIn(1, 1000);
  EXPECT_THAT(Check(check, "1"), IsEmpty());
  EXPECT_THAT(Check(check, "1000"), IsEmpty());
  EXPECT_EQ(Check(check, "0"), "0 is not in 1..1000");
  EXPECT_EQ(Check(check, "1001"), "1001 is not in 1..1000");
  EXPECT_EQ(Check(check, "1.5"), "1.5 is no whole number: want one in 1..1000");
  EXPECT_THAT(Check(check, "99999999999999999999"), HasSubstr("1..1000"));
  EXPECT_EQ(check.get_description(), "1..1000");
}

TEST(FlagChecks, NumbersHaveBoundsToo) {
  const CLI::Validator check = NumberIn(0.001, 0.9);
  EXPECT_THAT(Check(check, "0.9"), IsEmpty());
  EXPECT_EQ(Check(check, "2"), "2 is not in 0.001..0.9");
  EXPECT_EQ(Check(check, "nan"), "nan is not in 0.001..0.9");
  EXPECT_EQ(Check(check, "half"), "half is no number: want one in 0.001..0.9");
}

TEST(FlagChecks, AServerIsAHostAndAPort) {
  for (const char* good : {"shop:50051", "127.0.0.1:1", "[::1]:50051"}) EXPECT_THAT(Check(IsServer(), good), IsEmpty());
  EXPECT_EQ(Check(IsServer(), "http://shop:8080"), "http://shop:8080: want HOST:PORT, without http://");
  EXPECT_THAT(Check(IsServer(), "shop:99999"), HasSubstr("65535"));
  EXPECT_EQ(Check(IsServer(), "shop"), "shop: want HOST:PORT, such as shop:50051");
  EXPECT_EQ(Check(IsServer(), "37465"), "37465: want HOST:PORT, such as 127.0.0.1:37465");
}

TEST(FlagChecks, TrimmedTakesBlanksAway) {
  std::string text = " a b\t";
  EXPECT_EQ(Trimmed()(text), "");
  EXPECT_EQ(text, "a b");
}

TEST(FlagChecks, ACurrencyHasThreeLetters) {
  EXPECT_THAT(Check(IsCurrency(), "eur"), IsEmpty());
  EXPECT_THAT(Check(IsCurrency(), "EURO"), HasSubstr("want three letters of ISO 4217"));
}

}  // namespace
}  // namespace awase::apps
