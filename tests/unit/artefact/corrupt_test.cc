// Whatever happens to the bytes of an artefact, opening it gives a clean error or the right answers, never a crash. Run
// it under ASan.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "artefact/internal/format.h"
#include "artefact/internal/manifest.h"
#include "awase/artefact/model.h"
#include "awase/base/files.h"
#include "awase/base/sha256.h"
#include "tests/testing/small_artefact.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::artefact {
namespace {

using ::awase::testing::StatusIs;
using ::awase::testing::TempDir;
using ::testing::AnyOf;
using ::testing::HasSubstr;

class CorruptArtefact : public ::testing::Test {
 protected:
  CorruptArtefact() : directory_(dir_.Join(testing::WriteSmallVersion(dir_.path()))) {
    for (const auto& entry : std::filesystem::directory_iterator(directory_)) files_.push_back(entry.path().string());
  }

  // Without WriteFile's fsync, which would make these tens of thousands of writes last minutes.
  static void Put(const std::string& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    ASSERT_TRUE(file.good());
  }

  // Makes the manifest agree with the sections as they are now, as an attacker or a bug in the writer would.
  void Reseal() {
    artefact_internal::Manifest manifest =
        *artefact_internal::ManifestFromJson(*ReadFile(directory_ + "/manifest.json"));
    for (auto& [name, section] : manifest.sections) {
      const std::string bytes = *ReadFile(directory_ + "/" + artefact_internal::SectionFile(name));
      section = {bytes.size(), Sha256Hex(bytes)};
    }
    manifest.version = artefact_internal::ComputeVersion(manifest);
    const std::string json = artefact_internal::ManifestToJson(manifest);
    Put(directory_ + "/manifest.json", json);
    Put(directory_ + "/manifest.sha256", Sha256Hex(json) + "  manifest.json\n");
  }

  // Uses everything an opened model offers.
  static void ReadAll(const Model& model) {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < model.product_count(); ++i) {
      const ProductView product = model.product(ProductAt(i));
      bytes += product.product_id().size() + product.title().size() + product.image_url().size();
      EXPECT_EQ(model.Find(product.product_id()), ProductAt(i));
      for (std::size_t a = 0; a < product.attribute_count(); ++a) bytes += product.attribute(a).text.size();
      for (const ProductIndex variant : model.variants(model.root(ProductAt(i)))) bytes += Slot(variant);
      for (const auto& entry : model.related(relations::RelationKind::kBoughtTogether, ProductAt(i))) {
        bytes += model.product(entry.other).product_id().size();
      }
      for (const auto& weight : model.cart_weights(ProductAt(i))) {
        bytes += model.product(weight.other).product_id().size();
        EXPECT_TRUE(std::isfinite(weight.weight + model.cart_baseline(weight.other)));
      }
      for (const auto& rung : model.rungs(ProductAt(i))) bytes += model.product(rung.other).product_id().size();
    }
    EXPECT_GT(bytes, 0u);
  }

  TempDir dir_;
  std::string directory_;
  std::vector<std::string> files_;
};

TEST_F(CorruptArtefact, EveryFlippedBitIsFound) {
  for (const std::string& path : files_) {
    const std::string good = *ReadFile(path);
    for (std::size_t position = 0; position < good.size(); ++position) {
      std::string bad = good;
      bad[position] = static_cast<char>(bad[position] ^ (1 << position % 8));
      Put(path, bad);
      const auto model = Model::Open(directory_);
      ASSERT_FALSE(model.ok()) << path << " byte " << position;
      // A flipped digit of format_version may read as a newer format.
      ASSERT_THAT(model.status().code(), AnyOf(absl::StatusCode::kDataLoss, absl::StatusCode::kFailedPrecondition));
    }
    Put(path, good);
  }
  AWASE_EXPECT_OK(Model::Open(directory_));
}

TEST_F(CorruptArtefact, EveryCutIsFound) {
  for (const std::string& path : files_) {
    const std::string good = *ReadFile(path);
    for (std::size_t size = 0; size < good.size(); ++size) {
      Put(path, good.substr(0, size));
      ASSERT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss)) << path << " cut to " << size;
    }
    Put(path, good);
  }
}

TEST_F(CorruptArtefact, AMissingFileIsFound) {
  for (const std::string& path : files_) {
    const std::string good = *ReadFile(path);
    ASSERT_TRUE(RemoveTree(path).ok());
    EXPECT_FALSE(Model::Open(directory_).ok()) << path;
    Put(path, good);
  }
}

// With checksums that fit, the bounds are all that is left: nothing may be read out of them.
TEST_F(CorruptArtefact, BytesOutOfBoundsAreRefusedEvenWithRightChecksums) {
  for (const std::string& path : files_) {
    if (path.find("manifest") != std::string::npos) continue;
    const std::string good = *ReadFile(path);
    for (std::size_t position = 0; position < good.size(); ++position) {
      for (const int value : {0x00, 0x7f, 0xff}) {
        std::string bad = good;
        bad[position] = static_cast<char>(value);
        Put(path, bad);
        Reseal();
        const auto model = Model::Open(directory_);
        if (model.ok()) {
          ReadAll(**model);
        } else {
          ASSERT_THAT(model, StatusIs(absl::StatusCode::kDataLoss)) << path << " byte " << position;
        }
      }
    }
    Put(path, good);
    Reseal();
  }
}

TEST_F(CorruptArtefact, AStringThatIsNotUtf8IsRefused) {
  const std::string path = directory_ + "/string_bytes.bin";
  const std::string good = *ReadFile(path);
  const std::size_t place = good.find("Léa");
  ASSERT_NE(place, std::string::npos);
  std::string bytes = good;
  bytes[place + 1] = '\xFF';
  Put(path, bytes);
  Reseal();
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("not UTF-8")));
}

TEST_F(CorruptArtefact, AStringThatEndsWithinACharacterIsRefused) {
  const std::size_t within = ReadFile(directory_ + "/string_bytes.bin")->find("Léa") + 2;
  const std::string path = directory_ + "/string_offsets.bin";
  std::string bytes = *ReadFile(path);
  for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
    std::uint64_t offset = 0;
    std::memcpy(&offset, bytes.data() + at, sizeof(offset));
    if (offset < within) continue;
    offset = within;  // where the string that has the character ended
    std::memcpy(bytes.data() + at, &offset, sizeof(offset));
    break;
  }
  Put(path, bytes);
  Reseal();
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("not UTF-8")));
}

TEST_F(CorruptArtefact, APriceOrCostBelowZeroIsRefused) {
  const std::string path = directory_ + "/products.bin";
  const std::string good = *ReadFile(path);
  constexpr std::size_t kPro = 2;  // cam, cam-blue, cam-pro: with price and cost
  for (const std::size_t field : {offsetof(artefact_internal::ProductRecord, price_minor),
                                  offsetof(artefact_internal::ProductRecord, cost_minor)}) {
    std::string bytes = good;
    bytes[kPro * sizeof(artefact_internal::ProductRecord) + field + 7] = '\x80';
    Put(path, bytes);
    Reseal();
    EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("amount is not valid")));
  }
}

TEST_F(CorruptArtefact, AttributesOutOfOrderAreRefused) {
  const std::string path = directory_ + "/attributes.bin";
  const std::string bytes = *ReadFile(path);
  ASSERT_EQ(bytes.size(), 2 * sizeof(artefact_internal::AttributeRecord));
  Put(path, bytes.substr(16) + bytes.substr(0, 16));
  Reseal();
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("in order of name")));
}

TEST_F(CorruptArtefact, AnInfiniteAttributeIsRefused) {
  const std::string path = directory_ + "/attributes.bin";
  std::string bytes = *ReadFile(path);
  const double infinite = std::numeric_limits<double>::infinity();
  std::memcpy(bytes.data() + offsetof(artefact_internal::AttributeRecord, number), &infinite, sizeof(infinite));
  Put(path, bytes);
  Reseal();
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("a number is not valid")));
}

TEST_F(CorruptArtefact, AnEntryThatPointsToAVariantIsRefused) {
  const std::string path = directory_ + "/relation.bought_together.entries.bin";
  std::string bytes = *ReadFile(path);
  bytes[0] = 1;  // the first entry is cam's; its other product becomes cam-blue, a variant
  Put(path, bytes);
  Reseal();
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no root")));
}

TEST_F(CorruptArtefact, AnEntryOfAnUnknownClassOrSourceIsRefused) {
  const std::string path = directory_ + "/relation.bought_together.entries.bin";
  const std::string good = *ReadFile(path);
  for (const auto& [at, value] : {std::pair(28, 2), {29, 5}, {30, 8}, {31, 1}}) {  // claim, class, source, reserved
    std::string bytes = good;
    bytes[static_cast<std::size_t>(at)] = static_cast<char>(value);
    Put(path, bytes);
    Reseal();
    EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("figure"))) << "byte " << at;
  }
}

TEST_F(CorruptArtefact, AClaimThatIsBackedOffIsRefused) {
  const std::string path = directory_ + "/relation.bought_together.entries.bin";
  std::string bytes = *ReadFile(path);
  ASSERT_EQ(bytes[28], 1);
  bytes[30] = 2;
  Put(path, bytes);
  Reseal();
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("figure")));
}

TEST_F(CorruptArtefact, APeriodThatEndsBeforeItBeginsIsRefused) {
  const std::string path = directory_ + "/orders.period.bin";
  const std::string good = *ReadFile(path);
  Put(path, good.substr(8) + good.substr(0, 8));
  Reseal();
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("ends before")));
}

TEST_F(CorruptArtefact, AListWithoutUnitsIsRefused) {
  const std::string path = directory_ + "/relation.bought_together.summary.bin";
  Put(path, std::string(8, '\0') + ReadFile(path)->substr(8));
  Reseal();
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("summary")));
}

TEST_F(CorruptArtefact, TooFewUnitsOfTheOtherProductAreRefused) {
  const std::string name = "relation.bought_together.other_units";
  artefact_internal::Manifest manifest = *artefact_internal::ManifestFromJson(*ReadFile(directory_ + "/manifest.json"));
  const std::string one_number(4, '\0');
  manifest.sections[name] = {one_number.size(), Sha256Hex(one_number)};
  manifest.version = artefact_internal::ComputeVersion(manifest);
  Put(directory_ + "/manifest.json", artefact_internal::ManifestToJson(manifest));
  Put(directory_ + "/" + artefact_internal::SectionFile(name), one_number);
  Reseal();
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("not one per product")));
}

TEST_F(CorruptArtefact, AProductListedTwiceAsAVariantIsRefused) {
  const std::string path = directory_ + "/variants.bin";
  std::string bytes = *ReadFile(path);
  bytes.replace(0, 4, bytes.substr(4, 4));  // cam has three members
  Put(path, bytes);
  Reseal();
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("every product once")));
}

TEST_F(CorruptArtefact, ACartWeightThatPointsToAVariantIsRefused) {
  const std::string path = directory_ + "/cart.weights.bin";
  std::string bytes = *ReadFile(path);
  bytes[0] = 1;  // cam's strongest is film; it becomes cam-blue, a variant
  Put(path, bytes);
  Reseal();
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no root")));
}

TEST_F(CorruptArtefact, CartWeightsOutOfOrderAreRefused) {
  const std::string path = directory_ + "/cart.weights.bin";
  const std::string bytes = *ReadFile(path);
  Put(path, bytes.substr(8, 8) + bytes.substr(0, 8) + bytes.substr(16));
  Reseal();
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("order of strength")));
}

TEST_F(CorruptArtefact, TooFewCartBaselinesAreRefused) {
  const std::string path = directory_ + "/cart.baselines.bin";
  Put(path, ReadFile(path)->substr(4));
  Reseal();
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("one finite number")));
}

TEST_F(CorruptArtefact, RungsWithoutTheirEvidenceAreRefused) {
  const std::string path = directory_ + "/rung_evidence.bin";
  const std::string good = *ReadFile(path);
  ASSERT_GE(good.size(), sizeof(ladder::RungEvidence));
  Put(path, good.substr(sizeof(ladder::RungEvidence)));
  Reseal();
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("one record per rung")));
}

TEST_F(CorruptArtefact, EvidenceThatNamesNoAttributeIsRefused) {
  const std::string path = directory_ + "/rung_evidence.bin";
  std::string bytes = *ReadFile(path);
  bytes[3] = '\x80';  // the 32nd attribute of the first rung's product
  Put(path, bytes);
  Reseal();
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("points outside")));
}

TEST_F(CorruptArtefact, EvidenceThatIsNoShareIsRefused) {
  const std::string path = directory_ + "/rung_evidence.bin";
  std::string bytes = *ReadFile(path);
  const float two = 2;
  std::memcpy(bytes.data() + offsetof(ladder::RungEvidence, returned_dear), &two, sizeof(two));
  Put(path, bytes);
  Reseal();
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("a figure is not valid")));
}

TEST_F(CorruptArtefact, AManifestOfManyLevelsIsRefused) {
  std::string json = *ReadFile(directory_ + "/manifest.json");
  constexpr std::size_t kLevels = 1'000'000;
  json.replace(json.find("\"settings\": {"), 13,
               "\"settings\": {\"deep\": " + std::string(kLevels, '[') + std::string(kLevels, ']') + ",");
  Put(directory_ + "/manifest.json", json);
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("manifest.json")));
}

TEST_F(CorruptArtefact, AFormatVersionThatWouldWrapAroundIsANewerOne) {
  std::string json = *ReadFile(directory_ + "/manifest.json");
  json.replace(json.find("\"format_version\": 4"), 19, "\"format_version\": 4294967297");
  Put(directory_ + "/manifest.json", json);
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("4294967297")));
}

TEST_F(CorruptArtefact, ANewerFormatIsRefusedWithASentence) {
  std::string json = *ReadFile(directory_ + "/manifest.json");
  const std::string current = "\"format_version\": " + std::to_string(artefact_internal::kFormatVersion);
  json.replace(json.find(current), current.size(), "\"format_version\": 99");
  Put(directory_ + "/manifest.json", json);
  EXPECT_THAT(Model::Open(directory_), StatusIs(absl::StatusCode::kFailedPrecondition,
                                                HasSubstr("format 99, this awase reads up to 4: upgrade")));
}

}  // namespace
}  // namespace awase::artefact
