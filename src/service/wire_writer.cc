#include "service/wire_writer.h"

#include <algorithm>

namespace awase::service {
namespace {

constexpr std::size_t kFirstCapacity = 16'384;  // some product pages

}  // namespace

void WireWriter::Grow(std::size_t bytes) {
  const std::size_t capacity = std::max({kFirstCapacity, capacity_ * 2, size_ + bytes});
  std::unique_ptr<char[]> larger(new char[capacity]);
  std::copy_n(buffer_.get(), size_, larger.get());
  buffer_ = std::move(larger);
  capacity_ = capacity;
}

void WireWriter::EndMessage(std::size_t begin, std::size_t length_bytes) {
  const std::size_t length = size_ - begin;
  std::array<char, kMaxVarint> prefix;
  const auto needed = static_cast<std::size_t>(WriteVarint(prefix.data(), length) - prefix.data());
  const std::size_t prefix_begin = begin - length_bytes;
  if (needed != length_bytes) {
    Room(kMaxVarint);
    std::memmove(buffer_.get() + prefix_begin + needed, buffer_.get() + begin, length);
    size_ = prefix_begin + needed + length;
  }
  std::copy_n(prefix.data(), needed, buffer_.get() + prefix_begin);
}

}  // namespace awase::service
