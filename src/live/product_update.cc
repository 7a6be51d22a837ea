#include "awase/live/product_update.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace awase::live {
namespace {

// As many as a message of a few kB holds; FindFaults has them all.
constexpr std::size_t kShownFaults = 20;

}  // namespace

std::vector<UpdateFault> FindFaultOfCount(std::size_t updates) {
  if (updates <= kMaxUpdates) return {};
  return {{kMaxUpdates, absl::StrCat("updates: ", updates, " entries: want at most ", kMaxUpdates, " in one call")}};
}

std::vector<UpdateFault> FindFaults(absl::Span<const ProductUpdate> updates) {
  std::vector<UpdateFault> faults = FindFaultOfCount(updates.size());
  if (!faults.empty()) return faults;
  for (std::size_t i = 0; i < updates.size(); ++i) {
    const ProductUpdate& update = updates[i];
    const auto add = [&](absl::string_view field, const auto&... what) {
      faults.push_back({i, absl::StrCat("updates[", i, "]", field, ": ", what...)});
    };
    if (update.product_id.empty() || update.product_id.size() > kMaxProductIdBytes) {
      add(".product_id", "an id of ", update.product_id.size(), " bytes: want 1 to ", kMaxProductIdBytes);
    }
    if (update.set.price.has_value() && update.set.price->minor_units < 0) {
      add(".price", FormatMoney(*update.set.price), " is no price: want 0 or more");
    }
    if (update.set.stock.has_value() && *update.set.stock < 0) {
      add(".stock", *update.set.stock, " is no stock: want 0 or more");
    }
    if (update.set.empty() && !update.reset) add("", "says nothing: want a price, a stock, a visibility or a reset");
  }
  return faults;
}

absl::Status StatusOf(absl::Span<const UpdateFault> faults) {
  if (faults.empty()) return absl::OkStatus();
  std::string message;
  const std::size_t shown = std::min(faults.size(), kShownFaults);
  for (std::size_t i = 0; i < shown; ++i) absl::StrAppend(&message, i > 0 ? "; " : "", faults[i].message);
  if (shown < faults.size()) absl::StrAppend(&message, "; and ", faults.size() - shown, " more");
  return absl::InvalidArgumentError(message);
}

}  // namespace awase::live
