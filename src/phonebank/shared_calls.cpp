#include "phonebank/shared_calls.h"

#include "phonebank/sql.h"

namespace hustings::phonebank {

namespace {

/// A transaction may be seen so much later than the moment that it wrote.
constexpr std::chrono::seconds kOverlap{2};

SharedCalls::Standing standing_from(const pg::Row& row) {
  return {.lease = row.get<LeaseId>(0),
          .caller = row.get<PersonId>(1),
          .serve = row.get<ServeId>(2),
          .state = row.get<std::string>(3),
          .outcome = row.get<std::optional<std::string>>(4),
          .at = row.get<Instant>(5),
          .is_gone = row.get<bool>(6)};
}

}  // namespace

void SharedCalls::beat(ServeId serve, Deadline deadline) {
  pool_.acquire(deadline)->run(sql::kServeBeat, serve, time_.given());
}

void SharedCalls::leave(ServeId serve, Deadline deadline) {
  pool_.acquire(deadline)->run(sql::kServeLeave, serve, time_.given());
}

void SharedCalls::forget_serves(Deadline deadline) {
  pool_.acquire(deadline)->run(sql::kServesForget);
}

void SharedCalls::note(std::span<const Moved> moved, Deadline deadline) {
  std::vector<LeaseId> leases;
  std::vector<std::string> states;
  std::vector<Instant> at;
  for (const Moved& one : moved) {
    leases.push_back(one.lease);
    states.push_back(one.state);
    at.push_back(one.at);
  }
  pool_.acquire(deadline)->run(sql::kCallMoved, leases, states, at, time_.given());
}

std::optional<SharedCalls::Standing> SharedCalls::call_of(PersonId caller, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  const auto rows = connection->run(sql::kCallOfCaller, caller, time_.given(), kGoneAfter.count());
  return rows.empty() ? std::nullopt : std::optional(standing_from(rows[0]));
}

SharedCalls::Look SharedCalls::look(ServeId serve, std::optional<Instant> since,
                                    std::span<const LeaseId> known, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  Look look{.moment = connection->run(sql::kMoment, time_.given()).only().get<Instant>(0),
            .calls = {}};
  const Instant from = since.value_or(look.moment) - kOverlap;
  const std::vector<LeaseId> leases(known.begin(), known.end());
  for (const pg::Row row :
       connection->run(sql::kCallsOfOthers, serve, from, leases, look.moment, kGoneAfter.count())) {
    look.calls.push_back(standing_from(row));
  }
  return look;
}

bool SharedCalls::ask_hang_up(PersonId caller, LeaseId lease, Deadline deadline) {
  return pool_.acquire(deadline)->run(sql::kCallHangUp, lease, caller).affected() > 0;
}

}  // namespace hustings::phonebank
