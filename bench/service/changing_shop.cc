#include "bench/service/changing_shop.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "awase/artefact/writer.h"
#include "awase/base/status_macros.h"
#include "tests/testing/camera_shop.h"

namespace awase::load {
namespace {

// The versions sell film at these prices.
constexpr std::int64_t kFilmMinor[] = {1000, 1100};

std::vector<rules::RuleFile> RuleFilesOf(std::size_t rule_set) {
  const std::string name = absl::StrCat("rules-", rule_set);
  return {{"set.yaml", testing::SetRule(absl::StrCat(name, "-set"), absl::StrCat("USD 50", rule_set, ".00"), name)},
          {"pin.yaml", testing::PinRule(absl::StrCat(name, "-pin"), rule_set == 0 ? "case" : "tripod")}};
}

std::vector<v1::RecommendRequest> MakeRequests() {
  v1::RecommendRequest page;
  page.add_product_ids("camera");
  std::vector<v1::RecommendRequest> requests(4, page);
  requests[1].set_explanation(v1::RecommendRequest::NONE);
  requests[2].set_explanation(v1::RecommendRequest::TRACE);
  requests[3].set_language_code("ja");
  return requests;
}

}  // namespace

ChangingShop::ChangingShop(std::string directory) : directory_(std::move(directory)), requests_(MakeRequests()) {}

absl::StatusOr<std::unique_ptr<ChangingShop>> ChangingShop::Create() {
  const std::string parent = std::filesystem::temp_directory_path().string();
  auto shop = std::unique_ptr<ChangingShop>(new ChangingShop(JoinPath(parent, TemporaryName("awase-changing-shop-"))));
  AWASE_RETURN_IF_ERROR(shop->Start());
  return shop;
}

absl::Status ChangingShop::Start() {
  for (std::size_t i = 0; i < versions_.size(); ++i) {
    AWASE_ASSIGN_OR_RETURN(versions_[i],
                           testing::WriteCameraShop(directory_.path(), kFilmMinor[i], /*activate=*/i == 0));
  }
  serving::Reloader::Options options;
  options.model_path = directory_.path();
  options.poll_interval = absl::Milliseconds(10);
  AWASE_ASSIGN_OR_RETURN(reloader_, serving::Reloader::Create(options));
  AWASE_ASSIGN_OR_RETURN(server_,
                         service::Server::Create({.address = "127.0.0.1:0",
                                                  // Calls that come late because the machine is busy are answered.
                                                  .limits = {.recommend_wait = absl::Seconds(1)}},
                                                 reloader_.get()));
  AWASE_RETURN_IF_ERROR(reloader_->Start());
  client_ = std::make_unique<service::Client>(service::Client::Options{.address = server_->address()});
  return Publish(0);
}

absl::Status ChangingShop::Publish(std::size_t rule_set) {
  v1::PublishRulesRequest request;
  for (const rules::RuleFile& file : RuleFilesOf(rule_set)) {
    v1::RuleFile* sent = request.add_files();
    sent->set_name(file.name);
    sent->set_content(file.content);
  }
  return client_->PublishRules(request).status();
}

absl::Status ChangingShop::Activate(std::size_t version) {
  AWASE_RETURN_IF_ERROR(artefact::ActivateVersion(directory_.path(), versions_[version]));
  const absl::Time deadline = absl::Now() + absl::Seconds(10);
  while (reloader_->status().model_version != versions_[version]) {
    if (absl::Now() > deadline) {
      return absl::DeadlineExceededError(absl::StrCat("version ", versions_[version], " is active and does not serve"));
    }
    absl::SleepFor(absl::Milliseconds(1));
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::RecommendResponse> ChangingShop::Recommend(const v1::RecommendRequest& request) {
  return client_->Recommend(request);
}

}  // namespace awase::load
