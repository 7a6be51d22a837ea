#include "plans/internal/likely_sets.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "plans/internal/choices.h"

namespace awase::plans_internal {
namespace {

using plans::Configuration;
using plans::Option;
using plans::Quantity;

// What an option gives of one metric.
struct Filler {
  std::size_t option;              // its place
  std::optional<Quantity> amount;  // nothing = unlimited
  std::int64_t fee_minor;

  Quantity added() const { return amount.value_or(plans::kMostQuantity); }
  bool IsEnough(std::optional<Quantity> missing) const {
    return !amount.has_value() || (missing.has_value() && *amount >= *missing);
  }
};

class SetMaker {
 public:
  SetMaker(const Configuration& base, const OptionSet& held, const OptionSet& options, const Need& need)
      : base_(base), held_(held), options_(options), need_(need) {
    for (std::size_t i = 0; i < options.size(); ++i) {
      for (const plans::Term& term : options[i]->terms) {
        fillers_[term.metric].push_back({i, term.limit, options[i]->fee.Of(need.seats())});
      }
    }
    for (auto& [metric, fillers] : fillers_) {
      std::stable_sort(fillers.begin(), fillers.end(), [](const Filler& a, const Filler& b) {
        return std::tuple(b.added(), a.fee_minor) < std::tuple(a.added(), b.fee_minor);
      });
    }
    can_fill_ = need.FindLack(With(base, options)) == nullptr;
  }

  std::vector<OptionSet> Make() {
    AddWithFilled({});
    AddWithFilled(held_);
    for (const Option* option : options_) sets_.push_back({option});
    for (const Option* option : Varied()) {
      OptionSet other = held_;
      if (std::erase(other, option) == 0) other.push_back(option);
      AddWithFilled(std::move(other));
    }
    for (OptionSet& set : sets_) std::sort(set.begin(), set.end(), IsBefore);
    std::sort(sets_.begin(), sets_.end(), [](const OptionSet& a, const OptionSet& b) {
      return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), IsBefore);
    });
    sets_.erase(std::unique(sets_.begin(), sets_.end()), sets_.end());
    return std::move(sets_);
  }

 private:
  static bool IsBefore(const Option* a, const Option* b) { return a->product < b->product; }

  OptionSet Varied() const {
    OptionSet varied = held_;
    OptionSet others;
    std::set_difference(options_.begin(), options_.end(), held_.begin(), held_.end(), std::back_inserter(others),
                        IsBefore);
    std::stable_sort(others.begin(), others.end(), [this](const Option* a, const Option* b) {
      return a->fee.Of(need_.seats()) < b->fee.Of(need_.seats());
    });
    varied.insert(varied.end(), others.begin(), others.end());
    varied.resize(std::min(varied.size(), kMostVaried));
    return varied;
  }

  void AddWithFilled(OptionSet set) {
    if (can_fill_) sets_.push_back(Filled(set));
    sets_.push_back(std::move(set));
  }

  // Metric by metric, in the order in which lacks are found. REQUIRES: can_fill_.
  OptionSet Filled(OptionSet set) const {
    std::vector<bool> is_in_set(options_.size(), false);
    for (const Option* option : set) {
      is_in_set[static_cast<std::size_t>(std::lower_bound(options_.begin(), options_.end(), option, IsBefore) -
                                         options_.begin())] = true;
    }
    for (;;) {
      const Configuration configuration = With(base_, set);
      const MetricNeed* lack = need_.FindLack(configuration);
      if (lack == nullptr) return set;
      if (!Fill(lack->metric, need_.MissingIn(configuration, *lack), &is_in_set, &set)) return set;
    }
  }

  // False when there is nothing to add.
  bool Fill(const std::string& metric, std::optional<Quantity> missing, std::vector<bool>* is_in_set,
            OptionSet* set) const {
    const auto found = fillers_.find(metric);
    if (found == fillers_.end()) return false;
    const auto add = [&](const Filler& filler) {
      (*is_in_set)[filler.option] = true;
      set->push_back(options_[filler.option]);
    };
    bool is_anything_added = false;
    for (auto filler = found->second.begin(); filler != found->second.end(); ++filler) {  // the largest first
      if ((*is_in_set)[filler->option]) continue;
      if (filler->IsEnough(missing)) {
        add(CheapestEnough(filler, found->second.end(), missing, *is_in_set));
        return true;
      }
      add(*filler);
      is_anything_added = true;
      if (missing.has_value()) missing->micros -= filler->amount->micros;
    }
    return is_anything_added;
  }

  // REQUIRES: *first is enough.
  static const Filler& CheapestEnough(std::vector<Filler>::const_iterator first,
                                      std::vector<Filler>::const_iterator last, std::optional<Quantity> missing,
                                      const std::vector<bool>& is_in_set) {
    auto best = first;
    for (auto filler = first; filler != last && filler->IsEnough(missing); ++filler) {
      if (is_in_set[filler->option]) continue;
      if (std::tie(filler->fee_minor, filler->option) < std::tie(best->fee_minor, best->option)) best = filler;
    }
    return *best;
  }

  const Configuration& base_;
  const OptionSet& held_;
  const OptionSet& options_;
  const Need& need_;
  std::map<std::string, std::vector<Filler>> fillers_;  // by metric; those that add most first, then the cheapest
  bool can_fill_ = false;
  std::vector<OptionSet> sets_;
};

}  // namespace

Configuration With(Configuration base, const OptionSet& set) {
  base.options.insert(base.options.end(), set.begin(), set.end());
  SortOptions(&base);
  return base;
}

std::vector<OptionSet> LikelySets(const Configuration& base, const OptionSet& held, const OptionSet& options,
                                  const Need& need) {
  return SetMaker(base, held, options, need).Make();
}

}  // namespace awase::plans_internal
