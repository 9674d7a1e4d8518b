#pragma once

#include <mutex>

#include "archive/archive.h"

namespace hustings::archive {

/// Adds up what several workers have done and tells it, one at a time.
class ProgressCounter {
 public:
  explicit ProgressCounter(const OnProgress& on_progress) : on_progress_(on_progress) {}

  void add(const std::string& table, std::uint64_t plain_bytes, std::uint64_t rows) {
    const std::lock_guard lock(mutex_);
    done_.stage = Progress::Stage::table;
    done_.table = table;
    done_.plain_bytes += plain_bytes;
    done_.rows += rows;
    if (on_progress_) on_progress_(done_);
  }
  void tell(Progress::Stage stage) {
    const std::lock_guard lock(mutex_);
    done_.stage = stage;
    done_.table.clear();
    if (on_progress_) on_progress_(done_);
  }

 private:
  const OnProgress& on_progress_;
  std::mutex mutex_;
  Progress done_;
};

}  // namespace hustings::archive
