#ifndef AWASE_APPS_AWASE_PAGE_H_
#define AWASE_APPS_AWASE_PAGE_H_

#include <cstddef>
#include <string>

#include "awase/v1/catalog.pb.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::apps {

struct PageOptions {
  std::size_t width = 100;   // columns; at least 40 are used
  bool emphasis = false;     // bold headings, by ANSI sequences
  bool explain = false;      // also what was removed, by cause and (where the answer has a trace) by name
  bool side_by_side = true;  // lower and higher stand beside each other, else below
  std::string currency;      // ISO 4217, that was asked for; empty = none
};

// An answer as text for a terminal: bundles and lists from the top, the slots "lower" and "higher" at the bottom, empty
// slots with their reason, and after them what the cart costs and earns where rules say so. `anchor` is what the page
// is about; null when unknown.
std::string RenderPage(const v1::RecommendResponse& response, const v1::Product* anchor, const PageOptions& options);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_PAGE_H_
