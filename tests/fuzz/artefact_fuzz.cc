// Any changes of a version's bytes, sealed with checksums that fit, or not: it is refused, or everything of it can be
// read and served.
//
// The first byte says what is done about seals. Then come changes of nine bytes: section, operation, position (two
// bytes), amount, and a number of four.

#include <unistd.h>  // getpid

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "artefact/internal/format.h"
#include "artefact/internal/manifest.h"
#include "awase/artefact/model.h"
#include "awase/base/files.h"
#include "awase/base/sha256.h"
#include "awase/engine/recommend.h"
#include "awase/rules/load_rules.h"
#include "awase/service/convert.h"
#include "awase/service/json_text.h"
#include "awase/service/respond.h"
#include "service/list_ladders.h"
#include "tests/testing/fuzz_checks.h"
#include "tests/testing/request_of_bytes.h"
#include "tests/testing/rich_shop.h"

namespace {

using awase::ProductAt;
using awase::ProductIndex;
using awase::artefact::Model;
using awase::artefact::ProductView;
using awase::artefact_internal::Manifest;
using awase::service::JsonLayout;
using awase::testing::Check;
using awase::testing::Choices;
using awase::testing::ValueOf;
namespace v1 = awase::v1;

// Without the fsync of WriteFile.
void Put(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  Check(file.good(), path);
}

using Sections = std::map<std::string, std::string>;  // name → bytes

// A version that is changed and mended again, in a folder that is removed with the process.
class Version {
 public:
  Version()
      : folder_((std::filesystem::temp_directory_path() / absl::StrCat("awase-artefact-fuzz-", getpid())).string()) {
    std::filesystem::create_directories(folder_);
    directory_ = absl::StrCat(folder_, "/", ValueOf(awase::testing::RichShop().Build(folder_))->version());
    manifest_ = ValueOf(awase::artefact_internal::ReadManifest(directory_, nullptr));
    for (const auto& [name, info] : manifest_.sections) sections_[name] = ValueOf(awase::ReadFile(PathOf(name)));
  }
  ~Version() { std::filesystem::remove_all(folder_); }
  Version(const Version&) = delete;
  Version& operator=(const Version&) = delete;

  const Sections& sections() const { return sections_; }
  const std::string& directory() const { return directory_; }

  // The manifest of other sections, with their sizes, checksums and version id.
  std::string Seal(const Sections& sections, int format_version) const {
    Manifest manifest = manifest_;
    manifest.format_version = format_version;
    manifest.sections.clear();
    for (const auto& [name, bytes] : sections) manifest.sections[name] = {bytes.size(), awase::Sha256Hex(bytes)};
    manifest.version = awase::artefact_internal::ComputeVersion(manifest);
    return awase::artefact_internal::ManifestToJson(manifest);
  }

  // Changes the files to these, until the next call.
  void Write(const Sections& sections, const std::string& manifest, const std::string& seal) {
    for (const auto& [name, bytes] : sections_) {
      const auto now = sections.find(name);
      const std::string& wanted = now == sections.end() ? bytes : now->second;
      const bool was_changed = changed_.erase(name) > 0;
      if (wanted != bytes) changed_.insert(name);
      if (wanted != bytes || was_changed) Put(PathOf(name), wanted);
    }
    Put(absl::StrCat(directory_, "/manifest.json"), manifest);
    Put(absl::StrCat(directory_, "/manifest.sha256"), seal);
  }

 private:
  std::string PathOf(const std::string& name) const {
    return absl::StrCat(directory_, "/", awase::artefact_internal::SectionFile(name));
  }

  std::string folder_;
  std::string directory_;
  Manifest manifest_;
  Sections sections_;
  std::set<std::string> changed_;
};

Version& TheVersion() {
  static Version version;
  return version;
}

template <typename T>
std::string BytesOf(T value) {
  std::string bytes(sizeof(value), '\0');
  std::memcpy(bytes.data(), &value, sizeof(value));
  return bytes;
}

// Numbers at which something may go wrong, of the types of records.
std::string EdgeOf(std::uint8_t choice) {
  using Limits = std::numeric_limits<std::int64_t>;
  const std::array<std::string, 16> edges = {BytesOf(Limits::max()),
                                             BytesOf(Limits::min()),
                                             BytesOf(std::int64_t{-1}),
                                             BytesOf(std::int64_t{0}),
                                             BytesOf(std::numeric_limits<double>::infinity()),
                                             BytesOf(std::numeric_limits<double>::quiet_NaN()),
                                             BytesOf(std::numeric_limits<double>::max()),
                                             BytesOf(std::numeric_limits<double>::denorm_min()),
                                             BytesOf(std::numeric_limits<float>::infinity()),
                                             BytesOf(std::numeric_limits<float>::quiet_NaN()),
                                             BytesOf(std::numeric_limits<float>::max()),
                                             BytesOf(std::numeric_limits<float>::denorm_min()),
                                             BytesOf(std::numeric_limits<float>::lowest()),
                                             BytesOf(std::uint32_t{0}),
                                             BytesOf(std::uint32_t{0x80000000}),
                                             BytesOf(std::numeric_limits<std::uint32_t>::max())};
  return edges[choice % edges.size()];
}

void Overwrite(std::string& bytes, std::size_t position, const std::string& with) {
  bytes.replace(position, std::min(with.size(), bytes.size() - position), with);
}

// One change. `position` is aligned where records are, for most operations.
void Change(Choices& choices, Sections& sections) {
  auto section = sections.begin();
  std::advance(section, static_cast<std::ptrdiff_t>(choices.TakeByte() % sections.size()));
  std::string& bytes = section->second;
  const std::uint8_t operation = choices.TakeByte();
  const std::size_t place = std::size_t{choices.TakeByte()} << 8U | choices.TakeByte();
  const std::size_t amount = choices.TakeByte();
  std::uint32_t number = 0;
  for (int i = 0; i < 4; ++i) number = number << 8U | choices.TakeByte();
  const std::size_t position = bytes.empty() ? 0 : place % bytes.size();
  const std::size_t aligned = position / 4 * 4;
  switch (operation % 10) {
    case 0:
      return Overwrite(bytes, position, BytesOf(static_cast<std::uint8_t>(number)));
    case 1:
      return Overwrite(bytes, aligned, BytesOf(number));
    case 2:
      return Overwrite(bytes, aligned, BytesOf(std::uint64_t{number}));
    case 3:
      return Overwrite(bytes, aligned, EdgeOf(static_cast<std::uint8_t>(amount)));
    case 4:
      bytes.insert(position, std::string(amount, static_cast<char>(number)));
      return;
    case 5:
      bytes.erase(position, amount);
      return;
    case 6:  // records over others
      return Overwrite(bytes, aligned, bytes.substr(bytes.empty() ? 0 : number % bytes.size() / 4 * 4, amount));
    case 7:
      bytes.resize(position);
      return;
    case 8:
      bytes.append(bytes.substr(position, amount));
      return;
    case 9:
      if (sections.size() > 1) sections.erase(section);
      return;
  }
}

void ReadProduct(const Model& model, const ProductView& product) {
  const ProductIndex index = product.index();
  Check(model.Find(product.product_id()) == index, "a product is found by its id");
  v1::Product proto;
  awase::service::ProductToProto(model, index, &proto);
  Check(awase::service::ToJsonText(proto, JsonLayout::kCompact).ok(), "a product has JSON");
  for (std::size_t i = 0; i < product.attribute_count(); ++i) {
    Check(product.FindAttribute(product.attribute(i).name) == i, "an attribute is found by its name");
  }
  bool is_variant = false;
  for (const ProductIndex variant : model.variants(model.root(index))) is_variant = is_variant || variant == index;
  Check(is_variant, "a product is a variant of its root");
  for (const awase::relations::RelationKind kind : awase::relations::kAllRelationKinds) {
    for (const auto& entry : model.related(kind, index)) {
      Check(!model.product(entry.other).product_id().empty() && model.unit_count(kind) > 0, "an entry is of something");
    }
  }
  for (const auto& weight : model.cart_weights(index)) {
    Check(std::isfinite(weight.weight) && std::isfinite(model.cart_baseline(weight.other)), "weights are numbers");
  }
  Check(model.rung_evidence(index).empty() || model.rung_evidence(index).size() == model.rungs(index).size(),
        "rungs have their evidence");
}

// Of pages about the product, and of a cart and plans with all else.
void Serve(const awase::engine::Snapshot& snapshot, v1::RecommendRequest request, const char* placement) {
  request.set_placement(placement);
  request.set_explanation(v1::RecommendRequest::TRACE);
  v1::RecommendResponse response;
  const absl::Time now = absl::FromUnixSeconds(1'795'000'000);
  const absl::Status status = awase::service::Respond(snapshot, nullptr, request, now, &response);
  Check(status.ok() || status.code() == absl::StatusCode::kInvalidArgument, status.ToString());
  Check(awase::service::ToJsonText(response, JsonLayout::kCompact).ok(), "an answer has JSON");
}

void ServeAll(const std::shared_ptr<const Model>& model) {
  const awase::rules::RuleFile file = {"rules.yaml", std::string(awase::testing::RichShopRules())};
  static const auto& rules = *new auto(awase::rules::LoadRules({file}, nullptr).rules);
  Check(rules != nullptr, "the rules have no errors");
  const auto snapshot = awase::engine::Snapshot::Create(model, rules);
  v1::RecommendRequest cart;
  v1::Usage* usage = cart.mutable_customer()->add_usage();
  usage->set_metric("gb");
  usage->set_quantity(90);
  usage->set_period("2026-10");
  for (std::size_t i = 0; i < std::min<std::size_t>(model->product_count(), 100); ++i) {
    const std::string id(model->product(ProductAt(i)).product_id());
    if (id.size() > 1'000) continue;
    v1::RecommendRequest page;
    page.add_product_ids(id);
    Serve(*snapshot, page, "product_page");
    *page.mutable_customer() = cart.customer();
    Serve(*snapshot, page, "renewal");
    if (i % 3 == 0) cart.add_cart()->set_product_id(id);
  }
  Serve(*snapshot, cart, "cart");
}

void ReadAll(const std::shared_ptr<const Model>& model) {
  for (std::size_t i = 0; i < model->product_count(); ++i) ReadProduct(*model, model->product(ProductAt(i)));
  v1::ListLaddersResponse ladders;
  Check(awase::service::ListLadders(*model, {}, &ladders).ok(), "ladders are listed");
  Check(awase::service::ToJsonText(ladders, JsonLayout::kCompact).ok(), "ladders have JSON");
  ServeAll(model);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::uint8_t seals = data[0];
  const absl::Span<const std::uint8_t> rest(data + 1, size - 1);
  constexpr std::size_t kChangeBytes = 9;
  Choices choices(rest);
  Version& version = TheVersion();
  Sections sections = version.sections();
  const bool has_raw_manifest = seals % 8 == 7;
  for (std::size_t i = 0; !has_raw_manifest && i < rest.size() / kChangeBytes; ++i) Change(choices, sections);
  // Mostly as fits what was changed; else as it was before, or any text.
  const int format_version = seals / 8 % 4 == 0 ? awase::artefact_internal::kFormatVersion : seals / 8 % 4;
  std::string manifest = version.Seal(seals % 8 == 6 ? version.sections() : sections, format_version);
  if (has_raw_manifest) manifest.assign(rest.begin(), rest.end());
  const std::string seal = absl::StrCat(awase::Sha256Hex(manifest), "  manifest.json\n");
  version.Write(sections, manifest, seal);
  const absl::StatusOr<std::shared_ptr<const Model>> model = Model::Open(version.directory());
  if (model.ok()) {
    ReadAll(*model);
  } else {
    const absl::StatusCode code = model.status().code();
    Check(code == absl::StatusCode::kDataLoss || code == absl::StatusCode::kFailedPrecondition,
          model.status().ToString());
  }
  return 0;
}
