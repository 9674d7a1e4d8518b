#include "feed/feed.h"

#include <atomic>
#include <chrono>
#include <semaphore>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/guarded.h"
#include "feed/tail.h"
#include "pg/testing/database.h"

namespace hustings::feed {
namespace {

using namespace std::chrono_literals;

Change about(std::int64_t voter, std::string payload = "{}") {
  return {ChangeKind::voter_corrected, "voter:" + std::to_string(voter), "system",
          std::move(payload)};
}

Position append(pg::Connection& connection, std::vector<Change> changes) {
  pg::Transaction transaction(connection);
  return commit(transaction, changes);
}

TEST(Feed, WhatIsAppendedIsReadInOrder) {
  const pg::testing::Database database;
  const auto connection = database.connect();
  EXPECT_EQ(head(*connection), 0);
  const Position first = append(*connection, {about(1, R"({"n":1})"), about(2)});
  const Position second = append(*connection, {about(1, R"({"n":2})")});
  EXPECT_GT(second, first);
  EXPECT_EQ(head(*connection), second);
  const auto entries = read(*connection, 0, 10);
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[0].subject, "voter:1");
  EXPECT_EQ(entries[1].subject, "voter:2");
  EXPECT_EQ(entries[2].payload, R"({"n": 2})");
  EXPECT_EQ(read(*connection, first, 10).size(), 1u);
  const auto history_of_1 = history(*connection, "voter:1", 10);
  ASSERT_EQ(history_of_1.size(), 2u);
  EXPECT_EQ(history_of_1[0].position, second) << "newest first";
}

TEST(Feed, ATransactionThatIsRolledBackSaysNothing) {
  const pg::testing::Database database;
  const auto connection = database.connect();
  connection->run_text("create table t (a int primary key)", "setup");
  {
    pg::Transaction transaction(*connection);
    connection->run_text("insert into t values (1)", "write");
  }
  EXPECT_EQ(head(*connection), 0);
  EXPECT_THROW(append(*connection, {{ChangeKind::voter_corrected, "voter:1", "system", "no json"}}),
               pg::SqlFailure);
  EXPECT_EQ(head(*connection), 0);
}

// The trap that the lock exists for: with a plain sequence, a reader that stores the highest
// position misses what a slower transaction commits below it.
TEST(Feed, ConcurrentWritersNeverCommitBelowWhatAReaderHasSeen) {
  const pg::testing::Database database;
  constexpr int kWriters = 8;
  constexpr int kEach = 50;
  std::atomic<int> running = kWriters;
  std::vector<std::thread> writers;
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&] {
      const auto connection = database.connect();
      for (int i = 0; i < kEach; ++i)
        append(*connection, {about(i), about(i + 1)});
      --running;
    });
  }
  const auto reader = database.connect();
  std::size_t seen = 0;
  Position last = 0;
  for (;;) {
    const bool done = running == 0;
    const auto entries = read(*reader, last, 100);
    for (const Entry& entry : entries) {
      ASSERT_GT(entry.position, last);
      last = entry.position;
      ++seen;
    }
    if (done && entries.empty()) break;
  }
  for (std::thread& writer : writers)
    writer.join();
  EXPECT_EQ(seen, static_cast<std::size_t>(kWriters * kEach * 2));
}

TEST(Tail, FollowsAndSurvivesALostConnection) {
  const pg::testing::Database database;
  const auto connection = database.connect();
  append(*connection, {about(1)});
  Log log = Log::to_nowhere();
  Guarded<std::vector<std::string>> got;
  Tail tail(
      database.options(), 0,
      [&](std::span<const Entry> entries) {
        for (const Entry& entry : entries)
          got.lock()->push_back(entry.subject);
      },
      log);
  EXPECT_TRUE(tail.wait_until(1, 5s));
  const Position second = append(*connection, {about(2)});
  EXPECT_TRUE(tail.wait_until(second, 5s));
  connection->run_text(
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity where pid <> "
      "pg_backend_pid() and query like 'listen%' or query like '%from change%'"
      " and pid <> pg_backend_pid()",
      "kill");
  const Position third = append(*connection, {about(3)});
  EXPECT_TRUE(tail.wait_until(third, 10s));
  EXPECT_THAT(*got.lock(), ::testing::ElementsAre("voter:1", "voter:2", "voter:3"));
}

TEST(Tail, TheSameEntriesComeAgainWhenTheHandlerFailed) {
  const pg::testing::Database database;
  const auto connection = database.connect();
  const Position only = append(*connection, {about(1)});
  Log log = Log::to_nowhere();
  std::atomic<int> calls = 0;
  const Tail tail(
      database.options(), 0,
      [&](std::span<const Entry>) {
        if (++calls == 1) throw Failure("the reader's own work failed");
      },
      log);
  EXPECT_TRUE(tail.wait_until(only, 10s));
  EXPECT_EQ(calls, 2);
}

TEST(Tail, ItsAgeGrowsWhileTheHandlerIsBehindAndNoLonger) {
  const pg::testing::Database database;
  const auto connection = database.connect();
  const Position only = append(*connection, {about(1)});
  Log log = Log::to_nowhere();
  std::binary_semaphore may_go_on{0};
  const Tail tail(database.options(), 0, [&](std::span<const Entry>) { may_go_on.acquire(); }, log);
  const auto becomes = [&](auto condition) {
    const auto end = std::chrono::steady_clock::now() + 60s;
    while (!condition() && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(5ms);
    return condition();
  };
  const auto first = tail.age();
  EXPECT_TRUE(becomes([&] { return tail.age() > first + 3s; }));
  may_go_on.release();
  EXPECT_TRUE(tail.wait_until(only, 20s));
  EXPECT_TRUE(becomes([&] { return tail.age() < 3s; }));
}

}  // namespace
}  // namespace hustings::feed
