#ifndef AWASE_HTTP_GZIP_H_
#define AWASE_HTTP_GZIP_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace awase::http {

// Fast rather than small: JSON of a page shrinks to a fifth either way. kInternal when there is no memory for it.
absl::StatusOr<std::string> Gzip(absl::string_view text);

// One or more gzip members, and nothing else.
//   kInvalidArgument    no gzip, damaged, cut short, or followed by something else
//   kResourceExhausted  more than `max_bytes` come out; no more than that are ever held
absl::StatusOr<std::string> Gunzip(absl::string_view bytes, std::size_t max_bytes);

// Whether the value of an Accept-Encoding header takes gzip: "gzip, br;q=0.5", "*"; not "gzip;q=0".
bool AcceptsGzip(absl::string_view accept_encoding);

}  // namespace awase::http

#endif  // AWASE_HTTP_GZIP_H_
