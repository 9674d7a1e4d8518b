#include "phonebank/dial_orders.h"

#include <chrono>
#include <utility>

#include "phonebank/retrying.h"
#include "phonebank/second_look.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {

namespace {

/// The columns of dial_line.sql.
constexpr int kMoment = 0;
constexpr int kPhonebank = 1;
constexpr int kNumber = 2;
constexpr int kEpoch = 3;
constexpr int kUntil = 4;
constexpr int kReason = 5;
constexpr int kZoneSet = 6;
constexpr int kState = 7;
constexpr int kOpens = 8;
constexpr int kCloses = 9;

std::unexpected<Error> lost() {
  return refuse(ErrorCode::lease_lost, "This number is no longer yours.", "lease");
}

std::unexpected<Error> barred(std::string reason) {
  return refuse(ErrorCode::suppressed, "This number must not be called. Skip it.",
                std::move(reason));
}

Status check_state(PhonebankState state) {
  switch (state) {
    case PhonebankState::open:
      return {};
    case PhonebankState::paused:
      return refuse(ErrorCode::conflict, "The phone bank is paused. Call when it goes on.",
                    "state");
    case PhonebankState::closed:
      return refuse(ErrorCode::conflict, "The phone bank is closed. Thank you for calling!",
                    "state");
  }
  return {};
}

/// Under which word a refusal is counted.
std::string_view reason_of(const Error& error, PhonebankState state) {
  switch (error.code) {
    case ErrorCode::suppressed:
      return error.where;
    case ErrorCode::conflict:
      return to_string(state);
    case ErrorCode::outside_calling_hours:
      return "outside_calling_hours";
    default:
      return "lease_over";
  }
}

}  // namespace

Result<DialPermit> DialOrders::permit(const DialRequest& request, Deadline deadline) {
  Seen seen;
  auto permit = retrying([&] { return permit_once(request, seen, deadline); });
  if (!permit) {
    note_refusal(request, seen, permit.error(), deadline);
    log_.info("dial_refused", {{"lease", request.lease.value()},
                               {"code", to_string(permit.error().code)},
                               {"reason", permit.error().where}});
  }
  return permit;
}

void DialOrders::note_refusal(const DialRequest& request, const Seen& seen, const Error& error,
                              Deadline deadline) {
  if (!seen.phonebank) return;  // never this caller's number
  pool_.acquire(deadline)->run(sql::kAddDialRefusal, request.lease, reason_of(error, seen.state),
                               *seen.phonebank, time_.given());
}

Result<DialPermit> DialOrders::permit_once(const DialRequest& request, Seen& seen,
                                           Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  const auto attempt =
      transaction.run(sql::kLockAttempts, std::vector{request.lease}, time_.given());
  if (attempt.empty() || attempt[0].get<PersonId>(2) != request.caller) return lost();
  seen.phonebank = attempt[0].get<PhonebankId>(1);
  const auto rows = transaction.run(sql::kDialLine, time_.given(), request.caller, request.lease);
  if (rows.empty()) return lost();
  const pg::Row line = rows[0];
  const auto at = line.get<Instant>(kMoment);
  if (line.get<int>(kEpoch) != request.epoch || line.get<Instant>(kUntil) <= at) return lost();
  seen.state = phonebank_state_from(line.text(kState)).value();
  TRY(check_state(seen.state));
  if (!line.is_null(kReason)) return barred(line.get<std::string>(kReason));
  const auto number = line.get<PhoneNumber>(kNumber);
  const auto look =
      look_again(transaction, {line.get<PhonebankId>(kPhonebank), {number}, at}, time_).front();
  if (look.bar) return barred(*look.bar);
  if (look.complete) {
    return refuse(ErrorCode::suppressed, "Everybody at this number was reached meanwhile. Skip it.",
                  "complete");
  }
  const CallingWindow window{std::chrono::minutes(line.get<int>(kOpens)),
                             std::chrono::minutes(line.get<int>(kCloses))};
  const LinePlace place = zone_sets_.get(transaction.connection(), line.get<ZoneSetId>(kZoneSet));
  if (!place.is_open(window, look.moment)) {
    return refuse(ErrorCode::outside_calling_hours,
                  "It is too early or too late to call this voter. Skip this number.");
  }
  DialPermit permit{.number = number, .repeat = false, .outcome = {}};
  permit.repeat =
      transaction
          .run(sql::kAddDialOrder, request.lease, request.caller, request.driver, at, request.serve)
          .affected() == 0;
  if (permit.repeat) {
    const auto order = transaction.run(sql::kGetDialOrder, request.lease);
    permit.outcome = order.only().get<std::optional<std::string>>(2);
  }
  transaction.commit();
  return permit;
}

std::vector<LeaseId> DialOrders::over(std::span<const LeaseId> leases, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  std::vector<LeaseId> over;
  const std::vector<LeaseId> asked(leases.begin(), leases.end());
  for (const pg::Row row : connection->run(sql::kLeasesOver, asked, time_.given()))
    over.push_back(row.get<LeaseId>(0));
  return over;
}

void DialOrders::note_ended(std::span<const EndedCall> calls, Deadline deadline) {
  std::vector<LeaseId> leases;
  std::vector<std::string> outcomes;
  std::vector<Instant> at;
  for (const EndedCall& call : calls) {
    leases.push_back(call.lease);
    outcomes.push_back(call.outcome);
    at.push_back(call.at);
  }
  const auto connection = pool_.acquire(deadline);
  connection->run(sql::kEndDialOrders, leases, outcomes, at, time_.given());
}

}  // namespace hustings::phonebank
