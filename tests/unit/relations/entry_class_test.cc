#include "awase/relations/entry_class.h"

#include "gtest/gtest.h"

namespace awase::relations {
namespace {

PairFacts OfOneType() {
  PairFacts facts;
  facts.same_type = true;
  facts.lift = 5;  // who buys one buys the other too, some day
  return facts;
}

TEST(EntryClass, BoughtTogetherMoreThanByChanceIsAComplement) {
  EXPECT_EQ(ClassifyPair({.lift = 1.01}), EntryClass::kComplement);
  EXPECT_EQ(ClassifyPair({.lift = 1}), EntryClass::kUndecided);
  EXPECT_EQ(ClassifyPair({.lift = 0}), EntryClass::kUndecided);
}

TEST(EntryClass, UnlikeTypesAreNeverSubstitutesHoweverAlikeTheirProfiles) {
  EXPECT_EQ(ClassifyPair({.lift = 0.5, .profile_likeness = 1, .viewed_low = 9}), EntryClass::kUndecided);
}

TEST(EntryClass, OneTypeAndLikeProfilesAndNotTogetherIsASubstitute) {
  PairFacts facts = OfOneType();
  facts.together_lift = 1;
  facts.profile_likeness = kLikeProfile;
  EXPECT_EQ(ClassifyPair(facts), EntryClass::kSubstitute);
  facts.profile_likeness = kLikeProfile - 0.01;
  EXPECT_EQ(ClassifyPair(facts), EntryClass::kUndecided);
}

TEST(EntryClass, OneTypeNeverCountedTogetherIsJudgedByItsProfile) {
  PairFacts facts = OfOneType();
  EXPECT_EQ(ClassifyPair(facts), EntryClass::kUndecided);
  facts.profile_likeness = 1;
  EXPECT_EQ(ClassifyPair(facts), EntryClass::kSubstitute);
}

TEST(EntryClass, ViewsStandInForTheProfile) {
  PairFacts facts = OfOneType();
  facts.viewed_low = 1.1;
  EXPECT_EQ(ClassifyPair(facts), EntryClass::kSubstitute);
}

TEST(EntryClass, OneTypeFarMoreOftenTogetherIsAMultiPackWhateverElseIsKnown) {
  PairFacts facts = OfOneType();
  facts.together_lift = 4;
  facts.together_low = kMultiPackLow;
  facts.together_claim = true;
  facts.profile_likeness = 1;
  facts.viewed_low = 9;
  EXPECT_EQ(ClassifyPair(facts), EntryClass::kMultiPack);
  facts.together_claim = false;
  facts.viewed_low = 0;
  EXPECT_EQ(ClassifyPair(facts), EntryClass::kUndecided) << "two orders are not enough to say it to people";
}

TEST(EntryClass, WhatGoesWithTheKindIsAComplementUnlessItIsOfTheType) {
  EXPECT_EQ(ClassifyPair({.kind_goes_with = true}), EntryClass::kComplement);
  EXPECT_EQ(ClassifyPair({.same_type = true, .kind_goes_with = true}), EntryClass::kUndecided);
}

TEST(EntryClass, OneTypeALittleMoreOftenTogetherIsUndecided) {
  PairFacts facts = OfOneType();
  facts.together_lift = 4;
  facts.together_low = kMultiPackLow - 0.01;
  facts.together_claim = true;
  facts.profile_likeness = 1;
  EXPECT_EQ(ClassifyPair(facts), EntryClass::kUndecided);
}

TEST(EntryClass, AVariantIsNothingElse) {
  PairFacts facts = OfOneType();
  facts.is_variant = true;
  facts.together_low = 100;
  EXPECT_EQ(ClassifyPair(facts), EntryClass::kVariant);
}

// Whoever leaves the profile out where it is said not to matter gets the same class.
TEST(EntryClass, TheProfileMattersOnlyWhereItIsSaidTo) {
  for (const bool same_type : {false, true}) {
    for (const bool is_variant : {false, true}) {
      for (const double together : {0.0, 0.5, 1.0, 1.5, 3.0}) {
        for (const double viewed : {0.0, 1.0, 2.0}) {
          PairFacts facts{.is_variant = is_variant,
                          .same_type = same_type,
                          .lift = together,
                          .together_lift = together,
                          .together_low = together * 0.8,
                          .together_claim = true,
                          .profile_likeness = 0,
                          .viewed_low = viewed};
          const EntryClass without = ClassifyPair(facts);
          facts.profile_likeness = 1;
          EXPECT_EQ(ClassifyPair(facts) != without, NeedsProfile(facts)) << together << " " << viewed;
        }
      }
    }
  }
}

TEST(EntryClass, NamesAreThoseOfTheDocumentation) {
  EXPECT_EQ(EntryClassName(EntryClass::kUndecided), "undecided");
  EXPECT_EQ(EntryClassName(EntryClass::kVariant), "variant");
  EXPECT_EQ(EntrySourceName(EntrySource::kCounted), "counted");
  EXPECT_EQ(EntrySourceName(EntrySource::kPopularity), "popularity");
}

}  // namespace
}  // namespace awase::relations
