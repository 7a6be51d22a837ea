#ifndef AWASE_REPORT_INTERNAL_PAGE_DATA_H_
#define AWASE_REPORT_INTERNAL_PAGE_DATA_H_

#include <string>

#include "awase/report/render.h"

namespace awase::report_internal {

// What the page's scripts read, as JSON that may stand in a script element: it has no '<', '>' or '&', and no U+2028 or
// U+2029. Bytes that are no UTF-8 become U+FFFD.
std::string PageDataJson(const report::ReportData& data);

}  // namespace awase::report_internal

#endif  // AWASE_REPORT_INTERNAL_PAGE_DATA_H_
