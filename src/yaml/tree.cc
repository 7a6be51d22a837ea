#include "yaml/internal/tree.h"

#include <algorithm>
#include <cstddef>
#include <exception>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "awase/yaml/quoted.h"
#include "yaml-cpp/depthguard.h"
#include "yaml-cpp/emitterstyle.h"
#include "yaml-cpp/eventhandler.h"
#include "yaml-cpp/exceptions.h"
#include "yaml-cpp/parser.h"
#include "yaml/internal/remedy.h"
#include "yaml/internal/source_text.h"

namespace awase::yaml_internal {
namespace {

// Collects the parser's events. Aliases stay aliases, so nothing can grow beyond the text.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const SourceText& source, const yaml::DecodeOptions& options, Tree* tree)
      : source_(source), options_(options), tree_(tree) {}

  void OnDocumentStart(const YAML::Mark& mark) override { document_start_ = PlaceOf(mark); }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    Node* node = Add(NodeKind::kNull, mark);
    if (node != nullptr && InBlockSequence() && !IsWrittenNull(mark)) {
      node->place = source_.PlaceAt(source_.DashBefore(static_cast<std::size_t>(mark.pos)));
    }
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { Add(NodeKind::kAlias, mark); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) override {
    Node* node = Add(NodeKind::kScalar, mark);
    if (node == nullptr) return;
    node->text = value;
    node->quoted = tag == "!";
    node->tagged = IsTag(tag);
    if (const auto quote = source_.UnclosedQuote(static_cast<std::size_t>(mark.pos))) {
      tree_->unclosed_quote = source_.PlaceAt(*quote);
      StopReading(*tree_->unclosed_quote,
                  "the quote that opens here is not closed on its line: close it, or write a text of several lines "
                  "without quotes below >- or |; the rest is not read");
    }
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value style) override {
    Open(NodeKind::kSequence, mark, tag, style);
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value style) override {
    Open(NodeKind::kMap, mark, tag, style);
  }
  void OnMapEnd() override { Close(); }

  yaml::Place document_start() const { return document_start_; }

 private:
  struct Level {
    Node* node;
    bool block;
  };

  // "?" and "!" are yaml-cpp's marks of scalars without and with quotes.
  static bool IsTag(const std::string& tag) { return !tag.empty() && tag != "?" && tag != "!"; }

  yaml::Place PlaceOf(const YAML::Mark& mark) const {
    return source_.PlaceAt(static_cast<std::size_t>(mark.line), static_cast<std::size_t>(mark.column));
  }

  bool InBlockSequence() const {
    return !open_.empty() && open_.back().block && open_.back().node->kind == NodeKind::kSequence;
  }

  // The parser marks a value that is not there with the token behind it.
  bool IsWrittenNull(const YAML::Mark& mark) const {
    absl::string_view rest = source_.text().substr(static_cast<std::size_t>(mark.pos));
    if (absl::ConsumePrefix(&rest, "~")) return true;
    if (!absl::ConsumePrefix(&rest, "null") && !absl::ConsumePrefix(&rest, "Null") &&
        !absl::ConsumePrefix(&rest, "NULL")) {
      return false;
    }
    return rest.empty() || absl::ascii_isspace(static_cast<unsigned char>(rest.front()));
  }

  Node* Add(NodeKind kind, const YAML::Mark& mark) {
    if (skipped_levels_ > 0 || stopped_) return nullptr;
    if (++nodes_ > options_.max_nodes) {
      StopReading(PlaceOf(mark), absl::StrCat("more than ", options_.max_nodes,
                                              " keys and values: split the file; the rest is not read"));
      return nullptr;
    }
    Node* node = &tree_->root;
    if (!open_.empty()) {
      // Vectors of open nodes but the innermost do not grow, so the pointers in open_ stay valid.
      node = &open_.back().node->children.emplace_back();
    }
    node->kind = kind;
    node->place = PlaceOf(mark);
    return node;
  }

  // What the parser tells after this is passed over.
  void StopReading(yaml::Place place, std::string problem) {
    stopped_ = true;
    tree_->whole = false;
    tree_->problems.push_back({place, "", std::move(problem)});
  }

  void Open(NodeKind kind, const YAML::Mark& mark, const std::string& tag, YAML::EmitterStyle::value style) {
    const bool too_deep = open_.size() >= options_.max_depth;
    Node* node = Add(too_deep ? NodeKind::kTooDeep : kind, mark);
    if (node == nullptr || too_deep) {
      ++skipped_levels_;
      return;
    }
    node->tagged = IsTag(tag);
    open_.push_back({node, style != YAML::EmitterStyle::Flow});
  }

  void Close() {
    if (skipped_levels_ > 0) {
      --skipped_levels_;
    } else {
      open_.pop_back();
    }
  }

  const SourceText& source_;
  const yaml::DecodeOptions& options_;
  Tree* tree_;
  std::vector<Level> open_;
  std::size_t skipped_levels_ = 0;
  std::size_t nodes_ = 0;
  bool stopped_ = false;
  yaml::Place document_start_;
};

void Parse(const SourceText& source, const yaml::DecodeOptions& options, Tree* tree) {
  std::istringstream stream{std::string(source.text())};
  YAML::Parser parser(stream);
  TreeBuilder builder(source, options, tree);
  if (!parser.HandleNextDocument(builder) || !tree->whole) return;
  Tree second;
  TreeBuilder second_builder(source, options, &second);
  if (parser.HandleNextDocument(second_builder)) {
    tree->whole = false;
    tree->problems.push_back(
        {second_builder.document_start(), "", "a second document begins here (\"---\"): write one document per file"});
  }
}

// Of a scalar whose quote is never closed the parser tells nothing but where the text ends. Closed there, it is told
// with its beginning, and so refused by the builder.
bool FindUnclosedQuote(const SourceText& source, std::size_t end, const yaml::DecodeOptions& options, Tree* tree) {
  for (const char quote : {'"', '\''}) {
    *tree = Tree();
    std::istringstream stream{absl::StrCat(source.text().substr(0, end), std::string(1, quote))};
    YAML::Parser parser(stream);
    TreeBuilder builder(source, options, tree);
    try {
      parser.HandleNextDocument(builder);
    } catch (const YAML::Exception&) {
      // What else is wrong behind the quote is of no interest.
    }
    if (tree->unclosed_quote.has_value()) return true;
  }
  return false;
}

void ReportSyntaxError(const SourceText& source, const yaml::DecodeOptions& options, const YAML::Exception& error,
                       Tree* tree) {
  if (!tree->whole) return;  // behind what ended the reading
  const bool has_place = !error.mark.is_null();
  const bool is_cut = error.msg == YAML::ErrorMsg::EOF_IN_SCALAR || error.msg == YAML::ErrorMsg::DOC_IN_SCALAR;
  if (Tree closed;
      has_place && is_cut && FindUnclosedQuote(source, static_cast<std::size_t>(error.mark.pos), options, &closed)) {
    *tree = std::move(closed);
    return;
  }
  tree->whole = false;
  const yaml::Place place =
      has_place ? source.PlaceAt(static_cast<std::size_t>(error.mark.line), static_cast<std::size_t>(error.mark.column))
                : yaml::Place();
  const std::string remedy = has_place ? FindRemedy(source, static_cast<std::size_t>(error.mark.line)) : "";
  tree->problems.push_back(
      {place, "",
       absl::StrCat("not valid YAML from here on: ", yaml::Printable(error.msg), remedy.empty() ? "" : "; ", remedy)});
}

}  // namespace

Tree ParseTree(absl::string_view text, const yaml::DecodeOptions& options) {
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");  // a byte order mark
  const SourceText source(text);
  Tree tree;
  tree.root.place = {1, 1};
  // Before the parser, which takes U+0004 for the end of the text and would pass over the rest in silence.
  if (const std::optional<yaml::Problem> bad = source.FindBadByte()) {
    tree.whole = false;
    tree.problems.push_back(*bad);
    return tree;
  }
  // The parser queues a token of some 250 bytes for each "[" and "{" of a line before it tells of any of them. Each
  // would be a node, so more of them than nodes are refused anyway.
  const auto openings = std::count_if(text.begin(), text.end(), [](char c) { return c == '[' || c == '{'; });
  if (static_cast<std::size_t>(openings) > options.max_nodes) {
    tree.whole = false;
    tree.problems.push_back(
        {yaml::Place(), "",
         absl::StrCat("more than ", options.max_nodes, " lists and maps in brackets: split the file")});
    return tree;
  }
  try {
    Parse(source, options, &tree);
  } catch (const YAML::DeepRecursion&) {
    // The parser's own bound (some 500 levels), far above any max_depth.
    tree.whole = false;
    tree.problems.push_back({yaml::Place(), "", "not readable: lists and maps are nested too deep"});
  } catch (const YAML::Exception& error) {
    ReportSyntaxError(source, options, error, &tree);
  } catch (const std::exception& error) {
    tree.whole = false;
    tree.problems.push_back({yaml::Place(), "", absl::StrCat("cannot be read as YAML: ", error.what())});
  }
  return tree;
}

}  // namespace awase::yaml_internal
