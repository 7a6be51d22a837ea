#include "trainer/internal/write_report.h"

#include <cstddef>
#include <filesystem>
#include <utility>
#include <vector>

#include "awase/base/files.h"
#include "awase/families/family.h"
#include "awase/families/family_table.h"
#include "awase/report/render.h"

namespace awase::trainer_internal {
namespace {

using artefact::Model;

constexpr char kReportFile[] = "report.html";  // in a version's directory

std::string NameOf(const std::string& model_dir) {
  const std::filesystem::path path = std::filesystem::path(model_dir).lexically_normal();
  return (path.has_filename() ? path : path.parent_path()).filename().string();
}

trainer::TrainReport WithoutSamples(trainer::TrainReport report) {
  for (ingest::ReadReport* read : {&report.orders, &report.products, &report.views}) {
    for (ingest::DroppedRows& rows : read->dropped) rows.samples.clear();
  }
  return report;
}

std::vector<report::BestSeller> BestSellers(const Model& version, const report::DumpProfile& profile) {
  std::vector<report::BestSeller> sellers;
  for (std::size_t i = 0; i < profile.best_sellers.size(); ++i) {
    const artefact::ProductView product = version.product(profile.best_sellers[i]);
    sellers.push_back({std::string(product.product_id()), std::string(product.title()), profile.best_seller_orders[i]});
  }
  return sellers;
}

// The most ordered families in which there is a step that pages show.
std::vector<families::FamilyTable> FamiliesToJudge(const Model& version) {
  constexpr std::size_t kFamilies = 12;
  constexpr std::size_t kRows = 10;
  std::vector<families::FamilyTable> tables;
  for (const families::Family& family : families::FindFamilies(version)) {
    if (tables.size() == kFamilies) break;
    if (family.steps > 0) tables.push_back(families::TableOf(version, family, kRows, family.best_seller));
  }
  return tables;
}

}  // namespace

absl::Status WriteReport(const trainer::TrainOptions& options, const trainer::TrainReport& report, const Model& version,
                         const std::string& settings_json, const report::DumpProfile& profile, absl::Time now) {
  report::ReportData data;
  data.model = NameOf(options.model_dir);
  data.written_at = now;
  data.training_json = trainer::TrainReportToJson(WithoutSamples(report));
  data.settings_json = settings_json;
  data.wants_activation = options.activate;
  data.dump = profile;
  data.best_sellers = BestSellers(version, profile);
  data.pages = report::SamplePages(version);
  data.families = FamiliesToJudge(version);
  return ReplaceFile(JoinPath(JoinPath(options.model_dir, version.version()), kReportFile), report::RenderReport(data));
}

absl::Status RemoveReport(const std::string& version_dir) { return RemoveTree(JoinPath(version_dir, kReportFile)); }

}  // namespace awase::trainer_internal
