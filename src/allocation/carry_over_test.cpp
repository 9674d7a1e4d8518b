#include "allocation/carry_over.h"

#include <cmath>

#include <gtest/gtest.h>

#include "allocation/campaign.h"
#include "allocation/detail/lanes.h"
#include "base/rng.h"

namespace hustings::allocation {
namespace {

/// `chains` of `weeks` cells each, saturating, with made-up sizes and prices.
Problem chained(std::uint32_t chains, std::uint32_t weeks, double kept, double budget) {
  Problem problem{.budget = budget};
  Rng rng(chains * 100 + weeks);
  for (std::uint32_t c = 0; c < chains; ++c) {
    problem.chains.push_back({.first = c * weeks, .cells = weeks, .kept = kept});
    const double decay = 0.6 + 0.4 * rng.uniform();
    for (std::uint32_t w = 0; w < weeks; ++w) {
      const double size = (1 + 3 * rng.uniform()) * std::pow(decay, weeks - 1 - w);
      problem.cells.push_back(
          {.curve = {.size = size, .scale = 20 + 60 * rng.uniform()}, .key = problem.cells.size()});
    }
  }
  return problem;
}

/// Moves money between pairs of cells as long as that helps, in ever smaller pieces: the optimum of
/// anything concave under one budget and bounds.
double by_brute_force(const Problem& problem) {
  std::vector<double> spend;
  for (const Cell& cell : problem.cells)
    spend.push_back(cell.low);
  double left = problem.budget;
  for (const double low : spend)
    left -= low;
  for (std::size_t i = 0; left > 0; i = (i + 1) % spend.size()) {
    const double more =
        std::min(left, std::min(problem.budget / 50, problem.cells[i].high - spend[i]));
    spend[i] += more;
    left -= more;
  }
  double best = value_of(problem, spend);
  for (double step = problem.budget / 4; step > 1e-9 * problem.budget; step /= 2) {
    for (bool moved = true; moved;) {
      moved = false;
      for (std::size_t from = 0; from < spend.size(); ++from) {
        for (std::size_t to = 0; to < spend.size(); ++to) {
          const Cell& source = problem.cells[from];
          const Cell& target = problem.cells[to];
          if (from == to || spend[from] - step < source.low || spend[to] + step > target.high)
            continue;
          spend[from] -= step;
          spend[to] += step;
          const double value = value_of(problem, spend);
          if (value > best) {
            best = value;
            moved = true;
          } else {
            spend[from] += step;
            spend[to] -= step;
          }
        }
      }
    }
  }
  return best;
}

TEST(CarryOver, stocks_effects_and_slopes_follow_the_definition) {
  Problem problem = chained(1, 3, 0.5, 100);
  const CarryOver carry(problem);
  const std::vector<double> spend = {10, 0, 30};
  const std::vector<double> stocks = carry.stocks(spend);
  const auto scale = [&](std::size_t i) { return problem.cells[i].curve.scale; };
  EXPECT_DOUBLE_EQ(stocks[0], 10);
  EXPECT_DOUBLE_EQ(stocks[1], 5 * scale(1) / scale(0));
  EXPECT_NEAR(stocks[2], 30 + 2.5 * scale(2) / scale(0), 1e-12);
  const std::vector<double> slopes = carry.slopes(stocks);
  for (std::size_t i = 0; i < 3; ++i) {
    std::vector<double> up = spend;
    std::vector<double> down = spend;
    up[i] += 1e-4;
    down[i] -= 1e-4;
    const double slope = (value_of(problem, up) - value_of(problem, down)) / 2e-4;
    EXPECT_NEAR(slopes[i], slope, 1e-8);
    std::vector<double> more = spend;
    more[i] += 7;
    EXPECT_NEAR(carry.gain_of_more(stocks, i, 7),
                value_of(problem, more) - value_of(problem, spend), 1e-12);
  }
}

TEST(CarryOver, optima_equal_brute_force_and_are_proved) {
  for (const double kept : {0.0, 0.3, 0.6, 0.84}) {
    for (const std::uint32_t chains : {1U, 2U, 3U}) {
      const Problem problem = chained(chains, 4, kept, 60.0 * chains);
      const auto best = maximise(problem);
      ASSERT_TRUE(best) << best.error().text();
      const double brute = by_brute_force(problem);
      EXPECT_GE(best->value, brute * (1 - 1e-9)) << kept << " " << chains;
      EXPECT_GE(best->bound, brute * (1 - 1e-12));
      EXPECT_LE(best->gap(), 1e-6 * best->value) << kept << " " << chains;
    }
  }
}

TEST(CarryOver, floors_caps_and_limits_hold) {
  Problem problem = chained(2, 5, 0.7, 150);
  problem.cells[1].low = 12;
  problem.cells[3].high = 9;
  problem.cells[4].high = 20;
  const auto free = maximise(problem);
  ASSERT_TRUE(free) << free.error().text();
  EXPECT_NEAR(free->value, by_brute_force(problem), 1e-7 * free->value);
  problem.limits.push_back({.name = "first chain", .cap = 40, .cells = {0, 1, 2, 3, 4}});
  const auto best = maximise(problem);
  ASSERT_TRUE(best) << best.error().text();
  double sum = 0;
  double first = 0;
  for (std::size_t i = 0; i < best->spend.size(); ++i) {
    EXPECT_GE(best->spend[i], problem.cells[i].low - 1e-9);
    EXPECT_LE(best->spend[i], problem.cells[i].high + 1e-9);
    sum += best->spend[i];
    first += i < 5 ? best->spend[i] : 0;
  }
  EXPECT_LE(sum, 150 + 1e-7);
  EXPECT_LE(first, 40 + 1e-7);
  EXPECT_LE(best->value, free->value * (1 + 1e-12));
  EXPECT_GT(best->prices[0], 0);
  EXPECT_LE(best->gap(), 1e-6 * best->value);
}

TEST(CarryOver, without_anything_kept_it_is_the_separable_optimum) {
  Problem problem = chained(3, 6, 0, 200);
  const auto chains = maximise(problem);
  problem.chains.clear();
  const auto alone = maximise(problem);
  ASSERT_TRUE(chains && alone);
  EXPECT_NEAR(chains->value, alone->value, 1e-10 * alone->value);
}

TEST(CarryOver, columns_and_single_cells_find_the_same_plan) {
  for (const std::uint32_t chains : {1U, 3U, 7U}) {
    Problem problem = chained(chains, 6, 0.5, 60.0 * chains);
    problem.cells[2].curve.size = 0;  // nothing is bought there, but contacts pass through
    problem.cells[4].low = 7;
    problem.cells[5].high = 3;
    const auto columns = maximise(problem);
    // A limit that never binds leads the other way.
    problem.limits.push_back({.name = "wide", .cap = 1e6, .cells = {0}});
    const auto single = maximise(problem);
    ASSERT_TRUE(columns && single);
    EXPECT_NEAR(columns->value, single->value, 1e-9 * single->value);
    EXPECT_LE(columns->gap(), 1e-6 * columns->value);
    EXPECT_GE(columns->bound, single->value * (1 - 1e-12));
    EXPECT_GE(single->bound, columns->value * (1 - 1e-12));
    double sum = 0;
    for (std::size_t i = 0; i < columns->spend.size(); ++i) {
      EXPECT_GE(columns->spend[i], problem.cells[i].low);
      EXPECT_LE(columns->spend[i], problem.cells[i].high);
      sum += columns->spend[i];
    }
    EXPECT_LE(sum, problem.budget * (1 + 1e-12));
  }
}

TEST(CarryOver, money_for_everything_buys_everything) {
  Problem problem = chained(2, 4, 0.5, 1000);
  for (Cell& cell : problem.cells)
    cell.high = 100;
  const auto best = maximise(problem);
  ASSERT_TRUE(best);
  EXPECT_EQ(best->spend, std::vector<double>(8, 100));
  EXPECT_LE(best->gap(), 1e-12 * best->value);
}

TEST(Lanes, powers_of_e_are_right_to_the_last_bit_but_one) {
  std::vector<double> values;
  for (double x = -700; x < 700; x += 0.37)
    values.push_back(x);
  values.insert(values.end(), {-1e300, -1e-300, 0, 1e-17, -0.0});
  values.resize((values.size() + detail::kLanes - 1) / detail::kLanes * detail::kLanes);
  std::vector<double> powers = values;
  detail::exps_of(powers.data(), powers.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double right = std::exp(std::max(values[i], -708.0));
    EXPECT_NEAR(powers[i], right, 2.3e-16 * right) << values[i];
  }
}

TEST(CarryOver, what_is_kept_adds_and_more_money_never_hurts) {
  double before = 0;
  for (const double kept : {0.0, 0.2, 0.5, 0.8}) {
    const auto best = maximise(chained(2, 6, kept, 90));
    ASSERT_TRUE(best);
    EXPECT_GT(best->value, before);
    before = best->value;
  }
  for (const double budget : {100.0, 200.0, 400.0}) {
    const auto best = maximise(chained(2, 6, 0.8, budget));
    ASSERT_TRUE(best);
    EXPECT_GT(best->value, before * (1 - 1e-9));
    before = best->value;
  }
}

TEST(CarryOver, s_shaped_curves_get_a_plan_and_a_bound) {
  Problem problem = chained(2, 4, 0.5, 160);
  for (Cell& cell : problem.cells) {
    cell.curve.kind = CurveKind::hill;
    cell.curve.shape = 2;
  }
  const auto best = maximise(problem);
  ASSERT_TRUE(best) << best.error().text();
  EXPECT_GT(best->value, 0);
  EXPECT_GE(best->bound, by_brute_force(problem) - 1e-9);
}

TEST(CarryOver, a_race_is_planned_with_it) {
  Campaign campaign;
  campaign.race.contests = {{"a", "", 3, -0.01}, {"b", "", 4, 0.005}, {"c", "", 2, 0.02}};
  campaign.race.errors = {.national = 0.01, .regional = 0.01, .contest = {0.01, 0.01, 0.01}};
  campaign.markets = 3;
  campaign.problem.budget = 300;
  for (std::uint32_t m = 0; m < 3; ++m) {
    campaign.reaches.push_back({m, m, 1});
    campaign.problem.chains.push_back({.first = m * 4, .cells = 4, .kept = 0.6});
    for (std::uint32_t w = 0; w < 4; ++w) {
      campaign.problem.cells.push_back(
          {.curve = {.size = 0.004 * std::pow(0.8, 3 - w), .scale = 40},
           .key = campaign.problem.cells.size()});
      campaign.market_of.push_back(m);
    }
  }
  const auto plan = plan_race(campaign);
  ASSERT_TRUE(plan) << plan.error().text();
  EXPECT_GT(plan->optimum.value, plan->without);
  EXPECT_LE(plan->optimum.gap(), 1e-5 * plan->optimum.value);
  Rng rng(3);
  for (int i = 0; i < 300; ++i) {  // no other way to spend it does better
    std::vector<double> spend(12);
    double sum = 0;
    for (double& one : spend)
      sum += one = -std::log(1 - rng.uniform());
    for (double& one : spend)
      one *= 300 / sum;
    const auto other = objective_at(campaign, means_after(campaign, spend), nullptr);
    ASSERT_TRUE(other);
    EXPECT_LE(*other, plan->optimum.value * (1 + 1e-9));
  }
  campaign.problem.budget = 200;  // from the plan of a larger budget, which is none of this one
  const auto less = plan_race(campaign, {.gap_wanted = 1e-7}, &*plan);
  ASSERT_TRUE(less) << less.error().text();
  EXPECT_LT(less->optimum.value, plan->optimum.value);
}

TEST(CarryOver, chains_out_of_order_are_refused) {
  Problem problem = chained(2, 3, 0.5, 10);
  problem.chains[0].kept = 1;
  EXPECT_FALSE(maximise(problem));
  problem.chains[0] = {.first = 2, .cells = 3, .kept = 0.5};
  EXPECT_FALSE(maximise(problem));
  EXPECT_DOUBLE_EQ(kept_of_half_life(1), 0.5);
  EXPECT_DOUBLE_EQ(kept_of_half_life(0), 0);
}

}  // namespace
}  // namespace hustings::allocation
