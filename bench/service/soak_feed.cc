#include "bench/service/soak_feed.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "grpcpp/grpcpp.h"

namespace awase::load {
namespace {

constexpr int kMessagesOfStream = 20;
constexpr std::uint64_t kVanishEvery = 7;  // streams
// Prices go round, so that they stay prices.
constexpr std::uint64_t kPrices = 100'000;

std::chrono::system_clock::time_point Deadline() { return std::chrono::system_clock::now() + std::chrono::seconds(30); }

}  // namespace

SoakFeed::SoakFeed(const std::string& address, std::string product, std::string page, std::string currency)
    : product_(std::move(product)), page_(std::move(page)), currency_(std::move(currency)) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  const auto channel = grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
  catalog_ = v1::CatalogService::NewStub(channel);
  recommendations_ = v1::RecommendationService::NewStub(channel);
}

absl::Status SoakFeed::Set(bool in_stock) {
  grpc::ClientContext context;
  context.set_deadline(Deadline());
  const auto stream = catalog_->UpdateProducts(&context);
  v1::UpdateProductsResponse answer;
  const bool is_answered = stream->Write(Message({in_stock ? 111 : 222, in_stock ? 10 : 0})) && stream->WritesDone() &&
                           stream->Read(&answer);
  const grpc::Status status = stream->Finish();
  if (status.ok() && is_answered && answer.error_count() == 0) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("the feed: ", status.error_message(), answer.ShortDebugString()));
}

void SoakFeed::RunStream() {
  grpc::ClientContext context;
  context.set_deadline(Deadline());
  const auto stream = catalog_->UpdateProducts(&context);
  v1::UpdateProductsResponse answer;
  for (int i = 0; i < kMessagesOfStream; ++i) {
    const Told told{static_cast<std::int64_t>(sequence_ % kPrices + 1), static_cast<std::int64_t>(sequence_ % 3)};
    if (!stream->Write(Message(told)) || !stream->Read(&answer)) break;
    if (answer.error_count() > 0 || answer.applied() != 1) Fail(absl::StrCat("a message: ", answer.ShortDebugString()));
    ++report_.acknowledged;
    Check(told);
  }
  if ((report_.streams + report_.vanished) % kVanishEvery == kVanishEvery - 1) {
    stream->Write(Message({1, 1}));  // whether this is taken nobody is told: what comes next has a larger number
    context.TryCancel();
    stream->Finish();
    ++report_.vanished;
    return;
  }
  stream->WritesDone();
  const grpc::Status status = stream->Finish();
  if (!status.ok()) return Fail(absl::StrCat("a stream: ", status.error_code(), " ", status.error_message()));
  ++report_.streams;
}

v1::UpdateProductsRequest SoakFeed::Message(const Told& told) {
  v1::UpdateProductsRequest message;
  v1::ProductUpdate& update = *message.add_updates();
  update.set_product_id(product_);
  update.mutable_price()->set_currency_code(currency_);
  update.mutable_price()->set_minor_units(told.minor_units);
  update.set_stock(told.stock);
  update.set_sequence(++sequence_);
  return message;
}

void SoakFeed::Check(const Told& told) {
  ++report_.checked;
  grpc::ClientContext of_product;
  of_product.set_deadline(Deadline());
  v1::GetProductRequest asked;
  asked.set_product_id(product_);
  v1::Product product;
  grpc::Status status = catalog_->GetProduct(&of_product, asked, &product);
  if (!status.ok()) return Fail(absl::StrCat("GetProduct: ", status.error_message()));
  if (product.price().minor_units() != told.minor_units || product.stock() != told.stock) {
    return Stale(absl::StrCat("GetProduct: ", product.ShortDebugString()));
  }
  grpc::ClientContext of_page;
  of_page.set_deadline(Deadline());
  v1::RecommendRequest request;
  request.add_product_ids(page_);
  v1::RecommendResponse answer;
  status = recommendations_->Recommend(&of_page, request, &answer);
  if (!status.ok()) return Fail(absl::StrCat("Recommend: ", status.error_message()));
  for (const v1::Slot& slot : answer.slots()) {
    for (const v1::Offer& offer : slot.offers()) {
      if (offer.product().product_id() != product_) continue;
      if (told.stock == 0 || offer.product().price().minor_units() != told.minor_units) {
        return Stale(absl::StrCat("an offer: ", offer.ShortDebugString()));
      }
    }
  }
}

void SoakFeed::Stale(const std::string& what) {
  ++report_.stale;
  if (report_.first_problem.empty()) report_.first_problem = absl::StrCat("not what was acknowledged: ", what);
}

void SoakFeed::Fail(const std::string& what) {
  ++report_.failed;
  if (report_.first_problem.empty()) report_.first_problem = what;
}

}  // namespace awase::load
