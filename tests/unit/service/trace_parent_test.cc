#include "service/trace_parent.h"

#include <string>

#include "gtest/gtest.h"

namespace awase::service {
namespace {

constexpr char kTrace[] = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr char kSpan[] = "00f067aa0ba902b7";

std::string Header(const std::string& version, const std::string& trace, const std::string& span,
                   const std::string& rest) {
  return version + "-" + trace + "-" + span + "-" + rest;
}

TEST(ParseTraceParent, SaysTraceAndSpan) {
  const std::string header = Header("00", kTrace, kSpan, "01");
  const auto parent = ParseTraceParent(header);
  ASSERT_TRUE(parent.has_value());
  EXPECT_EQ(parent->trace_id, kTrace);
  EXPECT_EQ(parent->span_id, kSpan);
}

TEST(ParseTraceParent, LaterVersionsMaySayMore) {
  EXPECT_TRUE(ParseTraceParent(Header("01", kTrace, kSpan, "01")).has_value());
  EXPECT_TRUE(ParseTraceParent(Header("cc", kTrace, kSpan, "01-what the future will be")).has_value());
  EXPECT_FALSE(ParseTraceParent(Header("cc", kTrace, kSpan, "01.what")).has_value());
  EXPECT_FALSE(ParseTraceParent(Header("00", kTrace, kSpan, "01-what")).has_value());
}

TEST(ParseTraceParent, WhatIsMalformedIsNothing) {
  const std::string good = Header("00", kTrace, kSpan, "01");
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(ParseTraceParent(good.substr(0, size)).has_value()) << size;
    for (const char wrong : {'A', 'g', ' ', '_', '\0', '\xff'}) {
      std::string changed = good;
      changed[size] = wrong;
      EXPECT_FALSE(ParseTraceParent(changed).has_value()) << changed;
    }
  }
  EXPECT_FALSE(ParseTraceParent(Header("ff", kTrace, kSpan, "01")).has_value());
  EXPECT_FALSE(ParseTraceParent(Header("00", std::string(32, '0'), kSpan, "01")).has_value());
  EXPECT_FALSE(ParseTraceParent(Header("00", kTrace, std::string(16, '0'), "01")).has_value());
  EXPECT_FALSE(ParseTraceParent(" " + good).has_value());
  EXPECT_FALSE(ParseTraceParent(good + "," + good).has_value());
}

}  // namespace
}  // namespace awase::service
