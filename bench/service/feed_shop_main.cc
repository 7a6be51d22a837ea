// feed_shop --server HOST:PORT --products N --updates N: the feed of a made-up shop that write_shop wrote. Tells a
// server with --live prices and stock of now of so many products, each once, and waits until all are in effect.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "awase/v1/catalog.grpc.pb.h"
#include "bench/service/shop_feed.h"
#include "grpcpp/grpcpp.h"

namespace awase::load {
namespace {

using Stream = grpc::ClientReaderWriter<v1::UpdateProductsRequest, v1::UpdateProductsResponse>;

constexpr std::uint32_t kUpdatesOfMessage = 10'000;

struct Flags {
  std::string address;
  std::uint32_t products = 1'000'000;
  std::uint32_t updates = 100'000;
};

absl::Status Send(const v1::UpdateProductsRequest& message, Stream* stream) {
  v1::UpdateProductsResponse response;
  if (!stream->Write(message) || !stream->Read(&response)) return absl::OkStatus();  // Finish says why
  if (response.error_count() > 0) return absl::InvalidArgumentError(response.errors(0).message());
  return absl::OkStatus();
}

absl::Status Feed(const Flags& flags) {
  const LargeShop shop(flags.products);
  const auto stub = v1::CatalogService::NewStub(grpc::CreateChannel(flags.address, grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream = stub->UpdateProducts(&context);
  absl::Status sent;
  for (std::uint32_t first = 0; first < flags.updates && sent.ok(); first += kUpdatesOfMessage) {
    sent =
        Send(UpdatesOf(shop, flags.updates, first, std::min(kUpdatesOfMessage, flags.updates - first)), stream.get());
  }
  stream->WritesDone();
  const grpc::Status ended = stream->Finish();
  if (!ended.ok()) return absl::Status(static_cast<absl::StatusCode>(ended.error_code()), ended.error_message());
  return sent;
}

}  // namespace
}  // namespace awase::load

int main(int argc, char** argv) {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);  // as `awase serve`
  awase::load::Flags flags;
  CLI::App app("Tells a server the prices and stock of now of a made-up shop.");
  app.add_option("--server", flags.address, "HOST:PORT")->required();
  app.add_option("--products", flags.products, "As write_shop had it")
      ->check(CLI::Range(1U, awase::load::LargeShop::kMaxProducts))
      ->capture_default_str();
  app.add_option("--updates", flags.updates, "Of how many products; at most all")
      ->check(CLI::Range(1U, awase::load::LargeShop::kMaxProducts))
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  flags.updates = std::min(flags.updates, flags.products);
  const absl::Status status = awase::load::Feed(flags);
  if (status.ok()) return 0;
  std::fprintf(stderr, "feed_shop: %s\n", std::string(status.message()).c_str());
  return 1;
}
