#pragma once

#include "net/detail/asio.h"
#include "net/detail/server_state.h"
#include "net/message.h"

namespace hustings::net {

/// Has a request answered by its route on a worker, within request_max; what cannot be taken or
/// fails is answered too. For plain routes, from HTTP or from a live connection. The request is as
/// before when it ends.
asio::awaitable<Response> run_route(Server::State* state, Loop* loop, const Served* served,
                                    Request* request);

}  // namespace hustings::net
