#include "experiments/experiment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hustings::experiments {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

const std::map<int, std::int64_t> kAssigned = {{0, 500}, {1, 100}, {2, 200}, {3, 0}};

TEST(CostByArm, WhatIsSaidOfAllIsSharedByTheirVotersToTheCent) {
  Experiment experiment{.control_arm = 0, .cost_cents = 1000};
  EXPECT_THAT(cost_by_arm(experiment, kAssigned),
              ElementsAre(Pair(1, 333), Pair(2, 667), Pair(3, 0)));
  experiment.control_arm = 1;
  EXPECT_THAT(cost_by_arm(experiment, {{0, 3}, {1, 9}, {2, 1}}),
              ElementsAre(Pair(0, 750), Pair(2, 250)));
}

TEST(CostByArm, AnArmsOwnCostIsNotShared) {
  Experiment experiment{.control_arm = 0, .cost_cents = 1000};
  experiment.arm_costs[2] = {.cents = 70};
  EXPECT_THAT(cost_by_arm(experiment, kAssigned),
              ElementsAre(Pair(1, 1000), Pair(2, 70), Pair(3, 0)));
  experiment.cost_cents.reset();
  EXPECT_THAT(cost_by_arm(experiment, kAssigned), ElementsAre(Pair(2, 70)));
  experiment.arm_costs[2] = {.flight = Flight{.channel = "calls"}};
  EXPECT_THAT(cost_by_arm(experiment, kAssigned), IsEmpty()) << "not looked up";
}

}  // namespace
}  // namespace hustings::experiments
