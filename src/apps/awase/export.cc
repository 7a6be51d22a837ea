#include <cstdio>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "apps/awase/commands.h"
#include "apps/awase/flag_checks.h"
#include "apps/awase/relation_names.h"
#include "awase/artefact/model.h"
#include "awase/base/status_macros.h"
#include "awase/exporter/export_lists.h"

namespace awase::apps {
namespace {

struct ExportFlags {
  std::string model;
  std::string relation;
  bool ladders = false;
  std::size_t top = 10;
  std::string out;
};

absl::Status Export(const ExportFlags& flags) {
  AWASE_ASSIGN_OR_RETURN(const std::shared_ptr<const artefact::Model> model, artefact::Model::Open(flags.model));
  std::string csv;
  if (flags.ladders) {
    csv = exporter::LaddersToCsv(*model);
  } else {
    const relations::RelationKind kind = *relations::ParseRelationName(flags.relation);  // the flag knows no others
    AWASE_ASSIGN_OR_RETURN(csv, exporter::RelationToCsv(*model, kind, flags.top));
  }
  if (flags.out == "-") {
    std::fwrite(csv.data(), 1, csv.size(), stdout);
    return absl::OkStatus();
  }
  return exporter::WriteTable(csv, flags.out);
}

}  // namespace

void AddExportCommand(CLI::App* app, int* exit_code) {
  CLI::App* command = app->add_subcommand("export", "Write lists or ladders of a version as CSV or Parquet");
  auto flags = std::make_shared<ExportFlags>();
  command->add_option("--model", flags->model, "Model directory, or one version in it")->required();
  CLI::Option* relation = command->add_option("--relation", flags->relation, "Export the lists of this relation")
                              ->check(OneOf(RelationNames()));
  command->add_flag("--ladders", flags->ladders, "Export the ladders")->excludes(relation);
  command->add_option("--top", flags->top, "At most this many entries per product")
      ->capture_default_str()
      ->check(WholeIn(1, 10'000));
  command->add_option("--out", flags->out, "A .csv or .parquet file, or - for CSV on standard output")->required();
  command->callback([flags, exit_code] {
    if (!flags->ladders && flags->relation.empty()) {
      throw CLI::RequiredError("--relation NAME (bought_together, also_bought, …) or --ladders");
    }
    *exit_code = ExitCodeOf(Export(*flags));
  });
}

}  // namespace awase::apps
