#ifndef AWASE_SERVICE_COMPARISON_H_
#define AWASE_SERVICE_COMPARISON_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "awase/artefact/model.h"
#include "awase/rules/load_rules.h"
#include "awase/v1/rules.pb.h"
#include "awase/whatif/compare.h"

namespace awase::service {

// A comparison with what it was made of. Borrows all but the comparison.
// ComparedRules::requests_from of whatif::GenerateSample.
inline constexpr char kGeneratedSample[] = "a generated sample";

struct ComparedRules {
  const artefact::Model& model;
  absl::Span<const whatif::ReplayedRequest> requests;
  std::string requests_from;  // "a generated sample", or a file
  std::string before_revision;
  std::string after_revision;
  absl::Span<const rules::Diagnostic> findings;  // of the draft
  std::size_t finding_count = 0;                 // of all, in `findings` or not
  std::uint64_t unreadable = 0;                  // recorded lines that are no requests
  std::string first_unreadable;                  // why
  whatif::Comparison comparison;
};

// Counts beyond 32 bits are given as the largest that these hold. `*proto` is empty before.
void ComparisonToProto(const ComparedRules& compared, v1::RuleComparison* proto);

}  // namespace awase::service

#endif  // AWASE_SERVICE_COMPARISON_H_
