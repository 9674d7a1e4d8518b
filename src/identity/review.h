#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "identity/decisions.h"
#include "linkage/model.h"
#include "model/ids.h"
#include "pg/pool.h"

namespace hustings::identity {

/// open: waits; later: somebody put it off; the others are decided, or there is nothing to decide
/// any more.
enum class MatchState : std::uint8_t { open, later, same, different, gone };
std::string_view to_string(MatchState state);
std::optional<MatchState> match_state_from(std::string_view text);

/// Whom a line of the queue is about.
struct MatchPerson {
  VoterId voter;
  VoterId home;  ///< the identity of this person that the pair is about
  std::string source;
  std::string last_name;  ///< upper case, as kept
  std::string first_name;
  std::string middle_name;
  std::string suffix;
  std::optional<int> birth_year;
  std::optional<std::string> city;
};

/// A pair that somebody should look at.
struct MatchPair {
  MatchId id;
  MatchPerson one;
  MatchPerson other;
  double probability = 0;
  double gain = 0;                ///< gain.h
  std::vector<std::string> adds;  ///< what a join would add: "phone", …
  bool same_source = false;       ///< the source itself holds the two apart
  MatchState state{};
};

/// A value that the two may differ in, as text.
struct MatchField {
  std::string name;  ///< "street"
  std::optional<std::string> one;
  std::optional<std::string> other;
  bool differs = false;  ///< both say something, and not the same
};

/// A pair with everything that a decision rests on.
struct MatchDetail {
  MatchPair pair;
  std::vector<MatchField> fields;
  std::vector<linkage::Evidence> evidence;  ///< most telling first
  std::optional<DecisionId> decision;       ///< once decided
};

struct MatchQuery {
  MatchState state = MatchState::open;  ///< open or later
  std::optional<std::string> source;    ///< one of the two has a record of it
  double probability_min = 0;
  std::optional<bool> same_source;
  std::optional<MatchId> after;  ///< the last one of the page before
  int limit = 50;
};

/// The queue of pairs that nobody has decided on, the greatest gain first. All calls may come from
/// several threads.
class Review {
 public:
  Review(pg::Pool& pool, Decisions& decisions, const Clock& clock)
      : pool_(pool), decisions_(decisions), clock_(clock) {}

  /// Of pairs that have vanished meanwhile (joined, split, undone, erased) none is in it.
  std::vector<MatchPair> list(const MatchQuery& query, Deadline deadline = Deadline::never());
  /// How many wait, and how many were put off.
  struct Counts {
    std::int64_t open = 0;
    std::int64_t later = 0;
  };
  Counts count(Deadline deadline = Deadline::never());
  /// not_found also when there is nothing to decide any more.
  Result<MatchDetail> find(MatchId id, Deadline deadline = Deadline::never());

  /// What somebody says: same joins the two, different keeps them apart (decisions.h), later puts
  /// the pair off. Returns the decision, which Decisions::undo() takes back; nothing for later.
  Result<std::optional<DecisionId>> decide(MatchId id, MatchState said, const std::string& actor,
                                           Deadline deadline = Deadline::never());
  /// A pair that was put off waits again.
  Status bring_back(MatchId id, Deadline deadline = Deadline::never());

 private:
  Result<std::pair<VoterId, VoterId>> homes_of(MatchId id, Deadline deadline);

  pg::Pool& pool_;
  Decisions& decisions_;
  const Clock& clock_;
};

}  // namespace hustings::identity
