#ifndef AWASE_CATALOG_PACK_SIZE_H_
#define AWASE_CATALOG_PACK_SIZE_H_

// What a pack holds, read from its label: "22 LB", "500g", "6 x 330 ml", "1/2 GAL", "10 3/4 OZ", "2 LB 3 OZ".

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "awase/base/ratio.h"
#include "awase/catalog/pack_unit.h"

namespace awase::catalog {

// Exact: amounts and factors are fractions, and nothing is rounded.
struct PackSize {
  std::uint32_t count = 1;  // how many of `each` the pack holds; 1 … 10,000
  Ratio each;               // in `unit`; above 0
  PackUnit unit = PackUnit::kPiece;
  Ratio total;  // count · each in BaseUnitName(unit)

  friend bool operator==(const PackSize&, const PackSize&) = default;
};

// Why a label says nothing that can be compared.
enum class PackFault : std::uint8_t {
  kNoNumber,     // "CTN", "LARGE", "GAL"
  kNoUnit,       // "12"
  kUnknownUnit,  // "80 XYZ"
  kTwoReadings,  // "3/4 OZ": three quarters or three of four; "14-18 CT": a range; "12 CT 11 OZ": each or all together
  kOutOfRange,   // zero, or more than a pack can hold: "985739 PK" is an item number
  kOtherForm,    // "10 OZ/320 ML", "SIZE 3", "8 X 10 IN"
};
inline constexpr std::size_t kPackFaultCount = 6;
absl::string_view PackFaultText(PackFault fault);  // "has no number", …

// Reads the whole label or nothing; `*fault` (may be null) then says why. What has two readings is never guessed:
//   "6 x 330 ml", "500 ml×24本"      a number of packs times a content
//   "2 PK 16 OZ", "12 PK/12 OZ"      likewise: a number of packs ("PK"), not of pieces ("CT"), multiplies
//   "10/6.75 OZ", "12/2 LB"          likewise, unless it may be a fraction
//   "6-12 OZ"                        likewise: what is sold by ounces or litres has no range of sizes
//   "1/2 GAL", "3/4 L", "2/3 LB"     a fraction; of ounces, grams and millilitres only with 1 above the line
//   "1,5 kg"                         a decimal comma; "1,500 kg" has two readings
// Behind the unit a container may be named ("12 OZ BTL"). An ounce is one of weight where "OZ WT" or pounds with ounces
// say so, of volume where "FL OZ" does, else its own unit. O(|label|); a label of over 64 bytes has no known form.
std::optional<PackSize> ParsePackSize(absl::string_view label, PackFault* fault = nullptr);

// "6 x 330 ml", "10.75 oz": ParsePackSize of it gives `size`.
std::string FormatPackSize(const PackSize& size);

}  // namespace awase::catalog

#endif  // AWASE_CATALOG_PACK_SIZE_H_
