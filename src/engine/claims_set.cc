#include "claims_set.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "awase/relations/relation.h"
#include "eligibility.h"
#include "kept_apart.h"
#include "set_choice.h"
#include "weights.h"

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
  ProductIndex root;  // the entry's
  Weight weight;
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
        price_(anchor_price_) {
    if (MayWeigh(context)) OrderByWeight();
  }

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

  // Rules may bring claims forward that would not be weighed, or leave the strongest for the end.
  void OrderByWeight() {
    order_.reserve(list_.size());
    bool any = false;
    for (const RelationEntry& entry : list_) {
      order_.push_back({&entry, {}});
      if (entry.is_claim != 0) order_.back().weight = WeightOfRoot(context_, SlotKind::kBundle, entry.other);
      any |= !(order_.back().weight == Weight());
    }
    if (!any) return order_.clear();
    const auto worth = [](const WeighedEntry& weighed) {
      return static_cast<double>(weighed.entry->score) * weighed.weight.factor;
    };
    std::stable_sort(order_.begin(), order_.end(), [&worth](const WeighedEntry& a, const WeighedEntry& b) {
      return std::tuple(a.weight.is_last, -worth(a)) < std::tuple(b.weight.is_last, -worth(b));
    });
  }

  const RelationEntry& EntryAt(std::size_t place) const { return order_.empty() ? list_[place] : *order_[place].entry; }
  Weight WeightAt(std::size_t place) const { return order_.empty() ? Weight() : order_[place].weight; }

  // Takes claims from the list until enough can be weighed. What is no claim is counted on the way.
  void WeighMore() {
    for (; next_ < list_.size() && weighed_ < kMostWeighed; ++next_) {
      const RelationEntry& entry = EntryAt(next_);
      if (entry.is_claim == 0) {
        Remove(context_, draft_, entry.other, RemovalCause::kNoEvidence);
        continue;
      }
      Companion companion{&entry, entry.other, WeightAt(next_)};
      for (const ProductIndex member : absl::MakeConstSpan(set_.products).subspan(1)) {
        const RelationEntry* known = FindTogether(context_.model, member, entry.other);
        companion.support += known != nullptr && known->is_claim != 0 ? 1 : kUnknownSupport;
      }
      companions_.push_back(companion);
      context_.model.Prefetch(companion.root);
      ++weighed_;
    }
  }

  // A gain that is worth another product.
  double LeastGain() const {
    if (set_.entry == nullptr) return 0;
    const BundleSpec& spec = draft_.spec.set;
    const double share = set_.products.size() == 2 ? spec.least_gain_of_third : spec.least_gain_of_fourth;
    return share * strongest_;
  }

  // Of the largest gain times weight, ties to the one that the list ranks first; kNone when none gains enough, which
  // no weight changes.
  std::size_t BestCompanion() const {
    std::size_t best = kNone;
    double best_worth = 0;
    const double least_gain = LeastGain();
    for (std::size_t i = 0; i < companions_.size(); ++i) {
      const Companion& companion = companions_[i];
      if (companion.settled) continue;
      const double gain =
          static_cast<double>(companion.entry->score) * companion.support / static_cast<double>(set_.products.size());
      if (gain < least_gain) continue;
      const double worth = gain * companion.weight.factor;
      if (best != kNone && !IsBefore(companion.weight, worth, companions_[best].weight, best_worth)) continue;
      best = i;
      best_worth = worth;
    }
    return best;
  }

  static bool IsBefore(const Weight& a, double worth_of_a, const Weight& b, double worth_of_b) {
    return a.is_last == b.is_last ? worth_of_a > worth_of_b : b.is_last;
  }

  // What speaks against the claim as a further product of the set.
  Verdict Judge(const RelationEntry& entry) const {
    const Verdict verdict = JudgeVariants(context_, SlotKind::kBundle, entry.other, PriceNeed::kRequired);
    if (verdict.cause.has_value()) return verdict;
    const ProductIndex product = verdict.product;
    const auto companions = absl::MakeConstSpan(set_.products).subspan(1);
    if (const rules::Rule* rule = SeparatingRule(context_, product, companions)) {
      return {product, RemovalCause::kKeptApart, rule};
    }
    if (const std::optional<RemovalCause> cause = WhyNotAdd(product)) return {product, cause, RuleBehind(entry.other)};
    const rules::Rule* cap = CapReachedByCustomer(context_, draft_.spec.intent, product);  // 9
    return cap == nullptr ? verdict : Verdict{product, RemovalCause::kCappedInTime, cap};
  }

  // Adds the entry's product to the set, or removes it.
  void Consider(const RelationEntry& entry) {
    const Verdict verdict = Judge(entry);
    if (verdict.cause.has_value()) {
      --weighed_;
      return Remove(context_, draft_, verdict.product, *verdict.cause, verdict.rule);
    }
    if (set_.entry == nullptr) set_.entry = &entry;
    strongest_ = std::max(strongest_, static_cast<double>(entry.score));
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

  static std::uint64_t BitOf(ProductIndex root) { return std::uint64_t{1} << (awase::Slot(root) % 64); }

  std::uint64_t RootMask() const {
    std::uint64_t mask = 0;
    for (const Companion& companion : companions_) mask |= BitOf(companion.root);
    return mask;
  }

  // One walk over the new member's list for all who are weighed.
  void AddSupportOf(ProductIndex member) {
    for (Companion& companion : companions_) companion.support += kUnknownSupport;
    const std::uint64_t roots = RootMask();
    for (const RelationEntry& entry : context_.model.related(RelationKind::kBoughtTogether, member)) {
      // Nearly all others are told apart by their numbers' last bits.
      if (entry.is_claim == 0 || (roots & BitOf(entry.other)) == 0) continue;
      for (Companion& companion : companions_) {
        if (companion.root == entry.other) companion.support += 1 - kUnknownSupport;
      }
    }
  }

  void CountTheRest() {
    const bool full = set_.products.size() == draft_.spec.set.most_products;
    const RemovalCause cause = full ? RemovalCause::kLimit : RemovalCause::kNoEvidence;
    for (const Companion& companion : companions_) {
      if (!companion.settled) RemoveClaim(*companion.entry, cause);
    }
    for (; next_ < list_.size(); ++next_) {
      const RelationEntry& entry = EntryAt(next_);
      if (entry.is_claim != 0) {
        RemoveClaim(entry, cause);
      } else {
        Remove(context_, draft_, entry.other, RemovalCause::kNoEvidence);
      }
    }
  }

  // A claim that was not chosen.
  void RemoveClaim(const RelationEntry& entry, RemovalCause cause) {
    if (entry.other == context_.asked_root) {
      const Verdict verdict = Judge(entry);
      if (verdict.cause.has_value()) return Remove(context_, draft_, verdict.product, *verdict.cause, verdict.rule);
    }
    Remove(context_, draft_, entry.other, cause, RuleBehind(entry.other));
  }

  // The rule that may have left a claim of this root for later; for traces.
  const rules::Rule* RuleBehind(ProductIndex root) const {
    const bool is_weighed = draft_.trace != nullptr && !order_.empty();
    return is_weighed ? BuryingRule(context_, SlotKind::kBundle, root) : nullptr;
  }

  const Context& context_;
  BundleDraft& set_;
  SlotDraft& draft_;
  absl::Span<const RelationEntry> list_;
  struct WeighedEntry {
    const RelationEntry* entry;
    Weight weight;
  };
  std::vector<WeighedEntry> order_;  // of the list; empty where it is the list's own
  double anchor_price_;
  double price_;             // of the set so far; exact enough for a bound
  double strongest_ = 0;     // the best score of a companion chosen
  std::size_t next_ = 0;     // what the list has not given yet
  std::size_t weighed_ = 0;  // companions but for those that cannot be sold
  absl::InlinedVector<Companion, kMostWeighed> companions_;
};

}  // namespace

void GrowSet(const Context& context, BundleDraft& set, SlotDraft& draft) { SetGrower(context, set, draft).Grow(); }

}  // namespace awase::engine
