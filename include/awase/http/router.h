#ifndef AWASE_HTTP_ROUTER_H_
#define AWASE_HTTP_ROUTER_H_

#include <map>
#include <string>

#include "awase/http/message.h"

namespace awase::http {

// Requests → handlers, by exact path and method. thread-compatible: routes are added first, then it is only asked.
class Router {
 public:
  // REQUIRES: the path has no handler for this method yet.
  void Add(const std::string& method, const std::string& path, Handler handler);

  // Calls the handler, or answers 404 for a path that nobody has, and 405 with Allow for one that takes other methods.
  void operator()(Request request, const Responder& respond) const;

 private:
  std::map<std::string, std::map<std::string, Handler>> routes_;  // path → method → handler
};

}  // namespace awase::http

#endif  // AWASE_HTTP_ROUTER_H_
