#include "awase/plans/plan_book.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/base/money.h"
#include "awase/catalog/plan_columns.h"
#include "plans/internal/plan_reader.h"

namespace awase::plans {
namespace {

bool IsAtLeast(const std::optional<Quantity>& limit, const std::optional<Quantity>& other) {
  return !limit.has_value() || (other.has_value() && *limit >= *other);
}

bool IsNoWorse(const Term& term, const Term& other) {
  if (!IsAtLeast(term.limit, other.limit)) return false;
  if (!term.limit.has_value() || !other.overage.has_value()) return true;
  return term.overage.has_value() && IsNoDearer(*term.overage, *other.overage);
}

// A higher seat fee that is paid on top of a lower base fee may be worse for many seats: compared one by one.
bool HasNoHigherFee(const Plan& plan, const Plan& other) {
  return plan.fee.is_per_seat == other.fee.is_per_seat && plan.fee.base_minor <= other.fee.base_minor &&
         plan.fee.per_seat_minor <= other.fee.per_seat_minor;
}

// What an option of the plan's own gives. The plan's column, where it has one, is the whole amount. A limit of 0 says
// as little as none: it is what overage without a limit is read as.
void AddIncludedTerm(const Term& term, const Plan& before, Plan* plan) {
  const Term* stated = before.FindTerm(term.metric);
  if (stated != nullptr && stated->limit != Quantity{0}) return;
  const auto own = std::find_if(plan->terms.begin(), plan->terms.end(),
                                [&term](const Term& other) { return other.metric == term.metric; });
  if (own == plan->terms.end()) {
    plan->terms.push_back(term);
  } else if (own->limit.has_value()) {
    own->limit = term.limit.has_value() ? std::optional(Plus(*own->limit, *term.limit)) : std::nullopt;
  }
}

auto FamilyOrder(const Plan& plan) { return std::tie(plan.family, plan.currency, plan.interval); }

// Notes of one family.
class FamilyReview {
 public:
  FamilyReview(absl::Span<const Plan> family, std::vector<Fault>* notes) : family_(family), notes_(notes) {}

  void Write() {
    NoteMixtures();
    NoteMissingTerms();
    if (family_.size() <= kMostReviewed) {
      NotePricesBesideFees();
      NotePointlessPlans();
    } else {
      Note(family_.front(), "family",
           absl::StrCat("its family \"", family_.front().family, "\" has ", family_.size(), " plans, more than ",
                        kMostReviewed, ": are fee and limits those of plans? Pointless ones are not looked for"));
    }
  }

 private:
  void Note(const Plan& plan, absl::string_view column, std::string message) {
    notes_->push_back({plan.product_id, std::string(column), std::move(message)});
  }

  void NoteMixtures() {
    std::set<std::string> currencies;
    std::set<std::string> intervals;
    for (const Plan& plan : family_) {
      currencies.emplace(plan.currency.text());
      intervals.insert(plan.interval.empty() ? "(none)" : plan.interval);
    }
    const auto note = [this](const std::set<std::string>& kinds, absl::string_view column) {
      if (kinds.size() < 2) return;
      Note(family_.front(), column,
           absl::StrCat("its family \"", family_.front().family, "\" has ", kinds.size(), " of them (",
                        absl::StrJoin(kinds, ", "), "): only plans of the same are compared"));
    };
    note(currencies, "currency");
    note(intervals, "subscription_interval");
  }

  void NoteMissingTerms() {
    std::set<std::string> metrics;
    for (const Plan& plan : family_) {
      for (const Term& term : plan.terms) metrics.insert(term.metric);
      if (plan.fee.is_per_seat) metrics.emplace(kSeatsMetric);
    }
    for (const std::string& metric : metrics) NoteThoseWithout(metric);
  }

  // Each of them, or in a large family the first with how many they are.
  void NoteThoseWithout(const std::string& metric) {
    std::vector<const Plan*> without;
    for (const Plan& plan : family_) {
      const bool says_it = plan.FindTerm(metric) != nullptr || (metric == kSeatsMetric && plan.fee.is_per_seat);
      if (!says_it) without.push_back(&plan);
    }
    const bool is_each_noted = family_.size() <= kMostReviewed;
    for (const Plan* plan : without) {
      const std::string others =
          is_each_noted ? "" : absl::StrCat(", as with ", without.size() - 1, " other plans of its ", family_.size());
      Note(*plan, absl::StrCat(catalog::kLimitPrefix, metric),
           absl::StrCat("not given", others,
                        ", though others of its family have it: never offered to who uses it; say unlimited if it is"));
      if (!is_each_noted) return;
    }
  }

  // Of plans with a fee per seat the price is what pages call it.
  void NotePricesBesideFees() {
    for (const Plan& plan : family_) {
      if (!plan.price_minor.has_value() || *plan.price_minor == plan.fee.base_minor || plan.fee.is_per_seat) continue;
      Note(plan, catalog::kFeeColumn,
           absl::StrCat("is ", FormatMoney({plan.fee.base_minor, plan.currency}), ", and the price ",
                        FormatMoney({*plan.price_minor, plan.currency}),
                        ": pages show the price, advice reckons with the fee"));
    }
  }

  void NotePointlessPlans() {
    for (const Plan& plan : family_) {
      const auto better = std::find_if(family_.begin(), family_.end(), [&plan](const Plan& other) {
        if (other.product == plan.product || !Dominates(other, plan)) return false;
        return !Dominates(plan, other) || other.product < plan.product;  // of equal ones the first stays
      });
      if (better == family_.end()) continue;
      Note(plan, catalog::kFeeColumn, absl::StrCat("nobody is better off with it than with ", better->product_id));
    }
  }

  absl::Span<const Plan> family_;
  std::vector<Fault>* notes_;
};

template <typename Item>
bool ByProduct(const Item& a, const Item& b) {
  return a.product < b.product;
}

void SortFaults(std::vector<Fault>* faults) {
  std::sort(faults->begin(), faults->end(), [](const Fault& a, const Fault& b) {
    return std::tie(a.product_id, a.column, a.message) < std::tie(b.product_id, b.column, b.message);
  });
}

}  // namespace

bool Dominates(const Plan& plan, const Plan& other) {
  if (FamilyOrder(plan) != FamilyOrder(other)) return false;
  if (!plan.use.empty() && !IsSameUse(plan.use, other.use)) return false;
  if (!HasNoHigherFee(plan, other) || plan.trial_days < other.trial_days) return false;
  const bool terms = std::all_of(other.terms.begin(), other.terms.end(), [&plan](const Term& term) {
    const Term* own = plan.FindTerm(term.metric);
    return own != nullptr && IsNoWorse(*own, term);
  });
  return terms &&
         std::includes(plan.includes.begin(), plan.includes.end(), other.includes.begin(), other.includes.end()) &&
         std::includes(plan.perks.begin(), plan.perks.end(), other.perks.begin(), other.perks.end());
}

PlanBook PlanBook::Build(absl::Span<const Entry> entries) {
  PlanBook book;
  std::map<std::string, ProductIndex, std::less<>> ids;
  for (const Entry& entry : entries) {
    if (IsPlanProduct(*entry.product)) ids.emplace(entry.product->product_id, entry.index);
  }
  plans_internal::PlanReader reader(ids, &book.faults_, &book.notes_);
  for (const Entry& entry : entries) {
    if (!IsPlanProduct(*entry.product)) continue;
    if (!catalog::FindText(*entry.product, catalog::kOptionOfColumn).empty()) {
      if (auto option = reader.ReadOption(*entry.product, entry.index)) book.options_.push_back(*std::move(option));
    } else if (auto plan = reader.ReadPlan(*entry.product, entry.index)) {
      book.plans_.push_back(*std::move(plan));
    }
  }
  std::sort(book.options_.begin(), book.options_.end(), ByProduct<Option>);
  book.AddIncludedTerms();
  std::sort(book.plans_.begin(), book.plans_.end(), [](const Plan& a, const Plan& b) {
    return std::tuple(FamilyOrder(a), a.fee.base_minor, a.fee.per_seat_minor, a.product) <
           std::tuple(FamilyOrder(b), b.fee.base_minor, b.fee.per_seat_minor, b.product);
  });
  for (std::size_t i = 0; i < book.plans_.size(); ++i) book.plan_places_.emplace_back(book.plans_[i].product, i);
  std::sort(book.plan_places_.begin(), book.plan_places_.end());
  book.IndexOptions();
  SortFaults(&book.faults_);
  return book;
}

std::vector<Fault> PlanBook::Review() const {
  std::vector<Fault> notes = notes_;
  for (std::size_t i = 0; i < plans_.size();) {
    const absl::Span<const Plan> family = FamilyOf(plans_[i]);
    if (family.size() > 1) FamilyReview(family, &notes).Write();
    i += std::max<std::size_t>(family.size(), 1);
  }
  SortFaults(&notes);
  return notes;
}

void PlanBook::AddIncludedTerms() {
  for (Plan& plan : plans_) {
    const Plan before = plan;
    for (const ProductIndex product : plan.includes) {
      const Option* option = FindOption(product);
      if (option == nullptr) continue;
      if (option->interval != plan.interval && !option->terms.empty()) {
        notes_.push_back({plan.product_id, std::string(catalog::kIncludesColumn),
                          absl::StrCat("limits of ", option->product_id, " are for another interval: not counted")});
        continue;
      }
      for (const Term& term : option->terms) AddIncludedTerm(term, before, &plan);
    }
    std::sort(plan.terms.begin(), plan.terms.end(), [](const Term& a, const Term& b) { return a.metric < b.metric; });
  }
}

void PlanBook::IndexOptions() {
  std::vector<std::pair<std::size_t, std::uint32_t>> pairs;  // place of a plan, of one of its options
  for (std::size_t place = 0; place < options_.size(); ++place) {
    for (const ProductIndex product : options_[place].option_of) {
      const Plan* plan = FindPlan(product);
      if (plan == nullptr || !options_[place].CanBeAddedTo(*plan)) continue;
      pairs.emplace_back(static_cast<std::size_t>(plan - plans_.data()), static_cast<std::uint32_t>(place));
    }
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  option_offsets_.assign(plans_.size() + 1, 0);
  for (const auto& [plan, option] : pairs) {
    ++option_offsets_[plan + 1];
    option_places_.push_back(option);
  }
  std::partial_sum(option_offsets_.begin(), option_offsets_.end(), option_offsets_.begin());
}

absl::Span<const std::uint32_t> PlanBook::OptionPlacesOf(const Plan& plan) const {
  const Plan* own = FindPlan(plan.product);
  if (own == nullptr) return {};
  const auto place = static_cast<std::size_t>(own - plans_.data());
  return absl::MakeConstSpan(option_places_)
      .subspan(option_offsets_[place], option_offsets_[place + 1] - option_offsets_[place]);
}

const Plan* PlanBook::FindPlan(ProductIndex product) const {
  const auto at = std::lower_bound(plan_places_.begin(), plan_places_.end(), std::pair(product, std::size_t{0}));
  return at != plan_places_.end() && at->first == product ? &plans_[at->second] : nullptr;
}

const Option* PlanBook::FindOption(ProductIndex product) const {
  const auto at = std::lower_bound(options_.begin(), options_.end(), product,
                                   [](const Option& option, ProductIndex key) { return option.product < key; });
  return at != options_.end() && at->product == product ? &*at : nullptr;
}

absl::Span<const Plan> PlanBook::FamilyOf(const Plan& plan) const {
  if (plan.family.empty()) return absl::MakeConstSpan(&plan, 1);
  const auto first = std::lower_bound(plans_.begin(), plans_.end(), plan.family,
                                      [](const Plan& a, const std::string& key) { return a.family < key; });
  const auto last = std::find_if(first, plans_.end(), [&plan](const Plan& a) { return a.family != plan.family; });
  return absl::MakeConstSpan(plans_).subspan(static_cast<std::size_t>(first - plans_.begin()),
                                             static_cast<std::size_t>(last - first));
}

std::size_t PlanBook::family_count() const {
  std::size_t families = 0;
  for (std::size_t i = 1; i < plans_.size(); ++i) {
    const bool is_second = !plans_[i].family.empty() && plans_[i].family == plans_[i - 1].family &&
                           (i == 1 || plans_[i - 2].family != plans_[i].family);
    families += is_second ? 1 : 0;
  }
  return families;
}

}  // namespace awase::plans
