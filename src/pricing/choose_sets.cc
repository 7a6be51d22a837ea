#include "pricing/internal/choose_sets.h"

#include <algorithm>
#include <limits>

namespace awase::pricing::internal {
namespace {

// Among the first `units` of the row.
std::int64_t ReducedAmongFirst(const Part& part, std::int64_t units) {
  const std::int64_t paid = part.count - part.reduced;
  return units / part.count * part.reduced + std::max<std::int64_t>(units % part.count - paid, 0);
}

// Calls act(run, quantity, reduced) for each run that the first `sets` sets take units of.
template <typename Act>
void ForEachTaken(absl::Span<const UnitRun> runs, const Part& part, std::int64_t sets, Act act) {
  const std::int64_t end = sets * part.count;
  std::int64_t place = 0;
  for (const std::size_t run : part.runs) {
    if (place == end) return;
    const std::int64_t next = std::min(place + runs[run].quantity, end);
    act(run, next - place, ReducedAmongFirst(part, next) - ReducedAmongFirst(part, place));
    place = next;
  }
}

// What the reduced units of the first `sets` sets cost.
std::int64_t ReducedValue(absl::Span<const UnitRun> runs, absl::Span<const Part> parts, std::int64_t sets) {
  std::int64_t value = 0;
  for (const Part& part : parts) {
    ForEachTaken(runs, part, sets, [&](std::size_t run, std::int64_t, std::int64_t reduced) {
      value += runs[run].price_minor * reduced;
    });
  }
  return value;
}

}  // namespace

std::int64_t WholeSets(absl::Span<const UnitRun> runs, absl::Span<const Part> parts) {
  std::int64_t sets = std::numeric_limits<std::int64_t>::max();
  for (const Part& part : parts) {
    std::int64_t units = 0;
    for (const std::size_t run : part.runs) units += runs[run].quantity;
    sets = std::min(sets, units / part.count);
  }
  return sets;
}

std::int64_t CountWorthySets(absl::Span<const UnitRun> runs, absl::Span<const Part> parts, std::int64_t most_sets,
                             SetsSaving saving) {
  std::int64_t worthy = 0;  // sets up to here are worth it
  std::int64_t rest = most_sets;
  while (worthy < rest) {
    const std::int64_t middle = worthy + (rest - worthy + 1) / 2;
    const absl::int128 with_last = saving(middle, ReducedValue(runs, parts, middle));
    const absl::int128 without_last = saving(middle - 1, ReducedValue(runs, parts, middle - 1));
    if (with_last > without_last) {
      worthy = middle;
    } else {
      rest = middle - 1;
    }
  }
  return worthy;
}

std::vector<Take> TakeSets(absl::Span<const UnitRun> runs, absl::Span<const Part> parts, std::int64_t sets) {
  std::vector<Take> takes;
  for (const Part& part : parts) {
    ForEachTaken(runs, part, sets, [&](std::size_t run, std::int64_t quantity, std::int64_t reduced) {
      takes.push_back({run, quantity, reduced});
    });
  }
  std::sort(takes.begin(), takes.end(), [](const Take& a, const Take& b) { return a.run < b.run; });
  return takes;
}

}  // namespace awase::pricing::internal
