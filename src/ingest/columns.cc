#include "ingest/internal/columns.h"

#include <algorithm>
#include <array>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "awase/base/status_macros.h"
#include "awase/yaml/nearest_word.h"

namespace awase::ingest_internal {
namespace {

constexpr std::array<absl::string_view, kOrderColumnCount> kOrderColumns = {
    "order_id", "product_id", "customer_id", "quantity", "unit_price", "currency", "ordered_at", "status"};
constexpr std::array<absl::string_view, kViewColumnCount> kViewColumns = {"session_id", "product_id", "customer_id",
                                                                          "viewed_at"};
constexpr std::array<absl::string_view, kUsageColumnCount> kUsageColumns = {"customer_id", "metric", "quantity",
                                                                            "period"};
constexpr std::array<absl::string_view, kSubscriptionColumnCount> kSubscriptionColumns = {
    "customer_id", "product_id", "seats", "options", "started_at"};
constexpr std::array<absl::string_view, kProductColumnCount> kProductColumns = {"product_id",
                                                                                "title",
                                                                                "category",
                                                                                "product_type",
                                                                                "brand",
                                                                                "author",
                                                                                "series",
                                                                                "parent_id",
                                                                                "price",
                                                                                "currency",
                                                                                "cost",
                                                                                "stock",
                                                                                "visible",
                                                                                "family",
                                                                                "tier",
                                                                                "pack_size",
                                                                                "pack_quantity",
                                                                                "pack_unit",
                                                                                "subscription_interval",
                                                                                "tags",
                                                                                "url",
                                                                                "image_url"};

// Attributes by their first part, and those that have a name of their own: what plans and their options are made of.
constexpr std::array<absl::string_view, 4> kAttributePrefixes = {"spec.", "limit.", "overage.", "perk."};
constexpr std::array<absl::string_view, 5> kPlanColumns = {"fee", "fee_per_seat", "trial_days", "option_of",
                                                           "includes"};

// What other systems call the columns of ids: lower case, letters and digits only.
constexpr std::array<absl::string_view, 20> kOrderIdNames = {
    "order",       "orderno",       "ordernumber",  "invoice",          "invoiceno", "invoiceid", "invoicenumber",
    "transaction", "transactionid", "basket",       "basketid",         "cartid",    "receipt",   "receiptid",
    "ticket",      "ticketid",      "salesorderid", "salesordernumber", "sessionid", "billno"};
constexpr std::array<absl::string_view, 8> kSessionIdNames = {"session",     "sessionno", "sessionnumber", "sessionkey",
                                                              "sessionhash", "visit",     "visitid",       "visitno"};
constexpr std::array<absl::string_view, 10> kCustomerIdNames = {
    "customer", "customerno", "user", "userid", "client", "clientid", "member", "memberid", "account", "accountid"};
constexpr std::array<absl::string_view, 19> kProductIdNames = {
    "product", "productkey", "productcode", "productno", "productnumber", "sku",       "item",
    "itemid",  "itemno",     "itemcode",    "article",   "articleid",     "articleno", "stockcode",
    "upc",     "ean",        "gtin",        "asin",      "variantid"};

std::string Simplified(absl::string_view name) {
  std::string simple;
  for (const char c : name) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c)))
      simple.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
  }
  return simple;
}

absl::Span<const absl::string_view> ForeignNamesOf(absl::string_view ours) {
  if (ours == "order_id") return kOrderIdNames;
  if (ours == "session_id") return kSessionIdNames;
  if (ours == "customer_id") return kCustomerIdNames;
  if (ours == "product_id") return kProductIdNames;
  return {};
}

// The found column that is likely meant by one of the required columns; empty when none is.
std::string Lookalike(absl::string_view ours, absl::Span<const std::string> found) {
  const absl::Span<const absl::string_view> names = ForeignNamesOf(ours);
  for (const std::string& name : found) {
    const std::string simple = Simplified(name);
    const bool known = std::find(names.begin(), names.end(), simple) != names.end();
    if (known || simple == Simplified(ours)) return name;
  }
  for (const std::string& name : found) {
    if (yaml::EditDistance(Simplified(name), Simplified(ours)) <= 2) return name;
  }
  return "";
}

std::string ListNames(absl::Span<const std::string> names) {
  constexpr std::size_t kMost = 40;
  std::string list;
  for (std::size_t i = 0; i < names.size() && i < kMost; ++i) {
    absl::StrAppend(&list, i == 0 ? "" : ", ", names[i].empty() ? "(no name)" : names[i].substr(0, 60));
  }
  if (names.size() > kMost) absl::StrAppend(&list, ", and ", names.size() - kMost, " more");
  return list;
}

absl::Status MissingColumns(const std::string& label, absl::Span<const std::string> missing,
                            absl::Span<const std::string> found, const TableSchema& schema) {
  std::string message = absl::StrCat(label, ": no column ", absl::StrJoin(missing, " and no column "),
                                     "; the columns are: ", ListNames(found));
  std::vector<std::string> pairs;
  for (const std::string& ours : missing) {
    const std::string theirs = Lookalike(ours, found);
    if (!theirs.empty()) pairs.push_back(absl::StrCat(ours, ": \"", theirs, "\""));
  }
  absl::StrAppend(&message, ". Name them in a dataset map (--dataset map.yaml), for example ", schema.name,
                  ": {columns: {",
                  pairs.empty() ? absl::StrCat(missing[0], ": THEIR_NAME") : absl::StrJoin(pairs, ", "), "}}");
  return absl::InvalidArgumentError(message);
}

// Our columns that `found` has nothing for.
std::vector<absl::string_view> AbsentColumns(const TableSchema& schema, const ColumnSet& columns) {
  const std::vector<std::string> found = columns.FoundNames();
  std::vector<absl::string_view> absent;
  const auto add = [&](absl::string_view ours) {
    if (std::find(found.begin(), found.end(), ours) == found.end()) absent.push_back(ours);
  };
  for (const absl::string_view ours : schema.columns) add(ours);
  if (!schema.has_attributes) return absent;
  for (const absl::string_view ours : kPlanColumns) add(ours);
  return absent;
}

// "limit.minutes" for "Limit.minutes" and "limits.minutes"; nothing where the first part is like none of ours.
std::optional<std::string> AttributeMeant(const std::string& theirs) {
  const std::size_t dot = theirs.find('.');
  if (dot == std::string::npos || dot + 1 == theirs.size()) return std::nullopt;
  std::vector<absl::string_view> first_parts;
  for (const absl::string_view prefix : kAttributePrefixes) first_parts.push_back(absl::StripSuffix(prefix, "."));
  const std::optional<std::string> meant = ClosestName(absl::string_view(theirs).substr(0, dot), first_parts);
  if (!meant.has_value()) return std::nullopt;
  return absl::StrCat(*meant, theirs.substr(dot));
}

// A misspelt column that may be left out is left out: whoever gave it wants to know.
void NoteMisspelt(const std::string& theirs, const TableSchema& schema, absl::Span<const absl::string_view> absent,
                  ColumnPlan* plan) {
  const std::string simple = Simplified(theirs);
  std::optional<std::string> meant = ClosestName(theirs, absent);
  for (const absl::string_view ours : absent) {
    const absl::Span<const absl::string_view> names = ForeignNamesOf(ours);
    if (std::find(names.begin(), names.end(), simple) != names.end()) meant = std::string(ours);
  }
  if (!meant.has_value() && schema.has_attributes) meant = AttributeMeant(theirs);
  if (!meant.has_value()) return;
  plan->notes.push_back(absl::StrCat("column \"", theirs, "\" is not used; if it is ", *meant,
                                     ", say so in a dataset map (--dataset map.yaml): ", schema.name, ": {columns: {",
                                     *meant, ": \"", theirs, "\"}}."));
}

enum class NameMatch { kExact, kLoose };

std::vector<std::size_t> Positions(absl::Span<const std::string> found, absl::string_view name, NameMatch match) {
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const bool same = match == NameMatch::kExact ? found[i] == name
                                                 : absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(found[i]),
                                                                          absl::StripAsciiWhitespace(name));
    if (same) positions.push_back(i);
  }
  return positions;
}

// Where `name` is in `found`; nothing when it is not there.
absl::StatusOr<std::optional<std::size_t>> Locate(const std::string& label, absl::Span<const std::string> found,
                                                  const std::string& name, ColumnPlan* plan) {
  std::vector<std::size_t> positions = Positions(found, name, NameMatch::kExact);
  if (positions.empty()) {
    positions = Positions(found, name, NameMatch::kLoose);
    if (positions.size() == 1) {
      plan->notes.push_back(absl::StrCat("column \"", found[positions[0]], "\" is read as ", name, "."));
    }
  }
  if (positions.empty()) return std::optional<std::size_t>();
  if (positions.size() > 1) {
    return absl::InvalidArgumentError(
        absl::StrCat(label, ": there are ", positions.size(), " columns \"", name, "\": give each a name of its own"));
  }
  return std::optional<std::size_t>(positions[0]);
}

// Our names that this table may give: the schema's, attributes among the file's own columns, and what the map names.
std::vector<std::string> Candidates(absl::Span<const std::string> found, const TableSchema& schema,
                                    const ingest::TableMap& map) {
  std::vector<std::string> names(schema.columns.begin(), schema.columns.end());
  const auto add = [&names, &schema](const std::string& name) {
    if (IsColumnOf(schema, name) && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  for (const std::string& name : found) add(name);
  for (const auto& [ours, theirs] : map.columns) add(ours);
  for (const auto& [ours, text] : map.constants) add(ours);
  return names;
}

}  // namespace

const TableSchema& OrderSchema() {
  static const TableSchema schema{"orders", kOrderColumns, 2, false};
  return schema;
}

const TableSchema& ViewSchema() {
  static const TableSchema schema{"views", kViewColumns, 2, false};
  return schema;
}

const TableSchema& ProductSchema() {
  static const TableSchema schema{"products", kProductColumns, 1, true};
  return schema;
}

const TableSchema& UsageSchema() {
  static const TableSchema schema{"usage", kUsageColumns, 4, false};
  return schema;
}

const TableSchema& SubscriptionSchema() {
  static const TableSchema schema{"subscriptions", kSubscriptionColumns, 2, false};
  return schema;
}

bool IsColumnOf(const TableSchema& schema, absl::string_view name) {
  if (std::find(schema.columns.begin(), schema.columns.end(), name) != schema.columns.end()) return true;
  if (!schema.has_attributes) return false;
  if (std::find(kPlanColumns.begin(), kPlanColumns.end(), name) != kPlanColumns.end()) return true;
  return std::any_of(kAttributePrefixes.begin(), kAttributePrefixes.end(), [name](absl::string_view prefix) {
    return absl::StartsWith(name, prefix) && name.size() > prefix.size();
  });
}

std::optional<std::string> ClosestName(absl::string_view name, absl::Span<const absl::string_view> names) {
  std::optional<std::string> closest;
  std::size_t least = 3;  // farther is no slip of the hand
  for (const absl::string_view candidate : names) {
    const std::size_t distance = yaml::EditDistance(Simplified(name), Simplified(candidate));
    if (distance < least && distance * 2 < candidate.size()) {
      least = distance;
      closest = std::string(candidate);
    }
  }
  return closest;
}

ColumnSet::ColumnSet(const TableSchema& schema)
    : names_(schema.columns.begin(), schema.columns.end()), found_(names_.size(), false) {}

std::size_t ColumnSet::IndexOf(absl::string_view name) {
  const auto at = std::find(names_.begin(), names_.end(), name);
  const auto index = static_cast<std::size_t>(at - names_.begin());
  if (at == names_.end()) {
    names_.emplace_back(name);
    found_.push_back(false);
  }
  return index;
}

std::vector<std::string> ColumnSet::FoundNames() const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (found_[i]) names.push_back(names_[i]);
  }
  return names;
}

absl::StatusOr<ColumnPlan> PlanColumns(const std::string& label, absl::Span<const std::string> found,
                                       const TableSchema& schema, const ingest::TableMap& map, ColumnSet* columns) {
  ColumnPlan plan;
  std::vector<bool> used(found.size(), false);
  std::vector<std::string> missing;
  for (const std::string& ours : Candidates(found, schema, map)) {
    const auto constant = map.constants.find(ours);
    if (constant != map.constants.end()) {
      plan.constants.emplace_back(columns->IndexOf(ours), constant->second);
      columns->MarkFound(plan.constants.back().first);
      continue;
    }
    const auto mapped = map.columns.find(ours);
    const std::string& theirs = mapped == map.columns.end() ? ours : mapped->second;
    AWASE_ASSIGN_OR_RETURN(const std::optional<std::size_t> position, Locate(label, found, theirs, &plan));
    if (position.has_value()) {
      plan.sources.push_back({columns->IndexOf(ours), *position});
      columns->MarkFound(plan.sources.back().ours);
      used[*position] = true;
    } else if (mapped != map.columns.end()) {
      return absl::InvalidArgumentError(absl::StrCat(label, ": no column \"", theirs,
                                                     "\", which the dataset map names for ", ours,
                                                     "; the columns are: ", ListNames(found)));
    } else if (IsColumnOf(schema, ours) && columns->IndexOf(ours) < schema.required_count) {
      missing.push_back(ours);
    }
  }
  if (!missing.empty()) return MissingColumns(label, missing, found, schema);
  const std::vector<absl::string_view> absent = AbsentColumns(schema, *columns);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (used[i]) continue;
    plan.unused.push_back(found[i].empty() ? "(no name)" : found[i]);
    NoteMisspelt(found[i], schema, absent, &plan);
  }
  return plan;
}

}  // namespace awase::ingest_internal
