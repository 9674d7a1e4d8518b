#include "base/periodic.h"

#include <utility>

namespace hustings {

Periodic::Periodic(std::chrono::milliseconds pause, std::function<void()> function)
    : pause_(pause), function_(std::move(function)), thread_([this] { run(); }) {}

Periodic::~Periodic() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  thread_.join();
}

void Periodic::run() {
  std::unique_lock lock(mutex_);
  while (!stopped_.wait_for(lock, pause_, [this] { return stopping_; })) {
    lock.unlock();
    function_();
    lock.lock();
  }
}

}  // namespace hustings
