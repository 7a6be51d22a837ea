#ifndef AWASE_FAMILIES_FAMILY_JSON_H_
#define AWASE_FAMILIES_FAMILY_JSON_H_

#include <nlohmann/json.hpp>

#include "awase/families/family_table.h"

namespace awase::families {

// {"family", "source", "orders", "products", "first", "specs": ["spec.storage_gb", …], "rows": [{"product_id", "title",
// "price", "unit_price", "orders", "tier", "specs": {"spec.storage_gb": "128"}, "steps": [{"direction", "rung",
// "grade", "kind", "product_id", "price_delta", "evidence"}]}]}. Texts as the shop gave them, whatever their bytes.
nlohmann::json FamilyToJson(const FamilyTable& table);

}  // namespace awase::families

#endif  // AWASE_FAMILIES_FAMILY_JSON_H_
