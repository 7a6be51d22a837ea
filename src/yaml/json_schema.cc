#include "awase/yaml/json_schema.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "awase/yaml/proto_comments.h"
#include "nlohmann/json.hpp"
#include "yaml/internal/scalars.h"

namespace awase::yaml {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::OneofDescriptor;
using Json = nlohmann::ordered_json;

template <typename Integer>
Json IntegerSchema() {
  return {{"type", "integer"},
          {"minimum", std::numeric_limits<Integer>::min()},
          {"maximum", std::numeric_limits<Integer>::max()}};
}

// How DecodeMessageScalar() wants it written, loosely: the decoder says the rest.
Json WrittenScalarSchema(const Descriptor& type) {
  if (type.full_name() == "awase.v1.Money") {
    return {{"type", "string"},
            {"pattern", R"(^\s*(-?[0-9][0-9.]*\s+[A-Z]{3}|[A-Z]{3}\s+-?[0-9][0-9.]*)\s*$)"},
            {"examples", {"49.90 USD", "JPY 1200"}}};
  }
  if (type.full_name() == "google.protobuf.Timestamp") {
    return {{"type", "string"},
            {"pattern",
             R"(^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2}))?$)"},
            {"examples", {"2026-07-01", "2026-07-01T09:00:00+09:00"}}};
  }
  return {{"type", "string"}, {"examples", {"250ms", "1h30m"}}};
}

// Collects the schemas of a message and of all that it reaches.
class SchemaWriter {
 public:
  explicit SchemaWriter(const FieldWords& words) : words_(words) {}

  std::string Write(const Descriptor& type) {
    Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", type.full_name()}};
    schema.update(MessageSchema(type));
    while (!wanted_.empty()) {
      const Descriptor* next = wanted_.back();
      wanted_.pop_back();
      if (defined_.insert(next).second) definitions_[next->full_name()] = MessageSchema(*next);
    }
    if (!definitions_.empty()) schema["definitions"] = definitions_;
    return absl::StrCat(schema.dump(2), "\n");
  }

 private:
  Json MessageSchema(const Descriptor& type) {
    Json schema = {{"type", "object"}, {"additionalProperties", false}};
    if (const std::string comment = CommentOf(type); !comment.empty()) schema["description"] = comment;
    Json properties = Json::object();
    Json required = Json::array();
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      properties[field.name()] = FieldSchema(field);
      if (field.real_containing_oneof() == nullptr && IsRequired(field)) required.push_back(field.name());
    }
    schema["properties"] = properties;
    if (!required.empty()) schema["required"] = required;
    Json choices = Json::array();  // those made for optional fields come after the real ones
    for (int i = 0; i < type.real_oneof_decl_count(); ++i) choices.push_back(ChoiceSchema(*type.oneof_decl(i)));
    if (!choices.empty()) schema["allOf"] = choices;
    return schema;
  }

  // One of its members, or none where it need not be there.
  static Json ChoiceSchema(const OneofDescriptor& choice) {
    Json members = Json::array();
    for (int i = 0; i < choice.field_count(); ++i) members.push_back({{"required", {choice.field(i)->name()}}});
    if (!IsRequired(choice)) members.push_back({{"not", {{"anyOf", members}}}});
    return {{"oneOf", members}};
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
    const std::string comment = CommentOf(field);
    if (comment.empty()) return schema;
    // Draft-07 reads nothing beside a reference.
    if (schema.contains("$ref")) schema = {{"allOf", {schema}}};
    schema["description"] = comment;
    return schema;
  }

  Json ValueSchema(const FieldDescriptor& field) {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return {{"type", "boolean"}};
      case FieldDescriptor::CPPTYPE_INT32:
        return IntegerSchema<std::int32_t>();
      case FieldDescriptor::CPPTYPE_UINT32:
        return IntegerSchema<std::uint32_t>();
      case FieldDescriptor::CPPTYPE_INT64:
        return IntegerSchema<std::int64_t>();
      case FieldDescriptor::CPPTYPE_UINT64:
        return IntegerSchema<std::uint64_t>();
      case FieldDescriptor::CPPTYPE_FLOAT:
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return {{"type", "number"}};
      case FieldDescriptor::CPPTYPE_STRING:
        if (const auto words = words_.find(field.full_name()); words != words_.end()) return {{"enum", words->second}};
        return {{"type", {"string", "number", "boolean"}}};  // 0012 is a text as well
      case FieldDescriptor::CPPTYPE_ENUM: {
        Json names = Json::array();
        for (int i = 0; i < field.enum_type()->value_count(); ++i) names.push_back(field.enum_type()->value(i)->name());
        return {{"enum", names}};
      }
      case FieldDescriptor::CPPTYPE_MESSAGE:
        break;
    }
    const Descriptor& type = *field.message_type();
    if (yaml_internal::IsWrittenAsScalar(type)) return WrittenScalarSchema(type);
    if (const FieldDescriptor* list = yaml_internal::ListWrittenFor(type)) {
      return {{"type", "array"}, {"items", ValueSchema(*list)}};
    }
    wanted_.push_back(&type);
    return {{"$ref", absl::StrCat("#/definitions/", type.full_name())}};
  }

  const FieldWords& words_;
  Json definitions_ = Json::object();
  std::vector<const Descriptor*> wanted_;
  absl::flat_hash_set<const Descriptor*> defined_;
};

}  // namespace

std::string JsonSchemaOf(const Descriptor& type, const FieldWords& words) { return SchemaWriter(words).Write(type); }

}  // namespace awase::yaml
