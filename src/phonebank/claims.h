#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

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

  /// The next line for each caller, or why there is none, in their order: all in one transaction. A
  /// caller who holds a line gets the same one again, and so does one who asks twice.
  std::vector<Result<Claim>> claim(std::span<const Caller> callers, Deadline deadline);
  /// The line that the caller holds, if its number may still be shown.
  std::optional<Lease> held(const Caller& caller, Deadline deadline);
  /// The number was not called: the line goes back at once; if a call was ordered all the same, it
  /// waits. Refuses: lease_lost.
  Status release(PersonId caller, LeaseId lease, int epoch, ReleaseReason reason,
                 Deadline deadline);
  /// The caller is there, perhaps on a break; the lease goes on. A sentence to show, if there is
  /// one.
  std::optional<std::string> heartbeat(const Caller& caller, Deadline deadline, bool resting);
  /// The caller has gone: what they held waits as if it had been dialled.
  void leave(PersonId caller, Deadline deadline);

 private:
  struct Start;
  struct Asking;
  std::vector<Result<Claim>> claim_once(std::span<const Caller> callers, Deadline deadline);
  std::optional<Lease> held_once(const Caller& caller, Deadline deadline);
  Status release_once(PersonId caller, LeaseId lease, int epoch, ReleaseReason reason,
                      Deadline deadline);
  std::optional<std::string> heartbeat_once(const Caller& caller, Deadline deadline, bool resting);
  void leave_once(PersonId caller, Deadline deadline);
  std::vector<Asking> begin(pg::Transaction& transaction, std::span<const Caller> callers);
  std::optional<Lease> held_again(pg::Transaction& transaction, const Start& start);
  void hand_out(pg::Transaction& transaction, std::vector<Asking*> asking);
  void show(pg::Transaction& transaction, const Start& start, const pg::Rows& leased,
            std::vector<Asking*>& asking);
  NothingReady outlook(pg::Transaction& transaction, const Start& start);

  pg::Pool& pool_;
  ZoneSets& zone_sets_;
  QueueTime time_;
  Log& log_;
};

}  // namespace hustings::phonebank
