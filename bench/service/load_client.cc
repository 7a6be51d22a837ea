#include "bench/service/load_client.h"

#include <chrono>
#include <optional>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "awase/base/mutex.h"
#include "bench/service/schedule.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/codegen/proto_utils.h"

namespace awase::load {
namespace {

constexpr char kMethod[] = "/awase.v1.RecommendationService/Recommend";

std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);          // meant for the web; would be asked for 127.0.0.1 too
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // else all channels share one connection
  arguments.SetMaxReceiveMessageSize(-1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

grpc::ByteBuffer Serialize(const v1::RecommendRequest& request) {
  const grpc::Slice slice(request.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

std::vector<grpc::ByteBuffer> SerializeAll(const std::vector<v1::RecommendRequest>& requests) {
  std::vector<grpc::ByteBuffer> all;
  for (const v1::RecommendRequest& request : requests) all.push_back(Serialize(request));
  return all;
}

// One call after another on one connection.
struct Lane {
  grpc::GenericStub* stub = nullptr;
  std::optional<grpc::ClientContext> context;  // of the current call
  grpc::ByteBuffer answer;
  std::uint64_t call = 0;
  Clock::time_point due;
};

// One run. Whoever ends a call begins the next one that is due on its lane; the thread of Go begins those that become
// due while lanes are idle.
class Run {
 public:
  Run(const LoadPlan& plan, const std::vector<v1::RecommendRequest>& requests, const AnswerSink& sink,
      std::vector<Lane>* lanes)
      : plan_(plan), sink_(sink), requests_(SerializeAll(requests)), schedule_(plan, Clock::now()) {
    for (Lane& lane : *lanes) idle_.push_back(&lane);
    lane_count_ = lanes->size();
  }

  LoadReport Go() {
    if (schedule_.is_open_loop()) {
      KeepPace();
    } else {
      FillLanes();
    }
    MutexLock lock(mutex_);
    while (idle_.size() != lane_count_) changed_.wait(mutex_);
    report_.seconds = std::chrono::duration<double>(Clock::now() - schedule_.start()).count();
    report_.due = schedule_.is_open_loop() ? schedule_.total() : next_;
    report_.unsent = report_.due - next_;
    return std::move(report_);
  }

 private:
  void FillLanes() {
    while (true) {
      Lane* lane = nullptr;
      {
        MutexLock lock(mutex_);
        if (idle_.empty() || !TakeNext(idle_.back(), Clock::now())) return;
        lane = idle_.back();
        idle_.pop_back();
      }
      Begin(lane);
    }
  }

  void KeepPace() {
    while (true) {
      Lane* lane = nullptr;
      Clock::time_point next_due;
      {
        MutexLock lock(mutex_);
        while (idle_.empty()) changed_.wait(mutex_);
        const Clock::time_point now = Clock::now();
        if (schedule_.IsOver(next_, now)) return;
        next_due = schedule_.DueAt(next_);
        if (TakeNext(idle_.back(), now)) {
          lane = idle_.back();
          idle_.pop_back();
        }
      }
      if (lane != nullptr) {
        Begin(lane);
      } else {
        std::this_thread::sleep_until(next_due);
      }
    }
  }

  void Begin(Lane* lane) {
    lane->context.emplace();
    lane->context->set_deadline(std::chrono::system_clock::now() + absl::ToChronoNanoseconds(plan_.deadline));
    lane->answer.Clear();
    lane->stub->UnaryCall(&*lane->context, kMethod, {}, &requests_[lane->call % requests_.size()], &lane->answer,
                          [this, lane](const grpc::Status& status) { End(lane, status); });
  }

  void End(Lane* lane, const grpc::Status& status) {
    const Clock::time_point now = Clock::now();
    absl::StatusCode code = static_cast<absl::StatusCode>(status.error_code());
    if (status.ok() && sink_ != nullptr) code = Deliver(lane);
    bool goes_on = false;
    {
      MutexLock lock(mutex_);
      Count(code, absl::FromChrono(now - lane->due));
      goes_on = TakeNext(lane, now);
      if (!goes_on) {
        idle_.push_back(lane);
        changed_.notify_one();  // with the lock: Go returns, and this run is gone, as soon as it is free
      }
    }
    if (goes_on) Begin(lane);
  }

  absl::StatusCode Deliver(Lane* lane) {
    v1::RecommendResponse answer;
    const grpc::Status decoded = grpc::SerializationTraits<v1::RecommendResponse>::Deserialize(&lane->answer, &answer);
    if (!decoded.ok()) return absl::StatusCode::kDataLoss;
    sink_(lane->call % requests_.size(), answer);
    return absl::StatusCode::kOk;
  }

  void Count(absl::StatusCode code, absl::Duration latency) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (code != absl::StatusCode::kOk) {
      ++report_.errors[code];
      return;
    }
    ++report_.answered;
    report_.latency.Record(latency);
  }

  // Gives the lane the next call. False when none is due now.
  bool TakeNext(Lane* lane, Clock::time_point now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (schedule_.IsOver(next_, now)) return false;
    const Clock::time_point due = schedule_.is_open_loop() ? schedule_.DueAt(next_) : now;
    if (due > now) return false;
    lane->call = next_++;
    lane->due = due;
    return true;
  }

  const LoadPlan plan_;
  const AnswerSink& sink_;
  std::vector<grpc::ByteBuffer> requests_;
  const Schedule schedule_;  // begins once requests are encoded
  std::size_t lane_count_ = 0;
  Mutex mutex_;  // guards all below
  ConditionVariable changed_;
  std::vector<Lane*> idle_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t next_ ABSL_GUARDED_BY(mutex_) = 0;
  LoadReport report_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

struct LoadClient::State {
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs;  // each with a connection of its own
  std::vector<Lane> lanes;
};

LoadClient::LoadClient(std::unique_ptr<State> state) : state_(std::move(state)) {}
LoadClient::~LoadClient() = default;

absl::StatusOr<std::unique_ptr<LoadClient>> LoadClient::Create(const Options& options) {
  auto state = std::make_unique<State>();
  const auto deadline = std::chrono::system_clock::now() + absl::ToChronoNanoseconds(options.connect_timeout);
  for (std::size_t i = 0; i < options.connections; ++i) {
    const std::shared_ptr<grpc::Channel> channel = Connect(options.address);
    if (!channel->WaitForConnected(deadline)) {
      return absl::UnavailableError(absl::StrCat("no connection to ", options.address, ": does a server run there?"));
    }
    state->stubs.push_back(std::make_unique<grpc::GenericStub>(channel));
  }
  state->lanes = std::vector<Lane>(options.connections * options.calls_at_a_time);
  for (std::size_t i = 0; i < state->lanes.size(); ++i) {
    state->lanes[i].stub = state->stubs[i % options.connections].get();
  }
  return std::unique_ptr<LoadClient>(new LoadClient(std::move(state)));
}

LoadReport LoadClient::Run(const LoadPlan& plan, const std::vector<v1::RecommendRequest>& requests,
                           const AnswerSink& sink) {
  return load::Run(plan, requests, sink, &state_->lanes).Go();
}

}  // namespace awase::load
