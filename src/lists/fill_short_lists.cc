// For each kind, every group of it that a short list asks for is answered once; then the short lists are filled from
// the answers. The lists of a group's members are added up as they are, cut and without pairs of too few buyers, so
// that nothing is said here that no list says.

#include "awase/lists/fill_short_lists.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "absl/types/span.h"
#include "awase/base/parallel.h"
#include "awase/lists/classify_entries.h"

namespace awase::lists {
namespace {

using catalog::Catalog;
using relations::EntrySource;
using relations::Relation;
using relations::RelationEntry;

constexpr std::size_t kKeptPerGroup = 40;  // many may be of the product's own type, or in its list already
constexpr std::size_t kMostOfSeriesOrAuthor = 3;
constexpr float kStep = 0.999F;  // from one score to the next: a list descends

bool SharesAttribute(EntrySource source) {
  return source == EntrySource::kSeries || source == EntrySource::kAuthor || source == EntrySource::kBrand;
}

std::size_t MostOf(EntrySource source, std::size_t enough) {
  return source == EntrySource::kSeries || source == EntrySource::kAuthor ? kMostOfSeriesOrAuthor : enough;
}

// Best first, ties by id; at most kKeptPerGroup.
std::vector<ProductIndex> BestOf(std::vector<std::pair<double, ProductIndex>>* worths) {
  const auto last = worths->begin() + static_cast<std::ptrdiff_t>(std::min(kKeptPerGroup, worths->size()));
  std::partial_sort(worths->begin(), last, worths->end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<ProductIndex> best;
  for (auto worth = worths->begin(); worth != last; ++worth) best.push_back(worth->second);
  return best;
}

class Filler {
 public:
  Filler(const Catalog& catalog, const ProductTypes& types, const FillOptions& options, Relation* relation)
      : types_(types), options_(options), relation_(*relation), chance_(relations::ChanceOf(*relation)) {
    shown_.assign(catalog.size(), false);
    is_root_.assign(catalog.size(), false);
    for (std::size_t p = 0; p < catalog.size(); ++p) {
      const ProductIndex root = catalog.root(ProductAt(p));
      if (catalog.product(ProductAt(p)).visible) shown_[Slot(root)] = true;
      is_root_[Slot(root)] = true;
    }
    missing_.assign(catalog.size(), 0);
    added_.resize(catalog.size());
    for (std::size_t p = 0; p < catalog.size(); ++p) missing_[p] = is_root_[p] ? MissingOf(ProductAt(p)) : 0;
  }

  void FillFrom(const Kind& kind) {
    const std::vector<std::vector<ProductIndex>> answers = AnswersOf(kind);
    ForAllProducts([&](std::size_t p) {
      const std::uint32_t group = kind.groups.of[p];
      if (missing_[p] > 0 && group != kNoType) Take(ProductAt(p), kind.source, answers[group]);
    });
  }

  // For who still has nothing at all.
  void FillFromPopularity() {
    std::vector<std::pair<double, ProductIndex>> worths;
    for (std::size_t p = 0; p < shown_.size(); ++p) AddBySales(ProductAt(p), &worths);
    const std::vector<ProductIndex> popular = BestOf(&worths);
    ForAllProducts([&](std::size_t p) {
      const bool is_empty = relation_.list(ProductAt(p)).empty() && added_[p].empty();
      if (is_root_[p] && is_empty && TypeOf(ProductAt(p)) != kNoType) {
        Take(ProductAt(p), EntrySource::kPopularity, popular);
      }
    });
  }

  void WriteLists() {
    orders::UnfilledVector<RelationEntry> entries;
    std::size_t size = relation_.entries.size();
    for (const auto& added : added_) size += added.size();
    entries.reserve(size);
    std::vector<std::uint64_t> offsets = {0};
    for (std::size_t p = 0; p < added_.size(); ++p) {
      const auto first = static_cast<std::ptrdiff_t>(entries.size());
      const absl::Span<const RelationEntry> list = relation_.list(ProductAt(p));
      entries.insert(entries.end(), list.begin(), list.end());
      if (!added_[p].empty()) Append(entries, first, added_[p]);
      offsets.push_back(entries.size());
    }
    relation_.entries = std::move(entries);
    relation_.offsets = std::move(offsets);
  }

 private:
  template <typename Body>
  void ForAllProducts(Body body) {
    ParallelFor(options_.threads, added_.size(), 256, [&](std::size_t first, std::size_t last, std::size_t) {
      for (std::size_t p = first; p < last; ++p) body(p);
    });
  }

  std::uint32_t TypeOf(ProductIndex product) const { return types_.of.empty() ? kNoType : types_.of[Slot(product)]; }
  bool SameType(ProductIndex a, ProductIndex b) const { return TypeOf(a) != kNoType && TypeOf(a) == TypeOf(b); }

  // What a page may show of the list, were everything in stock.
  std::size_t MissingOf(ProductIndex product) const {
    const absl::Span<const RelationEntry> list = relation_.list(product);
    const auto fit = static_cast<std::size_t>(std::count_if(list.begin(), list.end(), [&](const RelationEntry& entry) {
      if (entry.source == EntrySource::kCounted) return entry.lift > 1;
      return entry.source != EntrySource::kPopularity && !SameType(product, entry.other);
    }));
    return options_.enough - std::min(options_.enough, fit);
  }

  void AddBySales(ProductIndex product, std::vector<std::pair<double, ProductIndex>>* worths) const {
    const std::uint32_t units = relation_.product_units[Slot(product)];
    if (units > 0 && shown_[Slot(product)]) worths->emplace_back(units, product);
  }

  // What to name for each group that a short list asks for; nothing for the others.
  std::vector<std::vector<ProductIndex>> AnswersOf(const Kind& kind) const {
    const std::uint32_t groups = kind.groups.count;
    std::vector<bool> asked(groups, false);
    std::vector<std::vector<ProductIndex>> members(groups);
    for (std::size_t p = 0; p < added_.size(); ++p) {
      const std::uint32_t group = kind.groups.of[p];
      if (group == kNoType) continue;
      if (missing_[p] > 0) asked[group] = true;
      members[group].push_back(ProductAt(p));
    }
    std::vector<std::vector<ProductIndex>> answers(groups);
    std::vector<std::unique_ptr<std::vector<double>>> sums(std::max<std::size_t>(options_.threads, 1));
    ParallelFor(options_.threads, groups, 1, [&](std::size_t first, std::size_t last, std::size_t worker) {
      if (sums[worker] == nullptr) sums[worker] = std::make_unique<std::vector<double>>(added_.size(), 0);
      for (std::size_t group = first; group < last; ++group) {
        if (!asked[group]) continue;
        answers[group] =
            SharesAttribute(kind.source) ? BestSelling(members[group]) : BoughtWith(members[group], sums[worker].get());
      }
    });
    return answers;
  }

  std::vector<ProductIndex> BestSelling(const std::vector<ProductIndex>& members) const {
    std::vector<std::pair<double, ProductIndex>> worths;
    for (const ProductIndex member : members) AddBySales(member, &worths);
    return BestOf(&worths);
  }

  // By √O − √E, O and E being units together with any of the members, as counted and by chance: the square root of a
  // Poisson count spreads alike for small and large ones, so this is how surely there are more. `sums` holds zeros.
  std::vector<ProductIndex> BoughtWith(const std::vector<ProductIndex>& members, std::vector<double>* sums) const {
    std::vector<ProductIndex> met;
    double units = 0;
    for (const ProductIndex member : members) {
      units += relation_.product_units[Slot(member)];
      for (const RelationEntry& entry : relation_.list(member)) {
        if (entry.source != EntrySource::kCounted || !shown_[Slot(entry.other)]) continue;
        double& sum = (*sums)[Slot(entry.other)];
        if (sum == 0) met.push_back(entry.other);
        sum += entry.units_together;
      }
    }
    std::vector<std::pair<double, ProductIndex>> worths;
    for (const ProductIndex other : met) {
      const double expected =
          chance_ * units * relation_.product_units[Slot(other)] / static_cast<double>(relation_.unit_count);
      const double worth = std::sqrt((*sums)[Slot(other)]) - std::sqrt(expected);
      if (worth > 0) worths.emplace_back(worth, other);
      (*sums)[Slot(other)] = 0;
    }
    return BestOf(&worths);
  }

  // Touches nothing but what is the product's own.
  void Take(ProductIndex product, EntrySource source, const std::vector<ProductIndex>& answer) {
    std::size_t left = source == EntrySource::kPopularity
                           ? options_.enough
                           : std::min(missing_[Slot(product)], MostOf(source, options_.enough));
    const std::size_t asked = left;
    const bool own_type_is_welcome =
        source == EntrySource::kSeries || source == EntrySource::kAuthor || source == EntrySource::kPopularity;
    for (const ProductIndex other : answer) {
      if (left == 0) break;
      if (other == product || (!own_type_is_welcome && SameType(product, other))) continue;
      if (Name(product, other, source)) --left;
    }
    missing_[Slot(product)] -= std::min(missing_[Slot(product)], asked - left);
  }

  // False when the list names it already, and not for want of anything better.
  bool Name(ProductIndex product, ProductIndex other, EntrySource source) {
    std::vector<RelationEntry>& added = added_[Slot(product)];
    const auto is_other = [other](const RelationEntry& entry) { return entry.other == other; };
    if (std::any_of(added.begin(), added.end(), is_other)) return false;
    RelationEntry* list = relation_.entries.data() + relation_.offsets[Slot(product)];
    RelationEntry* end = relation_.entries.data() + relation_.offsets[Slot(product) + 1];
    RelationEntry* const found = std::find_if(list, end, is_other);
    if (found == end) {
      RelationEntry entry{};
      entry.other = other;
      entry.source = source;
      added.push_back(entry);
      return true;
    }
    if (found->source != EntrySource::kPopularity) return false;
    found->source = source;
    return true;
  }

  // Puts `added` behind the list that begins at `first` and is the last so far.
  void Append(orders::UnfilledVector<RelationEntry>& entries, std::ptrdiff_t first,
              const std::vector<RelationEntry>& added) const {
    while (entries.size() - static_cast<std::size_t>(first) + added.size() > options_.top_k) {
      const auto popular = std::find_if(entries.rbegin(), entries.rend() - first, [](const RelationEntry& entry) {
        return entry.source == EntrySource::kPopularity;
      });
      if (popular == entries.rend() - first) break;
      entries.erase(std::next(popular).base());
    }
    float score = entries.size() == static_cast<std::size_t>(first) ? 1 : entries.back().score;
    for (RelationEntry entry : added) {
      if (entries.size() - static_cast<std::size_t>(first) >= options_.top_k) break;
      score *= kStep;
      entry.score = score;
      entries.push_back(entry);
    }
    // A score so small that no smaller one can be told from it is shared, and ids decide.
    std::sort(entries.begin() + first, entries.end(), [](const RelationEntry& a, const RelationEntry& b) {
      return a.score != b.score ? a.score > b.score : a.other < b.other;
    });
  }

  const ProductTypes& types_;
  const FillOptions& options_;
  Relation& relation_;
  double chance_;
  std::vector<bool> shown_;    // per root: whether a variant is visible
  std::vector<bool> is_root_;  // per product
  std::vector<std::size_t> missing_;
  std::vector<std::vector<RelationEntry>> added_;  // per product
};

}  // namespace

void FillShortLists(const Catalog& catalog, const std::vector<Kind>& kinds, const ProductTypes& types,
                    const FillOptions& options, Relation* relation) {
  // Where no kind is known there is nothing to back off to, and popularity is for products of a known type.
  if (relation->unit_count == 0 || (kinds.empty() && types.of.empty())) return;
  Filler filler(catalog, types, options, relation);
  for (const Kind& kind : kinds) filler.FillFrom(kind);
  filler.FillFromPopularity();
  filler.WriteLists();
}

void DropBackedOff(Relation* relation) {
  std::size_t kept = 0;
  std::uint64_t first = 0;
  for (std::size_t p = 0; p + 1 < relation->offsets.size(); ++p) {
    const std::uint64_t last = relation->offsets[p + 1];
    for (std::uint64_t e = first; e < last; ++e) {
      if (relation->entries[e].source == EntrySource::kCounted) relation->entries[kept++] = relation->entries[e];
    }
    first = last;
    relation->offsets[p + 1] = kept;
  }
  relation->entries.resize(kept);
}

}  // namespace awase::lists
