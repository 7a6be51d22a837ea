#include "awase/families/rung_text.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "awase/base/money.h"
#include "awase/catalog/product.h"
#include "awase/catalog/unit_price.h"
#include "awase/families/family_table.h"
#include "awase/ladder/rung.h"
#include "awase/ladder/share_bounds.h"

namespace awase::families {
namespace {

using artefact::AttributeView;
using artefact::ProductView;
using ladder::Direction;
using ladder::RungEvidence;

// "storage_gb 128→256, zoom_x 6→10": the attributes of `product` whose bit is set.
std::string SpecList(const ProductView& product, const ProductView& other, std::uint32_t mask) {
  std::vector<std::string> specs;
  for (std::size_t i = 0; i < std::min<std::size_t>(product.attribute_count(), 32); ++i) {
    if ((mask >> i & 1U) == 0) continue;
    const AttributeView mine = product.attribute(i);
    const absl::string_view theirs = other.AttributeText(mine.name);
    if (!theirs.empty()) specs.push_back(absl::StrCat(SpecName(mine.name), " ", mine.text, "→", theirs));
  }
  return absl::StrJoin(specs, ", ");
}

class RungText {
 public:
  RungText(const ProductView& product, const ProductView& other, const ladder::Rung& rung, const RungEvidence& evidence)
      : product_(product), other_(other), rung_(rung), evidence_(evidence) {}

  // Without what made the family.
  std::vector<std::string> Parts() {
    AddPacks();
    AddSpecs();
    AddCustomers("later upgrade", evidence_.upgrades, evidence_.downgrades);
    AddCustomers("switch-up", evidence_.switches_up, evidence_.switches_down);
    AddReturns();
    AddFlag(ladder::kSameBrand, "same brand");
    AddFlag(ladder::kSameSeries, "same series");
    AddFlag(ladder::kOwnToNational, "own brand against national brand");
    AddFlag(ladder::kBeyondBand, "a larger price step than usual here");
    return parts_;
  }

 private:
  bool Has(ladder::EvidenceFlag flag) const { return (evidence_.flags & flag) != 0; }
  void AddFlag(ladder::EvidenceFlag flag, absl::string_view text) {
    if (Has(flag)) parts_.emplace_back(text);
  }

  // "pack 250 g→500 g, USD 2.00→USD 1.80 per 100 g": what the arithmetic of a step that is to no model rests on.
  void AddPacks() {
    if (evidence_.kind == ladder::StepKind::kModel) return;
    std::string text = ladder::StepKindName(evidence_.kind);
    if (evidence_.kind == ladder::StepKind::kSubscription) absl::StrAppend(&text, " ", other_.subscription_interval());
    const double content = product_.pack_quantity().value_or(0);
    const double other_content = other_.pack_quantity().value_or(0);
    const absl::string_view unit = product_.pack_unit();
    // The ladder has compared them; but a version may come from elsewhere, and a live price be in another currency.
    const std::optional<Money> price = product_.price();
    const std::optional<Money> other_price = other_.price();
    const bool has_prices = price.has_value() && other_price.has_value() && price->currency == other_price->currency;
    if (has_prices && content > 0 && other_content > 0 && unit == other_.pack_unit()) {
      const auto prices = catalog::FormatUnitPrices({price->minor_units, content},
                                                    {other_price->minor_units, other_content}, unit, price->currency);
      const std::string per = prices.per == 1 ? std::string(unit) : absl::StrCat(prices.per, " ", unit);
      absl::StrAppend(&text, " ", content, " ", unit, "→", other_content, " ", unit, ", ", prices.from, "→", prices.to,
                      " per ", per);
    }
    parts_.push_back(std::move(text));
  }

  void AddSpecs() {
    const bool up = rung_.direction == Direction::kHigher;
    std::string gained = SpecList(product_, other_, evidence_.gained_specs);
    std::string given_up = SpecList(product_, other_, evidence_.given_up_specs);
    if (Has(ladder::kTierColumn)) {
      std::string& list = up ? gained : given_up;
      absl::StrAppend(&list, list.empty() ? "" : ", ", "tier ", product_.tier(), "→", other_.tier());
    }
    const absl::string_view gains = Has(ladder::kDominates) && up ? "dominates: " : "gains: ";
    const absl::string_view gives_up = Has(ladder::kDominates) && !up ? "is dominated: " : "gives up: ";
    if (!gained.empty()) parts_.push_back(absl::StrCat(gains, gained));
    if (!given_up.empty()) parts_.push_back(absl::StrCat(gives_up, given_up));
  }

  void AddCustomers(absl::string_view what, std::uint32_t up, std::uint32_t down) {
    const std::uint64_t all = std::uint64_t{up} + down;
    if (all == 0) return;
    parts_.push_back(absl::StrFormat("%s %d of %d customers (%.0f %%, at least %.0f %%)", what, up, all,
                                     100.0 * up / static_cast<double>(all), 100 * ladder::BoundsOfShare(up, all).low));
  }

  void AddReturns() {
    const bool up = rung_.direction == Direction::kHigher;
    const float of_product = up ? evidence_.returned_cheap : evidence_.returned_dear;
    const float of_other = up ? evidence_.returned_dear : evidence_.returned_cheap;
    if (of_product < 0 || of_other < 0) return;
    parts_.push_back(absl::StrFormat("sent back %.1f %%→%.1f %%%s", 100 * of_product, 100 * of_other,
                                     Has(ladder::kReturnsWorse) ? " (the dearer one more often, past chance)" : ""));
  }

  const ProductView& product_;
  const ProductView& other_;
  const ladder::Rung& rung_;
  const RungEvidence& evidence_;
  std::vector<std::string> parts_;
};

std::string FamilyText(const ProductView& product, const ladder::Rung& rung) {
  const auto source = static_cast<ladder::FamilySource>(rung.family_source);
  const std::string category(product.category());
  switch (source) {
    case ladder::FamilySource::kDeclared:
      return absl::StrCat("family ", product.family());
    case ladder::FamilySource::kProductType:
      return absl::StrCat("product_type ", product.product_type());
    case ladder::FamilySource::kCategoryLeaf:
      return absl::StrCat("category ", catalog::CategoryLeaf(category));
    case ladder::FamilySource::kSeries:
      return absl::StrCat("series ", product.series(), " of product_type ", product.product_type());
  }
  return "family unknown";
}

}  // namespace

Money PriceDifference(const artefact::Model& model, const ladder::Rung& rung) {
  return {rung.price_delta_minor, model.product(rung.other).price().value_or(Money()).currency};
}

std::string RungEvidenceText(const artefact::Model& model, ProductIndex product, std::size_t position) {
  const ladder::Rung& rung = model.rungs(product)[position];
  const ProductView from = model.product(product);
  const ProductView to = model.product(rung.other);
  std::vector<std::string> parts;
  const auto evidence = model.rung_evidence(product);
  if (!evidence.empty()) parts = RungText(from, to, rung, evidence[position]).Parts();
  parts.push_back(FamilyText(to, rung));
  return absl::StrJoin(parts, "; ");
}

}  // namespace awase::families
