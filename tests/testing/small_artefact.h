#ifndef AWASE_TESTS_TESTING_SMALL_ARTEFACT_H_
#define AWASE_TESTS_TESTING_SMALL_ARTEFACT_H_

#include <string>

#include "awase/catalog/catalog.h"

namespace awase::testing {

// Five products with every kind of field in use: a camera with two variants, a dearer camera, a film.
catalog::Catalog SmallCatalog();

// Trains on a handful of baskets over SmallCatalog and writes the version, with a few cart weights; returns its id. The
// same every time.
std::string WriteSmallVersion(const std::string& model_dir, const std::string& report_json = "{}");

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_SMALL_ARTEFACT_H_
