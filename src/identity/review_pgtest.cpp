// The queue: what is in it, in which order, and what becomes of it.
#include "identity/review.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "identity/testing/people_fixture.h"

namespace hustings::identity {
namespace {

using ::testing::Contains;
using testing::Row;
using ::testing::SizeIs;

/// Copies inside one source, which are always asked about.
class ReviewTest : public testing::PeopleTest {
 protected:
  ReviewTest() {
    auto rows = people(1, 200);
    for (int i = 0; i < 10; ++i) {
      Row copy = rows[static_cast<std::size_t>(i)];
      copy.id = 1001 + i;
      if (i == 4) copy.phone = "";
      rows.push_back(copy);
    }
    import("nc", rows);
    EXPECT_EQ(resolve().state, RunState::done);
  }
  std::vector<MatchPair> list(const MatchQuery& query = {}) { return review_.list(query); }
  MatchPair pair_of(std::int64_t home) {
    for (const MatchPair& pair : list()) {
      if (pair.one.home == VoterId(home)) return pair;
    }
    ADD_FAILURE() << "nothing waits about " << home;
    return {};
  }
};

TEST_F(ReviewTest, TheGreatestGainComesFirst) {
  const auto pairs = list();
  ASSERT_THAT(pairs, SizeIs(10));
  EXPECT_EQ(pairs[0].one.home, VoterId(5)) << "a join would add a number";
  EXPECT_THAT(pairs[0].adds, Contains("phone"));
  EXPECT_GT(pairs[0].gain, 4.0);
  for (std::size_t i = 1; i < pairs.size(); ++i)
    EXPECT_LE(pairs[i].gain, pairs[i - 1].gain);
  EXPECT_EQ(review_.count().open, 10);
}

TEST_F(ReviewTest, PagesFollowEachOther) {
  std::vector<MatchId> seen;
  MatchQuery query{.limit = 3};
  for (int page = 0; page < 5; ++page) {
    const auto pairs = list(query);
    for (const MatchPair& pair : pairs)
      seen.push_back(pair.id);
    if (pairs.empty()) break;
    query.after = pairs.back().id;
  }
  std::vector<MatchId> all;
  for (const MatchPair& pair : list())
    all.push_back(pair.id);
  EXPECT_EQ(seen, all);
}

TEST_F(ReviewTest, FiltersNarrowTheQueue) {
  EXPECT_THAT(list({.source = "nc"}), SizeIs(10));
  EXPECT_THAT(list({.source = "l2"}), SizeIs(0));
  EXPECT_THAT(list({.same_source = true}), SizeIs(10));
  EXPECT_THAT(list({.same_source = false}), SizeIs(0));
  EXPECT_THAT(list({.state = MatchState::later}), SizeIs(0));
  EXPECT_THAT(list({.probability_min = 1.1}), SizeIs(0));
}

TEST_F(ReviewTest, APairIsShownWithItsEvidence) {
  const auto detail = review_.find(pair_of(5).id);
  ASSERT_TRUE(detail) << detail.error().text();
  EXPECT_FALSE(detail->evidence.empty());
  const auto phone = std::ranges::find(detail->fields, "phone", &MatchField::name);
  ASSERT_NE(phone, detail->fields.end());
  EXPECT_TRUE(phone->one.has_value());
  EXPECT_FALSE(phone->other.has_value());
  EXPECT_FALSE(phone->differs) << "one of them says nothing";
  const auto external = std::ranges::find(detail->fields, "external_id", &MatchField::name);
  ASSERT_NE(external, detail->fields.end());
  EXPECT_NE(external->one, external->other);
  EXPECT_FALSE(external->differs) << "ids of a source always differ";
}

TEST_F(ReviewTest, SameJoinsAndTakesThePairOut) {
  const auto decision = review_.decide(pair_of(3).id, MatchState::same, "person:1");
  ASSERT_TRUE(decision) << decision.error().text();
  ASSERT_TRUE(*decision);
  EXPECT_EQ(person(1003), 3);
  EXPECT_THAT(list(), SizeIs(9));
  ASSERT_TRUE(decisions_.undo(**decision, "person:1"));
  EXPECT_EQ(person(1003), 1003);
  EXPECT_THAT(list(), SizeIs(10)) << "taken back, it waits again";
}

TEST_F(ReviewTest, DifferentIsObeyedByTheNextRun) {
  const auto decision = review_.decide(pair_of(3).id, MatchState::different, "person:1");
  ASSERT_TRUE(decision);
  EXPECT_THAT(list(), SizeIs(9));
  ASSERT_EQ(resolve().state, RunState::done);
  EXPECT_THAT(list(), SizeIs(9));
}

TEST_F(ReviewTest, LaterStaysPutOffOverRuns) {
  const MatchId id = pair_of(3).id;
  const auto nothing = review_.decide(id, MatchState::later, "person:1");
  ASSERT_TRUE(nothing);
  EXPECT_FALSE(*nothing);
  EXPECT_EQ(review_.count().later, 1);
  ASSERT_EQ(resolve().state, RunState::done);
  EXPECT_EQ(review_.count().later, 1);
  EXPECT_EQ(review_.count().open, 9);
  ASSERT_TRUE(review_.bring_back(id));
  EXPECT_EQ(review_.count().open, 10);
}

TEST_F(ReviewTest, WhoIsOnePersonOrGoneIsNotInTheQueue) {
  ASSERT_TRUE(decisions_.join({.stays = VoterId(2), .joins = VoterId(1002), .actor = "person:1"}));
  const MatchId gone = pair_of(6).id;
  run("delete from voter where voter_id = 1006");
  run("update voter set protected = true where voter_id = 1007");
  // Undone: the identity is kept aside, without a record.
  run(fmt::format("insert into identity_kept values ({}, 1008, 'nc', 'X1008')",
                  bucket_of(VoterId(1008))));
  run("delete from source_record where voter_id = 1008");
  EXPECT_THAT(list(), SizeIs(6));
  EXPECT_EQ(review_.count().open, 6);
  EXPECT_EQ(review_.find(gone).error().code, ErrorCode::not_found);
  EXPECT_EQ(review_.decide(gone, MatchState::same, "person:1").error().code, ErrorCode::not_found);
  ASSERT_EQ(resolve().state, RunState::done);
  EXPECT_EQ(query("select count(*) from match_candidate where state = 'gone'"), "3") << "the sweep";
}

TEST_F(ReviewTest, OnlyWhatMayBeSaidIsTaken) {
  EXPECT_EQ(review_.decide(pair_of(3).id, MatchState::gone, "person:1").error().code,
            ErrorCode::invalid);
  EXPECT_EQ(review_.bring_back(MatchId(999)).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace hustings::identity
