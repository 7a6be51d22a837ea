#ifndef AWASE_BENCH_SERVICE_REQUEST_FLAGS_H_
#define AWASE_BENCH_SERVICE_REQUEST_FLAGS_H_

#include "CLI/CLI.hpp"
#include "bench/service/request_source.h"

namespace awase::load {

// Adds --requests, --model, --count, --placement and --seed; `source` outlives the app.
void AddRequestFlags(CLI::App* app, RequestSource* source);

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_REQUEST_FLAGS_H_
