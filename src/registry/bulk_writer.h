#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/ids.h"
#include "pg/connection.h"

/// How an import's rows get into the profile tables. Nothing is visible before the one transaction
/// that publishes: new voters, their phones and the source records are loaded into tables of their
/// own, indexed there, and attached as partitions, as are the votes of new voters and large runs of
/// scores; changed rows and other votes wait in temporary tables of the publishing connection.
namespace hustings::registry {

/// Ids from first up to, not including, past.
struct IdRange {
  std::int64_t first = 0;
  std::int64_t past = 0;
};

/// The tables that a load may have as partitions of its own.
enum class Part : std::uint8_t { voter, phone, vote, source_record, score_run };

/// Fills one such table over a connection of its own, in one transaction: created, copied, indexed,
/// committed by finish(). Destroyed before that, it leaves nothing. For one thread at a time, save
/// cancel().
class PartLoad {
 public:
  PartLoad(const pg::ConnectOptions& options, Part part, ImportId import);

  /// Rows in binary COPY format, as registry/voter_row.h appends them.
  void write(std::string_view rows);
  /// Builds the indexes and commits. `range`: the voter ids in it; not used for source records and
  /// scores.
  /// `step` is called after each of steps().
  void finish(IdRange range, const std::function<void()>& step = [] {});
  static int steps(Part part);
  std::int64_t rows() const { return rows_; }
  /// Stops what the server is doing for this load; from any thread.
  void cancel() { connection_.cancel(); }

 private:
  void run(const pg::Statement& statement, IdRange range = {});
  pg::Connection connection_;
  const Part part_;
  const ImportId import_;
  std::int64_t rows_ = 0;
  pg::Transaction transaction_;
  std::optional<pg::Connection::CopyIn> copy_;
};

/// Rows that wait in a temporary table of `connection`, which must outlive it and is in use by it
/// until finish().
class Stage {
 public:
  enum class What : std::uint8_t { changed_voters, votes, repeated_scores };
  Stage(pg::Connection& connection, What what);
  void write(std::string_view rows);
  std::int64_t finish();

 private:
  std::optional<pg::Connection::CopyIn> copy_;
};

// In the publishing transaction:

/// Attaches the finished loads of an import: voters with their phones and votes.
void attach_voters(pg::Transaction& transaction, ImportId import, IdRange voters);
void attach_source_records(pg::Transaction& transaction, ImportId import);
/// For a few new voters, in place of a load: rows without COPY's header and trailer.
void insert_voters(pg::Transaction& transaction, std::string_view voters, std::string_view phones);
/// Writes the staged rows of known identities as new versions, and the profiles that follow.
/// Between begin_persons() and the commit (profiles.h).
void apply_changed_voters(pg::Transaction& transaction);
/// Numbers that the import brought and that are known to be wrong or disconnected say so.
void mark_known_numbers(pg::Transaction& transaction, ImportId import);

struct Written {
  std::int64_t added = 0;
  std::int64_t changed = 0;
};
struct Election {
  std::int32_t held_on = 0;  ///< days since 1970-01-01
  std::string kind;          ///< general, primary, municipal, runoff, special, other
  std::string name;
};
struct ElectionsOf {
  std::string_view state;
  std::span<const Election> elections;
};
/// The ids that the elections have, or will have, in the same order: for rows that are written
/// before anything is visible. Elections of one day and kind are one.
std::vector<std::int64_t> reserve_elections(pg::Connection& connection, const ElectionsOf& of);
/// Makes those that are not there, under the ids that were reserved.
void add_elections(pg::Transaction& transaction, const ElectionsOf& of,
                   const std::vector<std::int64_t>& ids);
/// Both at once.
std::vector<std::int64_t> find_elections(pg::Transaction& transaction, const ElectionsOf& of);
/// Writes the staged votes that say something new; VoteRow::election is a place in `elections`.
Written publish_votes(pg::Transaction& transaction, ImportId import,
                      const std::vector<std::int64_t>& elections);
/// How the rows of a run of scores come.
struct ScoreRows {
  bool has_part = false;     ///< in a finished load
  std::string_view few;      ///< or as rows of score_run, without COPY's header and trailer
  bool has_repeats = false;  ///< some are staged: the last of an identity wins
};
/// Keeps the scores as a run, and shows them over the older ones, score by score. Calls
/// begin_persons() (profiles.h).
Written publish_scores(pg::Transaction& transaction, ImportId import, const ScoreRows& rows);

// Ids. One import runs at a time, so that a block can be read first and marked as used later.

struct IdBlocks {
  std::int64_t voters = 0;   ///< the first free voter id for imports, from 2^32
  std::int64_t records = 0;  ///< the first free record id
};
IdBlocks next_id_blocks(pg::Connection& connection);
void mark_ids_used(pg::Transaction& transaction, const IdBlocks& next);
/// `count` voter ids below 2^32.
std::vector<std::int64_t> single_voter_ids(pg::Connection& connection, std::int64_t count);

// Outside transactions:

/// Drops the unattached tables of an import that did not publish.
void drop_loads(pg::Connection& connection, ImportId import);
/// Drops every unattached load: only while no import runs. Returns how many.
int drop_all_loads(pg::Connection& connection);
/// Tells the planner about an attached load.
void analyze_load(pg::Connection& connection, ImportId import);

}  // namespace hustings::registry
