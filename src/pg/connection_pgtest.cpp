#include "pg/connection.h"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pg/pool.h"
#include "pg/testing/database.h"

namespace hustings::pg {
namespace {

constexpr Statement kSum{"test/sum", "select $1::bigint + $2::bigint"};
constexpr Statement kInsert{"test/insert", "insert into t (a, b) values ($1, $2)"};
constexpr Statement kCommit{"test/commit", "commit"};

TEST(Connection, ValuesComeBackAsTheyWent) {
  const testing::Database database(false);
  const auto connection = database.connect();
  EXPECT_EQ(connection->run(kSum, 40, 2).only().get<std::int64_t>(0), 42);

  constexpr Statement kEcho{
      "test/echo", "select $1::text, $2::timestamptz, $3::bytea, $4::text[], $5::float8, $6::text"};
  const Instant at = *from_iso("2026-11-03T19:05:00.123456Z");
  const std::vector<std::string> texts = {"", "a,b", "\"q\"", "Ñ\\"};
  const Rows rows = connection->run(kEcho, "it's \"Ñ\"\n", at, Bytes{std::string("\0\xff", 2)},
                                    texts, 0.1, std::optional<std::string>());
  EXPECT_EQ(rows.only().get<std::string>(0), "it's \"Ñ\"\n");
  EXPECT_EQ(rows.only().get<Instant>(1), at);
  EXPECT_EQ(rows.only().get<Bytes>(2).bytes, std::string("\0\xff", 2));
  EXPECT_EQ(rows.only().get<std::vector<std::string>>(3), texts);
  EXPECT_EQ(rows.only().get<double>(4), 0.1);
  EXPECT_EQ(rows.only().get<std::optional<std::string>>(5), std::nullopt);
  EXPECT_THROW((void)rows.only().get<std::string>(5), Failure);
}

TEST(Connection, AFailureNamesStatementAndStateButNoValue) {
  const testing::Database database(false);
  const auto connection = database.connect();
  connection->run_text("create table t (a int primary key, b text)", "setup");
  connection->run(kInsert, 1, "secret-name");
  try {
    connection->run(kInsert, 1, "secret-name");
    FAIL() << "the key was taken twice";
  } catch (const SqlFailure& failure) {
    EXPECT_EQ(failure.sqlstate(), "23505");
    EXPECT_EQ(failure.statement(), "test/insert");
    EXPECT_THAT(failure.what(), ::testing::Not(::testing::HasSubstr("secret-name")));
  }
  EXPECT_EQ(connection->run(kSum, 1, 1).only().get<std::int64_t>(0), 2) << "still usable";
}

TEST(Connection, CopyBothWays) {
  const testing::Database database(false);
  const auto connection = database.connect();
  connection->run_text("create table t (a int, b text)", "setup");
  auto copy = connection->copy_in("copy t from stdin", "copy");
  copy.write("1\tone\n2\t");
  copy.write("two\n");
  EXPECT_EQ(copy.finish(), 2);
  std::string out;
  connection->copy_out("copy (select * from t order by a) to stdout", "copy",
                       [&](std::string_view piece) { out += piece; });
  EXPECT_EQ(out, "1\tone\n2\ttwo\n");
  {
    auto given_up = connection->copy_in("copy t from stdin", "copy");
  }
  EXPECT_EQ(connection->run_text("select count(*) from t", "count").only().get<std::int64_t>(0), 2);
  auto wrong = connection->copy_in("copy t from stdin", "copy");
  wrong.write("x\ty\n");
  EXPECT_THROW(wrong.finish(), SqlFailure);
  EXPECT_EQ(connection->run(kSum, 1, 1).only().get<std::int64_t>(0), 2) << "still usable";
}

TEST(Connection, APipelineIsAllOrNothing) {
  const testing::Database database(false);
  const auto connection = database.connect();
  connection->run_text("create table t (a int primary key, b text)", "setup");
  const auto count = [&] {
    return connection->run_text("select count(*) from t", "count").only().get<std::int64_t>(0);
  };
  {
    Transaction transaction(*connection);
    const std::vector<Connection::Call> calls = {
        {&kInsert, Parameters(1, "a")}, {&kInsert, Parameters(2, "b")}, {&kCommit, Parameters()}};
    connection->run_pipeline(calls);
    transaction.mark_committed();
  }
  EXPECT_EQ(count(), 2);
  {
    Transaction transaction(*connection);
    const std::vector<Connection::Call> calls = {{&kInsert, Parameters(3, "c")},
                                                 {&kInsert, Parameters(1, "again")},
                                                 {&kCommit, Parameters()}};
    EXPECT_THROW(connection->run_pipeline(calls), SqlFailure);
  }
  EXPECT_EQ(count(), 2);
  EXPECT_FALSE(connection->in_transaction());
}

TEST(Transaction, RollsBackUnlessCommitted) {
  const testing::Database database(false);
  const auto connection = database.connect();
  connection->run_text("create table t (a int, b text)", "setup");
  {
    Transaction transaction(*connection);
    transaction.run(kInsert, 1, "a");
  }
  {
    Transaction transaction(*connection);
    transaction.run(kInsert, 2, "b");
    transaction.commit();
  }
  EXPECT_EQ(connection->run_text("select a from t", "read").only().get<std::int32_t>(0), 2);
}

TEST(Transaction, WithPlansOnceNoTableIsWalkedThrough) {
  const testing::Database database(false);
  const auto connection = database.connect();
  connection->run_text("create table t (a int primary key); insert into t values (1)", "setup");
  const auto plan = [&](Transaction& transaction) {
    std::string text;
    for (const Row row : transaction.connection().run_text(
             "prepare p as select * from t where a = $1; explain (costs off) execute p (1)",
             "plan"))
      text += row.get<std::string>(0) + "\n";
    transaction.connection().run_text("deallocate p", "plan");
    return text;
  };
  {
    Transaction transaction(*connection);
    EXPECT_THAT(plan(transaction), ::testing::HasSubstr("a = 1"));  // planned for this value
  }
  {
    Transaction transaction(*connection, Deadline::never(), Transaction::Isolation::read_committed,
                            Transaction::Plans::once);
    const std::string once = plan(transaction);
    EXPECT_THAT(once, ::testing::HasSubstr("a = $1"));
    EXPECT_THAT(once, ::testing::Not(::testing::HasSubstr("Seq Scan")));
    transaction.commit();
  }
  Transaction after(*connection);
  EXPECT_THAT(plan(after), ::testing::HasSubstr("a = 1")) << "the connection is as it was";
}

TEST(Transaction, WhatIsCommittedSoonIsSeenAtOnce) {
  const testing::Database database(false);
  const auto connection = database.connect();
  connection->run_text("create table t (a int, b text)", "setup");
  {
    Transaction transaction(*connection);
    transaction.run(kInsert, 1, "one");
    transaction.commit_soon();
  }
  EXPECT_FALSE(connection->in_transaction());
  const auto count = [&](Connection& of) {
    return of.run_text("select count(*) from t", "count").only().get<std::int64_t>(0);
  };
  EXPECT_EQ(count(*database.connect()), 1);
  const Rows durable = connection->run_text("show synchronous_commit", "show");
  EXPECT_EQ(durable.only().text(0),
            database.connect()->run_text("show synchronous_commit", "show").only().text(0));
}

TEST(Transaction, TheDeadlineReachesTheServer) {
  const testing::Database database(false);
  const auto connection = database.connect();
  Transaction transaction(*connection, Deadline::after(std::chrono::milliseconds(30)));
  try {
    connection->run_text("select pg_sleep(20)", "slow");
    FAIL() << "it slept";
  } catch (const SqlFailure& failure) {
    EXPECT_TRUE(failure.is_cancelled());
  }
}

TEST(Pool, BoundsConnectionsAndReplacesBrokenOnes) {
  testing::Database database(false);
  Pool pool(database.options(), 2);
  std::int64_t victim = 0;
  {
    const auto a = pool.acquire();
    const auto b = pool.acquire();
    EXPECT_THROW((void)pool.acquire(Deadline::after(std::chrono::milliseconds(20))), Failure);
    victim = b->run_text("select pg_backend_pid()", "pid").only().get<std::int64_t>(0);
    a->run_text("select pg_terminate_backend(" + std::to_string(victim) + ", 5000)", "kill");
    EXPECT_THROW(b->run_text("select 1", "dead"), SqlFailure);
  }
  for (int i = 0; i < 3; ++i) {
    const auto connection = pool.acquire();
    EXPECT_EQ(connection->run(kSum, 1, 1).only().get<std::int64_t>(0), 2);
  }
}

}  // namespace
}  // namespace hustings::pg
