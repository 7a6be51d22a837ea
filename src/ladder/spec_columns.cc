#include "ladder/internal/spec_columns.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "ladder/internal/class_order.h"
#include "ladder/internal/rank_correlation.h"

namespace awase::ladder_internal {
namespace {

using Kind = catalog::SpecValue::Kind;
using Problem = ladder::LadderProblem::Kind;

// Text of more different values than this is a description, not a class.
constexpr std::size_t kMostClasses = 8;
// Five colours with a few products each could come out in any order of price; five products a class whose neighbours
// are told apart in four of five comparisons could not.
constexpr std::size_t kMembersOfLearnedClass = 5;
constexpr double kShareOfLearnedClass = 0.8;
// What makes the other values of a column odd ones.
constexpr std::size_t kLeastUsual = 3;
constexpr double kShareOfUsual = 0.75;

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
  for (const ColumnCell& cell : cells) by_kind[cell.spec->group].push_back({cell.spec->value, cell.member_value});
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
  for (const auto& [name, rank] : order->ranks) column->class_ranks.emplace(catalog::HashOfText(name), rank);
  std::map<std::uint64_t, std::vector<Observation>> all;
  for (const ColumnCell& cell : cells) {
    all[0].push_back({static_cast<double>(column->class_ranks.at(cell.spec->group)), cell.member_value});
  }
  Correlate(all, column);
}

using Sort = std::pair<Kind, std::uint64_t>;  // text, or numbers of a unit

void Concern(absl::Span<const ColumnCell> cells, FamilyColumn* column) {
  for (const ColumnCell& cell : cells) column->concerned.push_back(cell.product);
}

// Whether all values but a few odd ones are of one sort.
bool IsUsual(std::size_t usual, std::size_t given) {
  return usual == given ||
         (usual >= kLeastUsual && static_cast<double>(usual) >= kShareOfUsual * static_cast<double>(given));
}

void DescribeSorts(const std::map<Sort, std::vector<ColumnCell>>& sorts, std::size_t given, FamilyColumn* column) {
  const auto& [sort, usual] = *std::max_element(
      sorts.begin(), sorts.end(), [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
  if (!IsUsual(usual.size(), given)) {
    const bool all_numbers =
        sorts.begin()->first.first == Kind::kNumber && sorts.rbegin()->first.first == Kind::kNumber;
    column->problem = all_numbers ? Problem::kUnitsDiffer : Problem::kNumberAndText;
    for (const auto& [any, cells] : sorts) Concern(cells, column);
    return;
  }
  sort.first == Kind::kNumber ? DescribeNumbers(usual, column) : DescribeClasses(usual, column);
  if (column->problem.has_value()) return Concern(usual, column);
  if (column->order == FamilyColumn::Order::kNone || usual.size() == given) return;
  column->problem = Problem::kOddValue;
  for (const auto& [other, cells] : sorts) {
    if (other != sort) Concern(cells, column);
  }
}

}  // namespace

FamilyColumn DescribeColumn(const std::string& name, absl::Span<const ColumnCell> cells) {
  FamilyColumn column;
  column.column = cells.front().spec->column;
  column.more_is_better_by_meaning = absl::StartsWith(name, "limit.");
  // Fees, tariffs, options and perks of plans are no properties to climb by: docs/plans.md.
  if (!column.more_is_better_by_meaning && !absl::StartsWith(name, "spec.")) return column;
  std::map<Sort, std::vector<ColumnCell>> sorts;
  std::size_t given = 0;
  for (const ColumnCell& cell : cells) {
    if (cell.spec->kind == Kind::kMissing) continue;
    sorts[{cell.spec->kind, cell.spec->kind == Kind::kNumber ? cell.spec->unit : 0}].push_back(cell);
    ++given;
  }
  if (given > 0) DescribeSorts(sorts, given, &column);
  return column;
}

}  // namespace awase::ladder_internal
