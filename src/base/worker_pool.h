#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace hustings {

/// A fixed number of threads behind a queue of fixed length. It refuses when the queue is full, so
/// that overload is seen at the door and not as ever longer waits. The destructor finishes what is
/// queued, then joins.
class WorkerPool {
 public:
  struct Size {
    int threads = 4;
    std::size_t queue_max = 1024;
  };

  explicit WorkerPool(Size size);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False if the queue is full or the pool is stopping; the job is then not run. A job must not
  /// throw.
  [[nodiscard]] bool try_submit(std::function<void()> job);
  std::size_t queued() const;

 private:
  void work();

  const std::size_t queue_max_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> jobs_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace hustings
