#include "serving/revision_record.h"

#include <array>
#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/sha256.h"
#include "nlohmann/json.hpp"

namespace awase::serving {
namespace {

using Json = nlohmann::ordered_json;
using Source = RevisionInfo::Source;

constexpr int kFormat = 1;
constexpr int kDeepest = 8;
constexpr std::array<Source, 4> kSources = {Source::kFolder, Source::kPublished, Source::kRolledBack, Source::kStart};

std::string HashOf(const Json& content) {
  Sha256 hash;
  hash.Update(content.dump());
  return hash.HexDigest();
}

Json ContentOf(const Revision& revision) {
  const RevisionInfo& info = revision.info;
  Json files = Json::array();
  for (const rules::RuleFile& file : revision.files) files.push_back({{"name", file.name}, {"content", file.content}});
  return {{"number", info.number},
          {"revision", info.revision},
          {"source", std::string(SourceName(info.source))},
          {"restored", info.restored},
          {"author", info.author},
          {"published_by", info.published_by},
          {"comment", info.comment},
          {"published_at", absl::FormatTime(absl::RFC3339_full, info.published_at, absl::UTCTimeZone())},
          {"rule_count", info.rule_count},
          {"folder_signature", info.folder_signature},
          {"folder_revision", info.folder_revision},
          {"files", std::move(files)}};
}

// Throws what nlohmann::json throws.
Revision FromContent(const Json& content) {
  Revision revision;
  RevisionInfo& info = revision.info;
  info.number = content.at("number").get<std::uint64_t>();
  info.revision = content.at("revision").get<std::string>();
  const auto source = content.at("source").get<std::string>();
  for (const Source candidate : kSources) {
    if (SourceName(candidate) == source) info.source = candidate;
  }
  info.restored = content.at("restored").get<std::uint64_t>();
  info.author = content.at("author").get<std::string>();
  info.published_by = content.value("published_by", "");  // older records have none
  info.comment = content.at("comment").get<std::string>();
  std::string error;
  absl::ParseTime(absl::RFC3339_full, content.at("published_at").get<std::string>(), &info.published_at, &error);
  info.rule_count = content.at("rule_count").get<std::uint32_t>();
  info.folder_signature = content.at("folder_signature").get<std::string>();
  info.folder_revision = content.value("folder_revision", "");  // older records have none
  for (const Json& file : content.at("files")) {
    revision.files.push_back({file.at("name").get<std::string>(), file.at("content").get<std::string>()});
  }
  return revision;
}

}  // namespace

absl::string_view SourceName(Source source) {
  switch (source) {
    case Source::kFolder:
      return "folder";
    case Source::kPublished:
      return "published";
    case Source::kRolledBack:
      return "rolled back";
    case Source::kStart:
      return "start";
  }
  return "unknown";
}

absl::StatusOr<std::string> RecordToJson(const Revision& revision) {
  try {
    Json content = ContentOf(revision);
    const std::string hash = HashOf(content);
    return Json({{"format", kFormat}, {"sha256", hash}, {"rules", std::move(content)}}).dump(1) + "\n";
  } catch (const std::exception&) {
    return absl::InvalidArgumentError("files: not all of the text is UTF-8: save the files in that encoding");
  }
}

absl::StatusOr<Revision> RecordFromJson(const std::string& json) {
  try {
    // What is deeper than a record is left out, and then the checksum is wrong: nlohmann::json copies by recursion.
    const Json record =
        Json::parse(json, [](int depth, Json::parse_event_t, const Json&) { return depth <= kDeepest; });
    if (const int format = record.at("format").get<int>(); format != kFormat) {
      return absl::DataLossError(absl::StrCat("of format ", format, ": a newer awase wrote it"));
    }
    const Json& content = record.at("rules");
    if (HashOf(content) != record.at("sha256").get<std::string>()) {
      return absl::DataLossError("its content does not have its checksum: it was changed or cut off");
    }
    return FromContent(content);
  } catch (const std::exception& error) {
    return absl::DataLossError(absl::StrCat("no record of rules (", error.what(), ")"));
  }
}

}  // namespace awase::serving
