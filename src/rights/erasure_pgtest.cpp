// Every table of a person is named: rights/person_tables.h.
#include "rights/erasure.h"

#include <set>

#include <gtest/gtest.h>

#include "pg/testing/database.h"
#include "rights/person_report.h"

namespace hustings::rights {
namespace {

std::set<std::string> named(bool reported) {
  std::set<std::string> out;
  for (const PersonTable& one : person_tables()) {
    if (!reported || one.report != nullptr) out.emplace(one.table);
  }
  return out;
}

/// Columns that lead to a person: a voter, an identity, a number, a call, or what the feed says.
constexpr std::string_view kColumnsOfPersons =
    "('voter_id', 'home_id', 'home_a', 'home_b', 'voter_before', 'number', 'phone', 'email',"
    " 'lease_id', 'external_id', 'last_name', 'subject')";
/// Of nobody in the registry: people of the campaign, calls that lead to nobody, migrations.
const std::set<std::string> kOfOthers = {"person", "erased_lease", "migration"};

TEST(PersonTables, NameEveryTableThatKnowsSomethingOfAPerson) {
  const pg::testing::Database database;
  const auto connection = database.connect();
  const auto rows = connection->run_text(
      "select distinct c.table_name from information_schema.columns c "
      "join pg_class r on r.relname = c.table_name and r.relnamespace = "
      "current_schema()::regnamespace "
      "where c.table_schema = current_schema() and not r.relispartition and r.relkind in ('r', "
      "'p') "
      "and c.column_name in " +
          std::string(kColumnsOfPersons),
      "tables_of_persons");
  EXPECT_GE(rows.size(), 20);
  const auto reported = named(true);
  for (const pg::Row row : rows) {
    const auto table = row.get<std::string>(0);
    if (kOfOthers.contains(table)) continue;
    EXPECT_TRUE(reported.contains(table))
        << table << " has rows of persons: name it in rights/person_tables.cpp, with the statement "
        << "that shows them to the person and the one that erases them";
  }
}

TEST(PersonTables, NameOnlyTablesThatThereAre) {
  const pg::testing::Database database;
  const auto connection = database.connect();
  for (const std::string& table : named(false)) {
    EXPECT_NO_THROW(connection->run_text("select from " + table + " limit 0", table)) << table;
  }
}

TEST(PersonTables, NobodyHasNothing) {
  const pg::testing::Database database;
  const auto connection = database.connect();
  EXPECT_EQ(person_report(*connection, VoterId(1), nullptr, Instant()).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(erasure_outlook(*connection, VoterId(1), nullptr).error().code, ErrorCode::not_found);
  pg::Transaction transaction(*connection);
  std::vector<feed::Change> changes;
  const auto erased = erase_person(transaction, {.voter = VoterId(1)}, nullptr, Instant(), changes);
  EXPECT_EQ(erased.error().code, ErrorCode::not_found);
  EXPECT_TRUE(changes.empty());
}

}  // namespace
}  // namespace hustings::rights
