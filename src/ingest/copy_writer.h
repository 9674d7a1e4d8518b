#pragma once

#include <functional>
#include <thread>

#include "ingest/run_state.h"
#include "registry/copy_buffer.h"

namespace hustings::ingest {

/// A thread that feeds one COPY: rows are handed over and written in the order in which they come,
/// while the others go on parsing. Its own failure stops the run.
class CopyWriter {
 public:
  struct Sink {
    std::function<void(std::string_view)> write;
    std::function<void()> finish;  ///< after the last rows, unless the run has stopped
  };

  CopyWriter(RunState& run, Sink sink)
      : run_(run), sink_(std::move(sink)), queue_(run, kPiecesMax), thread_([this] { work(); }) {}
  ~CopyWriter() { join(); }
  CopyWriter(const CopyWriter&) = delete;
  CopyWriter& operator=(const CopyWriter&) = delete;

  void push(registry::CopyBuffer rows) {
    if (!rows.empty()) queue_.push(std::move(rows));
  }
  /// No more rows will come; the sink finishes while this thread goes on.
  void close() { queue_.close(); }
  void join() {
    close();
    if (thread_.joinable()) thread_.join();
  }

 private:
  static constexpr std::size_t kPiecesMax = 4;

  void work() {
    try {
      while (const auto rows = queue_.pop())
        sink_.write(rows->view());
      if (!run_.stopped()) sink_.finish();
    } catch (...) {
      run_.fail(std::current_exception());
    }
  }

  RunState& run_;
  Sink sink_;
  BoundedQueue<registry::CopyBuffer> queue_;
  std::thread thread_;
};

}  // namespace hustings::ingest
