#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/log.h"
#include "base/rng.h"
#include "pg/pool.h"
#include "phonebank/phonebank.h"

namespace hustings::phonebank {

/// Takes back the lines of leases that have run out: a caller's page crashed, a phone ran empty.
/// Any number of processes may do it at once; each waits a time of its own between rounds, so that
/// they do not come together. When the database is away it tries again.
class Rescuer {
 public:
  Rescuer(pg::Pool& pool, QueueTime time, Log& log);
  ~Rescuer();
  Rescuer(const Rescuer&) = delete;
  Rescuer& operator=(const Rescuer&) = delete;

  /// Starts the thread; stop() ends and joins it.
  void start();
  void stop();
  /// One round, on the caller's thread: how many lines went back.
  int rescue();

 private:
  void run();

  pg::Pool& pool_;
  QueueTime time_;
  Log& log_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace hustings::phonebank
