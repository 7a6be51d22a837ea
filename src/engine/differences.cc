#include "differences.h"

#include <string>

namespace awase::engine {
namespace {

using artefact::AttributeView;
using artefact::ProductView;

bool SameValue(const AttributeView& a, const AttributeView& b) {
  if (a.number.has_value() && b.number.has_value()) return *a.number == *b.number;
  return a.text == b.text;
}

void Add(absl::string_view name, absl::string_view anchor_value, absl::string_view offer_value,
         std::vector<SpecDifference>& differences) {
  differences.push_back({std::string(name), std::string(anchor_value), std::string(offer_value)});
}

// Attributes are sorted by name on both sides: one pass finds pairs and singles.
template <typename OnPair, typename OnSingle>
void Merge(const ProductView& anchor, const ProductView& offer, OnPair on_pair, OnSingle on_single) {
  std::size_t a = 0;
  std::size_t b = 0;
  while (a < anchor.attribute_count() || b < offer.attribute_count()) {
    const AttributeView of_anchor = a < anchor.attribute_count() ? anchor.attribute(a) : AttributeView{};
    const AttributeView of_offer = b < offer.attribute_count() ? offer.attribute(b) : AttributeView{};
    if (b == offer.attribute_count() || (a < anchor.attribute_count() && of_anchor.name < of_offer.name)) {
      on_single(of_anchor.name, of_anchor.text, absl::string_view());
      ++a;
    } else if (a == anchor.attribute_count() || of_offer.name < of_anchor.name) {
      on_single(of_offer.name, absl::string_view(), of_offer.text);
      ++b;
    } else {
      on_pair(of_anchor, of_offer);
      ++a;
      ++b;
    }
  }
}

}  // namespace

std::vector<SpecDifference> FindDifferences(const artefact::Model& model, ProductIndex anchor, ProductIndex offer) {
  const ProductView from = model.product(anchor);
  const ProductView to = model.product(offer);
  std::vector<SpecDifference> differences;
  Merge(
      from, to,
      [&](const AttributeView& a, const AttributeView& b) {
        if (!SameValue(a, b) && differences.size() < kMaxDifferences) Add(a.name, a.text, b.text, differences);
      },
      [](absl::string_view, absl::string_view, absl::string_view) {});
  if (differences.size() == kMaxDifferences) return differences;
  Merge(
      from, to, [](const AttributeView&, const AttributeView&) {},
      [&](absl::string_view name, absl::string_view anchor_value, absl::string_view offer_value) {
        if (differences.size() < kMaxDifferences) Add(name, anchor_value, offer_value, differences);
      });
  return differences;
}

}  // namespace awase::engine
