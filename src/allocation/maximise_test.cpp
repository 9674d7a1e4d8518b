#include "allocation/maximise.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "allocation/testing/problems.h"

namespace hustings::allocation {
namespace {

using testing::hill_cells;
using testing::numbers;
using testing::problem_a;
using testing::problem_b;
using testing::reference;
using testing::sum_of;

TEST(Maximise, problem_a_equals_the_reference) {
  const boost::json::object file = reference("ref_alloc_A.json");
  const auto optimum = maximise(problem_a());
  ASSERT_TRUE(optimum) << optimum.error().text();
  EXPECT_NEAR(optimum->value, 0.133618966079612, 1e-10 * 0.1336);
  EXPECT_NEAR(optimum->price, 8.309932797176662e-10, 1e-9 * 8.31e-10);
  EXPECT_LT(optimum->gap(), 1e-14);
  EXPECT_NEAR(sum_of(optimum->spend), 1e8, 1e-5);
  const std::vector<double> spend = numbers(file.at("x"));
  for (std::size_t i = 0; i < spend.size(); ++i)
    EXPECT_NEAR(optimum->spend[i], spend[i], 0.01) << i;
}

TEST(Maximise, problem_b_under_its_budget_equals_the_reference) {
  const auto optimum = maximise(problem_b(false));
  ASSERT_TRUE(optimum) << optimum.error().text();
  EXPECT_NEAR(optimum->value, 1.305370014326087, 1e-9);
  EXPECT_LT(optimum->gap(), 1e-12);
}

TEST(Maximise, problem_b_with_channel_and_week_caps_proves_its_optimum) {
  const Problem problem = problem_b(true);
  const auto optimum = maximise(problem);
  ASSERT_TRUE(optimum) << optimum.error().text();
  EXPECT_LT(optimum->value, 1.305370014326087);
  EXPECT_LT(optimum->gap(), 1e-10 * optimum->value);
  for (std::size_t i = 0; i < problem.limits.size(); ++i) {
    double sum = 0;
    for (const std::uint32_t cell : problem.limits[i].cells)
      sum += optimum->spend[cell];
    EXPECT_LE(sum, problem.limits[i].cap + 1e-3) << problem.limits[i].name;
    if (optimum->prices[i] > 1e-15) {
      EXPECT_NEAR(sum, problem.limits[i].cap, 1e-2) << problem.limits[i].name;
    }
  }
}

TEST(Maximise, a_cell_that_takes_nothing_may_be_infinitely_steep) {
  const auto cell = [](CurveKind kind, double size, double scale, double low, double high) {
    return Cell{.curve = {.kind = kind, .size = size, .scale = scale, .shape = 0.4},
                .low = low,
                .high = high};
  };
  Problem problem;
  problem.cells = {cell(CurveKind::hill, 0.35, 23, 0.04, 0.22),
                   cell(CurveKind::hill, 1.46, 16, 0, 0),  // its slope at 0 is infinite
                   cell(CurveKind::saturating, 1.37, 38, 0.05, 0.23),
                   cell(CurveKind::saturating, 0.13, 5, 0, kNoLimit)};
  problem.limits = {{.name = "all", .floor = 0.04, .cap = 0.3, .cells = {0, 1, 2, 3}}};
  for (const double budget : {0.4, 0.5, 1.0, 5.0}) {
    problem.budget = budget;
    const auto optimum = maximise(problem);
    ASSERT_TRUE(optimum) << optimum.error().text();
    EXPECT_NEAR(sum_of(optimum->spend), 0.3, 1e-9) << budget;
    EXPECT_LE(optimum->gap(), 1e-9) << budget;
    EXPECT_NEAR(optimum->spend[0], 0.22, 1e-9) << budget;  // the steepest that may take more
  }
}

TEST(Maximise, limits_that_leave_money_which_brings_nothing_are_kept) {
  const auto cell = [](double high) {
    return Cell{.curve = {.kind = CurveKind::saturating, .size = 0.01, .scale = 5}, .high = high};
  };
  Problem problem{.budget = 697.36, .cells = {cell(0.0004), cell(kNoLimit), cell(kNoLimit)}};
  problem.limits = {{.name = "a", .floor = 0, .cap = 348.68, .cells = {0, 1}},
                    {.name = "b", .floor = 0, .cap = 348.68, .cells = {0, 2}}};
  const auto optimum = maximise(problem);
  ASSERT_TRUE(optimum) << optimum.error().text();
  EXPECT_NEAR(optimum->value, 0.02 + 0.01 * 0.0004 / 5, 1e-9);
  EXPECT_LE(optimum->gap(), 1e-9);
}

TEST(Maximise, general_and_vector_code_agree) {
  const Problem problem = problem_a();
  std::vector<Envelope> cells;
  for (const Cell& cell : problem.cells)
    cells.push_back(Envelope::of(cell, cell.low, cell.high));
  const Relaxed fast = fill_saturating(cells, problem.budget);
  const Relaxed general = fill_budget(cells, problem.budget);
  const Relaxed dual = fill_limits(cells, problem, nullptr);
  EXPECT_NEAR(fast.bound, general.bound, 1e-14);
  EXPECT_NEAR(fast.bound, dual.bound, 1e-13);
  EXPECT_NEAR(fast.price, general.price, 1e-12 * fast.price);
  EXPECT_NEAR(fast.price, dual.price, 1e-9 * fast.price);
}

TEST(Maximise, more_than_all_caps_leaves_the_rest) {
  Problem problem = problem_a();
  problem.budget = 1e12;
  const auto optimum = maximise(problem);
  ASSERT_TRUE(optimum);
  for (std::size_t i = 0; i < problem.cells.size(); ++i)
    EXPECT_EQ(optimum->spend[i], problem.cells[i].high);
  EXPECT_EQ(optimum->price, 0);
  EXPECT_LT(optimum->gap(), 1e-15);
}

/// The best of all ways to spend whole units, by dynamic programming.
double best_on_grid(const Problem& problem, int units) {
  const double unit = problem.budget / units;
  std::vector<double> best(static_cast<std::size_t>(units) + 1, 0);
  for (const Cell& cell : problem.cells) {
    std::vector<double> next = best;
    for (int total = 0; total <= units; ++total) {
      double& value = next[static_cast<std::size_t>(total)];
      value = -1;
      for (int part = 0; part <= total; ++part) {
        const double x = part * unit;
        if (x > cell.high || (part > 0 && x < cell.minimum)) continue;
        value = std::max(value, best[static_cast<std::size_t>(total - part)] + cell.curve.value(x));
      }
    }
    best = std::move(next);
  }
  return *std::max_element(best.begin(), best.end());
}

TEST(Maximise, s_curves_reach_the_best_of_a_fine_grid) {
  for (const double budget : {50.0, 120.0, 300.0, 700.0}) {
    const Problem problem = hill_cells(8, budget, 3.0);
    const auto optimum = maximise(problem);
    ASSERT_TRUE(optimum) << optimum.error().text();
    const double grid = best_on_grid(problem, 1000);
    EXPECT_GE(optimum->value, grid - 1e-12) << budget;
    EXPECT_GE(optimum->bound, grid) << budget;
    EXPECT_LE(optimum->gap(), 1e-9 * optimum->value) << budget;
    EXPECT_LE(sum_of(optimum->spend), budget * (1 + 1e-12));
  }
}

TEST(Maximise, minimum_buys_are_bought_whole_or_not_at_all) {
  Problem problem = hill_cells(6, 100, 0.8);
  for (Cell& cell : problem.cells)
    cell.minimum = 30;
  const auto optimum = maximise(problem);
  ASSERT_TRUE(optimum) << optimum.error().text();
  for (const double spend : optimum->spend)
    EXPECT_TRUE(spend == 0 || spend >= 30 - 1e-9) << spend;
  EXPECT_GE(optimum->value, best_on_grid(problem, 1000) - 1e-12);
  EXPECT_LE(optimum->gap(), 1e-9 * optimum->value);
}

TEST(Maximise, s_curves_with_limits_keep_them_and_bound_the_gap) {
  Problem problem = hill_cells(20, 400, 2.5);
  problem.limits = {{"first ten", 0, 150, {}}, {"last five", 60, 90, {}}};
  for (std::uint32_t i = 0; i < 10; ++i)
    problem.limits[0].cells.push_back(i);
  for (std::uint32_t i = 15; i < 20; ++i)
    problem.limits[1].cells.push_back(i);
  const auto optimum = maximise(problem);
  ASSERT_TRUE(optimum) << optimum.error().text();
  for (const Limit& limit : problem.limits) {
    double sum = 0;
    for (const std::uint32_t cell : limit.cells)
      sum += optimum->spend[cell];
    EXPECT_LE(sum, limit.cap + 1e-6);
    EXPECT_GE(sum, limit.floor - 1e-6);
  }
  EXPECT_LT(optimum->gap(), 1e-3 * optimum->value);
}

TEST(Maximise, linear_effects_are_bought_by_price) {
  Problem problem;
  problem.budget = 100;
  for (const double size : {3.0, 5.0, 4.0}) {
    problem.cells.push_back({.curve = {CurveKind::linear, size, 1}, .high = 40});
    problem.cells.back().key = problem.cells.size();
  }
  const auto optimum = maximise(problem);
  ASSERT_TRUE(optimum);
  EXPECT_NEAR(optimum->spend[1], 40, 1e-9);
  EXPECT_NEAR(optimum->spend[2], 40, 1e-9);
  EXPECT_NEAR(optimum->spend[0], 20, 1e-9);
  EXPECT_NEAR(optimum->value, 5 * 40 + 4 * 40 + 3 * 20, 1e-9);
  EXPECT_NEAR(optimum->price, 3, 1e-9);
  problem.limits = {{"two", 0, 50, {1, 2}}};
  const auto limited = maximise(problem);
  ASSERT_TRUE(limited);
  EXPECT_NEAR(limited->value, 5 * 40 + 4 * 10 + 3 * 40, 1e-4);
}

std::string refusal_of(const Problem& problem) {
  const auto optimum = maximise(problem);
  return optimum ? "" : optimum.error().text();
}

TEST(Maximise, limits_that_clash_are_named) {
  Problem problem = hill_cells(6, 100, 1);
  problem.names = {"a", "b", "c", "d", "e", "f"};
  problem.cells[2].low = 120;
  EXPECT_NE(refusal_of(problem).find("c 120.00"), std::string::npos) << refusal_of(problem);
  problem.cells[2].low = 0;
  problem.cells[1].low = 30;
  problem.cells[1].high = 20;
  EXPECT_NE(refusal_of(problem).find("b: "), std::string::npos) << refusal_of(problem);
  problem.cells[1] = problem.cells[0];
  problem.limits = {{"left", 60, kNoLimit, {0, 1, 2}},
                    {"right", 60, kNoLimit, {3, 4, 5}},
                    {"edge", 0, 70, {0, 5}}};
  const std::string clash = refusal_of(problem);
  EXPECT_NE(clash.find("budget"), std::string::npos) << clash;
  EXPECT_NE(clash.find("left"), std::string::npos) << clash;
  EXPECT_NE(clash.find("right"), std::string::npos) << clash;
  EXPECT_EQ(clash.find("edge"), std::string::npos) << clash;
  problem.limits = {{"row", 50, kNoLimit, {0, 1}},
                    {"one", 0, 20, {0}},
                    {"two", 0, 20, {1}},
                    {"three", 0, 20, {4}}};
  const std::string inner = refusal_of(problem);
  EXPECT_NE(inner.find("row"), std::string::npos) << inner;
  EXPECT_NE(inner.find("one"), std::string::npos) << inner;
  EXPECT_NE(inner.find("two"), std::string::npos) << inner;
  EXPECT_EQ(inner.find("three"), std::string::npos) << inner;
}

TEST(Maximise, absurd_cells_are_refused) {
  const auto refused = [](auto change) {
    Problem problem = hill_cells(3, 100, 1);
    change(problem);
    return !maximise(problem).has_value();
  };
  EXPECT_FALSE(refused([](Problem&) {}));
  EXPECT_TRUE(refused([](Problem& problem) { problem.budget = -1; }));
  EXPECT_TRUE(refused([](Problem& problem) { problem.budget = NAN; }));
  EXPECT_TRUE(refused([](Problem& problem) { problem.cells.clear(); }));
  EXPECT_TRUE(refused([](Problem& problem) { problem.cells[0].curve.size = -1; }));
  EXPECT_TRUE(refused([](Problem& problem) { problem.cells[0].curve.scale = 0; }));
  EXPECT_TRUE(refused([](Problem& problem) { problem.cells[0].curve.shape = 0; }));
  EXPECT_TRUE(refused([](Problem& problem) { problem.cells[0].low = -5; }));
  EXPECT_TRUE(refused([](Problem& problem) { problem.cells[0].high = NAN; }));
  EXPECT_TRUE(refused([](Problem& problem) { problem.limits = {{"x", 0, 5, {9}}}; }));
  EXPECT_TRUE(refused([](Problem& problem) { problem.limits = {{"x", 6, 5, {0}}}; }));
}

}  // namespace
}  // namespace hustings::allocation
