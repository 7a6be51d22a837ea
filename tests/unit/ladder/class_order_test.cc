#include "ladder/internal/class_order.h"

#include <cmath>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::ladder_internal {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

std::vector<ClassMember> Of(const std::vector<std::string>& names) {
  std::vector<ClassMember> members;
  for (const std::string& name : names) members.push_back({name, 0});
  return members;
}

TEST(RecogniseClasses, KnowsScales) {
  EXPECT_THAT(RecogniseClasses(Of({"h", "l", "m", "l"}))->ranks, ElementsAre(Pair("h", 2), Pair("l", 0), Pair("m", 1)));
  EXPECT_THAT(RecogniseClasses(Of({"s", "xl", "m"}))->ranks, ElementsAre(Pair("m", 1), Pair("s", 0), Pair("xl", 2)));
  EXPECT_THAT(RecogniseClasses(Of({"gold", "bronze"}))->ranks, ElementsAre(Pair("bronze", 0), Pair("gold", 1)));
  EXPECT_THAT(RecogniseClasses(Of({"ii", "iv", "i"}))->ranks, ElementsAre(Pair("i", 0), Pair("ii", 1), Pair("iv", 2)));
}

TEST(RecogniseClasses, RefusesWhatIsAmbiguousOrUnknown) {
  EXPECT_FALSE(RecogniseClasses(Of({"l", "m"})).has_value()) << "large and medium, or low and medium?";
  EXPECT_FALSE(RecogniseClasses(Of({"l", "m", "red"})).has_value());
  EXPECT_FALSE(RecogniseClasses(Of({"gold"})).has_value()) << "one class has no order";
}

TEST(RecogniseClasses, SaysThatYesIsNotBetterByMeaning) {
  EXPECT_EQ(RecogniseClasses(Of({"no", "yes"}))->source, ClassOrder::Source::kYesNo);
}

TEST(RecogniseClasses, SaysThatALargerSizeIsNotBetterByMeaning) {
  EXPECT_EQ(RecogniseClasses(Of({"s", "m", "xl"}))->source, ClassOrder::Source::kSize);
  EXPECT_EQ(RecogniseClasses(Of({"small", "large"}))->source, ClassOrder::Source::kSize);
  EXPECT_EQ(RecogniseClasses(Of({"low", "high"}))->source, ClassOrder::Source::kQualityScale);
}

TEST(LearnClasses, OrdersByPriceWhereItTellsClassesApart) {
  const std::vector<ClassMember> members = {{"basic", 1}, {"basic", 2}, {"pro", 5},
                                            {"pro", 6},   {"plus", 3},  {"plus", 4}};
  EXPECT_THAT(LearnClasses(members, 2, 0.8)->ranks, ElementsAre(Pair("basic", 0), Pair("plus", 1), Pair("pro", 2)));
  EXPECT_FALSE(LearnClasses(members, 3, 0.8).has_value()) << "too few of each";
}

TEST(LearnClasses, RefusesClassesOfOnePriceRange) {
  const std::vector<ClassMember> members = {{"red", 1}, {"red", 4}, {"blue", 2}, {"blue", 3.5}};
  EXPECT_FALSE(LearnClasses(members, 2, 0.8).has_value());
}

}  // namespace
}  // namespace awase::ladder_internal
