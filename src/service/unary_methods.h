#ifndef AWASE_SERVICE_UNARY_METHODS_H_
#define AWASE_SERVICE_UNARY_METHODS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace awase::service {

// Where a call runs, however it comes.
enum class Pace : std::uint8_t {
  kQuick,  // on the thread that read it
  kSlow,   // on the pool, with a ticket
};

// Why nobody waits for an answer any more: kCancelled or kDeadlineExceeded; OK while somebody does. thread-safe.
using WantedCheck = std::function<absl::Status()>;

// What a method may know of its call beside the request.
struct CallFacts {
  WantedCheck still_wanted;
  std::string caller;  // the name by which access::AccessControl knows who calls; empty: nobody
};

// What a method answers, without the transport that brings its request.
struct UnaryMethod {
  Pace pace = Pace::kQuick;
  std::function<std::unique_ptr<google::protobuf::Message>()> new_request;
  std::function<std::unique_ptr<google::protobuf::Message>()> new_response;
  // What takes long asks `still_wanted` on the way. REQUIRES: messages of these two. thread-safe.
  std::function<absl::Status(const google::protobuf::Message& request, const CallFacts& call,
                             google::protobuf::Message* response)>
      answer;
};

// The methods that can be called without gRPC, by full name ("awase.v1.RuleService/Publish"). thread-compatible: the
// services add theirs, then it is only asked.
class UnaryMethods {
 public:
  template <typename Request, typename Response>
  void Add(const std::string& name, Pace pace,
           std::function<absl::Status(const Request& request, Response* response)> answer) {
    AddKnowing<Request, Response>(
        name, pace, [answer = std::move(answer)](const Request& request, const CallFacts&, Response* response) {
          return answer(request, response);
        });
  }

  // One that ends early where its answer is not wanted any more, or wants to know who calls.
  template <typename Request, typename Response>
  void AddKnowing(
      const std::string& name, Pace pace,
      std::function<absl::Status(const Request& request, const CallFacts& call, Response* response)> answer) {
    methods_[name] = {
        .pace = pace,
        .new_request = [] { return std::make_unique<Request>(); },
        .new_response = [] { return std::make_unique<Response>(); },
        .answer =
            [answer = std::move(answer)](const google::protobuf::Message& request, const CallFacts& call,
                                         google::protobuf::Message* response) {
              return answer(static_cast<const Request&>(request), call, static_cast<Response*>(response));
            },
    };
  }

  // Null for what is no such method.
  const UnaryMethod* Find(const std::string& name) const {
    const auto found = methods_.find(name);
    return found == methods_.end() ? nullptr : &found->second;
  }

 private:
  std::map<std::string, UnaryMethod> methods_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_UNARY_METHODS_H_
