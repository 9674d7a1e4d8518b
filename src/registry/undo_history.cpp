#include <map>

#include "base/text.h"
#include "registry/copy_buffer.h"
#include "registry/detail/copy_rows.h"
#include "registry/detail/filled.h"
#include "registry/profiles.h"
#include "registry/sql.h"
#include "registry/undo.h"

namespace hustings::registry {
namespace {

/// By import, oldest first.
using ByImport = std::map<ImportId, HomeSet>;

/// By election, for one import of history and those after it: the rows that they wrote, and whom
/// they held.
struct Votes {
  std::map<std::int64_t, ByImport> rows;
  std::map<std::int64_t, ByImport> held;
};

Votes votes_since(pg::Connection& connection, ImportId import, std::string_view source) {
  Votes out;
  const std::string sql = detail::filled(sql::kUndoVotesRead, {{"import", import.value()}});
  connection.copy_out(sql, sql::kUndoVotesRead.name, [&](std::string_view line) {
    const auto fields = split(line.substr(0, line.find('\n')), '\t');
    out.rows[parse_int(fields[1]).value()][ImportId(parse_int(fields[0]).value())].add(
        parse_int(fields[2]).value());
  });
  for (const pg::Row row : connection.run(sql::kPresenceOfParts, source)) {
    const auto of = row.get<ImportId>(0);
    if (of < import) continue;
    out.held[parse_int(row.text(1)).value()].emplace(
        of, HomeSet::from_bytes(row.get<pg::Bytes>(2).bytes));
  }
  return out;
}

void append_pass(std::int64_t election, std::int64_t home, ImportId import, CopyBuffer& out) {
  out.row(3);
  out.int64(election);
  out.int64(home);
  out.int64(import.value());
}

/// As with voters: the next file that had the voter's row of this election takes the vote over if
/// it kept none of its own.
std::int64_t pass_on(ImportId import, std::int64_t election, const Votes& votes, CopyBuffer& out) {
  const auto rows = votes.rows.find(election);
  if (rows == votes.rows.end() || !rows->second.contains(import)) return 0;
  HomeSet left = rows->second.at(import);
  std::int64_t passed = 0;
  for (const auto& [later, held] : votes.held.at(election)) {
    if (later == import || left.empty()) continue;
    if (const auto own = rows->second.find(later); own != rows->second.end()) left -= own->second;
    HomeSet same = left;
    same &= held;
    same.each([&](std::int64_t home) { append_pass(election, home, later, out); });
    passed += same.size();
    left -= same;
  }
  return passed;
}

}  // namespace

UndoneRows undo_history(pg::Transaction& transaction, ImportId import, std::string_view source) {
  pg::Connection& connection = transaction.connection();
  lock_profiles(transaction);
  const Votes votes = votes_since(connection, import, source);
  CopyBuffer passed;
  UndoneRows out;
  std::vector<std::int64_t> elections;
  std::vector<std::string> parts;
  for (const auto& [election, held] : votes.held) {
    if (!held.contains(import)) continue;
    elections.push_back(election);
    parts.push_back(std::to_string(election));
    out.passed += pass_on(import, election, votes, passed);
  }
  transaction.run(sql::kUndoVotePassMake);
  detail::copy_rows(connection, sql::kUndoVotePassCopy, passed.view());
  transaction.run(sql::kUndoVotePassAnalyze);
  transaction.run(sql::kUndoVotesPass, import);
  out.rows = out.passed + transaction.run(sql::kUndoVotes, import).affected();
  // Not the presence of voters: a file may hold both.
  for (const std::string& part : parts)
    transaction.run(sql::kPresenceDrop, import, part);
  transaction.run(sql::kElectionsTidy, elections);
  transaction.run(sql::kElectionsRename, parts);
  return out;
}

}  // namespace hustings::registry
