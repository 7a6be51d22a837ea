#ifndef AWASE_TRAINER_TRAIN_H_
#define AWASE_TRAINER_TRAIN_H_

// From order dumps to an artefact: read → clean → ladders → count and rank → write.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "awase/base/money.h"
#include "awase/cart/cart_weights.h"
#include "awase/catalog/catalog.h"
#include "awase/ingest/read_dump.h"
#include "awase/ladder/ladder.h"
#include "awase/lists/list_settings.h"
#include "awase/lists/tune.h"
#include "awase/orders/baskets.h"
#include "awase/plans/plan.h"
#include "awase/plans/quantity.h"
#include "awase/promotion/decision.h"
#include "awase/relations/build_relation.h"

namespace awase::trainer {

// How far a training run is. `share` is that of the stage, −1 when it cannot be told.
struct TrainProgress {
  std::string stage;  // "read orders", "count bought_together", …
  std::uint64_t rows = 0;
  double share = -1;
};

struct TrainOptions {
  // Input and output.
  std::vector<std::string> orders;  // files or globs; empty: the files of the dataset map
  std::vector<std::string>
      append;  // files or globs that are added to the orders of the active version; excludes orders
  std::vector<std::string> products;       // files or globs; may be empty
  std::vector<std::string> views;          // session logs: files or globs; may be empty
  std::vector<std::string> usage;          // what customers use: files or globs; may be empty
  std::vector<std::string> subscriptions;  // what they subscribe to: files or globs; may be empty
  std::string dataset_map;                 // path of a dataset map; empty = default columns
  std::string model_dir;                   // gets <version>/ and ACTIVE
  // Behaviour.
  // Which relations are made, of those whose data is there; bought_together always is.
  std::vector<relations::RelationKind> relations{std::begin(relations::kAllRelationKinds),
                                                 std::end(relations::kAllRelationKinds)};
  double also_bought_window_days = 0;    // how far apart a customer's orders may be to count as one; 0 = no limit
  double bought_after_window_days = 90;  // how much later an order may be to be after another one; above 0
  double viewed_bought_window_days = 1;  // how long after a session began an order may be to have come of it; above 0
  CurrencyCode currency;                 // of rows without a currency
  double max_bad_share = 0.05;           // more bad rows than this share fail the run
  std::size_t top_k = 64;
  std::uint32_t min_buyers = 2;
  std::size_t max_basket = 5000;  // units of more products than this are left out of the pair counts
  // How bought_together lists are ranked: where the search for better settings begins, or, without it, as they are.
  // also_bought takes the ranking alone.
  lists::ListSettings lists;
  bool tune = true;            // search for settings that suit the dump; see lists::TuneLists
  lists::FixedSettings fixed;  // that the search leaves alone
  bool back_off = true;        // name what is bought with a product's kind where too few people bought it
  relations::ClaimOptions claims;
  ladder::LadderOptions ladder;
  cart::FitOptions cart;  // neighbours = 0: no cart model. Its threads are not looked at
  // Search for cart.neighbours, lambda and centred on the dump itself, starting from these. They are taken as they are
  // where there are too few baskets to judge by, or so many that the search would take more than some ten seconds.
  bool tune_cart = true;
  // When set, the last orders (this share of them, see orders::SplitLog) are not learned from: they are put here, to
  // judge the version by. Borrowed.
  orders::OrderLog* held_out = nullptr;
  double held_out_share = 0.1;
  // Make the new version the live one, unless it is worse than the one that is (promotion::Violations). Without it the
  // version is judged all the same.
  bool activate = true;
  promotion::Bounds bounds;
  std::string force;   // not empty: activate in spite of the bounds; says why, and is kept with the reasons
  bool report = true;  // write report.html beside the version
  bool store = true;   // keep the lines beside the version, so that later ones can be appended
  // Performance only. Beside these, what is finished is written on threads of its own, which mostly wait for the disk.
  std::size_t threads = 1;
  // What the process should take at most. Counting goes in passes over ranges of products where that is not enough for
  // one. What lies in memory anyway (the lines, the baskets, the lists) is not made smaller by it: the report warns
  // when the limit was passed. 0 = none.
  std::uint64_t memory_limit_bytes = 0;
  // Both may be empty; called from one thread at a time.
  std::function<void(const TrainProgress&)> progress;
  std::function<bool()> cancelled;  // true ends the run with kCancelled; nothing is left behind

  bool Wants(relations::RelationKind kind) const {
    return std::find(relations.begin(), relations.end(), kind) != relations.end();
  }
};

// The stages of a run, in the order of TrainReport::stages.
enum class Stage {
  kRead,    // files to lines, whose ids are numbered as they come; rows: of orders, products and views
  kIntern,  // the lines of all threads under common numbers, cleaned into baskets; rows: lines, of orders and sessions
  kTune,    // settings of the lists are searched for; rows: orders that judge them
  kLadder,  // rows: products
  kCount,   // baskets to the candidates of every list (leaving large ones out, joining them by customer, windows,
            // weighing, relabelling, transposing, counting, choosing); rows: units, of all relations
  kRank,    // candidates to lists in order, with evidence, back-off and classes, and the cart model; rows: list entries
  kWrite,   // the order store, the version, promotion and the report; rows: products
};
inline constexpr std::size_t kStageCount = 7;
absl::string_view StageName(Stage stage);  // "read", …

struct StageTime {
  double seconds = 0;
  std::uint64_t rows = 0;
};

struct RelationReport {
  std::string relation;
  std::uint64_t unit_count = 0;
  std::uint64_t units_too_large = 0;  // left out for having more than max_basket products
  std::uint64_t entries = 0;
  std::uint64_t products_with_list = 0;
  std::uint64_t products_backed_off = 0;  // of those: with nothing counted in their list
  std::uint64_t products_with_claim = 0;
  relations::ClaimSummary claims;
};

// What session logs came to.
struct SessionReport {
  std::uint64_t sessions = 0;                // with a product of the catalogue
  std::uint64_t sessions_without_known = 0;  // with none: left out
  std::uint64_t views = 0;                   // of products of the catalogue, each once per session
  std::uint64_t customers = 0;               // known of the sessions
  std::uint64_t unknown_products = 0;        // neither in the products file nor ordered
  std::uint64_t unknown_views = 0;           // of those, each once per session: left out
};

// The cart model and how its settings were found. The figures are those of hiding products of the last baskets.
struct CartReport {
  std::uint64_t weights = 0;  // that the version holds; 0 = no cart model
  bool tuned = false;
  std::uint64_t cases = 0;  // carts that the search had to judge by
  double hr_at_10 = 0;      // of the settings chosen, where tuned
  double mrr = 0;
  double default_hr_at_10 = 0;  // of the settings that the search began with
  double default_mrr = 0;
  cart::FitOptions settings;  // as taken
};

// How much of a metric the customers of a plan use in a period.
struct PlanUse {
  std::string product_id;
  std::string metric;
  std::uint64_t customers = 0;
  plans::Quantity median;   // over all customers and periods
  plans::Quantity highest;  // that nine of ten do not exceed
};

// Customers who went from one plan of a family to another.
struct PlanSwitch {
  std::string from;
  std::string to;
  bool is_upgrade = false;      // the fee is higher
  std::uint64_t customers = 0;  // distinct
};

// What usage or subscriptions call something that the catalogue does not have. No version holds the names: nobody knows
// what is written there.
struct UnknownNames {
  std::uint64_t count = 0;
  std::vector<std::string> first;  // a few of them, in byte order
};

// The plans of the catalogue, and what usage and subscriptions say of them. No customer is in it.
struct PlanReport {
  std::uint64_t plans = 0;
  std::uint64_t options = 0;
  std::uint64_t families = 0;            // of two plans or more
  std::vector<plans::Fault> faults;      // that keep a product from being a plan
  std::vector<plans::Fault> notes;       // that do not
  std::uint64_t subscribers = 0;         // customers with a subscription …
  std::uint64_t without_plan = 0;        // … of which this many to a product that is no plan
  std::uint64_t subscribers_used = 0;    // … with a plan and usage: those that are advised
  std::uint64_t too_many_periods = 0;    // … with usage of over 400 periods: of moments, so they are not advised
  std::uint64_t other_periods = 0;       // … with usage by month of a plan that is paid by another interval: neither
  std::uint64_t unknown_options = 0;     // … with options that are none of the catalogue's: likewise
  std::uint64_t users_unsubscribed = 0;  // customers with usage and no subscription
  std::uint64_t better_higher = 0;       // of those advised: with something lacking, or cheaper off with a higher plan
  std::uint64_t better_lower = 0;        // … with enough in less
  std::uint64_t unfit = 0;               // of those advised: whose need no plan of their family meets
  // By currency, over their usage: what those would have saved who would have paid less, and what those would have paid
  // beside who would have paid more, as they lack something.
  std::map<std::string, std::int64_t> savings_minor;
  std::map<std::string, std::int64_t> extra_minor;
  UnknownNames unknown_metrics;  // used, but no plan speaks of them
  // Of those, the first few that differ from a plan's metric in case alone, and that metric.
  std::map<std::string, std::string> miscased_metrics;
  UnknownNames unknown_plan_ids;            // subscribed to, but no plans
  UnknownNames unknown_option_ids;          // likewise, but no options
  std::vector<std::string> unused_metrics;  // with an overage in the plan of one who is advised; no usage names them
  std::vector<PlanUse> use;                 // by product, metric
  std::vector<PlanSwitch> switches;         // by product ids
};

// What a run did, for people and for the manifest.
struct TrainReport {
  std::string version;
  bool activated = false;
  promotion::Decision promotion;              // how the version compares with the one that was active
  std::string appended_to;                    // the version to whose orders this run added; empty = none
  ingest::ReadReport orders;                  // of all files that the version is made of
  std::vector<std::string> order_currencies;  // in which products were last sold, by code
  ingest::ReadReport products;
  ingest::ReadReport views;
  orders::CleaningReport cleaning;
  ingest::ReadReport usage;
  ingest::ReadReport subscriptions;
  SessionReport sessions;
  PlanReport plans;
  catalog::CatalogNotes catalog;
  std::uint64_t product_count = 0;
  std::uint64_t customer_count = 0;
  std::int64_t first_order_micros = orders::kNoTime;  // of the orders that were kept and have a time
  std::int64_t last_order_micros = orders::kNoTime;
  std::uint64_t products_only_in_orders = 0;  // not in the products file: counted, but never shown
  std::uint64_t prices_from_orders = 0;       // products priced by what orders paid, for want of a catalogue price
  lists::TuneResult tuning;                   // without settings that were searched for when `tuned` is false
  bool season_is_off = false;                 // a season weight was given, and the orders reach back too little for it
  bool season_is_unsearched = false;          // the orders know a season, those that the search learns from do not
  std::vector<RelationReport> relations;
  CartReport cart;
  ladder::LadderNotes ladders;
  std::vector<std::string> warnings;          // what a user should know, one sentence each
  std::array<StageTime, kStageCount> stages;  // by Stage
  std::uint64_t peak_rss_bytes = 0;           // of the process so far
};

// Blocks until the version is written (and active, where it may be: see TrainReport::activated and promotion). After an
// error model_dir holds what it held before, and is not there if it was not; only a version that was written and could
// then not be made active stays, not active.
// Errors: those of the ingest, relations and artefact libraries; kInvalidArgument for options out of range (before
// anything is read), for a file that was appended before and for products or views that are not given again; with
// `append` kNotFound without an active version, kFailedPrecondition when that has no order store, kDataLoss when it is
// broken.
absl::StatusOr<TrainReport> Train(const TrainOptions& options);

// The report as a JSON object: the manifest's "report", and `awase train --format json`.
std::string TrainReportToJson(const TrainReport& report);

// The report for a terminal: what was read, what was dropped and why, what came out.
std::string TrainReportToText(const TrainReport& report);

}  // namespace awase::trainer

#endif  // AWASE_TRAINER_TRAIN_H_
