#ifndef AWASE_APPS_AWASE_FAMILY_TEXT_H_
#define AWASE_APPS_AWASE_FAMILY_TEXT_H_

#include <string>

#include "awase/families/family_table.h"

namespace awase::apps {

// "family cameras: 5 products, 412 orders", and below it a table: price, what the products differ in, the
// next better and the next cheaper ones with their grades. The row of the center begins with ">". Ends in a new line.
std::string FamilyToText(const families::FamilyTable& table);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_FAMILY_TEXT_H_
