#include "awase/trainer/settings.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

namespace awase::trainer {
namespace {

using Json = nlohmann::json;
using relations::RelationKind;

// Versions of before the setting have the first two.
void ReadRelations(const Json& settings, TrainOptions* read) {
  read->relations = {RelationKind::kBoughtTogether, RelationKind::kAlsoBought};
  if (!settings.contains("relations")) return;
  read->relations.clear();
  for (const Json& name : settings.at("relations")) {
    // A relation that this program does not know was made by a newer one.
    const auto kind = relations::ParseRelationName(name.get<std::string>());
    if (kind.has_value()) read->relations.push_back(*kind);
  }
}

// Versions of before there were windows have also_bought over all orders.
void ReadWindows(const Json& settings, TrainOptions* read) {
  read->also_bought_window_days = 0;
  if (!settings.contains("windows")) return;
  const Json& windows = settings.at("windows");
  windows.at("also_bought_days").get_to(read->also_bought_window_days);
  windows.at("bought_after_days").get_to(read->bought_after_window_days);
  windows.at("viewed_bought_days").get_to(read->viewed_bought_window_days);
}

// Settings that were searched for are those of the orders at hand: they are searched for anew.
void ReadCart(const Json& cart, TrainOptions* read) {
  cart.at("tune").get_to(read->tune_cart);
  if (read->tune_cart) return;
  cart.at("neighbours").get_to(read->cart.neighbours);
  cart.at("lambda").get_to(read->cart.lambda);
  cart.at("centred").get_to(read->cart.centred);
  cart.at("list_length").get_to(read->cart.list_length);
}

void ReadLadder(const Json& settings, ladder::LadderOptions* ladder) {
  settings.at("min_step").get_to(ladder->min_step);
  settings.at("max_step").get_to(ladder->max_step);
  settings.at("tier_width").get_to(ladder->tier_width);
  settings.at("rungs").get_to(ladder->rungs);
  if (!settings.contains("widest_step")) return;  // before format 4: no evidence was asked for
  settings.at("widest_step").get_to(ladder->widest_step);
  settings.at("false_share").get_to(ladder->false_share);
  settings.at("own_brands").get_to(ladder->own_brands);
}

}  // namespace

std::string SettingsToJson(const TrainOptions& options) {
  const lists::ListSettings& lists = options.lists;
  Json relations = Json::array();
  for (const RelationKind kind : relations::kAllRelationKinds) {  // in whatever order they were given
    if (options.Wants(kind)) relations.push_back(std::string(relations::RelationName(kind)));
  }
  const Json settings = {{"top_k", options.top_k},
                         {"relations", relations},
                         {"windows",
                          {{"also_bought_days", options.also_bought_window_days},
                           {"bought_after_days", options.bought_after_window_days},
                           {"viewed_bought_days", options.viewed_bought_window_days}}},
                         {"min_buyers", options.min_buyers},
                         {"tune", options.tune},
                         {"back_off", options.back_off},
                         {"ranking",
                          {{"basket_size_exponent", lists.ranking.basket_size_exponent},
                           {"half_life_days", lists.ranking.half_life_days},
                           {"popularity_exponent", lists.ranking.popularity_exponent},
                           {"season_weight", lists.ranking.season_weight},
                           {"trend_exponent", lists.trend_exponent},
                           {"popularity_orders", lists.popularity_orders},
                           {"type_orders", lists.type_orders},
                           {"similar_orders", lists.similar_orders},
                           {"same_type_bonus", lists.same_type_bonus},
                           {"type_lift_exponent", lists.type_lift_exponent},
                           {"coverage_bonus", lists.coverage_bonus},
                           {"expected_cases", lists.expected_cases}}},
                         {"claims",
                          {{"min_units", options.claims.min_units},
                           {"min_buyers", options.claims.min_buyers},
                           {"false_discovery_rate", options.claims.false_discovery_rate},
                           {"min_lift_low", options.claims.min_lift_low},
                           {"min_share_held", options.claims.min_share_held}}},
                         {"cart",
                          {{"neighbours", options.cart.neighbours},
                           {"lambda", options.cart.lambda},
                           {"centred", options.cart.centred},
                           {"list_length", options.cart.list_length},
                           {"tune", options.tune_cart}}},
                         {"ladder",
                          {{"min_step", options.ladder.min_step},
                           {"max_step", options.ladder.max_step},
                           {"tier_width", options.ladder.tier_width},
                           {"rungs", options.ladder.rungs}}}};
  return settings.dump();
}

absl::Status SettingsFromJson(absl::string_view settings_json, TrainOptions* options) {
  TrainOptions read = *options;
  try {
    const Json settings = Json::parse(settings_json);
    const Json& ranking = settings.at("ranking");
    const Json& claims = settings.at("claims");
    if (settings.contains("cart")) {
      ReadCart(settings.at("cart"), &read);
    } else {
      read.cart.neighbours = 0;  // of format 1, which had no cart model
    }
    ReadRelations(settings, &read);
    ReadWindows(settings, &read);
    settings.at("top_k").get_to(read.top_k);
    settings.at("min_buyers").get_to(read.min_buyers);
    settings.at("tune").get_to(read.tune);
    read.back_off = settings.value("back_off", false);  // formats 1 and 2 had none
    ranking.at("basket_size_exponent").get_to(read.lists.ranking.basket_size_exponent);
    ranking.at("half_life_days").get_to(read.lists.ranking.half_life_days);
    ranking.at("popularity_exponent").get_to(read.lists.ranking.popularity_exponent);
    read.lists.ranking.season_weight = ranking.value("season_weight", 0.0);  // versions of before it have none
    ranking.at("trend_exponent").get_to(read.lists.trend_exponent);
    ranking.at("popularity_orders").get_to(read.lists.popularity_orders);
    ranking.at("type_orders").get_to(read.lists.type_orders);
    read.lists.similar_orders = ranking.value("similar_orders", 0.0);  // versions of before it have none
    ranking.at("same_type_bonus").get_to(read.lists.same_type_bonus);
    ranking.at("type_lift_exponent").get_to(read.lists.type_lift_exponent);
    ranking.at("coverage_bonus").get_to(read.lists.coverage_bonus);
    ranking.at("expected_cases").get_to(read.lists.expected_cases);
    claims.at("min_units").get_to(read.claims.min_units);
    claims.at("min_buyers").get_to(read.claims.min_buyers);
    claims.at("false_discovery_rate").get_to(read.claims.false_discovery_rate);
    claims.at("min_lift_low").get_to(read.claims.min_lift_low);
    read.claims.min_share_held = claims.value("min_share_held", 0.0);  // formerly claims were not held against periods
    ReadLadder(settings.at("ladder"), &read.ladder);
  } catch (const Json::exception& error) {
    return absl::InvalidArgumentError(absl::StrCat("no settings of a version: ", error.what()));
  }
  *options = std::move(read);
  return absl::OkStatus();
}

}  // namespace awase::trainer
