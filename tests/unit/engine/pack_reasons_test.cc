#include "engine/pack_reasons.h"

#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "tests/testing/model_builder.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::engine {
namespace {

using ladder::StepKind;

// A small and a large pack of coffee, the large one by subscription, the shop's own brand, and a mug.
class PackReasons : public ::testing::Test {
 protected:
  void SetUp() override {
    testing::ModelBuilder builder;
    AddPack("small", 650, 100, builder);
    AddPack("large", 2600, 500, builder);
    AddPack("monthly", 2400, 500, builder).subscription_interval = "month";
    AddPack("own", 500, 100, builder);
    builder.Add("mug", 900);
    builder.Add("mugs", 800).subscription_interval = "month";
    AWASE_ASSERT_OK_AND_ASSIGN(model_, builder.Build(folder_.path()));
  }

  std::string Say(Language language, StepKind kind, const char* anchor, const char* offer) const {
    const artefact::ProductView from = model_->product(*model_->Find(anchor));
    const artefact::ProductView to = model_->product(*model_->Find(offer));
    const Money difference = {to.price()->minor_units - from.price()->minor_units, to.price()->currency};
    return PackStepSentence(language, kind, from, to, difference);
  }

  static catalog::Product& AddPack(const char* id, std::int64_t price, std::uint32_t grams,
                                   testing::ModelBuilder& builder) {
    catalog::Product& product = builder.Add(id, price);
    product.pack_quantity = grams;
    product.pack_unit = "g";
    return product;
  }

  testing::TempDir folder_;
  std::shared_ptr<const artefact::Model> model_;
};

TEST_F(PackReasons, SayThePriceAndTheSavingPerUnit) {
  EXPECT_EQ(Say(Language::kEnglish, StepKind::kPack, "small", "large"),
            "A larger pack: USD 19.50 more; USD 5.20 instead of USD 6.50 per 100 g, USD 1.30 less.");
  EXPECT_EQ(Say(Language::kJapanese, StepKind::kPack, "small", "large"),
            "大容量パックです（+USD 19.50）。100 gあたりUSD 6.50のところUSD 5.20で、USD 1.30お得です。");
  EXPECT_EQ(Say(Language::kEnglish, StepKind::kBrand, "small", "own"),
            "The shop's own brand: USD 1.50 less; USD 5.00 instead of USD 6.50 per 100 g, USD 1.50 less.");
}

TEST_F(PackReasons, SayWhatASmallerPackOrAnotherBrandCostsMorePerUnit) {
  EXPECT_EQ(Say(Language::kEnglish, StepKind::kPack, "large", "small"),
            "A smaller pack: USD 19.50 less; USD 6.50 instead of USD 5.20 per 100 g, USD 1.30 more.");
  EXPECT_EQ(Say(Language::kEnglish, StepKind::kBrand, "own", "small"),
            "Of another brand: USD 1.50 more; USD 6.50 instead of USD 5.00 per 100 g, USD 1.50 more.");
}

TEST_F(PackReasons, SayHowOftenASubscriptionComes) {
  EXPECT_EQ(Say(Language::kEnglish, StepKind::kSubscription, "large", "monthly"),
            "By subscription (month): USD 2.00 less each time; USD 4.80 instead of USD 5.20 per 100 g, USD 0.40 less.");
  EXPECT_EQ(
      Say(Language::kEnglish, StepKind::kSubscription, "small", "monthly"),
      "By subscription (month): USD 17.50 more each time; USD 4.80 instead of USD 6.50 per 100 g, USD 1.70 less.");
  EXPECT_EQ(Say(Language::kJapanese, StepKind::kSubscription, "mug", "mugs"),
            "定期購入（month）です（毎回-USD 1.00）。")
      << "nothing per unit where packs do not say what they hold";
}

}  // namespace
}  // namespace awase::engine
