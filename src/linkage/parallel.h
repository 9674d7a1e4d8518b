#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace hustings::linkage {

/// 0: one for each core; at most 64.
inline int threads_for(int wanted) {
  const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  return std::clamp(wanted > 0 ? wanted : cores, 1, 64);
}

/// Runs work(thread, task) for every task below `tasks`, on `threads` threads that take the next
/// task when they are free. `work` must not throw.
inline void for_each_task(int threads, std::size_t tasks,
                          const std::function<void(int, std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  const auto run = [&](int thread) {
    for (std::size_t task = next++; task < tasks; task = next++)
      work(thread, task);
  };
  std::vector<std::jthread> others;
  for (int thread = 1; thread < threads && static_cast<std::size_t>(thread) < tasks; ++thread)
    others.emplace_back(run, thread);
  run(0);
}

/// Sorts by pieces, one for each thread, and merges them. `less` is a strict total order, so that
/// the result is the same for any number of threads.
template <class Value, class Less>
void sort_in_parallel(std::vector<Value>& values, int threads, const Less& less) {
  const auto pieces = static_cast<std::size_t>(threads);
  const auto at = [&](std::size_t piece) {
    return values.begin() + static_cast<std::ptrdiff_t>(values.size() * piece / pieces);
  };
  for_each_task(threads, pieces,
                [&](int, std::size_t piece) { std::sort(at(piece), at(piece + 1), less); });
  for (std::size_t piece = 1; piece < pieces; ++piece) {
    std::vector<Value> merged(values.size());
    const auto end =
        std::merge(values.begin(), at(piece), at(piece), at(piece + 1), merged.begin(), less);
    std::copy(at(piece + 1), values.end(), end);
    values = std::move(merged);
  }
}

}  // namespace hustings::linkage
