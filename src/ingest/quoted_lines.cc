#include "ingest/internal/quoted_lines.h"

#include <bit>
#include <cstdint>
#include <cstring>

#include "ingest/internal/separator_cursor.h"

// The exclusive-or of all quotes up to a byte says whether the byte is inside quotes, for 64 bytes at a time. That
// holds where quotes are where they belong: an opening one behind a delimiter or line end, or as the second of ""
// inside a field; behind a closing one a delimiter, a line end or the second of "". At the first quote elsewhere the
// scanner has to decide, as it has at the first line end inside quotes: were that record malformed, the next would
// start in its middle. The idea of the bits is simdjson's (Langdale and Lemire, Parsing gigabytes of JSON per second,
// 2019). Tested through CsvFile, by csv_file_test.cc and csv_fuzz.cc.

namespace awase::ingest_internal {
namespace {

std::uint64_t PrefixXor(std::uint64_t bits) {
  for (unsigned shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

// Goes through the text 64 bytes at a time.
class QuotedLines {
 public:
  explicit QuotedLines(const CsvDialect& dialect) : dialect_(dialect) {}

  // Bits of the line ends, up to the first byte that is not for certain; *certain says whether there is none such.
  std::uint64_t LineEnds(const char* bytes, std::uint64_t valid, bool* certain) {
    const std::uint64_t quotes = MaskOf(bytes, '"') & valid;
    const std::uint64_t delimiters = MaskOf(bytes, dialect_.delimiter) & valid;
    const std::uint64_t line_ends = MaskOf(bytes, dialect_.line_end) & valid;
    const std::uint64_t returns = dialect_.line_end == '\r' ? 0 : MaskOf(bytes, '\r') & valid;
    const std::uint64_t inside = PrefixXor(quotes) ^ inside_before_;  // an opening quote is inside, a closing is not
    const std::uint64_t may_open = (delimiters | line_ends | quotes) << 1 | may_open_before_;
    const std::uint64_t closing = quotes & ~inside;
    const std::uint64_t behind_closing = closing << 1 | closing_before_;
    const std::uint64_t behind_return = (behind_closing & returns) << 1 | return_before_;
    const std::uint64_t bad = (quotes & inside & ~may_open) | (line_ends & inside) |
                              (behind_closing & ~(delimiters | line_ends | quotes | returns) & valid) |
                              (behind_return & ~line_ends & valid);
    inside_before_ = 0 - (inside >> 63);
    may_open_before_ = (delimiters | line_ends | quotes) >> 63;
    closing_before_ = closing >> 63;
    return_before_ = (behind_closing & returns) >> 63;
    *certain = bad == 0;
    return bad == 0 ? line_ends : line_ends & ((bad & (0 - bad)) - 1);
  }

 private:
  const CsvDialect& dialect_;
  // What the bytes before say: all bits or none, then one bit each.
  std::uint64_t inside_before_ = 0;
  std::uint64_t may_open_before_ = 1;
  std::uint64_t closing_before_ = 0;
  std::uint64_t return_before_ = 0;
};

}  // namespace

std::size_t EndOfQuotedLines(absl::string_view text, std::size_t begin, const CsvDialect& dialect) {
  if (dialect.delimiter == '"') return begin;
  QuotedLines lines(dialect);
  std::size_t end = begin;
  bool certain = true;
  for (std::size_t at = begin; certain && at < text.size(); at += 64) {
    std::uint64_t line_ends = 0;
    if (text.size() - at >= 64) {
      line_ends = lines.LineEnds(text.data() + at, ~std::uint64_t{0}, &certain);
    } else {
      char last[64] = {};
      std::memcpy(last, text.data() + at, text.size() - at);
      line_ends = lines.LineEnds(last, (std::uint64_t{1} << (text.size() - at)) - 1, &certain);
    }
    if (line_ends != 0) end = at + 64 - static_cast<std::size_t>(std::countl_zero(line_ends));
  }
  return end;
}

}  // namespace awase::ingest_internal
