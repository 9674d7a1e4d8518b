// Estimates of the api samples against R's survey 4.1.1 (see testing/README.md), to 1e-8.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "statistics/calibration.h"
#include "statistics/estimates.h"
#include "statistics/regression.h"
#include "statistics/testing/columns.h"

namespace hustings::statistics {
namespace {

using testing::Columns;

#define EXPECT_CLOSE(actual, expected) \
  EXPECT_NEAR((actual), (expected), 1e-8 * std::abs(expected)) << #actual

Sample sample_of(DesignColumns columns) {
  auto design = Design::make(std::move(columns));
  EXPECT_TRUE(design) << design.error().text();
  return {.design = *std::move(design), .replicates = std::nullopt};
}

struct Srs {
  Columns file = Columns::read("api_srs.csv");
  Sample sample =
      sample_of({.weights = file.numbers("pw"), .stages = {{.population = file.numbers("fpc")}}});
};
struct Strat {
  Columns file = Columns::read("api_strat.csv");
  Sample sample =
      sample_of({.weights = file.numbers("pw"),
                 .stages = {{.stratum = file.codes("stype"), .population = file.numbers("fpc")}}});
};
struct Clus1 {
  Columns file = Columns::read("api_clus1.csv");
  Sample sample =
      sample_of({.weights = file.numbers("pw"),
                 .stages = {{.unit = file.codes("dnum"), .population = file.numbers("fpc")}}});
};
struct Clus2 {
  Columns file = Columns::read("api_clus2.csv");
  Sample sample =
      sample_of({.stages = {{.unit = file.codes("dnum"), .population = file.numbers("fpc1")},
                            {.unit = file.codes("snum"), .population = file.numbers("fpc2")}}});
};

struct Wanted {
  double value;
  double se;
};
void expect(const Result<Estimate>& found, Wanted wanted) {
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_CLOSE(found->value, wanted.value);
  EXPECT_CLOSE(found->se, wanted.se);
}

TEST(SurveyReference, SimpleSample) {
  const Srs srs;
  const auto api = mean(srs.sample, srs.file.numbers("api00"));
  expect(api, {656.585, 9.24972203928281});
  EXPECT_CLOSE(api->lower, 638.344950092127);
  EXPECT_CLOSE(api->upper, 674.825049907873);
  EXPECT_NEAR(api->deff, 1, 1e-8);
  EXPECT_EQ(api->df, 199);
  expect(total(srs.sample, srs.file.numbers("enroll")), {3621074.34, 169519.654344059});
  const auto pupils = srs.file.numbers("enroll");
  const auto tested = srs.file.numbers("api.stu");
  expect(ratio(srs.sample, {tested, pupils}), {0.825353654573134, 0.0100688263233281});
}

TEST(SurveyReference, StratifiedSample) {
  const Strat strat;
  const auto api = mean(strat.sample, strat.file.numbers("api00"));
  expect(api, {662.287363159321, 9.40894080278458});
  EXPECT_CLOSE(api->deff, 1.20445726853772);
  EXPECT_CLOSE(api->lower, 643.732188272086);
  EXPECT_CLOSE(api->upper, 680.842538046555);
  EXPECT_EQ(api->df, 197);
  expect(total(strat.sample, strat.file.numbers("enroll")), {3687177.53243828, 114641.71610078});
  const auto pupils = strat.file.numbers("enroll");
  const auto tested = strat.file.numbers("api.stu");
  expect(ratio(strat.sample, {tested, pupils}), {0.836956886940522, 0.00775710316663788});
}

TEST(SurveyReference, OneAndTwoStageClusters) {
  const Clus1 one;
  const auto first = mean(one.sample, one.file.numbers("api00"));
  expect(first, {644.169398907104, 23.542240693781});
  EXPECT_CLOSE(first->deff, 9.34586945059095);
  EXPECT_CLOSE(first->lower, 593.676314463326);
  EXPECT_EQ(first->df, 14);
  expect(total(one.sample, one.file.numbers("enroll")), {3404940.13452911, 932235.027041215});
  const Clus2 two;
  const auto second = mean(two.sample, two.file.numbers("api00"));
  expect(second, {670.811808118081, 30.0990273768366});
  EXPECT_CLOSE(second->deff, 6.25051375571258);
  EXPECT_CLOSE(second->lower, 609.930778741016);
  EXPECT_EQ(second->df, 39);
  expect(total(two.sample, two.file.numbers("enroll")), {2639272.93, 799637.773648358});
  const auto pupils = two.file.numbers("enroll");
  const auto tested = two.file.numbers("api.stu");
  expect(ratio(two.sample, {tested, pupils}), {0.819737042125461, 0.0188505633126712});
}

TEST(SurveyReference, SharesOfACategory) {
  const Clus2 two;
  const auto stype = two.file.codes("stype");
  const Wanted wanted[] = {{0.681180811808118, 0.0556406470060076},
                           {0.134317343173432, 0.0567331862925889},
                           {0.18450184501845, 0.0222252155055291}};
  for (std::uint32_t level = 0; level < 3; ++level) {
    std::vector<double> is(stype.size());
    for (std::size_t i = 0; i < is.size(); ++i)
      is[i] = stype[i] == level ? 1 : 0;
    expect(mean(two.sample, is), wanted[level]);
  }
}

TEST(SurveyReference, Domains) {
  const Strat strat;
  const auto stype = strat.file.codes("stype");
  const Wanted wanted[] = {
      {674.43, 12.3824797939073}, {625.82, 14.9371291853931}, {636.6, 16.2147073081845}};
  for (std::uint32_t level = 0; level < 3; ++level) {
    Domain in(stype.size());
    for (std::size_t i = 0; i < in.size(); ++i)
      in[i] = stype[i] == level;
    expect(mean(strat.sample, strat.file.numbers("api00"), in), wanted[level]);
  }
}

TEST(SurveyReference, QuantilesWithWoodruffIntervals) {
  const Strat strat;
  const double p[] = {0.25, 0.5, 0.75};
  const double wanted[][4] = {{565, 535, 597, 15.7194511320391},
                              {668, 642, 694, 13.1840557881618},
                              {756, 726, 778, 13.1840557881618}};
  for (int i = 0; i < 3; ++i) {
    const auto found = quantile(strat.sample, strat.file.numbers("api00"), p[i]);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->value, wanted[i][0]);
    EXPECT_EQ(found->lower, wanted[i][1]);
    EXPECT_EQ(found->upper, wanted[i][2]);
    EXPECT_CLOSE(found->se, wanted[i][3]);
  }
}

TEST(SurveyReference, IntervalsOfAShare) {
  const Clus1 one;
  std::vector<double> none = one.file.numbers("ell");
  for (double& value : none)
    value = value == 0 ? 1 : 0;
  const auto logit = proportion(one.sample, none, ProportionInterval::logit);
  EXPECT_CLOSE(logit->value, 0.0218579234972678);
  EXPECT_CLOSE(logit->lower, 0.0023046912841355);
  EXPECT_CLOSE(logit->upper, 0.1777477668227);
  const auto beta = proportion(one.sample, none, ProportionInterval::beta);
  EXPECT_CLOSE(beta->lower, 0.000216146832743157);
  EXPECT_CLOSE(beta->upper, 0.137507763914981);
  const auto wald = proportion(one.sample, none, ProportionInterval::wald);
  EXPECT_CLOSE(wald->lower, -0.026662407957767);
  EXPECT_CLOSE(wald->upper, 0.0703782549523025);
}

TEST(SurveyReference, IndependenceByRaoAndScott) {
  const Strat strat;
  const auto rows = strat.file.codes("comp.imp");
  const auto columns = strat.file.codes("sch.wide");
  const auto found = independence(strat.sample, {rows, 2}, {columns, 2});
  ASSERT_TRUE(found);
  EXPECT_TRUE(std::isfinite(found->f));
  const auto stype = strat.file.codes("stype");
  const auto second = independence(strat.sample, {columns, 2}, {stype, 3});
  ASSERT_TRUE(second);
  EXPECT_CLOSE(second->f, 17.2474439638888);
  EXPECT_CLOSE(second->df1, 1.82867150416358);
  EXPECT_CLOSE(second->df2, 360.248286320226);
  EXPECT_CLOSE(second->p, 2.03504635946512e-07);
}

TEST(SurveyReference, Regression) {
  const Strat strat;
  const Matrix x =
      Matrix::of_columns({std::vector<double>(strat.file.rows(), 1.0), strat.file.numbers("ell"),
                          strat.file.numbers("meals"), strat.file.numbers("mobility")});
  const auto fit = fit_linear(x, strat.file.numbers("api00"), strat.sample.weights());
  ASSERT_TRUE(fit);
  const auto covariance = design_covariance(strat.sample, x, *fit);
  const double value[] = {820.887315905623, -0.480586612171951, -3.14153530998456,
                          0.225713210229637};
  const double se[] = {10.0777359498854, 0.391973403222528, 0.283946506416502, 0.393218362022529};
  for (std::size_t c = 0; c < 4; ++c) {
    EXPECT_CLOSE(fit->coefficients[c], value[c]);
    EXPECT_CLOSE(std::sqrt((*covariance)(c, c)), se[c]);
  }
}

TEST(SurveyReference, LogisticRegression) {
  const Strat strat;
  const Matrix x =
      Matrix::of_columns({std::vector<double>(strat.file.rows(), 1.0), strat.file.numbers("ell"),
                          strat.file.numbers("meals"), strat.file.numbers("mobility")});
  std::vector<double> yes;
  for (const std::string& text : strat.file.texts("sch.wide"))
    yes.push_back(text == "Yes" ? 1 : 0);
  const auto fit = fit_logistic(x, yes, strat.sample.weights());
  ASSERT_TRUE(fit);
  const auto covariance = design_covariance(strat.sample, x, *fit);
  const double value[] = {0.835836525054287, -0.0024896357495189, -0.00315236511150318,
                          0.060896778706658};
  const double se[] = {0.455626095594568, 0.013252498611026, 0.00919948371765916,
                       0.0319354214530536};
  for (std::size_t c = 0; c < 4; ++c) {
    EXPECT_CLOSE(fit->coefficients[c], value[c]);
    EXPECT_CLOSE(std::sqrt((*covariance)(c, c)), se[c]);
  }
}

Margin margin_of(const Columns& file, const std::string& column, std::vector<double> totals) {
  return {.name = column,
          .categories = file.levels(column),
          .category = file.codes(column),
          .totals = std::move(totals)};
}

TEST(SurveyReference, Raking) {
  Clus1 one;
  const std::vector<Margin> margins{margin_of(one.file, "stype", {4421, 755, 1018}),
                                    margin_of(one.file, "sch.wide", {1072, 5122})};
  const auto outcome = rake(one.sample, margins);
  ASSERT_TRUE(outcome) << outcome.error().text();
  expect(mean(one.sample, one.file.numbers("api00")), {641.23032092682, 23.7036168879225});
  expect(total(one.sample, one.file.numbers("enroll")), {3647280.14806521, 400603.25686197});
  EXPECT_CLOSE(one.sample.weights()[0], 50.3294011160392);
  EXPECT_CLOSE(one.sample.weights()[1], 29.8706754926847);
  EXPECT_CLOSE(one.sample.weights()[32], 67.1255292411947);
}

TEST(SurveyReference, PostStratification) {
  Clus1 one;
  ASSERT_TRUE(post_stratify(one.sample, margin_of(one.file, "stype", {4421, 755, 1018})));
  expect(total(one.sample, one.file.numbers("enroll")), {3680892.94511905, 406292.636294802});
  expect(mean(one.sample, one.file.numbers("api00")), {642.310788211582, 23.9204864450904});
}

struct Api99 {
  Clus1 one;
  Matrix x;
  std::vector<double> totals{6194, 755, 1018, 3914069};
  std::vector<std::string> names{"(all)", "stype H", "stype M", "api99"};

  Api99() {
    std::vector<double> high;
    std::vector<double> middle;
    for (const std::string& type : one.file.texts("stype")) {
      high.push_back(type == "H" ? 1 : 0);
      middle.push_back(type == "M" ? 1 : 0);
    }
    x = Matrix::of_columns(
        {std::vector<double>(high.size(), 1.0), high, middle, one.file.numbers("api99")});
  }
  CalibrationOutcome with(const CalibrationOptions& options) {
    const auto outcome = calibrate(one.sample, x, totals, names, options);
    EXPECT_TRUE(outcome) << outcome.error().text();
    return *outcome;
  }
};

TEST(SurveyReference, RegressionEstimator) {
  Api99 api;
  api.with({});
  expect(total(api.one.sample, api.one.file.numbers("enroll")),
         {3638487.20413188, 385524.427352479});
  expect(mean(api.one.sample, api.one.file.numbers("api00")), {665.30907116578, 3.44175311640481});
}

TEST(SurveyReference, RakingCalibration) {
  Api99 api;
  api.with({.distance = Distance::raking});
  expect(mean(api.one.sample, api.one.file.numbers("api00")), {665.393795994781, 3.43775353948569});
  expect(total(api.one.sample, api.one.file.numbers("enroll")),
         {3616588.56447065, 387618.630781262});
}

TEST(SurveyReference, LogitCalibrationWithinBounds) {
  Api99 api;
  const auto outcome = api.with({.distance = Distance::logit, .lower = 0.5, .upper = 2});
  expect(total(api.one.sample, api.one.file.numbers("enroll")),
         {3640110.40158045, 382851.164534052});
  EXPECT_CLOSE(outcome.g_smallest, 0.578114357293271);
  EXPECT_CLOSE(outcome.g_largest, 1.81745568740611);
}

TEST(SurveyReference, TrimmedWeights) {
  Clus1 one;
  const std::vector<Margin> margins{margin_of(one.file, "stype", {4421, 755, 1018}),
                                    margin_of(one.file, "sch.wide", {1072, 5122})};
  ASSERT_TRUE(rake(one.sample, margins));
  const double before = one.sample.design.weight_sum();
  const auto moved = trim_weights(one.sample, {.upper = 40});
  ASSERT_TRUE(moved);
  expect(mean(one.sample, one.file.numbers("api00")), {642.324567922805, 23.9718977322315});
  const auto [low, high] =
      std::minmax_element(one.sample.weights().begin(), one.sample.weights().end());
  EXPECT_CLOSE(*low, 31.5324927430628);
  EXPECT_CLOSE(*high, 41.5010534975079);
  EXPECT_CLOSE(one.sample.design.weight_sum(), before);
}

TEST(SurveyReference, Jackknife) {
  Clus1 one;
  one.sample.replicates = *make_replicates(one.sample.design, {.kind = ReplicateKind::jk1});
  expect(mean(one.sample, one.file.numbers("api00")), {644.169398907104, 26.3293605895276});
  expect(total(one.sample, one.file.numbers("enroll")), {3404940.13452911, 932235.027041215});
  const std::vector<Margin> margins{margin_of(one.file, "stype", {4421, 755, 1018}),
                                    margin_of(one.file, "sch.wide", {1072, 5122})};
  ASSERT_TRUE(rake(one.sample, margins));
  expect(mean(one.sample, one.file.numbers("api00")), {641.23032092682, 26.8739804354671});
  Strat strat;
  strat.sample.replicates = *make_replicates(strat.sample.design, {.kind = ReplicateKind::jkn});
  expect(mean(strat.sample, strat.file.numbers("api00")), {662.287363159321, 9.40894080278461});
}

}  // namespace
}  // namespace hustings::statistics
