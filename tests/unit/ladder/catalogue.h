#ifndef AWASE_TESTS_UNIT_LADDER_CATALOGUE_H_
#define AWASE_TESTS_UNIT_LADDER_CATALOGUE_H_

// Small catalogues and their ladders, in a few words.

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "awase/catalog/catalog.h"
#include "awase/ladder/ladder.h"

namespace awase::testing {

// Of the product type "Camera", in USD.
inline catalog::Product Camera(std::string id, std::int64_t price_minor) {
  catalog::Product product;
  product.product_id = std::move(id);
  product.product_type = "Camera";
  product.price = Money{price_minor, *CurrencyCode::Parse("USD")};
  return product;
}

inline catalog::Product WithSpec(catalog::Product product, const std::string& name, const std::string& text) {
  catalog::Attribute attribute{name, text, std::nullopt};
  double number = 0;
  if (absl::SimpleAtod(text, &number)) attribute.number = number;
  product.attributes.push_back(std::move(attribute));
  std::sort(product.attributes.begin(), product.attributes.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return product;
}

struct Ladders {
  catalog::Catalog catalog;
  ladder::LadderSet set;
  ladder::LadderNotes notes;

  // "lower1 b WEAK", "higher1 d ASSERTED", … in stored order.
  std::vector<std::string> Of(const std::string& id) const {
    std::vector<std::string> steps;
    for (const ladder::Rung& rung : set.list(*catalog.Find(id))) {
      steps.push_back(absl::StrCat(ladder::DirectionName(rung.direction), static_cast<int>(rung.rung), " ",
                                   catalog.product(rung.other).product_id, " ", ladder::GradeName(rung.grade)));
    }
    return steps;
  }

  // The step from `id` to `other`; nothing when there is none.
  std::optional<ladder::RungEvidence> Evidence(const std::string& id, const std::string& other) const {
    const auto rungs = set.list(*catalog.Find(id));
    for (std::size_t r = 0; r < rungs.size(); ++r) {
      if (catalog.product(rungs[r].other).product_id == other) return set.evidence_of(*catalog.Find(id))[r];
    }
    return std::nullopt;
  }
};

// `popularity` is by id.
inline Ladders BuildLaddersOf(std::vector<catalog::Product> products, std::vector<std::uint32_t> popularity = {},
                              const ladder::LadderOptions& options = ladder::LadderOptions()) {
  Ladders ladders{catalog::Catalog::Build(std::move(products)), {}, {}};
  popularity.resize(ladders.catalog.size(), 1);
  ladders.set = ladder::BuildLadders(ladders.catalog, {.popularity = popularity}, options, &ladders.notes);
  return ladders;
}

}  // namespace awase::testing

#endif  // AWASE_TESTS_UNIT_LADDER_CATALOGUE_H_
