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

}  // namespace
}  // namespace hustings::experiments
