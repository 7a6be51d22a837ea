#include "artefact/internal/activations.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "artefact/internal/format.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"

namespace awase::artefact_internal {
namespace {

constexpr std::size_t kMostActivations = 1'000;
constexpr absl::string_view kActivated = "activated";
constexpr absl::string_view kRolledBack = "rolled_back";

std::optional<Activation> ParseLine(absl::string_view line) {
  const std::vector<absl::string_view> words = absl::StrSplit(line, ' ');
  if (words.size() != 3 || (words[2] != kActivated && words[2] != kRolledBack) || !IsVersionId(words[1])) {
    return std::nullopt;
  }
  Activation activation;
  if (!absl::ParseTime(absl::RFC3339_full, words[0], &activation.time, nullptr)) return std::nullopt;
  activation.version = std::string(words[1]);
  activation.kind = words[2] == kActivated ? ActivationKind::kActivated : ActivationKind::kRolledBack;
  return activation;
}

}  // namespace

bool IsVersionId(absl::string_view text) {
  return text.size() == 16 && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isdigit(static_cast<unsigned char>(c)) || (c >= 'a' && c <= 'f');
         });
}

absl::Status WriteActivations(const std::string& model_dir, const std::vector<Activation>& activations) {
  const std::string path = JoinPath(model_dir, kActivationsFile);
  if (activations.empty()) return RemoveTree(path);
  std::string text;
  for (std::size_t i = activations.size() - std::min(activations.size(), kMostActivations); i < activations.size();
       ++i) {
    const Activation& activation = activations[i];
    absl::StrAppend(&text, absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", activation.time, absl::UTCTimeZone()), " ",
                    activation.version, " ", activation.kind == ActivationKind::kActivated ? kActivated : kRolledBack,
                    "\n");
  }
  return ReplaceFile(path, text);
}

absl::StatusOr<std::vector<Activation>> ReadActivations(const std::string& model_dir) {
  const absl::StatusOr<std::string> text = ReadFile(JoinPath(model_dir, kActivationsFile));
  std::vector<Activation> activations;
  if (absl::IsNotFound(text.status())) return activations;
  AWASE_RETURN_IF_ERROR(text.status());
  for (const absl::string_view line : absl::StrSplit(*text, '\n', absl::SkipEmpty())) {
    if (std::optional<Activation> activation = ParseLine(line)) activations.push_back(*std::move(activation));
  }
  return activations;
}

std::vector<std::string> WentBefore(const std::vector<Activation>& activations, const std::string& active) {
  std::vector<std::string> stack;  // the last is the active one
  const auto activate = [&stack](const std::string& version) {
    stack.erase(std::remove(stack.begin(), stack.end(), version), stack.end());
    stack.push_back(version);
  };
  for (const Activation& activation : activations) {
    if (activation.kind == ActivationKind::kRolledBack) {
      const auto back_to = std::find(stack.begin(), stack.end(), activation.version);
      if (back_to != stack.end()) stack.erase(back_to + 1, stack.end());
    }
    activate(activation.version);
  }
  activate(active);  // ACTIVE may have been replaced by hand
  stack.pop_back();
  std::reverse(stack.begin(), stack.end());
  return stack;
}

}  // namespace awase::artefact_internal
