#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "allocation/correlation.h"
#include "allocation/normal.h"
#include "allocation/quadrature.h"
#include "allocation/simulation.h"
#include "allocation/testing/reference.h"
#include "allocation/win_probability.h"

namespace hustings::allocation {
namespace {

using testing::means_of;
using testing::numbers;
using testing::race_2012;
using testing::reference;

Race small_race() {
  Race race;
  race.contests = {
      {"A", "x", 3, 0.01}, {"B", "x", 5, -0.02}, {"C", "y", 2, 0.03}, {"D", "", 4, 0.0}};
  race.errors.national = 0.02;
  race.errors.regional = 0.015;
  race.errors.contest = {0.02, 0.03, 0.025, 0.02};
  return race;
}

TEST(Normal, quantile_undoes_the_distribution) {
  for (const double p : {1e-12, 1e-5, 0.02, 0.3, 0.5, 0.77, 0.99999})
    EXPECT_NEAR(normal_cdf(normal_quantile(p)), p, 1e-15 + 1e-13 * p) << p;
}

TEST(Quadrature, integrates_powers_exactly) {
  for (const int n : {1, 2, 5, 24, 48, 128, 256}) {
    const Quadrature rule = gauss_hermite(n);
    double moment = 1;
    for (int power = 0; power <= 2 * n - 1 && power <= 20; power += 2) {
      double sum = 0;
      for (std::size_t i = 0; i < rule.nodes.size(); ++i)
        sum += rule.weights[i] * std::pow(rule.nodes[i], power);
      EXPECT_NEAR(sum / moment, 1, 1e-12) << n << " nodes, power " << power;
      moment *= power + 1;
    }
  }
}

TEST(WinProbability, equals_the_reference_of_2012) {
  const boost::json::object file = reference("ref_ec2012.json");
  const Race race = race_2012();
  const auto outlook = outlook_of(race);
  ASSERT_TRUE(outlook) << outlook.error().text();
  EXPECT_NEAR(outlook->win, 0.77421783718471, 1e-12);
  EXPECT_LT(outlook->win_error, 1e-11);
  EXPECT_NEAR(outlook->expected_weight, file.at("evmean").as_double(), 1e-9);
  EXPECT_NEAR(outlook->tie, file.at("p269").as_double(), 1e-12);
  const std::vector<double> slopes = numbers(file.at("Q"));
  const std::vector<double> chances = numbers(file.at("pstate"));
  const std::vector<double> distribution = numbers(file.at("pmf"));
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    EXPECT_NEAR(outlook->slopes[i], slopes[i], 1e-9 * (1 + slopes[i])) << race.contests[i].name;
    EXPECT_NEAR(outlook->chances[i], chances[i], 1e-12) << race.contests[i].name;
  }
  ASSERT_EQ(outlook->distribution.size(), distribution.size());
  for (std::size_t k = 0; k < distribution.size(); ++k)
    EXPECT_NEAR(outlook->distribution[k], distribution[k], 1e-12) << k;
}

TEST(WinProbability, is_that_of_its_own_distribution) {
  for (const Race& race : {race_2012(), small_race()}) {
    WinProbability engine = *WinProbability::make(race);
    const std::vector<double> all = engine.distribution(means_of(race));
    EXPECT_NEAR(std::accumulate(all.begin(), all.end(), 0.0), 1, 1e-13);
    EXPECT_NEAR(engine.value(means_of(race)),
                std::accumulate(all.begin() + race.threshold(), all.end(), 0.0), 1e-13);
  }
}

/// Slopes against central differences of the value.
void expect_right_slopes(const Race& race) {
  WinProbability engine = *WinProbability::make(race, {.points = 256});
  std::vector<double> means = means_of(race);
  std::vector<double> slopes(means.size());
  const double value = engine.value_and_slopes(means, slopes);
  EXPECT_NEAR(value, engine.value(means), 1e-15);
  for (std::size_t i = 0; i < means.size(); ++i) {
    const double mean = means[i];
    const double h = 4e-6;
    means[i] = mean + h;
    const double above = engine.value(means);
    means[i] = mean - h;
    const double below = engine.value(means);
    means[i] = mean;
    EXPECT_NEAR(slopes[i], (above - below) / (2 * h), 1e-7 * (1 + slopes[i])) << i;
  }
}

TEST(WinProbability, slopes_equal_finite_differences) {
  expect_right_slopes(race_2012());
  Race race = small_race();
  expect_right_slopes(race);
  race.errors.scales = {0.7, 2.0};
  race.errors.chances = {0.8, 0.2};
  expect_right_slopes(race);
  race.errors.regional = 0;
  expect_right_slopes(race);
  race.errors.correlation = {1, .5, .2, 0, .5, 1, .1, 0, .2, .1, 1, .3, 0, 0, .3, 1};
  expect_right_slopes(race);
}

void expect_simulation_agrees(const Race& race, std::uint64_t seed) {
  const auto outlook = outlook_of(race);
  ASSERT_TRUE(outlook) << outlook.error().text();
  Rng rng(seed);
  const Simulated simulated = simulate(race, 200'000, rng);
  EXPECT_NEAR(simulated.win.value, outlook->win,
              4 * std::hypot(simulated.win.error, outlook->win_error));
  EXPECT_NEAR(simulated.expected_weight.value, outlook->expected_weight,
              4 * simulated.expected_weight.error);
}

TEST(Simulation, agrees_with_the_exact_probability_within_four_standard_errors) {
  expect_simulation_agrees(race_2012(), 1);
  Race race = small_race();
  expect_simulation_agrees(race, 2);
  race.errors.scales = {0.7, 2.0};
  race.errors.chances = {0.8, 0.2};
  expect_simulation_agrees(race, 3);
  race.errors.regional = 0;
  race.needed = 9;
  expect_simulation_agrees(race, 4);
  race.errors.correlation = {1, .5, .2, 0, .5, 1, .1, 0, .2, .1, 1, .3, 0, 0, .3, 1};
  expect_simulation_agrees(race, 5);
}

TEST(Simulation, tipping_points_equal_the_reference_within_four_standard_errors) {
  const boost::json::object expected =
      reference("ref_ec2012_tipping.json").at("tipping").as_object();
  const Race race = race_2012();
  Rng rng(2012);
  const Simulated simulated = simulate(race, 400'000, rng);
  double sum = 0;
  for (std::size_t i = 0; i < race.contests.size(); ++i) {
    const double chance = expected.at(race.contests[i].name).to_number<double>();
    const double error = std::sqrt(chance * (1 - chance) / 400'000) + 1e-5;
    EXPECT_NEAR(simulated.tipping[i].value, chance, 4 * error) << race.contests[i].name;
    sum += simulated.tipping[i].value;
  }
  EXPECT_NEAR(sum, 1, 1e-12);
}

TEST(Correlation, a_matrix_written_out_gives_the_structured_answer) {
  Race race = small_race();
  const double structured = outlook_of(race)->win;
  const std::size_t n = race.contests.size();
  Race written = race;
  written.errors.national = written.errors.regional = 0;
  written.errors.correlation.assign(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    written.errors.contest[i] = total_deviation(race, i);
    for (std::size_t j = 0; j < n; ++j) {
      double covariance = race.errors.national * race.errors.national;
      if (i == j)
        covariance = std::pow(total_deviation(race, i), 2);
      else if (!race.contests[i].region.empty() &&
               race.contests[i].region == race.contests[j].region)
        covariance += race.errors.regional * race.errors.regional;
      written.errors.correlation[i * n + j] =
          covariance / (total_deviation(race, i) * total_deviation(race, j));
    }
  }
  const auto outlook = outlook_of(written);
  ASSERT_TRUE(outlook) << outlook.error().text();
  EXPECT_FALSE(outlook->exact);
  EXPECT_GT(outlook->win_error, 0);
  EXPECT_NEAR(outlook->win, structured, std::max(4 * outlook->win_error, 1e-5));
}

TEST(Correlation, what_cannot_be_is_refused_and_repaired_only_on_request) {
  const std::vector<double> impossible = {1, .9, -.9, .9, 1, .9, -.9, .9, 1};
  const auto refused = check_correlation(impossible, 3);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().sentence.find("positive semi-definite"), std::string::npos);
  const Repaired repaired = nearest_correlation(impossible, 3);
  EXPECT_TRUE(check_correlation(repaired.matrix, 3));
  EXPECT_GT(repaired.largest_change, 0.1);
  // By symmetry the nearest one is {1, 1/2, -1/2, …}.
  EXPECT_NEAR(repaired.matrix[1], 0.5, 1e-6);
  EXPECT_NEAR(repaired.matrix[2], -0.5, 1e-6);
  EXPECT_FALSE(check_correlation(std::vector<double>{1, .5, .4, 1}, 2)) << "not symmetric";
  EXPECT_FALSE(check_correlation(std::vector<double>{1, 2, 2, 1}, 2));
  EXPECT_FALSE(check_correlation(std::vector<double>{1, 0, 0, 2}, 2));
  EXPECT_FALSE(check_correlation(std::vector<double>{1, 0, 0}, 2));
}

TEST(Race, bad_races_are_refused) {
  const auto refused = [](auto change) {
    Race race = small_race();
    change(race);
    return !WinProbability::make(race).has_value();
  };
  EXPECT_FALSE(refused([](Race&) {}));
  EXPECT_TRUE(refused([](Race& race) { race.contests.clear(); }));
  EXPECT_TRUE(refused([](Race& race) { race.contests[1].name = "A"; }));
  EXPECT_TRUE(refused([](Race& race) { race.contests[1].weight = 0; }));
  EXPECT_TRUE(refused([](Race& race) { race.contests[1].mean = NAN; }));
  EXPECT_TRUE(refused([](Race& race) { race.needed = 15; }));
  EXPECT_TRUE(refused([](Race& race) { race.errors.contest[0] = 0; }));
  EXPECT_TRUE(refused([](Race& race) { race.errors.contest.pop_back(); }));
  EXPECT_TRUE(refused([](Race& race) { race.errors.national = -1; }));
  EXPECT_TRUE(refused([](Race& race) { race.errors.scales = {1, 2}; }));
  EXPECT_TRUE(refused([](Race& race) {
    race.errors.scales = {1, 2};
    race.errors.chances = {0.5, 0.6};
  }));
  EXPECT_TRUE(refused([](Race& race) { race.errors.correlation = {1}; }));
}

}  // namespace
}  // namespace hustings::allocation
