#include "phonebank/line_order.h"

#include <gtest/gtest.h>

namespace hustings::phonebank {
namespace {

OrderStep in_segment(int id) {
  OrderStep step;
  step.segment = SegmentId(id);
  return step;
}
OrderStep on_list(int id, const std::string& arm = "") {
  OrderStep step;
  step.list = ListId(id);
  step.arm = arm;
  return step;
}
OrderStep by_score(const std::string& score, bool lowest_first = false) {
  OrderStep step;
  step.score = score;
  step.lowest_first = lowest_first;
  return step;
}

TEST(LineOrder, TheFirstStepDecidesAndAmongEqualsTheNext) {
  const std::vector<OrderStep> steps = {in_segment(1), by_score("turnout_score")};
  EXPECT_LT(weight_of(steps, std::vector{0, 9}), weight_of(steps, std::vector{1, 0}));
  EXPECT_LT(weight_of(steps, std::vector{1, 3}), weight_of(steps, std::vector{1, 4}));
}

TEST(LineOrder, AWeightIsTakenApartAgain) {
  const std::vector<OrderStep> steps = {by_score("score:climate"), in_segment(1), on_list(2)};
  for (int weight = 0; weight < 40; ++weight) {
    EXPECT_EQ(weight_of(steps, levels_from(steps, weight)), weight);
  }
  EXPECT_EQ(levels_from(steps, 39), (std::vector{9, 1, 1}));
}

TEST(LineOrder, ReadsWhatItWrites) {
  const std::vector<OrderStep> steps = {in_segment(1), on_list(2, "letter"),
                                        by_score("support_score", true)};
  EXPECT_EQ(order_from_json(order_json(steps)), steps);
  EXPECT_EQ(order_json({}), "[]");
  EXPECT_TRUE(order_from_json("[]").empty());
}

TEST(LineOrder, RefusesStepsOfNoneOrTwoThingsAndTooManyLevels) {
  EXPECT_TRUE(check_order({}).has_value());
  EXPECT_FALSE(check_order(std::vector{OrderStep{}}).has_value());
  OrderStep both = in_segment(1);
  both.score = "turnout_score";
  EXPECT_EQ(check_order(std::vector{in_segment(1), both}).error().where, "steps[1]");
  const std::vector<OrderStep> six(6, in_segment(1));
  EXPECT_TRUE(check_order(six).has_value());
  EXPECT_FALSE(check_order(std::vector<OrderStep>(7, in_segment(1))).has_value());
  const std::vector<OrderStep> scores(2, by_score("turnout_score"));
  EXPECT_TRUE(check_order(scores).has_value());
  EXPECT_FALSE(check_order(std::vector<OrderStep>(3, by_score("turnout_score"))).has_value());
}

}  // namespace
}  // namespace hustings::phonebank
