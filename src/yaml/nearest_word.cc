#include "awase/yaml/nearest_word.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/yaml/quoted.h"

namespace awase::yaml {

std::size_t EditDistance(absl::string_view a, absl::string_view b) {
  // Three rolling rows of the usual table; the row before the last one is what a swap needs.
  std::vector<std::size_t> older(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], older[j - 2] + 1);
    }
    std::swap(older, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string NearestWord(absl::string_view word, absl::Span<const std::string> words, std::size_t most) {
  std::size_t nearest = word.size() <= 3 ? std::min<std::size_t>(most, 1) : most;
  std::string found;
  for (const std::string& candidate : words) {
    // The difference in length is a lower bound, and keeps a megabyte of a key from costing anything.
    const std::size_t longer = std::max(word.size(), candidate.size()) - std::min(word.size(), candidate.size());
    if (longer > nearest) continue;
    const std::size_t distance = EditDistance(word, candidate);
    if (distance < nearest || (distance == nearest && found.empty())) {
      nearest = distance;
      found = candidate;
    }
  }
  return found;
}

std::string UnknownWord(absl::string_view what, absl::string_view word, absl::Span<const std::string> known) {
  const std::string nearest = NearestWord(word, known);
  return absl::StrCat("unknown ", what, " ", Quoted(word), "; ",
                      nearest.empty() ? absl::StrCat("want one of ", absl::StrJoin(known, ", "))
                                      : absl::StrCat("did you mean ", Quoted(nearest), "?"));
}

}  // namespace awase::yaml
