#ifndef AWASE_APPS_AWASE_TERMINAL_OPTIONS_H_
#define AWASE_APPS_AWASE_TERMINAL_OPTIONS_H_

#include "apps/awase/page.h"

namespace awase::apps {

// Of the terminal that standard output is; the defaults where it is none.
PageOptions TerminalOptions();

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_TERMINAL_OPTIONS_H_
