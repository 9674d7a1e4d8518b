#include "lists/draw.h"

#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hustings::lists {
namespace {

using segments::Member;

std::vector<Member> members(int count) {
  std::vector<Member> all;
  for (int i = 1; i <= count; ++i) {
    all.push_back({.voter = VoterId(i),
                   .household = i / 3,
                   .has_phone = i % 2 == 0,
                   .is_protected = i % 97 == 0,
                   .is_suppressed = i % 89 == 0});
  }
  return all;
}

std::vector<VoterId> voters(const std::vector<Drawn>& drawn) {
  std::vector<VoterId> ids;
  for (const Drawn& one : drawn)
    ids.push_back(one.voter);
  return ids;
}

TEST(Draw, SameSeedGivesTheSameListWhateverTheOrderOfTheMembers) {
  std::vector<Member> all = members(1000);
  const DrawRule rule{.seed = 7, .holdout_percent = 10, .size_max = 400};
  const auto first = draw(all, rule);
  std::ranges::reverse(all);
  const auto second = draw(all, rule);
  ASSERT_EQ(first.size(), 400U);
  EXPECT_EQ(voters(first), voters(second));
  EXPECT_NE(voters(first), voters(draw(all, {.seed = 8, .holdout_percent = 10, .size_max = 400})));
}

TEST(Draw, LeavesOutWhoIsProtectedOrSuppressed) {
  for (const Drawn& one : draw(members(1000), {.seed = 1, .holdout_percent = 0, .size_max = {}})) {
    EXPECT_NE(one.voter.value() % 97, 0);
    EXPECT_NE(one.voter.value() % 89, 0);
    EXPECT_EQ(one.arm, Arm::treatment);
  }
}

TEST(Draw, NeverSplitsAHouseholdAndHoldsOutItsShare) {
  const auto drawn = draw(members(60'000), {.seed = 3, .holdout_percent = 20, .size_max = {}});
  std::map<std::int64_t, std::set<Arm>> arms;
  for (const Drawn& one : drawn)
    arms[one.household].insert(one.arm);
  double held_out = 0;
  for (const auto& [household, its] : arms) {
    ASSERT_EQ(its.size(), 1U) << household;
    held_out += its.contains(Arm::holdout) ? 1 : 0;
  }
  // 20,000 households: six standard errors are 1.7 points.
  EXPECT_NEAR(held_out / static_cast<double>(arms.size()), 0.2, 0.017);
}

TEST(Draw, AVoterWhoLeavesMovesNobodyElse) {
  std::vector<Member> all = members(300);
  const auto before = draw(all, {.seed = 5, .holdout_percent = 10, .size_max = {}});
  all.erase(all.begin() + 100);
  auto expected = voters(before);
  std::erase(expected, VoterId(101));
  EXPECT_EQ(voters(draw(all, {.seed = 5, .holdout_percent = 10, .size_max = {}})), expected);
}

}  // namespace
}  // namespace hustings::lists
