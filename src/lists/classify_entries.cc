#include "awase/lists/classify_entries.h"

#include <algorithm>
#include <cmath>

#include "awase/base/parallel.h"

namespace awase::lists {
namespace {

using relations::ChanceOf;
using relations::EntrySource;
using relations::PairFacts;
using relations::Relation;
using relations::RelationEntry;

constexpr std::size_t kGrain = 64;

// Whether the entry says what products of the kind are bought with; who shares an author or is popular is not.
bool IsOfKind(EntrySource source) {
  return source == EntrySource::kFamily || source == EntrySource::kType || source == EntrySource::kCategory;
}

// Another novel of the author is no novel instead of this one, though both are novels.
bool IsOfOneHand(EntrySource source) { return source == EntrySource::kAuthor || source == EntrySource::kSeries; }

std::uint32_t TypeOf(const ProductTypes& types, ProductIndex product) {
  return types.of.empty() ? kNoType : types.of[Slot(product)];
}

}  // namespace

Profiles::Profiles(const Relation& together, std::size_t threads)
    : together_(together),
      chance_(ChanceOf(together)),
      parts_(together.entries.size()),
      norms_(together.product_units.size(), 0) {
  ParallelFor(threads, norms_.size(), kGrain, [this](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t p = first; p < last; ++p) {
      const absl::Span<const RelationEntry> list = together_.list(ProductAt(p));
      Part* parts = parts_.data() + together_.offsets[p];
      double squares = 0;
      for (std::uint32_t place = 0; place < list.size(); ++place) {
        const double weight = relations::PositiveAssociation(list[place], chance_);
        parts[place] = {list[place].other, static_cast<float>(weight), place};
        squares += weight * weight;
      }
      std::sort(parts, parts + list.size(), [](const Part& a, const Part& b) { return a.other < b.other; });
      norms_[p] = static_cast<float>(std::sqrt(squares));
    }
  });
}

absl::Span<const Profiles::Part> Profiles::PartsOf(ProductIndex product) const {
  const std::size_t p = Slot(product);
  return absl::MakeConstSpan(parts_).subspan(together_.offsets[p], together_.offsets[p + 1] - together_.offsets[p]);
}

double Profiles::Likeness(ProductIndex a, ProductIndex b) const {
  const double norm = static_cast<double>(norms_[Slot(a)]) * static_cast<double>(norms_[Slot(b)]);
  if (!(norm > 0)) return 0;
  const absl::Span<const Part> of_a = PartsOf(a);
  const absl::Span<const Part> of_b = PartsOf(b);
  double product = 0;
  std::size_t i = 0;
  for (const Part& part : of_b) {
    while (i < of_a.size() && of_a[i].other < part.other) ++i;
    if (i == of_a.size()) break;
    if (of_a[i].other == part.other) product += static_cast<double>(of_a[i].weight) * static_cast<double>(part.weight);
  }
  return std::min(1.0, product / norm);
}

const RelationEntry* Profiles::FindIn(ProductIndex list_of, ProductIndex other) const {
  const absl::Span<const Part> parts = PartsOf(list_of);
  const auto found = std::lower_bound(parts.begin(), parts.end(), other,
                                      [](const Part& part, ProductIndex product) { return part.other < product; });
  if (found == parts.end() || found->other != other) return nullptr;
  const RelationEntry& entry = together_.list(list_of)[found->place];
  return entry.source == EntrySource::kCounted ? &entry : nullptr;
}

const RelationEntry* Profiles::Find(ProductIndex a, ProductIndex b) const {
  const RelationEntry* entry = FindIn(a, b);
  return entry != nullptr ? entry : FindIn(b, a);
}

void ClassifyEntries(const Profiles* together, const ProductTypes& types, absl::Span<const ProductIndex> roots,
                     Relation* relation, std::size_t threads) {
  const double chance = ChanceOf(*relation);
  const auto classify = [&](ProductIndex product, RelationEntry* entry) {
    const std::uint32_t type = TypeOf(types, product);
    PairFacts facts;
    facts.is_variant = roots[Slot(product)] == roots[Slot(entry->other)];
    facts.same_type = type != kNoType && type == TypeOf(types, entry->other) && !IsOfOneHand(entry->source);
    facts.kind_goes_with = IsOfKind(entry->source);
    facts.lift = static_cast<double>(entry->lift) / chance;
    if (facts.same_type) {
      if (const RelationEntry* in_orders = together->Find(product, entry->other)) {
        facts.together_lift = static_cast<double>(in_orders->lift) / together->chance();
        facts.together_low = static_cast<double>(in_orders->lift_low) / together->chance();
        facts.together_claim = in_orders->is_claim != 0;
      }
      if (NeedsProfile(facts)) facts.profile_likeness = together->Likeness(product, entry->other);
    }
    entry->entry_class = ClassifyPair(facts);
  };
  ParallelFor(threads, relation->product_units.size(), kGrain, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t p = first; p < last; ++p) {
      RelationEntry* list = relation->entries.data() + relation->offsets[p];
      RelationEntry* end = relation->entries.data() + relation->offsets[p + 1];
      for (; list != end; ++list) classify(ProductAt(p), list);
    }
  });
}

}  // namespace awase::lists
