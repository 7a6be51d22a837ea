#include "awase/artefact/writer.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "artefact/internal/format.h"
#include "artefact/internal/manifest.h"
#include "awase/artefact/model.h"
#include "awase/base/background_work.h"
#include "awase/base/files.h"
#include "awase/base/parallel.h"
#include "awase/base/sha256.h"
#include "awase/base/status_macros.h"

namespace awase::artefact {
namespace {

using namespace artefact_internal;  // NOLINT(google-build-using-namespace): the records of this format, nothing else

constexpr absl::string_view kTemporaryPrefix = ".writing-";  // no version starts so

// The bytes of every section by name: made here, or borrowed from what the caller holds.
class Sections {
 public:
  template <typename T, typename Allocator>
  void Borrow(const std::string& name, const std::vector<T, Allocator>& records) {
    views_[name] = absl::string_view(reinterpret_cast<const char*>(records.data()), records.size() * sizeof(T));
  }
  template <typename T>
  void Own(const std::string& name, const std::vector<T>& records) {
    OwnBytes(name, std::string(reinterpret_cast<const char*>(records.data()), records.size() * sizeof(T)));
  }
  void OwnBytes(const std::string& name, std::string bytes) { views_[name] = owned_.emplace_back(std::move(bytes)); }

  // By name.
  std::vector<std::pair<std::string, absl::string_view>> All() const { return {views_.begin(), views_.end()}; }

 private:
  std::map<std::string, absl::string_view> views_;
  std::deque<std::string> owned_;  // whose elements never move
};

// All distinct strings, sorted, "" first: so a string's number only depends on the set of strings.
class StringTable {
 public:
  // The text is borrowed until WriteTo.
  void Add(absl::string_view text) { numbers_.try_emplace(text, 0); }

  void Finish() {
    Add("");
    for (const auto& [text, number] : numbers_) sorted_.push_back(text);
    std::sort(sorted_.begin(), sorted_.end());
    for (std::size_t i = 0; i < sorted_.size(); ++i) numbers_[sorted_[i]] = static_cast<std::uint32_t>(i);
  }

  std::uint32_t number(absl::string_view text) const { return numbers_.find(text)->second; }

  void WriteTo(Sections* sections) const {
    std::vector<std::uint64_t> offsets = {0};
    std::string bytes;
    for (const absl::string_view text : sorted_) {
      bytes.append(text.data(), text.size());
      offsets.push_back(bytes.size());
    }
    sections->Own(kStringOffsets, offsets);
    sections->OwnBytes(kStringBytes, std::move(bytes));
  }

 private:
  absl::flat_hash_map<absl::string_view, std::uint32_t> numbers_;
  std::vector<absl::string_view> sorted_;
};

// The string fields of a product in the order of StringField.
using ProductStrings = std::array<absl::string_view, kStringFieldCount>;
ProductStrings StringsOf(const catalog::Product& product, absl::string_view joined_tags) {
  return {product.product_id,
          product.title,
          product.category,
          product.product_type,
          product.brand,
          product.author,
          product.series,
          product.family,
          product.tier,
          product.pack_unit,
          product.subscription_interval,
          joined_tags,
          product.url,
          product.image_url};
}

void CopyCurrency(const CurrencyCode& currency, std::array<char, 3>* letters) {
  std::copy_n(currency.text().begin(), letters->size(), letters->begin());
}

ProductRecord RecordOf(const catalog::Catalog& catalog, ProductIndex index, const std::string& joined_tags,
                       const StringTable& strings) {
  const catalog::Product& product = catalog.product(index);
  ProductRecord record{};
  const ProductStrings texts = StringsOf(product, joined_tags);
  for (std::size_t field = 0; field < texts.size(); ++field) record.strings[field] = strings.number(texts[field]);
  const ProductIndex parent =
      product.parent_id.empty() ? kNoProduct : catalog.Find(product.parent_id).value_or(kNoProduct);
  record.parent = static_cast<std::uint32_t>(parent);
  record.root = static_cast<std::uint32_t>(catalog.root(index));
  record.price_minor = product.price.value_or(Money()).minor_units;
  record.cost_minor = product.cost.value_or(Money()).minor_units;
  record.stock = product.stock.value_or(0);
  record.pack_quantity = product.pack_quantity.value_or(Ratio()).ToDouble();
  CopyCurrency(product.price.value_or(Money()).currency, &record.price_currency);
  CopyCurrency(product.cost.value_or(Money()).currency, &record.cost_currency);
  const int flags = (product.visible ? kVisible : 0) | (product.price.has_value() ? kHasPrice : 0) |
                    (product.cost.has_value() ? kHasCost : 0) | (product.stock.has_value() ? kHasStock : 0) |
                    (product.pack_quantity.has_value() ? kHasPackQuantity : 0);
  record.flags = static_cast<std::uint8_t>(flags);
  return record;
}

void AddProducts(const catalog::Catalog& catalog, Sections* sections) {
  StringTable strings;
  std::vector<std::string> joined_tags;
  joined_tags.reserve(catalog.size());  // the table borrows the strings
  for (const catalog::Product& product : catalog.products()) {
    joined_tags.push_back(absl::StrJoin(product.tags, ","));
    for (const absl::string_view text : StringsOf(product, joined_tags.back())) strings.Add(text);
    for (const catalog::Attribute& attribute : product.attributes) {
      strings.Add(attribute.name);
      strings.Add(attribute.text);
    }
  }
  strings.Finish();
  std::vector<ProductRecord> records;
  std::vector<std::uint64_t> attribute_offsets = {0};
  std::vector<AttributeRecord> attributes;
  for (std::size_t i = 0; i < catalog.size(); ++i) {
    records.push_back(RecordOf(catalog, ProductAt(i), joined_tags[i], strings));
    for (const catalog::Attribute& attribute : catalog.product(ProductAt(i)).attributes) {
      attributes.push_back({strings.number(attribute.name), strings.number(attribute.text),
                            attribute.number.value_or(std::numeric_limits<double>::quiet_NaN())});
    }
    attribute_offsets.push_back(attributes.size());
  }
  strings.WriteTo(sections);
  sections->Own(kProducts, records);
  sections->Own(kAttributeOffsets, attribute_offsets);
  sections->Own(kAttributes, attributes);
}

// Members of each root, best seller first, ties by id.
void AddVariants(const catalog::Catalog& catalog, absl::Span<const std::uint32_t> popularity, Sections* sections) {
  std::vector<std::uint32_t> members(catalog.size());
  std::iota(members.begin(), members.end(), 0u);
  std::sort(members.begin(), members.end(), [&](std::uint32_t a, std::uint32_t b) {
    const ProductIndex root_a = catalog.root(ProductAt(a));
    const ProductIndex root_b = catalog.root(ProductAt(b));
    if (root_a != root_b) return root_a < root_b;
    if (popularity[a] != popularity[b]) return popularity[a] > popularity[b];
    return a < b;
  });
  std::vector<std::uint64_t> offsets(catalog.size() + 1, 0);
  for (const std::uint32_t member : members) ++offsets[Slot(catalog.root(ProductAt(member))) + 1];
  std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
  sections->Own(kVariantOffsets, offsets);
  sections->Own(kVariants, members);
}

void AddRelation(const relations::Relation& relation, Sections* sections) {
  const absl::string_view name = relations::RelationName(relation.kind);
  const std::vector<RelationSummaryRecord> summary = {{relation.unit_count, relation.claims.basket_size_factor,
                                                       relation.claims.z_threshold, relation.claims.pairs_tested,
                                                       relation.claims.claims}};
  sections->Own(RelationSection(name, "summary"), summary);
  sections->Borrow(RelationSection(name, "units"), relation.product_units);
  if (!relation.other_units.empty()) sections->Borrow(RelationSection(name, "other_units"), relation.other_units);
  sections->Borrow(RelationSection(name, "offsets"), relation.offsets);
  sections->Borrow(RelationSection(name, "entries"), relation.entries);
}

// One section on its way to disk.
struct WrittenSection {
  std::string name;
  std::size_t bytes = 0;
  std::string sha256;
  absl::Status status;
  std::optional<OutputFile> file;  // not finished
};

// Every piece is written and hashed while the processor's cache still has it.
WrittenSection WriteHashed(const std::string& directory, const std::string& name, absl::string_view bytes,
                           const std::atomic<bool>& stop) {
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  WrittenSection section{name, bytes.size(), "", absl::OkStatus(), std::nullopt};
  auto file = OutputFile::Create(JoinPath(directory, SectionFile(name)));
  section.status = file.status();
  Sha256 hash;
  for (std::size_t at = 0; at < bytes.size() && section.status.ok(); at += kPiece) {
    if (stop.load(std::memory_order_relaxed)) section.status = absl::CancelledError("writing was interrupted");
    const absl::string_view piece = bytes.substr(at, kPiece);
    hash.Update(piece);
    section.status = file->Append(piece);
  }
  section.sha256 = hash.HexDigest();
  if (file.ok()) section.file = *std::move(file);
  return section;
}

// Sections on their way into a directory.
class SectionWriter {
 public:
  SectionWriter(std::string directory, Sections sections)
      : directory_(std::move(directory)), sections_(std::move(sections)) {}

  // Whole, but safe on disk only after Finish. The first failure, also that of being stopped.
  absl::Status Write(std::size_t threads, const std::atomic<bool>& stop) {
    auto all = sections_.All();
    // The largest first: so no thread begins with one when the others are done.
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.second.size() > b.second.size(); });
    written_.resize(all.size());
    ParallelFor(threads, all.size(), 1, [&](std::size_t first, std::size_t last, std::size_t) {
      for (std::size_t i = first; i < last; ++i) {
        written_[i] = WriteHashed(directory_, all[i].first, all[i].second, stop);
      }
    });
    sections_ = {};  // nobody looks at the records again: who owns them may let them go
    for (const WrittenSection& section : written_) AWASE_RETURN_IF_ERROR(section.status);
    return absl::OkStatus();
  }

  // Waits for the disk, which has had work all the time, and fills in what the manifest says of the sections.
  // REQUIRES: Write succeeded.
  absl::Status Finish(Manifest* manifest) {
    for (WrittenSection& section : written_) {
      AWASE_RETURN_IF_ERROR(section.file->Finish());
      manifest->sections[section.name] = {section.bytes, section.sha256};
    }
    return absl::OkStatus();
  }

 private:
  std::string directory_;
  Sections sections_;
  std::vector<WrittenSection> written_;
};

Sections SectionsOf(const Contents& contents) {
  Sections sections;
  AddProducts(*contents.catalog, &sections);
  AddVariants(*contents.catalog, contents.popularity, &sections);
  sections.Borrow(kRungOffsets, contents.ladders->offsets);
  sections.Borrow(kRungs, contents.ladders->rungs);
  sections.Borrow(kRungEvidence, contents.ladders->evidence);
  if (contents.cart != nullptr) {
    sections.Borrow(kCartOffsets, contents.cart->offsets);
    sections.Borrow(kCartWeights, contents.cart->entries);
    sections.Borrow(kCartBaselines, contents.cart->baselines);
  }
  if (contents.period.has_value()) sections.Own(kOrderPeriod, std::vector<OrderPeriod>{*contents.period});
  return sections;
}

absl::Status WriteManifest(const std::string& directory, const Manifest& manifest) {
  const std::string json = ManifestToJson(manifest);
  AWASE_RETURN_IF_ERROR(WriteFile(JoinPath(directory, kManifestFile), json));
  return WriteFile(JoinPath(directory, kManifestChecksumFile),
                   absl::StrCat(Sha256Hex(json), "  ", kManifestFile, "\n"));
}

}  // namespace

struct VersionWriter::State {
  explicit State(const std::string& directory)
      : model_dir(directory), temporary(JoinPath(directory, TemporaryName(kTemporaryPrefix))) {}

  ~State() { stop = true; }  // nobody wants any more what is still being written

  absl::StatusOr<std::string> Finish(const Contents& contents, std::size_t threads);

  // For those who asked for a version in model_dir and know of nothing else.
  absl::Status InModelDir(const absl::Status& status) const { return SayInstead(status, temporary.path(), model_dir); }

  std::string model_dir;
  TemporaryPath temporary;
  std::atomic<bool> stop = false;
  std::deque<SectionWriter> relations;  // which never move: `writing` uses them
  // By relation. The last member: it is waited for before anything else goes.
  std::vector<BackgroundWork> writing;
};

VersionWriter::VersionWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
VersionWriter::~VersionWriter() = default;
VersionWriter::VersionWriter(VersionWriter&&) noexcept = default;
VersionWriter& VersionWriter::operator=(VersionWriter&&) noexcept = default;

absl::StatusOr<VersionWriter> VersionWriter::Create(const std::string& model_dir) {
  AWASE_RETURN_IF_ERROR(MakeDirectories(model_dir));
  RemoveLeftovers(model_dir, kTemporaryPrefix);
  auto state = std::make_unique<State>(model_dir);
  // In a container a killed run may have had the same process number.
  AWASE_RETURN_IF_ERROR(state->InModelDir(RemoveTree(state->temporary.path())));
  AWASE_RETURN_IF_ERROR(state->InModelDir(MakeDirectories(state->temporary.path())));
  return VersionWriter(std::move(state));
}

absl::Status VersionWriter::AddRelation(std::shared_ptr<const relations::Relation> relation) {
  for (const BackgroundWork& earlier : state_->writing) {
    AWASE_RETURN_IF_ERROR(state_->InModelDir(earlier.FailureSoFar()));
  }
  Sections sections;
  artefact::AddRelation(*relation, &sections);
  SectionWriter& writer = state_->relations.emplace_back(state_->temporary.path(), std::move(sections));
  state_->writing.emplace_back(
      [&writer, &stop = state_->stop, relation = std::move(relation)] { return writer.Write(/*threads=*/1, stop); });
  return absl::OkStatus();
}

absl::StatusOr<std::string> VersionWriter::Finish(const Contents& contents, std::size_t threads) {
  absl::StatusOr<std::string> version = state_->Finish(contents, threads);
  if (!version.ok()) return state_->InModelDir(version.status());
  return version;
}

absl::StatusOr<std::string> VersionWriter::State::Finish(const Contents& contents, std::size_t threads) {
  Manifest manifest;
  manifest.format_version = kFormatVersion;
  manifest.created_at = absl::FormatTime(absl::RFC3339_sec, absl::Now(), absl::UTCTimeZone());
  AWASE_ASSIGN_OR_RETURN(manifest.settings_json, CanonicalJson("settings", contents.settings_json));
  AWASE_ASSIGN_OR_RETURN(manifest.report_json, CanonicalJson("report", contents.report_json));
  SectionWriter rest(temporary.path(), SectionsOf(contents));
  AWASE_RETURN_IF_ERROR(rest.Write(threads, stop));
  for (BackgroundWork& work : writing) AWASE_RETURN_IF_ERROR(work.Wait());
  AWASE_RETURN_IF_ERROR(rest.Finish(&manifest));
  for (SectionWriter& relation : relations) AWASE_RETURN_IF_ERROR(relation.Finish(&manifest));
  manifest.version = ComputeVersion(manifest);

  const std::string directory = JoinPath(model_dir, manifest.version);
  const auto existing = Model::Open(directory, {.threads = threads});
  if (existing.ok() && (*existing)->version() == manifest.version) return manifest.version;
  AWASE_RETURN_IF_ERROR(WriteManifest(temporary.path(), manifest));
  AWASE_RETURN_IF_ERROR(SyncDirectory(temporary.path()));
  // A directory of that name which does not open as this version is broken: this one takes its place.
  AWASE_RETURN_IF_ERROR(RemoveTree(directory));
  AWASE_RETURN_IF_ERROR(RenamePath(temporary.path(), directory));
  return manifest.version;
}

}  // namespace awase::artefact
