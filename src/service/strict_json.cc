#include "service/strict_json.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "awase/base/status_macros.h"

namespace awase::service {
namespace {

using Json = nlohmann::json;
using Event = Json::parse_event_t;

// Deeper than any message, and little enough for all that walks over a value by calling itself.
constexpr int kMostLevels = 32;

// Sees a text while it is parsed, and remembers the first thing that its value would not tell.
class ParseWatch {
 public:
  // False for what is too deep, which is not kept. Of the root `depth` is 0.
  bool See(int depth, Event event, const Json& value) {
    if (!problem_.ok()) return false;
    switch (event) {
      case Event::object_start:
      case Event::array_start:
        return Open(depth, event == Event::array_start);
      case Event::object_end:
      case Event::array_end:
        levels_.pop_back();
        break;
      case Event::key:
        AddKey(value.get_ref<const std::string&>());
        break;
      case Event::value:
        CountItem();
        break;
    }
    return true;
  }

  const absl::Status& problem() const { return problem_; }

 private:
  // An object or a list that is not closed yet.
  struct Level {
    bool is_list;
    std::size_t items = 0;  // of a list, seen so far
    absl::flat_hash_set<std::string> keys = {};
    std::string last_key = {};
  };

  bool Open(int depth, bool is_list) {
    if (depth >= kMostLevels) {
      problem_ = absl::InvalidArgumentError(
          absl::StrCat("lists and objects in each other: want at most ", kMostLevels, " levels"));
      return false;
    }
    CountItem();
    levels_.push_back({.is_list = is_list});
    return true;
  }

  void CountItem() {
    if (!levels_.empty() && levels_.back().is_list) ++levels_.back().items;
  }

  void AddKey(const std::string& key) {
    Level& object = levels_.back();
    object.last_key = key;
    if (object.keys.insert(key).second) return;
    problem_ = absl::InvalidArgumentError(absl::StrCat("field ", Path(), ": it is there twice"));
  }

  // Of the last key: "usage[1].metric".
  std::string Path() const {
    std::string path;
    for (const Level& level : levels_) {
      if (level.is_list) {
        absl::StrAppend(&path, "[", level.items - 1, "]");
      } else {
        absl::StrAppend(&path, path.empty() ? "" : ".", level.last_key);
      }
    }
    return path;
  }

  std::vector<Level> levels_;
  absl::Status problem_;
};

// "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error …" without what is before the place.
absl::string_view WithoutName(absl::string_view what) {
  const std::size_t place = what.find("line ");
  const std::size_t name_end = what.find("] ");
  if (place != absl::string_view::npos) return what.substr(place);
  return name_end == absl::string_view::npos ? what : what.substr(name_end + 2);
}

}  // namespace

absl::StatusOr<Json> ParseStrictObject(const std::string& text) {
  ParseWatch watch;
  const auto see = [&watch](int depth, Event event, const Json& value) { return watch.See(depth, event, value); };
  try {
    Json json = Json::parse(text, see);
    AWASE_RETURN_IF_ERROR(watch.problem());
    if (json.is_object()) return json;
    return absl::InvalidArgumentError("want one JSON object: {…}");
  } catch (const Json::exception& error) {
    return absl::InvalidArgumentError(absl::StrCat("no JSON: ", WithoutName(error.what())));
  }
}

}  // namespace awase::service
