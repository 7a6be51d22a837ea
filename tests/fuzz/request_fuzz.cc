// Any bytes as a request, as protobuf and as JSON, and choices of bytes as a request that is mostly sound: refused with
// a message, or answered as the API's documentation promises. The first byte says what the rest is, the second which
// rules and live values serve.

#include <unistd.h>  // getpid

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "awase/engine/recommend.h"
#include "awase/live/live_catalogue.h"
#include "awase/rules/load_rules.h"
#include "awase/service/json_text.h"
#include "awase/service/respond.h"
#include "awase/serving/catalogue_facts.h"
#include "service/connect_protocol.h"
#include "service/list_ladders.h"
#include "service/product_feed.h"
#include "tests/testing/answer_promises.h"
#include "tests/testing/fuzz_checks.h"
#include "tests/testing/request_of_bytes.h"
#include "tests/testing/rich_shop.h"

namespace {

using awase::engine::Snapshot;
using awase::service::FromJsonText;
using awase::service::JsonLayout;
using awase::service::ToJsonText;
using awase::testing::Check;
using awase::testing::Choices;
using awase::testing::ValueOf;
using google::protobuf::Message;
namespace v1 = awase::v1;

absl::Time Now() { return absl::FromUnixSeconds(1'795'000'000); }

// Removed with the process.
const std::string& Folder() {
  struct Made {
    std::string path =
        (std::filesystem::temp_directory_path() / absl::StrCat("awase-request-fuzz-", getpid())).string();
    Made() { std::filesystem::create_directories(path); }
    ~Made() { std::filesystem::remove_all(path); }
  };
  static const Made made;
  return made.path;
}

// Without rules, with rules, and with rules and live values.
using Snapshots = std::array<std::shared_ptr<const Snapshot>, 3>;

Snapshots MakeSnapshots() {
  const auto model = ValueOf(awase::testing::RichShop().Build(Folder()));
  const awase::rules::CatalogueFacts facts = awase::serving::FactsOf(model);
  const awase::rules::RuleFile file = {"rules.yaml", std::string(awase::testing::RichShopRules())};
  const awase::rules::LoadResult loaded = awase::rules::LoadRules({file}, &facts, Now());
  for (const awase::rules::Diagnostic& finding : loaded.diagnostics) {
    Check(finding.severity == awase::rules::Severity::kWarning, finding.ToString());
  }
  const auto plain = Snapshot::Create(model, std::make_shared<const awase::rules::RuleSet>());
  const auto ruled = Snapshot::Create(model, loaded.rules);
  return {plain, ruled, ruled->WithLive(awase::testing::RichShopLiveValues(*model))};
}

const Snapshots& TheSnapshots() {
  static const Snapshots& snapshots = *new Snapshots(MakeSnapshots());
  return snapshots;
}

// The error is one of the request, and can be told over HTTP.
void CheckError(const absl::Status& status) {
  Check(status.code() == absl::StatusCode::kInvalidArgument || status.code() == absl::StatusCode::kFailedPrecondition,
        status.ToString());
  Check(!status.message().empty(), "an error has a message");
  Check(!awase::service::ConnectError(status).body.empty(), "an error has a body");
}

void CheckReadAs(const std::string& json, const Message& message) {
  const std::unique_ptr<Message> read(message.New());
  const absl::Status status = FromJsonText(json, read.get());
  Check(status.ok(), absl::StrCat(status.ToString(), " in ", json));
  Check(read->SerializeAsString() == message.SerializeAsString(), absl::StrCat("it is another message: ", json));
}

// An answer is printed, and what is printed is read as the same message.
void CheckJson(const Message& answer) { CheckReadAs(ValueOf(ToJsonText(answer, JsonLayout::kCompact)), answer); }

// A request may have a time that JSON cannot write.
void CheckJsonIfAny(const Message& request) {
  const absl::StatusOr<std::string> json = ToJsonText(request, JsonLayout::kCompact);
  if (json.ok()) CheckReadAs(*json, request);
}

// The offers without what is said of them.
std::string OffersOf(const v1::RecommendResponse& response) {
  std::string offers;
  for (const v1::Slot& slot : response.slots()) {
    absl::StrAppend(&offers, slot.name(), ":");
    for (const v1::Offer& offer : slot.offers()) {
      absl::StrAppend(&offers, " ", offer.product().product_id(), " ", offer.price().minor_units(), " ", offer.score());
    }
    absl::StrAppend(&offers, "\n");
  }
  return offers;
}

void Recommend(const Snapshot& snapshot, const v1::RecommendRequest& request) {
  v1::RecommendResponse response;
  const absl::Status status = awase::service::Respond(snapshot, nullptr, request, Now(), &response);
  if (!status.ok()) return CheckError(status);
  const std::string broken = awase::testing::BrokenPromises(snapshot.model(), request, response);
  Check(broken.empty(),
        absl::StrCat(broken, " in the answer to ", request.DebugString(), "\n", response.DebugString()));
  CheckJson(response);
  v1::RecommendRequest traced = request;
  traced.set_explanation(request.explanation() == v1::RecommendRequest::TRACE ? v1::RecommendRequest::NONE
                                                                              : v1::RecommendRequest::TRACE);
  v1::RecommendResponse other;
  Check(awase::service::Respond(snapshot, nullptr, traced, Now(), &other).ok(), "explanations ask for nothing else");
  Check(OffersOf(response) == OffersOf(other),
        absl::StrCat("offers change with the explanation:\n", OffersOf(response), "\n", OffersOf(other)));
}

void Explain(const Snapshot& snapshot, const v1::ExplainRequest& request) {
  v1::ExplainResponse response;
  const absl::Status status = awase::service::Explain(snapshot, nullptr, request, Now(), &response);
  if (!status.ok()) return CheckError(status);
  Check(response.known() == snapshot.model().Find(request.product_id()).has_value(), "a product is known or not");
  CheckJson(response);
}

// All pages, one after the other.
void ListLadders(const awase::artefact::Model& model, v1::ListLaddersRequest request) {
  for (int pages = 0; pages < 100; ++pages) {
    v1::ListLaddersResponse response;
    const absl::Status status = awase::service::ListLadders(model, request, &response, 7);
    if (!status.ok()) return CheckError(status);
    CheckJson(response);
    if (response.next_page_token().empty()) return;
    request.set_page_token(response.next_page_token());
  }
  Check(false, "pages come to an end");
}

// The pages that prices, stock and visibility have most to do with.
void AskAround(const Snapshot& snapshot) {
  for (const absl::string_view id : {"cam", "film", "p1"}) {
    for (const char* placement : {"product_page", "cart", "renewal"}) {
      v1::RecommendRequest request;
      request.set_placement(placement);
      request.add_product_ids(std::string(id));
      request.add_cart()->set_product_id("mini");
      request.add_cart()->set_product_id("film");
      request.mutable_cart(1)->set_quantity(10);
      v1::Usage* usage = request.mutable_customer()->add_usage();
      usage->set_metric("gb");
      usage->set_quantity(90);
      usage->set_period("2026-10");
      Recommend(snapshot, request);
    }
  }
}

// A message of a feed, in effect on a catalogue of its own; the pages of what serves then.
void Update(const Snapshot& snapshot, const v1::UpdateProductsRequest& request) {
  const std::string directory = absl::StrCat(Folder(), "/live");
  std::filesystem::remove_all(directory);
  awase::live::LiveTable table;
  const auto catalogue = ValueOf(awase::live::LiveCatalogue::Open({.directory = directory}));
  const awase::artefact::Model& model = snapshot.model();
  catalogue->Bind({model.product_count(), [&model](absl::string_view id) { return model.Find(id); },
                   [&table](const awase::live::LiveTable& now) { table = now; }});
  awase::service::ProductFeed feed(catalogue.get(), [&snapshot] { return snapshot.shared_model(); });
  v1::UpdateProductsResponse response;
  const absl::Status status = feed.Update(request, &response);
  Check(status.ok(), status.ToString());
  CheckJson(response);
  Check((response.error_count() == 0) == response.errors().empty(), "errors are counted");
  Check(response.error_count() == 0 || table.size() == 0, "all of a message or nothing");
  AskAround(*snapshot.WithLive(table));
}

template <typename Request>
bool Decode(bool is_json, const std::string& bytes, Request* request) {
  if (!is_json) return request->ParseFromString(bytes);
  const absl::Status status = FromJsonText(bytes, request);
  if (!status.ok()) CheckError(status);
  if (status.ok()) CheckJsonIfAny(*request);
  return status.ok();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const Snapshot& snapshot = *TheSnapshots()[data[1] % TheSnapshots().size()];
  const std::string bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  Choices choices({data + 2, size - 2});
  const bool is_json = (data[0] & 1) != 0;
  v1::RecommendRequest request;
  v1::ExplainRequest explain;
  v1::ListLaddersRequest list;
  v1::UpdateProductsRequest update;
  switch (data[0] / 2 % 6) {
    case 0:
      if (Decode(is_json, bytes, &request)) Recommend(snapshot, request);
      break;
    case 1:
      request = awase::testing::DrawRequest(choices);
      if (is_json) CheckJsonIfAny(request);
      Recommend(snapshot, request);
      break;
    case 2:
      if (Decode(is_json, bytes, &explain)) Explain(snapshot, explain);
      break;
    case 3:
      explain.set_product_id(std::string(choices.TakeOne(awase::testing::RichShopIds())));
      *explain.mutable_request() = awase::testing::DrawRequest(choices);
      Explain(snapshot, explain);
      break;
    case 4:
      if (Decode(is_json, bytes, &list)) ListLadders(snapshot.model(), list);
      break;
    case 5:
      if (is_json ? Decode(is_json, bytes, &update) : (update = awase::testing::DrawUpdates(choices), true)) {
        Update(snapshot, update);
      }
      break;
  }
  return 0;
}
