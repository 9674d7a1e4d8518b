#include "pg/distribution.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pg/testing/citus_rules.h"
#include "pg/testing/database.h"

namespace hustings::pg {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;

std::vector<std::string> names_of(const Spread& spread) {
  std::vector<std::string> names;
  for (const SpreadTable& table : spread.tables)
    names.push_back(table.name);
  return names;
}

TEST(Distribution, AServerWithoutCitusIsSaidWithWhatToDo) {
  const testing::Database database;
  const auto connection = database.connect();
  const auto spread = spread_tables(*connection);
  ASSERT_FALSE(spread);
  EXPECT_EQ(spread.error().code, ErrorCode::unavailable);
  EXPECT_THAT(spread.error().sentence, HasSubstr("shared_preload_libraries"));
}

// Each table that has the key passes Citus' rules, so a migration that breaks one fails here.
TEST(Distribution, SpreadsEveryTableThatGrowsWithTheElectorate) {
  const testing::Database database;
  const auto connection = database.connect();
  testing::make_citus_rules(*connection);
  const auto spread = spread_tables(*connection, {.shards = 64});
  ASSERT_TRUE(spread) << spread.error().text();
  EXPECT_EQ(spread->machines, 2);
  EXPECT_EQ(spread->tables.front().name, "voter");
  EXPECT_THAT(names_of(*spread),
              IsSupersetOf({"phone", "vote", "source_record", "link", "contact_attempt", "answer",
                            "consent", "list_member", "record_value", "score_run"}));
  EXPECT_THAT(names_of(*spread), Not(Contains("queue_line")));
  EXPECT_THAT(names_of(*spread), Not(Contains("voter_single"))) << "a part follows its whole";
  EXPECT_EQ(connection
                ->run_text("select shards from pg_dist_partition where "
                           "logicalrelid = 'voter'::regclass",
                           "shards")
                .only()
                .get<int>(0),
            64);
}

TEST(Distribution, GoesOnWhereItWasInterrupted) {
  const testing::Database database;
  const auto connection = database.connect();
  testing::make_citus_rules(*connection);
  ASSERT_TRUE(spread_tables(*connection));
  connection->run_text("delete from pg_dist_partition where logicalrelid = 'vote'::regclass",
                       "forget");
  std::vector<std::string> moved;
  const auto again = spread_tables(*connection, {.on_table = [&](const SpreadTable& table) {
    if (!table.is_spread) moved.push_back(table.name);
  }});
  ASSERT_TRUE(again);
  EXPECT_THAT(moved, ::testing::ElementsAre("vote"));
}

TEST(Distribution, ATableThatCitusWouldRefuseFailsTheTest) {
  const testing::Database database;
  const auto connection = database.connect();
  testing::make_citus_rules(*connection);
  connection->run_text("create unique index on phone (voter_id, number)", "no_bucket");
  EXPECT_THROW((void)spread_tables(*connection), SqlFailure);
}

TEST(Distribution, RefusesAnImpossibleNumberOfParts) {
  const testing::Database database;
  const auto connection = database.connect();
  const auto spread = spread_tables(*connection, {.shards = 5000});
  ASSERT_FALSE(spread);
  EXPECT_EQ(spread.error().where, "shards");
}

}  // namespace
}  // namespace hustings::pg
