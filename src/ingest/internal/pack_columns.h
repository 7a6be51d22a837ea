#ifndef AWASE_INGEST_INTERNAL_PACK_COLUMNS_H_
#define AWASE_INGEST_INTERNAL_PACK_COLUMNS_H_

// What the columns pack_size, pack_quantity and pack_unit of a products file say, in units that compare.

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/catalog/product.h"

namespace awase::ingest_internal {

// Settles the packs of products one by one and keeps the account of what could not be read. single-thread.
class PackColumns {
 public:
  // `product` comes with the three columns as the file has them, and leaves with pack_quantity and pack_unit in a base
  // unit (500 g and 0.5 kg alike) where the unit is known. pack_quantity speaks before pack_size; a pack_unit that is a
  // label ("6 x 330 ml") is multiplied by pack_quantity. What cannot be read leaves the product without a quantity.
  void Settle(catalog::Product* product);

  // One sentence per column and problem, with the numbers of products and the first three by id.
  std::vector<std::string> Notes() const;

 private:
  struct Account {
    std::uint64_t count = 0;
    std::set<std::pair<std::string, std::string>> first;  // product id and value
  };

  void SettleUnit(catalog::Product* product);
  void CountMeasure(catalog::Product* product);
  void SettleLabel(catalog::Product* product);
  void Count(absl::string_view column, absl::string_view problem, absl::string_view value,
             const catalog::Product& product);

  std::uint64_t labels_ = 0;
  std::uint64_t labels_read_ = 0;
  std::map<std::pair<std::string, std::string>, Account> accounts_;  // by column and problem
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_PACK_COLUMNS_H_
