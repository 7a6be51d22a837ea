#ifndef AWASE_ARTEFACT_WRITER_H_
#define AWASE_ARTEFACT_WRITER_H_

// Writes a version directory, whole or not at all, and switches ACTIVE.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "awase/artefact/model.h"
#include "awase/cart/cart_weights.h"
#include "awase/catalog/catalog.h"
#include "awase/ladder/ladder.h"
#include "awase/relations/relation.h"

namespace awase::artefact {

// What a version holds beside its relations. Borrowed for the call.
struct Contents {
  const catalog::Catalog* catalog;
  const ladder::LadderSet* ladders;
  const cart::CartWeights* cart = nullptr;  // null: a version without a cart model
  std::optional<OrderPeriod> period;        // nothing: no order had a time
  std::vector<std::uint32_t> popularity;    // per product (not root): in how many orders it was; orders variants
  std::string settings_json;                // a JSON object; part of the version id
  std::string report_json;                  // a JSON object (inputs, counts, timings); NOT part of the version id
};

// Writes `model_dir`/<version>/ through a temporary directory beside it and a rename. Relations can be handed over as
// soon as each is done: a disk takes seconds for one, in which the next can be counted.
//
//   AWASE_ASSIGN_OR_RETURN(VersionWriter writer, VersionWriter::Create("models/shop"));
//   writer.AddRelation(bought_together);
//   AWASE_ASSIGN_OR_RETURN(const std::string version, writer.Finish(contents, /*threads=*/2));
//
// The lists are written from where they lie: beside them only the products take memory once more. Nothing remains of a
// writer that fails or is not finished. Movable; single-thread.
class VersionWriter {
 public:
  // kPermissionDenied, … as the system says, naming the path.
  static absl::StatusOr<VersionWriter> Create(const std::string& model_dir);
  ~VersionWriter();
  VersionWriter(VersionWriter&&) noexcept;
  VersionWriter& operator=(VersionWriter&&) noexcept;

  // Begins to write it, on a thread of its own, and lets go of it when it is written. REQUIRES: a relation of that kind
  // was not added before. The order of calls makes no difference.
  // Returns the failure of an earlier one's writing, where there is one by now: no need to count any further then.
  absl::Status AddRelation(std::shared_ptr<const relations::Relation> relation);

  // Writes the rest and returns the version. An existing directory of that version is left as it is (the same id means
  // the same bytes).
  //   kInvalidArgument    settings or report are no JSON objects
  //   kResourceExhausted  disk full;  kPermissionDenied, … as the system says, naming the path
  // `threads` hash and write; the result does not depend on it. REQUIRES: called once, as the last call.
  absl::StatusOr<std::string> Finish(const Contents& contents, std::size_t threads = 1);

 private:
  struct State;
  explicit VersionWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Opens and verifies a version of a model directory.
//   kInvalidArgument  what is no version id
//   kNotFound         an unknown version
//   kDataLoss         the directory holds another version than its name says
//   else              errors of Model::Open
absl::StatusOr<std::shared_ptr<const Model>> OpenVersion(const std::string& model_dir, const std::string& version,
                                                         const Model::Options& options = {});

// Makes `version` the live one by replacing `model_dir`/ACTIVE, and writes down that it did (RollBackVersion). A canary
// (canary.h) of this version ends: its file is taken away. The version is opened and verified first: a broken one never
// displaces a good one. Errors of OpenVersion; else as the system says, where ACTIVE may be replaced already if it was
// CANARY that could not be taken away.
absl::Status ActivateVersion(const std::string& model_dir, const std::string& version);

// The same for the version that VersionWriter::Finish has just returned: its bytes are not read again.
absl::Status ActivateWrittenVersion(const std::string& model_dir, const std::string& version);

// Makes the version live again that was live before the active one, and returns it. Going back is undoing: after
// activations of A, B and C one comes to B, and once more to A; what was left that way is not come back to. Versions
// whose directories are gone are passed over.
//   kNotFound  none was active before that is still there
//   else       as ActivateVersion, of the version that it would be
absl::StatusOr<std::string> RollBackVersion(const std::string& model_dir);

struct VersionInfo {
  std::string version;
  std::string created_at;  // RFC 3339, from the manifest; empty when unreadable
  std::string problem;     // why the manifest could not be read; empty when it could
  bool active = false;
};

// All version directories, newest first. kNotFound, … as the system says when model_dir cannot be listed.
absl::StatusOr<std::vector<VersionInfo>> ListVersions(const std::string& model_dir);

}  // namespace awase::artefact

#endif  // AWASE_ARTEFACT_WRITER_H_
