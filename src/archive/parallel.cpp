#include "archive/parallel.h"

#include <atomic>
#include <exception>
#include <thread>
#include <vector>

#include "base/guarded.h"

namespace hustings::archive {

void in_parallel(std::size_t workers, std::size_t jobs,
                 const std::function<void(std::size_t, std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  Guarded<std::exception_ptr> first;
  const auto run = [&](std::size_t worker) {
    try {
      for (std::size_t job = next++; job < jobs; job = next++)
        work(worker, job);
    } catch (...) {  // carried over to the calling thread
      next = jobs;
      const auto failure = first.lock();
      if (!*failure) *failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t worker = 0; worker < workers; ++worker)
      threads.emplace_back(run, worker);
  }
  if (*first.lock()) std::rethrow_exception(*first.lock());
}

}  // namespace hustings::archive
