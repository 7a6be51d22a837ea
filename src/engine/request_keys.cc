#include "request_keys.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <utility>

#include "absl/container/inlined_vector.h"
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

// The bytes of its number.
class ProductText {
 public:
  explicit ProductText(ProductIndex product) {
    const auto number = static_cast<std::uint32_t>(product);
    std::memcpy(bytes_.data(), &number, bytes_.size());
  }
  absl::string_view view() const { return {bytes_.data(), bytes_.size()}; }

 private:
  std::array<char, sizeof(std::uint32_t)> bytes_{};
};

// Of "A > B": visits "A" and "A>B", whatever blanks there are around the steps; as rules::IsInCategory reads them.
template <typename Visit>
void ForEachCategory(absl::string_view category, Visit visit) {
  if (category.empty()) return;
  absl::InlinedVector<char, 128> path;
  bool is_first = true;
  for (const absl::string_view step : absl::StrSplit(category, '>')) {
    if (!std::exchange(is_first, false)) path.push_back('>');
    const absl::string_view name = absl::StripAsciiWhitespace(step);
    path.insert(path.end(), name.begin(), name.end());
    visit(absl::string_view(path.data(), path.size()));
  }
}

std::string CategoryText(absl::string_view named) {
  std::string whole;
  ForEachCategory(named, [&whole](absl::string_view path) { whole = std::string(path); });
  return whole;
}

Access WordAccess(KeyKind kind, const rules::Words& words) {
  Access access{kind.bit(), {}};
  for (const std::string& word : words) access.keys.push_back({kind.number(), word});
  return access;
}

// Of an OR: one of the words is enough.
Access AnswerByWord(KeyKind kind, const rules::Words& words) {
  Access access = WordAccess(kind, words);
  access.is_answer = true;
  return access;
}

// Of an AND, by the first.
Access MilestoneAccess(const rules::Words& words) {
  Access access = WordAccess({Subject::kMilestone}, {words.front()});
  access.is_answer = words.size() == 1;
  return access;
}

bool AsksMoreThanWords(const rules::ProductSet& set) {
  return set.not_in.has_value() || set.in.price.has_value() || !set.in.attributes.empty();
}

std::vector<Access> SetAccesses(Subject subject, const BoundSet& set) {
  std::vector<Access> accesses;
  const rules::ProductFilter& in = set.set().in;
  if (!in.products.empty()) {
    const KeyKind kind = {subject, Column::kProduct};
    Access& access = accesses.emplace_back(Access{kind.bit(), {}});
    for (const ProductIndex product : set.products()) {
      access.keys.push_back({kind.number(), std::string(ProductText(product).view())});
    }
  }
  if (!in.categories.empty()) {
    const KeyKind kind = {subject, Column::kCategory};
    Access& access = accesses.emplace_back(Access{kind.bit(), {}});
    for (const std::string& named : in.categories) access.keys.push_back({kind.number(), CategoryText(named)});
  }
  const std::pair<Column, const rules::Words*> lists[] = {{Column::kBrand, &in.brands},
                                                          {Column::kProductType, &in.product_types},
                                                          {Column::kAuthor, &in.authors},
                                                          {Column::kSeries, &in.series},
                                                          {Column::kTag, &in.tags}};
  for (const auto& [column, words] : lists) {
    if (!words->empty()) accesses.push_back(WordAccess({subject, column}, *words));
  }
  if (accesses.size() == 1) accesses.front().is_answer = !AsksMoreThanWords(set.set());
  return accesses;
}

// Shows the keys of the kinds asked for.
class KeyWalk {
 public:
  KeyWalk(KeyKinds kinds, absl::FunctionRef<void(const KeyView& key)> visit) : kinds_(kinds), visit_(visit) {}

  void Product(Subject subject, const artefact::Model& model, ProductIndex index) const {
    const artefact::ProductView product = model.product(index);
    if (const KeyKind kind = {subject, Column::kProduct}; Wants(kind)) {
      visit_({kind.number(), ProductText(index).view()});
      if (const ProductIndex root = model.root(index); root != index) visit_({kind.number(), ProductText(root).view()});
    }
    if (const KeyKind kind = {subject, Column::kCategory}; Wants(kind)) {
      ForEachCategory(product.category(), [&](absl::string_view path) { visit_({kind.number(), path}); });
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

  void Words(Subject subject, const std::vector<std::string>& words) const {
    if (!Wants({subject})) return;
    for (const std::string& word : words) Word({subject}, word);
  }

  void Text(Subject subject, const std::string& text) const {
    if (Wants({subject})) Word({subject}, text);
  }

 private:
  bool Wants(KeyKind kind) const { return (kinds_ & kind.bit()) != 0; }
  void Word(KeyKind kind, absl::string_view word) const {
    if (!word.empty()) visit_({kind.number(), word});
  }

  const KeyKinds kinds_;
  const absl::FunctionRef<void(const KeyView& key)> visit_;
};

// Whether "contains" asks for one piece and no more.
bool IsAnyPiece(const rules::Range& pieces) { return pieces.low <= 1 && pieces.high == rules::Range().high; }

std::vector<Access> CartAccesses(const ConditionBook& book, const Question& question) {
  std::vector<Access> accesses = SetAccesses(Subject::kCart, book.set(question));
  for (Access& access : accesses) access.is_answer = access.is_answer && IsAnyPiece(question.range);
  return accesses;
}

}  // namespace

std::vector<Access> AccessesOf(const ConditionBook& book, const Question& question) {
  switch (question.kind) {
    case QuestionKind::kChannel:
      return {AnswerByWord({Subject::kChannel}, book.words(question))};
    case QuestionKind::kSegments:
      return {AnswerByWord({Subject::kSegment}, book.words(question))};
    case QuestionKind::kTier:
      return {AnswerByWord({Subject::kTier}, book.words(question))};
    case QuestionKind::kInterests:
      return {AnswerByWord({Subject::kInterest}, book.words(question))};
    case QuestionKind::kMilestones:
      return {MilestoneAccess(book.words(question))};
    case QuestionKind::kAnchor:
      return SetAccesses(Subject::kAnchor, book.set(question));
    case QuestionKind::kCartContains:
      return CartAccesses(book, question);
    case QuestionKind::kOwns:
      return SetAccesses(Subject::kOwned, book.set(question));
    default:
      return {};
  }
}

// A set by itself goes by the keys of the cart.
std::vector<Access> AccessesOf(const BoundSet& set) { return SetAccesses(Subject::kCart, set); }

std::vector<const Access*> RarestAccesses(const std::vector<std::vector<Access>>& lists) {
  KeyMap<std::size_t> frequency;
  for (const std::vector<Access>& accesses : lists) {
    for (const Access& access : accesses) {
      for (const Key& key : access.keys) ++frequency[key];
    }
  }
  const auto crowd = [&frequency](const Access& access) {
    std::size_t sum = 0;
    for (const Key& key : access.keys) sum += frequency.at(key);
    return sum;
  };
  std::vector<const Access*> rarest;
  rarest.reserve(lists.size());
  for (const std::vector<Access>& accesses : lists) {
    const auto best = std::min_element(accesses.begin(), accesses.end(),
                                       [&crowd](const Access& a, const Access& b) { return crowd(a) < crowd(b); });
    rarest.push_back(best == accesses.end() ? nullptr : &*best);
  }
  return rarest;
}

void ForEachKey(const artefact::Model& model, ProductIndex product, KeyKinds kinds,
                absl::FunctionRef<void(const KeyView& key)> visit) {
  KeyWalk(kinds, visit).Product(Subject::kCart, model, product);
}

void ForEachKey(const Context& context, KeyKinds kinds, absl::FunctionRef<void(const KeyView& key)> visit) {
  const KeyWalk walk(kinds, visit);
  for (const ProductIndex anchor : context.anchors()) walk.Product(Subject::kAnchor, context.model, anchor);
  for (const KnownCartLine& line : context.cart) walk.Product(Subject::kCart, context.model, line.product);
  for (const ProductIndex owned : context.owned) walk.Product(Subject::kOwned, context.model, owned);
  const CustomerState& customer = context.request.customer;
  walk.Text(Subject::kChannel, context.request.channel);
  walk.Words(Subject::kSegment, customer.segments);
  walk.Text(Subject::kTier, customer.tier);
  walk.Words(Subject::kInterest, customer.interests);
  walk.Words(Subject::kMilestone, customer.milestones);
}

}  // namespace awase::engine
