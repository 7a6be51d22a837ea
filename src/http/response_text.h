#ifndef AWASE_HTTP_RESPONSE_TEXT_H_
#define AWASE_HTTP_RESPONSE_TEXT_H_

#include <string>

#include "absl/time/time.h"
#include "awase/http/message.h"

namespace awase::http {

// How an answer travels, by what its request said.
struct ResponseForm {
  bool keep_alive = false;
  bool is_head = false;       // no body, but the headers of one
  bool accepts_gzip = false;  // bodies of more than 1 KiB are compressed
};

// The bytes of an answer. Bytes in headers that would end them are written as spaces.
std::string ResponseText(Response response, const ResponseForm& form, absl::Time now);

}  // namespace awase::http

#endif  // AWASE_HTTP_RESPONSE_TEXT_H_
