#include "awase/rules/nearest_product.h"

#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"

namespace awase::rules {
namespace {

// Everything short is near to everything short.
constexpr std::size_t kShortestId = 4;
constexpr std::size_t kLongestId = 64;
constexpr absl::string_view kCharacters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.";

// Tries ids until two of them are known.
class Search {
 public:
  Search(absl::string_view id, const std::function<bool(absl::string_view id)>& knows) : id_(id), knows_(knows) {}

  std::string Find() {
    Try(absl::AsciiStrToUpper(id_));
    Try(absl::AsciiStrToLower(id_));
    for (std::size_t i = 0; i <= id_.size() && !is_ambiguous_; ++i) TryAt(i);
    return is_ambiguous_ ? "" : found_;
  }

 private:
  void TryAt(std::size_t place) {
    for (const char character : kCharacters) Try(std::string(id_).insert(place, 1, character));
    if (place == id_.size()) return;
    std::string changed = id_;
    for (const char character : kCharacters) {
      changed[place] = character;
      Try(changed);
    }
    Try(std::string(id_).erase(place, 1));
    if (place + 1 == id_.size()) return;
    changed = id_;
    std::swap(changed[place], changed[place + 1]);
    Try(changed);
  }

  void Try(const std::string& id) {
    if (is_ambiguous_ || id.empty() || id == found_ || !knows_(id)) return;
    is_ambiguous_ = !found_.empty();
    found_ = id;
  }

  std::string id_;
  const std::function<bool(absl::string_view id)>& knows_;
  std::string found_;
  bool is_ambiguous_ = false;
};

}  // namespace

std::string NearestProduct(absl::string_view id, const std::function<bool(absl::string_view id)>& knows) {
  const bool is_searched = id.size() >= kShortestId && id.size() <= kLongestId;
  return is_searched ? Search(id, knows).Find() : "";
}

}  // namespace awase::rules
