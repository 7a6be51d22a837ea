#ifndef AWASE_INGEST_INTERNAL_COLUMNS_H_
#define AWASE_INGEST_INTERNAL_COLUMNS_H_

// Our columns, and which of a file's columns stands for each.

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/ingest/dataset_map.h"

namespace awase::ingest_internal {

// What one kind of dump consists of.
struct TableSchema {
  absl::string_view name;                       // "orders"; also the key of the dataset map
  absl::Span<const absl::string_view> columns;  // the first `required_count` are required
  std::size_t required_count;
  bool has_attributes;  // spec.*, limit.*, overage.*, perk.* and the columns of plans are columns too
};

// The positions of the columns in the schemas below.
enum OrderColumn : std::size_t {
  kOrderId,
  kOrderProductId,
  kCustomerId,
  kQuantity,
  kUnitPrice,
  kOrderCurrency,
  kOrderedAt,
  kStatus,
  kOrderColumnCount
};
enum ViewColumn : std::size_t { kSessionId, kViewProductId, kViewCustomerId, kViewedAt, kViewColumnCount };
enum UsageColumn : std::size_t { kUsageCustomerId, kMetric, kUsageQuantity, kPeriod, kUsageColumnCount };
enum SubscriptionColumn : std::size_t {
  kSubscriberId,
  kSubscribedProductId,
  kSeats,
  kOptions,
  kStartedAt,
  kSubscriptionColumnCount
};
enum ProductColumn : std::size_t {
  kProductId,
  kTitle,
  kCategory,
  kProductType,
  kBrand,
  kAuthor,
  kSeries,
  kParentId,
  kPrice,
  kCurrency,
  kCost,
  kStock,
  kVisible,
  kFamily,
  kTier,
  kPackSize,
  kPackQuantity,
  kPackUnit,
  kSubscriptionInterval,
  kTags,
  kUrl,
  kImageUrl,
  kProductColumnCount
};
const TableSchema& OrderSchema();
const TableSchema& ViewSchema();
const TableSchema& ProductSchema();
const TableSchema& UsageSchema();
const TableSchema& SubscriptionSchema();

bool IsColumnOf(const TableSchema& schema, absl::string_view name);

// The known column (or other of `names`) that `name` is most likely a slip of; nothing when none is close.
std::optional<std::string> ClosestName(absl::string_view name, absl::Span<const absl::string_view> names);

// Our columns as they turn up over the files of one table: the schema's first, in its order, then attributes.
class ColumnSet {
 public:
  explicit ColumnSet(const TableSchema& schema);

  std::size_t size() const { return names_.size(); }
  const std::string& name(std::size_t column) const { return names_[column]; }
  // Added when it is new.
  std::size_t IndexOf(absl::string_view name);

  void MarkFound(std::size_t column) { found_[column] = true; }
  std::vector<std::string> FoundNames() const;

 private:
  std::vector<std::string> names_;
  std::vector<bool> found_;
};

// How one file (or one result of SQL) gives our columns.
struct ColumnPlan {
  struct Source {
    std::size_t ours;
    std::size_t theirs;
  };
  std::vector<Source> sources;
  std::vector<std::pair<std::size_t, std::string>> constants;  // our column, its text
  std::vector<std::string> unused;                             // their names
  std::vector<std::string> notes;
};

// Finds the columns of `found` for `schema` by `map`: by exact name, else without regard to case and outer blanks.
// Of columns that nothing is taken from the notes say which of ours they seem to be.
// kInvalidArgument, starting with `label`, when a required or a mapped column is missing (names what was found, what
// looks like it, and the map that would help) or a needed name occurs twice.
absl::StatusOr<ColumnPlan> PlanColumns(const std::string& label, absl::Span<const std::string> found,
                                       const TableSchema& schema, const ingest::TableMap& map, ColumnSet* columns);

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_COLUMNS_H_
