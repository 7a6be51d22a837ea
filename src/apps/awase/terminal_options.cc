#include "apps/awase/terminal_options.h"

#include <sys/ioctl.h>
#include <unistd.h>

namespace awase::apps {

PageOptions TerminalOptions() {
  PageOptions options;
  if (isatty(STDOUT_FILENO) == 0) return options;
  options.emphasis = true;
  winsize size = {};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) options.width = size.ws_col;
  return options;
}

}  // namespace awase::apps
