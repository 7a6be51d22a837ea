#include "request_keys.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/hash/hash.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "context.h"

namespace awase::engine {
namespace {

// Whose product it is, or what else is said; and of a product, which of its columns.
enum class Subject : std::uint8_t { kAnchor, kCart, kOwned, kChannel, kSegment, kTier, kInterest, kMilestone };
enum class Column : std::uint8_t { kProduct, kCategory, kBrand, kProductType, kAuthor, kSeries, kTag };

struct KeyKind {
  Subject subject;
  Column column = Column::kProduct;  // the first one where the subject is no product

  constexpr unsigned number() const { return static_cast<unsigned>(subject) * 7 + static_cast<unsigned>(column); }
  constexpr KeyKinds bit() const { return KeyKinds{1} << number(); }
};
static_assert(KeyKind{Subject::kMilestone, Column::kTag}.number() < 64);

Key KeyOf(KeyKind kind, absl::string_view word) {
  return absl::Hash<std::pair<unsigned, absl::string_view>>()({kind.number(), word});
}

Key KeyOf(KeyKind kind, ProductIndex product) {
  return absl::Hash<std::pair<unsigned, std::uint32_t>>()({kind.number(), static_cast<std::uint32_t>(product)});
}

// Of "A > B": the keys of "A" and of "A > B", whatever blanks there are.
template <typename Visit>
void ForEachCategory(KeyKind kind, absl::string_view category, Visit visit) {
  if (category.empty()) return;
  Key key = kind.number();
  for (const absl::string_view step : absl::StrSplit(category, '>')) {
    key = absl::Hash<std::pair<Key, absl::string_view>>()({key, absl::StripAsciiWhitespace(step)});
    visit(key);
  }
}

Key CategoryKey(KeyKind kind, absl::string_view named) {
  Key last = 0;
  ForEachCategory(kind, named, [&last](Key key) { last = key; });
  return last;
}

Access WordAccess(KeyKind kind, const rules::Words& words) {
  Access access{kind.bit(), {}};
  for (const std::string& word : words) access.keys.push_back(KeyOf(kind, word));
  return access;
}

std::vector<Access> SetAccesses(Subject subject, const BoundSet& set) {
  std::vector<Access> accesses;
  const rules::ProductFilter& in = set.set().in;
  if (!in.products.empty()) {
    const KeyKind kind = {subject, Column::kProduct};
    Access& access = accesses.emplace_back(Access{kind.bit(), {}});
    for (const ProductIndex product : set.products()) access.keys.push_back(KeyOf(kind, product));
  }
  if (!in.categories.empty()) {
    const KeyKind kind = {subject, Column::kCategory};
    Access& access = accesses.emplace_back(Access{kind.bit(), {}});
    for (const std::string& named : in.categories) access.keys.push_back(CategoryKey(kind, named));
  }
  const std::pair<Column, const rules::Words*> lists[] = {{Column::kBrand, &in.brands},
                                                          {Column::kProductType, &in.product_types},
                                                          {Column::kAuthor, &in.authors},
                                                          {Column::kSeries, &in.series},
                                                          {Column::kTag, &in.tags}};
  for (const auto& [column, words] : lists) {
    if (!words->empty()) accesses.push_back(WordAccess({subject, column}, *words));
  }
  return accesses;
}

// Collects the keys of a request.
class Collector {
 public:
  explicit Collector(KeyKinds kinds) : kinds_(kinds) {}

  void Product(Subject subject, const artefact::Model& model, ProductIndex index) {
    const artefact::ProductView product = model.product(index);
    if (Wants({subject, Column::kProduct})) {
      keys_.push_back(KeyOf({subject, Column::kProduct}, index));
      if (const ProductIndex root = model.root(index); root != index) keys_.push_back(KeyOf({subject}, root));
    }
    if (Wants({subject, Column::kCategory})) {
      ForEachCategory({subject, Column::kCategory}, product.category(), [this](Key key) { keys_.push_back(key); });
    }
    if (Wants({subject, Column::kBrand})) Word({subject, Column::kBrand}, product.brand());
    if (Wants({subject, Column::kProductType})) Word({subject, Column::kProductType}, product.product_type());
    if (Wants({subject, Column::kAuthor})) Word({subject, Column::kAuthor}, product.author());
    if (Wants({subject, Column::kSeries})) Word({subject, Column::kSeries}, product.series());
    if (!Wants({subject, Column::kTag})) return;
    for (const absl::string_view tag : absl::StrSplit(product.tags(), ',', absl::SkipEmpty())) {
      Word({subject, Column::kTag}, tag);
    }
  }

  void Words(Subject subject, const std::vector<std::string>& words) {
    if (!Wants({subject})) return;
    for (const std::string& word : words) Word({subject}, word);
  }

  void Text(Subject subject, const std::string& text) {
    if (Wants({subject})) Word({subject}, text);
  }

  // Each once: a customer may own thousands of products of one brand.
  absl::InlinedVector<Key, 32> Take() {
    std::sort(keys_.begin(), keys_.end());
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    return std::move(keys_);
  }

 private:
  bool Wants(KeyKind kind) const { return (kinds_ & kind.bit()) != 0; }
  void Word(KeyKind kind, absl::string_view word) {
    if (!word.empty()) keys_.push_back(KeyOf(kind, word));
  }

  KeyKinds kinds_;
  absl::InlinedVector<Key, 32> keys_;
};

}  // namespace

std::vector<Access> AccessesOf(const ConditionBook& book, const Question& question) {
  switch (question.kind) {
    case QuestionKind::kChannel:
      return {WordAccess({Subject::kChannel}, book.words(question))};
    case QuestionKind::kSegments:
      return {WordAccess({Subject::kSegment}, book.words(question))};
    case QuestionKind::kTier:
      return {WordAccess({Subject::kTier}, book.words(question))};
    case QuestionKind::kInterests:
      return {WordAccess({Subject::kInterest}, book.words(question))};
    case QuestionKind::kMilestones:
      return {WordAccess({Subject::kMilestone}, {book.words(question).front()})};
    case QuestionKind::kAnchor:
      return SetAccesses(Subject::kAnchor, book.set(question));
    case QuestionKind::kCartContains:
      return SetAccesses(Subject::kCart, book.set(question));
    case QuestionKind::kOwns:
      return SetAccesses(Subject::kOwned, book.set(question));
    default:
      return {};
  }
}

// A set by itself goes by the keys of the cart.
std::vector<Access> AccessesOf(const BoundSet& set) { return SetAccesses(Subject::kCart, set); }

absl::InlinedVector<Key, 32> KeysOf(const artefact::Model& model, ProductIndex product, KeyKinds kinds) {
  Collector collector(kinds);
  collector.Product(Subject::kCart, model, product);
  return collector.Take();
}

absl::InlinedVector<Key, 32> KeysOf(const Context& context, KeyKinds kinds) {
  Collector collector(kinds);
  for (const ProductIndex anchor : context.anchors()) collector.Product(Subject::kAnchor, context.model, anchor);
  for (const KnownCartLine& line : context.cart) collector.Product(Subject::kCart, context.model, line.product);
  for (const ProductIndex owned : context.owned) collector.Product(Subject::kOwned, context.model, owned);
  const CustomerState& customer = context.request.customer;
  collector.Text(Subject::kChannel, context.request.channel);
  collector.Words(Subject::kSegment, customer.segments);
  collector.Text(Subject::kTier, customer.tier);
  collector.Words(Subject::kInterest, customer.interests);
  collector.Words(Subject::kMilestone, customer.milestones);
  return collector.Take();
}

}  // namespace awase::engine
