#ifndef AWASE_EVALUATION_WRITE_QUESTIONS_H_
#define AWASE_EVALUATION_WRITE_QUESTIONS_H_

// The questions of the protocol as files, so that other programs can be asked the same.

#include <string>

#include "absl/status/status.h"
#include "awase/evaluation/test_cases.h"
#include "awase/orders/baskets.h"

namespace awase::evaluation {

// Writes three CSV files into `directory`, which is made; products and orders are numbers that mean nothing elsewhere:
//   learned_from.csv  order,product  a row per distinct product of an order
//   lists.csv         anchor,targets
//   carts.csv         cart,hidden
// where targets and cart are numbers with blanks between them. Errors of the file system, naming the path.
absl::Status WriteQuestions(const std::string& directory, const orders::BasketSet& learned_from,
                            const TestCases& cases);

}  // namespace awase::evaluation

#endif  // AWASE_EVALUATION_WRITE_QUESTIONS_H_
