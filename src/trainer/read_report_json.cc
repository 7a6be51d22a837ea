#include "trainer/internal/read_report_json.h"

#include "absl/status/status.h"

namespace awase::trainer_internal {

using Json = nlohmann::json;

nlohmann::json ReadReportToJson(const ingest::ReadReport& report) {
  Json files = Json::array();
  for (const ingest::InputFile& file : report.files) {
    files.push_back({{"path", file.path}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  }
  Json dropped = Json::array();
  for (const ingest::DroppedRows& rows : report.dropped) {
    dropped.push_back({{"reason", rows.reason}, {"rows", rows.count}, {"bad", rows.bad}, {"samples", rows.samples}});
  }
  return {{"files", files},          {"rows_read", report.rows_read}, {"rows_kept", report.rows_kept},
          {"rows_dropped", dropped}, {"columns", report.columns},     {"notes", report.notes}};
}

absl::StatusOr<ingest::ReadReport> ReadReportFromJson(const Json& json) {
  ingest::ReadReport report;
  try {
    for (const Json& file : json.at("files")) {
      report.files.push_back({file.at("path").get<std::string>(), file.at("bytes").get<std::uint64_t>(),
                              file.at("sha256").get<std::string>()});
    }
    for (const Json& rows : json.at("rows_dropped")) {
      report.dropped.push_back({rows.at("reason").get<std::string>(), rows.at("rows").get<std::uint64_t>(),
                                rows.at("bad").get<bool>(), rows.at("samples").get<std::vector<std::string>>()});
    }
    report.rows_read = json.at("rows_read").get<std::uint64_t>();
    report.rows_kept = json.at("rows_kept").get<std::uint64_t>();
    report.columns = json.at("columns").get<std::vector<std::string>>();
    report.notes = json.at("notes").get<std::vector<std::string>>();
  } catch (const Json::exception&) {
    return absl::DataLossError("the report of the files is broken");
  }
  return report;
}

}  // namespace awase::trainer_internal
