#include "awase/families/family_json.h"

#include <cstddef>

namespace awase::families {

nlohmann::json FamilyToJson(const FamilyTable& table) {
  nlohmann::json json = {{"family", table.key.name},       {"source", ladder::FamilySourceName(table.key.source)},
                         {"orders", table.orders},         {"products", table.products},
                         {"first", table.first},           {"specs", table.specs},
                         {"rows", nlohmann::json::array()}};
  for (const TableRow& row : table.rows) {
    nlohmann::json& entry = json["rows"].emplace_back(nlohmann::json{{"product_id", row.product_id},
                                                                     {"title", row.title},
                                                                     {"price", row.price},
                                                                     {"unit_price", row.unit_price},
                                                                     {"orders", row.orders},
                                                                     {"tier", row.tier},
                                                                     {"specs", nlohmann::json::object()},
                                                                     {"steps", nlohmann::json::array()}});
    for (std::size_t s = 0; s < table.specs.size(); ++s) {
      if (!row.specs[s].empty()) entry["specs"][table.specs[s]] = row.specs[s];
    }
    for (const TableStep& step : row.steps) {
      entry["steps"].push_back({{"direction", ladder::DirectionName(step.direction)},
                                {"rung", step.rung},
                                {"grade", ladder::GradeName(step.grade)},
                                {"kind", ladder::StepKindName(step.kind)},
                                {"product_id", step.other_id},
                                {"price_delta", step.price_delta},
                                {"evidence", step.evidence}});
    }
  }
  return json;
}

}  // namespace awase::families
