#include "apps/awase/flag_checks.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "awase/base/listen_address.h"
#include "awase/base/money.h"
#include "awase/yaml/nearest_word.h"

namespace awase::apps {
namespace {

// `Number`: what the text has to be, read by `read`.
template <typename Number>
CLI::Validator InRange(Number low, Number high, bool (*read)(absl::string_view, Number*), const char* what) {
  const std::string range = absl::StrCat(low, "..", high);
  return CLI::Validator(
      [low, high, read, range, what](std::string& text) {
        Number value{};
        if (!read(text, &value)) return absl::StrCat(text, " is no ", what, ": want one in ", range);
        return value >= low && value <= high ? std::string() : absl::StrCat(text, " is not in ", range);
      },
      range);
}

}  // namespace

CLI::Validator OneOf(std::vector<std::string> words) {
  const std::string list = absl::StrJoin(words, ",");
  return CLI::Validator(
      [words = std::move(words)](std::string& text) {
        for (const std::string& word : words) {
          if (text == word) return std::string();
        }
        const std::string nearest = yaml::NearestWord(text, words);
        return absl::StrCat(text, " is not one of ", absl::StrJoin(words, ", "),
                            nearest.empty() ? "" : absl::StrCat("; did you mean ", nearest, "?"));
      },
      absl::StrCat("{", list, "}"));
}

CLI::Validator WholeIn(std::int64_t low, std::int64_t high) {
  return InRange<std::int64_t>(low, high, absl::SimpleAtoi<std::int64_t>, "whole number");
}

CLI::Validator NumberIn(double low, double high) { return InRange<double>(low, high, absl::SimpleAtod, "number"); }

CLI::Validator NotEmpty() {
  return CLI::Validator([](std::string& text) { return std::string(text.empty() ? "is empty" : ""); }, "TEXT");
}

CLI::Validator IsServer() {
  return CLI::Validator(
      [](std::string& text) {
        for (const absl::string_view scheme : {"http://", "https://", "grpc://"}) {
          if (absl::StartsWith(text, scheme)) return absl::StrCat(text, ": want HOST:PORT, without ", scheme);
        }
        if (absl::StrContains(text, ':')) return std::string(ParseListenAddress(text).status().message());
        int port = 0;
        const std::string meant =
            absl::SimpleAtoi(text, &port) ? absl::StrCat("127.0.0.1:", text) : absl::StrCat(text, ":50051");
        return absl::StrCat(text, ": want HOST:PORT, such as ", meant);
      },
      "");
}

CLI::Validator IsCurrency() {
  return CLI::Validator([](std::string& text) { return std::string(CurrencyCode::Parse(text).status().message()); },
                        "ISO 4217");
}

CLI::Validator Trimmed() {
  return CLI::Validator(
      [](std::string& text) {
        absl::StripAsciiWhitespace(&text);
        return std::string();
      },
      "");
}

}  // namespace awase::apps
