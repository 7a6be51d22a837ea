#ifndef AWASE_TESTS_UNIT_YAML_SAMPLE_TESTING_H_
#define AWASE_TESTS_UNIT_YAML_SAMPLE_TESTING_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "awase/yaml/decode_message.h"
#include "gtest/gtest.h"
#include "sample.pb.h"

namespace awase::yaml {

// "3:5 rules[0].id: message".
inline std::string ToText(const Problem& problem) {
  return absl::StrCat(problem.place.line, ":", problem.place.column, " ", problem.path, ": ", problem.message);
}

inline std::vector<std::string> ToTexts(const Decoded& decoded) {
  std::vector<std::string> texts;
  for (const Problem& problem : decoded.problems()) texts.push_back(ToText(problem));
  return texts;
}

inline std::vector<std::string> ProblemsOf(absl::string_view text, const DecodeOptions& options = DecodeOptions()) {
  yaml_test::Sample sample;
  return ToTexts(DecodeMessage(text, options, &sample));
}

// REQUIRES: a text without problems.
inline yaml_test::Sample DecodeSample(absl::string_view text) {
  yaml_test::Sample sample;
  const Decoded decoded = DecodeMessage(text, DecodeOptions(), &sample);
  for (const Problem& problem : decoded.problems()) ADD_FAILURE() << ToText(problem);
  EXPECT_TRUE(decoded.whole());
  return sample;
}

}  // namespace awase::yaml

#endif  // AWASE_TESTS_UNIT_YAML_SAMPLE_TESTING_H_
