#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "feed/feed.h"
#include "model/ids.h"
#include "pg/connection.h"

/// A person is a set of identities (README.md). Joining makes two persons one, splitting takes
/// identities out of a person again; every row goes with the identity that it was made for, by its
/// home_id, so that a join that is split again leaves the registry as it was.
///
/// Whoever calls holds lock_profiles() (profiles.h) and ends the transaction with feed::commit() of
/// `changes`, to which these append. Several calls in one transaction may follow each other; none
/// may stand between begin_persons() and resolve_profiles() of somebody else.
namespace hustings::registry {

struct Joining {
  VoterId stays;
  VoterId joins;
  std::string decided_by;            ///< "person:3", or "system"
  std::optional<float> probability;  ///< that they are the same; nothing: a person knows it
  std::string bits;                  ///< the evidence as JSON, {"last_name": 7.1, …}; or empty
};

/// Told in the transaction that joins or splits, after the registry's own rows have moved. Who
/// moved stands in the temporary table person_move, a row for each identity that has another person
/// now: (home_id, home_bucket, from_id, from_bucket, to_id, to_bucket), unique by home_id,
/// analysed. A row that hangs on voter from_id and carries home_id belongs to voter to_id.
class PersonListener {
 public:
  virtual ~PersonListener() = default;
  virtual void on_persons_moved(pg::Transaction& transaction) = 0;
};

/// Above this number of joins the feed says once that there were many, and readers load anew.
inline constexpr std::size_t kJoinsNamedMax = 1000;

/// Every identity of the person `joins` becomes one of `stays`; all that hangs on it follows:
/// votes, scores, phones, consents, suppressions, corrections, absence, and what the listener
/// moves. Set-based: a million at once. As if one join were done after the other: in chains (a to
/// b, b to c) all end with the last, ids that have joined somebody before lead to that person, and
/// a join of two who are one person already does nothing. Returns how many persons went. `invalid`
/// where both are the same id, `not_found` where a voter does not exist; then nothing has changed.
/// `listener` may be null.
Result<std::int64_t> join_persons(pg::Transaction& transaction, std::span<const Joining> joins,
                                  PersonListener* listener, Instant now,
                                  std::vector<feed::Change>& changes);

/// Takes identities, by their homes, out of a person: they become one person of their own, whose id
/// is returned. That is the home that was a person last among them. Where the person's own home is
/// among them it is the person's id, and those who remain get the id of one of theirs in the same
/// way (person_of() of any of them tells it). What was made while they were one person stays with
/// the id under which it was made.
/// `not_found` where the person does not exist, `invalid` where a home is not of this person or
/// when nobody with a record would be left on either side.
Result<VoterId> split_person(pg::Transaction& transaction, VoterId person,
                             std::span<const VoterId> homes, std::string_view actor,
                             PersonListener* listener, std::vector<feed::Change>& changes);

/// For an undo that is about to take the records of the identities in undo_gone (undo.cpp): of
/// those that have no other record, the links that the system made end, as a split ends them, so
/// that a later file brings each back alone. Who remains of a person whose own identity goes gets
/// the lowest of their homes as id. What people decided stays.
void end_lost_links(pg::Transaction& transaction, ImportId undone, PersonListener* listener);

/// Whose identity a home is now: the id itself where it never joined another person. Ids on old
/// paper lead to their person by this.
VoterId person_of(pg::Connection& connection, VoterId home);

/// Holds everybody at once: true if nobody is joined, split or removed before the transaction ends;
/// then hold_person() is not needed. False while somebody is: others must not wait for all that a
/// long import joins. For those who write rows of many voters; never waits.
bool hold_all_persons(pg::Transaction& transaction);
/// Before persons are joined, split or removed: waits for those who hold everybody.
void begin_moves(pg::Transaction& transaction);

/// The person behind an id, old or new, whom nobody joins, splits or removes before the transaction
/// ends; nothing if there is none. Before a row is written that hangs on a voter.
std::optional<VoterId> hold_person(pg::Transaction& transaction, VoterId id);

}  // namespace hustings::registry
