#include "experiments/strategy.h"

#include <array>
#include <numeric>

#include <gtest/gtest.h>

namespace hustings::experiments {
namespace {

TEST(Standing, ChancesAddUpWithThatOfNothing) {
  const std::array<Belief, 3> beliefs = {{{0.05, 0.02}, {0.02, 0.03}, {-0.01, 0.02}}};
  const Standing made = standing(beliefs);
  const double all = std::accumulate(made.best.begin(), made.best.end(), made.nothing);
  EXPECT_NEAR(all, 1, 1e-6);
  EXPECT_GT(made.best[0], made.best[1]);
  EXPECT_GT(made.best[1], made.best[2]);
}

TEST(Standing, TwoAlikeShareTheirChance) {
  const std::array<Belief, 2> beliefs = {{{0.1, 0.01}, {0.1, 0.01}}};
  const Standing made = standing(beliefs);
  EXPECT_NEAR(made.best[0], 0.5, 1e-6);
  EXPECT_NEAR(made.best[1], 0.5, 1e-6);
  EXPECT_NEAR(made.nothing, 0, 1e-9);
}

TEST(Standing, OneAloneIsComparedWithNothing) {
  const std::array<Belief, 1> beliefs = {{{0, 0.02}}};
  EXPECT_NEAR(standing(beliefs).nothing, 0.5, 1e-12);
  EXPECT_NEAR(standing(beliefs).best[0], 0.5, 1e-6);
  EXPECT_EQ(standing({}).nothing, 1);
}

TEST(Beside, SaysWhoIsBetterAndHowManyAnswersThatNeeds) {
  const std::array<Belief, 3> beliefs = {{{0.05, 0.02}, {0.02, 0.03}, {0.2, 0.01}}};
  const auto first = beside_best_other(beliefs, 0);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->other, 2U);
  EXPECT_NEAR(first->difference, -0.15, 1e-12);
  EXPECT_NEAR(first->upper, -0.15 + 1.959964 * 0.02236068, 1e-6);
  EXPECT_LT(*first->answers_times, 1) << "known already";
  const auto third = beside_best_other(beliefs, 2);
  EXPECT_EQ(third->other, 0U);
  EXPECT_NEAR(third->difference, 0.15, 1e-12);
  const std::array<Belief, 2> close = {{{0.05, 0.02}, {0.03, 0.02}}};
  // Four times the variance of one over 0.02^2, at 1.96: answers grow with the square.
  EXPECT_NEAR(*beside_best_other(close, 0)->answers_times, 3.8414588 * 0.0008 / 0.0004, 1e-6);
  EXPECT_FALSE(beside_best_other(std::span(beliefs).first(1), 0));
  EXPECT_NEAR(chance_better_than_nothing({0, 1}), 0.5, 1e-12);
  EXPECT_NEAR(chance_better_than_nothing({1.959964, 1}), 0.975, 1e-6);
}

}  // namespace
}  // namespace hustings::experiments
