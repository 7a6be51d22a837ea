// The least that a gRPC server of the same answers costs: asks a server once, then answers Recommend with these bytes
// in turn, without decoding the request or encoding the answer. Prints HOST:PORT; ends at SIGTERM or SIGINT.

#include <atomic>
#include <csignal>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "awase/base/status_macros.h"
#include "awase/v1/recommendation.grpc.pb.h"
#include "bench/service/recorded_answers.h"
#include "bench/service/request_flags.h"
#include "grpcpp/grpcpp.h"

namespace awase::load {
namespace {

class NullService final
    : public v1::RecommendationService::WithRawCallbackMethod_Recommend<v1::RecommendationService::Service> {
 public:
  explicit NullService(std::vector<grpc::ByteBuffer> answers) : answers_(std::move(answers)) {}

  grpc::ServerUnaryReactor* Recommend(grpc::CallbackServerContext* context, const grpc::ByteBuffer*,
                                      grpc::ByteBuffer* answer) override {
    *answer = answers_[next_.fetch_add(1, std::memory_order_relaxed) % answers_.size()];
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  const std::vector<grpc::ByteBuffer> answers_;
  std::atomic<std::size_t> next_{0};
};

absl::StatusOr<std::vector<grpc::ByteBuffer>> Record(const std::string& address, const RequestSource& source) {
  AWASE_ASSIGN_OR_RETURN(const std::vector<v1::RecommendRequest> requests, RequestsOf(source));
  AWASE_ASSIGN_OR_RETURN(const std::vector<v1::RecommendResponse> answers, AnswersOf(address, requests));
  std::vector<grpc::ByteBuffer> recorded;
  for (const v1::RecommendResponse& answer : answers) {
    const grpc::Slice slice(answer.SerializeAsString());
    recorded.emplace_back(&slice, 1);
  }
  return recorded;
}

absl::Status Serve(const std::string& from, const RequestSource& source) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before gRPC has threads
  AWASE_ASSIGN_OR_RETURN(std::vector<grpc::ByteBuffer> answers, Record(from, source));
  NullService service(std::move(answers));
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return absl::UnavailableError("cannot listen on 127.0.0.1");
  std::printf("127.0.0.1:%d\n", port);
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  server->Shutdown();
  return absl::OkStatus();
}

}  // namespace
}  // namespace awase::load

int main(int argc, char** argv) {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);  // as `awase serve`
  std::string from;
  awase::load::RequestSource source;
  CLI::App app("Answers Recommend with the recorded answers of a server, in turn.");
  app.add_option("--from", from, "HOST:PORT of the server whose answers are recorded")->required();
  awase::load::AddRequestFlags(&app, &source);
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = awase::load::Serve(from, source);
  if (status.ok()) return 0;
  std::fprintf(stderr, "null_server: %s\n", std::string(status.message()).c_str());
  return 1;
}
