#include "bench/service/server_changes.h"

#include <utility>

#include "awase/base/status_macros.h"
#include "awase/rules/load_rules.h"

namespace awase::load {
namespace {

// Loading and checking a large version takes a while where the load leaves little of the machine.
constexpr absl::Duration kDeadline = absl::Minutes(1);

}  // namespace

ServerChanges::ServerChanges(const Options& options)
    : options_(options), client_({.address = options.address, .deadline = kDeadline}) {}

absl::StatusOr<std::unique_ptr<ServerChanges>> ServerChanges::Create(const Options& options) {
  auto changes = std::unique_ptr<ServerChanges>(new ServerChanges(options));
  for (std::size_t i = 0; i < options.rule_folders.size(); ++i) {
    AWASE_ASSIGN_OR_RETURN(const std::vector<rules::RuleFile> files, rules::ReadRuleFolder(options.rule_folders[i]));
    for (const rules::RuleFile& file : files) {
      v1::RuleFile* sent = changes->rules_[i].add_files();
      sent->set_name(file.name);
      sent->set_content(file.content);
    }
  }
  return changes;
}

void ServerChanges::Start() {
  versions_changing_ = std::make_unique<Alternation>(options_.every, Alternation::Pace::kEvery,
                                                     [this](std::size_t state) { return Activate(state); });
  rules_changing_ = std::make_unique<Alternation>(options_.every, Alternation::Pace::kEvery,
                                                  [this](std::size_t state) { return Publish(state); });
}

absl::StatusOr<nlohmann::json> ServerChanges::Stop() {
  versions_changing_->Stop();
  rules_changing_->Stop();
  AWASE_RETURN_IF_ERROR(versions_changing_->first_failure());
  AWASE_RETURN_IF_ERROR(rules_changing_->first_failure());
  AWASE_RETURN_IF_ERROR(Activate(0));
  AWASE_RETURN_IF_ERROR(Publish(0));
  return nlohmann::json{{"activations", versions_changing_->changes()},
                        {"publications", rules_changing_->changes()},
                        {"longest_activation_ms", absl::ToDoubleMilliseconds(versions_changing_->longest())},
                        {"longest_publication_ms", absl::ToDoubleMilliseconds(rules_changing_->longest())}};
}

absl::Status ServerChanges::Activate(std::size_t state) {
  v1::ActivateModelRequest request;
  request.set_version(options_.versions[state]);
  return client_.ActivateModel(request).status();
}

absl::Status ServerChanges::Publish(std::size_t state) { return client_.PublishRules(rules_[state]).status(); }

}  // namespace awase::load
