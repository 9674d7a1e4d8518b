#include "segments/crew.h"

#include <algorithm>
#include <atomic>
#include <latch>

#include "segments/bitmap.h"

namespace hustings::segments {
namespace {

constexpr std::size_t kRowsForThreads = 500'000;
/// Blocks that a thread takes at a time.
constexpr std::size_t kBlocksTaken = 64;

}  // namespace

Crew::Crew(int threads)
    : threads_(std::max(threads, 1)),
      pool_({.threads = std::max(threads - 1, 1), .queue_max = 256}) {}

std::size_t Crew::parts(std::size_t rows) const {
  return rows >= kRowsForThreads ? static_cast<std::size_t>(threads_) : 1;
}

void Crew::split(std::size_t rows, const Work& work) const {
  const std::size_t all = parts(rows);
  const std::size_t blocks = blocks_of(rows);
  if (all == 1) return work(0, 0, blocks);
  std::atomic<std::size_t> next = 0;
  std::latch done(static_cast<std::ptrdiff_t>(all));
  for (std::size_t part = all; part-- > 0;) {
    const auto run = [&, part] {
      for (;;) {
        const std::size_t first = next.fetch_add(kBlocksTaken);
        if (first >= blocks) break;
        work(part, first, std::min(first + kBlocksTaken, blocks));
      }
      done.count_down();
    };
    if (part == 0 || !pool_.try_submit(run)) run();  // a full queue: the caller does it
  }
  done.wait();
}

}  // namespace hustings::segments
