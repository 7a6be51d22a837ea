#include "apps/awase/family_text.h"

#include "gtest/gtest.h"

namespace awase::apps {
namespace {

using families::FamilyTable;
using families::TableRow;
using families::TableStep;
using ladder::Direction;
using ladder::Grade;
using ladder::StepKind;

FamilyTable Cameras() {
  FamilyTable table{.key = {ladder::FamilySource::kDeclared, "cameras"}, .orders = 412, .products = 5, .first = 1};
  table.specs = {"spec.storage_gb"};
  table.rows.push_back(TableRow{
      .product_id = "C1",
      .title = "Alpha",
      .price = "USD 99.00",
      .unit_price = "",
      .orders = 12,
      .tier = "",
      .specs = {"128"},
      .steps = {
          TableStep{Direction::kHigher, 1, Grade::kCertified, StepKind::kModel, "C2", "+USD 100.00", "dominates"},
          TableStep{Direction::kHigher, 2, Grade::kWeak, StepKind::kModel, "C3", "+USD 900.00", "family cameras"}}});
  table.rows.push_back(TableRow{
      .product_id = "C2",
      .title = "写真機",
      .price = "USD 199.00",
      .unit_price = "",
      .orders = 400,
      .tier = "",
      .specs = {""},
      .steps = {TableStep{Direction::kLower, 1, Grade::kCertified, StepKind::kPack, "C1", "-USD 100.00", "pack"}}});
  table.center = 1;
  return table;
}

TEST(FamilyToText, DrawsATable) {
  EXPECT_EQ(FamilyToText(Cameras()),
            "family cameras: 5 products, 412 orders; by price, numbers 2 to 3\n"
            "  product  title        price  orders  storage_gb  next cheaper       next better\n"
            "  C1       Alpha    USD 99.00      12  128                            C2 CERTIFIED\n"
            "> C2       写真機  USD 199.00     400              C1 pack CERTIFIED\n");
}

}  // namespace
}  // namespace awase::apps
