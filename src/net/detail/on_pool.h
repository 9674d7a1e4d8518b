#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <utility>

#include "base/clock.h"
#include "base/worker_pool.h"
#include "net/detail/asio.h"

namespace hustings::net {

enum class Ran : std::uint8_t { done, refused, late };

/// What a coroutine on a loop and a job on a pool share.
struct PoolCall {
  enum State : std::uint8_t { waiting, running, abandoned };
  explicit PoolCall(asio::io_context& loop) : io(loop), done(loop) {}

  asio::io_context& io;
  asio::steady_timer done;   // the loop's thread only
  bool is_finished = false;  // the loop's thread only
  std::atomic<State> state = waiting;
};

/// Waits without a thread until a worker has finished the call, or no worker has taken it before
/// the deadline: then none will.
inline asio::awaitable<Ran> finish(std::shared_ptr<PoolCall> call, Deadline deadline) {
  call->done.expires_at(deadline.at());
  while (!call->is_finished) {
    ErrorOf error;
    co_await call->done.async_wait(into(error));
    if (call->is_finished || error) continue;
    auto expected = PoolCall::waiting;
    if (call->state.compare_exchange_strong(expected, PoolCall::abandoned)) co_return Ran::late;
    call->done.expires_at(asio::steady_timer::time_point::max());
  }
  co_return Ran::done;
}

/// Runs `job`, which must not throw, on the pool while this coroutine waits without a thread.
/// `refused`: the queue is full. `late`: no thread was free before the deadline; the job will not
/// run. What the job touches must be held by `job` itself or outlive the call.
inline asio::awaitable<Ran> run_on(WorkerPool* pool, asio::io_context* io, Deadline deadline,
                                   std::function<void()> job) {
  auto call = std::make_shared<PoolCall>(*io);  // shared: job and coroutine end in either order
  const bool taken = pool->try_submit([call, deadline, work = std::move(job)] {
    auto expected = PoolCall::waiting;
    if (deadline.passed() || !call->state.compare_exchange_strong(expected, PoolCall::running)) {
      return;  // the coroutine sees the deadline by itself
    }
    work();
    asio::post(call->io, [call] {
      call->is_finished = true;
      call->done.cancel();
    });
  });
  if (!taken) co_return Ran::refused;
  co_return co_await finish(call, deadline);
}

}  // namespace hustings::net
