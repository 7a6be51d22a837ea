#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "awase/pricing/discount.h"

namespace awase::pricing {
namespace {

class FaultFinder {
 public:
  explicit FaultFinder(const Discount& discount) : discount_(discount) {}

  std::vector<Fault> Find() {
    std::visit([this](const auto& terms) { Check(terms); }, discount_.terms);
    if (discount_.rounding.has_value()) CheckRounding(*discount_.rounding);
    if (discount_.floor.has_value()) {
      CheckRange("floor.least_margin_basis_points", discount_.floor->least_margin_basis_points, 0, kBasisPoints - 1);
    }
    return std::move(faults_);
  }

 private:
  void Add(std::string field, std::string problem) { faults_.push_back({std::move(field), std::move(problem)}); }

  void CheckRange(std::string field, std::int64_t value, std::int64_t least, std::int64_t most) {
    if (value >= least && value <= most) return;
    Add(std::move(field), absl::StrCat("is ", value, ", but must be ", least, " to ", most));
  }

  void Check(const QuantityTerms& terms) {
    CheckLines("lines", terms.lines);
    CheckTiers(terms.tiers, "from_quantity", [](const auto& tier) { return tier.from_quantity; }, 1, kMostUnits);
    if (terms.most_units.has_value()) CheckRange("most_units", *terms.most_units, 1, kMostUnits);
    for (std::size_t i = 0; i < terms.tiers.size(); ++i) {
      const Reduction& reduction = terms.tiers[i].reduction;
      if (std::holds_alternative<FixedPrice>(reduction)) ForbidRounding("a price that is given is not rounded");
    }
  }

  void Check(const SetTerms& terms) {
    if (terms.parts.empty()) Add("parts", "are missing: say what a set is made of");
    std::vector<std::size_t> lines;
    bool reduces = terms.parts.empty();
    for (std::size_t i = 0; i < terms.parts.size(); ++i) {
      const SetTerms::Part& part = terms.parts[i];
      const std::string field = absl::StrCat("parts[", i, "].");
      CheckRange(absl::StrCat(field, "count"), part.count, 1, kMostUnits);
      const std::int64_t reduced = part.reduced.value_or(part.count);
      if (part.reduced.has_value())
        CheckRange(absl::StrCat(field, "reduced"), reduced, 0, std::max<std::int64_t>(part.count, 0));
      reduces = reduces || reduced > 0;
      lines.insert(lines.end(), part.lines.begin(), part.lines.end());
    }
    if (!reduces) Add("parts", "reduce no unit: give one of them a `reduced` above 0");
    CheckLines("parts", std::move(lines));
    CheckReduction("reduction", terms.reduction);
    if (terms.most_sets.has_value()) CheckRange("most_sets", *terms.most_sets, 1, kMostUnits);
    if (!std::holds_alternative<PercentOff>(terms.reduction)) ForbidRounding("what a set costs is not rounded");
  }

  void Check(const BasketTerms& terms) {
    CheckLines("lines", terms.lines);
    CheckTiers(terms.tiers, "from_total_minor", [](const auto& tier) { return tier.from_total_minor; }, 0, kMostMinor);
    for (std::size_t i = 0; i < terms.tiers.size(); ++i) {
      const Reduction& reduction = terms.tiers[i].reduction;
      if (std::holds_alternative<FixedPrice>(reduction)) {
        Add(absl::StrCat("tiers[", i, "].reduction"),
            "is a price, but a basket has none: say a percentage or an amount");
      }
      if (std::holds_alternative<AmountOff>(reduction)) ForbidRounding("an amount off the basket is not rounded");
    }
  }

  void CheckLines(absl::string_view field, std::vector<std::size_t> lines) {
    std::sort(lines.begin(), lines.end());
    const auto twice = std::adjacent_find(lines.begin(), lines.end());
    if (twice != lines.end()) Add(std::string(field), absl::StrCat("name line ", *twice, " twice"));
  }

  template <typename Tier, typename From>
  void CheckTiers(const std::vector<Tier>& tiers, absl::string_view from_name, From from, std::int64_t least,
                  std::int64_t most) {
    if (tiers.empty()) Add("tiers", "are missing: say at least one");
    for (std::size_t i = 0; i < tiers.size(); ++i) {
      const std::string field = absl::StrCat("tiers[", i, "].");
      CheckRange(absl::StrCat(field, from_name), from(tiers[i]), least, most);
      CheckReduction(absl::StrCat(field, "reduction"), tiers[i].reduction);
      if (i == 0) continue;
      if (from(tiers[i]) <= from(tiers[i - 1])) {
        Add(absl::StrCat(field, from_name),
            absl::StrCat("is ", from(tiers[i]), ", but must be above that of the tier before, ", from(tiers[i - 1])));
      }
      CheckNoWorse(absl::StrCat(field, "reduction"), tiers[i - 1].reduction, tiers[i].reduction);
    }
  }

  void CheckNoWorse(std::string field, const Reduction& before, const Reduction& after) {
    if (before.index() != after.index()) {
      return Add(std::move(field), "is of another kind than that of the tier before");
    }
    const bool is_worse = std::visit(
        [&after](const auto& earlier) { return IsWorse(earlier, std::get<std::decay_t<decltype(earlier)>>(after)); },
        before);
    if (is_worse) Add(std::move(field), "is worse for the customer than that of the tier before");
  }

  static bool IsWorse(const FixedPrice& before, const FixedPrice& after) {
    return after.price_minor > before.price_minor;
  }
  static bool IsWorse(const PercentOff& before, const PercentOff& after) {
    return after.basis_points < before.basis_points;
  }
  static bool IsWorse(const AmountOff& before, const AmountOff& after) {
    return after.amount_minor < before.amount_minor;
  }

  void CheckReduction(absl::string_view field, const Reduction& reduction) {
    if (const auto* fixed = std::get_if<FixedPrice>(&reduction)) {
      CheckRange(absl::StrCat(field, ".price_minor"), fixed->price_minor, 0, kMostMinor);
    } else if (const auto* percent = std::get_if<PercentOff>(&reduction)) {
      CheckRange(absl::StrCat(field, ".basis_points"), percent->basis_points, 1, kBasisPoints);
    } else {
      CheckRange(absl::StrCat(field, ".amount_minor"), std::get<AmountOff>(reduction).amount_minor, 1, kMostMinor);
    }
  }

  void CheckRounding(const UnitRounding& rounding) {
    CheckRange("rounding.step_minor", rounding.step_minor, 1, kMostMinor);
    CheckRange("rounding.ending_minor", rounding.ending_minor, 0, std::max<std::int64_t>(rounding.step_minor, 1) - 1);
  }

  // Said once, however many tiers give the reason.
  void ForbidRounding(std::string reason) {
    if (!discount_.rounding.has_value()) return;
    if (reasons_against_rounding_.insert(reason).second) Add("rounding", std::move(reason));
  }

  const Discount& discount_;
  std::vector<Fault> faults_;
  std::set<std::string> reasons_against_rounding_;
};

}  // namespace

std::vector<Fault> FindFaults(const Discount& discount) { return FaultFinder(discount).Find(); }

}  // namespace awase::pricing
