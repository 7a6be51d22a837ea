#include "awase/service/json_text.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "awase/base/status_macros.h"
#include "awase/yaml/nearest_word.h"
#include "google/protobuf/util/json_util.h"
#include "service/strict_json.h"

namespace awase::service {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using Json = nlohmann::json;

// By its name here or as protobuf writes it in JSON: option_ids, optionIds.
const FieldDescriptor* FindField(const Descriptor& type, const std::string& name) {
  const FieldDescriptor* field = type.FindFieldByName(name);
  for (int i = 0; field == nullptr && i < type.field_count(); ++i) {
    if (type.field(i)->json_name() == name) field = type.field(i);
  }
  return field;
}

// Those that JSON writes as an object; a Timestamp is a text.
bool IsObject(const FieldDescriptor& field) {
  const Descriptor* type = field.message_type();
  return type != nullptr && !absl::StartsWith(type->full_name(), "google.protobuf.");
}

// Without that of 0, which says nothing.
std::vector<std::string> NamesOf(const EnumDescriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() != 0) names.push_back(type.value(i)->name());
  }
  return names;
}

// What the one value, or each of a list, has to be.
std::string WantedValue(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return "a whole number";
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return "a whole number of 0 or more";
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return "a number";
    case FieldDescriptor::CPPTYPE_BOOL:
      return "true or false";
    case FieldDescriptor::CPPTYPE_ENUM:
      return absl::StrCat("one of ", absl::StrJoin(NamesOf(*field.enum_type()), ", "));
    case FieldDescriptor::CPPTYPE_STRING:
      return "a text in quotes";
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  return IsObject(field) ? "an object: { … }" : "a time such as \"2026-07-01T09:00:00Z\"";
}

// The value as JSON, its end cut off where it is long.
std::string Shown(const Json& value) {
  constexpr std::size_t kShownBytes = 60;
  std::string text = value.dump();
  if (text.size() <= kShownBytes) return text;
  std::size_t end = kShownBytes;
  while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // a character stays whole
  return absl::StrCat(text.substr(0, end), "…");
}

absl::Status WrongValue(const std::string& path, const Json& value, absl::string_view wanted) {
  return absl::InvalidArgumentError(absl::StrCat("field ", path, ": ", Shown(value), " is not ", wanted));
}

absl::Status UnknownField(const std::string& path, const std::string& key, const Descriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.field_count(); ++i) names.push_back(type.field(i)->name());
  const std::string nearest = yaml::NearestWord(key, names);
  return absl::InvalidArgumentError(absl::StrCat("field ", path, ": there is no such field; ",
                                                 nearest.empty()
                                                     ? absl::StrCat("known are ", absl::StrJoin(names, ", "))
                                                     : absl::StrCat("did you mean ", nearest, "?")));
}

// Whether protobuf takes `value` for the field, or for one of it: asked in a message of its own.
bool IsReadable(const Json& value, const FieldDescriptor& field) {
  const auto* prototype = google::protobuf::MessageFactory::generated_factory()->GetPrototype(field.containing_type());
  const std::unique_ptr<google::protobuf::Message> probe(prototype->New());
  const Json object = {{field.name(), field.is_repeated() ? Json::array({value}) : value}};
  return google::protobuf::util::JsonStringToMessage(object.dump(), probe.get()).ok();
}

bool IsValueOf(const EnumDescriptor& type, const Json& value) {
  if (value.is_string()) return type.FindValueByName(value.get<std::string>()) != nullptr;
  if (!value.is_number_integer()) return false;
  const auto number = value.get<std::int64_t>();
  return static_cast<int>(number) == number && type.FindValueByNumber(static_cast<int>(number)) != nullptr;
}

// What protobuf's mapping to JSON knows, and no more: its parser also takes "no" for false, "0x10" for a number,
// numbers that an enum does not have, and a time as an object.
bool IsOfType(const Json& value, const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return value.is_boolean();
    case FieldDescriptor::CPPTYPE_ENUM:
      return IsValueOf(*field.enum_type(), value);
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return !value.is_string() || value.get_ref<const std::string&>().find_first_of("xX") == std::string::npos;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return value.is_string();
    default:
      return !value.is_null();
  }
}

enum class Check : std::uint8_t {
  kShape,   // what protobuf takes as something else (one value as a list of one) or names in words of its own
  kValues,  // also single values, one by one: to find the one that protobuf does not take
};

absl::Status CheckObject(const Json& object, const Descriptor& type, const std::string& path, Check check);

absl::Status CheckValue(const Json& value, const FieldDescriptor& field, const std::string& path, Check check) {
  if (IsObject(field) && value.is_object()) return CheckObject(value, *field.message_type(), path, check);
  const bool is_right =
      !IsObject(field) && IsOfType(value, field) && (check == Check::kShape || IsReadable(value, field));
  return is_right ? absl::OkStatus() : WrongValue(path, value, WantedValue(field));
}

absl::Status CheckField(const Json& value, const FieldDescriptor& field, const std::string& path, Check check) {
  if (value.is_null()) return absl::OkStatus();  // as if it were not there
  if (!field.is_repeated()) return CheckValue(value, field, path, check);
  if (!value.is_array()) return WrongValue(path, value, "a list: [ … ]");
  for (std::size_t i = 0; i < value.size(); ++i) {
    AWASE_RETURN_IF_ERROR(CheckValue(value[i], field, absl::StrCat(path, "[", i, "]"), check));
  }
  return absl::OkStatus();
}

// Names what is wrong by the path in the file.
absl::Status CheckObject(const Json& object, const Descriptor& type, const std::string& path, Check check) {
  for (const auto& [key, value] : object.items()) {
    const std::string key_path = absl::StrCat(path, path.empty() ? "" : ".", key);
    const FieldDescriptor* field = FindField(type, key);
    if (field == nullptr) return UnknownField(key_path, key, type);
    if (key != field->name() && object.contains(field->name())) {
      return absl::InvalidArgumentError(
          absl::StrCat("field ", key_path, ": it is there as ", field->name(), " as well"));
    }
    AWASE_RETURN_IF_ERROR(CheckField(value, *field, key_path, check));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> ToJsonText(const google::protobuf::Message& message, JsonLayout layout) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = layout == JsonLayout::kIndented;
  options.always_print_primitive_fields = true;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  if (!status.ok()) return absl::InternalError(status.ToString());
  return json;
}

absl::Status FromJsonText(const std::string& text, google::protobuf::Message* message) {
  AWASE_ASSIGN_OR_RETURN(const Json json, ParseStrictObject(text));
  const Descriptor& type = *message->GetDescriptor();
  AWASE_RETURN_IF_ERROR(CheckObject(json, type, "", Check::kShape));
  const auto status = google::protobuf::util::JsonStringToMessage(text, message);
  if (status.ok()) return absl::OkStatus();
  AWASE_RETURN_IF_ERROR(CheckObject(json, type, "", Check::kValues));
  return absl::InvalidArgumentError(status.ToString());
}

}  // namespace awase::service
