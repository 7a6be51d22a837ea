#include "pricing/internal/unit_runs.h"

#include <algorithm>
#include <tuple>

namespace awase::pricing::internal {
namespace {

// By line, dearest first; units that are alike become one run.
void SortAndMerge(std::vector<UnitRun>& runs) {
  const auto key = [](const UnitRun& run) { return std::make_tuple(run.line, -run.price_minor, run.is_taken); };
  std::sort(runs.begin(), runs.end(), [&](const UnitRun& a, const UnitRun& b) { return key(a) < key(b); });
  std::size_t kept = 0;
  for (const UnitRun& run : runs) {
    if (run.quantity == 0) continue;
    if (kept > 0 && key(runs[kept - 1]) == key(run)) {
      runs[kept - 1].quantity += run.quantity;
    } else {
      runs[kept++] = run;
    }
  }
  runs.resize(kept);
}

}  // namespace

std::vector<UnitRun> RunsOf(absl::Span<const Line> lines) {
  std::vector<UnitRun> runs;
  runs.reserve(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    runs.push_back({.line = i, .price_minor = lines[i].unit_price_minor, .quantity = lines[i].quantity});
  }
  return runs;
}

void Apply(absl::Span<const Take> takes, absl::Span<const std::int64_t> reduced_minor, std::vector<UnitRun>& runs) {
  for (std::size_t i = 0; i < takes.size(); ++i) {
    const auto [place, quantity, reduced] = takes[i];
    UnitRun part = runs[place];
    runs[place].quantity -= quantity;
    part.is_taken = true;
    part.quantity = quantity - reduced;
    runs.push_back(part);
    if (reduced == 0) continue;
    const std::int64_t dearer = reduced_minor[i] % reduced;
    part.price_minor = reduced_minor[i] / reduced;
    part.quantity = reduced - dearer;
    runs.push_back(part);
    ++part.price_minor;
    part.quantity = dearer;
    runs.push_back(part);
  }
  SortAndMerge(runs);
}

}  // namespace awase::pricing::internal
