#include "awase/base/sha256.h"

#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase {
namespace {

// FIPS 180-2, appendix B.1.
constexpr char kAbcDigest[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Sha256, AgreesWithThePublishedVector) {
  EXPECT_EQ(Sha256Hex("abc"), kAbcDigest);
  Sha256 pieces;
  pieces.Update("a");
  pieces.Update("bc");
  EXPECT_EQ(pieces.HexDigest(), kAbcDigest);
}

TEST(Sha256, ReadsFiles) {
  testing::TempDir dir;
  EXPECT_EQ(*Sha256HexOfFile(dir.Write("abc", "abc")), kAbcDigest);
  EXPECT_THAT(Sha256HexOfFile(dir.Join("none")), testing::StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace awase
