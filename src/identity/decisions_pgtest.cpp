// What people say about who is who: kept, obeyed, taken back.
#include "identity/decisions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "identity/testing/people_fixture.h"
#include "registry/digest.h"

namespace hustings::identity {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class DecisionsTest : public testing::PeopleTest {
 protected:
  DecisionsTest() {
    import("nc", {{.id = 1, .last = "SMITH", .first = "ANN"},
                  {.id = 2, .last = "JONES", .first = "BEA"}});
    import("l2", {{.id = 3, .last = "SMITH", .first = "ANN"}});
    import("van", {{.id = 4, .last = "SMITH", .first = "ANNE"}});
  }

  Result<Decisions::Joined> join(std::int64_t stays, std::int64_t joins) {
    clock_.advance(std::chrono::seconds(1));
    return decisions_.join({.stays = VoterId(stays), .joins = VoterId(joins), .actor = "person:1"});
  }
  Result<VoterId> split(std::int64_t voter, std::vector<VoterId> homes) {
    clock_.advance(std::chrono::seconds(1));
    return decisions_.split(
        {.voter = VoterId(voter), .homes = std::move(homes), .actor = "person:2"});
  }
  Result<DecisionId> apart(std::int64_t one, std::int64_t other) {
    clock_.advance(std::chrono::seconds(1));
    return decisions_.keep_apart(
        {.one = VoterId(one), .other = VoterId(other), .actor = "person:2"});
  }
  std::string digest() { return registry::digest(*database_.connect()); }
};

TEST_F(DecisionsTest, SameJoinsAndIsKept) {
  const auto joined = join(1, 3);
  ASSERT_TRUE(joined) << joined.error().text();
  EXPECT_EQ(joined->voter, VoterId(1));
  EXPECT_EQ(person(3), 1);
  EXPECT_EQ(query("select decided_by from link where home_id = 3"), "person:1");
  const auto said = decisions_.of_voter(VoterId(3));
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0].kind, DecisionKind::same);
  EXPECT_EQ(said[0].home_a, VoterId(1));
  EXPECT_EQ(said[0].home_b, VoterId(3));
  EXPECT_EQ(said[0].actor, "person:1");
  EXPECT_FALSE(said[0].ended_at);
  EXPECT_EQ(query("select count(*) from change where kind = 'identity_decided'"), "1");
  EXPECT_EQ(query("select count(*) from change where kind = 'persons_joined'"), "1");
}

TEST_F(DecisionsTest, TakenBackIsAsIfItHadNotBeen) {
  const std::string before = digest();
  const auto joined = join(1, 3);
  ASSERT_TRUE(joined);
  EXPECT_NE(digest(), before);
  ASSERT_TRUE(decisions_.undo(joined->decision, "person:2"));
  EXPECT_EQ(digest(), before);
  EXPECT_EQ(person(3), 3);
  const auto said = decisions_.of_voter(VoterId(3));
  ASSERT_EQ(said.size(), 1U) << "the history stays";
  EXPECT_EQ(said[0].ended_by, "person:2");
  const auto again = decisions_.undo(joined->decision, "person:2");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
}

TEST_F(DecisionsTest, AChainAgainstADifferentIsRefusedAndNamed) {
  ASSERT_TRUE(apart(3, 4));
  ASSERT_TRUE(join(1, 3));
  const std::string before = digest();
  const auto refused = join(1, 4);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_THAT(refused.error().sentence,
              AllOf(HasSubstr(VoterId(3).text()), HasSubstr(VoterId(1).text()),
                    HasSubstr(VoterId(4).text()), HasSubstr("different")));
  EXPECT_EQ(digest(), before) << "nothing was changed";
  EXPECT_EQ(query("select count(*) from link_decision where ended_at is null"), "2");
}

TEST_F(DecisionsTest, TheVeryPairMayBeSaidToBeOneAfterAll) {
  ASSERT_TRUE(apart(3, 4));
  ASSERT_TRUE(join(1, 3));
  ASSERT_FALSE(join(1, 4));
  const auto joined = join(3, 4);
  ASSERT_TRUE(joined) << joined.error().text();
  EXPECT_EQ(person(4), 1);
  EXPECT_EQ(query("select kind || ' ' || ended_by from link_decision where ended_at is not null"),
            "different person:1");
}

TEST_F(DecisionsTest, SplitKeepsEachApartFromEachThatRemains) {
  ASSERT_TRUE(join(1, 3));
  ASSERT_TRUE(join(1, 4));
  const auto out = split(1, {VoterId(3)});
  ASSERT_TRUE(out) << out.error().text();
  EXPECT_EQ(*out, VoterId(3));
  EXPECT_EQ(person(4), 1);
  EXPECT_EQ(query("select string_agg(home_a || ' ' || home_b || ' ' || kind, ', ' "
                  "order by home_a, home_b) from link_decision where ended_at is null"),
            "1 3 different, 1 4 same, 3 4 different");
  const auto refused = join(4, 3);
  ASSERT_FALSE(refused) << "4 is 1, and 1 is not 3";
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
}

TEST_F(DecisionsTest, DifferentOfOnePersonIsASplit) {
  ASSERT_TRUE(join(1, 3));
  const auto refused = apart(1, 3);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
}

TEST_F(DecisionsTest, ADifferentTakenBackLetsThemJoin) {
  const auto said = apart(1, 3);
  ASSERT_TRUE(said);
  ASSERT_TRUE(decisions_.undo(*said, "person:1"));
  ASSERT_TRUE(join(1, 3));
}

TEST_F(DecisionsTest, ASameTakenBackLetsTheEarlierDifferentHoldAgain) {
  ASSERT_TRUE(apart(1, 3));
  const auto joined = join(1, 3);
  ASSERT_TRUE(joined);
  ASSERT_TRUE(decisions_.undo(joined->decision, "person:1"));
  EXPECT_EQ(query("select kind || ' ' || actor from link_decision where ended_at is null"),
            "different person:2");
  EXPECT_EQ(resolve().state, RunState::done);
  EXPECT_EQ(person(3), 3) << "no run joins them";
}

TEST_F(DecisionsTest, WrongNamesAreRefused) {
  EXPECT_EQ(join(1, 1).error().code, ErrorCode::invalid);
  EXPECT_EQ(join(1, 99).error().code, ErrorCode::not_found);
  EXPECT_EQ(split(1, {VoterId(2)}).error().code, ErrorCode::invalid);
  EXPECT_EQ(split(1, {}).error().code, ErrorCode::invalid);
  EXPECT_EQ(split(1, {VoterId(1)}).error().code, ErrorCode::invalid) << "nobody would remain";
  EXPECT_EQ(decisions_.undo(DecisionId(99), "person:1").error().code, ErrorCode::not_found);
}

TEST_F(DecisionsTest, UndoOfAJoinThatWasSplitSinceIsRefused) {
  const auto joined = join(1, 3);
  ASSERT_TRUE(joined);
  ASSERT_TRUE(split(1, {VoterId(3)}));
  const auto refused = decisions_.undo(joined->decision, "person:1");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace hustings::identity
