#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "allocation/cents.h"
#include "allocation/hold_out.h"
#include "allocation/maximise.h"

namespace hustings::allocation {
namespace {

double between(double low, double high) {
  return low + (high - low) * (*rc::gen::inRange(0, 1'000'001) / 1e6);
}

/// A problem of any curves, with floors, caps, minimum buys and overlapping limits; often feasible.
std::string shown(const Problem& problem) {
  std::string text = fmt::format("budget {}", problem.budget);
  for (const Cell& cell : problem.cells) {
    text += fmt::format("\n  {} size {} scale {} shape {} low {} high {} minimum {}",
                        to_string(cell.curve.kind), cell.curve.size, cell.curve.scale,
                        cell.curve.shape, cell.low, cell.high, cell.minimum);
  }
  for (const Limit& limit : problem.limits) {
    text += fmt::format("\n  floor {} cap {} cells {}", limit.floor, limit.cap,
                        fmt::join(limit.cells, " "));
  }
  return text;
}

Problem any_problem(bool concave) {
  Problem problem;
  const int count = *rc::gen::inRange(1, 25);
  problem.budget = std::round(between(1, 2000) * 100) / 100;
  for (int i = 0; i < count; ++i) {
    Cell cell;
    const int kind = *rc::gen::inRange(0, 3);
    cell.curve.kind = kind == 0   ? CurveKind::saturating
                      : kind == 1 ? CurveKind::logarithmic
                                  : CurveKind::hill;
    cell.curve.size = *rc::gen::inRange(0, 12) == 0 ? 0 : between(0.01, 5);
    cell.curve.scale = between(5, 300);
    cell.curve.shape = concave ? between(0.3, 1) : between(0.3, 4);
    if (*rc::gen::inRange(0, 4) == 0) cell.low = between(0, problem.budget / count);
    if (*rc::gen::inRange(0, 2) == 0) cell.high = cell.low + between(0, 400);
    if (!concave && *rc::gen::inRange(0, 5) == 0) cell.minimum = cell.low + between(0, 60);
    cell.key = static_cast<std::uint64_t>(i);
    problem.cells.push_back(cell);
  }
  const int limits = *rc::gen::inRange(0, 4);
  for (int l = 0; l < limits; ++l) {
    Limit limit{.name = "limit"};
    double low = 0;
    for (std::uint32_t i = 0; i < problem.cells.size(); ++i) {
      if (*rc::gen::inRange(0, 2) != 0) continue;
      limit.cells.push_back(i);
      low += problem.cells[i].low;
    }
    limit.cap = std::round((low + between(0, problem.budget)) * 100) / 100 + 0.01;
    if (*rc::gen::inRange(0, 3) == 0) limit.floor = std::floor(low * 50) / 100;
    problem.limits.push_back(limit);
  }
  return problem;
}

void expect_kept(const Problem& problem, const Cents& cents) {
  const std::int64_t sum = std::accumulate(cents.cells.begin(), cents.cells.end(), std::int64_t{0});
  RC_ASSERT(sum + cents.unspent == cents.budget);
  RC_ASSERT(cents.unspent >= 0);
  RC_ASSERT(cents.budget == std::llround(problem.budget * 100));
  for (std::size_t i = 0; i < problem.cells.size(); ++i) {
    const Cell& cell = problem.cells[i];
    const auto spend = static_cast<double>(cents.cells[i]) / 100;
    RC_ASSERT(spend >= cell.low - 1e-6);
    // A floor that is no whole cent rounds up; nothing else passes the cap.
    RC_ASSERT(spend <= std::max(cell.high, cell.low + 0.01) + 1e-6);
    RC_ASSERT(cell.minimum <= cell.low || spend < cell.low + 0.01 + 1e-6 ||
              spend >= cell.minimum - 1e-6);
  }
  for (const Limit& limit : problem.limits) {
    std::int64_t inside = 0;
    for (const std::uint32_t cell : limit.cells)
      inside += cents.cells[cell];
    // Floors of cells that are no whole cents may need a cent each.
    RC_ASSERT(static_cast<double>(inside) / 100 <=
              limit.cap + 0.01 * static_cast<double>(limit.cells.size()));
    RC_ASSERT(static_cast<double>(inside) / 100 >= limit.floor - 1e-6);
  }
}

RC_GTEST_PROP(Allocation, a_plan_adds_up_to_the_cent_and_breaks_no_limit, ()) {
  const Problem problem = any_problem(*rc::gen::arbitrary<bool>());
  const auto optimum = maximise(problem, {.nodes_max = 60});
  RC_PRE(optimum.has_value());
  RC_ASSERT(optimum->bound >= optimum->value - 1e-6 * std::abs(optimum->value));
  expect_kept(problem, to_cents(problem, optimum->spend));
}

RC_GTEST_PROP(Allocation, concave_plans_prove_that_they_are_best, ()) {
  const Problem problem = any_problem(true);
  const auto optimum = maximise(problem);
  RC_PRE(optimum.has_value());
  RC_LOG() << shown(problem);
  RC_ASSERT(optimum->gap() <= 1e-7 * optimum->value + 1e-9);
}

RC_GTEST_PROP(Allocation, more_budget_is_never_worse, ()) {
  Problem problem = any_problem(*rc::gen::arbitrary<bool>());
  const auto less = maximise(problem, {.nodes_max = 200});
  RC_PRE(less.has_value());
  problem.budget += between(0, 500);
  RC_LOG() << shown(problem);
  const auto more = maximise(problem, {.nodes_max = 200});
  if (!more) RC_FAIL(more.error().text());
  RC_ASSERT(more->value >= less->value - more->gap() - 1e-7 * less->value);
}

RC_GTEST_PROP(Allocation, no_random_spending_beats_the_bound, ()) {
  const Problem problem = any_problem(false);
  const auto optimum = maximise(problem, {.nodes_max = 40});
  RC_PRE(optimum.has_value() && problem.limits.empty());
  double left = problem.budget;
  for (const Cell& cell : problem.cells)
    left -= cell.low;
  std::vector<double> spend;
  for (const Cell& cell : problem.cells) {
    const double more = std::min(left * between(0, 1), cell.high - cell.low);
    const bool hole = cell.low + more < cell.minimum;
    spend.push_back(cell.low + (hole ? 0 : std::max(0.0, more)));
    left -= spend.back() - cell.low;
  }
  RC_ASSERT(value_of(problem, spend) <= optimum->bound + 1e-9 * (1 + optimum->bound));
}

RC_GTEST_PROP(HoldOut, is_part_of_the_size_and_independent_of_order, ()) {
  std::vector<Sized> markets;
  const int count = *rc::gen::inRange(2, 60);
  for (int i = 0; i < count; ++i)
    markets.push_back({"m" + std::to_string(i), between(1, 100)});
  const double share = between(0, 0.5);
  const HoldOut drawn = draw_hold_out(markets, share, 9);
  RC_ASSERT(drawn.held.size() == drawn.compared.size());
  double held = 0;
  double whole = 0;
  for (const Sized& market : markets)
    whole += market.size;
  std::vector<std::string> names;
  for (const std::uint32_t market : drawn.held) {
    held += markets[market].size;
    names.push_back(markets[market].name);
  }
  RC_ASSERT(held <= 2 * share * whole + 1e-9);
  std::reverse(markets.begin(), markets.end());
  std::vector<std::string> again;
  for (const std::uint32_t market : draw_hold_out(markets, share, 9).held)
    again.push_back(markets[market].name);
  std::sort(names.begin(), names.end());
  std::sort(again.begin(), again.end());
  RC_ASSERT(names == again);
}

}  // namespace
}  // namespace hustings::allocation
