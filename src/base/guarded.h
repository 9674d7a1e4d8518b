#pragma once

#include <mutex>
#include <utility>

namespace hustings {

/// A mutex that owns what it guards: the value can only be reached with the lock held.
/// `const auto queue = queue_.lock(); queue->push_back(x);`
template <class T>
class Guarded {
 public:
  Guarded() = default;
  explicit Guarded(T value) : value_(std::move(value)) {}

  class Access {
   public:
    T* operator->() const { return value_; }
    T& operator*() const { return *value_; }
    /// For std::condition_variable::wait.
    std::unique_lock<std::mutex>& lock() { return lock_; }

   private:
    friend class Guarded;
    Access(std::mutex& mutex, T& value) : lock_(mutex), value_(&value) {}
    std::unique_lock<std::mutex> lock_;
    T* value_;
  };

  Access lock() { return Access(mutex_, value_); }

 private:
  std::mutex mutex_;
  T value_;
};

}  // namespace hustings
