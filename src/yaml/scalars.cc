#include "yaml/internal/scalars.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/base/status_macros.h"
#include "awase/yaml/nearest_word.h"
#include "awase/yaml/quoted.h"

namespace awase::yaml_internal {
namespace {

using ::awase::yaml::Quoted;
using ::google::protobuf::EnumDescriptor;
using ::google::protobuf::EnumValueDescriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

absl::Status Want(absl::string_view wanted, const Node& node) {
  if (node.quoted) {
    return absl::InvalidArgumentError(
        absl::StrCat("want ", wanted, " without quotes, got the text ", Quoted(node.text)));
  }
  return absl::InvalidArgumentError(absl::StrCat("want ", wanted, ", got ", Quoted(node.text)));
}

// "-" and decimal digits without leading zeros, which other readers of YAML take for octal.
bool LooksLikeInteger(absl::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return false;
  return std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

template <typename Integer>
absl::StatusOr<Integer> ParseInteger(const Node& node) {
  if (node.quoted || !LooksLikeInteger(node.text)) return Want("a whole number such as 10", node);
  Integer value = 0;
  if (!absl::SimpleAtoi(node.text, &value)) {
    return Want(absl::StrCat("a whole number from ", std::numeric_limits<Integer>::min(), " to ",
                             std::numeric_limits<Integer>::max()),
                node);
  }
  return value;
}

absl::StatusOr<double> ParseDouble(const Node& node) {
  const auto is_decimal = [](unsigned char c) {
    return absl::ascii_isdigit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
  };
  double value = 0;
  if (node.quoted || !std::all_of(node.text.begin(), node.text.end(), is_decimal) ||
      !absl::SimpleAtod(node.text, &value) || !std::isfinite(value)) {
    return Want("a number such as 0.25", node);
  }
  return value;
}

absl::StatusOr<bool> ParseBool(const Node& node) {
  if (node.quoted || (node.text != "true" && node.text != "false")) return Want("true or false", node);
  return node.text == "true";
}

absl::StatusOr<const EnumValueDescriptor*> ParseEnum(const Node& node, const EnumDescriptor& type) {
  const EnumValueDescriptor* value = type.FindValueByName(node.text);
  if (value != nullptr) return value;
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) names.push_back(type.value(i)->name());
  const std::string nearest = yaml::NearestWord(node.text, names);
  const std::string hint = nearest.empty() ? absl::StrCat("want one of ", absl::StrJoin(names, ", "))
                                           : absl::StrCat("did you mean ", nearest, "?");
  return absl::InvalidArgumentError(absl::StrCat("unknown value ", Quoted(node.text), "; ", hint));
}

}  // namespace

// One case per type of protobuf.
absl::Status DecodeScalar(const Node& node, const FieldDescriptor& field, Message* message) {
  const Reflection& reflection = *message->GetReflection();
  const bool add = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32: {
      AWASE_ASSIGN_OR_RETURN(const std::int32_t value, ParseInteger<std::int32_t>(node));
      add ? reflection.AddInt32(message, &field, value) : reflection.SetInt32(message, &field, value);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_INT64: {
      AWASE_ASSIGN_OR_RETURN(const std::int64_t value, ParseInteger<std::int64_t>(node));
      add ? reflection.AddInt64(message, &field, value) : reflection.SetInt64(message, &field, value);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_UINT32: {
      AWASE_ASSIGN_OR_RETURN(const std::uint32_t value, ParseInteger<std::uint32_t>(node));
      add ? reflection.AddUInt32(message, &field, value) : reflection.SetUInt32(message, &field, value);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_UINT64: {
      AWASE_ASSIGN_OR_RETURN(const std::uint64_t value, ParseInteger<std::uint64_t>(node));
      add ? reflection.AddUInt64(message, &field, value) : reflection.SetUInt64(message, &field, value);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_DOUBLE: {
      AWASE_ASSIGN_OR_RETURN(const double value, ParseDouble(node));
      add ? reflection.AddDouble(message, &field, value) : reflection.SetDouble(message, &field, value);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_FLOAT: {
      AWASE_ASSIGN_OR_RETURN(const double exact, ParseDouble(node));
      const auto value = static_cast<float>(exact);
      if (!std::isfinite(value)) return Want("a number within the range of 32 bits", node);
      add ? reflection.AddFloat(message, &field, value) : reflection.SetFloat(message, &field, value);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_BOOL: {
      AWASE_ASSIGN_OR_RETURN(const bool value, ParseBool(node));
      add ? reflection.AddBool(message, &field, value) : reflection.SetBool(message, &field, value);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      AWASE_ASSIGN_OR_RETURN(const EnumValueDescriptor* const value, ParseEnum(node, *field.enum_type()));
      add ? reflection.AddEnum(message, &field, value) : reflection.SetEnum(message, &field, value);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_STRING:
      add ? reflection.AddString(message, &field, node.text) : reflection.SetString(message, &field, node.text);
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  return absl::InternalError("a message is no scalar");
}

std::string Wanted(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      const auto& type = *field.message_type();
      if (!IsWrittenAsScalar(type)) return "a map of keys and values";
      if (type.name() == "Money") return "an amount such as 49.90 USD";
      if (type.name() == "Timestamp") return "a date such as 2026-07-01";
      return "a duration such as 250ms";
    }
    case FieldDescriptor::CPPTYPE_STRING:
      return "text";
    case FieldDescriptor::CPPTYPE_BOOL:
      return "true or false";
    case FieldDescriptor::CPPTYPE_ENUM:
      return "one of the names of " + field.enum_type()->name();
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return "a number";
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return "a whole number";
  }
  return "a value";
}

}  // namespace awase::yaml_internal
