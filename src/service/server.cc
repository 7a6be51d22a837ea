#include "awase/service/server.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "awase/base/directory_lock.h"
#include "awase/base/directory_use.h"
#include "awase/base/listen_address.h"
#include "awase/base/parallel.h"
#include "awase/base/status_macros.h"
#include "awase/http/server.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/grpcpp.h"
#include "service/admission.h"
#include "service/answer_counts.h"
#include "service/call_context.h"
#include "service/call_counts.h"
#include "service/call_gate.h"
#include "service/call_log.h"
#include "service/catalog_service.h"
#include "service/feedback_service.h"
#include "service/grpc_listener.h"
#include "service/health_service.h"
#include "service/http_routes.h"
#include "service/model_service.h"
#include "service/overload_guard.h"
#include "service/recommendation_service.h"
#include "service/request_recorder.h"
#include "service/rule_service.h"
#include "service/service_names.h"
#include "service/tls_credentials.h"
#include "service/transcoder.h"
#include "service/work_pool.h"

namespace awase::service {
namespace {

// What health speaks of beside services (docs/operations.md).
constexpr char kRulesHealth[] = "awase.rules";
constexpr char kModelHealth[] = "awase.model";
constexpr char kCanaryHealth[] = "awase.canary";
constexpr char kLiveHealth[] = "awase.live";
constexpr char kAccessHealth[] = "awase.access";
constexpr char kTlsHealth[] = "awase.tls";

std::vector<std::string> HealthNames() {
  std::vector<std::string> names = ServiceNames();
  names.insert(names.end(), {kRulesHealth, kModelHealth, kCanaryHealth, kLiveHealth, kAccessHealth, kTlsHealth});
  return names;
}

// Where a server listens; HTTP's is loopback, which nobody reaches, where there is none.
struct Addresses {
  ListenAddress grpc;
  ListenAddress http = {.host = "127.0.0.1"};
};

absl::StatusOr<Addresses> ParseAddresses(const Server::Options& options) {
  Addresses addresses;
  AWASE_ASSIGN_OR_RETURN(addresses.grpc, ParseListenAddress(options.address));
  if (!options.http_address.empty()) {
    AWASE_ASSIGN_OR_RETURN(addresses.http, ParseListenAddress(options.http_address));
  }
  return addresses;
}

absl::StatusOr<std::unique_ptr<tls::IdentityFiles>> OpenIdentity(const Server::Options& options) {
  if (!options.tls.has_value()) return nullptr;
  return tls::IdentityFiles::Open(*options.tls, options.now);
}

using Say = std::function<void(const std::string&)>;

void LookAtIdentity(tls::IdentityFiles* identity, const Say& warn, const Say& inform) {
  if (!identity->Look()) return;
  const std::string problem = identity->problem();
  if (problem.empty()) {
    const std::string until = absl::FormatTime(identity->identity()->expires, absl::UTCTimeZone());
    if (inform) inform(absl::StrCat("a new certificate is shown, until ", until));
  } else if (warn) {
    warn(absl::StrCat("the new certificate is refused, the one before is shown on: ", problem));
  }
}

}  // namespace

// Members are destroyed from the last to the first: the gRPC server before the services it calls, those before the
// gate and the pool.
struct Server::State {
  State(const Options& options, const Addresses& addresses, serving::Reloader* reloader,
        std::unique_ptr<tls::IdentityFiles> identity_files, std::unique_ptr<Admission> the_admission,
        std::unique_ptr<WorkPool> work_pool, std::unique_ptr<RequestRecorder> request_recorder)
      : identity(std::move(identity_files)),
        admission(std::move(the_admission)),
        grpc_access(admission->ControlOf(addresses.grpc)),
        http_access(admission->ControlOf(addresses.http)),
        pool(std::move(work_pool)),
        recorder(std::move(request_recorder)),
        answers(reloader->snapshot()->placements()),
        overload(options.limits.recommend_wait),
        recommendations(reloader, options.exposures, &gate, pool.get(), recorder.get(), &answers, &overload,
                        options.now, options.limits.batch_requests),
        catalog(reloader, &gate, pool.get()),
        rules(reloader, &gate, pool.get(), recorder.get(), options.now),
        feedback(options.exposures, &gate, pool.get(), options.now),
        models(reloader, options.exposures, &gate, pool.get(), options.now),
        health(HealthNames()),
        counts(ServiceNames()),
        log(options.log_call, options.log_all_calls),
        listening(reloader->ListenForProblems([this](const serving::ReloadStatus& status) {
          health.SetServing(kRulesHealth, !status.has_rule_problem());
          health.SetServing(kModelHealth, status.model_problem.empty());
          health.SetServing(kCanaryHealth, !status.has_canary_problem());
          health.SetServing(kLiveHealth, status.live_problem.empty());
        })),
        looking(reloader->AlsoLook([this, warn = options.warn, inform = options.inform] {
          admission->Look(warn, inform);
          health.SetServing(kAccessHealth, admission->problem().empty());
          if (identity == nullptr) return;
          LookAtIdentity(identity.get(), warn, inform);
          health.SetServing(kTlsHealth, identity->problem().empty());
        })) {}

  std::string address;
  int port = 0;
  std::atomic<bool> stopped{false};
  const std::unique_ptr<tls::IdentityFiles> identity;  // null: connections are plain
  const std::unique_ptr<Admission> admission;
  const access::AccessControl grpc_access;
  const access::AccessControl http_access;
  CallGate gate;
  std::unique_ptr<WorkPool> pool;
  std::unique_ptr<RequestRecorder> recorder;  // null: nothing is recorded
  AnswerCounts answers;
  OverloadGuard overload;
  RecommendationService recommendations;
  CatalogService catalog;
  RuleService rules;
  FeedbackService feedback;
  ModelService models;
  HealthService health;
  CallCounts counts;
  const CallLog log;
  const serving::Reloader::Listening listening;  // speaks to health
  const serving::Reloader::Listening looking;    // at what identity and admission read; speaks to health
  UnaryMethods methods;
  std::shared_ptr<grpc::ServerCredentials> credentials;  // asked at handshakes, and not held by the server
  std::unique_ptr<grpc::Server> grpc_server;
  std::unique_ptr<GrpcListener> listener;     // hands it connections
  std::unique_ptr<Transcoder> transcoder;     // null, and the next one too, without an address for HTTP
  std::unique_ptr<http::Server> http_server;  // calls the transcoder
};

namespace {

absl::StatusOr<std::unique_ptr<RequestRecorder>> MakeRecorder(const Server::Options& options,
                                                              const serving::Reloader* reloader) {
  if (options.record_path.empty()) return nullptr;
  return RequestRecorder::Create({.path = options.record_path,
                                  .share = options.record_share,
                                  .limit = options.record_limit,
                                  .exposures = options.exposures,
                                  .rules = [reloader] { return reloader->rules(); },
                                  .warn = options.warn});
}

// Each costs every call something: the counts can be asked for over HTTP only, and paths are needed where not everybody
// may call.
void AddInterceptors(bool has_http, const access::AccessControl& access, const CallLog* log, CallCounts* counts,
                     grpc::ServerBuilder* builder) {
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> interceptors;
  if (has_http || log->is_on()) interceptors.push_back(counts->NewInterceptors(log));
  if (!access.is_open()) interceptors.push_back(NewPathTeller());
  if (!interceptors.empty()) builder->experimental().SetInterceptorCreators(std::move(interceptors));
}

int Milliseconds(absl::Duration duration) { return static_cast<int>(absl::ToInt64Milliseconds(duration)); }

// For the answer of a caller that is asked whether it is there.
constexpr absl::Duration kMostPingWait = absl::Seconds(20);

void SetLimits(const config::Limits& limits, grpc::ServerBuilder* builder) {
  builder->SetMaxReceiveMessageSize(static_cast<int>(limits.request_bytes));
  builder->AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, static_cast<int>(limits.header_bytes));
  builder->AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, static_cast<int>(limits.streams_per_connection));
  builder->AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, Milliseconds(limits.header_time));
  builder->AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, Milliseconds(limits.grpc_idle_time));
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, Milliseconds(limits.grpc_ping_time));
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                              Milliseconds(std::min(limits.grpc_ping_time, kMostPingWait)));
}

GrpcListener::Options ListenerOptions(const Server::Options& options, const ListenAddress& address) {
  // For the model and rules that are read, and what is written.
  constexpr std::size_t kDescriptorsOfFiles = 64;
  const std::size_t of_http = options.http_address.empty() ? 0 : options.limits.http_connections;
  return {.address = address,
          .max_connections = options.limits.grpc_connections,
          .spare_descriptors = kDescriptorsOfFiles + of_http,
          .warn = options.warn};
}

void SayWhoMayCall(const Server::Options& options, const Addresses& addresses, const Admission& admission) {
  if (!options.warn) return;
  const auto say = [&](const std::string& wire, const ListenAddress& address) {
    const std::string notice = admission.NoticeOf(wire, address, options.tls.has_value());
    if (!notice.empty()) options.warn(notice);
  };
  say(absl::StrCat("gRPC on ", options.address), addresses.grpc);
  if (!options.http_address.empty()) say(absl::StrCat("HTTP on ", options.http_address), addresses.http);
}

std::optional<http::Tls> TlsOf(const tls::IdentityFiles* identity) {
  if (identity == nullptr) return std::nullopt;
  return http::Tls{.identity = [identity] { return identity->identity(); },
                   .client_certificates = identity->settings().client_certificates};
}

absl::StatusOr<std::string> DescribeTokens(const absl::StatusOr<std::unique_ptr<Admission>>& admission) {
  AWASE_RETURN_IF_ERROR(admission.status());
  return "can be read";
}

absl::StatusOr<std::string> DescribeIdentity(const Server::Options& options) {
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<tls::IdentityFiles> identity, OpenIdentity(options));
  return absl::StrCat("certificate and key fit, until ",
                      absl::FormatTime(identity->identity()->expires, absl::UTCTimeZone()));
}

absl::StatusOr<std::string> CheckRecording(const std::string& path) {
  const std::string folder = path.substr(0, path.rfind('/') + 1);
  AWASE_RETURN_IF_ERROR(CheckMayWriteIn(folder.empty() ? "." : folder));
  return DirectoryLock::IsFileHeld(path) ? "held by a running server" : "free";
}

}  // namespace

std::vector<serving::StartFinding> Server::Check(Options options) {
  if (!options.now) options.now = [] { return absl::Now(); };
  std::vector<serving::StartFinding> findings;
  const absl::StatusOr<Addresses> addresses = ParseAddresses(options);
  if (!addresses.ok()) findings.push_back({"address", addresses.status()});
  const absl::StatusOr<std::unique_ptr<Admission>> admission = Admission::Create(options.access);
  if (!options.access.token_file.empty()) {
    findings.push_back({absl::StrCat("tokens ", options.access.token_file), DescribeTokens(admission)});
  }
  if (options.tls.has_value()) {
    findings.push_back({absl::StrCat("certificate ", options.tls->certificate), DescribeIdentity(options)});
  }
  if (!options.record_path.empty()) {
    findings.push_back({absl::StrCat("recording ", options.record_path), CheckRecording(options.record_path)});
  }
  if (addresses.ok() && admission.ok()) SayWhoMayCall(options, *addresses, **admission);
  return findings;
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() { Shutdown(absl::ZeroDuration()); }

absl::StatusOr<std::unique_ptr<Server>> Server::Create(Options options, serving::Reloader* reloader) {
  AWASE_ASSIGN_OR_RETURN(const Addresses addresses, ParseAddresses(options));
  AWASE_ASSIGN_OR_RETURN(std::unique_ptr<GrpcListener> listener,
                         GrpcListener::Create(ListenerOptions(options, addresses.grpc)));
  AWASE_ASSIGN_OR_RETURN(std::unique_ptr<WorkPool> pool,
                         WorkPool::Create(options.limits.slow_call_threads, options.limits.slow_calls));
  if (!options.now) options.now = [] { return absl::Now(); };
  AWASE_ASSIGN_OR_RETURN(std::unique_ptr<RequestRecorder> recorder, MakeRecorder(options, reloader));
  AWASE_ASSIGN_OR_RETURN(std::unique_ptr<Admission> admission, Admission::Create(options.access));
  AWASE_ASSIGN_OR_RETURN(std::unique_ptr<tls::IdentityFiles> identity, OpenIdentity(options));
  SayWhoMayCall(options, addresses, *admission);
  auto state = std::make_unique<State>(options, addresses, reloader, std::move(identity), std::move(admission),
                                       std::move(pool), std::move(recorder));

  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::EnableDefaultHealthCheckService(false);  // ours has a descriptor
  grpc::ServerBuilder builder;
  SetLimits(options.limits, &builder);
  state->credentials =
      state->identity == nullptr ? grpc::InsecureServerCredentials() : MakeTlsCredentials(state->identity.get());
  using ConnectionType = grpc::ServerBuilder::experimental_type::ExternalConnectionType;
  auto acceptor = builder.experimental().AddExternalConnectionAcceptor(ConnectionType::FROM_FD, state->credentials);
  builder.RegisterService(&state->recommendations);
  builder.RegisterService(&state->catalog);
  builder.RegisterService(&state->rules);
  builder.RegisterService(&state->feedback);
  builder.RegisterService(&state->models);
  builder.RegisterService(&state->health);
  builder.SetContextAllocator(std::make_unique<CallContexts>(&state->grpc_access));
  AddInterceptors(!options.http_address.empty(), state->grpc_access, &state->log, &state->counts, &builder);
  state->grpc_server = builder.BuildAndStart();
  if (state->grpc_server == nullptr) return absl::InternalError("gRPC does not start");
  state->listener = std::move(listener);
  AWASE_RETURN_IF_ERROR(state->listener->Start(std::move(acceptor)));
  state->port = state->listener->port();
  state->address = absl::StrCat(addresses.grpc.host, ":", state->port);
  if (!options.http_address.empty()) AWASE_RETURN_IF_ERROR(StartHttp(options, reloader, state.get()));
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

absl::Status Server::StartHttp(const Options& options, const serving::Reloader* reloader, State* state) {
  state->recommendations.AddTo(&state->methods);
  state->catalog.AddTo(&state->methods);
  state->rules.AddTo(&state->methods);
  state->feedback.AddTo(&state->methods);
  state->models.AddTo(&state->methods);
  state->transcoder = std::make_unique<Transcoder>(&state->gate, state->pool.get(), &state->counts, &state->log);
  http::Router router = MakeHttpRoutes(ServiceNames(), {.reloader = reloader,
                                                        .admission = state->admission.get(),
                                                        .identity = state->identity.get(),
                                                        .access = &state->http_access,
                                                        .gate = &state->gate,
                                                        .counts = &state->counts,
                                                        .log = &state->log,
                                                        .answers = &state->answers,
                                                        .overload = &state->overload,
                                                        .feed = &state->catalog.feed(),
                                                        .methods = &state->methods,
                                                        .transcoder = state->transcoder.get()});
  AWASE_ASSIGN_OR_RETURN(state->http_server,
                         http::Server::Create({.address = options.http_address,
                                               .allowed_origins = options.http_origins,
                                               .tls = TlsOf(state->identity.get()),
                                               .max_header_bytes = options.limits.header_bytes,
                                               .max_body_bytes = options.limits.request_bytes,
                                               .max_connections = options.limits.http_connections,
                                               .header_timeout = options.limits.header_time,
                                               .body_timeout = options.limits.http_body_time,
                                               .idle_timeout = options.limits.http_idle_time,
                                               .write_timeout = options.limits.http_write_time,
                                               .threads = std::max<std::size_t>(2, HardwareThreads())},
                                              std::move(router)));
  return absl::OkStatus();
}

const std::string& Server::address() const { return state_->address; }

int Server::port() const { return state_->port; }

std::string Server::http_address() const {
  return state_->http_server == nullptr ? std::string() : state_->http_server->address();
}

void Server::Shutdown(absl::Duration grace) {
  if (state_->stopped.exchange(true)) return;
  const absl::Time deadline = absl::Now() + grace;
  state_->gate.Close();
  state_->health.StopServing();
  state_->catalog.StopFeeds();
  state_->gate.WaitUntilEmpty(deadline);
  state_->gate.CallOff();  // those over HTTP that are left; gRPC cancels its own
  if (state_->http_server != nullptr) state_->http_server->Shutdown(deadline - absl::Now());
  state_->listener->Stop();
  state_->grpc_server->Shutdown(absl::ToChronoTime(deadline));
  state_->gate.WaitUntilEmpty(absl::InfiniteFuture());  // a call over HTTP uses what goes away with this object
}

}  // namespace awase::service
