#ifndef AWASE_INGEST_DATASET_MAP_H_
#define AWASE_INGEST_DATASET_MAP_H_

// How a dump's own columns become awase's (docs/dataset_map.md). A dump with the default columns needs no map.
//
//   orders:
//     sql: "SELECT basket_id AS order_id, household_id AS customer_id, product_id, … FROM input WHERE …"
//   products:
//     columns: {product_id: sku, title: name, price: list_price}
//   views:
//     files: clicks-*.parquet
//     constants: {currency: USD}

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace awase::ingest {

// One table of the map.
struct TableMap {
  // Files, when they are not given on the command line. Globs allowed. LoadDatasetMap puts the map's own folder before
  // relative ones.
  std::vector<std::string> files;
  // "rows" (one line per row, the default) or "baskets" (orders and views only: one basket or session per line,
  // products separated by `delimiter`; there is no header).
  bool one_basket_per_line = false;
  // Field separator, one byte; empty = found from the header line ("," with one basket per line).
  std::string delimiter;
  // "utf-8" (default), "latin-1" or "utf-16". A byte order mark in a file wins.
  std::string encoding;
  // Our column → theirs. Columns not named keep their own name.
  std::map<std::string, std::string> columns;
  // Our column → the same text for every row, whatever the files say.
  std::map<std::string, std::string> constants;
  // A status word of the dump, in lower case → "completed", "cancelled" or "returned". Those three need no entry.
  std::map<std::string, std::string> status_words;
  // SQL (DuckDB) over a table called `input` that has the files' columns as text (an empty field is NULL; Parquet's
  // keep their types); gives our columns. Excludes `columns`.
  std::string sql;
  // Further tables for the SQL: name → file pattern, as `files`.
  std::map<std::string, std::string> tables;
};

struct DatasetMap {
  TableMap orders;
  TableMap products;
  TableMap views;
  TableMap usage;
  TableMap subscriptions;
};

// Strict: unknown or duplicate keys, unknown columns and wrong types are all reported at once as
// "file:line:col: path: message" in one kInvalidArgument. kNotFound when there is no such file.
absl::StatusOr<DatasetMap> LoadDatasetMap(const std::string& path);

}  // namespace awase::ingest

#endif  // AWASE_INGEST_DATASET_MAP_H_
