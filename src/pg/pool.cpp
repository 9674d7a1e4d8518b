#include "pg/pool.h"

namespace hustings::pg {

Pool::Pool(ConnectOptions options, std::size_t connections_max)
    : options_(std::move(options)), connections_max_(connections_max) {}

Pool::~Pool() {
  std::unique_lock lock(mutex_);
  freed_.wait(lock, [this] { return open_ == idle_.size(); });
}

Pool::Handle Pool::acquire(Deadline deadline) {
  constexpr std::chrono::seconds kWaitMax{30};
  if (deadline.is_never()) deadline = Deadline::after(kWaitMax);
  std::unique_lock lock(mutex_);
  const bool free = freed_.wait_until(
      lock, deadline.at(), [this] { return !idle_.empty() || open_ < connections_max_; });
  if (!free) throw Failure("All connections to the database are in use.");
  while (!idle_.empty()) {
    std::unique_ptr<Connection> connection = std::move(idle_.back());
    idle_.pop_back();
    if (!connection->is_broken()) return Handle(*this, std::move(connection));
    --open_;
  }
  ++open_;
  lock.unlock();
  try {
    return Handle(*this, std::make_unique<Connection>(options_));
  } catch (...) {
    lock.lock();
    --open_;
    freed_.notify_all();
    throw;
  }
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  // One that was left inside a transaction or a pipeline is not handed to anybody else.
  const bool usable = !connection->is_broken() && !connection->in_transaction();
  const std::lock_guard lock(mutex_);
  if (usable) {
    idle_.push_back(std::move(connection));
  } else {
    --open_;
  }
  freed_.notify_all();
}

Pool::Handle::~Handle() {
  if (connection_ != nullptr) pool_->give_back(std::move(connection_));
}

}  // namespace hustings::pg
