#include "report/internal/page_data.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "absl/strings/str_replace.h"
#include "awase/evaluation/measure.h"
#include "awase/families/family_json.h"

namespace awase::report_internal {
namespace {

using Json = nlohmann::ordered_json;
using report::DumpProfile;
using report::SamplePage;

Json DumpToJson(const DumpProfile& dump, const std::vector<report::BestSeller>& best_sellers) {
  Json json = {{"orders", dump.orders},
               {"orders_without_time", dump.orders_without_time},
               {"purchases", dump.purchases},
               {"products", dump.products},
               {"rare_products", dump.rare_products},
               {"median_size", dump.median_size},
               {"largest_size", dump.largest_size},
               {"weeks_per_period", dump.weeks_per_period},
               {"periods", Json::array()},
               {"sizes", Json::array()},
               {"popularity", Json::array()},
               {"best_sellers", Json::array()}};
  for (const report::Period& period : dump.periods) {
    json["periods"].push_back({{"from_ms", period.from_micros / 1000}, {"orders", period.orders}});
  }
  for (const report::SizeBin& bin : dump.sizes) {
    Json& size = json["sizes"].emplace_back(Json{{"from", bin.from}, {"orders", bin.orders}});
    if (bin.to != std::numeric_limits<std::uint32_t>::max()) size["to"] = bin.to;
  }
  for (const report::PopularityPoint& point : dump.popularity) {
    json["popularity"].push_back({{"products", point.products}, {"purchases", point.purchases}});
  }
  for (const report::BestSeller& seller : best_sellers) {
    json["best_sellers"].push_back({{"id", seller.product_id}, {"title", seller.title}, {"orders", seller.orders}});
  }
  return json;
}

Json ListToJson(const report::SampleList& list) {
  Json json = {
      {"relation", list.relation}, {"units", list.units}, {"unit_count", list.unit_count}, {"entries", Json::array()}};
  for (const report::SampleEntry& entry : list.entries) {
    json["entries"].push_back({{"id", entry.product_id},
                               {"title", entry.title},
                               {"price", entry.price},
                               {"together", entry.together},
                               {"lift", entry.lift},
                               {"lift_low", entry.lift_low},
                               {"lift_high", entry.lift_high},
                               {"claim", entry.claim}});
  }
  return json;
}

Json PageToJson(const SamplePage& page) {
  Json json = {{"id", page.product_id}, {"title", page.title},   {"price", page.price},    {"kind", page.kind},
               {"band", page.band},     {"orders", page.orders}, {"lists", Json::array()}, {"rungs", Json::array()}};
  for (const report::SampleList& list : page.lists) json["lists"].push_back(ListToJson(list));
  for (const report::SampleRung& rung : page.rungs) {
    json["rungs"].push_back({{"direction", rung.direction},
                             {"id", rung.product_id},
                             {"title", rung.title},
                             {"price", rung.price},
                             {"price_delta", rung.price_delta}});
  }
  return json;
}

}  // namespace

std::string PageDataJson(const report::ReportData& data) {
  Json json = {{"model", data.model},
               {"written_at_ms", absl::ToUnixMillis(data.written_at)},
               {"wants_activation", data.wants_activation},
               {"training", Json::parse(data.training_json, nullptr, /*allow_exceptions=*/false)},
               {"settings", Json::parse(data.settings_json, nullptr, /*allow_exceptions=*/false)},
               {"dump", DumpToJson(data.dump, data.best_sellers)},
               {"pages", Json::array()},
               {"families", Json::array()}};
  for (const SamplePage& page : data.pages) json["pages"].push_back(PageToJson(page));
  for (const families::FamilyTable& family : data.families)
    json["families"].emplace_back(families::FamilyToJson(family));
  return absl::StrReplaceAll(
      json.dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace),
      {{"<", "\\u003c"}, {">", "\\u003e"}, {"&", "\\u0026"}, {"\xE2\x80\xA8", "\\u2028"}, {"\xE2\x80\xA9", "\\u2029"}});
}

}  // namespace awase::report_internal
