#include "awase/base/little_endian.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase {
namespace {

TEST(LittleEndian, TheLeastByteComesFirst) {
  std::string bytes;
  AppendLittleEndian(std::uint32_t{0x01020304}, bytes);
  AppendLittleEndian(std::int16_t{-2}, bytes);
  EXPECT_EQ(bytes, "\x04\x03\x02\x01\xFE\xFF");
}

TEST(LittleEndian, GivesBackWhatWasWritten) {
  std::string bytes;
  AppendLittleEndian(INT64_MIN, bytes);
  AppendLittleEndian(UINT64_MAX, bytes);
  AppendLittleEndian(std::uint8_t{200}, bytes);
  absl::string_view rest = bytes;
  std::int64_t least = 0;
  std::uint64_t most = 0;
  std::uint8_t small = 0;
  ASSERT_TRUE(TakeLittleEndian(rest, least) && TakeLittleEndian(rest, most) && TakeLittleEndian(rest, small));
  EXPECT_EQ(least, INT64_MIN);
  EXPECT_EQ(most, UINT64_MAX);
  EXPECT_EQ(small, 200);
  EXPECT_EQ(rest, "");
}

TEST(LittleEndian, TakesNothingOfTooFewBytes) {
  absl::string_view rest = "abc";
  std::uint32_t number = 7;
  EXPECT_FALSE(TakeLittleEndian(rest, number));
  EXPECT_EQ(rest, "abc");
  EXPECT_EQ(number, 7U);
}

}  // namespace
}  // namespace awase
