#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace hustings {

/// A moment in UTC, to the microsecond: what PostgreSQL's timestamptz holds.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// "2026-11-03T19:05:00.123456Z"
std::string to_iso(Instant at);
/// Reads what to_iso writes, and any ISO 8601 moment with "Z" or an offset such as "+01:00".
std::optional<Instant> from_iso(std::string_view text);

/// Where the time comes from: a constructor argument wherever time matters, so that tests and the
/// simulation can set it. All calls may come from several threads.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

/// Stands still until it is moved.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}
  Instant now() const override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  void set(Instant at) {
    const std::lock_guard lock(mutex_);
    now_ = at;
  }
  void advance(std::chrono::microseconds by) {
    const std::lock_guard lock(mutex_);
    now_ += by;
  }

 private:
  mutable std::mutex mutex_;
  Instant now_;
};

/// When a request's answer is no longer of use. Travels with the request down to the database.
class Deadline {
 public:
  static Deadline after(std::chrono::milliseconds wait) {
    return Deadline(std::chrono::steady_clock::now() + wait);
  }
  static Deadline never() { return Deadline(std::chrono::steady_clock::time_point::max()); }

  bool is_never() const { return at_ == std::chrono::steady_clock::time_point::max(); }
  bool passed() const { return !is_never() && std::chrono::steady_clock::now() >= at_; }
  /// At least 1 ms, so that it can be given to calls for which 0 means "no limit".
  std::chrono::milliseconds remaining() const;
  std::chrono::steady_clock::time_point at() const { return at_; }

 private:
  explicit Deadline(std::chrono::steady_clock::time_point at) : at_(at) {}
  std::chrono::steady_clock::time_point at_;
};

}  // namespace hustings
