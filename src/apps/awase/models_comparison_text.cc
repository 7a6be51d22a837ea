#include "apps/awase/models_comparison_text.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "apps/awase/terminal_text.h"

namespace awase::apps {
namespace {

constexpr absl::string_view kBetween = " │ ";
constexpr std::size_t kBetweenWidth = 3;
constexpr std::size_t kLeastColumn = 40;

std::vector<std::string> LinesOf(const v1::RecommendResponse& answer, std::size_t column) {
  PageOptions options;
  options.width = column;
  options.side_by_side = false;
  return absl::StrSplit(absl::StripSuffix(RenderPage(answer, nullptr, options), "\n"), '\n');
}

// "+ tripod: 2 in B", "- case: 1 in A", "~ film: 1 in A, 3 in B, another price".
std::string OfferText(const v1::OfferDifference& offer) {
  const std::string name = absl::StrJoin(offer.product_ids(), " + ");
  if (offer.place_a() == 0) return absl::StrCat("+ ", name, ": ", offer.place_b(), " in B");
  if (offer.place_b() == 0) return absl::StrCat("- ", name, ": ", offer.place_a(), " in A");
  std::vector<std::string> ways;
  if (offer.place_a() != offer.place_b()) {
    ways.push_back(absl::StrCat(offer.place_a(), " in A"));
    ways.push_back(absl::StrCat(offer.place_b(), " in B"));
  }
  if (offer.repriced()) ways.emplace_back("another price");
  if (offer.reworded()) ways.emplace_back("another sentence");
  return absl::StrCat("~ ", name, ": ", absl::StrJoin(ways, ", "));
}

std::string DifferencesText(const v1::CompareModelsResponse& compared) {
  if (compared.slots().empty() && !compared.cart_differs()) return "Both show the same.\n";
  std::string text;
  for (const v1::SlotDifference& slot : compared.slots()) {
    absl::StrAppend(&text, slot.slot(), "\n");
    for (const v1::OfferDifference& offer : slot.offers()) absl::StrAppend(&text, "  ", OfferText(offer), "\n");
  }
  if (compared.cart_differs()) absl::StrAppend(&text, "the cart costs or earns something else\n");
  return text;
}

}  // namespace

std::string ModelsComparisonText(const v1::CompareModelsResponse& compared, const PageOptions& options) {
  const std::size_t column = std::max((std::max(options.width, kBetweenWidth) - kBetweenWidth) / 2, kLeastColumn);
  std::vector<std::string> a = LinesOf(compared.answer_a(), column);
  std::vector<std::string> b = LinesOf(compared.answer_b(), column);
  a.insert(a.begin(), "A");
  b.insert(b.begin(), "B");
  std::string text;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const std::string line =
        absl::StrCat(PadRight(i < a.size() ? a[i] : "", column), kBetween, i < b.size() ? FitTo(b[i], column) : "");
    absl::StrAppend(&text, absl::StripTrailingAsciiWhitespace(line), "\n");
  }
  absl::StrAppend(&text, "\n", DifferencesText(compared));
  return text;
}

}  // namespace awase::apps
