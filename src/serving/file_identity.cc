#include "serving/file_identity.h"

#include <sys/stat.h>

#include "absl/strings/str_cat.h"

namespace awase::serving {

std::string FileIdentity(const std::string& path) {
  struct stat info;
  if (stat(path.c_str(), &info) != 0) return "none";
  return absl::StrCat(info.st_ino, " ", info.st_size, " ", info.st_ctim.tv_sec, " ", info.st_ctim.tv_nsec);
}

}  // namespace awase::serving
