#include "phonebank/claims.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "phonebank/line_outcome.h"
#include "phonebank/retrying.h"
#include "phonebank/second_look.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {

namespace {

/// How many lines a claim tries when the database refuses one after the other (shown lately by
/// another phone bank, barred in the second look), at well under a millisecond each: the next claim
/// goes on where this one stopped.
constexpr int kTriesMax = 500;
/// A callback promised by one caller is anyone's after this.
constexpr std::chrono::minutes kCallbackGrace{30};
/// However often the page says that the call goes on.
constexpr std::chrono::hours kLeaseCap{2};

constexpr std::array<std::string_view, 6> kReasonNames{
    "none_ready", "outside_calling_hours", "paused", "closed", "all_done", "waiting"};

CallingWindow window_from(const pg::Row& row, int column) {
  return {std::chrono::minutes(row.get<int>(column)),
          std::chrono::minutes(row.get<int>(column + 1))};
}

NothingReady nothing(NothingReason reason, std::optional<Instant> next_at = std::nullopt) {
  switch (reason) {
    case NothingReason::none_ready:
      return {reason, "The numbers that are left are with other callers just now.", next_at};
    case NothingReason::outside_calling_hours:
      return {reason, "It is too early or too late to call the voters who are left.", next_at};
    case NothingReason::paused:
      return {reason, "The phone bank is paused. Stay here: it goes on by itself.", next_at};
    case NothingReason::closed:
      return {reason, "The phone bank is closed. Thank you for calling!", next_at};
    case NothingReason::all_done:
      return {reason, "Every number on the list has been called. Thank you!", next_at};
    case NothingReason::waiting:
      return {reason, "The voters who are left were called lately and wait for the next try.",
              next_at};
  }
  return {};
}

}  // namespace

std::string_view to_string(NothingReason reason) {
  return kReasonNames.at(static_cast<std::size_t>(reason));
}

/// What begin_claim.sql says.
struct Claims::Start {
  Instant at;
  PhonebankId phonebank;
  PhonebankState state = PhonebankState::paused;
  Rules rules;

  struct Held {
    LeaseId lease;
    PhonebankId phonebank;
    PhoneNumber number = 0;
    int epoch = 0;
    Instant until;
    bool barred = false;
  };
  std::optional<Held> held;

  Start(const pg::Row& row, PhonebankId id) : at(row.get<Instant>(0)), phonebank(id) {
    state = phonebank_state_from(row.text(1)).value();
    rules.retry = std::chrono::seconds(row.get<int>(2));
    rules.lease = std::chrono::seconds(row.get<int>(3));
    rules.attempts_max = row.get<int>(4);
    rules.window = window_from(row, 5);
    if (row.is_null(7)) return;
    held = Held{row.get<LeaseId>(7), row.get<PhonebankId>(8), row.get<PhoneNumber>(9),
                row.get<int>(10),    row.get<Instant>(11),    !row.is_null(12)};
  }
};

/// A line that the database has let us show.
struct Claims::Shown {
  PhoneNumber number = 0;
  LeaseId lease;
  int epoch = 0;
  Instant until;
  ZoneSetId zone_set = 0;
};

Result<Claim> Claims::claim(const Caller& caller, Deadline deadline) {
  return retrying([&] { return claim_once(caller, deadline); });
}

Result<Claim> Claims::claim_once(const Caller& caller, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  const auto begun =
      transaction.run(sql::kBeginClaim, time_.given(), caller.phonebank, caller.person);
  if (begun.empty()) return refuse(ErrorCode::not_found, "There is no such phone bank.");
  const Start start(begun[0], caller.phonebank);

  Claim claim;
  claim.lease = held_again(transaction, start);
  if (!claim.lease && start.state == PhonebankState::open) {
    claim.lease = next_lease(transaction, caller, start);
  }
  if (!claim.lease) claim.nothing = outlook(transaction, caller, start);
  transaction.commit();
  return claim;
}

std::optional<Lease> Claims::held_again(pg::Transaction& transaction, const Start& start) {
  if (!start.held) return std::nullopt;
  const auto& held = *start.held;
  if (held.phonebank == start.phonebank && held.until > start.at && !held.barred) {
    auto look = look_again(transaction, {held.phonebank, held.number, start.at}, time_);
    const auto line = transaction.run(sql::kHeldZones, held.lease);
    const bool open =
        !line.empty() && zone_sets_.get(transaction.connection(), line[0].get<ZoneSetId>(0))
                             .is_open(start.rules.window, look.moment);
    if (open && !look.bar && !look.complete) {
      return Lease{held.lease, held.epoch, held.number, held.until, std::move(look.voters)};
    }
  }
  transaction.run(sql::kReturnLease, held.lease);
  return std::nullopt;
}

std::optional<Lease> Claims::next_lease(pg::Transaction& transaction, const Caller& caller,
                                        const Start& start) {
  const auto open = zone_sets_.open(transaction.connection(), start.rules.window, start.at);
  if (open.empty()) return std::nullopt;
  transaction.run(sql::kPromoteDue, start.phonebank, start.at);
  // Lines that this caller has skipped come last.
  bool skipped_too = false;
  for (int tries = 0; tries < kTriesMax; ++tries) {
    const auto rows = transaction.run(sql::kClaimLine, start.phonebank, start.at, caller.person,
                                      open, start.rules.lease.count(), start.rules.retry.count(),
                                      start.at - kCallbackGrace, skipped_too);
    if (rows.empty()) {
      if (skipped_too) return std::nullopt;
      skipped_too = true;
      continue;
    }
    const pg::Row row = rows[0];
    if (row.is_null(1)) continue;  // shown lately by another phone bank: it waits now
    const Shown shown{row.get<PhoneNumber>(0), row.get<LeaseId>(1), row.get<int>(2),
                      row.get<Instant>(3), row.get<ZoneSetId>(4)};
    if (auto lease = show(transaction, start, shown)) return lease;
  }
  return std::nullopt;
}

std::optional<Lease> Claims::show(pg::Transaction& transaction, const Start& start,
                                  const Shown& shown) {
  auto look = look_again(transaction, {start.phonebank, shown.number, start.at}, time_);
  if (look.bar) {
    refuse_line(transaction, start, shown, *look.bar);
    return std::nullopt;
  }
  const bool open = zone_sets_.get(transaction.connection(), shown.zone_set)
                        .is_open(start.rules.window, look.moment);
  if (look.complete || !open) {
    transaction.run(sql::kPutBack, start.phonebank, shown.number, look.complete);
    transaction.run(sql::kDeleteAttempt, shown.lease);
    return std::nullopt;
  }
  return Lease{shown.lease, shown.epoch, shown.number, shown.until, std::move(look.voters)};
}

void Claims::refuse_line(pg::Transaction& transaction, const Start& start, const Shown& shown,
                         const std::string& reason) {
  transaction.run(sql::kBarLine, start.phonebank, shown.number, reason);
  transaction.run(sql::kDeleteAttempt, shown.lease);
  log_.info("line_refused", {{"phonebank", start.phonebank.value()}, {"reason", reason}});
}

NothingReady Claims::outlook(pg::Transaction& transaction, const Caller& caller,
                             const Start& start) {
  if (start.state == PhonebankState::paused) return nothing(NothingReason::paused);
  if (start.state == PhonebankState::closed) return nothing(NothingReason::closed);
  auto& connection = transaction.connection();
  const auto rows = transaction.run(sql::kQueueOutlook, caller.phonebank);
  const pg::Row row = rows.only();
  const auto open = zone_sets_.open(connection, start.rules.window, start.at);
  std::optional<Instant> opens;
  for (const std::int64_t number : row.get<std::vector<std::int64_t>>(0)) {
    const auto id = static_cast<ZoneSetId>(number);
    if (std::ranges::binary_search(open, id)) return nothing(NothingReason::none_ready);
    const auto next = zone_sets_.get(connection, id).next_opening(start.rules.window, start.at);
    if (next && (!opens || *next < *opens)) opens = next;
  }
  std::optional<Instant> due;
  if (!row.is_null(1)) {
    due = std::max(start.at, row.get<Instant>(1));
    due = zone_sets_.get(connection, row.get<ZoneSetId>(2)).next_opening(start.rules.window, *due);
  }
  if (opens && (!due || *opens <= *due)) {
    return nothing(NothingReason::outside_calling_hours, opens);
  }
  if (due) return nothing(NothingReason::waiting, due);
  return nothing(row.get<bool>(3) ? NothingReason::none_ready : NothingReason::all_done);
}

std::optional<Lease> Claims::held(const Caller& caller, Deadline deadline) {
  return retrying([&] { return held_once(caller, deadline); });
}

Status Claims::release(PersonId caller, LeaseId lease, int epoch, ReleaseReason reason,
                       Deadline deadline) {
  return retrying([&] { return release_once(caller, lease, epoch, reason, deadline); });
}

std::optional<std::string> Claims::heartbeat(const Caller& caller, Deadline deadline) {
  return retrying([&] { return heartbeat_once(caller, deadline); });
}

void Claims::leave(PersonId caller, Deadline deadline) {
  retrying([&] { leave_once(caller, deadline); });
}

std::optional<Lease> Claims::held_once(const Caller& caller, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  const auto begun =
      transaction.run(sql::kBeginClaim, time_.given(), caller.phonebank, caller.person);
  if (begun.empty()) return std::nullopt;
  const Start start(begun[0], caller.phonebank);
  auto lease = held_again(transaction, start);
  transaction.commit();
  return lease;
}

Status Claims::release_once(PersonId caller, LeaseId lease, int epoch, ReleaseReason reason,
                            Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  const auto attempt = transaction.run(sql::kLockAttempt, lease, time_.given());
  const bool own =
      !attempt.empty() && attempt[0].get<PersonId>(2) == caller && attempt[0].get<int>(3) == epoch;
  if (!own) return refuse(ErrorCode::lease_lost, "This number is no longer yours.", "lease");
  const std::optional<PersonId> skipped_by =
      reason == ReleaseReason::skipped ? std::optional(caller) : std::nullopt;
  if (transaction.run(sql::kReleaseLine, lease, skipped_by).affected() == 0) {
    return refuse(ErrorCode::lease_lost, "This number is no longer yours.", "lease");
  }
  transaction.run(sql::kEmptyAttempt, lease);
  transaction.commit();
  return {};
}

std::optional<std::string> Claims::heartbeat_once(const Caller& caller, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  transaction.run(sql::kTouchShift, time_.given(), caller.person, caller.phonebank);
  const auto held = transaction.run(sql::kHeldLease, caller.person);
  if (held.empty()) {
    transaction.commit();
    return std::nullopt;
  }
  const auto lease = held[0].get<LeaseId>(0);
  const auto attempt = transaction.run(sql::kLockAttempt, lease, time_.given());
  if (!attempt.empty()) {
    const auto shown_at = attempt[0].get<Instant>(4);
    const auto at = attempt[0].get<Instant>(5);
    const std::chrono::seconds retry(attempt[0].get<int>(6));
    const std::chrono::seconds length(attempt[0].get<int>(7));
    const auto until = held[0].get<Instant>(1);
    const Instant longer =
        std::min(at + length, shown_at + std::max<std::chrono::seconds>(kLeaseCap, length));
    // Half of the lease must have gone: a sign of life every few seconds is not a write.
    const bool extends = until > at && until - at < length / 2 && longer > until;
    if (extends && transaction.run(sql::kExtendLease, lease, longer).affected() > 0) {
      transaction.run(sql::kSetAttemptRange, lease, longer + retry);
    }
  }
  transaction.commit();
  if (!held[0].is_null(2)) {
    return "This number has just been barred from calls. Say goodbye, and save what came of it.";
  }
  return std::nullopt;
}

void Claims::leave_once(PersonId caller, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  for (const pg::Row row : transaction.run(sql::kHeldLease, caller)) {
    transaction.run(sql::kReturnLease, row.get<LeaseId>(0));
  }
  transaction.run(sql::kEndShifts, time_.given(), caller);
  transaction.commit();
}

}  // namespace hustings::phonebank
