#include "net/detail/route_batch.h"

#include <exception>
#include <map>
#include <typeinfo>
#include <utility>
#include <vector>

#include "net/detail/connection.h"

namespace hustings::net {

bool RouteBatch::push(std::shared_ptr<PoolCall> call, std::shared_ptr<Handled> handled,
                      WorkerPool& workers, std::size_t waiting_max) {
  const std::lock_guard lock(mutex_);
  if (waiting_.size() >= waiting_max) return false;
  waiting_.push_back({std::move(call), std::move(handled)});
  if (running_ >= route_.batches) return true;
  if (!workers.try_submit([this] { drain(); })) {
    if (running_ > 0) return true;
    waiting_.pop_back();
    return false;
  }
  ++running_;
  return true;
}

/// Works until nothing waits.
void RouteBatch::drain() {
  while (true) {
    auto batch = take();
    if (batch.empty()) return;
    handle(batch);
    finish(batch);
  }
}

/// Tells the coroutines, those of one loop with one message to it.
void RouteBatch::finish(const std::vector<Waiting>& batch) {
  std::map<asio::io_context*, std::vector<std::shared_ptr<PoolCall>>> by_loop;
  for (const Waiting& each : batch)
    by_loop[&each.call->io].push_back(each.call);
  for (auto& [io, calls] : by_loop) {
    asio::post(*io, [done = std::move(calls)] {
      for (const auto& call : done) {
        call->is_finished = true;
        call->done.cancel();
      }
    });
  }
}

/// The next round, without those whose time is over. An empty one ends the job.
std::vector<RouteBatch::Waiting> RouteBatch::take() {
  const std::lock_guard lock(mutex_);
  std::vector<Waiting> batch;
  while (!waiting_.empty() && batch.size() < route_.batch_max) {
    Waiting each = std::move(waiting_.front());
    waiting_.pop_front();
    auto expected = PoolCall::waiting;
    // Whose time is over has left: its request is not touched any more.
    if (each.call->state.compare_exchange_strong(expected, PoolCall::running)) {
      batch.push_back(std::move(each));
    }
  }
  if (batch.empty()) --running_;
  return batch;
}

void RouteBatch::handle(std::vector<Waiting>& batch) {
  std::vector<const Request*> requests;
  for (const Waiting& each : batch)
    requests.push_back(&each.handled->request);
  std::vector<Response> responses;
  try {
    responses = route_.handle_many(requests);
    CHECK(responses.size() == batch.size());
  } catch (const Failure& failure) {
    log_.error("requests_failed", {{"route", route_.pattern}, {"what", failure.what()}});
    responses.assign(batch.size(),
                     refusal(503, "unavailable",
                             "Something this server needs is away just now. Try again soon."));
  } catch (const std::exception& broken) {
    log_.error("requests_broken", {{"route", route_.pattern}, {"what", typeid(broken).name()}});
    responses.assign(batch.size(),
                     refusal(500, "broken", "The server made a mistake. It is in its log."));
  }
  for (std::size_t i = 0; i < batch.size(); ++i)
    batch[i].handled->response = std::move(responses[i]);
}

}  // namespace hustings::net
