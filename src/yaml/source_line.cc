#include "yaml/internal/source_line.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace awase::yaml_internal {
namespace {

constexpr absl::string_view kBlanks = " \t\r";

bool IsBlank(char c) { return absl::StrContains(kBlanks, c); }

bool IsKeyCharacter(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.'; }

// Where the quoted text that opens at `begin` ends: behind its closing quote, or with the line.
std::size_t QuoteEnd(absl::string_view line, std::size_t begin) {
  const char quote = line[begin];
  for (std::size_t i = begin + 1; i < line.size(); ++i) {
    const bool is_escape = quote == '"' ? line[i] == '\\' : absl::StartsWith(line.substr(i), "''");
    if (is_escape) {
      ++i;
    } else if (line[i] == quote) {
      return i + 1;
    }
  }
  return line.size();
}

// Calls `visit(place, character)` for all that is neither in quotes nor in the comment, and returns where the comment
// begins, else the end. Quotes are those that begin a text.
template <typename Visit>
std::size_t ForEachPlain(absl::string_view line, Visit visit) {
  bool begins_text = true;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '#' && (i == 0 || IsBlank(line[i - 1]))) return i;
    if (begins_text && (c == '"' || c == '\'')) {
      i = QuoteEnd(line, i) - 1;
      begins_text = false;
      continue;
    }
    visit(i, c);
    if (IsBlank(c)) {
      begins_text = begins_text || line[i - 1] == ':' || line[i - 1] == '-';
    } else {
      begins_text = absl::StrContains(",[]{}", c);
    }
  }
  return line.size();
}

// Behind "key: " at `begin`, or `begin` where there is no key.
std::size_t BehindKey(absl::string_view text, std::size_t begin) {
  std::size_t end = begin;
  if (end < text.size() && (text[end] == '"' || text[end] == '\'')) {
    end = QuoteEnd(text, end);
  } else {
    while (end < text.size() && IsKeyCharacter(text[end])) ++end;
  }
  if (end == begin || end >= text.size() || text[end] != ':') return begin;
  if (end + 1 < text.size() && !IsBlank(text[end + 1])) return begin;
  return std::min(text.find_first_not_of(kBlanks, end + 1), text.size());
}

}  // namespace

std::size_t IndentationOf(absl::string_view line) { return std::min(line.find_first_not_of(kBlanks), line.size()); }

bool IsIdle(absl::string_view line) {
  const std::size_t begin = IndentationOf(line);
  return begin == line.size() || line[begin] == '#';
}

absl::string_view WithoutComment(absl::string_view line) {
  const std::size_t end = ForEachPlain(line, [](std::size_t, char) {});
  return absl::StripTrailingAsciiWhitespace(line.substr(0, end));
}

std::size_t KeyBegin(absl::string_view line) {
  std::size_t begin = IndentationOf(line);
  while (begin + 1 < line.size() && line[begin] == '-' && IsBlank(line[begin + 1])) {
    begin = std::min(line.find_first_not_of(kBlanks, begin + 1), line.size());
  }
  return begin;
}

std::size_t ValueBegin(absl::string_view line) { return BehindKey(line, KeyBegin(line)); }

std::vector<absl::string_view> ValuesOf(absl::string_view line) {
  const absl::string_view text = WithoutComment(line);
  const absl::string_view value = text.substr(std::min(ValueBegin(text), text.size()));
  if (value.empty()) return {};
  if (value.front() != '[' && value.front() != '{') return {value};
  std::vector<absl::string_view> values;
  std::size_t begin = 0;
  const auto end_value = [&](std::size_t end) {
    const absl::string_view part = absl::StripAsciiWhitespace(value.substr(begin, end - begin));
    const absl::string_view behind_key = part.substr(BehindKey(part, 0));
    if (!behind_key.empty()) values.push_back(behind_key);
    begin = end + 1;
  };
  ForEachPlain(value, [&](std::size_t place, char c) {
    if (absl::StrContains(",[]{}", c)) end_value(place);
  });
  end_value(value.size());
  return values;
}

std::optional<BracketFault> FindBracketFault(absl::string_view line) {
  const absl::string_view text = WithoutComment(line);
  std::vector<char> open;
  std::optional<BracketFault> fault;
  const auto closing_of = [](char opened) { return opened == '[' ? ']' : '}'; };
  ForEachPlain(text, [&](std::size_t place, char c) {
    if (fault.has_value()) return;
    if (c == '[' || c == '{') {
      open.push_back(c);
    } else if (c == ']' || c == '}') {
      if (open.empty()) {
        fault = BracketFault{place, c, 0};
      } else if (c != closing_of(open.back())) {
        fault = BracketFault{place, open.back(), closing_of(open.back())};
      } else {
        open.pop_back();
      }
    }
  });
  if (!fault.has_value() && !open.empty()) fault = BracketFault{text.size(), open.back(), closing_of(open.back())};
  return fault;
}

}  // namespace awase::yaml_internal
