// Designs, weights and draws: what is refused, and what must hold whatever the numbers are.
#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "base/rng.h"
#include "statistics/calibration.h"
#include "statistics/estimates.h"
#include "statistics/sampling.h"

namespace hustings::statistics {
namespace {

bool says(const Error& error, std::string_view words) {
  return error.sentence.find(words) != std::string::npos;
}

TEST(Design, RefusesWhatIsNoDesign) {
  const auto negative = Design::make({.weights = {1, -2, 3}});
  ASSERT_FALSE(negative);
  EXPECT_TRUE(says(negative.error(), "row 2"));
  EXPECT_FALSE(Design::make({.weights = {0, 0}}));
  const auto one = Design::make({.weights = {1, 1, 1}, .stages = {{.unit = {5, 5, 5}}}});
  ASSERT_FALSE(one);
  EXPECT_TRUE(says(one.error(), "one cluster"));
  const auto lonely = Design::make({.weights = {1, 1, 1},
                                    .stages = {{.stratum = {0, 0, 1}}},
                                    .stratum_names = {"north", "south"}});
  ASSERT_FALSE(lonely);
  EXPECT_TRUE(says(lonely.error(), "\"south\""));
  const auto small = Design::make({.stages = {{.population = {2, 2, 2}}}});
  ASSERT_FALSE(small);
  EXPECT_TRUE(says(small.error(), "3 units were taken"));
  const auto mixed = Design::make({.stages = {{.population = {20, 20, 30}}}});
  ASSERT_FALSE(mixed);
  EXPECT_TRUE(says(mixed.error(), "Rows 1 and 3"));
}

TEST(Design, LonelyUnitsAsChosen) {
  const std::vector<double> y{1, 4, 2, 7, 9};
  const auto se_with = [&](LonelyUnit lonely) {
    Sample sample{.design = *Design::make({.weights = {1, 1, 1, 1, 1},
                                           .stages = {{.stratum = {0, 0, 1, 1, 2}}},
                                           .lonely = lonely})};
    return mean(sample, y)->se;
  };
  EXPECT_GT(se_with(LonelyUnit::average), se_with(LonelyUnit::certainty));
  EXPECT_GT(se_with(LonelyUnit::adjust), se_with(LonelyUnit::certainty));
}

TEST(Design, ACensusHasNoVariance) {
  Sample sample{.design = *Design::make({.stages = {{.population = {3, 3, 3}}}})};
  const auto found = mean(sample, std::vector<double>{1, 5, 9});
  EXPECT_EQ(found->value, 5);
  EXPECT_EQ(found->se, 0);
}

std::vector<Margin> two_margins() {
  return {{.name = "sex", .categories = {"f", "m"}, .category = {0, 0, 1, 1}, .totals = {60, 40}},
          {.name = "age",
           .categories = {"old", "young"},
           .category = {0, 1, 0, 1},
           .totals = {30, 70}}};
}
Sample four() { return {.design = *Design::make({.weights = {1, 2, 3, 4}})}; }

TEST(Raking, RefusesMarginsThatCannotBe) {
  auto margins = two_margins();
  margins[1].totals = {30, 71};
  Sample sample = four();
  auto found = rake(sample, margins);
  ASSERT_FALSE(found);
  EXPECT_TRUE(says(found.error(), "do not add up"));
  margins = two_margins();
  margins[1].categories.emplace_back("middle");
  margins[1].totals = {20, 70, 10};
  found = rake(sample, margins);
  ASSERT_FALSE(found);
  EXPECT_TRUE(says(found.error(), "\"middle\" has 10 people but no respondents"));
  margins = two_margins();
  margins[0].category = {0, 0, 0, UINT32_MAX};
  found = rake(sample, margins);
  ASSERT_FALSE(found);
  EXPECT_TRUE(says(found.error(), "Row 4"));
}

TEST(Raking, SaysWhichMarginDoesNotConverge) {
  auto margins = two_margins();
  margins[1].category = {0, 0, 1, 1};
  Sample sample = four();
  const auto found = rake(sample, margins, {.iterations_max = 50});
  ASSERT_FALSE(found);
  EXPECT_TRUE(says(found.error(), "does not converge"));
  EXPECT_TRUE(says(found.error(), "sex"));
}

TEST(Raking, FitsBothMargins) {
  Sample sample = four();
  ASSERT_TRUE(rake(sample, two_margins()));
  const auto w = sample.weights();
  EXPECT_NEAR(w[0] + w[1], 60, 1e-9);
  EXPECT_NEAR(w[0] + w[2], 30, 1e-9);
  // Raking keeps the odds ratio of the start (Deming and Stephan 1940).
  EXPECT_NEAR(w[0] * w[3] / (w[1] * w[2]), 1.0 * 4 / (2 * 3), 1e-9);
}

TEST(Calibration, RefusesBoundsThatAreTooNarrow) {
  Sample sample = four();
  const Matrix x = Matrix::of_columns({{1, 1, 1, 1}, {1, 0, 1, 0}});
  const auto found = calibrate(sample, x, {10, 9}, {"everybody", "old"},
                               {.distance = Distance::logit, .lower = 0.9, .upper = 1.1});
  ASSERT_FALSE(found);
  EXPECT_TRUE(says(found.error(), "bounds"));
  EXPECT_FALSE(calibrate(sample, x, {10, 5}, {"everybody", "old"}, {.distance = Distance::logit}));
  EXPECT_FALSE(calibrate(sample, x, {10, 5}, {"everybody", "old"}, {.lower = 2, .upper = 3}));
}

TEST(Replicates, BootstrapIsNearTheLinearisedError) {
  Rng rng(3);
  std::vector<double> y;
  std::vector<double> population;
  for (int i = 0; i < 100; ++i) {
    y.push_back(rng.uniform());
    population.push_back(400);
  }
  Sample sample{.design = *Design::make({.stages = {{.population = population}}})};
  const auto linear = mean(sample, y);
  sample.replicates =
      *make_replicates(sample.design, {.kind = ReplicateKind::bootstrap, .count = 2000, .seed = 5});
  const auto bootstrap = mean(sample, y);
  EXPECT_NEAR(bootstrap->se, linear->se, 0.07 * linear->se);
  const auto again =
      make_replicates(sample.design, {.kind = ReplicateKind::bootstrap, .count = 2000, .seed = 5});
  EXPECT_EQ(again->weights[17], sample.replicates->weights[17]);
}

std::vector<std::uint64_t> keys_to(std::uint64_t n) {
  std::vector<std::uint64_t> out(n);
  std::iota(out.begin(), out.end(), 1000ULL);
  return out;
}

TEST(Sampling, DrawsTheSamePeopleWhateverTheirOrder) {
  auto keys = keys_to(500);
  const auto first = draw_simple(keys, 40, 9);
  ASSERT_TRUE(first);
  std::vector<std::uint64_t> people;
  for (const Drawn& one : *first)
    people.push_back(keys[one.row]);
  std::reverse(keys.begin(), keys.end());
  std::vector<std::uint64_t> again;
  for (const Drawn& one : *draw_simple(keys, 40, 9))
    again.push_back(keys[one.row]);
  std::sort(people.begin(), people.end());
  std::sort(again.begin(), again.end());
  EXPECT_EQ(people, again);
  EXPECT_NEAR(first->front().probability, 40.0 / 500, 1e-15);
  EXPECT_FALSE(draw_simple(keys, 501, 9));
}

TEST(Sampling, BySizeGivesEachItsProbability) {
  const auto keys = keys_to(60);
  std::vector<double> sizes;
  for (int i = 0; i < 60; ++i)
    sizes.push_back(i == 0 ? 1000 : 1 + i % 5);
  std::vector<int> drawn(60);
  std::vector<double> probability(60);
  constexpr int kRounds = 4000;
  for (std::uint64_t seed = 0; seed < kRounds; ++seed) {
    const auto found = draw_by_size(keys, sizes, 12, seed);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 12U);
    for (const Drawn& one : *found) {
      ++drawn[one.row];
      probability[one.row] = one.probability;
    }
  }
  EXPECT_EQ(drawn[0], kRounds) << "whoever is larger than the step is taken for certain";
  for (std::size_t i = 1; i < 60; ++i) {
    const double expected = probability[i] * kRounds;
    EXPECT_NEAR(drawn[i], expected, 5 * std::sqrt(expected));
  }
  EXPECT_FALSE(draw_by_size(keys, std::vector<double>(60, 0.0), 12, 1));
}

TEST(Sampling, ProportionalAddsUp) {
  const std::vector<std::size_t> sizes{10, 33, 57, 1};
  const auto found = proportional(sizes, 50);
  EXPECT_EQ(std::accumulate(found.begin(), found.end(), std::size_t{0}), 50U);
  EXPECT_EQ(found[2], 28U);
}

TEST(Assignment, KeepsHouseholdsTogetherAndSharesExact) {
  AssignmentPlan plan{.shares = {0.5, 0.3, 0.2}, .seed = 4};
  for (std::uint64_t household = 0; household < 1000; ++household) {
    for (std::uint64_t member = 0; member <= household % 3; ++member) {
      plan.clusters.push_back(household);
      plan.blocks.push_back(static_cast<std::uint32_t>(household / 100));
    }
  }
  const auto arms = assign_arms(plan);
  ASSERT_TRUE(arms);
  std::vector<int> households(30);
  for (std::size_t i = 0; i < arms->size(); ++i) {
    if (i > 0 && plan.clusters[i] == plan.clusters[i - 1]) {
      EXPECT_EQ((*arms)[i], (*arms)[i - 1]);
    } else {
      ++households[plan.blocks[i] * 3 + (*arms)[i]];
    }
  }
  for (std::size_t block = 0; block < 10; ++block) {
    EXPECT_EQ(households[block * 3], 50);
    EXPECT_EQ(households[block * 3 + 1], 30);
    EXPECT_EQ(households[block * 3 + 2], 20);
  }
  EXPECT_EQ(*assign_arms(plan), *arms);
  plan.seed = 5;
  EXPECT_NE(*assign_arms(plan), *arms);
  plan.blocks[1] = 9;
  EXPECT_FALSE(assign_arms(plan)) << "a household in two blocks";
  plan.shares = {0.5, 0.6};
  EXPECT_FALSE(assign_arms(plan));
}

}  // namespace
}  // namespace hustings::statistics
