#ifndef AWASE_SERVICE_TRANSCODER_H_
#define AWASE_SERVICE_TRANSCODER_H_

#include <memory>

#include "awase/http/message.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/codegen/proto_utils.h"  // how messages travel

namespace awase::service {

// Unary calls of the Connect protocol → calls of the gRPC server, over a channel within this process. So a method has
// one handler, one deadline, one way to be cancelled and drained and one set of limits, however it is called; the
// messages are serialized once more for it, which costs little beside JSON. thread-safe.
class Transcoder {
 public:
  explicit Transcoder(const std::shared_ptr<grpc::Channel>& channel) : stub_(channel) {}

  // Calls `method`, which is of the generated descriptors, with the request's body, and answers when it has ended: with
  // a message in the format of the request, or with an error. X-Request-Id and Traceparent become metadata of the call;
  // the first also stands in the answer. Never blocks.
  void Call(const google::protobuf::MethodDescriptor& method, const http::Request& request,
            const http::Responder& respond);

 private:
  grpc::TemplatedGenericStub<google::protobuf::MessageLite, google::protobuf::MessageLite> stub_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_TRANSCODER_H_
