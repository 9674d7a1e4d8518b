#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "pg/pool.h"
#include "rights/erasure.h"
#include "rights/person_report.h"
#include "rights/tombstones.h"

namespace hustings::rights {

/// What a person may ask for, by the voter's id or one that it had before it joined another. Calls
/// may come from several threads.
class RightsService {
 public:
  RightsService(pg::Pool& pool, RawRows& raw, const Clock& clock, Log& log)
      : pool_(pool), raw_(raw), clock_(clock), log_(log) {}

  /// person_report.h; that it was given to `actor` stands in the feed.
  Result<std::string> everything(VoterId voter, std::string_view actor,
                                 Deadline deadline = Deadline::never());
  /// What an erasure would take away.
  Result<Erasure> outlook(VoterId voter, Deadline deadline = Deadline::never());
  /// erasure.h; holds in every phone bank, list and segment when this returns.
  Result<Erasure> erase(const ErasureRequest& request, Deadline deadline = Deadline::never());
  TombstoneSet tombstones(Deadline deadline = Deadline::never());

 private:
  Result<Erasure> erase_once(const ErasureRequest& request, Deadline deadline);

  pg::Pool& pool_;
  RawRows& raw_;
  const Clock& clock_;
  Log& log_;
};

/// Erases everybody who stands under a tombstone of this database or of `further`, which are taken
/// over; ends the transaction. For a restored archive that is older than an erasure. Returns how
/// many went.
Result<std::int64_t> erase_again(pg::Transaction& transaction, const TombstoneSet& further,
                                 RawRows& raw, Instant now);

}  // namespace hustings::rights
