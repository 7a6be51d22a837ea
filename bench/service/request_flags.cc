#include "bench/service/request_flags.h"

namespace awase::load {

void AddRequestFlags(CLI::App* app, RequestSource* source) {
  CLI::Option* file = app->add_option("--requests", source->file, "awase.v1.RecommendRequest as JSON, one per line");
  app->add_option("--model", source->model, "In place of --requests: make them from the products of this version")
      ->excludes(file);
  app->add_option("--count", source->count, "Of requests that are made")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app->add_option("--placement", source->placement, "Of requests that are made only these, such as product_page");
  app->add_option("--seed", source->seed, "Of requests that are made")->capture_default_str();
}

}  // namespace awase::load
