// write_shop --products N --rules N --out FOLDER: a made-up shop for the server under load (docs/benchmarks.md):
// products.csv, and two folders of rules, rules/ and other_rules/. Its orders are those of bench/peers/generate.

#include <cstdint>
#include <cstdio>
#include <string>

#include "CLI/CLI.hpp"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "bench/service/large_shop.h"
#include "bench/service/large_shop_rules.h"

namespace awase::load {
namespace {

struct Flags {
  std::uint32_t products = 1'000'000;
  std::uint32_t rules = 1'000;
  std::string out;
};

absl::Status WriteRules(const LargeShop& shop, std::uint32_t count, std::uint64_t seed, const std::string& folder) {
  AWASE_RETURN_IF_ERROR(MakeDirectories(folder));
  for (const rules::RuleFile& file : LargeShopRules(shop, count, seed)) {
    AWASE_RETURN_IF_ERROR(WriteFile(JoinPath(folder, file.name), file.content));
  }
  return absl::OkStatus();
}

absl::Status Write(const Flags& flags) {
  const LargeShop shop(flags.products);
  AWASE_RETURN_IF_ERROR(MakeDirectories(flags.out));
  AWASE_RETURN_IF_ERROR(WriteFile(JoinPath(flags.out, "products.csv"), shop.ProductsCsv()));
  AWASE_RETURN_IF_ERROR(WriteRules(shop, flags.rules, 1, JoinPath(flags.out, "rules")));
  return WriteRules(shop, flags.rules, 2, JoinPath(flags.out, "other_rules"));
}

}  // namespace
}  // namespace awase::load

int main(int argc, char** argv) {
  awase::load::Flags flags;
  CLI::App app("Writes the catalogue and the rules of a made-up shop.");
  app.add_option("--products", flags.products)
      ->check(CLI::Range(awase::load::LargeShop::kRoles * awase::load::LargeShop::kModels,
                         awase::load::LargeShop::kMaxProducts))
      ->capture_default_str();
  app.add_option("--rules", flags.rules, "In each of the two folders")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  app.add_option("--out", flags.out, "Folder to write to")->required();
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = awase::load::Write(flags);
  if (status.ok()) return 0;
  std::fprintf(stderr, "write_shop: %s\n", std::string(status.message()).c_str());
  return 1;
}
