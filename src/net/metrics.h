#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

/// Numbers for Prometheus. Counting is one atomic addition; reading takes a lock. All calls may
/// come from several threads.
namespace hustings::net {

class Counter {
 public:
  void add(std::uint64_t by = 1) { value_.fetch_add(by, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

class Gauge {
 public:
  void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
  void add(std::int64_t by) { value_.fetch_add(by, std::memory_order_relaxed); }
  std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_{0};
};

/// Of seconds, in buckets from 0.5 ms to 30 s.
class Histogram {
 public:
  static constexpr std::array<double, 15> kUpperSeconds = {
      0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};

  void add(double seconds);
  std::uint64_t count() const;
  double sum_seconds() const;
  std::uint64_t in_bucket(std::size_t bucket) const {
    return buckets_[bucket].load(std::memory_order_relaxed);
  }

 private:
  std::array<std::atomic<std::uint64_t>, kUpperSeconds.size() + 1> buckets_{};
  std::atomic<std::uint64_t> sum_microseconds_{0};
};

using Labels = std::vector<std::pair<std::string, std::string>>;

/// Owns every number of a process. A name and its labels give the same object each time; keep the
/// reference, which stays valid as long as the Metrics.
class Metrics {
 public:
  Counter& counter(const std::string& name, const std::string& help, const Labels& labels = {});
  Gauge& gauge(const std::string& name, const std::string& help, const Labels& labels = {});
  Histogram& histogram(const std::string& name, const std::string& help, const Labels& labels = {});
  /// A gauge that is asked when the text is made. `read` must be safe from any thread for as long
  /// as the Metrics, or until remove().
  void gauge_of(const std::string& name, const std::string& help, std::function<double()> read);
  void remove(const std::string& name);

  /// Prometheus text format 0.0.4, in the order of names.
  std::string text() const;
  static constexpr const char* kContentType = "text/plain; version=0.0.4; charset=utf-8";

 private:
  enum class Kind : std::uint8_t { counter, gauge, histogram };
  struct Series;
  struct Family;
  Series& series(const std::string& name, const std::string& help, Kind kind, const Labels& labels);

  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Family>> families_;

 public:
  Metrics();
  ~Metrics();
};

}  // namespace hustings::net
