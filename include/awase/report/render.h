#ifndef AWASE_REPORT_RENDER_H_
#define AWASE_REPORT_RENDER_H_

// The training report: one HTML page for people, with everything in it that it needs (docs/report.md).

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "awase/families/family_table.h"
#include "awase/report/dump_profile.h"
#include "awase/report/sample_pages.h"

namespace awase::report {

struct BestSeller {
  std::string product_id;
  std::string title;
  std::uint64_t orders = 0;
};

struct ReportData {
  std::string model;  // the model directory's own name
  absl::Time written_at;
  std::string training_json;  // trainer::TrainReportToJson, without anything that could name a customer
  std::string settings_json;  // trainer::SettingsToJson, as taken
  bool wants_activation = true;
  DumpProfile dump;
  std::vector<BestSeller> best_sellers;
  std::vector<SamplePage> pages;
  std::vector<families::FamilyTable> families;  // some of those with steps, the most ordered first
};

// A whole page that loads nothing: style, scripts and data stand in it, and its Content-Security-Policy lets no other
// script run. Texts of the dump are data in it, never markup. About half a MiB.
// REQUIRES: both …_json are JSON objects.
std::string RenderReport(const ReportData& data);

}  // namespace awase::report

#endif  // AWASE_REPORT_RENDER_H_
