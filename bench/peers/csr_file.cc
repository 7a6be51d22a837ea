#include "bench/peers/csr_file.h"

#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"

namespace awase::peers {
namespace {

static_assert(std::endian::native == std::endian::little, "the file is read and written as it is in memory");

constexpr char kMagic[8] = {'A', 'W', 'A', 'S', 'E', 'C', 'S', 'R'};
constexpr std::uint64_t kVersion = 1;

struct Header {
  char magic[8];
  std::uint64_t version;
  std::uint64_t products;
  std::uint64_t baskets;
  std::uint64_t lines;
  std::uint64_t offsets_position;
  std::uint64_t ids_position;
  std::uint64_t reserved;
};
static_assert(sizeof(Header) == 64);

template <typename T>
bool ReadAt(std::FILE* file, std::uint64_t position, std::uint64_t count, T* values) {
  return fseeko(file, static_cast<off_t>(position), SEEK_SET) == 0 &&
         std::fread(values, sizeof(T), count, file) == count;
}

// Said before anything is allocated by what the header claims.
absl::Status CheckHeader(const std::string& path, const Header& header, std::uint64_t file_size) {
  if (std::memcmp(header.magic, kMagic, sizeof(kMagic)) != 0 || header.version != kVersion) {
    return absl::DataLossError(absl::StrCat(path, " is no basket file of version ", kVersion));
  }
  const auto fits = [&](std::uint64_t position, std::uint64_t count, std::uint64_t width) {
    return position <= file_size && count <= (file_size - position) / width;
  };
  if (!fits(header.ids_position, header.lines, sizeof(std::uint32_t)) || header.baskets == ~std::uint64_t{0} ||
      !fits(header.offsets_position, header.baskets + 1, sizeof(std::uint64_t))) {
    return absl::DataLossError(absl::StrCat(path, " is cut short"));
  }
  return absl::OkStatus();
}

bool OffsetsAscend(const Csr& csr) {
  for (std::size_t b = 0; b < csr.size(); ++b) {
    if (csr.offsets[b] > csr.offsets[b + 1]) return false;
  }
  return csr.offsets.front() == 0 && csr.offsets.back() == csr.ids.size();
}

}  // namespace

CsrWriter::CsrWriter(std::string path, FileHandle file, std::uint64_t product_count)
    : path_(std::move(path)), file_(std::move(file)), product_count_(product_count) {}

absl::StatusOr<CsrWriter> CsrWriter::Create(const std::string& path, std::uint64_t product_count) {
  FileHandle file(std::fopen(path.c_str(), "wb"));
  if (file == nullptr) return absl::UnavailableError(absl::StrCat(path, ": ", std::strerror(errno)));
  constexpr Header kPlaceholder{};
  std::fwrite(&kPlaceholder, sizeof(kPlaceholder), 1, file.get());
  return CsrWriter(path, std::move(file), product_count);
}

// Failed writes stay in the stream's error flag, which Finish reads.
void CsrWriter::Add(absl::Span<const std::uint32_t> ids) {
  // An empty span may have no address, which fwrite may not be given.
  if (!ids.empty()) std::fwrite(ids.data(), sizeof(std::uint32_t), ids.size(), file_.get());
  offsets_.push_back(offsets_.back() + ids.size());
}

absl::Status CsrWriter::Finish() {
  Header header{.version = kVersion, .products = product_count_, .baskets = offsets_.size() - 1};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  header.lines = offsets_.back();
  header.ids_position = sizeof(Header);
  const std::uint64_t ids_end = sizeof(Header) + header.lines * sizeof(std::uint32_t);
  header.offsets_position = (ids_end + 7) / 8 * 8;
  constexpr std::array<char, 8> kZeros{};
  std::FILE* file = file_.get();
  std::fwrite(kZeros.data(), 1, header.offsets_position - ids_end, file);
  std::fwrite(offsets_.data(), sizeof(std::uint64_t), offsets_.size(), file);
  if (fseeko(file, 0, SEEK_SET) == 0) std::fwrite(&header, sizeof(header), 1, file);
  if (std::fflush(file) != 0 || std::ferror(file) != 0) {
    return absl::ResourceExhaustedError(absl::StrCat(path_, " could not be written whole: is the disk full?"));
  }
  file_.reset();
  return absl::OkStatus();
}

absl::StatusOr<Csr> ReadCsr(const std::string& path) {
  const FileHandle file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) return absl::NotFoundError(absl::StrCat(path, ": ", std::strerror(errno)));
  Header header{};
  if (!ReadAt(file.get(), 0, 1, &header) || fseeko(file.get(), 0, SEEK_END) != 0) {
    return absl::DataLossError(absl::StrCat(path, " is cut short"));
  }
  const absl::Status checked = CheckHeader(path, header, static_cast<std::uint64_t>(ftello(file.get())));
  if (!checked.ok()) return checked;
  Csr csr;
  csr.product_count = header.products;
  csr.ids.resize(header.lines);
  csr.offsets.resize(header.baskets + 1);
  if (!ReadAt(file.get(), header.ids_position, header.lines, csr.ids.data()) ||
      !ReadAt(file.get(), header.offsets_position, header.baskets + 1, csr.offsets.data()) || !OffsetsAscend(csr)) {
    return absl::DataLossError(absl::StrCat(path, " is damaged"));
  }
  return csr;
}

std::uint64_t CountUpdates(const Csr& csr) {
  std::uint64_t updates = 0;
  for (std::size_t b = 0; b < csr.size(); ++b) {
    const std::uint64_t size = csr.offsets[b + 1] - csr.offsets[b];
    updates += size * (size - (size > 0 ? 1 : 0));
  }
  return updates;
}

}  // namespace awase::peers
