#include "ladder/internal/spec_columns.h"

#include <cmath>
#include <cstddef>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "ladder/internal/class_order.h"
#include "ladder/internal/rank_correlation.h"

namespace awase::ladder_internal {
namespace {

using Kind = SpecValue::Kind;
using Problem = ladder::LadderProblem::Kind;

// Text of more different values than this is a description, not a class.
constexpr std::size_t kMostClasses = 8;
// Five colours with a few products each could come out in any order of price; five products a class whose neighbours
// are told apart in four of five comparisons could not.
constexpr std::size_t kMembersOfLearnedClass = 5;
constexpr double kShareOfLearnedClass = 0.8;

// Adds what the values say of the price, kind by kind ("SSD", "HDD"): only within one they can be compared.
void Correlate(const std::map<std::uint64_t, std::vector<Observation>>& by_kind, FamilyColumn* column) {
  for (const auto& [kind, observations] : by_kind) {
    bool differ = false;
    for (const Observation& one : observations) differ = differ || one.x != observations.front().x;
    if (!differ) continue;
    const auto count = static_cast<double>(observations.size());
    column->correlation_sum += count * RankCorrelation(observations);
    column->products += count;
  }
}

void DescribeNumbers(absl::Span<const ColumnCell> cells, FamilyColumn* column) {
  column->unit = cells.front().spec->unit;
  std::map<std::uint64_t, std::vector<Observation>> by_kind;
  for (const ColumnCell& cell : cells) {
    if (cell.spec->unit != column->unit) {
      column->problem = Problem::kUnitsDiffer;
      return;
    }
    by_kind[cell.spec->group].push_back({cell.spec->value, cell.member_value});
  }
  if (by_kind.size() > 1 && by_kind.size() == cells.size()) {
    column->problem = Problem::kKindsDiffer;
    return;
  }
  column->order = FamilyColumn::Order::kNumbers;
  Correlate(by_kind, column);
}

void DescribeClasses(absl::Span<const ColumnCell> cells, FamilyColumn* column) {
  std::set<std::uint64_t> distinct;
  for (const ColumnCell& cell : cells) {
    distinct.insert(cell.spec->group);
    if (distinct.size() > kMostClasses) break;
  }
  if (distinct.size() < 2) return;  // nothing to compare
  column->problem = Problem::kUnorderedText;
  if (distinct.size() > kMostClasses) return;
  std::vector<ClassMember> members;
  for (const ColumnCell& cell : cells) {
    members.push_back({absl::AsciiStrToLower(absl::StripAsciiWhitespace(*cell.text)), std::log(cell.member_value)});
  }
  std::optional<ClassOrder> order = RecogniseClasses(members);
  if (!order.has_value()) order = LearnClasses(members, kMembersOfLearnedClass, kShareOfLearnedClass);
  if (!order.has_value()) return;
  column->problem.reset();
  column->order = FamilyColumn::Order::kClasses;
  column->more_is_better_by_meaning |= order->source == ClassOrder::Source::kQualityScale;
  for (const auto& [name, rank] : order->ranks) column->class_ranks.emplace(HashOfText(name), rank);
  std::map<std::uint64_t, std::vector<Observation>> all;
  for (const ColumnCell& cell : cells) {
    all[0].push_back({static_cast<double>(column->class_ranks.at(cell.spec->group)), cell.member_value});
  }
  Correlate(all, column);
}

}  // namespace

FamilyColumn DescribeColumn(const std::string& name, absl::Span<const ColumnCell> cells) {
  FamilyColumn column;
  column.column = cells.front().spec->column;
  column.more_is_better_by_meaning = absl::StartsWith(name, "limit.");
  // Fees, tariffs, options and perks of plans are no properties to climb by: docs/plans.md.
  if (!column.more_is_better_by_meaning && !absl::StartsWith(name, "spec.")) return column;
  std::vector<ColumnCell> given;
  std::size_t numbers = 0;
  for (const ColumnCell& cell : cells) {
    if (cell.spec->kind == Kind::kMissing) continue;
    given.push_back(cell);
    numbers += cell.spec->kind == Kind::kNumber ? 1 : 0;
  }
  if (given.empty()) return column;
  if (numbers == given.size()) {
    DescribeNumbers(given, &column);
  } else if (numbers == 0) {
    DescribeClasses(given, &column);
  } else {
    column.problem = Problem::kNumberAndText;
  }
  return column;
}

}  // namespace awase::ladder_internal
