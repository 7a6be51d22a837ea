#include "service/wire_writer.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "awase/v1/money.pb.h"
#include "awase/v1/recommendation.pb.h"
#include "gtest/gtest.h"

// Always against protobuf's own bytes.

namespace awase::service {
namespace {

TEST(WireWriter, WritesVarintsOfAllLengths) {
  for (int bits = 0; bits <= 64; ++bits) {
    for (const std::uint64_t off : {-1, 0, 1}) {
      const std::uint64_t value = (bits == 64 ? 0 : std::uint64_t{1} << bits) + off;
      v1::Evidence proto;
      proto.set_units_together(value);
      WireWriter writer;
      writer.Varint(v1::Evidence::kUnitsTogetherFieldNumber, value);
      EXPECT_EQ(writer.bytes(), proto.SerializeAsString()) << value;
    }
  }
}

TEST(WireWriter, WritesSignedNumbers) {
  for (const std::int64_t value :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1}, std::int64_t{-64}, std::numeric_limits<std::int64_t>::min(),
        std::numeric_limits<std::int64_t>::max()}) {
    v1::Money proto;
    proto.set_minor_units(value);
    WireWriter writer;
    writer.Sint64(v1::Money::kMinorUnitsFieldNumber, value);
    EXPECT_EQ(writer.bytes(), proto.SerializeAsString()) << value;
  }
}

TEST(WireWriter, WritesDoubles) {
  for (const double value : {0.0, -0.0, 1.5, std::numeric_limits<double>::infinity(), std::nan("")}) {
    v1::Evidence proto;
    proto.set_lift(value);
    WireWriter writer;
    writer.Double(v1::Evidence::kLiftFieldNumber, value);
    EXPECT_EQ(writer.bytes(), proto.SerializeAsString()) << value;
  }
}

TEST(WireWriter, LengthsOfMessagesMayBeGuessedWrong) {
  for (const std::size_t size : {0, 1, 100, 123, 124, 125, 126, 127, 128, 16'379, 16'380, 16'381, 16'384, 3'000'000}) {
    for (const std::size_t guess : {1, 2, 3}) {
      v1::RecommendResponse proto;
      proto.add_slots()->set_name(std::string(size, 'x'));
      proto.set_token("behind it");
      WireWriter writer;
      writer.Message(v1::RecommendResponse::kSlotsFieldNumber, guess,
                     [&] { writer.Text(v1::Slot::kNameFieldNumber, proto.slots(0).name()); });
      writer.Text(v1::RecommendResponse::kTokenFieldNumber, proto.token());
      EXPECT_EQ(writer.bytes(), proto.SerializeAsString()) << size << " bytes, guessed " << guess;
    }
  }
}

TEST(WireWriter, RepeatedTextsMayBeEmpty) {
  v1::RecommendResponse proto;
  WireWriter writer;
  for (const char* id : {"a", "", "b"}) {
    proto.add_missing_ids(id);
    writer.Element(v1::RecommendResponse::kMissingIdsFieldNumber, id);
  }
  EXPECT_EQ(writer.bytes(), proto.SerializeAsString());
}

TEST(WireWriter, BeginsAnewWhenCleared) {
  WireWriter writer;
  writer.Text(1, "before");
  writer.Clear();
  EXPECT_EQ(writer.bytes(), "");
  writer.Text(v1::Money::kCurrencyCodeFieldNumber, "EUR");
  v1::Money proto;
  proto.set_currency_code("EUR");
  EXPECT_EQ(writer.bytes(), proto.SerializeAsString());
}

}  // namespace
}  // namespace awase::service
