#ifndef AWASE_INGEST_INTERNAL_LAST_VALUE_H_
#define AWASE_INGEST_INTERNAL_LAST_VALUE_H_

#include <cstddef>
#include <cstring>

#include "absl/strings/string_view.h"
#include "awase/base/equal_texts.h"

namespace awase::ingest_internal {

// The value of a column's last text: the rows of an order agree in most columns, and most columns have few values.
// Texts are copied, so their buffers may go. single-thread.
template <typename Value>
class LastValue {
 public:
  // Null when the last text was another.
  const Value* Find(absl::string_view text) const {
    return text.size() == size_ && EqualTexts(text, absl::string_view(text_, text.size())) ? &value_ : nullptr;
  }
  const Value& Set(absl::string_view text, const Value& value) {
    value_ = value;
    size_ = kNone;
    if (!text.empty() && text.size() <= sizeof(text_)) {
      std::memcpy(text_, text.data(), text.size());
      size_ = text.size();
    }
    return value_;
  }
  void Forget() { size_ = kNone; }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  char text_[40];
  std::size_t size_ = kNone;
  Value value_{};
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_LAST_VALUE_H_
