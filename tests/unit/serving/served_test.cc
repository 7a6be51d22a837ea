#include "awase/serving/served.h"

#include <cmath>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "awase/artefact/canary.h"
#include "awase/artefact/model.h"
#include "gtest/gtest.h"
#include "tests/testing/camera_shop.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::serving {
namespace {

// The formula of docs/rules.md, in other words.
std::uint64_t Place(const std::string& salt, const std::string& id) {
  const auto fnv = [](const std::string& text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash;
  };
  const auto mix = [](std::uint64_t hash) {
    hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdULL;
    hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return hash ^ (hash >> 33);
  };
  return ((mix(fnv(id) ^ mix(fnv(salt))) >> 32) * 1'000'000) >> 32;
}

class ServedTest : public ::testing::Test {
 protected:
  void SetUp() override {
    served_.active = Open(1000);
    served_.canary = Open(1100);
  }

  std::shared_ptr<const engine::Snapshot> Open(std::int64_t film_minor) {
    const auto version = testing::WriteCameraShop(dir_.path(), film_minor);
    AWASE_EXPECT_OK(version.status());
    return engine::Snapshot::Create(*artefact::Model::Open(dir_.Join(*version)), std::make_shared<rules::RuleSet>());
  }
  bool IsForCanary(std::uint32_t share, const std::string& customer) {
    served_.canary_share_basis_points = share;
    return served_.IsForCanary(customer, "");
  }

  testing::TempDir dir_;
  Served served_;
};

TEST_F(ServedTest, CustomersAreChosenByTheFormulaOfTheDocumentation) {
  const std::string version = served_.canary->model().version();
  for (int i = 0; i < 1000; ++i) {
    const std::string customer = absl::StrCat("customer-", i);
    ASSERT_EQ(IsForCanary(500, customer), Place(version, customer) < 50'000) << customer;
  }
}

TEST_F(ServedTest, TheShareOfTheCustomersIsTheShareThatIsAsked) {
  constexpr int kCustomers = 100'000;
  for (const std::uint32_t share : {1u, 100u, 500u, 2500u, 5000u, 9999u}) {
    int chosen = 0;
    for (int i = 0; i < kCustomers; ++i) chosen += IsForCanary(share, absl::StrCat("c", i)) ? 1 : 0;
    const double expected = kCustomers * share / 10'000.0;
    const double deviation = std::sqrt(expected * (1 - share / 10'000.0));
    EXPECT_NEAR(chosen, expected, 5 * deviation + 1) << share;
  }
}

TEST_F(ServedTest, AGrowingShareKeepsTheCustomersThatItHad) {
  for (int i = 0; i < 2000; ++i) {
    const std::string customer = absl::StrCat("c", i);
    bool was_in = false;
    for (std::uint32_t share = 1; share <= artefact::kWholeShare; share += 199) {
      const bool is_in = IsForCanary(share, customer);
      ASSERT_TRUE(is_in || !was_in) << customer << " at " << share;
      was_in = is_in;
    }
    EXPECT_TRUE(IsForCanary(artefact::kWholeShare, customer));
  }
}

TEST_F(ServedTest, AnotherVersionHasOtherCustomers) {
  const Served swapped = {served_.canary, served_.active, 5000};
  served_.canary_share_basis_points = 5000;
  int both = 0;
  for (int i = 0; i < 10'000; ++i) {
    const std::string customer = absl::StrCat("c", i);
    both += served_.IsForCanary(customer, "") && swapped.IsForCanary(customer, "") ? 1 : 0;
  }
  EXPECT_NEAR(both, 2500, 250);
}

TEST_F(ServedTest, TheSessionSpeaksForWhomNothingElseDoes) {
  served_.canary_share_basis_points = 5000;
  std::string in;
  std::string out;
  for (int i = 0; in.empty() || out.empty(); ++i) {
    const std::string id = absl::StrCat("s", i);
    (served_.IsForCanary("", id) ? in : out) = id;
  }
  EXPECT_TRUE(served_.IsForCanary(in, ""));
  EXPECT_TRUE(served_.IsForCanary(in, out));
  EXPECT_FALSE(served_.IsForCanary(out, in));
  served_.canary_share_basis_points = artefact::kWholeShare;
  EXPECT_FALSE(served_.IsForCanary("", "")) << "nobody knows whether it was the same one";
  served_.canary = nullptr;
  EXPECT_FALSE(served_.IsForCanary(in, ""));
}

}  // namespace
}  // namespace awase::serving
