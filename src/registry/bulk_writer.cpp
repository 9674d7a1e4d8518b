#include "registry/bulk_writer.h"

#include <algorithm>
#include <array>

#include "registry/copy_buffer.h"
#include "registry/detail/copy_rows.h"
#include "registry/detail/filled.h"
#include "registry/late_links.h"
#include "registry/profiles.h"
#include "registry/sql.h"

namespace hustings::registry {
namespace {

using detail::filled;

/// The statements of one kind of load.
struct PartStatements {
  const pg::Statement* make;
  const pg::Statement* copy;
  std::vector<const pg::Statement*> indexes;
  const pg::Statement* bound;
  const pg::Statement* attach;
  const pg::Statement* unbound;
  const pg::Statement* drop;
};

const PartStatements& statements_of(Part part) {
  static const std::array<PartStatements, 5> kTable = {{
      {&sql::kVoterPartMake,
       &sql::kVoterPartCopy,
       {&sql::kVoterPartKey, &sql::kVoterPartHousehold, &sql::kVoterPartExternal,
        &sql::kVoterPartName, &sql::kVoterPartEmail},
       &sql::kVoterPartBound,
       &sql::kVoterPartAttach,
       &sql::kVoterPartUnbound,
       &sql::kVoterPartDrop},
      {&sql::kPhonePartMake,
       &sql::kPhonePartCopy,
       {&sql::kPhonePartKey, &sql::kPhonePartNumber},
       &sql::kPhonePartBound,
       &sql::kPhonePartAttach,
       &sql::kPhonePartUnbound,
       &sql::kPhonePartDrop},
      {&sql::kVotePartMake,
       &sql::kVotePartCopy,
       {&sql::kVotePartKey},
       &sql::kVotePartBound,
       &sql::kVotePartAttach,
       &sql::kVotePartUnbound,
       &sql::kVotePartDrop},
      {&sql::kSourceRecordPartMake,
       &sql::kSourceRecordPartCopy,
       {&sql::kSourceRecordPartKey},
       &sql::kSourceRecordPartBound,
       &sql::kSourceRecordPartAttach,
       &sql::kSourceRecordPartUnbound,
       &sql::kSourceRecordPartDrop},
      {&sql::kScoreRunPartMake,
       &sql::kScoreRunPartCopy,
       {&sql::kScoreRunPartKey},
       &sql::kScoreRunPartBound,
       &sql::kScoreRunPartAttach,
       &sql::kScoreRunPartUnbound,
       &sql::kScoreRunPartDrop},
  }};
  return kTable.at(static_cast<std::size_t>(part));
}

/// By the place of Part.
constexpr std::array<std::string_view, 5> kPartNames = {"voter", "phone", "vote", "source_record",
                                                        "score_run"};

void run_filled(pg::Connection& connection, const pg::Statement& statement, ImportId import,
                IdRange range = {}) {
  detail::run_filled(connection, statement,
                     {{"import", import.value()}, {"first", range.first}, {"past", range.past}});
}

void attach(pg::Transaction& transaction, Part part, ImportId import, IdRange range) {
  const PartStatements& statements = statements_of(part);
  run_filled(transaction.connection(), *statements.attach, import, range);
  run_filled(transaction.connection(), *statements.unbound, import);
}

/// As unnest() takes them.
struct ElectionColumns {
  std::vector<std::int32_t> days;
  std::vector<std::string> kinds;
  std::vector<std::string> names;
  explicit ElectionColumns(const ElectionsOf& of) {
    for (const Election& election : of.elections) {
      days.push_back(election.held_on);
      kinds.push_back(election.kind);
      names.push_back(election.name);
    }
  }
};

/// Drops the unattached loads of one import, or of all.
int drop_loose(pg::Connection& connection, std::optional<ImportId> only) {
  int dropped = 0;
  for (const pg::Row row : connection.run(sql::kLooseParts)) {
    const ImportId import = row.get<ImportId>(1);
    if (only && import != *only) continue;
    const auto place = std::find(kPartNames.begin(), kPartNames.end(), row.text(0));
    CHECK(place != kPartNames.end());
    const auto part = static_cast<Part>(place - kPartNames.begin());
    run_filled(connection, *statements_of(part).drop, import);
    ++dropped;
  }
  return dropped;
}

}  // namespace

PartLoad::PartLoad(const pg::ConnectOptions& options, Part part, ImportId import)
    : connection_(options), part_(part), import_(import), transaction_(connection_) {
  const PartStatements& statements = statements_of(part_);
  run(*statements.make);
  copy_.emplace(connection_.copy_in(filled(*statements.copy, {{"import", import_.value()}}),
                                    statements.copy->name));
  copy_->write(CopyBuffer::kHeader);
}

void PartLoad::run(const pg::Statement& statement, IdRange range) {
  run_filled(connection_, statement, import_, range);
}

void PartLoad::write(std::string_view rows) { copy_->write(rows); }

int PartLoad::steps(Part part) { return static_cast<int>(statements_of(part).indexes.size()) + 2; }

void PartLoad::finish(IdRange range, const std::function<void()>& step) {
  copy_->write(CopyBuffer::kTrailer);
  rows_ = copy_->finish();
  copy_.reset();
  step();
  const PartStatements& statements = statements_of(part_);
  for (const pg::Statement* index : statements.indexes) {
    run(*index);
    step();
  }
  run(*statements.bound, range);
  transaction_.commit();
  step();
}

Stage::Stage(pg::Connection& connection, What what) {
  static const std::array<std::array<const pg::Statement*, 2>, 3> kTable = {{
      {&sql::kVoterChangeMake, &sql::kVoterChangeCopy},
      {&sql::kVoteStageMake, &sql::kVoteStageCopy},
      {&sql::kScoreStageMake, &sql::kScoreStageCopy},
  }};
  const auto& [make, copy] = kTable.at(static_cast<std::size_t>(what));
  connection.run(*make);
  copy_.emplace(connection.copy_in(*copy));
  copy_->write(CopyBuffer::kHeader);
}

void Stage::write(std::string_view rows) { copy_->write(rows); }

std::int64_t Stage::finish() {
  copy_->write(CopyBuffer::kTrailer);
  const std::int64_t rows = copy_->finish();
  copy_.reset();
  return rows;
}

void attach_voters(pg::Transaction& transaction, ImportId import, IdRange voters) {
  attach(transaction, Part::voter, import, voters);
  attach(transaction, Part::phone, import, voters);
  attach(transaction, Part::vote, import, voters);
}

void attach_source_records(pg::Transaction& transaction, ImportId import) {
  attach(transaction, Part::source_record, import, {});
}

void insert_voters(pg::Transaction& transaction, std::string_view voters, std::string_view phones) {
  detail::copy_rows(transaction.connection(), sql::kVoterCopy, voters);
  detail::copy_rows(transaction.connection(), sql::kPhoneCopy, phones);
}

void apply_changed_voters(pg::Transaction& transaction) {
  follow_late_links(transaction, Matched::changed_voters, {});
  transaction.run(sql::kVoterChangeAnalyze);
  transaction.run(sql::kRecordsWriteFirst);
  transaction.run(sql::kRecordsWriteJoined);
  transaction.run(sql::kPersonSetOfChanges);
  transaction.run(sql::kPersonSetAnalyze);
  transaction.run(sql::kRecordsWriteNew);
  transaction.run(sql::kVotersBack);
  transaction.run(sql::kVotersBackPhones);
  resolve_profiles(transaction);
}

void mark_known_numbers(pg::Transaction& transaction, ImportId import) {
  transaction.run(sql::kPhoneStatusOfImport, import);
}

std::vector<std::int64_t> reserve_elections(pg::Connection& connection, const ElectionsOf& of) {
  const ElectionColumns columns(of);
  std::vector<std::int64_t> ids;
  for (const pg::Row row :
       connection.run(sql::kElectionsReserve, of.state, columns.days, columns.kinds)) {
    ids.push_back(row.get<std::int64_t>(0));
  }
  CHECK(ids.size() == of.elections.size());
  return ids;
}

void add_elections(pg::Transaction& transaction, const ElectionsOf& of,
                   const std::vector<std::int64_t>& ids) {
  const ElectionColumns columns(of);
  transaction.run(sql::kElectionsAdd, of.state, ids, columns.days, columns.kinds, columns.names);
}

std::vector<std::int64_t> find_elections(pg::Transaction& transaction, const ElectionsOf& of) {
  std::vector<std::int64_t> ids = reserve_elections(transaction.connection(), of);
  add_elections(transaction, of, ids);
  return ids;
}

Written publish_votes(pg::Transaction& transaction, ImportId import,
                      const std::vector<std::int64_t>& elections) {
  follow_late_links(transaction, Matched::votes, import);
  const bool is_any_known = transaction.run(sql::kVoteAny).only().get<bool>(0);
  transaction.run(sql::kSeqscanSet, "off");
  const pg::Rows rows = transaction.run(sql::kVotesPublish, import, elections, is_any_known);
  transaction.run(sql::kSeqscanSet, "on");
  return {rows.only().get<std::int64_t>(0), rows.only().get<std::int64_t>(1)};
}

Written publish_scores(pg::Transaction& transaction, ImportId import, const ScoreRows& rows) {
  transaction.run(sql::kScoresWorkMem);
  begin_persons(transaction);
  if (rows.has_part) attach(transaction, Part::score_run, import, {});
  detail::copy_rows(transaction.connection(), sql::kScoreRunCopy, rows.few);
  if (rows.has_repeats) {
    transaction.run(sql::kScoresRepeatedDrop, import);
    transaction.run(sql::kScoresRepeatedAdd);
  }
  follow_late_links(transaction, Matched::scores, import);
  Written written;
  written.changed = transaction.run(sql::kScoresChange, import).affected();
  written.added = transaction.run(sql::kScoresShow, import).affected();
  if (transaction.run(sql::kScoresOfSeveral, import).affected() > 0) {
    transaction.run(sql::kScoresClear);
    transaction.run(sql::kScoresResolve);
  }
  return written;
}

IdBlocks next_id_blocks(pg::Connection& connection) {
  const pg::Rows rows = connection.run(sql::kIdBlocks);
  return {rows.only().get<std::int64_t>(0), rows.only().get<std::int64_t>(1)};
}

void mark_ids_used(pg::Transaction& transaction, const IdBlocks& next) {
  transaction.run(sql::kIdBlocksAdvance, next.voters, next.records);
}

std::vector<std::int64_t> single_voter_ids(pg::Connection& connection, std::int64_t count) {
  std::vector<std::int64_t> ids;
  for (const pg::Row row : connection.run(sql::kVoterIdsSingle, count)) {
    ids.push_back(row.get<std::int64_t>(0));
  }
  return ids;
}

void drop_loads(pg::Connection& connection, ImportId import) { drop_loose(connection, import); }

int drop_all_loads(pg::Connection& connection) { return drop_loose(connection, std::nullopt); }

void analyze_load(pg::Connection& connection, ImportId import) {
  run_filled(connection, sql::kVoterPartAnalyze, import);
}

}  // namespace hustings::registry
