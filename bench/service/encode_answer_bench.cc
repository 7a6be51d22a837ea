// From the engine's answer to the bytes of a response: straight, and by way of a message on an arena. Both make the
// same bytes. A page of four slots: 12 offers with prices, reasons and evidence.

#include <benchmark/benchmark.h>
#include <stdlib.h>  // mkdtemp

#include <filesystem>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/service/convert.h"
#include "google/protobuf/arena.h"
#include "service/encode_answer.h"
#include "tests/testing/model_builder.h"

namespace awase::service {
namespace {

constexpr int kProducts = 64;
constexpr char kToken[] = "4e6b16a2c179-5f1c2ab34d56-18d2a7c.1f";

engine::Offer MakeOffer(int number, const Money& price) {
  engine::Offer offer;
  offer.product = ProductAt(static_cast<std::size_t>(number));
  offer.price = price;
  offer.score = 1.0 / (number + 1);
  offer.reason.text = "Bought together in 1,204 of 13,771 orders with this product, 5.3 times as often as by chance.";
  offer.reason.evidence = engine::Evidence{.units_together = 1204,
                                           .units_anchor = 13'771,
                                           .units_other = 2'210,
                                           .units_total = 1'000'000,
                                           .buyers_together = 990,
                                           .expected_together = 227.1,
                                           .lift = 5.3,
                                           .lift_low = 4.9,
                                           .lift_high = 5.6,
                                           .claim = true};
  if (number % 3 == 0) {
    offer.rung = 1;
    offer.price_difference = price;
    offer.differences.resize(3, {"spec.storage_gb", "128", "256", engine::SpecDifference::Direction::kGained});
  }
  return offer;
}

struct Page {
  std::shared_ptr<const artefact::Model> model;
  engine::Answer answer;
};

Page MakePage() {
  std::string directory = (std::filesystem::temp_directory_path() / "awase-bench-XXXXXX").string();
  if (mkdtemp(directory.data()) == nullptr) return {};
  testing::ModelBuilder builder;
  for (int i = 0; i < kProducts; ++i) {
    catalog::Product& product = builder.Add(absl::StrCat("product-", i), 1000 + i);
    product.title = absl::StrCat("A product of the usual length of titles, number ", i);
    product.url = absl::StrCat("/products/a-product-of-the-usual-length-", i);
    product.image_url = absl::StrCat("/images/", i, "/main-large.jpg");
  }
  Page page{.model = builder.Build(directory).value_or(nullptr)};
  RemoveTree(directory).IgnoreError();  // the mapping keeps the bytes
  if (page.model == nullptr) return page;
  page.answer.slots.resize(4);
  for (int i = 0; i < 12; ++i) {
    engine::Slot& slot = page.answer.slots[static_cast<std::size_t>(i) % 4];
    slot.name = "also_bought";
    slot.offers.push_back(MakeOffer(i, *page.model->product(ProductAt(0)).price()));
    slot.removed[static_cast<std::size_t>(engine::RemovalCause::kLimit)] = 51;
  }
  page.answer.model_version = "4e6b16a2c1792d64";
  page.answer.rule_revision = "5f1c2ab34d56";
  page.answer.language_code = "en";
  return page;
}

const Page& SharedPage() {
  static const auto& page = *new Page(MakePage());
  return page;
}

void BM_EncodeAnswer(benchmark::State& state) {
  const Page& page = SharedPage();
  if (page.model == nullptr) return state.SkipWithError("the shop could not be built");
  WireWriter writer;
  for (auto _ : state) {
    writer.Clear();
    EncodeAnswer(page.answer, engine::Explanation::kReason, *page.model, kToken, &writer);
    benchmark::DoNotOptimize(writer.bytes().data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(writer.bytes().size()));
}
BENCHMARK(BM_EncodeAnswer);

void BM_ByMessage(benchmark::State& state) {
  const Page& page = SharedPage();
  if (page.model == nullptr) return state.SkipWithError("the shop could not be built");
  std::string bytes;
  for (auto _ : state) {
    alignas(std::max_align_t) char first_block[8192];
    google::protobuf::Arena arena(first_block, sizeof(first_block));
    auto* proto = google::protobuf::Arena::CreateMessage<v1::RecommendResponse>(&arena);
    AnswerToProto(page.answer, engine::Explanation::kReason, *page.model, proto);
    proto->set_token(kToken);
    proto->SerializeToString(&bytes);
    benchmark::DoNotOptimize(bytes.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}
BENCHMARK(BM_ByMessage);

}  // namespace
}  // namespace awase::service
