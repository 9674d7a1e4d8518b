#pragma once

#include <memory>
#include <string>

#include "net/detail/asio.h"
#include "net/detail/server_state.h"
#include "net/message.h"

namespace hustings::net {

/// Requests over a live connection: a caller's page asks and is told over one WebSocket. A message
///   7 POST /v1/caller/claim
///   X-Hustings-CSRF: …
///   (blank line) body
/// is answered by "7 200", a line break, and the body; answers may come in another order. The
/// first word is the peer's own. Cookies and what else came with the upgrade stand for each
/// request; uploads, files and live addresses are not to be had this way.
asio::awaitable<std::string> answer_live_request(Server::State* state, Loop* loop,
                                                 std::shared_ptr<const Request> upgrade,
                                                 std::string message);

}  // namespace hustings::net
