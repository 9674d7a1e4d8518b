#pragma once

#include <cstddef>
#include <functional>

#include "base/worker_pool.h"

namespace hustings::segments {

/// The threads that share the blocks of one question among them. Safe for several callers at once.
class Crew {
 public:
  /// `threads`: how many work on one question, the caller's included.
  explicit Crew(int threads);

  /// How many parts split() makes of so many rows: one where waking a thread costs more than it
  /// saves.
  std::size_t parts(std::size_t rows) const;
  /// Calls work(part, first block, end block) until every block was in one call. A part's calls
  /// come one after the other, in ascending order of blocks, on one thread; who is faster gets
  /// more blocks.
  using Work = std::function<void(std::size_t, std::size_t, std::size_t)>;
  void split(std::size_t rows, const Work& work) const;

 private:
  int threads_;
  mutable WorkerPool pool_;
};

}  // namespace hustings::segments
