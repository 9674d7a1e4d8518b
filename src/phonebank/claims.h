#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "pg/pool.h"
#include "phonebank/claim.h"
#include "phonebank/phonebank.h"
#include "phonebank/zone_sets.h"

namespace hustings::phonebank {

/// Hands lines to callers and takes them back. Calls may come from several threads; each is one
/// transaction (…_once), tried again after a lost race.
class Claims {
 public:
  Claims(pg::Pool& pool, ZoneSets& zone_sets, QueueTime time, Log& log)
      : pool_(pool), zone_sets_(zone_sets), time_(time), log_(log) {}

  /// The next line for this caller, or why there is none. A caller who holds a line gets the same
  /// one again.
  Result<Claim> claim(const Caller& caller, Deadline deadline);
  /// The line that the caller holds, if its number may still be shown.
  std::optional<Lease> held(const Caller& caller, Deadline deadline);
  /// The number was not dialled: the line goes back at once. Refuses: lease_lost.
  Status release(PersonId caller, LeaseId lease, int epoch, ReleaseReason reason,
                 Deadline deadline);
  /// The caller is there; the lease goes on. A sentence to show, if there is one.
  std::optional<std::string> heartbeat(const Caller& caller, Deadline deadline);
  /// The caller has gone: what they held waits as if it had been dialled.
  void leave(PersonId caller, Deadline deadline);

 private:
  struct Start;
  struct Shown;
  Result<Claim> claim_once(const Caller& caller, Deadline deadline);
  std::optional<Lease> held_once(const Caller& caller, Deadline deadline);
  Status release_once(PersonId caller, LeaseId lease, int epoch, ReleaseReason reason,
                      Deadline deadline);
  std::optional<std::string> heartbeat_once(const Caller& caller, Deadline deadline);
  void leave_once(PersonId caller, Deadline deadline);
  std::optional<Lease> held_again(pg::Transaction& transaction, const Start& start);
  std::optional<Lease> next_lease(pg::Transaction& transaction, const Caller& caller,
                                  const Start& start);
  std::optional<Lease> show(pg::Transaction& transaction, const Start& start, const Shown& shown);
  void refuse_line(pg::Transaction& transaction, const Start& start, const Shown& shown,
                   const std::string& reason);
  NothingReady outlook(pg::Transaction& transaction, const Caller& caller, const Start& start);

  pg::Pool& pool_;
  ZoneSets& zone_sets_;
  QueueTime time_;
  Log& log_;
};

}  // namespace hustings::phonebank
