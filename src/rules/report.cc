#include "rules/internal/report.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::Diagnostic;
using ::awase::rules::LoadResult;
using ::awase::rules::Severity;

// The key of rules, whatever its place in lists, and how the message begins: up to the first name or number in it.
std::string KindOf(Severity severity, absl::string_view path, absl::string_view message) {
  std::string kind(severity == Severity::kError ? "error " : "warning ");
  std::copy_if(path.begin(), path.end(), std::back_inserter(kind),
               [](unsigned char c) { return !absl::ascii_isdigit(c); });
  const auto is_particular = [](unsigned char c) { return c == '"' || absl::ascii_isdigit(c); };
  const auto* end = std::find_if(message.begin(), message.end(), is_particular);
  return absl::StrCat(kind, " ", absl::string_view(message.data(), static_cast<std::size_t>(end - message.begin())));
}

}  // namespace

void Report::Add(Severity severity, absl::string_view file, yaml::Place place, absl::string_view path,
                 absl::string_view message) {
  ++(severity == Severity::kError ? result_.error_count : result_.warning_count);
  std::size_t& kept = kept_[severity == Severity::kError ? 0 : 1];
  if (kept >= rules::kMostFindings || ++kinds_[KindOf(severity, path, message)] > rules::kMostFindingsOfAKind) return;
  ++kept;
  result_.diagnostics.push_back(
      {severity, std::string(file), place.line, place.column, std::string(path), std::string(message)});
}

LoadResult Report::Take() {
  std::stable_sort(
      result_.diagnostics.begin(), result_.diagnostics.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.severity, a.file, a.line, a.column) < std::tie(b.severity, b.file, b.line, b.column);
      });
  return std::exchange(*this, Report()).result_;
}

void Report::AddAt(Severity severity, const SourceRule& rule, absl::string_view below, absl::string_view message) {
  const std::string path = absl::StrCat(rule.path, below);
  Add(severity, rule.file->name, rule.file->decoded.PlaceOf(path), path, message);
}

}  // namespace awase::rules_internal
