#include "claims_set.h"

#include <cstddef>
#include <optional>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "awase/relations/relation.h"
#include "eligibility.h"
#include "set_choice.h"

namespace awase::engine {
namespace {

using relations::RelationEntry;
using relations::RelationKind;

// So many claims are weighed against each other, those that cannot be sold not counted. A claim further down has a
// score so much lower that it would hardly ever be chosen.
constexpr std::size_t kMostWeighed = 8;
constexpr double kUnknownSupport = 0.5;

// A claim of the anchor's.
struct Companion {
  const RelationEntry* entry;
  ProductIndex root;     // the entry's
  double support = 1;    // sum over the members of the set
  bool settled = false;  // chosen, or counted as removed
};

// Gains are reckoned from the lists alone; only who wins is looked at as a product, which is what takes time.
class SetGrower {
 public:
  SetGrower(const Context& context, BundleDraft& set, SlotDraft& draft)
      : context_(context),
        set_(set),
        draft_(draft),
        list_(context.model.related(RelationKind::kBoughtTogether, set.products.front())),
        anchor_price_(PriceOf(set.products.front())),
        price_(anchor_price_) {}

  void Grow() {
    while (set_.products.size() < draft_.spec.set.most_products) {
      WeighMore();
      const std::size_t best = BestCompanion();
      if (best == kNone) break;
      companions_[best].settled = true;
      Consider(*companions_[best].entry);
    }
    CountTheRest();
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  double PriceOf(ProductIndex product) const {
    return static_cast<double>(context_.model.product(product).price()->minor_units);
  }

  // Takes claims from the list until enough can be weighed. What is no claim is counted on the way.
  void WeighMore() {
    for (; next_ < list_.size() && weighed_ < kMostWeighed; ++next_) {
      const RelationEntry& entry = list_[next_];
      if (entry.is_claim == 0) {
        Remove(context_, draft_, entry.other, RemovalCause::kNoEvidence);
        continue;
      }
      Companion companion{&entry, entry.other};
      for (const ProductIndex member : absl::MakeConstSpan(set_.products).subspan(1)) {
        const RelationEntry* known = FindTogether(context_.model, member, entry.other);
        companion.support += known != nullptr && known->is_claim != 0 ? 1 : kUnknownSupport;
      }
      companions_.push_back(companion);
      ++weighed_;
    }
  }

  // A gain that is worth another product.
  double LeastGain() const {
    if (set_.entry == nullptr) return 0;
    const BundleSpec& spec = draft_.spec.set;
    const double share = set_.products.size() == 2 ? spec.least_gain_of_third : spec.least_gain_of_fourth;
    return share * static_cast<double>(set_.entry->score);
  }

  // Of the largest gain, ties to the one that the list ranks first; kNone when none gains enough.
  std::size_t BestCompanion() const {
    std::size_t best = kNone;
    double best_gain = LeastGain();
    for (std::size_t i = 0; i < companions_.size(); ++i) {
      const Companion& companion = companions_[i];
      if (companion.settled) continue;
      const double gain =
          static_cast<double>(companion.entry->score) * companion.support / static_cast<double>(set_.products.size());
      if (best == kNone ? gain < best_gain : gain <= best_gain) continue;
      best = i;
      best_gain = gain;
    }
    return best;
  }

  // Adds the entry's product to the set, or removes it.
  void Consider(const RelationEntry& entry) {
    const Verdict verdict = JudgeVariants(context_, entry.other, PriceNeed::kRequired);
    if (verdict.cause.has_value()) {
      --weighed_;
      return Remove(context_, draft_, verdict.product, *verdict.cause, verdict.rule);
    }
    if (const std::optional<RemovalCause> cause = WhyNotAdd(verdict.product)) {
      --weighed_;
      return Remove(context_, draft_, verdict.product, *cause);
    }
    if (set_.entry == nullptr) set_.entry = &entry;
    set_.products.push_back(verdict.product);
    price_ += PriceOf(verdict.product);
    if (set_.products.size() < draft_.spec.set.most_products) AddSupportOf(verdict.product);
  }

  std::optional<RemovalCause> WhyNotAdd(ProductIndex product) const {
    if (price_ + PriceOf(product) > draft_.spec.set.most_price_ratio * anchor_price_) {
      return RemovalCause::kPriceOutOfBounds;
    }
    return WhyNotInSet(context_, set_.products, product);
  }

  // One walk over the new member's list for all who are weighed.
  void AddSupportOf(ProductIndex member) {
    for (Companion& companion : companions_) companion.support += kUnknownSupport;
    for (const RelationEntry& entry : context_.model.related(RelationKind::kBoughtTogether, member)) {
      if (entry.is_claim == 0) continue;
      for (Companion& companion : companions_) {
        if (companion.root == entry.other) companion.support += 1 - kUnknownSupport;
      }
    }
  }

  void CountTheRest() {
    const bool full = set_.products.size() == draft_.spec.set.most_products;
    const RemovalCause cause = full ? RemovalCause::kLimit : RemovalCause::kNoEvidence;
    for (const Companion& companion : companions_) {
      if (!companion.settled) Remove(context_, draft_, companion.entry->other, cause);
    }
    for (; next_ < list_.size(); ++next_) {
      Remove(context_, draft_, list_[next_].other, list_[next_].is_claim == 0 ? RemovalCause::kNoEvidence : cause);
    }
  }

  const Context& context_;
  BundleDraft& set_;
  SlotDraft& draft_;
  absl::Span<const RelationEntry> list_;
  double anchor_price_;
  double price_;             // of the set so far; exact enough for a bound
  std::size_t next_ = 0;     // what the list has not given yet
  std::size_t weighed_ = 0;  // companions but for those that cannot be sold
  absl::InlinedVector<Companion, kMostWeighed> companions_;
};

}  // namespace

void GrowSet(const Context& context, BundleDraft& set, SlotDraft& draft) { SetGrower(context, set, draft).Grow(); }

}  // namespace awase::engine
