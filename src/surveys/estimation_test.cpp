#include "surveys/estimation.h"

#include <cmath>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.h"
#include "statistics/special.h"
#include "statistics/testing/columns.h"
#include "surveys/response_rates.h"

namespace hustings::surveys {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Women answer three times as often as men and say yes more often; half the people are men.
EstimationInput lopsided(int n) {
  EstimationInput input{.choices = 2, .yes = {1}};
  statistics::Margin sex{.name = "gender", .categories = {"F", "M"}, .totals = {5000, 5000}};
  Rng rng(5);
  for (int i = 0; i < n; ++i) {
    const bool man = rng.chance(0.25);
    sex.category.push_back(man ? 1 : 0);
    input.rows.push_back({.choice = rng.chance(man ? 0.3 : 0.7) ? 1 : 2, .day = i * 20 / n});
  }
  input.margins = {sex};
  return input;
}

TEST(Estimation, WeightsToTheMarginAndSaysWhatThatCosts) {
  const Estimation out = estimate(lopsided(4000));
  EXPECT_THAT(out.sentences, IsEmpty());
  ASSERT_TRUE(out.is_weighted);
  ASSERT_EQ(out.choices.size(), 2U);
  EXPECT_NEAR(out.choices[0].raw.value, 0.6, 0.02) << "too many women";
  EXPECT_NEAR(out.choices[0].weighted->value, 0.5, 0.025);
  EXPECT_LT(*out.choices[0].weighted->lower, 0.5);
  EXPECT_GT(*out.choices[0].weighted->upper, 0.5);
  // Kish: 1 + cv^2 of weights 2/3 and 2 in proportions 3:1 is 4/3.
  EXPECT_NEAR(*out.design_effect, 4.0 / 3, 0.03);
  EXPECT_NEAR(*out.effective_n, 3000, 80);
  EXPECT_NEAR(*out.weight_most / *out.weight_least, 3, 0.2);
  ASSERT_EQ(out.margins.size(), 1U);
  EXPECT_NEAR(*out.margins[0].rows[1].weighted, 0.5, 1e-9);
  EXPECT_NEAR(out.margins[0].rows[1].sample, 0.25, 0.02);
  EXPECT_NEAR(out.yes->value, out.choices[0].weighted->value, 1e-12);
}

/// Two strata of 100 and 900 people, 50 drawn of each; all of the small one say yes.
TEST(Estimation, ASampleIsWeightedByItsChances) {
  EstimationInput input{.choices = 2, .yes = {1}};
  for (int i = 0; i < 100; ++i) {
    const bool small = i < 50;
    input.rows.push_back({.choice = small || i % 5 == 0 ? 1 : 2, .day = 1});
    input.chances.push_back({.probability = small ? 0.5 : 50.0 / 900,
                             .stratum = small ? 0U : 1U,
                             .cluster = static_cast<std::uint32_t>(i)});
  }
  const Estimation out = estimate(input);
  EXPECT_TRUE(out.is_sample);
  EXPECT_NEAR(out.choices[0].raw.value, 0.6, 1e-12);
  EXPECT_NEAR(out.choices[0].weighted->value, 0.1 + 0.9 * 0.2, 1e-12);
  EXPECT_NEAR(*out.weight_most / *out.weight_least, 9, 1e-12);
  EXPECT_NEAR(*out.design_effect, 2 * 82 / 100.0, 1e-12);  // n sum w^2 / (sum w)^2, w 1 and 9
  // Of clusters whose members all say the same, only the clusters count.
  EstimationInput clustered{.choices = 2, .yes = {1}};
  EstimationInput alone{.choices = 2, .yes = {1}};
  for (std::uint32_t i = 0; i < 400; ++i) {
    clustered.rows.push_back({.choice = (i / 4) % 2 == 0 ? 1 : 2, .day = 1});
    clustered.chances.push_back({.probability = 0.1, .stratum = 0, .cluster = i / 4});
    alone.chances.push_back({.probability = 0.1, .stratum = 0, .cluster = i});
  }
  alone.rows = clustered.rows;
  // Beside a simple sample without replacement of the 4,000 that the weights stand for.
  EXPECT_NEAR(*estimate(clustered).choices[0].design_effect, 4 / 0.9, 0.1);
  EXPECT_NEAR(*estimate(alone).choices[0].design_effect, 1 / 0.9, 0.01);
}

TEST(Estimation, FollowsTheShareByDay) {
  const Estimation out = estimate(lopsided(4000));
  ASSERT_EQ(out.trend.size(), 20U);
  for (const TrendPoint& point : out.trend) {
    EXPECT_EQ(*point.n, 200);
    EXPECT_TRUE(point.rolling);
    EXPECT_LT(*point.smooth.lower, point.smooth.value);
  }
  EXPECT_LT(*out.trend[10].smooth.upper - *out.trend[10].smooth.lower, 0.12)
      << "surer than a day alone";
}

TEST(Estimation, ADomainIsPartOfTheWeightedWhole) {
  EstimationInput input = lopsided(4000);
  for (std::size_t i = 0; i < input.rows.size(); ++i)
    input.domain.push_back(input.margins[0].category[i] == 1);
  const Estimation out = estimate(input);
  EXPECT_NEAR(static_cast<double>(out.n), 1000, 80);
  EXPECT_NEAR(out.choices[0].weighted->value, 0.3, 0.05);
  EXPECT_NEAR(*out.design_effect, 1, 1e-9) << "all of one weight";
}

TEST(Estimation, NamesACategoryWithoutRespondents) {
  EstimationInput input = lopsided(100);
  input.margins[0].categories.emplace_back("X");
  input.margins[0].totals.push_back(200);
  const Estimation out = estimate(input);
  EXPECT_FALSE(out.is_weighted);
  EXPECT_THAT(out.sentences, Contains(HasSubstr("\"X\" has 200 people but no respondents")));
  EXPECT_FALSE(out.choices[0].weighted);
  EXPECT_GT(out.choices[0].raw.value, 0) << "the raw share is there all the same";
}

TEST(Estimation, SaysThatMarginsDoNotAddUp) {
  EstimationInput input = lopsided(100);
  statistics::Margin other = input.margins[0];
  other.name = "county";
  other.totals = {5000, 4000};
  input.margins.push_back(other);
  EXPECT_THAT(estimate(input).sentences,
              Contains(HasSubstr("do not add up: gender has 10000 people, county has 9000")));
}

TEST(Estimation, SaysWhichMarginDoesNotConverge) {
  EstimationInput input{.choices = 2, .yes = {1}};
  statistics::Margin a{.name = "a", .categories = {"1", "2"}, .totals = {90, 10}};
  statistics::Margin b{.name = "b", .categories = {"1", "2"}, .totals = {10, 90}};
  for (std::uint32_t i = 0; i < 20; ++i) {  // nobody is 1 here and 2 there
    input.rows.push_back({.choice = static_cast<int>(1 + i % 2), .day = 0});
    a.category.push_back(i % 2);
    b.category.push_back(i % 2);
  }
  input.margins = {a, b};
  const Estimation out = estimate(input);
  EXPECT_FALSE(out.is_weighted);
  EXPECT_THAT(out.sentences, Contains(HasSubstr("Raking does not converge")));
}

TEST(Estimation, TrimsWhatIsFarAboveTheMean) {
  EstimationInput input = lopsided(400);
  input.trim = 1.5;
  const Estimation out = estimate(input);
  EXPECT_GT(out.trimmed, 50);
  EXPECT_LE(*out.weight_most, 1.8);
}

TEST(Estimation, CountsWhoWouldNotSayApartAndWaitsForTheFirstAnswer) {
  EstimationInput input = lopsided(10);
  input.rows[0].choice = 0;
  EXPECT_EQ(estimate(input).declined, 1);
  EXPECT_EQ(estimate(input).n, 9);
  input.rows.resize(1);
  input.margins.clear();
  EXPECT_THAT(estimate(input).sentences, Contains(HasSubstr("Nobody has answered")));
}

// The example of AAPOR's formulas, worked by hand.
TEST(ResponseRates, AreThoseOfTheStandardDefinitions) {
  const ResponseRates rates = response_rates({.complete = 300,
                                              .partial = 20,
                                              .refused = 150,
                                              .no_contact = 100,
                                              .other = 30,
                                              .unknown = 400,
                                              .ineligible = 200,
                                              .not_tried = 999});
  EXPECT_DOUBLE_EQ(*rates.response_1, 300 / 1000.0);
  EXPECT_DOUBLE_EQ(*rates.response_2, 320 / 1000.0);
  EXPECT_DOUBLE_EQ(rates.e, 600 / 800.0);
  EXPECT_DOUBLE_EQ(*rates.response_3, 300 / 900.0);
  EXPECT_DOUBLE_EQ(*rates.cooperation, 300 / 500.0);
  EXPECT_DOUBLE_EQ(*rates.refusal, 150 / 1000.0);
  EXPECT_DOUBLE_EQ(*rates.contact, 500 / 1000.0);
  EXPECT_FALSE(response_rates({}).response_1);
}

/// The api samples of R's survey package (src/statistics/testing/README.md), as samples that we
/// have drawn: the chances of clusters and of members are those of the files' populations.
struct ApiSample {
  statistics::testing::Columns file;
  EstimationInput input{};

  ApiSample(const std::string& name, const std::string& stratum, const std::string& cluster,
            const std::string& units, const std::string& members)
      : file(statistics::testing::Columns::read(name)) {
    const auto numbers = file.numbers("api00");
    const auto none = std::vector<std::uint32_t>(file.rows(), 0);
    const auto strata = stratum.empty() ? none : file.codes(stratum);
    std::map<std::uint32_t, std::set<std::uint32_t>> clusters;
    std::map<std::uint32_t, std::int64_t> taken;
    const auto cluster_of = [&](std::size_t i) {
      return cluster.empty() ? static_cast<std::uint32_t>(i) : file.codes(cluster)[i];
    };
    std::vector<std::uint32_t> codes(file.rows());
    for (std::size_t i = 0; i < file.rows(); ++i) {
      codes[i] = cluster_of(i);
      clusters[strata[i]].insert(codes[i]);
      ++taken[codes[i]];
    }
    const auto populations = file.numbers(units);
    for (std::size_t i = 0; i < file.rows(); ++i) {
      const auto drawn = static_cast<double>(clusters[strata[i]].size());
      const double chance = drawn / populations[i];
      const auto in_cluster = static_cast<double>(taken[codes[i]]);
      const double within = members.empty() ? 1 : in_cluster / file.numbers(members)[i];
      input.rows.push_back({.choice = 1, .day = 1, .number = numbers[i]});
      input.chances.push_back({.probability = chance * within,
                               .stratum = strata[i],
                               .cluster = codes[i],
                               .cluster_probability = chance,
                               .clusters_drawn = static_cast<std::int64_t>(drawn),
                               .members_drawn = taken[codes[i]]});
    }
  }
  void must_be(double mean, double se, double df) const {
    const Estimation out = estimate(input);
    EXPECT_TRUE(out.is_finite);
    ASSERT_TRUE(out.mean);
    EXPECT_NEAR(out.mean->value, mean, 1e-8 * mean);
    const double t = statistics::student_quantile(0.975, df);
    EXPECT_NEAR((*out.mean->upper - *out.mean->lower) / (2 * t), se, 1e-8 * se);
  }
};

TEST(Estimation, KnowsHowManyCouldBeDrawnAsRDoes) {
  // svymean(~api00, design) of survey 4.1.1, as in statistics/survey_reference_test.cpp.
  ApiSample("api_srs.csv", "", "", "fpc", "").must_be(656.585, 9.24972203928281, 199);
  ApiSample("api_strat.csv", "stype", "", "fpc", "")
      .must_be(662.287363159321, 9.40894080278458, 197);
  ApiSample("api_clus1.csv", "", "dnum", "fpc", "").must_be(644.169398907104, 23.542240693781, 14);
  ApiSample("api_clus2.csv", "", "dnum", "fpc1", "fpc2")
      .must_be(670.811808118081, 30.0990273768366, 39);
}

TEST(Estimation, WhoDidNotAnswerWidensTheIntervalAndACensusHasNone) {
  const auto half_width = [](double probability, int drawn, double of_cluster) {
    EstimationInput input{.choices = 2};
    for (int i = 0; i < 100; ++i) {
      input.rows.push_back({.choice = 1 + i % 2, .day = 1});
      input.chances.push_back({.probability = probability,
                               .stratum = 0,
                               .cluster = static_cast<std::uint32_t>(i),
                               .cluster_probability = of_cluster,
                               .clusters_drawn = drawn,
                               .members_drawn = 1});
    }
    const Estimation out = estimate(input);
    const double upper = *out.choices[0].weighted->upper;
    return std::log(upper / (1 - upper));  // of 0.5 on the logit scale
  };
  const double unknown = half_width(0.5, 100, 0);
  const double all = half_width(0.5, 100, 0.5);
  const double half = half_width(0.5, 200, 0.5);
  EXPECT_NEAR(all / unknown, std::sqrt(0.5), 1e-9);
  EXPECT_NEAR(half / unknown, std::sqrt(0.75), 1e-9) << "a quarter of the frame has answered";
  EXPECT_NEAR(half_width(1, 100, 1), 0, 1e-9) << "everybody was drawn and has answered";
}

}  // namespace
}  // namespace hustings::surveys
