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

namespace awase::service {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using Json = nlohmann::json;

// Deeper than any message, and little enough for all that walks over a value by calling itself.
constexpr int kMostLevels = 32;

absl::StatusOr<Json> ParseObject(const std::string& text) {
  bool is_too_deep = false;
  // What is too deep is not kept. Of the root `depth` is 0.
  const auto keep = [&is_too_deep](int depth, Json::parse_event_t event, const Json&) {
    const bool opens = event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start;
    is_too_deep |= opens && depth >= kMostLevels;
    return !is_too_deep;
  };
  try {
    Json json = Json::parse(text, keep);
    if (is_too_deep) {
      return absl::InvalidArgumentError(
          absl::StrCat("lists and objects in each other: want at most ", kMostLevels, " levels"));
    }
    if (json.is_object()) return json;
    return absl::InvalidArgumentError("want one JSON object: {…}");
  } catch (const Json::exception& error) {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error …"
    absl::string_view what = error.what();
    const std::size_t place = what.find("line ");
    const std::size_t name_end = what.find("] ");
    if (place != absl::string_view::npos) {
      what.remove_prefix(place);
    } else if (name_end != absl::string_view::npos) {
      what.remove_prefix(name_end + 2);
    }
    return absl::InvalidArgumentError(absl::StrCat("no JSON: ", what));
  }
}

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

// What the one value, or each of a list, has to be.
absl::string_view WantedValue(const FieldDescriptor& field) {
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

enum class Check : std::uint8_t {
  kShape,   // what protobuf takes as something else (one value as a list of one) or names in words of its own
  kValues,  // also single values, one by one: to find the one that protobuf does not take
};

absl::Status CheckObject(const Json& object, const Descriptor& type, const std::string& path, Check check);

absl::Status CheckValue(const Json& value, const FieldDescriptor& field, const std::string& path, Check check) {
  if (IsObject(field) && value.is_object()) return CheckObject(value, *field.message_type(), path, check);
  const bool is_right = !IsObject(field) && !value.is_null() && (check == Check::kShape || IsReadable(value, field));
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
  AWASE_ASSIGN_OR_RETURN(const Json json, ParseObject(text));
  const Descriptor& type = *message->GetDescriptor();
  AWASE_RETURN_IF_ERROR(CheckObject(json, type, "", Check::kShape));
  const auto status = google::protobuf::util::JsonStringToMessage(text, message);
  if (status.ok()) return absl::OkStatus();
  AWASE_RETURN_IF_ERROR(CheckObject(json, type, "", Check::kValues));
  return absl::InvalidArgumentError(status.ToString());
}

}  // namespace awase::service
