#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "feed/feed.h"
#include "model/ids.h"
#include "pg/pool.h"

namespace hustings::registry {
class Registry;
}

/// Which records are of one person: what machines find (resolver.h, finder.h) and what people say.
namespace hustings::identity {

/// What somebody has said of two identities, named by their homes, the lower one first.
enum class DecisionKind : std::uint8_t { same, different };
std::string_view to_string(DecisionKind kind);

struct Decision {
  DecisionId id;
  VoterId home_a;
  VoterId home_b;
  DecisionKind kind{};
  std::string actor;  ///< "person:3"
  Instant at;
  std::optional<Instant> ended_at;  ///< since then a later decision says otherwise
  std::optional<std::string> ended_by;
};

/// What people decide about who is who: kept for ever and obeyed by everything that joins by
/// itself, until a later decision of a person says otherwise; ended decisions stay as history.
/// Everything below happens in one transaction with the registry's own rows, under lock_profiles().
/// All calls may come from several threads.
class Decisions {
 public:
  Decisions(pg::Pool& pool, registry::Registry& registry, const Clock& clock, Log& log)
      : pool_(pool), registry_(registry), clock_(clock), log_(log) {}

  /// A person of more identities is no person: over_limit.
  static constexpr std::size_t kIdentitiesMax = 200;

  struct Joined {
    VoterId voter;        ///< the person that both are now
    DecisionId decision;  ///< undo() takes it back
  };
  /// "These two are one person": two voters, or identities by their homes. The person of `stays`
  /// keeps its id. An earlier "different" of this very pair is ended by it. conflict if another
  /// "different" stands between an identity of the one and an identity of the other: the sentence
  /// names the chain that would tie them together and how to mend it. not_found without such
  /// voters. Two who are one person already: the decision is kept, nothing else changes.
  struct Same {
    VoterId stays;
    VoterId joins;
    std::string actor;
  };
  Result<Joined> join(const Same& same, Deadline deadline = Deadline::never());

  /// "These identities are of another person than the rest": takes them out of the person (a
  /// voter's id, or the home of any of its identities). Each of them and each that remains are
  /// different from now on, and what was said to be the same between them is ended. Returns the
  /// voter that they are now.
  struct Split {
    VoterId voter;
    std::vector<VoterId> homes;
    std::string actor;
  };
  Result<VoterId> split(const Split& split, Deadline deadline = Deadline::never());

  /// "These two are different people", who are not one person now: nothing ever joins them by
  /// itself. conflict if they are one person (split them).
  struct Different {
    VoterId one;
    VoterId other;
    std::string actor;
  };
  Result<DecisionId> keep_apart(const Different& different, Deadline deadline = Deadline::never());

  /// Takes a decision back, as if it had not been made: a "same" gives back the identities that it
  /// had brought, and an earlier "different" of the pair holds again; a "different" is ended.
  /// conflict if it has ended, or those identities are of
  /// another person by now.
  Status undo(DecisionId decision, std::string_view actor, Deadline deadline = Deadline::never());

  /// Every decision about an identity of this person, newest first, ended ones too.
  std::vector<Decision> of_voter(VoterId voter, Deadline deadline = Deadline::never());

 private:
  pg::Pool& pool_;
  registry::Registry& registry_;
  const Clock& clock_;
  Log& log_;
};

}  // namespace hustings::identity
