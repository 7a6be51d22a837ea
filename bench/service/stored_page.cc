#include "bench/service/stored_page.h"

#include "absl/strings/str_cat.h"

namespace awase::load {
namespace {

constexpr char kPlacement[] = "product_page";

// The request for the page of a product, of which nothing else is known.
bool IsPlainPage(const v1::RecommendRequest& request) {
  v1::RecommendRequest rest = request;
  if (rest.placement() == kPlacement) rest.clear_placement();      // the default
  if (rest.customer().ByteSizeLong() == 0) rest.clear_customer();  // nobody
  if (rest.explanation() == v1::RecommendRequest::REASON) rest.clear_explanation();
  rest.clear_product_ids();
  return request.product_ids_size() == 1 && rest.ByteSizeLong() == 0;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> KeysOf(absl::Span<const v1::RecommendRequest> requests) {
  std::vector<std::string> keys;
  for (const v1::RecommendRequest& request : requests) {
    if (!IsPlainPage(request)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "the answer depends on more than a product, so it cannot be stored: ", request.ShortDebugString()));
    }
    keys.push_back(absl::StrCat("page:", request.product_ids(0)));
  }
  return keys;
}

}  // namespace awase::load
