#include "registry/persons.h"

#include <algorithm>
#include <bit>
#include <map>
#include <unordered_map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "registry/copy_buffer.h"
#include "registry/detail/copy_rows.h"
#include "registry/profiles.h"
#include "registry/sql.h"

namespace hustings::registry {
namespace {

/// Joins are made one after the other in time, so that a hold needs few looks.
constexpr int kHoldsMax = 10;

/// Ids that somebody asked for, and the persons behind them.
class Persons {
 public:
  /// Refuses an id that leads to nobody.
  Status read(pg::Transaction& transaction, std::span<const Joining> joins) {
    CopyBuffer asked;
    for (const Joining& join : joins) {
      ask(join.stays, asked);
      ask(join.joins, asked);
    }
    detail::copy_rows(transaction.connection(), sql::kPersonsAskedCopy, asked.view());
    transaction.run(sql::kPersonsAskedAnalyze);
    VoterId missing;
    transaction.connection().copy_out(sql::kPersonsAskedRead, [&](std::string_view line) {
      const auto fields = split(line.substr(0, line.find('\n')), '\t');
      const VoterId id(parse_int(fields[0]).value());
      const VoterId person(parse_int(fields[1]).value());
      if (fields[2] != "1") missing = id;
      if (person != id) became_.emplace(id, person);
    });
    if (missing == VoterId()) return {};
    return refuse(ErrorCode::not_found, fmt::format("There is no voter {}.", missing.text()));
  }

  /// Who the id's person is after all joins so far.
  VoterId of(VoterId id) {
    VoterId person = id;
    for (auto at = became_.find(person); at != became_.end(); at = became_.find(person))
      person = at->second;
    while (id != person) {  // the next look is short
      VoterId& next = became_.at(id);
      id = std::exchange(next, person);
    }
    return person;
  }
  void join(VoterId from, VoterId to) { became_.emplace(from, to); }

 private:
  static void ask(VoterId id, CopyBuffer& out) {
    out.row(2);
    out.int16(bucket_of(id));
    out.int64(id.value());
  }
  std::unordered_map<VoterId, VoterId> became_;
};

/// A person who goes; where to is known when all joins are.
struct Going {
  VoterId from;
  const Joining* why;
};

/// In the order of the ids, so that rows are written in the order of their keys.
std::vector<Going> plan(Persons& persons, std::span<const Joining> joins) {
  std::vector<Going> going;
  for (const Joining& join : joins) {
    const VoterId from = persons.of(join.joins);
    const VoterId to = persons.of(join.stays);
    if (from == to) continue;
    persons.join(from, to);
    going.push_back({from, &join});
  }
  std::ranges::sort(going, {}, &Going::from);
  return going;
}

void begin(pg::Transaction& transaction) {
  begin_persons(transaction);
  for (const pg::Statement* make :
       {&sql::kPersonsAskedMake, &sql::kPersonsJoinMake, &sql::kPersonsMoveMake}) {
    transaction.run(*make);
  }
  transaction.run(sql::kPersonSetClear);
}

void stage_joins(pg::Transaction& transaction, Persons& persons, const std::vector<Going>& going) {
  CopyBuffer rows;
  for (const Going& one : going) {
    const VoterId to = persons.of(one.from);
    rows.row(7);
    rows.int16(bucket_of(one.from));
    rows.int64(one.from.value());
    rows.int16(bucket_of(to));
    rows.int64(to.value());
    rows.text(one.why->decided_by);
    if (one.why->probability) {
      rows.int32(std::bit_cast<std::int32_t>(*one.why->probability));
    } else {
      rows.null();
    }
    one.why->bits.empty() ? rows.null() : rows.json(one.why->bits);
  }
  detail::copy_rows(transaction.connection(), sql::kPersonsJoinCopy, rows.view());
  transaction.run(sql::kPersonsJoinAnalyze);
  transaction.run(sql::kPersonsMoveOfJoins);
}

/// Rows of the identities in person_move go over; then everybody concerned is written anew.
void move(pg::Transaction& transaction, PersonListener* listener) {
  for (const pg::Statement* move :
       {&sql::kPersonsValuesMove, &sql::kPersonsVotesMove, &sql::kPersonsScoresMove,
        &sql::kPersonsCorrectionsMove, &sql::kPersonsAbsencesMove, &sql::kPersonsSuppressionsMove,
        &sql::kPersonsConsentsMove, &sql::kPersonsConsentsClear, &sql::kPersonsConsentsResolve,
        &sql::kPersonsGone, &sql::kPersonsGonePhones, &sql::kPersonSetOfMoves}) {
    transaction.run(*move);
  }
  resolve_profiles(transaction);
  transaction.run(sql::kScoresClear);
  transaction.run(sql::kScoresResolve);
  transaction.run(sql::kAbsenceFlags);
  if (listener != nullptr) listener->on_persons_moved(transaction);
}

/// One change for everybody who has others now, or one for all.
void say_joined(Persons& persons, const std::vector<Going>& going,
                std::vector<feed::Change>& changes) {
  if (going.size() > kJoinsNamedMax) {
    changes.push_back({.kind = ChangeKind::persons_joined_many,
                       .subject = feed::subject_of("voter", persons.of(going.front().from)),
                       .actor = going.front().why->decided_by,
                       .payload = fmt::format(R"({{"joined":{}}})", going.size())});
    return;
  }
  std::map<VoterId, std::vector<const Going*>> by_person;
  for (const Going& one : going)
    by_person[persons.of(one.from)].push_back(&one);
  for (const auto& [person, gone] : by_person) {
    std::vector<std::int64_t> ids;
    for (const Going* one : gone)
      ids.push_back(one->from.value());
    changes.push_back({.kind = ChangeKind::persons_joined,
                       .subject = feed::subject_of("voter", person),
                       .actor = gone.front()->why->decided_by,
                       .payload = fmt::format(R"({{"joined":[{}]}})", fmt::join(ids, ","))});
  }
}

/// The homes of a person, and which of them move in a split.
struct Split {
  std::vector<VoterId> moves;  ///< their person gets the id of the first of them
  VoterId taken_out;           ///< the id of those who were asked for
};

std::vector<VoterId> ids_of(const pg::Rows& rows) {
  std::vector<VoterId> ids;
  for (const pg::Row row : rows)
    ids.push_back(row.get<VoterId>(0));
  return ids;
}

Result<Split> plan_split(pg::Transaction& transaction, VoterId person,
                         std::span<const VoterId> homes) {
  const std::int16_t bucket = bucket_of(person);
  if (transaction.run(sql::kVoterExists, bucket, person).empty()) {
    return refuse(ErrorCode::not_found, "There is no such voter.");
  }
  const auto linked = ids_of(transaction.run(sql::kPersonsLinked, bucket, person));
  const auto is_asked = [&](VoterId home) { return std::ranges::find(homes, home) != homes.end(); };
  for (const VoterId home : homes) {
    if (home == person || std::ranges::find(linked, home) != linked.end()) continue;
    return invalid(fmt::format("{} is no identity of this person.", home.text()), "homes");
  }
  const auto with_record = ids_of(transaction.run(sql::kPersonsHomes, bucket, person));
  const auto asked = std::ranges::count_if(with_record, is_asked);
  if (asked == 0 || asked == std::ssize(with_record)) {
    return invalid("Of a person's records at least one must go, and at least one must stay.",
                   "homes");
  }
  // A person's own home never moves: where it is taken out, the others move instead.
  const bool own_is_asked = is_asked(person);
  Split out;
  for (const VoterId home : linked) {
    if (is_asked(home) != own_is_asked) out.moves.push_back(home);
  }
  // An id that has a record leads to somebody who can be seen.
  const auto seen = std::ranges::find_first_of(out.moves, with_record);
  if (seen != out.moves.end()) std::rotate(out.moves.begin(), seen, seen + 1);
  out.taken_out = own_is_asked ? person : out.moves.front();
  return out;
}

void stage_split(pg::Transaction& transaction, VoterId person, const Split& split) {
  const VoterId to = split.moves.front();
  CopyBuffer rows;
  for (const VoterId home : split.moves) {
    rows.row(6);
    for (const VoterId id : {home, person, to}) {
      rows.int16(bucket_of(id));
      rows.int64(id.value());
    }
  }
  detail::copy_rows(transaction.connection(), sql::kPersonsMoveCopy, rows.view());
}

void say_split(VoterId person, const Split& split, std::span<const VoterId> homes,
               std::string_view actor, std::vector<feed::Change>& changes) {
  std::vector<std::int64_t> ids;
  for (const VoterId home : homes)
    ids.push_back(home.value());
  const VoterId other = split.moves.front();
  const std::string payload = fmt::format(R"({{"from":{},"split_off":{},"homes":[{}]}})",
                                          person.value(), other.value(), fmt::join(ids, ","));
  for (const VoterId voter : {person, other}) {
    changes.push_back({.kind = ChangeKind::person_split,
                       .subject = feed::subject_of("voter", voter),
                       .actor = std::string(actor),
                       .payload = payload});
  }
}

/// Holds everybody whom the moves concern, in the order in which all hold them.
void hold_moved(pg::Transaction& transaction) {
  begin_moves(transaction);
  for (const pg::Row row : transaction.run(sql::kPersonsMoved)) {
    transaction.run(sql::kPersonsLock, row.get<std::int16_t>(0),
                    row.get<std::vector<std::int64_t>>(1));
  }
}

}  // namespace

Result<std::int64_t> join_persons(pg::Transaction& transaction, std::span<const Joining> joins,
                                  PersonListener* listener, Instant now,
                                  std::vector<feed::Change>& changes) {
  for (const Joining& join : joins) {
    if (join.stays == join.joins) return invalid("A voter cannot join itself.", "voter");
  }
  if (joins.empty()) return 0;
  begin(transaction);
  Persons persons;
  TRY(persons.read(transaction, joins));
  const std::vector<Going> going = plan(persons, joins);
  if (going.empty()) return 0;
  stage_joins(transaction, persons, going);
  transaction.run(sql::kPersonsMoveAnalyze);
  hold_moved(transaction);
  transaction.run(sql::kPersonsWriteOut);
  transaction.run(sql::kPersonsLinksMove);
  transaction.run(sql::kPersonsLinksAdd, now);
  move(transaction, listener);
  say_joined(persons, going, changes);
  return std::ssize(going);
}

Result<VoterId> split_person(pg::Transaction& transaction, VoterId person,
                             std::span<const VoterId> homes, std::string_view actor,
                             PersonListener* listener, std::vector<feed::Change>& changes) {
  const Split split = TRY(plan_split(transaction, person, homes));
  begin(transaction);
  stage_split(transaction, person, split);
  transaction.run(sql::kPersonsMoveAnalyze);
  hold_moved(transaction);
  transaction.run(sql::kPersonsLinksMove);
  move(transaction, listener);
  say_split(person, split, homes, actor, changes);
  return split.taken_out;
}

void end_lost_links(pg::Transaction& transaction, ImportId undone, PersonListener* listener) {
  begin(transaction);
  if (transaction.run(sql::kPersonsMoveOfLost, undone).affected() == 0) return;
  transaction.run(sql::kPersonsMoveAnalyze);
  hold_moved(transaction);
  transaction.run(sql::kPersonsLinksMove);
  move(transaction, listener);
  transaction.run(sql::kPersonSetClear);  // the undo reckons its own
}

VoterId person_of(pg::Connection& connection, VoterId home) {
  const pg::Rows rows = connection.run(sql::kPersonsOf, home);
  return rows.empty() ? home : rows[0].get<VoterId>(0);
}

bool hold_all_persons(pg::Transaction& transaction) {
  return transaction.run(sql::kPersonsHoldAll).only().get<bool>(0);
}

void begin_moves(pg::Transaction& transaction) { transaction.run(sql::kPersonsMoveLock); }

std::optional<VoterId> hold_person(pg::Transaction& transaction, VoterId id) {
  VoterId person = id;
  for (int look = 0; look < kHoldsMax; ++look) {
    if (!transaction.run(sql::kVoterHold, bucket_of(person), person).empty()) return person;
    // A wait for the lock may have ended with the person's join.
    const VoterId now = person_of(transaction.connection(), id);
    if (now == person) return std::nullopt;
    person = now;
  }
  return std::nullopt;
}

}  // namespace hustings::registry
