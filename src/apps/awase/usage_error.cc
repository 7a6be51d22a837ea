#include "apps/awase/usage_error.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/yaml/nearest_word.h"

namespace awase::apps {
namespace {

std::vector<std::string> CommandsOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(/*filter=*/[](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

std::vector<std::string> FlagsOf(const CLI::App& app) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) flags.push_back(absl::StrCat("--", name));
  }
  return flags;
}

std::string DidYouMean(const std::string& word, const std::vector<std::string>& words) {
  const std::string nearest = yaml::NearestWord(word, words);
  return nearest.empty() ? "" : absl::StrCat("; did you mean ", nearest, "?");
}

// Of the words that `app` has no place for. A value that follows an unknown flag is only its value.
std::string ExplainLeftovers(const std::string& name, const CLI::App& app, const std::vector<std::string>& leftovers) {
  std::vector<std::string> lines;
  for (const std::string& word : leftovers) {
    if (!absl::StartsWith(word, "-") || word == "-" || word == "--") continue;
    const std::string flag = word.substr(0, word.find('='));
    lines.push_back(absl::StrCat(name, " has no flag ", flag, DidYouMean(flag, FlagsOf(app))));
  }
  if (!lines.empty()) return absl::StrJoin(lines, "\n");
  const std::vector<std::string> commands = CommandsOf(app);
  if (commands.empty()) return absl::StrCat(name, ": nothing is known to do with ", absl::StrJoin(leftovers, " "));
  const std::string meant = DidYouMean(leftovers.front(), commands);
  return absl::StrCat(name, " has no command ", leftovers.front(),
                      meant.empty() ? absl::StrCat("; it has ", absl::StrJoin(commands, ", ")) : meant);
}

}  // namespace

std::string UsageErrorText(const CLI::App* app, const CLI::Error& error) {
  std::string name = app->get_name();
  std::string text = error.what();
  // What is missing may be what is misspelt; any other error is about a word that was understood.
  const bool may_be_misspelt = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError) ||
                               error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError);
  for (;;) {
    const std::vector<std::string> leftovers = app->remaining();
    if (may_be_misspelt && !leftovers.empty()) {
      text = ExplainLeftovers(name, *app, leftovers);
      break;
    }
    const std::vector<CLI::App*> parsed = app->get_subcommands();
    if (parsed.empty()) break;
    app = parsed.front();
    absl::StrAppend(&name, " ", app->get_name());
  }
  return absl::StrCat("awase: ", text, "\nRun ", name, " --help for more information.\n");
}

}  // namespace awase::apps
