#include "identity/match_plan.h"

#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hustings::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

linkage::Match match(std::uint32_t left, std::uint32_t right, double probability) {
  linkage::Match out;
  out.rows = {left, right};
  out.probability = probability;
  out.log_odds = static_cast<float>(std::log2(probability / (1 - probability)));
  return out;
}

Identity identity(std::int64_t home, std::uint16_t source, std::int64_t voter = 0) {
  return {.home = VoterId(home),
          .voter = VoterId(voter == 0 ? home : voter),
          .source = source,
          .is_official = false};
}

std::vector<std::pair<std::int64_t, std::int64_t>> voters(const std::vector<Identity>& identities,
                                                          const std::vector<PlannedPair>& pairs) {
  std::vector<std::pair<std::int64_t, std::int64_t>> out;
  for (const PlannedPair& pair : pairs)
    out.emplace_back(identities[pair.one].voter.value(), identities[pair.other].voter.value());
  return out;
}

TEST(MatchPlan, JoinsCertainPairsOfTwoSourcesAndAsksAboutTheRest) {
  const std::vector<Identity> identities = {identity(1, 0), identity(2, 1), identity(3, 0),
                                            identity(4, 1), identity(5, 0), identity(6, 1)};
  const auto plan =
      make_match_plan(identities, {match(0, 1, 0.999), match(2, 3, 0.8), match(4, 5, 0.3)}, {});
  EXPECT_THAT(voters(identities, plan.joins), ElementsAre(Pair(1, 2)));
  EXPECT_THAT(voters(identities, plan.asks), ElementsAre(Pair(3, 4)));
  EXPECT_NEAR(plan.estimated_matches, 0.999 + 0.8 + 0.3, 1e-3);
  EXPECT_THAT(plan.sizes, ElementsAre(Pair(2, 1)));
}

TEST(MatchPlan, AsksAboutPairsOfOneSourceHoweverCertain) {
  const std::vector<Identity> identities = {identity(1, 0), identity(2, 0)};
  const auto plan = make_match_plan(identities, {match(0, 1, 0.9999)}, {});
  EXPECT_THAT(plan.joins, IsEmpty());
  ASSERT_EQ(plan.asks.size(), 1U);
  EXPECT_TRUE(plan.asks[0].same_source);
}

TEST(MatchPlan, NobodyHasTwoPartnersInOneSource) {
  // Both of source 1 are as likely: neither is certain any more.
  const std::vector<Identity> identities = {identity(1, 0), identity(2, 1), identity(3, 1)};
  const auto plan = make_match_plan(identities, {match(0, 1, 0.999), match(0, 2, 0.999)}, {});
  EXPECT_THAT(plan.joins, IsEmpty());
  EXPECT_LE(plan.asks.size(), 1U);
}

TEST(MatchPlan, NoDetourJoinsTwoOfOneSource) {
  // 1 and 4 are of source 0; through 2 and 3 they would be one.
  const std::vector<Identity> identities = {identity(1, 0), identity(2, 1), identity(3, 2),
                                            identity(4, 0)};
  const auto plan = make_match_plan(
      identities, {match(0, 1, 0.9999), match(1, 2, 0.9998), match(2, 3, 0.995)}, {});
  EXPECT_THAT(voters(identities, plan.joins), UnorderedElementsAre(Pair(1, 2), Pair(1, 3)));
  EXPECT_THAT(voters(identities, plan.asks), ElementsAre(Pair(4, 3)));
}

TEST(MatchPlan, WhoIsApartStaysApartByAnyChain) {
  const std::vector<Identity> identities = {identity(1, 0), identity(2, 1), identity(3, 2)};
  const std::vector<Apart> apart = {{VoterId(1), VoterId(3)}};
  const auto plan = make_match_plan(
      identities, {match(0, 1, 0.9999), match(1, 2, 0.999), match(0, 2, 0.999)}, apart);
  EXPECT_THAT(voters(identities, plan.joins), ElementsAre(Pair(1, 2)));
  EXPECT_THAT(plan.asks, IsEmpty()) << "3 cannot be 2 any more: 2 is 1";
}

TEST(MatchPlan, OneWhoIsApartIsNotAskedAbout) {
  const std::vector<Identity> identities = {identity(1, 0), identity(2, 1)};
  const std::vector<Apart> apart = {{VoterId(2), VoterId(1)}};
  const auto plan = make_match_plan(identities, {match(0, 1, 0.9)}, apart);
  EXPECT_THAT(plan.joins, IsEmpty());
  EXPECT_THAT(plan.asks, IsEmpty());
}

TEST(MatchPlan, TheOfficialRollStays) {
  std::vector<Identity> identities = {identity(1, 1), identity(9, 0)};
  identities[1].is_official = true;
  const auto plan = make_match_plan(identities, {match(0, 1, 0.999)}, {});
  EXPECT_THAT(voters(identities, plan.joins), ElementsAre(Pair(9, 1)));
}

TEST(MatchPlan, WhoIsOnePersonAlreadyIsNotJoinedAgainAndCounts) {
  const std::vector<Identity> identities = {identity(1, 0), identity(2, 1, 1), identity(3, 2)};
  const auto plan = make_match_plan(identities, {match(0, 1, 0.9999), match(1, 2, 0.999)}, {});
  EXPECT_THAT(voters(identities, plan.joins), ElementsAre(Pair(1, 3)));
  EXPECT_THAT(plan.sizes, ElementsAre(Pair(3, 1)));
}

TEST(MatchPlan, APairOfPersonsIsAskedAboutOnce) {
  const std::vector<Identity> identities = {identity(1, 0), identity(2, 1, 1), identity(3, 2)};
  const auto plan = make_match_plan(identities, {match(0, 2, 0.7), match(1, 2, 0.9)}, {});
  ASSERT_EQ(plan.asks.size(), 1U);
  EXPECT_NEAR(plan.asks[0].match.probability, 0.9, 1e-6);
}

TEST(MatchPlan, TheOrderOfMatchesDoesNotMatter) {
  std::vector<Identity> identities;
  for (std::int64_t i = 0; i < 30; ++i)
    identities.push_back(identity(100 - i, static_cast<std::uint16_t>(i % 3)));
  std::vector<linkage::Match> matches;
  for (std::uint32_t i = 0; i + 1 < 30; ++i)
    matches.push_back(match(i, i + 1, 0.9 + 0.0034 * i));
  const auto plan = make_match_plan(identities, matches, {});
  std::ranges::reverse(matches);
  const auto again = make_match_plan(identities, matches, {});
  EXPECT_EQ(voters(identities, plan.joins), voters(identities, again.joins));
  EXPECT_EQ(voters(identities, plan.asks), voters(identities, again.asks));
  EXPECT_FALSE(plan.joins.empty());
}

}  // namespace
}  // namespace hustings::identity
