#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "model/ids.h"
#include "model/phone.h"
#include "pg/pool.h"
#include "phonebank/phonebank.h"
#include "phonebank/shared_calls.h"
#include "phonebank/zone_sets.h"

namespace hustings::phonebank {

/// What the page asks for when its caller wants to call the number shown.
struct DialRequest {
  PersonId caller;
  LeaseId lease;
  int epoch = 0;
  std::string_view driver;  ///< who would make the call: "manual", "simulator"
  /// The process that makes it and tells how it stands; nothing: the caller's own phone.
  std::optional<ServeId> serve{};
};

/// The number may be called now.
struct DialPermit {
  PhoneNumber number = 0;
  bool repeat = false;                 ///< an order was written for this lease before
  std::optional<std::string> outcome;  ///< how that call ended, if it is known
};

struct EndedCall {
  LeaseId lease;
  std::string outcome;  ///< as the check of dial_order has it
  Instant at;
};

/// Says whether a number that is shown may be called at this moment, and writes that it is, before
/// anybody calls: an order that may have been carried out is never given twice. Calls may come from
/// several threads.
class DialOrders {
 public:
  DialOrders(pg::Pool& pool, ZoneSets& zone_sets, QueueTime time, Log& log)
      : pool_(pool), zone_sets_(zone_sets), time_(time), log_(log) {}

  /// The lawful moment once more: the lease, do-not-call and every other bar, consent, hold-out,
  /// calling hours. Durable when it returns. Refuses: lease_lost, conflict (the phone bank is not
  /// open), suppressed (`where` names the reason), outside_calling_hours; each is counted, once for
  /// a lease.
  Result<DialPermit> permit(const DialRequest& request, Deadline deadline = Deadline::never());
  /// Those of `leases` that have ended, or whose number was barred, or whose caller has hung up in
  /// another process.
  std::vector<LeaseId> over(std::span<const LeaseId> leases, Deadline deadline = Deadline::never());
  void note_ended(std::span<const EndedCall> calls, Deadline deadline = Deadline::never());

 private:
  /// The caller's attempt, as far as it was read: what a refusal is counted for.
  struct Seen {
    std::optional<PhonebankId> phonebank;
    PhonebankState state = PhonebankState::open;
  };
  Result<DialPermit> permit_once(const DialRequest& request, Seen& seen, Deadline deadline);
  void note_refusal(const DialRequest& request, const Seen& seen, const Error& error,
                    Deadline deadline);

  pg::Pool& pool_;
  ZoneSets& zone_sets_;
  QueueTime time_;
  Log& log_;
};

}  // namespace hustings::phonebank
