#include "awase/http/router.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace awase::http {
namespace {

Response NotAllowed(const Request& request, const std::map<std::string, Handler>& handlers) {
  std::set<std::string> methods;
  for (const auto& [method, handler] : handlers) methods.insert(method);
  if (methods.count("GET") > 0) methods.insert("HEAD");
  const std::string allowed = absl::StrJoin(methods, ", ");
  Response response = ErrorResponse(405, "unimplemented",
                                    absl::StrCat(request.path, " does not take ", request.method, ": want ", allowed));
  response.headers.push_back({"Allow", allowed});
  return response;
}

}  // namespace

void Router::Add(const std::string& method, const std::string& path, Handler handler) {
  routes_[path].emplace(method, std::move(handler));
}

void Router::operator()(Request request, const Responder& respond) const {
  const auto route = routes_.find(request.path);
  if (route == routes_.end()) {
    constexpr std::size_t kShown = 200;
    return respond(
        ErrorResponse(404, "unimplemented", absl::StrCat("there is no ", request.path.substr(0, kShown), " here")));
  }
  const auto handler = route->second.find(request.method);
  if (handler == route->second.end()) return respond(NotAllowed(request, route->second));
  handler->second(std::move(request), respond);
}

}  // namespace awase::http
