#pragma once

#include "base/clock.h"
#include "model/ids.h"
#include "pg/connection.h"

namespace hustings::experiments {

/// Who keeps callers from a locked hold-out (the phone bank's queues), in the transaction in which
/// it is locked and unlocked: the rows of experiment_member say `held` then, or no more.
class HoldOutGuard {
 public:
  virtual ~HoldOutGuard() = default;
  virtual void on_locked(pg::Transaction& transaction, ExperimentId experiment, Instant at) = 0;
  virtual void on_unlocked(pg::Transaction& transaction, ExperimentId experiment, Instant at) = 0;
};

}  // namespace hustings::experiments
