#ifndef AWASE_SERVICE_WIRE_WRITER_H_
#define AWASE_SERVICE_WIRE_WRITER_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>

#include "absl/strings/string_view.h"

namespace awase::service {

// Writes a protobuf message (https://protobuf.dev/programming-guides/encoding/) without making it first: fields of
// proto3 without `optional`, whose default is left out; callers write them in the order of their numbers. The bytes are
// those of protobuf's own serialisation. single-thread; to be used again and again, so that a page allocates nothing.
class WireWriter {
 public:
  void Clear() { size_ = 0; }
  absl::string_view bytes() const { return {buffer_.get(), size_}; }

  // uint32, uint64, bool and enums.
  void Varint(int field, std::uint64_t value) {
    if (value != 0) ForceVarint(field, value);
  }

  // sint64: small negative numbers are short as well.
  void Sint64(int field, std::int64_t value) {
    Varint(field, (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
  }

  void Double(int field, double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    if (bits == 0) return;
    char* const end = WriteTag(Room(kMaxTag + sizeof(bits)), field, kFixed64);
    std::memcpy(end, &bits, sizeof(bits));  // little-endian, as the artefact (artefact/internal/format.h)
    SetEnd(end + sizeof(bits));
  }

  void Text(int field, absl::string_view text) {
    if (!text.empty()) Element(field, text);
  }

  // Of a repeated string, or bytes of a message: empty ones count.
  void Element(int field, absl::string_view text) {
    char* end = WriteTag(Room(kMaxTag + kMaxVarint + text.size()), field, kLengthDelimited);
    end = WriteVarint(end, text.size());
    std::memcpy(end, text.data(), text.size());
    SetEnd(end + text.size());
  }

  // A message, whose fields `write` writes; there even where it has none. Its length is known only behind it: it is
  // guessed to take `length_bytes`, and the message moves where it does not.
  template <typename Write>
  void Message(int field, std::size_t length_bytes, const Write& write) {
    SetEnd(WriteTag(Room(kMaxTag + length_bytes), field, kLengthDelimited) + length_bytes);
    const std::size_t begin = size_;
    write();
    EndMessage(begin, length_bytes);
  }

 private:
  static constexpr std::size_t kMaxVarint = 10;
  static constexpr std::size_t kMaxTag = 5;
  static constexpr unsigned kVarintType = 0;
  static constexpr unsigned kFixed64 = 1;
  static constexpr unsigned kLengthDelimited = 2;

  void ForceVarint(int field, std::uint64_t value) {
    SetEnd(WriteVarint(WriteTag(Room(kMaxTag + kMaxVarint), field, kVarintType), value));
  }

  static char* WriteVarint(char* end, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) *end++ = static_cast<char>(value | 0x80);
    *end++ = static_cast<char>(value);
    return end;
  }

  static char* WriteTag(char* end, int field, unsigned type) {
    return WriteVarint(end, static_cast<std::uint64_t>(field) << 3 | type);
  }

  // The end of what is written, with room for so many bytes behind it.
  char* Room(std::size_t bytes) {
    if (size_ + bytes > capacity_) Grow(bytes);
    return buffer_.get() + size_;
  }

  void SetEnd(const char* end) { size_ = static_cast<std::size_t>(end - buffer_.get()); }

  void Grow(std::size_t bytes);
  void EndMessage(std::size_t begin, std::size_t length_bytes);

  std::unique_ptr<char[]> buffer_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_WIRE_WRITER_H_
