#include "phonebank/claims.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "phonebank/line_outcome.h"
#include "phonebank/retrying.h"
#include "phonebank/second_look.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {

namespace {

/// How often a claim picks anew when lines are refused one after the other (shown lately by another
/// phone bank, barred in the second look), at well under a millisecond each: the next claim goes on
/// where this one stopped.
constexpr int kTriesMax = 500;
/// Lines whose time has come that a claim makes ready, for few callers.
constexpr std::int64_t kPromotedMax = 50;
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

/// How long a number that is shown now is shown to nobody else if no word comes back: it may be
/// dialled as late as the lease ends. Usually it is what a result says too, so that the attempt is
/// written once.
std::chrono::seconds attempt_length(const Rules& rules) {
  return std::max<std::chrono::seconds>(rules.retry, rules.lease + kRest);
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

/// Lines that were picked and are not shown after all.
struct Refused {
  std::vector<PhoneNumber> barred;
  std::vector<std::string> reasons;
  std::vector<PhoneNumber> back;
  std::vector<bool> is_complete;
  std::vector<LeaseId> leases;

  void bar(PhoneNumber number, LeaseId lease, std::string reason) {
    barred.push_back(number);
    reasons.push_back(std::move(reason));
    leases.push_back(lease);
  }
  void put_back(PhoneNumber number, LeaseId lease, bool complete) {
    back.push_back(number);
    is_complete.push_back(complete);
    leases.push_back(lease);
  }
  void write(pg::Transaction& transaction, PhonebankId phonebank) const {
    if (!barred.empty()) transaction.run(sql::kBarLines, phonebank, barred, reasons);
    if (!back.empty()) transaction.run(sql::kPutBack, phonebank, back, is_complete);
    if (!leases.empty()) transaction.run(sql::kDeleteAttempts, leases);
  }
};

}  // namespace

std::string_view to_string(NothingReason reason) {
  return kReasonNames.at(static_cast<std::size_t>(reason));
}

/// What begin_claims.sql says of one caller.
struct Claims::Start {
  Instant at;
  PersonId person;
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

  Start(const pg::Row& row, const Caller& caller)
      : at(row.get<Instant>(1)), person(caller.person), phonebank(caller.phonebank) {
    state = phonebank_state_from(row.text(2)).value();
    rules.retry = std::chrono::seconds(row.get<int>(3));
    rules.lease = std::chrono::seconds(row.get<int>(4));
    rules.attempts_max = row.get<int>(5);
    rules.window = window_from(row, 6);
    if (row.is_null(8)) return;
    held = Held{row.get<LeaseId>(8), row.get<PhonebankId>(9), row.get<PhoneNumber>(10),
                row.get<int>(11),    row.get<Instant>(12),    !row.is_null(13)};
  }
};

/// A caller who asks for a line, and what comes of it.
struct Claims::Asking {
  Caller caller;
  std::optional<Start> start;  ///< nothing: there is no such phone bank
  Claim claim;
};

std::vector<Result<Claim>> Claims::claim(std::span<const Caller> callers, Deadline deadline) {
  return retrying([&] { return claim_once(callers, deadline); });
}

std::vector<Claims::Asking> Claims::begin(pg::Transaction& transaction,
                                          std::span<const Caller> callers) {
  std::vector<Asking> asking;
  std::vector<PersonId> persons;
  std::vector<PhonebankId> phonebanks;
  for (const Caller& caller : callers) {
    asking.push_back({.caller = caller, .start = {}, .claim = {}});
    persons.push_back(caller.person);
    phonebanks.push_back(caller.phonebank);
  }
  for (const pg::Row row : transaction.run(sql::kBeginClaims, time_.given(), persons, phonebanks)) {
    Asking& each = asking.at(static_cast<std::size_t>(row.get<std::int64_t>(0)));
    each.start.emplace(row, each.caller);
  }
  return asking;
}

std::vector<Result<Claim>> Claims::claim_once(std::span<const Caller> callers, Deadline deadline) {
  std::vector<Caller> once;  // who asks twice is asked about once
  std::map<PersonId, std::size_t> place;
  for (const Caller& caller : callers) {
    if (place.try_emplace(caller.person, once.size()).second) once.push_back(caller);
  }
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline, pg::Transaction::Isolation::read_committed,
                              pg::Transaction::Plans::once);
  std::vector<Asking> asking = begin(transaction, once);
  std::map<PhonebankId, std::vector<Asking*>> by_phonebank;
  for (Asking& each : asking) {
    if (!each.start) continue;
    each.claim.lease = held_again(transaction, *each.start);
    if (!each.claim.lease) by_phonebank[each.caller.phonebank].push_back(&each);
  }
  for (auto& [phonebank, without] : by_phonebank) {
    const Start& start = *without.front()->start;
    if (start.state == PhonebankState::open) hand_out(transaction, without);
    std::erase_if(without, [](const Asking* each) { return each->claim.lease.has_value(); });
    if (without.empty()) continue;
    const NothingReady nothing = outlook(transaction, start);
    for (Asking* each : without)
      each->claim.nothing = nothing;
  }
  transaction.commit();

  std::vector<Result<Claim>> claims;
  for (const Caller& caller : callers) {
    const Asking& each = asking[place.at(caller.person)];
    if (each.start) {
      claims.emplace_back(each.claim);
    } else {
      claims.emplace_back(refuse(ErrorCode::not_found, "There is no such phone bank."));
    }
  }
  return claims;
}

std::optional<Lease> Claims::held_again(pg::Transaction& transaction, const Start& start) {
  if (!start.held) return std::nullopt;
  const auto& held = *start.held;
  if (held.phonebank == start.phonebank && held.until > start.at && !held.barred) {
    auto look = look_again(transaction, {held.phonebank, {held.number}, start.at}, time_).front();
    const auto line = transaction.run(sql::kHeldZones, held.lease, start.person);
    const bool open =
        !line.empty() && zone_sets_.get(transaction.connection(), line[0].get<ZoneSetId>(0))
                             .is_open(start.rules.window, look.moment);
    if (open && !look.bar && !look.complete) {
      return Lease{held.lease, held.epoch, held.number, held.until, std::move(look.voters)};
    }
  }
  transaction.run(sql::kReturnLease, held.lease, start.person);
  return std::nullopt;
}

/// Lines for callers of one phone bank who hold none, as far as there are lines.
void Claims::hand_out(pg::Transaction& transaction, std::vector<Asking*> asking) {
  const Start& start = *asking.front()->start;
  const auto open = zone_sets_.open(transaction.connection(), start.rules.window, start.at);
  if (open.empty()) return;
  const auto promoted_max = std::max<std::int64_t>(kPromotedMax, 2 * std::ssize(asking));
  transaction.run(sql::kPromoteDue, start.phonebank, start.at, promoted_max);
  // Lines that one of these callers has skipped come last.
  bool skipped_too = false;
  for (int tries = 0; tries < kTriesMax && !asking.empty(); ++tries) {
    std::vector<PersonId> persons;
    for (const Asking* each : asking)
      persons.push_back(each->caller.person);
    const auto leased = transaction.run(
        sql::kClaimLines, start.phonebank, start.at, persons, open, start.rules.lease.count(),
        attempt_length(start.rules).count(), start.at - kCallbackGrace, skipped_too);
    if (leased.empty()) {
      if (skipped_too) return;
      skipped_too = true;
      continue;
    }
    show(transaction, start, leased, asking);
  }
}

/// The second look at lines that the database has let us show. Who gets a line leaves `asking`.
void Claims::show(pg::Transaction& transaction, const Start& start, const pg::Rows& leased,
                  std::vector<Asking*>& asking) {
  LookAt lines{.phonebank = start.phonebank, .numbers = {}, .at = start.at};
  std::vector<pg::Row> shown;
  for (const pg::Row row : leased) {
    if (row.is_null(2)) continue;  // shown lately by another phone bank: it waits now
    shown.push_back(row);
    lines.numbers.push_back(row.get<PhoneNumber>(1));
  }
  if (shown.empty()) return;
  auto looks = look_again(transaction, lines, time_);
  Refused refused;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const pg::Row& row = shown[i];
    const auto lease = row.get<LeaseId>(2);
    if (looks[i].bar) {
      refused.bar(lines.numbers[i], lease, *looks[i].bar);
      log_.info("line_refused",
                {{"phonebank", start.phonebank.value()}, {"reason", *looks[i].bar}});
      continue;
    }
    const bool open = zone_sets_.get(transaction.connection(), row.get<ZoneSetId>(5))
                          .is_open(start.rules.window, looks[i].moment);
    if (looks[i].complete || !open) {
      refused.put_back(lines.numbers[i], lease, looks[i].complete);
      continue;
    }
    const auto person = row.get<PersonId>(0);
    const auto each =
        std::ranges::find(asking, person, [](const Asking* a) { return a->caller.person; });
    (*each)->claim.lease = Lease{lease, row.get<int>(3), lines.numbers[i], row.get<Instant>(4),
                                 std::move(looks[i].voters)};
    asking.erase(each);
  }
  refused.write(transaction, start.phonebank);
}

NothingReady Claims::outlook(pg::Transaction& transaction, const Start& start) {
  if (start.state == PhonebankState::paused) return nothing(NothingReason::paused);
  if (start.state == PhonebankState::closed) return nothing(NothingReason::closed);
  auto& connection = transaction.connection();
  const auto rows = transaction.run(sql::kQueueOutlook, start.phonebank);
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

std::optional<std::string> Claims::heartbeat(const Caller& caller, Deadline deadline,
                                             bool resting) {
  return retrying([&] { return heartbeat_once(caller, deadline, resting); });
}

void Claims::leave(PersonId caller, Deadline deadline) {
  retrying([&] { leave_once(caller, deadline); });
}

std::optional<Lease> Claims::held_once(const Caller& caller, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  const auto asking = begin(transaction, {&caller, 1});
  if (!asking.front().start) return std::nullopt;
  auto lease = held_again(transaction, *asking.front().start);
  transaction.commit();
  return lease;
}

Status Claims::release_once(PersonId caller, LeaseId lease, int epoch, ReleaseReason reason,
                            Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  const auto attempt = transaction.run(sql::kLockAttempts, std::vector{lease}, time_.given());
  const bool own =
      !attempt.empty() && attempt[0].get<PersonId>(2) == caller && attempt[0].get<int>(3) == epoch;
  if (!own) return refuse(ErrorCode::lease_lost, "This number is no longer yours.", "lease");
  if (!transaction.run(sql::kGetDialOrder, lease).empty()) {
    // It may have rung, so it waits as any number that was called.
    if (transaction.run(sql::kReturnLease, lease, caller).affected() == 0) {
      return refuse(ErrorCode::lease_lost, "This number is no longer yours.", "lease");
    }
    transaction.commit();
    return {};
  }
  const std::optional<PersonId> skipped_by =
      reason == ReleaseReason::skipped ? std::optional(caller) : std::nullopt;
  if (transaction.run(sql::kReleaseLine, lease, skipped_by, caller).affected() == 0) {
    return refuse(ErrorCode::lease_lost, "This number is no longer yours.", "lease");
  }
  transaction.run(sql::kEmptyAttempt, lease);
  transaction.commit();
  return {};
}

std::optional<std::string> Claims::heartbeat_once(const Caller& caller, Deadline deadline,
                                                  bool resting) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline, pg::Transaction::Isolation::read_committed,
                              pg::Transaction::Plans::once);
  transaction.run(sql::kTouchShift, time_.given(), caller.person, caller.phonebank, resting);
  const auto held = transaction.run(sql::kHeldLease, caller.person);
  if (held.empty()) {
    transaction.commit_soon();
    return std::nullopt;
  }
  bool is_promised = false;  // a longer lease; that the caller was seen is promised to nobody
  const auto lease = held[0].get<LeaseId>(0);
  const auto attempt = transaction.run(sql::kLockAttempts, std::vector{lease}, time_.given());
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
    if (extends &&
        transaction.run(sql::kExtendLease, lease, longer, caller.person).affected() > 0) {
      transaction.run(sql::kSetAttemptRanges, std::vector{lease}, std::vector{longer + retry});
      is_promised = true;
    }
  }
  is_promised ? transaction.commit() : transaction.commit_soon();
  if (!held[0].is_null(2)) {
    return "This number has just been barred from calls. Say goodbye, and save what came of it.";
  }
  return std::nullopt;
}

void Claims::leave_once(PersonId caller, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  for (const pg::Row row : transaction.run(sql::kHeldLease, caller)) {
    transaction.run(sql::kReturnLease, row.get<LeaseId>(0), caller);
  }
  transaction.run(sql::kEndShifts, time_.given(), caller);
  transaction.commit();
}

}  // namespace hustings::phonebank
