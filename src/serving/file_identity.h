#ifndef AWASE_SERVING_FILE_IDENTITY_H_
#define AWASE_SERVING_FILE_IDENTITY_H_

#include <string>

namespace awase::serving {

// Another text whenever the file at `path` is replaced, also by the same bytes; "none" where there is no file.
std::string FileIdentity(const std::string& path);

}  // namespace awase::serving

#endif  // AWASE_SERVING_FILE_IDENTITY_H_
