#include "segments/testing/sql_face.h"

#include <algorithm>
#include <deque>
#include <string>

#include <fmt/format.h>

#include "segments/rule_sql.h"

namespace hustings::segments::testing {
namespace {

/// Each rule is a statement of its own, under a name that stays: a connection knows by its address
/// what it has prepared.
pg::Rows run_sql(pg::Connection& connection, const RuleSql& sql) {
  thread_local std::deque<std::string> names;
  const std::string& name = names.emplace_back(fmt::format("segments/rule_{}", names.size()));
  pg::Rows rows = connection.run_with({name, sql.text}, sql.parameters);
  connection.run_text(fmt::format("deallocate {}", connection.quoted(name)), "deallocate");
  return rows;
}

}  // namespace

Totals sql_totals(pg::Connection& connection, const Rule& rule, Instant now) {
  const pg::Rows rows = run_sql(connection, count_sql(rule, now));
  const pg::Row row = rows.only();
  const auto count = [&](int column) {
    return static_cast<std::uint64_t>(row.get<std::int64_t>(column));
  };
  return {count(0), count(1), count(2)};
}

std::vector<VoterId> sql_members(pg::Connection& connection, const Rule& rule, Instant now) {
  std::vector<VoterId> voters;
  for (const pg::Row row : run_sql(connection, members_sql(rule, now)))
    voters.push_back(row.get<VoterId>(0));
  return voters;
}

std::vector<VoterId> engine_members(const Electorate& electorate, const Rule& rule, Instant now) {
  const Scanner scanner(1);
  std::vector<VoterId> voters;
  for (const Row row : scanner.rows(electorate, Plan(rule, electorate, now)))
    voters.push_back(electorate.voter(row));
  std::ranges::sort(voters);
  return voters;
}

}  // namespace hustings::segments::testing
