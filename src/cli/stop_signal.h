#pragma once

#include <chrono>

namespace hustings::cli {

/// Ctrl-C (SIGINT) and SIGTERM, taken as a wish and not as an end: blocked in every thread, and
/// waited for here. Make it before the first thread starts.
class StopSignal {
 public:
  StopSignal();
  /// True once a signal has come; waits up to `wait` for one.
  bool wait_for(std::chrono::milliseconds wait);
  /// Waits for one.
  void wait();
  bool came() { return came_ || wait_for(std::chrono::milliseconds(0)); }

 private:
  bool came_ = false;
};

}  // namespace hustings::cli
