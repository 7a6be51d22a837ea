#include "awase/serving/check_start.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "awase/artefact/canary.h"
#include "awase/artefact/writer.h"
#include "awase/base/directory_use.h"
#include "awase/base/parallel.h"
#include "awase/base/status_macros.h"
#include "awase/live/live_catalogue.h"
#include "awase/serving/file_exposure_store.h"
#include "serving/first_model.h"
#include "serving/first_rules.h"
#include "serving/watched.h"

namespace awase::serving {
namespace {

std::string Counted(std::size_t count, absl::string_view noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

std::string DescribeModel(const artefact::Model& model) {
  return absl::StrCat("version ", model.version(), ", ", Counted(model.product_count(), "product"));
}

std::string DescribeRules(const rules::LoadResult& loaded) {
  const std::string what =
      absl::StrCat("revision ", loaded.rules->revision, ", ", Counted(loaded.rules->rules.size(), "rule"));
  return loaded.diagnostics.empty() ? what : absl::StrCat(what, "\n", loaded.ToString());
}

std::string DescribeUse(DirectoryUse use) {
  switch (use) {
    case DirectoryUse::kMissing:
      return "will be made";
    case DirectoryUse::kFree:
      return "free";
    case DirectoryUse::kHeld:
      return "held by a running server";
  }
  return "";
}

absl::StatusOr<std::string> CheckStore(const std::string& folder, const absl::StatusOr<RevisionStore>& store) {
  AWASE_ASSIGN_OR_RETURN(const DirectoryUse use, FindDirectoryUse(folder));
  AWASE_RETURN_IF_ERROR(store.status());
  if (!store->problems().empty()) {
    return absl::DataLossError(absl::StrCat("records would be passed over: ", absl::StrJoin(store->problems(), "\n")));
  }
  return absl::StrCat(Counted(store->revisions().size(), "rule set"), ", ", DescribeUse(use));
}

// Of a folder that is a server's alone.
absl::StatusOr<std::string> CheckOwnFolder(const std::string& folder,
                                           absl::FunctionRef<absl::Status(const std::string&)> check_contents) {
  AWASE_ASSIGN_OR_RETURN(const DirectoryUse use, FindDirectoryUse(folder));
  if (use == DirectoryUse::kFree) AWASE_RETURN_IF_ERROR(check_contents(folder));
  return DescribeUse(use);
}

// What CANARY says, beside the active version.
absl::StatusOr<std::string> CheckCanary(const Reloader::Options& options, const artefact::Model& active,
                                        const artefact::Canary& canary,
                                        const std::vector<rules::RuleFile>& serving_files) {
  if (canary.version == active.version()) return "names the active version: none is tried out";
  AWASE_ASSIGN_OR_RETURN(const std::shared_ptr<const artefact::Model> model,
                         artefact::OpenVersion(options.model_path, canary.version, {.threads = HardwareThreads()}));
  const rules::LoadResult loaded = LoadAgainst(serving_files, model, *options.placements);
  if (loaded.rules == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat("the rules ", NoLongerRight(*model, loaded)));
  }
  return absl::StrCat(DescribeModel(*model), ", ", artefact::ShareText(canary.share_basis_points), " of the customers");
}

// Nothing where no version is to be tried out.
void CheckAnyCanary(const Reloader::Options& options, const artefact::Model& active,
                    const std::vector<rules::RuleFile>& serving_files, std::vector<StartFinding>* findings) {
  const std::string name = absl::StrCat("canary ", options.model_path);
  const absl::StatusOr<std::optional<artefact::Canary>> canary = artefact::ReadCanary(options.model_path);
  if (!canary.ok()) {
    findings->push_back({name, canary.status()});
  } else if (canary->has_value()) {
    findings->push_back({name, CheckCanary(options, active, **canary, serving_files)});
  }
}

// The rules that would serve with the model; `serving_files` are theirs.
absl::StatusOr<std::string> CheckRules(const Reloader::Options& options, FirstModel opened, RevisionStore store,
                                       std::vector<rules::RuleFile>* serving_files) {
  Watched watched{std::move(opened.active),
                  CanaryFile(options.model_path, false),
                  std::make_shared<RevisionStore>(std::move(store)),
                  std::nullopt,
                  {},
                  options.placements,
                  false};
  AWASE_ASSIGN_OR_RETURN(const FirstRules first, ChooseFirstRules(options.rule_folder, opened.model, &watched));
  *serving_files = watched.serving_files;
  if (!first.folder_problem.empty()) return absl::InvalidArgumentError(first.folder_problem);
  if (!first.rule_problem.empty()) return absl::InvalidArgumentError(absl::StrCat("they ", first.rule_problem));
  return DescribeRules(first.loaded);
}

// The folder alone, where there is no model to hold it against.
absl::StatusOr<std::string> CheckRulesAlone(const Reloader::Options& options) {
  AWASE_ASSIGN_OR_RETURN(const std::vector<rules::RuleFile> files, rules::ReadRuleFolder(options.rule_folder));
  rules::CatalogueFacts facts;
  facts.placements = options.placements->names();
  const rules::LoadResult loaded = rules::LoadRules(files, &facts, absl::Now());
  if (loaded.rules == nullptr) return absl::InvalidArgumentError(loaded.ToString());
  return absl::StrCat("without a model: ", DescribeRules(loaded));
}

void CheckModelAndRules(const Reloader::Options& options, std::vector<StartFinding>* findings) {
  absl::StatusOr<RevisionStore> store = RevisionStore::InMemory();
  if (!options.rule_store.empty()) {
    store = RevisionStore::OpenCopy(options.rule_store);
    findings->push_back({absl::StrCat("rule store ", options.rule_store), CheckStore(options.rule_store, store)});
    if (!store.ok()) store = RevisionStore::InMemory();
  }
  absl::StatusOr<FirstModel> opened = OpenFirstModel(options.model_path);
  const std::string model_name = absl::StrCat("model ", options.model_path);
  const std::string rules_name =
      options.rule_folder.empty() ? std::string("rules") : absl::StrCat("rules ", options.rule_folder);
  if (opened.ok()) {
    findings->push_back({model_name, DescribeModel(*opened->model)});
    const std::shared_ptr<const artefact::Model> active = opened->model;
    const bool is_one_version = !opened->active.is_watching();
    std::vector<rules::RuleFile> serving_files;
    findings->push_back({rules_name, CheckRules(options, *std::move(opened), *std::move(store), &serving_files)});
    if (!is_one_version) CheckAnyCanary(options, *active, serving_files, findings);
  } else {
    findings->push_back({model_name, opened.status()});
    if (!options.rule_folder.empty()) findings->push_back({rules_name, CheckRulesAlone(options)});
  }
}

}  // namespace

std::vector<StartFinding> CheckStart(const Reloader::Options& options, const std::string& exposure_folder) {
  std::vector<StartFinding> findings;
  CheckModelAndRules(options, &findings);
  if (!options.live_folder.empty()) {
    findings.push_back({absl::StrCat("live values ", options.live_folder),
                        CheckOwnFolder(options.live_folder, live::LiveCatalogue::Check)});
  }
  if (!exposure_folder.empty()) {
    findings.push_back(
        {absl::StrCat("exposures ", exposure_folder), CheckOwnFolder(exposure_folder, FileExposureStore::Check)});
  }
  return findings;
}

}  // namespace awase::serving
