#ifndef AWASE_BASE_STATUS_MACROS_H_
#define AWASE_BASE_STATUS_MACROS_H_

// Propagation of absl::Status and absl::StatusOr. The names mirror Abseil's newer absl/status/status_macros.h (which
// Debian 12's Abseil does not have yet), so that a later swap is mechanical.
//
//   absl::StatusOr<Model> Load(absl::string_view path) {
//     AWASE_ASSIGN_OR_RETURN(Bytes bytes, ReadFile(path));
//     AWASE_RETURN_IF_ERROR(Verify(bytes));
//     return Parse(bytes);
//   }

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace awase {

// The same status with `context` put before its message ("orders.csv: line 12: …"). OK stays OK. Context is added
// once per layer boundary, from the small thing to the big one.
inline absl::Status Annotate(const absl::Status& status, absl::string_view context) {
  if (status.ok()) return status;
  return absl::Status(status.code(), absl::StrCat(context, ": ", status.message()));
}

}  // namespace awase

// ---- Below this line everything is detail. ----

#define AWASE_STATUS_CONCAT_INNER_(x, y) x##y
#define AWASE_STATUS_CONCAT_(x, y) AWASE_STATUS_CONCAT_INNER_(x, y)

#define AWASE_RETURN_IF_ERROR(expr)                                 \
  do {                                                              \
    if (absl::Status awase_status_ = (expr); !awase_status_.ok()) { \
      return awase_status_;                                         \
    }                                                               \
  } while (false)

#define AWASE_ASSIGN_OR_RETURN(lhs, expr) \
  AWASE_ASSIGN_OR_RETURN_IMPL_(AWASE_STATUS_CONCAT_(awase_status_or_, __LINE__), lhs, expr)

#define AWASE_ASSIGN_OR_RETURN_IMPL_(status_or, lhs, expr)   \
  auto status_or = (expr);                                   \
  if (!status_or.ok()) return std::move(status_or).status(); \
  lhs = *std::move(status_or)

#endif  // AWASE_BASE_STATUS_MACROS_H_
