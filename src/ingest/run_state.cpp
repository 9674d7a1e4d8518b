#include "ingest/run_state.h"

#include <algorithm>

namespace hustings::ingest {

void RunState::fail(Error error) {
  {
    const std::lock_guard lock(mutex_);
    if (error_ || exception_) return;
    error_ = std::move(error);
  }
  stop();
}

void RunState::fail(std::exception_ptr exception) {
  {
    const std::lock_guard lock(mutex_);
    if (error_ || exception_) return;
    exception_ = std::move(exception);
  }
  stop();
}

void RunState::stop() {
  stopped_ = true;
  const std::lock_guard lock(calls_mutex_);
  for (const auto& [number, call] : calls_)
    call();
}

Status RunState::result() const {
  const std::lock_guard lock(mutex_);
  if (exception_) std::rethrow_exception(exception_);
  if (error_) return std::unexpected(*error_);
  return {};
}

RunState::StopGuard::StopGuard(RunState& run, std::function<void()> call) : run_(run) {
  const std::lock_guard lock(run_.calls_mutex_);
  number_ = run_.next_call_++;
  if (run_.stopped()) call();
  run_.calls_.emplace_back(number_, std::move(call));
}

RunState::StopGuard::~StopGuard() {
  const std::lock_guard lock(run_.calls_mutex_);
  std::erase_if(run_.calls_, [&](const auto& entry) { return entry.first == number_; });
}

}  // namespace hustings::ingest
