#include "service/page_size.h"

#include "absl/strings/str_cat.h"

namespace awase::service {
namespace {

constexpr int kMaxPage = 1000;
constexpr int kDefaultPage = 50;

}  // namespace

absl::StatusOr<int> PageSizeOf(int page_size) {
  if (page_size < 0 || page_size > kMaxPage) {
    return absl::InvalidArgumentError(absl::StrCat("page_size: want 1 to ", kMaxPage, ", got ", page_size));
  }
  return page_size == 0 ? kDefaultPage : page_size;
}

}  // namespace awase::service
