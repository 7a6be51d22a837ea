#ifndef AWASE_APPS_AWASE_CUSTOMER_FILE_H_
#define AWASE_APPS_AWASE_CUSTOMER_FILE_H_

// The file of `awase recommend --customer`: an awase.v1.Customer as JSON. What is wrong with it is said in the words of
// the file, whoever finds it.

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awase/engine/recommend.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::apps {

// What service::FromJsonText refuses is kInvalidArgument and begins with `path`.
absl::StatusOr<v1::Customer> ReadCustomerFile(const std::string& path);

// A refusal of the request, of which customer.… is what the file at `path` says: names its fields by the file.
absl::Status ByCustomerFile(const absl::Status& refusal, const std::string& path);

// Ids of the customer that are not what they are given for: products that the model does not know, a subscription to
// what is no plan, options that are none. One sentence for each field: "customer.owned_product_ids: not known to the
// model: ghost".
std::vector<std::string> UnknownIdsOf(const v1::Customer& customer, const engine::Snapshot& snapshot);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_CUSTOMER_FILE_H_
