// How live values of products come to serve, and outlive changes of model and rules.

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "awase/serving/reloader.h"
#include "serving/live_tables.h"
#include "serving/spare_version.h"

namespace awase::serving {
namespace {

live::LiveCatalogue::FindProduct FindIn(std::shared_ptr<const artefact::Model> model) {
  return [model = std::move(model)](absl::string_view product_id) { return model->Find(product_id); };
}

}  // namespace

Served WithLive(const Served& served, const LiveTables& tables) {
  Served with_live = served;
  with_live.active = served.active->WithLive(tables.active);
  if (served.canary != nullptr) with_live.canary = served.canary->WithLive(tables.canary);
  return with_live;
}

absl::Status Reloader::OpenLive() {
  live::LiveCatalogue::Options options;
  options.directory = options_.live_folder;
  options.warn = [this](const std::string& sentence) { Log(LogLevel::kWarning, sentence); };
  options.tell_problem = [this](const std::string& problem) {
    if (!problem.empty()) Log(LogLevel::kError, absl::StrCat("live values cannot be written: ", problem));
    SetProblem(&ReloadStatus::live_problem, problem);
  };
  AWASE_ASSIGN_OR_RETURN(live_, live::LiveCatalogue::Open(std::move(options)));
  live_->Bind(BindingOf(*holder_.Get()));
  return absl::OkStatus();
}

live::LiveCatalogue::Binding Reloader::BindingOf(Served next) {
  live::LiveCatalogue::Binding binding;
  binding.product_count = next.active->model().product_count();
  binding.find = FindIn(next.active->shared_model());
  if (next.canary != nullptr) {
    binding.beside.emplace();
    binding.beside->product_count = next.canary->model().product_count();
    binding.beside->find = FindIn(next.canary->shared_model());
    binding.beside->prepare = [this](const live::LiveTable& table) {
      MutexLock lock(live_mutex_);
      live_tables_->canary = table;
    };
  }
  binding.publish = [this, next = std::optional<Served>(std::move(next))](const live::LiveTable& table) mutable {
    {
      MutexLock lock(live_mutex_);
      const Served base = next.has_value() ? *std::exchange(next, std::nullopt) : *holder_.Get();
      live_tables_->active = table;
      holder_.Set(WithLive(base, *live_tables_));
    }
    holder_.ReleaseUnused();  // a busy feed would heap tables up until the next look at the files
  };
  return binding;
}

void Reloader::SwapModels(Served next) {
  if (live_ == nullptr) {
    holder_.Set(std::move(next));
  } else {
    live_->Bind(BindingOf(std::move(next)));  // no answer comes from a new model without its live values
  }
  CountReload();
}

void Reloader::SwapRules(Served next) {
  {
    // `next` was made of what served when the rules were compiled; values may have come since.
    MutexLock lock(live_mutex_);
    holder_.Set(live_ == nullptr ? std::move(next) : WithLive(next, *live_tables_));
  }
  CountReload();
}

absl::StatusOr<std::shared_ptr<const engine::Snapshot>> Reloader::OpenVersion(const std::string& version,
                                                                              const Served& live) {
  if (version.empty() || version == live.active->model().version()) return live.active;
  if (live.canary != nullptr && version == live.canary->model().version()) return live.canary;
  if (is_one_version_) return OneVersionError();
  AWASE_ASSIGN_OR_RETURN(std::shared_ptr<const engine::Snapshot> opened,
                         spare_->Get(version, live.active->shared_rules()));
  if (live_ == nullptr) return opened;
  return opened->WithLive(live_->TableOf(opened->model().product_count(), FindIn(opened->shared_model())));
}

absl::StatusOr<Reloader::TwoVersions> Reloader::OpenVersions(const std::string& first, const std::string& second) {
  const std::shared_ptr<const Served> live = holder_.Get();
  if (second.empty() && live->canary == nullptr) {
    return absl::FailedPreconditionError("no version is tried out as a canary: say with which one to compare");
  }
  TwoVersions versions;
  AWASE_ASSIGN_OR_RETURN(versions.first, OpenVersion(first, *live));
  AWASE_ASSIGN_OR_RETURN(versions.second,
                         OpenVersion(second.empty() ? live->canary->model().version() : second, *live));
  return versions;
}

}  // namespace awase::serving
