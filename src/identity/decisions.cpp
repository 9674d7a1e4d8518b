#include "identity/decisions.h"

#include <algorithm>

#include <fmt/format.h>

#include "identity/sql.h"
#include "linkage/clusters.h"
#include "registry/persons.h"
#include "registry/profiles.h"
#include "registry/registry.h"

namespace hustings::identity {
namespace {

using Homes = std::vector<std::int64_t>;

/// A person as it stands now.
struct Person {
  VoterId voter;
  Homes homes;         ///< those with a record, ascending
  std::int64_t named;  ///< the identity that stands for it in a decision
};

struct NewDecision {
  std::int64_t one;
  std::int64_t other;
  DecisionKind kind;
  std::string_view actor;
  Instant at;
};

DecisionId add(pg::Transaction& transaction, const NewDecision& made) {
  return transaction
      .run(sql::kDecisionAdd, std::min(made.one, made.other), std::max(made.one, made.other),
           to_string(made.kind), made.actor, made.at)
      .only()
      .get<DecisionId>(0);
}

/// A later decision of the other kind, or the same said again.
void end_on_pair(pg::Transaction& transaction, const NewDecision& later) {
  for (const DecisionKind kind : {DecisionKind::same, DecisionKind::different}) {
    transaction.run(sql::kDecisionsEndBetween, Homes{later.one}, Homes{later.other},
                    to_string(kind), later.actor, later.at);
  }
}

/// What a decision ended on its pair holds again once the decision is taken back: otherwise the
/// next run would join two whom somebody had said to be different.
void hold_again(pg::Transaction& transaction, DecisionId undone) {
  for (const pg::Row row : transaction.run(sql::kDecisionHoldAgain, undone)) {
    transaction.run(sql::kCandidatesBetween, Homes{row.get<std::int64_t>(1)},
                    Homes{row.get<std::int64_t>(2)}, "different", row.get<DecisionId>(0),
                    row.text(3), row.get<Instant>(4));
  }
}

feed::Change change_of(const NewDecision& made, DecisionId id, VoterId voter,
                       std::string_view state) {
  return {.kind = ChangeKind::identity_decided,
          .subject = feed::subject_of("voter", voter),
          .actor = std::string(made.actor),
          .payload = fmt::format(R"({{"decision":{},"kind":"{}","homes":[{},{}],"state":"{}"}})",
                                 id.value(), to_string(made.kind), made.one, made.other, state)};
}

Result<Person> find_person(pg::Transaction& transaction, VoterId named) {
  const VoterId voter = registry::person_of(transaction.connection(), named);
  const std::int16_t bucket = bucket_of(voter);
  if (transaction.run(sql::kPersonIsThere, bucket, voter).empty()) {
    return refuse(ErrorCode::not_found, "There is no such voter.");
  }
  Person person{.voter = voter, .homes = {}, .named = 0};
  for (const pg::Row row : transaction.run(sql::kHomesOfPerson, bucket, voter))
    person.homes.push_back(row.get<std::int64_t>(0));
  if (person.homes.empty()) {
    return refuse(ErrorCode::not_found, "There is no record of this voter any more.");
  }
  if (person.homes.size() > Decisions::kIdentitiesMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("This voter has more than {} identities: split it first.",
                              Decisions::kIdentitiesMax));
  }
  const bool has_record = std::ranges::binary_search(person.homes, named.value());
  person.named = has_record ? named.value() : person.homes.front();
  return person;
}

std::string text_of(std::int64_t home) { return VoterId(home).text(); }

/// conflict if somebody has said that an identity of the one and one of the other are different
/// people; the sentence names what would tie them together.
Status check_may_join(pg::Transaction& transaction, const Person& stays, const Person& joins) {
  const pg::Rows apart = transaction.run(sql::kDecisionsBetween, stays.homes, joins.homes);
  if (apart.empty()) return {};
  Homes homes = stays.homes;
  homes.insert(homes.end(), joins.homes.begin(), joins.homes.end());
  std::vector<std::string> names;
  for (const std::int64_t home : homes)
    names.push_back(text_of(home));
  const auto row_of = [&](std::int64_t home) {
    return static_cast<std::uint32_t>(std::ranges::find(homes, home) - homes.begin());
  };
  linkage::Decisions said;
  for (const Person* person : {&stays, &joins}) {
    for (const std::int64_t home : person->homes) {
      if (home != person->named) said.links.push_back({row_of(person->named), row_of(home)});
    }
  }
  said.links.push_back({row_of(stays.named), row_of(joins.named)});
  const auto one = apart[0].get<std::int64_t>(0);
  const auto other = apart[0].get<std::int64_t>(1);
  said.anti_links.push_back({row_of(one), row_of(other)});
  const auto clusters = linkage::find_clusters(homes.size(), {}, said, &names);
  CHECK(!clusters);
  return refuse(ErrorCode::conflict,
                fmt::format("{} If they are one person after all, say so of {} and {}; otherwise "
                            "split the voter whose identities do not belong together.",
                            clusters.error().sentence, text_of(one), text_of(other)));
}

DecisionKind kind_from(std::string_view text) {
  return text == "same" ? DecisionKind::same : DecisionKind::different;
}

Decision decision_of(const pg::Row& row) {
  return {.id = row.get<DecisionId>(0),
          .home_a = row.get<VoterId>(1),
          .home_b = row.get<VoterId>(2),
          .kind = kind_from(row.text(3)),
          .actor = row.get<std::string>(4),
          .at = row.get<Instant>(5),
          .ended_at = row.get<std::optional<Instant>>(6),
          .ended_by = row.get<std::optional<std::string>>(7)};
}

}  // namespace

std::string_view to_string(DecisionKind kind) {
  return kind == DecisionKind::same ? "same" : "different";
}

Result<Decisions::Joined> Decisions::join(const Same& same, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  registry::lock_profiles(transaction);
  const Person stays = TRY(find_person(transaction, same.stays));
  const Person joins = TRY(find_person(transaction, same.joins));
  if (stays.named == joins.named) return invalid("A voter is the same person as itself already.");
  const Instant now = clock_.now();
  const NewDecision made{stays.named, joins.named, DecisionKind::same, same.actor, now};
  end_on_pair(transaction, made);
  const DecisionId id = add(transaction, made);
  std::vector<feed::Change> changes;
  if (stays.voter != joins.voter) {
    TRY(check_may_join(transaction, stays, joins));
    const registry::Joining joining{.stays = stays.voter,
                                    .joins = joins.voter,
                                    .decided_by = same.actor,
                                    .probability = std::nullopt,
                                    .bits = ""};
    TRY(registry::join_persons(transaction, {&joining, 1}, registry_.person_listener(), now,
                               changes));
    transaction.run(sql::kDecisionMoved, id, joins.homes);
  }
  transaction.run(sql::kCandidatesBetween, Homes{made.one}, Homes{made.other}, "same", id,
                  same.actor, now);
  changes.push_back(change_of(made, id, stays.voter, "made"));
  feed::commit(transaction, changes);
  log_.info("persons_decided_same",
            {{"decision", id.value()}, {"voter", stays.voter.value()}, {"by", same.actor}});
  return Joined{stays.voter, id};
}

Result<VoterId> Decisions::split(const Split& split, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  registry::lock_profiles(transaction);
  const Person person = TRY(find_person(transaction, split.voter));
  Homes out;
  for (const VoterId home : split.homes)
    out.push_back(home.value());
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  Homes remain;
  std::ranges::set_difference(person.homes, out, std::back_inserter(remain));
  if (out.empty() || remain.size() + out.size() != person.homes.size()) {
    return invalid("Name identities of this very voter: the list on its page has them.", "homes");
  }
  if (remain.empty()) {
    return invalid("At least one identity stays behind: leave one out.", "homes");
  }
  const Instant now = clock_.now();
  std::vector<feed::Change> changes;
  const std::vector<VoterId> homes(split.homes);
  const VoterId apart = TRY(registry::split_person(transaction, person.voter, homes, split.actor,
                                                   registry_.person_listener(), changes));
  transaction.run(sql::kDecisionsEndBetween, out, remain, "same", split.actor, now);
  transaction.run(sql::kDecisionsAddApart, out, remain, split.actor, now);
  transaction.run(sql::kCandidatesBetween, out, remain, "different", std::nullopt, split.actor,
                  now);
  feed::commit(transaction, changes);
  log_.info("person_split", {{"voter", person.voter.value()}, {"apart", apart.value()}});
  return apart;
}

Result<DecisionId> Decisions::keep_apart(const Different& different, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  registry::lock_profiles(transaction);
  const Person one = TRY(find_person(transaction, different.one));
  const Person other = TRY(find_person(transaction, different.other));
  if (one.voter == other.voter) {
    return refuse(ErrorCode::conflict,
                  "They are one person now: take the identity out of the voter instead.");
  }
  const Instant now = clock_.now();
  const NewDecision made{one.named, other.named, DecisionKind::different, different.actor, now};
  end_on_pair(transaction, made);
  const DecisionId id = add(transaction, made);
  transaction.run(sql::kCandidatesBetween, Homes{made.one}, Homes{made.other}, "different", id,
                  different.actor, now);
  const std::vector<feed::Change> changes = {change_of(made, id, one.voter, "made"),
                                             change_of(made, id, other.voter, "made")};
  feed::commit(transaction, changes);
  log_.info("persons_decided_different", {{"decision", id.value()}, {"by", different.actor}});
  return id;
}

Status Decisions::undo(DecisionId decision, std::string_view actor, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  registry::lock_profiles(transaction);
  const pg::Rows found = transaction.run(sql::kDecisionFind, decision);
  if (found.empty()) return refuse(ErrorCode::not_found, "There is no such decision.");
  const Decision was = decision_of(found[0]);
  if (was.ended_at) {
    return refuse(ErrorCode::conflict, "This decision has been ended by a later one already.");
  }
  const Instant now = clock_.now();
  std::vector<feed::Change> changes;
  if (const auto moved = found[0].get<Homes>(8); !moved.empty()) {
    std::vector<VoterId> homes;
    const VoterId person = registry::person_of(transaction.connection(), VoterId(moved.front()));
    for (const std::int64_t home : moved)
      homes.emplace_back(home);
    const auto split = registry::split_person(transaction, person, homes, actor,
                                              registry_.person_listener(), changes);
    if (!split) {
      return refuse(ErrorCode::conflict,
                    "The voters have been joined or split otherwise since then: split the voter "
                    "on its page.");
    }
  }
  transaction.run(sql::kDecisionEnd, decision, actor, now);
  transaction.run(sql::kCandidateReopen, decision);
  hold_again(transaction, decision);
  const NewDecision ended{was.home_a.value(), was.home_b.value(), was.kind, actor, now};
  const VoterId voter = registry::person_of(transaction.connection(), was.home_a);
  changes.push_back(change_of(ended, decision, voter, "ended"));
  feed::commit(transaction, changes);
  log_.info("decision_undone", {{"decision", decision.value()}});
  return {};
}

std::vector<Decision> Decisions::of_voter(VoterId voter, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  const VoterId person = registry::person_of(*connection, voter);
  Homes homes = {person.value()};
  for (const pg::Row row : transaction.run(sql::kHomesOfPerson, bucket_of(person), person))
    homes.push_back(row.get<std::int64_t>(0));
  std::vector<Decision> out;
  for (const pg::Row row : transaction.run(sql::kDecisionsOfHomes, homes))
    out.push_back(decision_of(row));
  return out;
}

}  // namespace hustings::identity
