#include "awase/report/sample_pages.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "awase/evaluation/measure.h"
#include "awase/families/rung_text.h"

namespace awase::report {
namespace {

using artefact::Model;
using artefact::ProductView;
using evaluation::Band;
using relations::RelationKind;

// FNV-1a: the same everywhere and for ever.
std::uint64_t HashOf(absl::string_view id) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

// Of a product with variants the best-selling one that can be shown, as pages do.
ProductView Shown(const Model& version, ProductIndex root) {
  for (const ProductIndex variant : version.variants(root)) {
    if (version.product(variant).visible()) return version.product(variant);
  }
  return version.product(root);
}

std::string PriceOf(const ProductView& product) {
  const std::optional<Money> price = product.price();
  return price.has_value() ? FormatMoney(*price) : "";
}

struct Candidate {
  std::uint64_t hash;
  ProductIndex product;
};

std::vector<ProductIndex> Choose(const Model& version, const std::vector<std::uint32_t>& units,
                                 const std::vector<Band>& bands, std::size_t count) {
  std::array<std::vector<Candidate>, evaluation::kBandCount> by_band;
  for (std::size_t p = 0; p < units.size(); ++p) {
    if (units[p] == 0 || !Shown(version, ProductAt(p)).visible()) continue;
    by_band[static_cast<std::size_t>(bands[p])].push_back(
        {HashOf(version.product(ProductAt(p)).product_id()), ProductAt(p)});
  }
  std::vector<ProductIndex> chosen;
  for (std::size_t b = 0; b < by_band.size(); ++b) {
    // What one band is short of, the next ones make up for.
    const std::size_t share = (count - chosen.size()) / (by_band.size() - b);
    std::vector<Candidate>& band = by_band[b];
    std::sort(band.begin(), band.end(), [](const Candidate& a, const Candidate& c) {
      return a.hash != c.hash ? a.hash < c.hash : a.product < c.product;
    });
    for (std::size_t i = 0; i < std::min(share, band.size()); ++i) chosen.push_back(band[i].product);
  }
  std::sort(chosen.begin(), chosen.end(), [&units](ProductIndex a, ProductIndex b) {
    return units[Slot(a)] != units[Slot(b)] ? units[Slot(a)] > units[Slot(b)] : a < b;
  });
  return chosen;
}

SampleEntry EntryOf(const Model& version, const relations::RelationEntry& entry) {
  const ProductView other = Shown(version, entry.other);
  return {.product_id = std::string(other.product_id()),
          .title = std::string(other.title()),
          .price = PriceOf(other),
          .together = entry.units_together,
          .lift = entry.lift,
          .lift_low = entry.lift_low,
          .lift_high = entry.lift_high,
          .claim = entry.is_claim != 0};
}

SampleRung RungOf(const Model& version, const ladder::Rung& rung) {
  const ProductView other = version.product(rung.other);
  return {.direction = ladder::DirectionName(rung.direction),
          .product_id = std::string(other.product_id()),
          .title = std::string(other.title()),
          .price = PriceOf(other),
          .price_delta = FormatMoneyDifference(families::PriceDifference(version, rung))};
}

SamplePage PageOf(const Model& version, ProductIndex index, std::size_t list_length) {
  const ProductView product = Shown(version, index);
  SamplePage page;
  page.product_id = std::string(product.product_id());
  page.title = std::string(product.title());
  page.price = PriceOf(product);
  page.kind = std::string(product.product_type().empty() ? product.category() : product.product_type());
  for (const RelationKind kind : relations::kAllRelationKinds) {
    if (!version.has_relation(kind)) continue;
    SampleList& list = page.lists.emplace_back();
    list.relation = std::string(relations::RelationName(kind));
    list.units = version.units(kind, index);
    list.unit_count = version.unit_count(kind);
    const auto entries = version.related(kind, index);
    for (const auto& entry : entries.first(std::min(list_length, entries.size()))) {
      list.entries.push_back(EntryOf(version, entry));
    }
  }
  for (const ladder::Rung& rung : version.rungs(product.index())) {
    if (rung.grade > ladder::Grade::kWeak) page.rungs.push_back(RungOf(version, rung));  // others are not served
  }
  return page;
}

}  // namespace

std::vector<SamplePage> SamplePages(const Model& version, std::size_t count, std::size_t list_length) {
  std::vector<std::uint32_t> units(version.product_count(), 0);
  for (std::size_t p = 0; p < units.size(); ++p) {
    // A list is its root's: a page of a variant would say the same once more.
    if (version.root(ProductAt(p)) == ProductAt(p))
      units[p] = version.units(RelationKind::kBoughtTogether, ProductAt(p));
  }
  const std::vector<Band> bands = evaluation::BandsOf(units);
  std::vector<SamplePage> pages;
  for (const ProductIndex product : Choose(version, units, bands, count)) {
    pages.push_back(PageOf(version, product, list_length));
    pages.back().band = std::string(evaluation::BandName(bands[Slot(product)]));
    pages.back().orders = units[Slot(product)];
  }
  return pages;
}

}  // namespace awase::report
