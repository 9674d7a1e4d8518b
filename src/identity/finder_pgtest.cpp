// One record against everybody.
#include "identity/finder.h"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "identity/testing/people_fixture.h"

namespace hustings::identity {
namespace {

using testing::Row;
using ::testing::SizeIs;

class FinderTest : public testing::PeopleTest {
 protected:
  FinderTest() : finder_(database_.pool(), log_), rows_(people(1, 300)) { import("nc", rows_); }

  FindAnswer find(const PersonFields& fields) {
    const auto answer = finder_.find({.fields = fields}, Deadline::never());
    EXPECT_TRUE(answer) << answer.error().text();
    return answer.value_or(FindAnswer{});
  }
  static PersonFields fields_of(const Row& row) {
    return {.first = row.first,
            .middle = row.middle,
            .last = row.last,
            .suffix = "",
            .gender = "",
            .birth = {.year = static_cast<std::uint16_t>(std::stoi(row.birth_date.substr(0, 4))),
                      .month = static_cast<std::uint8_t>(std::stoi(row.birth_date.substr(5, 2))),
                      .day = static_cast<std::uint8_t>(std::stoi(row.birth_date.substr(8, 2)))},
            .street = row.street,
            .city = "Raleigh",
            .zip = row.zip,
            .phone = 0,
            .email = ""};
  }
  /// Asks until the index has come so far.
  FindAnswer find_after(const PersonFields& fields) {
    const auto head = std::stoll(query("select max(position) from change"));
    while (true) {
      FindAnswer answer = find(fields);
      if (answer.position >= head) return answer;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  Finder finder_;
  const std::vector<Row> rows_;
};

TEST_F(FinderTest, FindsAVoterWithTheEvidence) {
  const FindAnswer answer = find(fields_of(rows_[17]));
  ASSERT_THAT(answer.voters, SizeIs(1));
  EXPECT_EQ(answer.voters[0].voter, VoterId(18));
  EXPECT_GT(answer.voters[0].probability, 0.99);
  EXPECT_FALSE(answer.voters[0].evidence.empty());
  EXPECT_EQ(answer.identities, 300);
  EXPECT_GT(answer.position, 0);
}

TEST_F(FinderTest, FindsByTelephoneAlone) {
  PersonFields fields{.first = rows_[3].first};
  fields.phone = std::stoull(rows_[3].phone);
  const FindAnswer answer = find(fields);
  ASSERT_FALSE(answer.voters.empty());
  EXPECT_EQ(answer.voters[0].voter, VoterId(4));
}

TEST_F(FinderTest, AStrangerIsNotKnown) {
  EXPECT_THAT(find({.first = "ZEBULON", .last = "QUARTERMAINE", .zip = "99501"}).voters, SizeIs(0));
}

TEST_F(FinderTest, TooLittleIsRefused) {
  const auto refused = finder_.find({.fields = {.first = "ANN"}}, Deadline::never());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid);
}

TEST_F(FinderTest, WhatHasComeSinceIsFound) {
  find(fields_of(rows_[0]));
  const auto later = people(5000, 3, 99);
  import("l2", later);
  const FindAnswer answer = find_after(fields_of(later[1]));
  ASSERT_THAT(answer.voters, SizeIs(1));
  EXPECT_EQ(answer.voters[0].voter, VoterId(5001));
  EXPECT_EQ(answer.identities, 303);
}

TEST_F(FinderTest, AJoinedVoterIsFoundOnceAndByEitherRecord) {
  find(fields_of(rows_[0]));
  auto other = people(5000, 1);  // the same as voter 1, who has moved
  other[0].street = "77 OTHER ST";
  import("l2", other);
  ASSERT_TRUE(decisions_.join({.stays = VoterId(1), .joins = VoterId(5000), .actor = "person:1"}));
  const FindAnswer answer = find_after(fields_of(other[0]));
  ASSERT_THAT(answer.voters, SizeIs(1));
  EXPECT_EQ(answer.voters[0].voter, VoterId(1));
}

TEST_F(FinderTest, WhoHasGoneOrIsProtectedIsLeftOut) {
  ASSERT_THAT(find(fields_of(rows_[5])).voters, SizeIs(1));
  run("update voter set protected = true where voter_id = 6");
  EXPECT_THAT(find(fields_of(rows_[5])).voters, SizeIs(0));
  run("delete from voter where voter_id = 7");
  EXPECT_THAT(find(fields_of(rows_[6])).voters, SizeIs(0));
}

TEST_F(FinderTest, RowsOfAFileAreComparedAtOnce) {
  run("update voter set protected = true where voter_id = 6");
  const auto row_of = [](const Row& row) {
    return registry::VoterRow{.last_name = row.last,
                              .first_name = row.first,
                              .birth_year = static_cast<std::int16_t>(std::stoi(row.birth_date)),
                              .street = row.street,
                              .city = "RALEIGH",
                              .zip5 = row.zip};
  };
  std::vector<registry::VoterRow> rows = {row_of(rows_[17]), row_of(rows_[5])};
  rows[0].first_name = rows_[18].first;  // the same but for one thing
  rows[0].phone = std::stoll(rows_[17].phone);
  const auto strangers = people(9000, 1, 99);
  rows.push_back(row_of(strangers[0]));
  const auto connection = database_.connect();
  const auto before = finder_.find_alike(*connection, rows, [] { return true; });
  ASSERT_THAT(before, SizeIs(3));
  ASSERT_TRUE(before[0]);
  EXPECT_EQ(before[0]->voter, VoterId(18));
  EXPECT_GE(before[0]->probability, registry::kAlikeAt);
  EXPECT_FALSE(before[1]) << "protected";
  EXPECT_FALSE(before[2]) << "a stranger";

  find(fields_of(rows_[0]));  // now the index is there already
  const auto after = finder_.find_alike(*connection, rows, [] { return true; });
  ASSERT_TRUE(after[0]);
  EXPECT_EQ(after[0]->voter, VoterId(18));
  EXPECT_DOUBLE_EQ(after[0]->probability, before[0]->probability) << "as among everybody";
  const auto stopped = finder_.find_alike(*connection, rows, [] { return false; });
  ASSERT_THAT(stopped, SizeIs(3));
  EXPECT_FALSE(stopped[0]);
}

TEST_F(FinderTest, ManyQuestionsAtOnceWhileVotersCome) {
  find(fields_of(rows_[0]));
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (std::size_t i = 0; i < 50; ++i)
        EXPECT_FALSE(find(fields_of(rows_[i])).voters.empty());
    });
  }
  import("l2", people(5000, 5, 99));
  for (std::thread& thread : threads)
    thread.join();
}

}  // namespace
}  // namespace hustings::identity
