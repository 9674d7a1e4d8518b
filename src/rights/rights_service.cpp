#include "rights/rights_service.h"

#include "feed/feed.h"
#include "registry/persons.h"

namespace hustings::rights {
namespace {

/// A result that comes in this moment may lock in another order: PostgreSQL then ends one of the
/// two, and an erasure is all one transaction.
constexpr int kTries = 5;
constexpr std::string_view kDeadlock = "40P01";

}  // namespace

Result<std::string> RightsService::everything(VoterId voter, std::string_view actor,
                                              Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline, pg::Transaction::Isolation::repeatable_read);
  const VoterId person = registry::person_of(*connection, voter);
  std::string out = TRY(person_report(*connection, person, &raw_, clock_.now()));
  const feed::Change change{.kind = ChangeKind::person_data_given,
                            .subject = feed::subject_of("voter", person),
                            .actor = std::string(actor)};
  feed::commit(transaction, {&change, 1});
  log_.info("person_data_given", {{"voter", person.value()}});
  return out;
}

Result<Erasure> RightsService::outlook(VoterId voter, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  const pg::Transaction transaction(*connection, deadline,
                                    pg::Transaction::Isolation::repeatable_read);
  return erasure_outlook(*connection, registry::person_of(*connection, voter), &raw_);
}

Result<Erasure> RightsService::erase_once(const ErasureRequest& request, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  std::vector<feed::Change> changes;
  Erasure out = TRY(erase_person(transaction, request, &raw_, clock_.now(), changes));
  feed::commit(transaction, changes);
  log_.info("voter_erased", {{"voter", out.voter.value()}, {"rows", out.raw_rows}});
  return out;
}

Result<Erasure> RightsService::erase(const ErasureRequest& request, Deadline deadline) {
  for (int left = kTries;; --left) {
    try {
      return erase_once(request, deadline);
    } catch (const pg::SqlFailure& failure) {
      if (failure.sqlstate() != kDeadlock || left == 1) throw;
    }
  }
}

TombstoneSet RightsService::tombstones(Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  return read_tombstones(*connection);
}

Result<std::int64_t> erase_again(pg::Transaction& transaction, const TombstoneSet& further,
                                 RawRows& raw, Instant now) {
  add_tombstones(transaction, further);
  const Tombstones all = Tombstones::read(transaction.connection());
  std::vector<feed::Change> changes;
  for (const VoterId voter : voters_under(transaction.connection(), all)) {
    TRY(erase_person(transaction, {.voter = voter, .actor = "system"}, &raw, now, changes));
  }
  if (changes.empty()) {
    transaction.commit();
  } else {
    feed::commit(transaction, changes);
  }
  return std::ssize(changes);
}

}  // namespace hustings::rights
