#include <algorithm>
#include <utility>
#include <vector>

#include "artefact/internal/sections.h"
#include "awase/base/files.h"
#include "awase/base/parallel.h"
#include "awase/base/sha256.h"
#include "awase/base/status_macros.h"

namespace awase::artefact_internal {
namespace {

absl::StatusOr<absl::string_view> BytesOf(const Sections& sections, const std::string& name) {
  const auto file = sections.files.find(name);
  if (file == sections.files.end()) return BrokenSection(name, "missing");
  return file->second.bytes();
}

template <typename T>
absl::Status Bind(const Sections& sections, const std::string& name, absl::Span<const T>* records) {
  AWASE_ASSIGN_OR_RETURN(const absl::string_view bytes, BytesOf(sections, name));
  if (bytes.size() % sizeof(T) != 0) return BrokenSection(name, "no whole number of records");
  *records = absl::MakeConstSpan(reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T));
  return absl::OkStatus();
}

absl::Status BindRelation(relations::RelationKind kind, Sections* sections) {
  const absl::string_view name = relations::RelationName(kind);
  if (sections->files.count(RelationSection(name, "summary")) == 0) return absl::OkStatus();
  RelationSections& relation = sections->relations[static_cast<std::size_t>(kind)];
  relation.present = true;
  absl::Span<const RelationSummaryRecord> summary;
  AWASE_RETURN_IF_ERROR(Bind(*sections, RelationSection(name, "summary"), &summary));
  if (summary.size() != 1) return BrokenSection(RelationSection(name, "summary"), "must hold one record");
  relation.summary = summary.front();
  AWASE_RETURN_IF_ERROR(Bind(*sections, RelationSection(name, "units"), &relation.units));
  if (const std::string other_units = RelationSection(name, "other_units"); sections->files.count(other_units) > 0) {
    AWASE_RETURN_IF_ERROR(Bind(*sections, other_units, &relation.other_units));
  }
  AWASE_RETURN_IF_ERROR(Bind(*sections, RelationSection(name, "offsets"), &relation.offsets));
  AWASE_RETURN_IF_ERROR(Bind(*sections, RelationSection(name, "entries"), &relation.entries));
  return absl::OkStatus();
}

absl::Status BindCart(Sections* sections) {
  if (sections->files.count(kCartOffsets) == 0) return absl::OkStatus();
  AWASE_RETURN_IF_ERROR(Bind(*sections, kCartOffsets, &sections->cart.offsets));
  AWASE_RETURN_IF_ERROR(Bind(*sections, kCartWeights, &sections->cart.weights));
  AWASE_RETURN_IF_ERROR(Bind(*sections, kCartBaselines, &sections->cart.baselines));
  sections->cart.present = true;
  return absl::OkStatus();
}

absl::Status BindPeriod(Sections* sections) {
  if (sections->files.count(kOrderPeriod) == 0) return absl::OkStatus();
  absl::Span<const artefact::OrderPeriod> period;
  AWASE_RETURN_IF_ERROR(Bind(*sections, kOrderPeriod, &period));
  if (period.size() != 1) return BrokenSection(kOrderPeriod, "must hold one record");
  sections->period = period.front();
  return absl::OkStatus();
}

}  // namespace

absl::Status VerifyChecksums(const Sections& sections, const Manifest& manifest, std::size_t threads) {
  std::vector<std::pair<absl::string_view, const std::string*>> files;  // bytes and name
  for (const auto& [name, file] : sections.files) files.emplace_back(file.bytes(), &name);
  // The largest first: so no thread begins with one when the others are done.
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  std::vector<std::uint8_t> matches(files.size(), 0);
  ParallelFor(threads, files.size(), 1, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t i = first; i < last; ++i) {
      const auto& [bytes, name] = files[i];
      matches[i] = Sha256Hex(bytes) == manifest.sections.at(*name).sha256 ? 1 : 0;
    }
  });
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (matches[i] == 0) return BrokenSection(*files[i].second, "does not match its checksum");
  }
  return absl::OkStatus();
}

absl::Status BrokenSection(absl::string_view section, absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat("section ", section, ": ", what, ": train again, or restore this version from a copy"));
}

absl::StatusOr<Sections> MapSections(const std::string& directory, const Manifest& manifest) {
  Sections sections;
  for (const auto& [name, info] : manifest.sections) {
    // The name becomes a path: it must stay inside the directory.
    if (name.find('/') != std::string::npos) return BrokenSection(name, "its name is no file name");
    absl::StatusOr<MappedFile> file = MappedFile::Open(JoinPath(directory, SectionFile(name)));
    if (!file.ok()) return BrokenSection(name, absl::StrCat("cannot be read (", file.status().message(), ")"));
    if (file->bytes().size() != info.bytes) {
      return BrokenSection(name, absl::StrCat("has ", file->bytes().size(), " bytes instead of ", info.bytes));
    }
    sections.files.emplace(name, *std::move(file));
  }
  AWASE_RETURN_IF_ERROR(Bind(sections, kStringOffsets, &sections.string_offsets));
  AWASE_ASSIGN_OR_RETURN(sections.string_bytes, BytesOf(sections, kStringBytes));
  AWASE_RETURN_IF_ERROR(Bind(sections, kProducts, &sections.products));
  AWASE_RETURN_IF_ERROR(Bind(sections, kAttributeOffsets, &sections.attribute_offsets));
  AWASE_RETURN_IF_ERROR(Bind(sections, kAttributes, &sections.attributes));
  AWASE_RETURN_IF_ERROR(Bind(sections, kVariantOffsets, &sections.variant_offsets));
  AWASE_RETURN_IF_ERROR(Bind(sections, kVariants, &sections.variants));
  AWASE_RETURN_IF_ERROR(Bind(sections, kRungOffsets, &sections.rung_offsets));
  AWASE_RETURN_IF_ERROR(Bind(sections, kRungs, &sections.rungs));
  sections.has_rung_evidence = manifest.format_version >= 4;
  if (sections.has_rung_evidence) {
    AWASE_RETURN_IF_ERROR(Bind(sections, kRungEvidence, &sections.rung_evidence));
  }
  for (const relations::RelationKind kind : relations::kAllRelationKinds) {
    AWASE_RETURN_IF_ERROR(BindRelation(kind, &sections));
  }
  AWASE_RETURN_IF_ERROR(BindCart(&sections));
  AWASE_RETURN_IF_ERROR(BindPeriod(&sections));
  return sections;
}

}  // namespace awase::artefact_internal
