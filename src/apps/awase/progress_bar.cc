#include "apps/awase/progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"

namespace awase::apps {
namespace {

constexpr int kBarWidth = 24;
constexpr absl::Duration kRedraw = absl::Milliseconds(100);

std::string RateText(double per_second) {
  return per_second >= 1e6 ? absl::StrFormat("%.1f M rows/s", per_second / 1e6)
                           : absl::StrFormat("%.0f k rows/s", per_second / 1e3);
}

}  // namespace

std::string ProgressLine(const trainer::TrainProgress& progress, absl::Duration elapsed) {
  std::string line = absl::StrFormat("%-24s", progress.stage);
  const double seconds = absl::ToDoubleSeconds(elapsed);
  if (progress.share >= 0) {
    const double share = std::min(progress.share, 1.0);
    const int filled = static_cast<int>(share * kBarWidth);
    absl::StrAppend(&line, "[", std::string(static_cast<std::size_t>(filled), '='),
                    std::string(static_cast<std::size_t>(kBarWidth - filled), ' '), "]");
    absl::StrAppendFormat(&line, " %3.0f %%", share * 100);
  }
  if (progress.rows > 0) {
    absl::StrAppend(&line, "  ", progress.rows, " rows");
    if (seconds > 0.2) absl::StrAppend(&line, "  ", RateText(static_cast<double>(progress.rows) / seconds));
  }
  if (progress.share > 0.02 && seconds > 0.5) {
    absl::StrAppendFormat(&line, "  %.0f s left", seconds * (1 - progress.share) / progress.share);
  }
  return line;
}

ProgressBar::ProgressBar() : terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressBar::~ProgressBar() {
  if (drawn_) std::fputs("\r\033[K", stderr);
}

void ProgressBar::Show(const trainer::TrainProgress& progress) {
  if (!terminal_) return;
  const absl::Time now = absl::Now();
  if (progress.stage != stage_) {
    stage_ = progress.stage;
    stage_start_ = now;
  } else if (now - last_drawn_ < kRedraw) {
    return;
  }
  last_drawn_ = now;
  drawn_ = true;
  std::fprintf(stderr, "\r\033[K%s", ProgressLine(progress, now - stage_start_).c_str());
  std::fflush(stderr);
}

}  // namespace awase::apps
