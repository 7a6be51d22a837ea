#ifndef AWASE_SERVICE_HTTP_ROUTES_H_
#define AWASE_SERVICE_HTTP_ROUTES_H_

#include <string>

#include "absl/types/span.h"
#include "awase/access/access_control.h"
#include "awase/http/router.h"
#include "awase/serving/reloader.h"
#include "awase/tls/identity_files.h"
#include "service/admission.h"
#include "service/answer_counts.h"
#include "service/call_counts.h"
#include "service/call_gate.h"
#include "service/overload_guard.h"
#include "service/product_feed.h"
#include "service/transcoder.h"
#include "service/unary_methods.h"

namespace awase::service {

// What is asked over HTTP. All is borrowed and outlives the routes.
struct HttpSources {
  const serving::Reloader* reloader;
  const Admission* admission;
  const tls::IdentityFiles* identity;  // null: connections are plain
  const access::AccessControl* access;
  const CallGate* gate;
  CallCounts* counts;
  const CallLog* log;
  const AnswerCounts* answers;
  const OverloadGuard* overload;
  const ProductFeed* feed;
  const UnaryMethods* methods;
  Transcoder* transcoder;
};

// POST /SERVICE/METHOD for every method of `services` (those that are not in `methods`, because they stream, are
// answered UNIMPLEMENTED), GET /openapi.json, /healthz, /readyz and /metrics (docs/operations.md). Methods and metrics
// are for those that `access` lets pass.
http::Router MakeHttpRoutes(absl::Span<const std::string> services, const HttpSources& sources);

}  // namespace awase::service

#endif  // AWASE_SERVICE_HTTP_ROUTES_H_
