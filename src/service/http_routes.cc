#include "service/http_routes.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "service/connect_protocol.h"
#include "service/metrics_text.h"
#include "service/openapi.h"

namespace awase::service {
namespace {

using google::protobuf::MethodDescriptor;

void AddTime(absl::string_view name, absl::string_view help, absl::Time time, MetricsText* metrics) {
  metrics->Gauge(name, help);
  metrics->Sample(static_cast<std::uint64_t>(std::max<std::int64_t>(0, absl::ToUnixSeconds(time))));
}

// How old what serves is. What is not known is not there.
void AddAges(const HttpSources& sources, MetricsText* metrics) {
  const std::shared_ptr<const engine::Snapshot> live = sources.reloader->snapshot();
  absl::Time created;
  if (absl::ParseTime(absl::RFC3339_full, live->model().created_at(), &created, nullptr)) {
    AddTime("awase_model_created_timestamp_seconds", "When the version that serves was trained.", created, metrics);
  }
  if (const std::optional<artefact::OrderPeriod> period = live->model().order_period()) {
    AddTime("awase_model_last_order_timestamp_seconds", "The last order that the version has learned from.",
            absl::FromUnixMicros(period->last_micros), metrics);
  }
  const serving::Reloader::HistoryPage newest = sources.reloader->History(std::numeric_limits<std::uint64_t>::max(), 1);
  if (newest.revisions.empty()) return;
  AddTime("awase_rules_published_timestamp_seconds", "When the rules that serve were published.",
          newest.revisions.front().published_at, metrics);
}

void AddTlsMetrics(const tls::IdentityFiles& identity, MetricsText* metrics) {
  metrics->Gauge("awase_tls_problem", "1 while the newest certificate is refused and the one before is shown.");
  metrics->Sample(identity.problem().empty() ? 0 : 1);
  metrics->Gauge("awase_tls_expiry_seconds", "When the certificate that is shown expires, in seconds since 1970.");
  metrics->Sample(static_cast<std::uint64_t>(absl::ToUnixSeconds(identity.identity()->expires)));
}

void AddOverloadMetrics(const OverloadGuard& overload, MetricsText* metrics) {
  metrics->Gauge("awase_overloaded", "1 while more calls come than can be answered, and some are refused.");
  metrics->Sample(overload.IsOverloaded() ? 1 : 0);
  metrics->Histogram("awase_wait_seconds", "Calls of Recommend over gRPC: how long they waited for their turn.");
  metrics->Durations(overload.waits(), {});
}

void AddCanaryMetrics(const serving::ReloadStatus& status, MetricsText* metrics) {
  metrics->Gauge("awase_canary_problem", "1 while what CANARY says is not so, or the rules do not validate with it.");
  metrics->Sample(status.has_canary_problem() ? 1 : 0);
  metrics->Gauge("awase_canary_share_basis_points", "Hundredths of a percent of the customers; 0: no canary.");
  metrics->Sample(status.canary_share_basis_points);
  if (status.canary_version.empty()) return;
  metrics->Gauge("awase_canary_info", "The version that is tried out.");
  metrics->Sample(1, {{"version", status.canary_version}});
}

void AddStateMetrics(const HttpSources& sources, MetricsText* metrics) {
  const serving::ReloadStatus status = sources.reloader->status();
  metrics->Gauge("awase_ready", "1 while calls are answered, 0 while the server stops.");
  metrics->Sample(sources.gate->Check().ok() ? 1 : 0);
  metrics->Gauge("awase_degraded", "1 while an older version serves than ACTIVE names, because that was refused.");
  metrics->Sample(sources.reloader->degraded() ? 1 : 0);
  metrics->Gauge("awase_rule_problem", "1 while the newest rules do not serve, or do not validate any more.");
  metrics->Sample(status.has_rule_problem() ? 1 : 0);
  metrics->Gauge("awase_access_problem", "1 while the newest token file is refused and older tokens hold.");
  metrics->Sample(sources.admission->problem().empty() ? 0 : 1);
  if (sources.identity != nullptr) AddTlsMetrics(*sources.identity, metrics);
  AddCanaryMetrics(status, metrics);
  metrics->Gauge("awase_model_info", "The version that serves.");
  metrics->Sample(1, {{"version", status.model_version}});
  AddAges(sources, metrics);
  metrics->Gauge("awase_rules_info", "The rule revision that serves.");
  metrics->Sample(1, {{"revision", status.rule_revision}});
  metrics->Counter("awase_reloads_total", "Changes of model or rules that came to serve.");
  metrics->Sample(status.reloads);
  metrics->Counter("awase_reload_failures_total", "Changes of model or rule files that were refused.");
  metrics->Sample(status.failures);
}

// Nothing without a live catalogue.
void AddLiveMetrics(const HttpSources& sources, MetricsText* metrics) {
  if (sources.feed->catalogue() == nullptr) return;
  const live::LiveCatalogue::Stats stats = sources.feed->catalogue()->stats();
  metrics->Gauge("awase_live_products", "Products of which live values are held.");
  metrics->Sample(stats.products);
  metrics->Gauge("awase_live_unknown_products", "Of these, that the serving version does not know.");
  metrics->Sample(stats.unknown_products);
  metrics->Counter("awase_live_updates_total", "Updates of products, by what became of them.");
  metrics->Sample(stats.applied, {{"outcome", "applied"}});
  metrics->Sample(stats.late, {{"outcome", "late"}});
  metrics->Sample(sources.feed->refused(), {{"outcome", "refused"}});
  metrics->Sample(stats.failed, {{"outcome", "failed"}});
  metrics->Gauge("awase_live_log_bytes", "Length of the log of live values.");
  metrics->Sample(stats.log_bytes);
  metrics->Gauge("awase_live_waiting_calls", "Messages that wait for those before them to be on disk.");
  metrics->Sample(stats.waiting);
  metrics->Gauge("awase_live_problem", "1 while live values cannot be written.");
  metrics->Sample(sources.reloader->status().live_problem.empty() ? 0 : 1);
}

http::Response Metrics(const HttpSources& sources) {
  MetricsText metrics;
  AddStateMetrics(sources, &metrics);
  AddLiveMetrics(sources, &metrics);
  AddOverloadMetrics(*sources.overload, &metrics);
  metrics.Counter("awase_requests_total", "Calls that have ended, over gRPC and HTTP, by method and gRPC code.");
  sources.counts->ForEach([&metrics](const std::string& method, absl::StatusCode code, std::uint64_t calls) {
    metrics.Sample(calls, {{"method", method}, {"code", absl::StatusCodeToString(code)}});
  });
  metrics.Histogram("awase_request_seconds", "Calls that have ended, from their arrival to their status, by method.");
  sources.counts->ForEachDuration([&metrics](const std::string& method, const DurationHistogram& durations) {
    metrics.Durations(durations, {{"method", method}});
  });
  sources.answers->Write(&metrics);
  return {.headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, .body = metrics.text()};
}

http::Response Readiness(const HttpSources& sources) {
  return sources.gate->Check().ok() ? http::TextResponse(200, "ready\n") : http::TextResponse(503, "draining\n");
}

// As http::Handler, for a caller that was let pass.
using CallerHandler =
    std::function<void(const http::Request& request, const std::string& caller, const http::Responder& respond)>;

CallerHandler HandlerOf(const std::string& name, const HttpSources& sources) {
  const UnaryMethod* method = sources.methods->Find(name);
  if (method == nullptr) {
    return [name](const http::Request&, const std::string&, const http::Responder& respond) {
      respond(ConnectError(absl::UnimplementedError(
          absl::StrCat(name, " streams: call it over gRPC, or methods of single requests over HTTP"))));
    };
  }
  return [name, method, transcoder = sources.transcoder](const http::Request& request, const std::string& caller,
                                                         const http::Responder& respond) {
    transcoder->Call(name, *method, caller, request, respond);
  };
}

access::Shown ShownBy(const http::Request& request) {
  access::Shown shown;
  if (const std::string* header = request.FindHeader("Authorization")) shown.authorization = *header;
  shown.certificate_names.assign(request.certificate_names.begin(), request.certificate_names.end());
  return shown;
}

// Says what was missing in the way of RFC 6750, too.
http::Response Refusal(const absl::Status& status, const access::Shown& shown) {
  http::Response response = ConnectError(status);
  std::string challenge = "Bearer realm=\"awase\"";
  if (status.code() == absl::StatusCode::kPermissionDenied) {
    absl::StrAppend(&challenge, ", error=\"insufficient_scope\"");
  } else if (!shown.authorization.empty()) {
    absl::StrAppend(&challenge, ", error=\"invalid_token\"");
  }
  response.headers.push_back({"WWW-Authenticate", challenge});
  return response;
}

// Hands on to `handler` who may call `method`.
http::Handler For(const std::string& method, const HttpSources& sources, CallerHandler handler) {
  return [method, sources, handler = std::move(handler)](const http::Request& request, const http::Responder& respond) {
    const access::Shown shown = ShownBy(request);
    const absl::StatusOr<std::string> caller = sources.access->Check(method, shown);
    if (caller.ok()) return handler(request, *caller, respond);
    sources.counts->Add(method, caller.status().code(), absl::ZeroDuration());
    if (sources.log->Wants(caller.status().code())) {
      sources.log->Add(method, caller.status().code(), caller.status().message(), LabelsOf(request));
    }
    respond(Refusal(caller.status(), shown));
  };
}

// Made when it is first asked for: most servers are started without anybody looking at it.
http::Handler DescriptionHandler(std::vector<std::string> services, const HttpSources& sources) {
  struct Description {
    std::once_flag made;
    std::string text;
  };
  const auto description = std::make_shared<Description>();
  return [description, services = std::move(services), methods = sources.methods](const http::Request&,
                                                                                  const http::Responder& respond) {
    std::call_once(description->made, [&] {
      const auto is_served = [methods](absl::string_view name) { return methods->Find(std::string(name)) != nullptr; };
      description->text = OpenApiDescription(services, is_served);
    });
    respond({.headers = {{"Content-Type", "application/json"}}, .body = description->text});
  };
}

}  // namespace

http::Router MakeHttpRoutes(absl::Span<const std::string> services, const HttpSources& sources) {
  http::Router router;
  for (const MethodDescriptor* method : MethodsOf(services)) {
    const std::string name = absl::StrCat(method->service()->full_name(), "/", method->name());
    router.Add("POST", absl::StrCat("/", name), For(name, sources, HandlerOf(name, sources)));
  }
  router.Add("GET", "/openapi.json", DescriptionHandler({services.begin(), services.end()}, sources));
  router.Add("GET", "/healthz",
             [](const http::Request&, const http::Responder& respond) { respond(http::TextResponse(200, "alive\n")); });
  router.Add("GET", "/readyz",
             [sources](const http::Request&, const http::Responder& respond) { respond(Readiness(sources)); });
  router.Add(
      "GET", "/metrics",
      For("metrics", sources, [sources](const http::Request&, const std::string&, const http::Responder& respond) {
        respond(Metrics(sources));
      }));
  return router;
}

}  // namespace awase::service
