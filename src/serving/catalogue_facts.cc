#include "awase/serving/catalogue_facts.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "awase/catalog/product.h"
#include "awase/engine/count_products.h"
#include "awase/engine/price_basis.h"
#include "awase/serving/file_exposure_store.h"

namespace awase::serving {
namespace {

using rules::ProductColumn;

// "A > B" is in the category "A" as well.
void AddCategory(absl::string_view category, absl::flat_hash_set<std::string>* words) {
  if (category.empty()) return;
  std::string path;
  for (const absl::string_view step : absl::StrSplit(category, '>')) {
    absl::StrAppend(&path, path.empty() ? "" : " > ", absl::StripAsciiWhitespace(step));
    words->insert(path);
  }
}

void AddWords(const artefact::ProductView& product, ProductColumn column, absl::flat_hash_set<std::string>* words) {
  const auto add = [words](absl::string_view word) {
    if (!word.empty() && !words->contains(word)) words->emplace(word);
  };
  switch (column) {
    case ProductColumn::kCategory:
      return AddCategory(product.category(), words);
    case ProductColumn::kBrand:
      return add(product.brand());
    case ProductColumn::kProductType:
      return add(product.product_type());
    case ProductColumn::kAuthor:
      return add(product.author());
    case ProductColumn::kSeries:
      return add(product.series());
    case ProductColumn::kTag:
      for (const absl::string_view tag : absl::StrSplit(product.tags(), ',', absl::SkipEmpty())) add(tag);
      return;
    case ProductColumn::kAttribute:
      for (std::size_t i = 0; i < product.attribute_count(); ++i) add(product.attribute(i).name);
      return;
    case ProductColumn::kCurrency:
      if (const std::optional<Money> price = product.price()) add(price->currency.text());
      return;
  }
}

// The words of each column, found when they are first asked for. thread-safe.
class Vocabulary {
 public:
  explicit Vocabulary(std::shared_ptr<const artefact::Model> model) : model_(std::move(model)) {}

  absl::Span<const std::string> WordsOf(ProductColumn column) {
    Column& found = columns_[static_cast<std::size_t>(column)];
    std::call_once(found.once, [&] {
      absl::flat_hash_set<std::string> words;
      for (std::size_t i = 0; i < model_->product_count(); ++i) AddWords(model_->product(ProductAt(i)), column, &words);
      found.words.assign(words.begin(), words.end());
      std::sort(found.words.begin(), found.words.end());
    });
    return found.words;
  }

 private:
  struct Column {
    std::once_flag once;
    std::vector<std::string> words;
  };

  std::shared_ptr<const artefact::Model> model_;
  std::array<Column, 8> columns_;
};
static_assert(static_cast<std::size_t>(ProductColumn::kCurrency) == 7);

std::string WhyNotSold(const artefact::ProductView& product) {
  const std::optional<std::int64_t> stock = product.stock();
  if (stock.has_value() && *stock <= 0) return "is out of stock";
  return product.visible() ? "" : "is not visible";
}

// What is known of products as goods.
void AddSales(const std::shared_ptr<const artefact::Model>& model, rules::CatalogueFacts* facts) {
  facts->cost_of = [model](absl::string_view product_id) -> std::optional<Money> {
    const std::optional<ProductIndex> index = model->Find(product_id);
    return index.has_value() ? model->product(*index).cost() : std::nullopt;
  };
  facts->root_of = [model](absl::string_view product_id) -> std::string {
    const std::optional<ProductIndex> index = model->Find(product_id);
    return index.has_value() ? std::string(model->product(model->root(*index)).product_id()) : "";
  };
  facts->why_not_sold = [model](absl::string_view product_id) -> std::string {
    const std::optional<ProductIndex> index = model->Find(product_id);
    return index.has_value() ? WhyNotSold(model->product(*index)) : "";
  };
  facts->count_products = [model](const rules::ProductSet& set) { return engine::CountProducts(*model, set); };
  facts->product_count = model->product_count();
}

}  // namespace

rules::CatalogueFacts FactsOf(const std::shared_ptr<const artefact::Model>& serving) {
  // Rules that validate today must validate tomorrow, at a restart above all, whatever a feed has said in between.
  const std::shared_ptr<const artefact::Model> model = serving->WithLive(live::LiveTable());
  rules::CatalogueFacts facts;
  facts.knows_product = [model](absl::string_view product_id) { return model->Find(product_id).has_value(); };
  facts.price_of = [model](absl::string_view product_id) -> std::optional<Money> {
    const std::optional<ProductIndex> index = model->Find(product_id);
    if (!index.has_value()) return std::nullopt;
    return model->product(*index).price();
  };
  facts.price_basis_of = [model](absl::string_view product_id) -> std::string {
    const std::optional<ProductIndex> index = model->Find(product_id);
    return index.has_value() ? engine::PriceBasisText(*model, *index) : "";
  };
  facts.family_of = [model](absl::string_view product_id) -> std::string {
    const std::optional<ProductIndex> index = model->Find(product_id);
    if (!index.has_value()) return "";
    // Not the series that ladders may divide a type into: a product without rungs, as one that is hidden or has no
    // price, does not tell whether it is of one.
    const artefact::ProductView view = model->product(*index);
    catalog::Product product;
    product.family = std::string(view.family());
    product.product_type = std::string(view.product_type());
    product.category = std::string(view.category());
    return catalog::FamilyName(product);
  };
  AddSales(model, &facts);
  facts.words_of = [vocabulary = std::make_shared<Vocabulary>(model)](ProductColumn column) {
    return vocabulary->WordsOf(column);
  };
  facts.kept_exposures = FileExposureStore::kMostOfCustomer;
  return facts;
}

}  // namespace awase::serving
