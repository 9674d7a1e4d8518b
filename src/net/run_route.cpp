#include "net/detail/run_route.h"

#include <exception>
#include <memory>
#include <typeinfo>
#include <utility>

#include "net/detail/connection.h"
#include "net/detail/on_pool.h"
#include "net/detail/route_batch.h"

namespace hustings::net {
namespace {

Response handle_one(Server::State& state, const Served& served, const Request& request) {
  try {
    return served.route.handle(request);
  } catch (const Failure& failure) {
    state.log.error("request_failed",
                    {{"route", request.route}, {"request", request.id}, {"what", failure.what()}});
    return refusal(503, "unavailable",
                   "Something this server needs is away just now. Try again soon.");
  } catch (const std::exception& broken) {
    state.log.error(
        "request_broken",
        {{"route", request.route}, {"request", request.id}, {"what", typeid(broken).name()}});
    return refusal(500, "broken", "The server made a mistake. It is in its log.");
  }
}

}  // namespace

asio::awaitable<Response> run_route(Server::State* state, Loop* loop, const Served* served,
                                    Request* request) {
  const auto deadline =
      Deadline::after(served->route.request_max.value_or(state->options.request_max));
  request->deadline = deadline;
  const auto handled = std::make_shared<Handled>();  // shared: see PoolCall
  handled->request = std::move(*request);
  Ran ran = Ran::done;
  if (served->batch) {
    const auto call = std::make_shared<PoolCall>(loop->io);
    const bool taken =
        served->batch->push(call, handled, *state->workers, state->options.workers.queue_max);
    ran = taken ? co_await finish(call, deadline) : Ran::refused;
  } else {
    ran = co_await run_on(state->workers.get(), &loop->io, deadline, [state, served, handled] {
      handled->response = handle_one(*state, *served, handled->request);
    });
  }
  *request = std::move(handled->request);  // no worker touches it any more
  if (ran == Ran::refused) {
    state->refused_full.add();
    co_return refusal_full();
  }
  if (ran == Ran::late) {
    state->refused_late.add();
    co_return refusal_late();
  }
  co_return std::move(handled->response);
}

}  // namespace hustings::net
