#ifndef AWASE_CATALOG_PRODUCT_H_
#define AWASE_CATALOG_PRODUCT_H_

// One product as a shop describes it: a row of the products file, parsed and checked.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/base/money.h"
#include "awase/base/ratio.h"

namespace awase::catalog {

// One typed value from a spec.* or limit.* column: `name` is the whole column name ("spec.storage_gb"). A value that
// parses as a number is one; ladders also read units and ordered classes from the text.
struct Attribute {
  std::string name;
  std::string text;              // as written in the file, trimmed
  std::optional<double> number;  // set when the text is a finite decimal number

  friend bool operator==(const Attribute&, const Attribute&) = default;
};

// Strings are kept byte for byte ("007" is not "7"); an empty string means "not given" throughout.
struct Product {
  std::string product_id;
  std::string title;
  std::string category;      // a path, "Electronics > Cameras > Compact"
  std::string product_type;  // what it is: products of one type compete, products of different types complete
  std::string brand;
  std::string author;
  std::string series;
  std::string parent_id;  // the product this is a variant of (other colour or size)
  std::string family;     // declared ladder membership
  std::string tier;       // declared place in the family
  std::optional<Money> price;
  std::optional<Money> cost;
  std::optional<std::int64_t> stock;  // pieces; not given = not tracked = available
  bool visible = true;
  std::string pack_size;               // what the pack's label says it holds, as written: "6 x 330 ml"
  std::optional<Ratio> pack_quantity;  // content of one pack, in pack_unit; > 0
  std::string pack_unit;               // "g", "ml", …: a BaseUnitName where the unit is known, else the shop's own word
  std::string subscription_interval;
  std::vector<std::string> tags;
  std::string url;
  std::string image_url;
  std::vector<Attribute> attributes;  // sorted by name, names distinct

  friend bool operator==(const Product&, const Product&) = default;
};

// The text of the attribute of that name; empty when the product has none. O(log attributes).
absl::string_view FindText(const Product& product, absl::string_view name);

// The last step of a category path: "A > B > C" gives "C".
std::string CategoryLeaf(const std::string& category);

// What the product is: its product_type, else the last step of its category.
std::string TypeName(const Product& product);

// Which products it is compared with: its family as declared, else its TypeName.
std::string FamilyName(const Product& product);

}  // namespace awase::catalog

#endif  // AWASE_CATALOG_PRODUCT_H_
