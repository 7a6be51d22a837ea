#include "apps/awase/family_text.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "apps/awase/terminal_text.h"

namespace awase::apps {
namespace {

using families::FamilyTable;
using families::TableRow;
using families::TableStep;
using ladder::Direction;

constexpr std::size_t kWidestCell = 36;

struct Column {
  std::string title;
  bool is_number = false;
  std::vector<std::string> cells;  // one per row
};

// "C3 CERTIFIED, C2-TWIN pack STATISTICAL": the next ones in a direction, of every kind.
std::string NextOf(const TableRow& row, Direction direction) {
  std::vector<std::string> next;
  for (const TableStep& step : row.steps) {
    if (step.direction != direction || step.rung != 1) continue;
    const bool is_model = step.kind == ladder::StepKind::kModel;
    next.push_back(absl::StrCat(step.other_id, is_model ? "" : " ", is_model ? "" : ladder::StepKindName(step.kind),
                                " ", ladder::GradeName(step.grade)));
  }
  return absl::StrJoin(next, ", ");
}

std::vector<Column> ColumnsOf(const FamilyTable& table) {
  std::vector<Column> columns;
  const auto add = [&](absl::string_view title, bool is_number, auto cell_of) {
    Column column{.title = std::string(title), .is_number = is_number, .cells = {}};
    for (const TableRow& row : table.rows) column.cells.push_back(cell_of(row));
    const auto is_empty = [](const std::string& cell) { return cell.empty(); };
    if (!std::all_of(column.cells.begin(), column.cells.end(), is_empty)) columns.push_back(std::move(column));
  };
  add("product", false, [](const TableRow& row) { return row.product_id; });
  add("title", false, [](const TableRow& row) { return row.title; });
  add("price", true, [](const TableRow& row) { return row.price; });
  add("unit price", true, [](const TableRow& row) { return row.unit_price; });
  add("orders", true, [](const TableRow& row) { return absl::StrCat(row.orders); });
  add("tier", false, [](const TableRow& row) { return row.tier; });
  for (std::size_t s = 0; s < table.specs.size(); ++s) {
    add(families::SpecName(table.specs[s]), false, [s](const TableRow& row) { return row.specs[s]; });
  }
  add("next cheaper", false, [](const TableRow& row) { return NextOf(row, Direction::kLower); });
  add("next better", false, [](const TableRow& row) { return NextOf(row, Direction::kHigher); });
  return columns;
}

std::size_t WidthOf(const Column& column) {
  std::size_t width = DisplayWidth(column.title);
  for (const std::string& cell : column.cells) width = std::max(width, DisplayWidth(cell));
  return std::min(width, kWidestCell);
}

std::string HeadOf(const FamilyTable& table) {
  // The name of a series begins with its product_type.
  const bool is_series = table.key.source == ladder::FamilySource::kSeries;
  const auto source = is_series ? ladder::FamilySource::kProductType : table.key.source;
  std::string head = absl::StrCat(ladder::FamilySourceName(source), " ", table.key.name, ": ", table.products,
                                  table.products == 1 ? " product, " : " products, ", table.orders, " orders");
  if (table.rows.size() < table.products) {
    absl::StrAppend(&head, "; by price, numbers ", table.first + 1, " to ", table.first + table.rows.size());
  }
  return head;
}

}  // namespace

std::string FamilyToText(const FamilyTable& table) {
  std::string text = absl::StrCat(HeadOf(table), "\n");
  const std::vector<Column> columns = ColumnsOf(table);
  const auto append = [&](bool is_marked, auto cell_of) {
    std::string line = is_marked ? ">" : " ";
    for (const Column& column : columns) {
      const std::size_t width = WidthOf(column);
      absl::StrAppend(&line, " ", column.is_number ? PadLeft(cell_of(column), width) : PadRight(cell_of(column), width),
                      " ");
    }
    absl::StripTrailingAsciiWhitespace(&line);
    absl::StrAppend(&text, line, "\n");
  };
  append(false, [](const Column& column) { return column.title; });
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    append(table.center == r, [r](const Column& column) { return column.cells[r]; });
  }
  return text;
}

}  // namespace awase::apps
