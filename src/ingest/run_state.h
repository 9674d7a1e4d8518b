#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "base/error.h"

namespace hustings::ingest {

/// What the threads of one import share: whether to go on, and the first reason why not.
class RunState {
 public:
  bool stopped() const { return stopped_.load(std::memory_order_relaxed); }

  /// The first failure counts; everything that waits is woken.
  void fail(Error error);
  void fail(std::exception_ptr exception);
  void cancel() {
    fail(Error{ErrorCode::cancelled, "The import was cancelled; nothing was changed.", ""});
  }

  /// Called once when it stops, from the thread that failed; at once if it has stopped already.
  /// Taken back by the guard's destructor, which waits for a call that is under way.
  class StopGuard {
   public:
    StopGuard(RunState& run, std::function<void()> call);
    ~StopGuard();
    StopGuard(const StopGuard&) = delete;
    StopGuard& operator=(const StopGuard&) = delete;

   private:
    RunState& run_;
    std::uint64_t number_;
  };

  /// The reason, thrown if it is an exception; success if nothing failed.
  Status result() const;

 private:
  void stop();
  std::atomic<bool> stopped_ = false;
  mutable std::mutex mutex_;
  std::optional<Error> error_;
  std::exception_ptr exception_;
  std::recursive_mutex calls_mutex_;
  std::vector<std::pair<std::uint64_t, std::function<void()>>> calls_;
  std::uint64_t next_call_ = 0;
};

/// A queue of fixed length between threads. Refuses and gives nothing once the run has stopped.
template <class T>
class BoundedQueue {
 public:
  BoundedQueue(RunState& run, std::size_t most)
      : most_(most), run_(run), guard_(run, [this] { wake(); }) {}

  /// Waits for room. False: the run has stopped.
  bool push(T item) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return items_.size() < most_ || run_.stopped(); });
    if (run_.stopped()) return false;
    items_.push_back(std::move(item));
    changed_.notify_all();
    return true;
  }
  /// Waits for an item. Nothing: the queue is closed and empty, or the run has stopped.
  std::optional<T> pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !items_.empty() || closed_ || run_.stopped(); });
    if (run_.stopped() || items_.empty()) return std::nullopt;
    std::optional<T> item(std::move(items_.front()));
    items_.pop_front();
    changed_.notify_all();
    return item;
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

 private:
  void wake() {
    const std::lock_guard lock(mutex_);
    changed_.notify_all();
  }
  const std::size_t most_;
  RunState& run_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<T> items_;
  bool closed_ = false;
  RunState::StopGuard guard_;  // last: its call uses the members above
};

/// Lets pieces of work through in their order.
class OrderGate {
 public:
  explicit OrderGate(RunState& run) : run_(run), guard_(run, [this] { wake(); }) {}
  /// Waits until all pieces before `index` have passed. False: the run has stopped.
  bool enter(std::int64_t index) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return next_ == index || run_.stopped(); });
    return !run_.stopped();
  }
  void leave() {
    const std::lock_guard lock(mutex_);
    ++next_;
    changed_.notify_all();
  }

 private:
  void wake() {
    const std::lock_guard lock(mutex_);
    changed_.notify_all();
  }
  RunState& run_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::int64_t next_ = 0;
  RunState::StopGuard guard_;
};

}  // namespace hustings::ingest
