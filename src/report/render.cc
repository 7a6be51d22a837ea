#include "awase/report/render.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "awase/base/sha256.h"
#include "report/internal/assets.h"
#include "report/internal/page_data.h"

namespace awase::report {
namespace {

std::string EscapeHtml(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

// As a Content-Security-Policy names an inline script.
std::string HashSource(absl::string_view script) {
  return absl::StrCat("'sha256-", absl::Base64Escape(absl::HexStringToBytes(Sha256Hex(script))), "'");
}

std::string LicensesHtml() {
  std::string html;
  for (const report_internal::License& license : report_internal::ScriptLicenses()) {
    absl::StrAppend(&html, "<h3>", EscapeHtml(license.of), "</h3>\n<pre>", EscapeHtml(license.text), "</pre>\n");
  }
  return html;
}

}  // namespace

std::string RenderReport(const ReportData& data) {
  std::string script_hashes;
  std::string scripts;
  for (const absl::string_view script : report_internal::PageScripts()) {
    absl::StrAppend(&script_hashes, " ", HashSource(script));
    absl::StrAppend(&scripts, "<script>", script, "</script>\n");
  }
  // One pass: what is put in is not looked at again, whatever it holds.
  return absl::StrReplaceAll(report_internal::PageTemplate(), {{"{{script_hashes}}", script_hashes},
                                                               {"{{title}}", EscapeHtml(data.model)},
                                                               {"{{style}}", report_internal::PageStyle()},
                                                               {"{{licenses}}", LicensesHtml()},
                                                               {"{{data}}", report_internal::PageDataJson(data)},
                                                               {"{{scripts}}", scripts}});
}

}  // namespace awase::report
