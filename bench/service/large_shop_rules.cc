#include "bench/service/large_shop_rules.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "bench/peers/generator.h"

namespace awase::load {
namespace {

constexpr std::uint32_t kRulesPerFile = 100;
constexpr std::uint32_t kActions = 12;
constexpr std::uint32_t kPerSeries = LargeShop::kRoles * LargeShop::kModels;

class RuleWriter {
 public:
  RuleWriter(const LargeShop& shop, std::uint64_t seed) : shop_(shop), random_(seed) {}

  std::string Rule(std::uint32_t number) {
    return absl::StrCat("- {id: r", number, ", priority: ", Below(100), ", placements: [product_page, cart], ",
                        Action(number % kActions), "}\n");
  }

 private:
  std::uint32_t Below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_.Below(bound)); }

  std::string Type() { return LargeShop::TypeOf(Below(LargeShop::kDepartments), Below(LargeShop::kRoles)); }
  std::string Category() { return LargeShop::CategoryOf(Below(LargeShop::kDepartments)); }
  std::string Brand() { return LargeShop::BrandOf(Below(LargeShop::kBrands)); }
  std::uint32_t Series() { return Below(shop_.products() / kPerSeries); }
  std::string Product(std::uint32_t series, std::uint32_t model, std::uint32_t role) {
    return LargeShop::IdOf(series * kPerSeries + model * LargeShop::kRoles + role);
  }
  std::string AnyProduct() { return LargeShop::IdOf(Below(shop_.products())); }

  // A set of products.
  std::string Set() {
    switch (Below(5)) {
      case 0:
        return absl::StrCat("{products: [", AnyProduct(), ", ", AnyProduct(), ", ", AnyProduct(), "]}");
      case 1:
        return absl::StrCat("{categories: [", Category(), "]}");
      case 2:
        return absl::StrCat("{brands: [", Brand(), "]}");
      case 3:
        return absl::StrCat("{brands: [", Brand(), "], price: {at_least: ", 10 + Below(100), " USD}}");
      default:
        return absl::StrCat("{product_types: [", Type(), "], not: {tags: [sale]}}");
    }
  }

  std::string Customer() {
    switch (Below(4)) {
      case 0:
        return absl::StrCat(", customer: {segments: [segment-", Below(20), "]}");
      case 1:
        return absl::StrCat(", customer: {tiers: [gold], lacks: {brands: [", Brand(), "]}}");
      case 2:
        return absl::StrCat(", customer: {nps: {at_least: ", 5 + Below(5), "}}");
      default:
        return absl::StrCat(", cart: {total: {at_least: ", 20 + Below(100), " USD}}");
    }
  }

  std::string When() { return absl::StrCat("when: {anchor: ", Set(), Below(3) == 0 ? Customer() : "", "}, "); }

  std::string Action(std::uint32_t action) {
    switch (action) {
      case 0:
        return absl::StrCat(When(), "hide: {matching: ", Set(), "}");
      case 1:
        return absl::StrCat(When(), "boost: {matching: {brands: [", Brand(), "]}, by: 1.", 1 + Below(9), "}");
      case 2:
        return absl::StrCat(When(), "bury: {matching: ", Set(), ", by: 2}");
      case 3:
        return absl::StrCat(When(), "pin: {product: ", AnyProduct(), ", slot: also_bought, position: ", 1 + Below(6),
                            "}");
      case 4:
        return Bundle();
      case 5:
        return absl::StrCat(When(), "quota: {matching: {brands: [", Brand(), "]}, at_least: 1}");
      case 6:
        return absl::StrCat("when: {anchor: ", Set(), ", customer: {nps: {at_most: ", Below(7),
                            "}}}, gate: {intents: [cross_sell], closed: true}");
      case 7:
        return absl::StrCat(When(), "cap: {per: ", Below(2) == 0 ? "brand" : "spec.colour", ", at_most: 2}");
      case 8:
        return absl::StrCat("do_not_associate: {these: {product_types: [", Type(), "]}, with: {brands: [", Brand(),
                            "]}}");
      case 9:
        return absl::StrCat(When(), "price_band: {of_anchor: {below: ", 2 + Below(4), "00%}}");
      case 10:
        return Rung();
      default:
        return absl::StrCat(When(), "benefit: {free_shipping: true, above: ", 20 + Below(80), ".00 USD}");
    }
  }

  // A device, its case and its battery.
  std::string Bundle() {
    const std::uint32_t series = Series();
    const std::uint32_t model = Below(LargeShop::kModels);
    return absl::StrCat("bundle: {products: [", Product(series, model, 0), ", ", Product(series, model, 1), ", ",
                        Product(series, model, 2), "], percent: ", 5 + Below(10), "%}");
  }

  // The cheapest device and the dearest; or none of the two steps between cheap cases.
  std::string Rung() {
    const std::uint32_t series = Series();
    if (Below(2) == 0) {
      return absl::StrCat("rung: {products: [", Product(series, 0, 0), ", ", Product(series, LargeShop::kModels - 1, 0),
                          "], author: Tanaka}");
    }
    return absl::StrCat("rung: {products: [", Product(series, 0, 1), ", ", Product(series, 1, 1),
                        "], author: Sato, forbid: true}");
  }

  const LargeShop& shop_;
  peers::Random random_;
};

}  // namespace

std::vector<rules::RuleFile> LargeShopRules(const LargeShop& shop, std::uint32_t count, std::uint64_t seed) {
  RuleWriter writer(shop, seed);
  std::vector<rules::RuleFile> files;
  for (std::uint32_t number = 0; number < count; ++number) {
    if (number % kRulesPerFile == 0) {
      files.push_back({absl::StrCat("rules-", number / kRulesPerFile, ".yaml"), "rules:\n"});
    }
    files.back().content += writer.Rule(number);
  }
  return files;
}

}  // namespace awase::load
