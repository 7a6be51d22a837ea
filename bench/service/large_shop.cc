#include "bench/service/large_shop.h"

#include <array>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "bench/peers/generator.h"

namespace awase::load {
namespace {

constexpr std::uint32_t kBagRole = 6;
constexpr std::uint32_t kFirstColour = 2;  // this model of a bag and those above it are one bag

constexpr std::array kAreas = {"Travel", "Studio", "Garden", "Kitchen", "Office",
                               "Sports", "Baby",   "Pets",   "Music",   "Car"};
constexpr std::array kShelves = {"Basic", "Outdoor", "Professional", "Compact", "Smart"};
constexpr std::array<const char*, LargeShop::kRoles> kRoleWords = {"device", "case",    "battery", "charger",
                                                                   "stand",  "cleaner", "bag",     "guide"};
constexpr std::array kColours = {"black", "white", "silver", "red", "blue", "green", "sand", "grey", "violet", "brown"};
constexpr std::array kTags = {"eco", "gift", "new", "sale", "local"};
constexpr std::array kFirstSyllables = {"Hi", "Ku", "Mo", "Sa", "Te", "No", "Ri", "Ya", "Ao", "Be",
                                        "Ce", "Do", "El", "Fa", "Ga", "Ha", "Io", "Jo", "La", "Ma"};
constexpr std::array kLastSyllables = {"kari", "mo",   "rin",  "ba",   "shiro", "tora", "nami", "zuki", "dera", "gawa",
                                       "lund", "berg", "stam", "vale", "ford",  "wick", "mark", "holm", "sund", "rath"};

static_assert(kAreas.size() * kShelves.size() == LargeShop::kDepartments);
static_assert(kFirstSyllables.size() * kLastSyllables.size() == LargeShop::kBrands);

// What is drawn once for a series, once for its products of a role, once for a product.
enum class Drawn : std::uint64_t { kSeries = 1, kFamily = 2, kProduct = 3 };

peers::Random DiceOf(Drawn drawn, std::uint64_t number) {
  return peers::Random(number * 4 + static_cast<std::uint64_t>(drawn));
}

std::string SeriesName(std::uint32_t series) {
  peers::Random dice = DiceOf(Drawn::kSeries, series);
  return absl::StrCat(kFirstSyllables[dice.Below(kFirstSyllables.size())],
                      kLastSyllables[dice.Below(kLastSyllables.size())], " ", series);
}

// 4.09 to 154.09 for the first model, three tenths more for each further one; ends in 9 cents.
std::int64_t PriceOf(std::uint32_t model, std::uint64_t base) {
  std::uint64_t cents = 400 + base;
  for (std::uint32_t i = 0; i < model; ++i) cents = cents * 13 / 10;
  return static_cast<std::int64_t>(cents / 10 * 10 + 9);
}

std::string RowOf(const ShopProduct& product) {
  return absl::StrCat(
      product.id, ",", product.title, ",", product.category, ",", product.type, ",", product.brand, ",", product.series,
      ",", product.parent_id, ",",
      absl::StrCat(product.price_cents / 100, ".", absl::Dec(product.price_cents % 100, absl::kZeroPad2)), ",",
      LargeShop::kCurrency, ",", product.stock, ",", product.visible ? "true" : "false", ",",
      absl::StrCat(product.family, ",", product.tier, ",", product.tags, ",https://shop.example/p/", product.id,
                   ",https://images.shop.example/", product.id, ".jpg,"),
      absl::StrCat(product.power_watts, ",", product.warranty_years, ",", product.colour, "\n"));
}

}  // namespace

std::string LargeShop::IdOf(std::uint32_t number) { return absl::StrCat("p", absl::Dec(number, absl::kZeroPad7)); }

std::string LargeShop::TypeOf(std::uint32_t department, std::uint32_t role) {
  return absl::AsciiStrToLower(absl::StrCat(kShelves[department / kAreas.size()], " ",
                                            kAreas[department % kAreas.size()], " ", kRoleWords[role]));
}

std::string LargeShop::CategoryOf(std::uint32_t department) {
  return absl::StrCat(kAreas[department % kAreas.size()], " > ", kShelves[department / kAreas.size()]);
}

std::string LargeShop::BrandOf(std::uint32_t brand) {
  return absl::StrCat(kFirstSyllables[brand % kFirstSyllables.size()], kLastSyllables[brand / kFirstSyllables.size()]);
}

ShopProduct LargeShop::At(std::uint32_t number) const {
  const std::uint32_t role = number % kRoles;
  const std::uint32_t model = number / kRoles % kModels;
  const std::uint32_t series = number / kRoles / kModels;
  const bool is_colour = role == kBagRole && model >= kFirstColour;
  const std::uint32_t graded = is_colour ? kFirstColour : model;
  peers::Random family = DiceOf(Drawn::kFamily, std::uint64_t{series} * kRoles + role);
  peers::Random dice = DiceOf(Drawn::kProduct, number);
  const auto department = static_cast<std::uint32_t>(DiceOf(Drawn::kSeries, series).Below(kDepartments));
  ShopProduct product{.id = IdOf(number), .type = TypeOf(department, role), .series = SeriesName(series)};
  product.category = absl::StrCat(CategoryOf(department), " > ", kRoleWords[role]);
  product.brand = BrandOf(static_cast<std::uint32_t>(family.Below(kBrands)));
  product.price_cents = PriceOf(graded, family.Below(15'000));
  product.family = absl::StrCat("f", series, "-", kRoleWords[role]);
  product.tier = graded + 1;
  product.power_watts = static_cast<std::uint32_t>(5 + family.Below(20)) * (graded + 2);
  product.warranty_years = 1 + graded;
  product.colour = kColours[is_colour ? model : dice.Below(kColours.size())];
  product.title =
      absl::StrCat(product.brand, " ", product.series, "-", graded + 1, " ", product.type, " ", product.colour);
  if (is_colour && model > kFirstColour) product.parent_id = IdOf(number - (model - kFirstColour) * kRoles);
  product.stock = dice.Below(33) == 0 ? 0 : static_cast<std::uint32_t>(1 + dice.Below(500));
  product.visible = dice.Below(200) != 0;
  if (dice.Below(4) == 0) product.tags = kTags[dice.Below(kTags.size())];
  return product;
}

std::string LargeShop::ProductsCsv() const {
  std::string rows =
      "product_id,title,category,product_type,brand,series,parent_id,price,currency,stock,visible,family,tier,tags,url,"
      "image_url,spec.power_w,spec.warranty_years,spec.colour\n";
  for (std::uint32_t number = 0; number < products_; ++number) rows += RowOf(At(number));
  return rows;
}

}  // namespace awase::load
