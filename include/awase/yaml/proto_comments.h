#ifndef AWASE_YAML_PROTO_COMMENTS_H_
#define AWASE_YAML_PROTO_COMMENTS_H_

// What the comments of .proto files say, for schemas that are made of them. Generated code has no comments: descriptors
// come from a set that protoc wrote with them (awase_embed_descriptors of cmake/awase_embed.cmake).

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace awase::yaml {

// The messages and services of a FileDescriptorSet, imports first. REQUIRES: `bytes` is one.
std::unique_ptr<google::protobuf::DescriptorPool> PoolOf(absl::string_view bytes);

// The words of the comment before or beside the element, on one line; empty where there is none.
std::string CommentOf(const google::protobuf::Descriptor& message);
std::string CommentOf(const google::protobuf::FieldDescriptor& field);
std::string CommentOf(const google::protobuf::OneofDescriptor& choice);
std::string CommentOf(const google::protobuf::ServiceDescriptor& service);
std::string CommentOf(const google::protobuf::MethodDescriptor& method);

// Whether the comment begins with "Required." or "Required: …": what is required only instead of something else says so
// in other words.
bool IsRequired(const google::protobuf::FieldDescriptor& field);
bool IsRequired(const google::protobuf::OneofDescriptor& choice);

}  // namespace awase::yaml

#endif  // AWASE_YAML_PROTO_COMMENTS_H_
