#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "model/ids.h"
#include "model/zone.h"
#include "pg/pool.h"

namespace hustings::segments {

/// What the phone banks' queues say of voters, at a moment.
struct QueueState {
  enum class Bar : std::uint8_t { cooling_down, held, callback };
  struct Barred {
    VoterId voter;
    Bar bar;  ///< of several phone banks the first of the enumeration counts
  };
  Instant at;
  std::vector<Barred> barred;
  std::vector<ListId> called_lists;  ///< of phone banks that are open or paused
  /// From the first hour of one of these to the last of one; the usual one while there is none.
  CallingWindow window;
};

/// Reads it, at most once a second however many ask. Safe for several threads.
class QueueReader {
 public:
  QueueReader(pg::Pool& pool, const Clock& clock) : pool_(pool), clock_(clock) {}
  std::shared_ptr<const QueueState> read(Deadline deadline) const;

 private:
  pg::Pool& pool_;
  const Clock& clock_;
  mutable Guarded<std::shared_ptr<const QueueState>> newest_;
};

}  // namespace hustings::segments
