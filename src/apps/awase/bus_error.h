#ifndef AWASE_APPS_AWASE_BUS_ERROR_H_
#define AWASE_APPS_AWASE_BUS_ERROR_H_

#include "apps/awase/server_log.h"

namespace awase::apps {

// A model is mapped: where somebody cuts one of its files short in place, reading what is gone is a SIGBUS, and no
// answer can be given. From this call on the process then says so on stderr, and ends by that signal as before.
void SayWhyOnBusError(LogFormat format);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_BUS_ERROR_H_
