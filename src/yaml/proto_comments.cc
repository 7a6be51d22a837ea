#include "awase/yaml/proto_comments.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/descriptor.pb.h"

namespace awase::yaml {
namespace {

constexpr absl::string_view kRequired = "Required";

template <typename Element>
std::string WordsAbout(const Element& element) {
  google::protobuf::SourceLocation location;
  if (!element.GetSourceLocation(&location)) return "";
  const std::string& comment =
      location.leading_comments.empty() ? location.trailing_comments : location.leading_comments;
  const std::vector<absl::string_view> words = absl::StrSplit(comment, absl::ByAnyChar(" \n"), absl::SkipEmpty());
  return absl::StrJoin(words, " ");
}

bool SaysRequired(const std::string& comment) {
  return absl::StartsWith(comment, kRequired) &&
         (comment.size() == kRequired.size() || absl::StrContains(".:;", comment[kRequired.size()]));
}

}  // namespace

std::unique_ptr<google::protobuf::DescriptorPool> PoolOf(absl::string_view bytes) {
  google::protobuf::FileDescriptorSet files;
  files.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  auto pool = std::make_unique<google::protobuf::DescriptorPool>();
  for (const google::protobuf::FileDescriptorProto& file : files.file()) pool->BuildFile(file);
  return pool;
}

std::string CommentOf(const google::protobuf::Descriptor& message) { return WordsAbout(message); }
std::string CommentOf(const google::protobuf::FieldDescriptor& field) { return WordsAbout(field); }
std::string CommentOf(const google::protobuf::OneofDescriptor& choice) { return WordsAbout(choice); }
std::string CommentOf(const google::protobuf::ServiceDescriptor& service) { return WordsAbout(service); }
std::string CommentOf(const google::protobuf::MethodDescriptor& method) { return WordsAbout(method); }

bool IsRequired(const google::protobuf::FieldDescriptor& field) { return SaysRequired(CommentOf(field)); }
bool IsRequired(const google::protobuf::OneofDescriptor& choice) { return SaysRequired(CommentOf(choice)); }

}  // namespace awase::yaml
