#include "ingest/internal/decompressor.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <limits>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace awase::ingest_internal {
namespace {

absl::Status Broken(absl::string_view format, absl::string_view detail) {
  return absl::DataLossError(absl::StrCat("broken ", format, " data (", detail, "): copy or export the file again"));
}

absl::Status CutShort(absl::string_view format) {
  return absl::DataLossError(absl::StrCat("the ", format, " data are cut short: copy or export the file again"));
}

class PlainBytes final : public Decompressor {
 public:
  absl::StatusOr<std::size_t> Step(absl::string_view* in, char* out, std::size_t capacity) override {
    const std::size_t count = std::min(in->size(), capacity);
    std::memcpy(out, in->data(), count);
    in->remove_prefix(count);
    return count;
  }
  absl::Status Finish() override { return absl::OkStatus(); }
};

class GzipBytes final : public Decompressor {
 public:
  GzipBytes() { usable_ = inflateInit2(&stream_, 15 + 16) == Z_OK; }  // 15: largest window; +16: gzip only
  ~GzipBytes() override { inflateEnd(&stream_); }
  GzipBytes(const GzipBytes&) = delete;
  GzipBytes& operator=(const GzipBytes&) = delete;

  absl::StatusOr<std::size_t> Step(absl::string_view* in, char* out, std::size_t capacity) override {
    if (!usable_) return absl::ResourceExhaustedError("no memory for gzip");
    if (at_member_end_) {
      // gzip pads with zeros on tapes; anything else behind a member must be another member.
      while (!in->empty() && in->front() == '\0') in->remove_prefix(1);
      if (in->empty()) return std::size_t{0};
      inflateReset(&stream_);
      at_member_end_ = false;
    }
    constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
    const auto take = static_cast<uInt>(std::min(in->size(), kMost));
    const auto room = static_cast<uInt>(std::min(capacity, kMost));
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in->data()));  // zlib does not write to it
    stream_.avail_in = take;
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = room;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    in->remove_prefix(take - stream_.avail_in);
    if (result == Z_STREAM_END) {
      at_member_end_ = true;
      any_member_ = true;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      return Broken("gzip", stream_.msg == nullptr ? "unknown form" : stream_.msg);
    }
    return std::size_t{room - stream_.avail_out};
  }

  absl::Status Finish() override { return at_member_end_ && any_member_ ? absl::OkStatus() : CutShort("gzip"); }

 private:
  z_stream stream_{};
  bool usable_ = false;
  bool at_member_end_ = false;
  bool any_member_ = false;
};

class ZstdBytes final : public Decompressor {
 public:
  ZstdBytes() : stream_(ZSTD_createDStream()) {
    // 31 is what `zstd --long=31` needs; the default of 27 refuses such files.
    if (stream_ != nullptr) ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, 31);
  }
  ~ZstdBytes() override { ZSTD_freeDStream(stream_); }
  ZstdBytes(const ZstdBytes&) = delete;
  ZstdBytes& operator=(const ZstdBytes&) = delete;

  absl::StatusOr<std::size_t> Step(absl::string_view* in, char* out, std::size_t capacity) override {
    if (stream_ == nullptr) return absl::ResourceExhaustedError("no memory for zstd");
    ZSTD_inBuffer input{in->data(), in->size(), 0};
    ZSTD_outBuffer output{out, capacity, 0};
    if (in->empty() && remaining_ == 0) return std::size_t{0};
    const std::size_t result = ZSTD_decompressStream(stream_, &output, &input);
    if (ZSTD_isError(result)) return Broken("zstd", ZSTD_getErrorName(result));
    remaining_ = result;
    in->remove_prefix(input.pos);
    return output.pos;
  }

  absl::Status Finish() override { return remaining_ == 0 ? absl::OkStatus() : CutShort("zstd"); }

 private:
  ZSTD_DStream* stream_;
  std::size_t remaining_ = 1;  // 0 at the end of a frame
};

}  // namespace

Compression CompressionOf(absl::string_view first_bytes) {
  if (absl::StartsWith(first_bytes, "\x1F\x8B")) return Compression::kGzip;
  if (absl::StartsWith(first_bytes, "\x28\xB5\x2F\xFD")) return Compression::kZstd;
  return Compression::kNone;
}

std::unique_ptr<Decompressor> Decompressor::Create(Compression compression) {
  switch (compression) {
    case Compression::kGzip:
      return std::make_unique<GzipBytes>();
    case Compression::kZstd:
      return std::make_unique<ZstdBytes>();
    case Compression::kNone:
      break;
  }
  return std::make_unique<PlainBytes>();
}

}  // namespace awase::ingest_internal
