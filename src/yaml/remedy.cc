#include "yaml/internal/remedy.h"

#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "awase/yaml/quoted.h"
#include "yaml-cpp/eventhandler.h"
#include "yaml-cpp/exceptions.h"
#include "yaml-cpp/parser.h"
#include "yaml/internal/source_line.h"

namespace awase::yaml_internal {
namespace {

// Of a trial: what stands further behind the mistake says nothing about it.
constexpr std::size_t kLinesBehind = 50;
// A longer text is not written out: a line may have megabytes.
constexpr std::size_t kMostProposedBytes = 100;
// How far before the place where the parser stops a bracket is looked for.
constexpr std::size_t kMostLinesBack = 50;

constexpr absl::string_view kNoBlankBehindDash = "a blank is missing behind \"-\"";
constexpr absl::string_view kNoBlankBehindColon = "a blank is missing behind \":\"";

// What input methods and word processors write for what YAML knows.
struct Lookalike {
  absl::string_view written;
  absl::string_view meant;
  absl::string_view code;
};
constexpr std::array<Lookalike, 18> kLookalikes = {{
    {"\u00A0", " ", "U+00A0"},
    {"\u3000", " ", "U+3000"},
    {"\uFF1A", ":", "U+FF1A"},
    {"\uFF0C", ",", "U+FF0C"},
    {"\u3001", ",", "U+3001"},
    {"\uFF0D", "-", "U+FF0D"},
    {"\uFF3B", "[", "U+FF3B"},
    {"\uFF3D", "]", "U+FF3D"},
    {"\uFF5B", "{", "U+FF5B"},
    {"\uFF5D", "}", "U+FF5D"},
    {"\uFF03", "#", "U+FF03"},
    {"\uFF02", "\"", "U+FF02"},
    {"\u201C", "\"", "U+201C"},
    {"\u201D", "\"", "U+201D"},
    {"\u201E", "\"", "U+201E"},
    {"\uFF07", "'", "U+FF07"},
    {"\u2018", "'", "U+2018"},
    {"\u2019", "'", "U+2019"},
}};
// Columns that a full-width blank takes on the screen.
constexpr std::array<int, 2> kWidthsOfBlank = {2, 1};

// With the characters that were meant, and a blank behind marks that need one.
std::string WithoutLookalikes(absl::string_view text, int width_of_blank) {
  std::string plain = absl::StrReplaceAll(text, {{"\u3000", std::string(width_of_blank, ' ')}, {"\uFF1A", ": "}});
  plain = absl::StrReplaceAll(plain, {{"\uFF0C", ", "}, {"\u3001", ", "}, {"\uFF0D", "- "}});
  for (const Lookalike& lookalike : kLookalikes) {
    plain = absl::StrReplaceAll(plain, {{lookalike.written, lookalike.meant}});
  }
  return plain;
}

// The first one in `text`, or null.
const Lookalike* FindLookalike(absl::string_view text) {
  const Lookalike* first = nullptr;
  std::size_t place = text.size();
  for (const Lookalike& lookalike : kLookalikes) {
    const std::size_t found = text.find(lookalike.written);
    if (found >= place) continue;
    place = found;
    first = &lookalike;
  }
  return first;
}

std::string LookalikeText(const Lookalike& lookalike) {
  if (lookalike.meant == " ") {
    return absl::StrCat("a blank in it is of another kind (", lookalike.code, "): write ordinary ones");
  }
  return absl::StrCat(lookalike.written, " (", lookalike.code, ") is a letter to YAML: write ", lookalike.meant);
}

// `text` in quotes that YAML takes.
std::string InQuotes(absl::string_view text) {
  if (!absl::StrContains(text, '"') && !absl::StrContains(text, '\\')) return absl::StrCat("\"", text, "\"");
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "''"}}), "'");
}

// Reads until something stands behind a line.
class UntilBehind : public YAML::EventHandler {
 public:
  struct Reached : std::exception {};

  explicit UntilBehind(int line) : line_(line) {}

  void OnDocumentStart(const YAML::Mark& mark) override { At(mark); }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { At(mark); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { At(mark); }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t, const std::string&) override { At(mark); }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    At(mark);
  }
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    At(mark);
  }
  void OnMapEnd() override {}

 private:
  void At(const YAML::Mark& mark) const {
    if (mark.line > line_) throw Reached();
  }

  int line_;
};

bool ReadsBeyond(const std::string& text, std::size_t line) {
  std::istringstream stream{text};
  YAML::Parser parser(stream);
  UntilBehind handler(static_cast<int>(line));
  try {
    parser.HandleNextDocument(handler);
    return true;
  } catch (const UntilBehind::Reached&) {
    return true;
  } catch (const YAML::Exception& error) {
    return error.mark.line > static_cast<int>(line);
  } catch (const std::exception&) {
    return false;
  }
}

class Search {
 public:
  Search(const SourceText& source, std::size_t line) : source_(source), last_line_(line) {}

  std::string Find() {
    // Of a mistake at the end of a line the parser often tells only in the next one that says something.
    std::vector<std::size_t> suspects;
    for (std::size_t i = last_line_ + 1; i-- > 0 && suspects.size() < 2;) {
      if (!IsIdle(source_.Line(i))) suspects.push_back(i);
    }
    for (const std::size_t line : suspects) TryLine(line);
    for (std::size_t i = last_line_ + 1; i-- > 0 && i + kMostLinesBack > last_line_;) TryBracket(i);
    for (const std::size_t line : suspects) TryWholeValue(line);
    for (const std::size_t line : suspects) TryIndentation(line);
    return sentence_;
  }

  std::size_t read_bytes() const { return read_bytes_; }

 private:
  // Found, or tried enough. A line may be as long as the text, so nothing is made of it then.
  bool is_over() const { return !sentence_.empty() || read_bytes_ > kMostTrialBytes; }

  void TryLine(std::size_t number) {
    const absl::string_view line = source_.Line(number);
    if (absl::StrContains(line.substr(0, IndentationOf(line)), '\t')) {
      TryIndentations(number, "a tab cannot indent, blanks can");
    }
    if (const Lookalike* lookalike = FindLookalike(line)) {
      for (const int width : kWidthsOfBlank) {
        Try(number, WithoutLookalikes(line, width), LookalikeText(*lookalike));
      }
    }
    TryBlanks(number, line);
    for (const absl::string_view value : ValuesOf(line)) TryQuotes(number, line, value);
    TryComment(number, line);
  }

  // "-id: x" and "id:x".
  void TryBlanks(std::size_t number, absl::string_view line) {
    const std::size_t begin = IndentationOf(line);
    const absl::string_view indentation = line.substr(0, begin);
    if (begin + 1 < line.size() && line[begin] == '-' && line[begin + 1] != ' ') {
      Try(number, absl::StrCat(indentation, "- ", absl::StripLeadingAsciiWhitespace(line.substr(begin + 1))),
          kNoBlankBehindDash);
    }
    const std::size_t key = KeyBegin(line);
    const std::size_t colon = line.find(':', key);
    if (colon == absl::string_view::npos || ValueBegin(line) != key) return;
    Try(number, absl::StrCat(line.substr(0, colon), ": ", line.substr(colon + 1)), kNoBlankBehindColon);
  }

  void TryQuotes(std::size_t number, absl::string_view line, absl::string_view value) {
    const std::string why = WhyQuotes(value);
    if (why.empty() || is_over()) return;
    const bool is_cut = value.size() > 1 && (value.front() == '"' || value.front() == '\'');
    const std::string quoted = is_cut ? Requoted(value) : InQuotes(value);
    const auto begin = static_cast<std::size_t>(value.data() - line.data());
    const std::string proposal =
        quoted.size() > kMostProposedBytes ? "" : absl::StrCat(is_cut ? ": write " : ": ", quoted);
    Try(number, absl::StrCat(line.substr(0, begin), quoted, line.substr(begin + value.size())),
        absl::StrCat(why, proposal));
  }

  // Why the text must stand in quotes, "" where it need not.
  static std::string WhyQuotes(absl::string_view value) {
    const char first = value.front();
    if (first == '"' || first == '\'') {
      return "a text in quotes ends with the next one of their kind";
    }
    const bool is_mark = absl::StrContains(",[]{}#&*!|>%@`", first) ||
                         (absl::StrContains("-?:", first) && value.size() > 1 && value[1] == ' ');
    if (is_mark) return absl::StrCat("a text that begins with \"", absl::string_view(&first, 1), "\" stands in quotes");
    if (absl::StrContains(value, ": ") || absl::EndsWith(value, ":")) {
      return "a text with \": \" in it stands in quotes";
    }
    return "";
  }

  // Of a text that begins with a quote: all of it, without the quotes around it.
  static std::string Requoted(absl::string_view value) {
    const char quote = value.front();
    value.remove_prefix(1);
    if (value.back() == quote) {
      value.remove_suffix(1);
      return InQuotes(absl::StrReplaceAll(value, {{"''", "'"}}));
    }
    return InQuotes(absl::StrCat(absl::string_view(&quote, 1), value));
  }

  // "[Sale] now", where a list that is not closed was looked for already.
  void TryWholeValue(std::size_t number) {
    const absl::string_view line = source_.Line(number);
    const absl::string_view text = WithoutComment(line);
    const absl::string_view value = text.substr(std::min(ValueBegin(text), text.size()));
    const bool is_bracketed = !value.empty() && absl::StrContains("]}", value.back());
    if ((absl::StartsWith(value, "[") || absl::StartsWith(value, "{")) && !is_bracketed) TryQuotes(number, line, value);
  }

  // What stands behind " #" is not read.
  void TryComment(std::size_t number, absl::string_view line) {
    const std::size_t kept = WithoutComment(line).size();
    const std::size_t mark = line.find('#', kept);
    if (kept == 0 || mark == absl::string_view::npos) return;
    Try(number, absl::StrCat(line.substr(0, mark), "_", line.substr(mark + 1)),
        "\"#\" behind a blank begins a comment: a text with it stands in quotes");
  }

  void TryBracket(std::size_t number) {
    const absl::string_view line = source_.Line(number);
    const std::optional<BracketFault> fault = FindBracketFault(line);
    if (!fault.has_value()) return;
    const absl::string_view before = line.substr(0, fault->place);
    const absl::string_view behind = line.substr(fault->place);
    const bool is_at_end = fault->place == WithoutComment(line).size();
    const std::string closing = is_at_end ? "" : absl::StrCat("\"", behind.substr(0, 1), "\"");
    if (fault->wanted != 0) {
      const std::string wanted(1, fault->wanted);
      Try(number, absl::StrCat(before, wanted, behind),
          absl::StrCat("\"", std::string(1, fault->opened), "\" is not closed: want \"", wanted, "\" ",
                       is_at_end ? "at the end" : absl::StrCat("before ", closing)));
    }
    if (!is_at_end) {
      Try(number, absl::StrCat(before, behind.substr(1)), absl::StrCat(closing, " closes nothing: take it away"));
    }
  }

  void TryIndentation(std::size_t number) {
    const absl::string_view line = source_.Line(number);
    if (ValueBegin(line) == IndentationOf(line)) return;  // neither a key nor an item
    TryIndentations(number, absl::StrCat("it begins in column ", IndentationOf(source_.Line(number)) + 1,
                                         ", where nothing can be continued"));
  }

  // Under each of the lines before that may be continued.
  void TryIndentations(std::size_t number, absl::string_view why) {
    const absl::string_view line = source_.Line(number);
    const std::size_t own = IndentationOf(line);
    std::size_t least = absl::string_view::npos;
    for (std::size_t i = number; i-- > 0 && least > 0 && i + kMostLinesBack > number && !is_over();) {
      const absl::string_view before = source_.Line(i);
      if (IsIdle(before)) continue;
      const std::size_t indentation = IndentationOf(before);
      if (indentation >= least) continue;
      least = indentation;
      const std::size_t key = KeyBegin(before);
      const bool is_value_below = absl::EndsWith(WithoutComment(before), ":");
      for (const std::size_t column : {is_value_below ? key + 2 : key, key, indentation}) {
        if (is_over()) return;
        if (column == own && !absl::StrContains(line.substr(0, own), '\t')) continue;
        Try(number, absl::StrCat(std::string(column, ' '), line.substr(own)),
            absl::StrCat(why, ": column ", column + 1, ", under line ", i + 1, ", would fit"));
      }
    }
  }

  // Takes the sentence if the text with `replacement` in the place of the line reads beyond the mistake.
  void Try(std::size_t number, absl::string_view replacement, absl::string_view sentence) {
    const absl::string_view text = source_.text();
    const absl::string_view line = source_.Line(number);
    const auto begin = static_cast<std::size_t>(line.data() - text.data());
    if (is_over() || replacement == line) return;
    const std::size_t end = std::max(source_.LineStart(last_line_ + 1 + kLinesBehind), begin + line.size());
    const std::string repaired =
        absl::StrCat(text.substr(0, begin), replacement, text.substr(begin + line.size(), end - begin - line.size()));
    read_bytes_ += repaired.size();
    if (!ReadsBeyond(repaired, last_line_)) return;
    sentence_ = number == last_line_ ? std::string(sentence) : absl::StrCat("line ", number + 1, ": ", sentence);
  }

  const SourceText& source_;
  const std::size_t last_line_;
  std::size_t read_bytes_ = 0;
  std::string sentence_;
};

}  // namespace

std::string FindRemedy(const SourceText& source, std::size_t line, std::size_t* trial_bytes) {
  Search search(source, line);
  std::string sentence = search.Find();
  if (trial_bytes != nullptr) *trial_bytes = search.read_bytes();
  return sentence;
}

std::string FindKeyRemedy(absl::string_view text, absl::Span<const std::string> known) {
  const auto begins_with_key = [known](absl::string_view line) {
    const absl::string_view key = absl::StripAsciiWhitespace(line.substr(0, line.find(':')));
    return std::find(known.begin(), known.end(), key) != known.end();
  };
  const Lookalike* lookalike = FindLookalike(text);
  if (lookalike != nullptr) {
    // No key has blanks around it, and no text begins with a bracket.
    const bool is_first = absl::StartsWith(text, lookalike->written);
    if (is_first && absl::StrContains(" [{", lookalike->meant)) return LookalikeText(*lookalike);
    const std::string plain = WithoutLookalikes(text, /*width_of_blank=*/1);
    return begins_with_key(plain.substr(KeyBegin(plain))) ? LookalikeText(*lookalike) : "";
  }
  if (absl::StartsWith(text, "-")) return begins_with_key(text.substr(1)) ? std::string(kNoBlankBehindDash) : "";
  const bool has_colon = absl::StrContains(text, ':');
  return has_colon && begins_with_key(text) ? std::string(kNoBlankBehindColon) : "";
}

}  // namespace awase::yaml_internal
