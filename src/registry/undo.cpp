#include "registry/undo.h"

#include <map>

#include "registry/copy_buffer.h"
#include "registry/detail/copy_rows.h"
#include "registry/persons.h"
#include "registry/presence.h"
#include "registry/profiles.h"
#include "registry/sql.h"

namespace hustings::registry {
namespace {

using detail::homes_of;
using detail::run_filled;

HomeSet records_of(pg::Connection& connection, ImportId import) {
  return homes_of(connection, sql::kUndoRecords, {{"import", import.value()}});
}

/// What becomes of an import's records.
struct Fates {
  HomeSet gone;
  std::map<ImportId, HomeSet> passed;  ///< by the import that takes them over
  std::int64_t records = 0;

  std::int64_t passed_count() const { return records - gone.size(); }
};

/// For each record the next later import counts that had the identity: if it kept a row of its own
/// the record goes, if it found nothing new the record is its own from now on.
Fates decide(pg::Connection& connection, const VotersImport& which,
             const std::map<ImportId, HomeSet>& presence) {
  Fates fates;
  HomeSet left = records_of(connection, which.import);
  fates.records = left.size();
  for (const ImportId later : which.later) {
    if (left.empty()) break;
    HomeSet own = records_of(connection, later);
    own &= left;
    left -= own;
    fates.gone |= own;
    HomeSet same = left;
    same &= presence.at(later);
    if (same.empty()) continue;
    left -= same;
    fates.passed.emplace(later, std::move(same));
  }
  fates.gone |= left;
  return fates;
}

void stage(pg::Transaction& transaction, const Fates& fates) {
  CopyBuffer passed;
  for (const auto& [import, homes] : fates.passed) {
    homes.each([&](std::int64_t home) {
      passed.row(3);
      passed.int16(bucket_of(VoterId(home)));
      passed.int64(home);
      passed.int64(import.value());
    });
  }
  CopyBuffer gone;
  fates.gone.each([&](std::int64_t home) {
    gone.row(2);
    gone.int16(bucket_of(VoterId(home)));
    gone.int64(home);
  });
  pg::Connection& connection = transaction.connection();
  for (const pg::Statement* make :
       {&sql::kUndoPassMake, &sql::kUndoGoneMake, &sql::kUndoLostMake}) {
    transaction.run(*make);
  }
  detail::copy_rows(connection, sql::kUndoPassCopy, passed.view());
  detail::copy_rows(connection, sql::kUndoGoneCopy, gone.view());
  transaction.run(sql::kUndoPassAnalyze);
  transaction.run(sql::kUndoGoneAnalyze);
}

/// Records and versions go or pass; who has none left stands in undo_lost.
void take_records(pg::Transaction& transaction, ImportId import, const Fates& fates) {
  for (const auto& [later, homes] : fates.passed) {
    run_filled(transaction.connection(), sql::kUndoPassPart, {{"import", later.value()}});
  }
  transaction.run(sql::kUndoPassRecords, import);
  transaction.run(sql::kUndoPersons, import);
  transaction.run(sql::kUndoValuesGone, import);
  transaction.run(sql::kUndoValuesPass, import);
  transaction.run(sql::kUndoLostFill, import);
  transaction.run(sql::kUndoLostAnalyze);
  transaction.run(sql::kUndoKeepIds, import);
}

/// Votes and scores of identities that are lost.
std::vector<UndoneVoters::Orphans> take_orphans(pg::Transaction& transaction) {
  std::vector<UndoneVoters::Orphans> out;
  for (const pg::Row row : transaction.run(sql::kUndoVotesOrphans)) {
    out.push_back({row.get<ImportId>(0), row.get<std::int64_t>(1)});
  }
  transaction.run(sql::kUndoScoresPersons);
  for (const pg::Row row : transaction.run(sql::kUndoScoresOrphans)) {
    out.push_back({row.get<ImportId>(0), row.get<std::int64_t>(1)});
  }
  transaction.run(sql::kScoresClear);
  transaction.run(sql::kScoresResolve);
  return out;
}

void tidy_elections(pg::Transaction& transaction, const std::vector<std::int64_t>& elections) {
  transaction.run(sql::kElectionsTidy, elections);
  std::vector<std::string> parts;
  for (const std::int64_t election : elections)
    parts.push_back(std::to_string(election));
  transaction.run(sql::kElectionsRename, parts);
}

/// History files no longer hold who is lost; an election that nobody is left of goes.
void forget_presence(pg::Transaction& transaction, std::string_view source, const HomeSet& lost) {
  std::vector<std::int64_t> elections;
  for (const pg::Row row : transaction.run(sql::kPresenceOfParts, source)) {
    HomeSet homes = HomeSet::from_bytes(row.get<pg::Bytes>(2).bytes);
    const std::int64_t before = homes.size();
    homes -= lost;
    if (homes.size() == before) continue;
    const auto import = row.get<ImportId>(0);
    const auto part = row.get<std::string>(1);
    elections.push_back(std::stoll(part));
    if (homes.empty()) {
      transaction.run(sql::kPresenceDrop, import, part);
    } else {
      transaction.run(sql::kPresencePut, import, part, pg::Bytes{homes.bytes()});
    }
  }
  tidy_elections(transaction, elections);
}

/// Persons without a record vanish: in one step where the import's own table holds nobody else.
void take_voters(pg::Transaction& transaction, ImportId import) {
  pg::Connection& connection = transaction.connection();
  const bool has_part = run_filled(connection, sql::kUndoPartIsThere, {{"import", import.value()}})
                            .only()
                            .get<bool>(0);
  if (has_part &&
      run_filled(connection, sql::kUndoPartLeft, {{"import", import.value()}}).empty()) {
    run_filled(connection, sql::kUndoPartEmpty, {{"import", import.value()}});
  }
  begin_moves(transaction);
  transaction.run(sql::kUndoVotersGone);
  transaction.run(sql::kUndoPhonesGone);
  transaction.run(sql::kUndoAbsenceGone);
}

}  // namespace

Result<UndoneVoters> undo_voters(pg::Transaction& transaction, const VotersImport& which,
                                 PersonListener* listener) {
  pg::Connection& connection = transaction.connection();
  const auto presence = read_presence(connection, which.source);
  for (const ImportId later : which.later) {
    if (presence.contains(later)) continue;
    return refuse(ErrorCode::conflict,
                  later.text() +
                      " came after it and is of a version of Hustings that did not keep "
                      "whom a file holds: undo that import first.");
  }
  lock_profiles(transaction);
  begin_persons(transaction);
  const Fates fates = decide(connection, which, presence);
  stage(transaction, fates);
  end_lost_links(transaction, which.import, listener);
  take_records(transaction, which.import, fates);
  const pg::Rows lost = transaction.run(sql::kUndoLostCount);
  UndoneVoters out{.records = fates.records,
                   .passed = fates.passed_count(),
                   .identities = lost.only().get<std::int64_t>(0),
                   .voters = lost.only().get<std::int64_t>(1),
                   .orphans = {}};
  if (out.identities > 0) {
    out.orphans = take_orphans(transaction);
    if (!out.orphans.empty()) {
      forget_presence(transaction, which.source, homes_of(connection, sql::kUndoLostHomes));
    }
    take_voters(transaction, which.import);
  }
  resolve_profiles(transaction);
  transaction.run(sql::kPresenceRemove, which.import);
  reckon_absence(transaction, which.source);
  run_filled(connection, sql::kSourceRecordPartDrop, {{"import", which.import.value()}});
  return out;
}

UndoneRows undo_scores(pg::Transaction& transaction, ImportId import) {
  lock_profiles(transaction);
  begin_persons(transaction);
  transaction.run(sql::kUndoScoresOfImport, import);
  transaction.run(sql::kPersonSetAnalyze);
  const std::int64_t rows = transaction.run(sql::kUndoScores, import).affected();
  run_filled(transaction.connection(), sql::kScoreRunPartDrop, {{"import", import.value()}});
  transaction.run(sql::kScoresClear);
  transaction.run(sql::kScoresResolve);
  return {.rows = rows, .passed = 0};
}

}  // namespace hustings::registry
