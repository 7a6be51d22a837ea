#include "ladder/internal/same_product.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "awase/catalog/pack_size.h"

namespace awase::ladder_internal {
namespace {

using catalog::Product;

// "10 3/4 fl oz" has four words; the longest is tried first.
constexpr std::size_t kMostSizeWords = 4;
constexpr std::array<absl::string_view, 5> kSubscriptionWords = {"subscription", "subscribe", "定期便", "定期購入",
                                                                 "定期お届け便"};

void RemoveAll(absl::string_view part, std::string* text) {
  if (!part.empty()) absl::StrReplaceAll({{part, " "}}, text);
}

// Words without brackets, colons and commas; a comma between digits is a decimal one and stays.
std::vector<absl::string_view> WordsOf(absl::string_view text) {
  std::vector<absl::string_view> words;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool is_end = i == text.size();
    const bool between_digits = !is_end && text[i] == ',' && i + 1 < text.size() &&
                                absl::ascii_isdigit(static_cast<unsigned char>(text[i + 1]));
    if (!is_end && (between_digits || absl::string_view(" \t,;:()[]").find(text[i]) == absl::string_view::npos)) {
      continue;
    }
    if (i > begin) words.push_back(text.substr(begin, i - begin));
    begin = i + 1;
  }
  return words;
}

// How many of the words from `first` on are the content of a pack.
std::size_t SizeWordsAt(const std::vector<absl::string_view>& words, std::size_t first) {
  if (!absl::ascii_isdigit(static_cast<unsigned char>(words[first].front())) && words[first].front() != '.') return 0;
  for (std::size_t count = std::min(kMostSizeWords, words.size() - first); count > 0; --count) {
    std::string label(words[first]);
    for (std::size_t i = 1; i < count; ++i) absl::StrAppend(&label, " ", words[first + i]);
    const auto size = catalog::ParsePackSize(label);
    if (size.has_value() && catalog::DimensionOf(size->unit) != catalog::Dimension::kSize) return count;
  }
  return 0;
}

}  // namespace

std::string TitleStem(const Product& product) {
  std::string title = absl::AsciiStrToLower(product.title);
  RemoveAll(absl::AsciiStrToLower(product.pack_size), &title);
  if (!product.subscription_interval.empty()) {
    RemoveAll(absl::AsciiStrToLower(product.subscription_interval), &title);
    for (const absl::string_view word : kSubscriptionWords) RemoveAll(word, &title);
  }
  const std::vector<absl::string_view> words = WordsOf(title);
  std::string stem;
  for (std::size_t i = 0; i < words.size();) {
    const std::size_t size_words = SizeWordsAt(words, i);
    if (size_words == 0) absl::StrAppend(&stem, stem.empty() ? "" : " ", words[i]);
    i += std::max<std::size_t>(size_words, 1);
  }
  return stem;
}

std::string SameProductKey(const Product& product) {
  const std::string stem = TitleStem(product);
  const std::string type = catalog::FamilyName(product);
  if (stem.empty() && (product.brand.empty() || type.empty())) return "";
  std::string key;
  // Fields end with a zero byte, so that no two products share a key by chance.
  for (const absl::string_view field :
       {absl::string_view(stem), absl::string_view(type), absl::string_view(product.brand),
        absl::string_view(product.author), absl::string_view(product.series), absl::string_view(product.tier)}) {
    absl::StrAppend(&key, field, absl::string_view("\0", 1));
  }
  for (const catalog::Attribute& attribute : product.attributes) {
    // Numbers may go with the size of a pack: a shipping weight, its height.
    if (attribute.number.has_value()) continue;
    absl::StrAppend(&key, attribute.name, "=", attribute.text, absl::string_view("\0", 1));
  }
  return key;
}

}  // namespace awase::ladder_internal
