// The table of who may call what, held against the services that there are.

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/access/roles.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/call_counts.h"
#include "service/service_names.h"

namespace awase::service {
namespace {

TEST(AccessTable, NamesEveryMethodOfTheServicesAndNothingElse) {
  std::set<std::string> methods = {"metrics"};
  for (const google::protobuf::MethodDescriptor* method : MethodsOf(ServiceNames())) {
    methods.insert(absl::StrCat(method->service()->full_name(), "/", method->name()));
  }
  std::set<std::string> named;
  for (const access::MethodRoles& row : access::MethodTable()) named.insert(std::string(row.method));
  EXPECT_EQ(named, methods) << "src/access/roles.cc says who may call what";
}

}  // namespace
}  // namespace awase::service
