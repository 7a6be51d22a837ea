#ifndef AWASE_TRAINER_SETTINGS_H_
#define AWASE_TRAINER_SETTINGS_H_

// The settings that decide what a version says: the manifest's "settings", and part of the version id.

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "awase/trainer/train.h"

namespace awase::trainer {

// A JSON object.
std::string SettingsToJson(const TrainOptions& options);

// The reverse, so that a version can be trained anew as it was: sets those options and leaves all others.
// kInvalidArgument for what SettingsToJson did not write; *options is then as it was.
absl::Status SettingsFromJson(absl::string_view settings_json, TrainOptions* options);

}  // namespace awase::trainer

#endif  // AWASE_TRAINER_SETTINGS_H_
