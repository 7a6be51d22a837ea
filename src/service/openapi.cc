#include "service/openapi.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "awase/yaml/proto_comments.h"
#include "google/protobuf/descriptor.h"
#include "nlohmann/json.hpp"
#include "service/connect_protocol.h"

// What protoc made of the services and their imports, with comments (src/service/CMakeLists.txt).
extern "C" const char awase_embedded_service_descriptors[];
extern "C" const char awase_embedded_service_descriptors_end[];

namespace awase::service {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::MethodDescriptor;
using ::google::protobuf::ServiceDescriptor;
using Json = nlohmann::ordered_json;

// All codes but that of success: a closed list that lacked one would fail whoever checks answers by it.
Json ErrorSchema() {
  Json codes = Json::array();
  for (int code = 1; code <= static_cast<int>(absl::StatusCode::kUnauthenticated); ++code) {
    codes.push_back(std::string(ConnectCode(static_cast<absl::StatusCode>(code))));
  }
  return {{"type", "object"},
          {"description", "What went wrong, in the form of the Connect protocol."},
          {"properties",
           {{"code", {{"type", "string"}, {"enum", codes}}},
            {"message", {{"type", "string"}, {"description", "For people: what is wrong, where, and what to do."}}}}},
          {"required", {"code"}}};
}

// Of protobuf's JSON: 64-bit numbers are strings there, as numbers of scripts are doubles.
Json LongSchema(const char* format) { return {{"type", {"string", "integer"}}, {"format", format}}; }

// Collects the schemas of messages and of all that they reach.
class Schemas {
 public:
  // A reference to the schema of the message.
  Json Reference(const Descriptor& type) {
    if (known_.insert(&type).second) wanted_.push_back(&type);
    return {{"$ref", absl::StrCat("#/components/schemas/", type.full_name())}};
  }

  Json Write() {
    Json schemas = {{"Error", ErrorSchema()}};
    while (!wanted_.empty()) {
      const Descriptor* type = wanted_.back();
      wanted_.pop_back();
      schemas[type->full_name()] = MessageSchema(*type);
    }
    return schemas;
  }

 private:
  Json MessageSchema(const Descriptor& type) {
    Json schema = {{"type", "object"}};
    if (std::string comment = yaml::CommentOf(type); !comment.empty()) schema["description"] = std::move(comment);
    Json properties = Json::object();
    Json required = Json::array();
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      properties[field.name()] = FieldSchema(field);
      if (field.real_containing_oneof() == nullptr && yaml::IsRequired(field)) required.push_back(field.name());
    }
    schema["properties"] = std::move(properties);
    if (!required.empty()) schema["required"] = std::move(required);
    return schema;
  }

  Json FieldSchema(const FieldDescriptor& field) {
    Json schema;
    if (field.is_map()) {
      schema = {{"type", "object"}, {"additionalProperties", ValueSchema(*field.message_type()->map_value())}};
    } else if (field.is_repeated()) {
      schema = {{"type", "array"}, {"items", ValueSchema(field)}};
    } else {
      schema = ValueSchema(field);
    }
    if (std::string comment = yaml::CommentOf(field); !comment.empty()) schema["description"] = std::move(comment);
    return schema;
  }

  Json ValueSchema(const FieldDescriptor& field) {
    switch (field.type()) {
      case FieldDescriptor::TYPE_BOOL:
        return {{"type", "boolean"}};
      case FieldDescriptor::TYPE_STRING:
        return {{"type", "string"}};
      case FieldDescriptor::TYPE_BYTES:
        return {{"type", "string"}, {"contentEncoding", "base64"}};
      case FieldDescriptor::TYPE_ENUM:
        return EnumSchema(*field.enum_type());
      case FieldDescriptor::TYPE_GROUP:
      case FieldDescriptor::TYPE_MESSAGE:
        if (field.message_type()->full_name() == "google.protobuf.Timestamp") {
          return {{"type", "string"}, {"format", "date-time"}};
        }
        return Reference(*field.message_type());
      default:
        return NumberSchema(field);
    }
  }

  static Json EnumSchema(const google::protobuf::EnumDescriptor& type) {
    Json names = Json::array();
    for (int i = 0; i < type.value_count(); ++i) names.push_back(type.value(i)->name());
    return {{"type", "string"}, {"enum", names}};
  }

  static Json NumberSchema(const FieldDescriptor& field) {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        return {{"type", "integer"}, {"format", "int32"}};
      case FieldDescriptor::CPPTYPE_UINT32:
        return {{"type", "integer"}, {"format", "uint32"}, {"minimum", 0}};
      case FieldDescriptor::CPPTYPE_INT64:
        return LongSchema("int64");
      case FieldDescriptor::CPPTYPE_UINT64:
        return LongSchema("uint64");
      default:
        return {{"type", "number"}, {"format", "double"}};
    }
  }

  absl::flat_hash_set<const Descriptor*> known_;
  std::vector<const Descriptor*> wanted_;
};

Json JsonContent(Json schema) { return {{"application/json", {{"schema", std::move(schema)}}}}; }

Json OperationOf(const MethodDescriptor& method, Schemas& schemas) {
  Json operation = {{"operationId", method.full_name()}, {"tags", {method.service()->full_name()}}};
  if (std::string comment = yaml::CommentOf(method); !comment.empty()) operation["description"] = std::move(comment);
  operation["requestBody"] = {{"required", true}, {"content", JsonContent(schemas.Reference(*method.input_type()))}};
  operation["responses"] = {
      {"200", {{"description", "The answer."}, {"content", JsonContent(schemas.Reference(*method.output_type()))}}},
      {"default", {{"$ref", "#/components/responses/Error"}}}};
  return operation;
}

}  // namespace

std::string OpenApiDescription(absl::Span<const std::string> services,
                               absl::FunctionRef<bool(absl::string_view method)> is_served) {
  const auto pool = yaml::PoolOf(
      {awase_embedded_service_descriptors,
       static_cast<std::size_t>(awase_embedded_service_descriptors_end - awase_embedded_service_descriptors)});
  Schemas schemas;
  Json tags = Json::array();
  Json paths = Json::object();
  for (const std::string& name : services) {
    const ServiceDescriptor* service = pool->FindServiceByName(name);
    if (service == nullptr) continue;
    tags.push_back({{"name", name}, {"description", yaml::CommentOf(*service)}});
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor& method = *service->method(i);
      const std::string path = absl::StrCat(name, "/", method.name());
      if (is_served(path)) paths[absl::StrCat("/", path)] = {{"post", OperationOf(method, schemas)}};
    }
  }
  const Json description = {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "awase"},
        {"version", "v1"},
        {"description",
         "Recommendations for a shop: gRPC's methods as JSON over HTTP, in the form of unary calls of the Connect "
         "protocol. Messages are protobuf's JSON with the field names of the .proto files."}}},
      {"tags", tags},
      {"paths", paths},
      {"components",
       {{"schemas", schemas.Write()},
        {"responses",
         {{"Error",
           {{"description", "The call failed; the HTTP status is that of the code."},
            {"content", JsonContent({{"$ref", "#/components/schemas/Error"}})}}}}}}}};
  return absl::StrCat(description.dump(2), "\n");
}

}  // namespace awase::service
