#include "lists/draw.h"

#include <cmath>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hustings::lists {
namespace {

using segments::Members;

Members members(int count) {
  Members found;
  auto& all = found.members;
  for (int i = 1; i <= count; ++i) {
    all.push_back({.voter = VoterId(i),
                   .household = i / 3,
                   .has_phone = i % 2 == 0,
                   .is_protected = i % 97 == 0,
                   .is_suppressed = i % 89 == 0});
  }
  return found;
}

std::vector<VoterId> voters(const std::vector<Drawn>& drawn) {
  std::vector<VoterId> ids;
  for (const Drawn& one : drawn)
    ids.push_back(one.voter);
  return ids;
}

TEST(Draw, SameSeedGivesTheSameListWhateverTheOrderOfTheMembers) {
  Members all = members(1000);
  DrawRule rule{.seed = 7, .holdout_percent = 10, .arms = {}, .size_max = 400};
  const auto first = draw(all, rule);
  std::ranges::reverse(all.members);
  const auto second = draw(all, rule);
  ASSERT_EQ(first.size(), 400U);
  EXPECT_EQ(voters(first), voters(second));
  rule.seed = 8;
  EXPECT_NE(voters(first), voters(draw(all, rule)));
}

TEST(Draw, LeavesOutWhoIsProtectedOrSuppressed) {
  for (const Drawn& one : draw(members(1000), {.seed = 1, .arms = {}, .size_max = {}})) {
    EXPECT_NE(one.voter.value() % 97, 0);
    EXPECT_NE(one.voter.value() % 89, 0);
    EXPECT_EQ(one.arm, 1);
  }
}

TEST(Draw, NeverSplitsAHouseholdAndHoldsOutItsShare) {
  const auto drawn =
      draw(members(60'000), {.seed = 3, .holdout_percent = 20, .arms = {}, .size_max = {}});
  std::map<std::int64_t, std::set<int>> arms;
  for (const Drawn& one : drawn)
    arms[one.household].insert(one.arm);
  double held_out = 0;
  for (const auto& [household, its] : arms) {
    ASSERT_EQ(its.size(), 1U) << household;
    held_out += its.contains(kHoldout) ? 1 : 0;
  }
  // 20,000 households: six standard errors are 1.7 points.
  EXPECT_NEAR(held_out / static_cast<double>(arms.size()), 0.2, 0.017);
}

TEST(Draw, AVoterWhoLeavesMovesNobodyElse) {
  Members all = members(300);
  const DrawRule rule{
      .seed = 5, .holdout_percent = 10, .arms = {{"a", 30}, {"b", 70}}, .size_max = {}};
  const auto before = draw(all, rule);
  all.members.erase(all.members.begin() + 100);
  std::map<VoterId, int> arms;
  for (const Drawn& one : before)
    arms[one.voter] = one.arm;
  auto expected = voters(before);
  std::erase(expected, VoterId(101));
  const auto after = draw(all, rule);
  EXPECT_EQ(voters(after), expected);
  for (const Drawn& one : after)
    EXPECT_EQ(one.arm, arms.at(one.voter));
}

TEST(Draw, SharesOutTheTreatedAmongTheArms) {
  const auto drawn =
      draw(members(60'000),
           {.seed = 9, .holdout_percent = 10, .arms = {{"a", 20}, {"b", 80}}, .size_max = {}});
  std::map<int, double> shares;
  for (const Drawn& one : drawn)
    shares[one.arm] += 1.0 / static_cast<double>(drawn.size());
  EXPECT_NEAR(shares[kHoldout], 0.10, 0.013);
  EXPECT_NEAR(shares[1], 0.18, 0.017);
  EXPECT_NEAR(shares[2], 0.72, 0.02);
}

/// Each voter a household; strata of 1 to 100 voters.
Members in_strata() {
  Members found;
  std::int64_t voter = 0;
  for (std::uint32_t stratum = 0; stratum < 100; ++stratum) {
    found.strata.push_back({"county " + std::to_string(stratum)});
    for (std::uint32_t i = 0; i <= stratum; ++i) {
      ++voter;
      found.members.push_back({.voter = VoterId(voter),
                               .household = voter,
                               .has_phone = true,
                               .is_protected = false,
                               .is_suppressed = false,
                               .stratum = stratum});
    }
  }
  return found;
}

TEST(Draw, HoldsTheSharesInEveryStratum) {
  const Members all = in_strata();
  std::map<VoterId, std::uint32_t> strata;
  for (const auto& member : all.members)
    strata[member.voter] = member.stratum;
  double held_out_alone = 0;  // of the strata of one voter, over many seeds
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const auto drawn = draw(all, {.seed = seed,
                                  .holdout_percent = 20,
                                  .arms = {{"a", 50}, {"b", 50}},
                                  .is_stratified = true,
                                  .size_max = {}});
    std::map<std::uint32_t, std::map<int, double>> counts;
    for (const Drawn& one : drawn)
      ++counts[strata[one.voter]][one.arm];
    for (auto& [stratum, by_arm] : counts) {
      const double size = stratum + 1;
      ASSERT_LE(std::abs(by_arm[kHoldout] - 0.2 * size), 1.0) << stratum;
      ASSERT_LE(std::abs(by_arm[1] - 0.4 * size), 1.0) << stratum;
      ASSERT_LE(std::abs(by_arm[2] - 0.4 * size), 1.0) << stratum;
    }
    held_out_alone += counts[0][kHoldout];
  }
  EXPECT_NEAR(held_out_alone / 400, 0.2, 0.12);  // six standard errors
}

TEST(Draw, DividesASizeAmongTheStrataInProportion) {
  Members all = in_strata();
  std::map<VoterId, std::uint32_t> strata;
  for (const auto& member : all.members)
    strata[member.voter] = member.stratum;
  const DrawRule rule{.seed = 4, .arms = {}, .is_stratified = true, .size_max = 505};
  const auto drawn = draw(all, rule);
  ASSERT_EQ(drawn.size(), 505U);  // a tenth
  std::map<std::uint32_t, double> counts;
  for (const Drawn& one : drawn)
    ++counts[strata[one.voter]];
  for (std::uint32_t stratum = 0; stratum < 100; ++stratum)
    EXPECT_LE(std::abs(counts[stratum] - 0.1 * (stratum + 1)), 1.0) << stratum;
  std::ranges::reverse(all.members);
  EXPECT_EQ(voters(draw(all, rule)), voters(drawn));
}

TEST(Draw, TakesOneOfAHouseholdWithANumberIfItHasOne) {
  const Members all = members(3000);
  std::map<std::int64_t, bool> has_phone;
  for (const auto& member : all.members) {
    if (!member.is_protected && !member.is_suppressed)
      has_phone[member.household] |= member.has_phone;
  }
  const auto drawn = draw(all, {.seed = 6, .arms = {}, .one_per_household = true, .size_max = {}});
  EXPECT_EQ(drawn.size(), has_phone.size());
  std::set<std::int64_t> households;
  for (const Drawn& one : drawn) {
    EXPECT_TRUE(households.insert(one.household).second);
    EXPECT_EQ(one.has_phone, has_phone.at(one.household));
  }
}

TEST(Draw, TakesTheHighestScores) {
  Members all = members(1000);
  for (auto& member : all.members) {
    if (member.voter.value() % 10 != 0)
      member.score = static_cast<int>(member.voter.value() * 37 % 101);
  }
  const auto drawn = draw(all, {.seed = 6, .arms = {}, .is_top = true, .size_max = 300});
  ASSERT_EQ(drawn.size(), 300U);
  int before = 100;
  for (const Drawn& one : drawn) {
    ASSERT_NE(one.voter.value() % 10, 0);
    const int score = static_cast<int>(one.voter.value() * 37 % 101);
    EXPECT_LE(score, before);
    before = score;
  }
}

}  // namespace
}  // namespace hustings::lists
