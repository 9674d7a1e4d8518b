// Multilevel models against lme4's glmer, the trend against a direct solution, robust errors
// against their definition.
#include <cmath>

#include <gtest/gtest.h>

#include "base/rng.h"
#include "statistics/multilevel.h"
#include "statistics/regression.h"
#include "statistics/special.h"
#include "statistics/testing/columns.h"
#include "statistics/trend.h"

namespace hustings::statistics {
namespace {

/// 12 states x 4 ages, answers by a rule that R can follow.
CellAnswers invented_answers() {
  CellAnswers out;
  Grouping states{.name = "state", .levels = 12};
  Grouping ages{.name = "age", .levels = 4};
  std::vector<double> x;
  for (int i = 0; i < 48; ++i) {
    const int state = i % 12;
    const int age = i / 12;
    x.push_back((i * 5 % 7) / 7.0 - 0.5);
    const double asked = 20 + i * 7 % 13;
    const double u =
        -0.2 + 0.8 * x.back() + 0.5 * std::sin(1 + 3 * state) + 0.3 * std::cos(2 * age);
    out.asked.push_back(asked);
    out.yes.push_back(std::floor(asked / (1 + std::exp(-u)) + 0.5));
    states.level.push_back(static_cast<std::uint32_t>(state));
    ages.level.push_back(static_cast<std::uint32_t>(age));
  }
  out.fixed = Matrix::of_columns({std::vector<double>(48, 1.0), x});
  out.groupings = {states, ages};
  return out;
}

TEST(Multilevel, AgreesWithGlmer) {
  const auto fit = fit_multilevel(invented_answers(), {.weak_prior = false});
  ASSERT_TRUE(fit) << fit.error().text();
  // lme4 1.1: glmer(cbind(yes, no) ~ x + (1 | state) + (1 | age), binomial, nAGQ = 0).
  EXPECT_NEAR(fit->sd[0], 0.1263857, 2e-5);
  EXPECT_NEAR(fit->sd[1], 0.19401159, 2e-5);
  EXPECT_NEAR(fit->fixed[0], -0.1098316129, 2e-5);
  EXPECT_NEAR(fit->fixed[1], 0.6420874019, 2e-5);
  const double states[] = {0.115122699, -0.106673006, 0.071183797, -0.077940173};
  for (std::size_t s = 0; s < 4; ++s)
    EXPECT_NEAR(fit->effects[0][s], states[s], 2e-5);
  const double ages[] = {0.17347184, -0.12092274, -0.20216787, 0.14961877};
  for (std::size_t a = 0; a < 4; ++a)
    EXPECT_NEAR(fit->effects[1][a], ages[a], 3e-5);
}

TEST(Multilevel, SharesAgreeWithTheFullLaplaceFit) {
  const auto fit = fit_multilevel(invented_answers(), {.weak_prior = false});
  ASSERT_TRUE(fit);
  CellPeople people{.areas = 13};
  Grouping states{.name = "state"};
  Grouping ages{.name = "age"};
  for (std::uint32_t state = 0; state < 12; ++state) {
    people.people.push_back(100);
    people.area.push_back(state);
    states.level.push_back(state);
    ages.level.push_back(1);
  }
  people.fixed = Matrix::of_columns({std::vector<double>(12, 1.0), std::vector<double>(12, 0.1)});
  people.groupings = {states, ages};
  const auto shares = post_stratify_model(*fit, people);
  ASSERT_TRUE(shares);
  // predict() of glmer with nAGQ = 1, the slower and better approximation.
  const double wanted[] = {0.4872517, 0.4321642, 0.4763004, 0.4392554, 0.4728319, 0.4455371,
                           0.4623402, 0.4552878, 0.4502722, 0.4646088, 0.4430471, 0.4741597};
  for (std::size_t area = 0; area < 12; ++area) {
    EXPECT_NEAR((*shares)[area].value, wanted[area], 2e-4);
    EXPECT_LT((*shares)[area].lower, wanted[area]);
    EXPECT_GT((*shares)[area].upper, wanted[area]);
  }
  EXPECT_TRUE(std::isnan((*shares)[12].value)) << "an area without people has no share";
}

TEST(Multilevel, TheWeakPriorKeepsGroupsApart) {
  CellAnswers answers = invented_answers();
  for (std::size_t i = 0; i < answers.yes.size(); ++i)
    answers.yes[i] = std::floor(answers.asked[i] / 2 + 0.5);
  const auto alone = fit_multilevel(answers, {.weak_prior = false});
  const auto kept = fit_multilevel(answers);
  ASSERT_TRUE(alone && kept);
  EXPECT_LT(alone->sd[0], 0.01);
  EXPECT_GT(kept->sd[0], 0.02);
}

TEST(Multilevel, RefusesAnswersThatAreAllEqual) {
  CellAnswers answers = invented_answers();
  answers.yes = answers.asked;
  const auto fit = fit_multilevel(answers);
  ASSERT_FALSE(fit);
  EXPECT_NE(fit.error().sentence.find("equal"), std::string::npos);
}

/// The same posterior by inverting the whole precision matrix of days and houses.
struct Direct {
  std::vector<double> value;
  std::vector<double> se;
};
Direct directly(const std::vector<Reading>& readings, int days, int houses, double daily_sd,
                double house_sd) {
  const std::size_t size = static_cast<std::size_t>(days) + static_cast<std::size_t>(houses);
  Matrix precision(size, size);
  std::vector<double> moment(size);
  for (std::size_t t = 1; t < static_cast<std::size_t>(days); ++t) {
    const double link = 1 / (daily_sd * daily_sd);
    precision(t, t) += link;
    precision(t - 1, t - 1) += link;
    precision(t, t - 1) -= link;
    precision(t - 1, t) -= link;
  }
  for (std::size_t h = 0; h < static_cast<std::size_t>(houses); ++h)
    precision(static_cast<std::size_t>(days) + h, static_cast<std::size_t>(days) + h) +=
        1 / (house_sd * house_sd);
  for (const Reading& reading : readings) {
    const std::size_t at[] = {static_cast<std::size_t>(reading.day),
                              static_cast<std::size_t>(days) + reading.house};
    for (const std::size_t a : at) {
      moment[a] += reading.value / reading.variance;
      for (const std::size_t b : at)
        precision(a, b) += 1 / reading.variance;
    }
  }
  const Matrix covariance = *general_inverse(precision);
  Direct out{.value = product(covariance, moment)};
  for (std::size_t a = 0; a < size; ++a)
    out.se.push_back(std::sqrt(covariance(a, a)));
  return out;
}

std::vector<Reading> invented_readings(int days, std::uint32_t houses) {
  std::vector<Reading> out;
  Rng rng(11);
  for (int day = 0; day < days; ++day) {
    if (day > 0 && day + 1 < days && rng.chance(0.5)) continue;
    const auto house = static_cast<std::uint32_t>(rng.below(houses));
    out.push_back({.day = day,
                   .value = 0.5 + 0.02 * std::sin(day / 9.0) + 0.01 * (house == 0 ? 1 : -1) +
                            0.03 * (rng.uniform() - 0.5),
                   .variance = 0.0002 + 0.0002 * rng.uniform(),
                   .house = house});
  }
  return out;
}

TEST(Trend, EqualsTheWholePosterior) {
  const auto readings = invented_readings(60, 4);
  const auto trend = smooth(readings, {.daily_sd = 0.003, .house_sd = 0.02});
  ASSERT_TRUE(trend);
  const Direct direct = directly(readings, 60, 4, 0.003, 0.02);
  ASSERT_EQ(trend->days.size(), 60U);
  for (std::size_t t = 0; t < 60; ++t) {
    EXPECT_NEAR(trend->days[t].value, direct.value[t], 1e-9);
    EXPECT_NEAR(trend->days[t].se, direct.se[t], 1e-9);
  }
  for (std::size_t h = 0; h < 4; ++h) {
    EXPECT_NEAR(trend->houses[h].value, direct.value[60 + h], 1e-9);
    EXPECT_NEAR(trend->houses[h].se, direct.se[60 + h], 1e-9);
  }
}

TEST(Trend, FindsTheMostLikelyDailySd) {
  const auto readings = invented_readings(200, 1);
  const auto best = smooth(readings, {.house_sd = 0});
  ASSERT_TRUE(best);
  for (const double factor : {0.7, 1.4}) {
    const auto other = smooth(readings, {.daily_sd = best->daily_sd * factor, .house_sd = 0});
    EXPECT_LT(other->log_likelihood, best->log_likelihood);
  }
}

TEST(Trend, RollingMeansAndRefusals) {
  const std::vector<Reading> readings{{.day = 3, .value = 0.4, .variance = 0.01},
                                      {.day = 5, .value = 0.6, .variance = 0.01},
                                      {.day = 9, .value = 0.5, .variance = 0.01}};
  const auto means = rolling_means(readings, 3);
  ASSERT_TRUE(means);
  EXPECT_NEAR((*means)[2].value, 0.5, 1e-15);
  EXPECT_NEAR((*means)[2].se, std::sqrt(0.005), 1e-15);
  EXPECT_EQ((*means)[4].day, 7);
  EXPECT_EQ((*means)[5].day, 9) << "no reading in the window of day 8";
  EXPECT_FALSE(smooth({}));
  EXPECT_FALSE(smooth({{.day = 1, .value = 0.4, .variance = 0}}));
  EXPECT_FALSE(rolling_means(readings, 0));
}

TEST(Robust, BellMcCaffreyOnSchoolsByDistrict) {
  const auto file = testing::Columns::read("api_clus1.csv");
  const Matrix x = Matrix::of_columns(
      {std::vector<double>(file.rows(), 1.0), file.numbers("ell"), file.numbers("meals")});
  const auto fit = fit_linear(x, file.numbers("api00"));
  ASSERT_TRUE(fit);
  const auto found = robust_covariance(x, *fit, Errors::cr2, file.codes("dnum"));
  ASSERT_TRUE(found);
  // By inverting square roots of whole blocks of I - H in R.
  const double se[] = {19.447291321351, 0.339002738475, 0.314713678151};
  const double df[] = {8.43817251194, 7.32726873177, 4.80674043864};
  for (std::size_t c = 0; c < 3; ++c) {
    EXPECT_NEAR(std::sqrt(found->covariance(c, c)), se[c], 1e-8 * se[c]);
    EXPECT_NEAR(found->df[c], df[c], 1e-8 * df[c]);
  }
}

TEST(Robust, ClustersOfOneAreHeteroskedastic) {
  const auto file = testing::Columns::read("api_srs.csv");
  const Matrix x =
      Matrix::of_columns({std::vector<double>(file.rows(), 1.0), file.numbers("meals")});
  const auto fit = fit_linear(x, file.numbers("api00"));
  std::vector<std::uint32_t> own(file.rows());
  for (std::uint32_t i = 0; i < own.size(); ++i)
    own[i] = i;
  const auto hc0 = robust_covariance(x, *fit, Errors::hc0);
  const auto cr0 = robust_covariance(x, *fit, Errors::cr0, own);
  const auto hc2 = robust_covariance(x, *fit, Errors::hc2);
  const auto cr2 = robust_covariance(x, *fit, Errors::cr2, own);
  for (std::size_t c = 0; c < 2; ++c) {
    EXPECT_NEAR(hc0->covariance(c, c), cr0->covariance(c, c), 1e-10 * hc0->covariance(c, c));
    EXPECT_NEAR(hc2->covariance(c, c), cr2->covariance(c, c), 1e-8 * hc2->covariance(c, c));
  }
  const std::vector<std::uint32_t> one(file.rows(), 3);
  EXPECT_FALSE(robust_covariance(x, *fit, Errors::cr1, one));
}

TEST(Robust, BlocksTakenOutCountInTheLeverage) {
  const auto file = testing::Columns::read("api_srs.csv");
  const auto blocks = file.codes("stype");
  std::vector<std::vector<double>> columns{file.numbers("meals")};
  auto y = file.numbers("api00");
  std::vector<std::vector<double>> full = columns;
  full.resize(4, std::vector<double>(file.rows()));
  for (std::size_t i = 0; i < blocks.size(); ++i)
    full[1 + blocks[i]][i] = 1;
  const Matrix all = Matrix::of_columns(full);
  const auto whole = fit_linear(all, y);
  const Absorbed absorbed = absorb(blocks, {}, {&columns[0], &y});
  EXPECT_EQ(absorbed.blocks, 3U);
  const Matrix x = Matrix::of_columns(columns);
  auto inside = fit_linear(x, y);
  inside->absorbed = absorbed.blocks;
  inside->absorbed_leverage = absorbed.leverage;
  EXPECT_NEAR(inside->coefficients[0], whole->coefficients[0], 1e-10);
  for (const Errors errors : {Errors::classic, Errors::hc1, Errors::hc2, Errors::hc3}) {
    EXPECT_NEAR(robust_covariance(x, *inside, errors)->covariance(0, 0),
                robust_covariance(all, *whole, errors)->covariance(0, 0), 1e-10);
  }
}

TEST(Regression, LeavesOutWhatFollowsFromOtherColumns) {
  std::vector<double> a;
  std::vector<double> twice;
  std::vector<double> y;
  for (int i = 0; i < 30; ++i) {
    a.push_back(2000 + i % 7);
    twice.push_back(2 * a.back() - 5);
    y.push_back(3 + 0.5 * a.back() + (i % 3 - 1));
  }
  const Matrix x = Matrix::of_columns({std::vector<double>(30, 1.0), a, twice});
  const auto fit = fit_linear(x, y);
  ASSERT_TRUE(fit);
  EXPECT_TRUE(fit->kept[1]);
  EXPECT_FALSE(fit->kept[2]);
  EXPECT_EQ(fit->coefficients[2], 0);
  EXPECT_EQ(fit->rank(), 2U);
}

TEST(Regression, LogisticRefusesWhatSeparates) {
  std::vector<double> a;
  std::vector<double> y;
  for (int i = 0; i < 40; ++i) {
    a.push_back(i);
    y.push_back(i < 20 ? 0 : 1);
  }
  const Matrix x = Matrix::of_columns({std::vector<double>(40, 1.0), a});
  const auto fit = fit_logistic(x, y);
  ASSERT_FALSE(fit);
  EXPECT_NE(fit.error().sentence.find("does not converge"), std::string::npos);
  EXPECT_TRUE(fit_logistic(x, y, {}, {.ridge = 1})) << "a ridge keeps it finite";
}

}  // namespace
}  // namespace hustings::statistics
