#pragma once

#include <cstddef>
#include <functional>

namespace hustings::archive {

/// Runs work(worker, job) for every job from 0 to jobs - 1, each worker (0 to workers - 1) on a
/// thread of its own, jobs begun in order. After an exception no further job is begun; the first
/// one is thrown again when all threads have ended.
void in_parallel(std::size_t workers, std::size_t jobs,
                 const std::function<void(std::size_t worker, std::size_t job)>& work);

}  // namespace hustings::archive
