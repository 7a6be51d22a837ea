#include "awase/base/equal_secrets.h"

#include <string>

#include "gtest/gtest.h"

namespace awase {
namespace {

TEST(EqualSecrets, TellsTextsApartWhereverAByteDiffers) {
  const std::string secret = "0123456789abcdef";
  EXPECT_TRUE(EqualSecrets(secret, std::string(secret)));
  EXPECT_TRUE(EqualSecrets("", ""));
  EXPECT_FALSE(EqualSecrets(secret, ""));
  EXPECT_FALSE(EqualSecrets(secret, secret + "0"));
  for (std::size_t i = 0; i < secret.size(); ++i) {
    std::string other = secret;
    other[i] = 'x';
    EXPECT_FALSE(EqualSecrets(secret, other)) << i;
  }
}

}  // namespace
}  // namespace awase
