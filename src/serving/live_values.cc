// How live values of products come to serve, and outlive changes of model and rules.

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "awase/serving/reloader.h"

namespace awase::serving {

absl::Status Reloader::OpenLive() {
  live::LiveCatalogue::Options options;
  options.directory = options_.live_folder;
  options.warn = [this](const std::string& sentence) { Log(LogLevel::kWarning, sentence); };
  options.tell_problem = [this](const std::string& problem) {
    if (!problem.empty()) Log(LogLevel::kError, absl::StrCat("live values cannot be written: ", problem));
    SetProblem(&ReloadStatus::live_problem, problem);
  };
  AWASE_ASSIGN_OR_RETURN(live_, live::LiveCatalogue::Open(std::move(options)));
  live_->Bind(BindingOf(holder_.Get()));
  return absl::OkStatus();
}

live::LiveCatalogue::Binding Reloader::BindingOf(std::shared_ptr<const engine::Snapshot> next) {
  live::LiveCatalogue::Binding binding;
  binding.product_count = next->model().product_count();
  binding.find = [model = next->shared_model()](absl::string_view product_id) { return model->Find(product_id); };
  binding.publish = [this, next = std::move(next)](const live::LiveTable& table) mutable {
    {
      MutexLock lock(live_mutex_);
      const auto base = next != nullptr ? std::exchange(next, nullptr) : holder_.Get();
      live_table_ = table;
      holder_.Set(base->WithLive(table));
    }
    holder_.ReleaseUnused();  // a busy feed would heap tables up until the next look at the files
  };
  return binding;
}

void Reloader::SwapModel(std::shared_ptr<const engine::Snapshot> next) {
  if (live_ == nullptr) {
    holder_.Set(std::move(next));
  } else {
    live_->Bind(BindingOf(std::move(next)));  // no answer comes from the new model without its live values
  }
  CountReload();
}

void Reloader::SwapRules(std::shared_ptr<const engine::Snapshot> next) {
  {
    // `next` was made of what served when the rules were compiled; values may have come since.
    MutexLock lock(live_mutex_);
    holder_.Set(live_ == nullptr ? std::move(next) : next->WithLive(live_table_));
  }
  CountReload();
}

}  // namespace awase::serving
