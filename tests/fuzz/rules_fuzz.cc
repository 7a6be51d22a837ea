// Any bytes as a rule file: never a crash, and what LoadRules promises holds.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/base/money.h"
#include "awase/rules/load_rules.h"

namespace {

void Check(bool holds, const char* what) {
  if (holds) return;
  std::cerr << "does not hold: " << what << "\n";
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using awase::rules::Diagnostic;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::vector<awase::rules::RuleFile> files = {{"a.yaml", text}};
  awase::rules::CatalogueFacts facts;
  facts.knows_product = [](absl::string_view id) { return id.size() < 8; };
  facts.price_of = [](absl::string_view id) -> std::optional<awase::Money> {
    if (id.size() > 4) return std::nullopt;
    return awase::Money{1000, *awase::CurrencyCode::Parse("USD")};
  };
  static const auto& words = *new std::vector<std::string>{"a", "a > b", "spec.colour"};
  facts.words_of = [](awase::rules::ProductColumn) -> absl::Span<const std::string> { return words; };
  const awase::rules::LoadResult result = LoadRules(files, &facts);

  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  bool any_error = false;
  for (const Diagnostic& diagnostic : result.diagnostics) {
    any_error = any_error || diagnostic.severity == awase::rules::Severity::kError;
    Check(diagnostic.file == "a.yaml" && !diagnostic.message.empty(), "a diagnostic has file and message");
    Check(diagnostic.line <= lines && diagnostic.column <= size + 1, "a diagnostic points into the file");
    Check((diagnostic.line == 0) == (diagnostic.column == 0), "a place is whole");
  }
  Check((result.rules == nullptr) == any_error, "rules serve if and only if there is no error");
  if (result.rules != nullptr) {
    Check(result.rules->revision.size() == (result.rules->rules.empty() ? 5U : 16U), "a revision has 16 digits");
    // The same content in another form: a comment before it, and another name.
    const std::vector<awase::rules::RuleFile> renamed = {{"b.yaml", text + "\n# comment\n"}};
    const awase::rules::LoadResult again = LoadRules(renamed, nullptr);
    if (again.rules != nullptr) Check(again.rules->rules.size() == result.rules->rules.size(), "comments say nothing");
  }
  return 0;
}
