#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace hustings {

/// Calls a function on a thread of its own, again and again with a pause between, until it is
/// destroyed. The function must not throw.
class Periodic {
 public:
  Periodic(std::chrono::milliseconds pause, std::function<void()> function);
  ~Periodic();  ///< waits for a call that runs
  Periodic(const Periodic&) = delete;
  Periodic& operator=(const Periodic&) = delete;

 private:
  void run();

  const std::chrono::milliseconds pause_;
  const std::function<void()> function_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace hustings
