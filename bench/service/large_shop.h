#ifndef AWASE_BENCH_SERVICE_LARGE_SHOP_H_
#define AWASE_BENCH_SERVICE_LARGE_SHOP_H_

// The catalogue of a made-up shop, as large as wanted, for the baskets of bench/peers/generator.h with groups of
// LargeShop::kRoles products.
//
// Eight products with ids one after the other belong together and are bought together: a device, its case, its battery
// and so on (the roles), all of one model. Five such groups are the five models of a series, from the cheapest to the
// dearest, so that the five devices of a series are a family with five tiers, and so are its cases. Bags are the
// exception: their three dearest models are one bag in three colours. A series is of one of 50 departments; a
// department and a role are a product type.

#include <cstdint>
#include <string>

namespace awase::load {

struct ShopProduct {
  std::string id;  // as bench/peers/order_file.h writes it
  std::string title;
  std::string category;  // "Garden > Outdoor > battery"
  std::string type;
  std::string brand;
  std::string series;
  std::string parent_id;  // empty: no variant of another one
  std::int64_t price_cents = 0;
  std::uint32_t stock = 0;
  bool visible = true;
  std::string family;
  std::uint32_t tier = 0;  // 1 to 5
  std::string tags;        // "eco|gift"
  std::uint32_t power_watts = 0;
  std::uint32_t warranty_years = 0;
  std::string colour;
};

// thread-safe. The same number gives the same product, whatever the size of the shop.
class LargeShop {
 public:
  static constexpr std::uint32_t kRoles = 8;
  static constexpr std::uint32_t kModels = 5;
  static constexpr std::uint32_t kDepartments = 50;
  static constexpr std::uint32_t kBrands = 400;
  static constexpr std::uint32_t kMaxProducts = 9'999'999;
  static constexpr char kCurrency[] = "USD";

  // REQUIRES: 1 to kMaxProducts products.
  explicit LargeShop(std::uint32_t products) : products_(products) {}

  std::uint32_t products() const { return products_; }

  // REQUIRES: number < products(). O(1).
  ShopProduct At(std::uint32_t number) const;

  static std::string IdOf(std::uint32_t number);
  // REQUIRES: department < kDepartments, role < kRoles, brand < kBrands.
  static std::string TypeOf(std::uint32_t department, std::uint32_t role);
  static std::string CategoryOf(std::uint32_t department);  // of all its roles
  static std::string BrandOf(std::uint32_t brand);

  // All products, with the columns of `awase train --products`: about 220 bytes for each.
  std::string ProductsCsv() const;

 private:
  std::uint32_t products_;
};

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_LARGE_SHOP_H_
