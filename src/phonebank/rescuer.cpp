#include "phonebank/rescuer.h"

#include <chrono>

#include "base/secret.h"
#include "phonebank/retrying.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {

namespace {
constexpr std::chrono::milliseconds kEvery{4000};
constexpr int kJitterMs = 2000;
constexpr int kBatch = 500;
}  // namespace

Rescuer::Rescuer(pg::Pool& pool, QueueTime time, Log& log) : pool_(pool), time_(time), log_(log) {}

Rescuer::~Rescuer() { stop(); }

void Rescuer::start() {
  CHECK(!thread_.joinable());
  stopping_ = false;
  thread_ = std::thread([this] { run(); });
}

void Rescuer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

int Rescuer::rescue() {
  return retrying([&] {
    const auto connection = pool_.acquire();
    pg::Transaction transaction(*connection);
    const auto rescued = transaction.run(sql::kRescueExpired, time_.given(), kBatch).affected();
    transaction.commit();
    return static_cast<int>(rescued);
  });
}

void Rescuer::run() {
  Rng rng(random_u64());
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    try {
      while (const int rescued = rescue()) {
        log_.info("leases_rescued", {{"lines", rescued}});
        if (rescued < kBatch) break;
      }
    } catch (const Failure& failure) {
      log_.warning("rescue_failed", {{"reason", failure.what()}});
    }
    lock.lock();
    const std::chrono::milliseconds jitter(rng.below(kJitterMs));
    wake_.wait_for(lock, kEvery + jitter, [this] { return stopping_; });
  }
}

}  // namespace hustings::phonebank
