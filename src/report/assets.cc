#include "report/internal/assets.h"

#define AWASE_EMBEDDED(name)                     \
  extern "C" const char awase_embedded_##name[]; \
  extern "C" const char awase_embedded_##name##_end[];

AWASE_EMBEDDED(d3)
AWASE_EMBEDDED(plot)
AWASE_EMBEDDED(d3_license)
AWASE_EMBEDDED(plot_license)
AWASE_EMBEDDED(isoformat_license)
AWASE_EMBEDDED(interval_tree_license)
AWASE_EMBEDDED(search_bounds_license)
AWASE_EMBEDDED(page_html)
AWASE_EMBEDDED(page_css)
AWASE_EMBEDDED(page_elements_js)
AWASE_EMBEDDED(page_words_js)
AWASE_EMBEDDED(page_summary_js)
AWASE_EMBEDDED(page_orders_js)
AWASE_EMBEDDED(page_quality_js)
AWASE_EMBEDDED(page_coverage_js)
AWASE_EMBEDDED(page_families_js)
AWASE_EMBEDDED(page_plans_js)
AWASE_EMBEDDED(page_samples_js)
AWASE_EMBEDDED(page_run_js)
AWASE_EMBEDDED(page_page_js)
#undef AWASE_EMBEDDED

namespace awase::report_internal {
namespace {

absl::string_view Between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

}  // namespace

absl::string_view PageTemplate() { return Between(awase_embedded_page_html, awase_embedded_page_html_end); }
absl::string_view PageStyle() { return Between(awase_embedded_page_css, awase_embedded_page_css_end); }

std::vector<absl::string_view> PageScripts() {
  return {
      Between(awase_embedded_d3, awase_embedded_d3_end),
      Between(awase_embedded_plot, awase_embedded_plot_end),
      Between(awase_embedded_page_elements_js, awase_embedded_page_elements_js_end),
      Between(awase_embedded_page_words_js, awase_embedded_page_words_js_end),
      Between(awase_embedded_page_summary_js, awase_embedded_page_summary_js_end),
      Between(awase_embedded_page_orders_js, awase_embedded_page_orders_js_end),
      Between(awase_embedded_page_quality_js, awase_embedded_page_quality_js_end),
      Between(awase_embedded_page_coverage_js, awase_embedded_page_coverage_js_end),
      Between(awase_embedded_page_families_js, awase_embedded_page_families_js_end),
      Between(awase_embedded_page_plans_js, awase_embedded_page_plans_js_end),
      Between(awase_embedded_page_samples_js, awase_embedded_page_samples_js_end),
      Between(awase_embedded_page_run_js, awase_embedded_page_run_js_end),
      Between(awase_embedded_page_page_js, awase_embedded_page_page_js_end),
  };
}

std::vector<License> ScriptLicenses() {
  return {
      {"D3 7.9.2", Between(awase_embedded_d3_license, awase_embedded_d3_license_end)},
      {"Observable Plot 0.6.17", Between(awase_embedded_plot_license, awase_embedded_plot_license_end)},
      {"isoformat, within Plot", Between(awase_embedded_isoformat_license, awase_embedded_isoformat_license_end)},
      {"interval-tree-1d, within Plot",
       Between(awase_embedded_interval_tree_license, awase_embedded_interval_tree_license_end)},
      {"binary-search-bounds, within Plot",
       Between(awase_embedded_search_bounds_license, awase_embedded_search_bounds_license_end)},
  };
}

}  // namespace awase::report_internal
