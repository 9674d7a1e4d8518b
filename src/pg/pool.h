#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "base/clock.h"
#include "pg/connection.h"

namespace hustings::pg {

/// A bounded set of connections, opened when first needed, a broken one replaced. Calls may come
/// from several threads.
class Pool {
 public:
  Pool(ConnectOptions options, std::size_t connections_max);
  ~Pool();

  /// A connection for as long as the handle lives.
  class Handle {
   public:
    ~Handle();
    Handle(Handle&& other) noexcept = default;
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    friend class Pool;
    Handle(Pool& pool, std::unique_ptr<Connection> connection)
        : pool_(&pool), connection_(std::move(connection)) {}
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  /// Waits for a free one; throws Failure when none is free before the deadline (30 s if never),
  /// SqlFailure when the database cannot be reached.
  Handle acquire(Deadline deadline = Deadline::never());

  const ConnectOptions& options() const { return options_; }

 private:
  void give_back(std::unique_ptr<Connection> connection);

  const ConnectOptions options_;
  const std::size_t connections_max_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::size_t open_ = 0;
};

}  // namespace hustings::pg
