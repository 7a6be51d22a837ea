// Messages that people write as one scalar: Money, Timestamp, Duration. They are set by reflection, so that messages
// made from descriptors at run time work as well as generated ones.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "awase/base/money.h"
#include "awase/base/status_macros.h"
#include "awase/yaml/quoted.h"
#include "yaml/internal/scalars.h"

namespace awase::yaml_internal {
namespace {

using ::awase::yaml::Quoted;
using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;

constexpr char kMoney[] = "awase.v1.Money";
constexpr char kTimestamp[] = "google.protobuf.Timestamp";
constexpr char kDuration[] = "google.protobuf.Duration";

const FieldDescriptor* Field(const Message& message, const char* name) {
  return message.GetDescriptor()->FindFieldByName(name);
}

absl::StatusOr<Money> ReadMoney(absl::string_view text) {
  const std::vector<absl::string_view> words = absl::StrSplit(text, absl::ByAnyChar(" \t\n"), absl::SkipEmpty());
  const auto begins_with_letter = [](absl::string_view word) {
    return absl::ascii_isalpha(static_cast<unsigned char>(word.front()));
  };
  if (words.size() != 2 || begins_with_letter(words[0]) == begins_with_letter(words[1])) {
    return absl::InvalidArgumentError(
        absl::StrCat("want an amount with its currency such as 49.90 USD, got ", Quoted(text)));
  }
  const bool currency_first = begins_with_letter(words[0]);
  const absl::string_view amount = words[currency_first ? 1 : 0];
  AWASE_ASSIGN_OR_RETURN(const CurrencyCode currency, CurrencyCode::Parse(words[currency_first ? 0 : 1]));
  AWASE_ASSIGN_OR_RETURN(const Money money, ParseMoney(amount, currency));
  // ParseMoney rounds, as dumps need it; a person who writes a price means each of its digits.
  const std::size_t point = amount.find('.');
  const auto decimals = point == absl::string_view::npos ? 0 : amount.size() - point - 1;
  if (decimals > static_cast<std::size_t>(currency.minor_digits())) {
    return absl::InvalidArgumentError(absl::StrCat(Quoted(text), " has ", decimals, " decimals, but ", currency.text(),
                                                   " has ", currency.minor_digits()));
  }
  return money;
}

// Whether `text` has digits where `pattern` has 'd', and the pattern's own characters elsewhere; either may be longer.
bool Begins(absl::string_view text, absl::string_view pattern) {
  return text.size() >= pattern.size() && std::equal(pattern.begin(), pattern.end(), text.begin(), [](char p, char t) {
           return p == 'd' ? absl::ascii_isdigit(static_cast<unsigned char>(t)) : p == t;
         });
}

absl::StatusOr<absl::Time> ReadTime(absl::string_view text) {
  constexpr absl::string_view kDate = "dddd-dd-dd";
  // absl::ParseTime takes more than RFC 3339 ("infinite-future", years of any length): the shape comes first.
  const bool is_date = text.size() == kDate.size() && Begins(text, kDate);
  const bool is_time = Begins(text, "dddd-dd-ddTdd:dd:dd");
  absl::Time time;
  std::string error;
  if (is_date && absl::ParseTime("%Y-%m-%d", text, &time, &error)) return time;
  if (is_time && absl::ParseTime(absl::RFC3339_full, text, &time, &error)) return time;
  if (is_time && text.size() == absl::string_view("dddd-dd-ddTdd:dd:dd").size()) {
    return absl::InvalidArgumentError(
        absl::StrCat(Quoted(text), " has no offset from UTC: end it with Z or one such as +09:00"));
  }
  if (is_date || is_time) return absl::InvalidArgumentError(absl::StrCat("there is no date or time ", Quoted(text)));
  return absl::InvalidArgumentError(
      absl::StrCat("want a date such as 2026-07-01 or a time such as 2026-07-01T09:00:00+09:00, got ", Quoted(text)));
}

void SetSecondsAndNanos(std::int64_t seconds, std::int64_t nanos, Message* message) {
  message->GetReflection()->SetInt64(message, Field(*message, "seconds"), seconds);
  message->GetReflection()->SetInt32(message, Field(*message, "nanos"), static_cast<std::int32_t>(nanos));
}

}  // namespace

bool IsWrittenAsScalar(const Descriptor& type) {
  return type.full_name() == kMoney || type.full_name() == kTimestamp || type.full_name() == kDuration;
}

const FieldDescriptor* ListWrittenFor(const Descriptor& type) {
  if (type.field_count() != 1) return nullptr;
  const FieldDescriptor* only = type.field(0);
  return only->is_repeated() && !only->is_map() && only->name() == "values" ? only : nullptr;
}

absl::Status DecodeMessageScalar(absl::string_view text, Message* message) {
  const std::string& type = message->GetDescriptor()->full_name();
  if (type == kMoney) {
    AWASE_ASSIGN_OR_RETURN(const Money money, ReadMoney(text));
    const auto& reflection = *message->GetReflection();
    reflection.SetString(message, Field(*message, "currency_code"), std::string(money.currency.text()));
    reflection.SetInt64(message, Field(*message, "minor_units"), money.minor_units);
  } else if (type == kTimestamp) {
    AWASE_ASSIGN_OR_RETURN(const absl::Time time, ReadTime(text));
    const std::int64_t seconds = absl::ToUnixSeconds(time);
    SetSecondsAndNanos(seconds, absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds)), message);
  } else {
    absl::Duration duration;
    if (!absl::ParseDuration(text, &duration) || duration == absl::InfiniteDuration() ||
        duration == -absl::InfiniteDuration()) {
      return absl::InvalidArgumentError(absl::StrCat("want a duration such as 250ms or 1h30m, got ", Quoted(text)));
    }
    absl::Duration rest;
    const std::int64_t seconds = absl::IDivDuration(duration, absl::Seconds(1), &rest);
    SetSecondsAndNanos(seconds, absl::ToInt64Nanoseconds(rest), message);
  }
  return absl::OkStatus();
}

}  // namespace awase::yaml_internal
