// Any bytes as the label of a pack: refused with a reason, or read, and read again as the same from its printed form.

#include <cstdint>
#include <cstdlib>
#include <iostream>

#include "awase/catalog/pack_size.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace awase::catalog;  // NOLINT(google-build-using-namespace)
  PackFault fault{};
  const absl::string_view label(reinterpret_cast<const char*>(data), size);
  const std::optional<PackSize> read = ParsePackSize(label, &fault);
  if (!read.has_value()) return 0;
  const std::string printed = FormatPackSize(*read);
  if (ParsePackSize(printed) == read && read->total > awase::Ratio()) return 0;
  std::cerr << "\"" << label << "\" is printed as \"" << printed << "\", which is another size\n";
  std::abort();
}
