#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "access/identity.h"
#include "api/registrar.h"
#include "base/error.h"

namespace hustings::net {
class Hub;
class Server;
}  // namespace hustings::net

namespace hustings::api {

struct Services;

/// Every resource's endpoints, without serving them: emit_api reads this.
void register_all(Registrar& registrar);

/// The identity behind a session cookie, or why there is none.
using Authenticate = std::function<Result<access::Identity>(std::string_view token)>;

/// Offers the endpoints on the server: session, CSRF and permission are checked, then the Input is
/// read, the handler called, the Output written. The registrar must outlive the server. `services`
/// may be null where no handler uses them.
void serve(const Registrar& registrar, net::Server& server, Services* services,
           const Authenticate& authenticate);
/// GET /v1/live?topics=a,b: each topic asks the permission of the endpoint that offers it.
void serve_live(const Registrar& registrar, net::Server& server, net::Hub& hub,
                const Authenticate& authenticate);
/// What GET answers for the topic's endpoint, as the program itself sees it; nothing if there is no
/// such topic or thing. May throw Failure.
std::optional<std::string> topic_body(const Registrar& registrar, Services& services,
                                      const std::string& topic);

/// What app/ calls: all of the above with the real services, a snapshot for each new listener, and
/// GET /healthz and GET /metrics.
void add_endpoints(const Registrar& registrar, net::Server& server, net::Hub& hub,
                   Services& services);

}  // namespace hustings::api
