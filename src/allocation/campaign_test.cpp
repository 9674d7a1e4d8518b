#include "allocation/campaign.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "allocation/testing/problems.h"

namespace hustings::allocation {
namespace {

using testing::numbers;
using testing::problem_c;
using testing::reference;
using testing::sum_of;

TEST(PlanRace, problem_c_equals_the_reference) {
  const boost::json::object file = reference("ref_alloc_C.json");
  const Campaign campaign = problem_c();
  const auto plan = plan_race(campaign);
  ASSERT_TRUE(plan) << plan.error().text();
  // The reference was integrated with 32 x 16 nodes, which is 4.4e-11 too high here.
  EXPECT_NEAR(plan->optimum.value, 0.84428822780739, 1e-10);
  EXPECT_LT(plan->optimum.gap(), 1e-12);
  EXPECT_NEAR(plan->without, 0.77421783718471, 1e-12);
  EXPECT_NEAR(sum_of(plan->optimum.spend), 5e7, 1e-3);
  const std::vector<double> spend = numbers(file.at("x"));
  for (std::size_t i = 0; i < spend.size(); ++i)
    EXPECT_NEAR(plan->optimum.spend[i], spend[i], 50) << i;
  EXPECT_LT(plan->rounds, 40);
}

TEST(PlanRace, no_small_move_of_money_helps) {
  const Campaign campaign = problem_c();
  const auto plan = plan_race(campaign);
  ASSERT_TRUE(plan);
  const auto value = [&](const std::vector<double>& spend) {
    return *objective_at(campaign, means_after(campaign, spend), nullptr);
  };
  Rng rng(3);
  for (int i = 0; i < 20; ++i) {
    std::vector<double> spend = plan->optimum.spend;
    const std::size_t from = rng.below(spend.size());
    const std::size_t to = rng.below(spend.size());
    const double moved =
        std::min({spend[from], 20000.0, campaign.problem.cells[to].high - spend[to]});
    spend[from] -= moved;
    spend[to] += moved;
    EXPECT_LE(value(spend), plan->optimum.value + 1e-12);
  }
}

TEST(PlanRace, expected_weight_and_net_votes_have_their_own_optima) {
  Campaign campaign = problem_c();
  const auto to_win = plan_race(campaign);
  campaign.objective = Objective::expected_weight;
  const auto for_weight = plan_race(campaign);
  ASSERT_TRUE(for_weight) << for_weight.error().text();
  EXPECT_NEAR(for_weight->without, 297.0081763079, 1e-9);
  EXPECT_LT(for_weight->optimum.gap(), 1e-9);
  const auto weight_of = [&](const RacePlan& plan) {
    return *objective_at(campaign, means_after(campaign, plan.optimum.spend), nullptr);
  };
  EXPECT_GT(for_weight->optimum.value, weight_of(*to_win));
  campaign.objective = Objective::net_votes;
  EXPECT_FALSE(plan_race(campaign)) << "no votes";
  campaign.votes.assign(campaign.race.contests.size(), 1e6);
  const auto for_votes = plan_race(campaign);
  ASSERT_TRUE(for_votes) << for_votes.error().text();
  EXPECT_TRUE(for_votes->bound_is_global);
  EXPECT_LT(for_votes->optimum.gap(), 1e-9 * std::abs(for_votes->optimum.value));
}

TEST(PlanRace, a_robust_plan_is_best_where_it_is_worst) {
  Campaign campaign = problem_c();
  const auto plain = plan_race(campaign);
  campaign.objective = Objective::robust_win;
  EXPECT_FALSE(plan_race(campaign)) << "no poll errors";
  // One error hits the Midwest, the other the South.
  const std::size_t contests = campaign.race.contests.size();
  campaign.poll_errors.assign(2, std::vector<double>(contests));
  for (std::size_t i = 0; i < contests; ++i) {
    const std::string& region = campaign.race.contests[i].region;
    if (region == "East North Central") campaign.poll_errors[0][i] = -0.02;
    if (region == "South Atlantic") campaign.poll_errors[1][i] = -0.08;
  }
  const auto robust = plan_race(campaign);
  ASSERT_TRUE(robust) << robust.error().text();
  EXPECT_LT(robust->optimum.gap(), 1e-9);
  ASSERT_EQ(robust->scenarios.size(), 2U);
  EXPECT_NEAR(robust->scenarios[0], robust->scenarios[1], 1e-7) << "both bind";
  const double plain_worst =
      *objective_at(campaign, means_after(campaign, plain->optimum.spend), nullptr);
  EXPECT_GT(robust->optimum.value, plain_worst + 1e-5);
}

TEST(PlanRace, s_curves_in_a_race_keep_the_budget_and_gain) {
  Campaign campaign = problem_c();
  for (Cell& cell : campaign.problem.cells)
    cell.curve = {CurveKind::hill, cell.curve.size, cell.curve.scale, 2.0};
  const auto plan = plan_race(campaign, {.nodes_max = 60});
  ASSERT_TRUE(plan) << plan.error().text();
  EXPECT_GT(plan->optimum.value, plan->without + 0.02);
  EXPECT_LE(sum_of(plan->optimum.spend), 5e7 * (1 + 1e-12));
  EXPECT_LT(plan->optimum.gap(), 1e-3);
}

TEST(PlanRace, parts_that_do_not_fit_are_refused) {
  const auto refused = [](auto change) {
    Campaign campaign = problem_c();
    change(campaign);
    return !plan_race(campaign).has_value();
  };
  EXPECT_TRUE(refused([](Campaign& campaign) { campaign.reaches[0].share = 1.5; }));
  EXPECT_TRUE(refused([](Campaign& campaign) { campaign.reaches[0].contest = 99; }));
  EXPECT_TRUE(refused([](Campaign& campaign) { campaign.race.contests[0].weight = 0; }));
  EXPECT_TRUE(refused([](Campaign& campaign) { campaign.problem.budget = -1; }));
}

}  // namespace
}  // namespace hustings::allocation
