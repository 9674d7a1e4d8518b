// Gerber, Green and Larimer 2008 and Gerber and Green 2000 against the papers and R (see
// testing/README.md), to 1e-8; confidence sequences on the same voters.
#include <cmath>
#include <map>
#include <memory>

#include <gtest/gtest.h>

#include "statistics/confidence_sequence.h"
#include "statistics/effects.h"
#include "statistics/power.h"
#include "statistics/testing/columns.h"
#include "statistics/uplift.h"

namespace hustings::statistics {
namespace {

using testing::Columns;

#define EXPECT_CLOSE(actual, expected) \
  EXPECT_NEAR((actual), (expected), 1e-8 * std::abs(expected)) << #actual

const std::vector<std::string> kPastVotes{"g2002", "g2000", "p2004", "p2002", "p2000"};

/// The voters, read once.
class Mailing : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { voters = std::make_unique<Columns>(read()); }
  static void TearDownTestSuite() { voters.reset(); }
  static Columns read() { return Columns::read("gerber_green_larimer_2008.csv.zst"); }

  static Trial trial(const std::vector<std::string>& covariates = {}) {
    Trial out;
    out.outcome = voters->numbers("voted");
    out.arms = 5;
    for (const double arm : voters->numbers("arm"))
      out.arm.push_back(static_cast<std::uint32_t>(arm));
    for (const double household : voters->numbers("hh_id"))
      out.cluster.push_back(static_cast<std::uint32_t>(household));
    for (const std::string& name : covariates)
      out.covariates.push_back(voters->numbers(name));
    return out;
  }
  static Trial neighbors(const std::vector<std::string>& covariates = {}) {
    Trial out = trial(covariates);
    std::vector<bool> in(out.rows());
    for (std::size_t i = 0; i < in.size(); ++i)
      in[i] = out.arm[i] == 0 || out.arm[i] == 4;
    out = out.subset(in);
    out.arms = 2;
    for (std::uint32_t& arm : out.arm)
      arm = arm == 0 ? 0 : 1;
    return out;
  }
  static std::vector<std::uint32_t> blocks() {
    std::vector<std::uint32_t> out;
    for (const double block : voters->numbers("cluster"))
      out.push_back(static_cast<std::uint32_t>(block));
    return out;
  }
  static std::unique_ptr<Columns> voters;
};
std::unique_ptr<Columns> Mailing::voters;

std::vector<Effect> effects(const Trial& trial, const EffectOptions& options) {
  auto found = intention_to_treat(trial, options);
  EXPECT_TRUE(found) << found.error().text();
  return *found;
}

void expect_errors(const std::vector<Effect>& found, const std::vector<double>& se) {
  ASSERT_EQ(found.size(), se.size());
  for (std::size_t i = 0; i < se.size(); ++i)
    EXPECT_CLOSE(found[i].estimate.se, se[i]);
}
void expect_values(const std::vector<Effect>& found, const std::vector<double>& values) {
  ASSERT_EQ(found.size(), values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    EXPECT_CLOSE(found[i].estimate.value, values[i]);
}

TEST_F(Mailing, Table2) {
  const auto counts = count_arms(trial());
  const std::size_t n[] = {191243, 38218, 38204, 38218, 38201};
  const double votes[] = {56730, 12021, 12316, 13191, 14438};
  const std::size_t households[] = {99999, 20001, 20002, 20000, 20000};
  for (std::size_t arm = 0; arm < 5; ++arm) {
    EXPECT_EQ(counts[arm].n, n[arm]);
    EXPECT_EQ(counts[arm].sum, votes[arm]);
    EXPECT_EQ(counts[arm].clusters, households[arm]);
  }
  EXPECT_CLOSE(counts[4].mean, 0.377948221250753);
}

TEST_F(Mailing, Table3WithoutBlocks) {
  const Trial all = trial();
  const auto found = effects(all, {.errors = Errors::cr1});
  expect_values(found,
                {0.0178993440848947, 0.0257363121282135, 0.0485131909632982, 0.081309912920796});
  expect_errors(
      found, {0.00323662662564402, 0.00325789305293573, 0.00330001965286917, 0.00336955498379416});
  expect_errors(effects(all, {.errors = Errors::cr0}),
                {0.00323659882204203, 0.0032578650666487, 0.0032999913047019, 0.00336952603829736});
  expect_errors(effects(all, {.errors = Errors::hc2}), {0.00259471780859367, 0.00260942748386241,
                                                        0.0026467277100389, 0.00269175278942094});
  expect_errors(effects(all, {.errors = Errors::hc0}), {0.00259468826375463, 0.00260939771125938,
                                                        0.00264669739826232, 0.00269172180309201});
  expect_errors(
      effects(all, {.errors = Errors::classic}),
      {0.00260032109464761, 0.00260071815788207, 0.00260032109463989, 0.00260080327285116});
}

TEST_F(Mailing, Table3WithBlocks) {
  Trial all = trial();
  all.block = blocks();
  const auto found = effects(all, {.errors = Errors::cr1});
  expect_values(found,
                {0.0180418691468763, 0.0261569139964548, 0.0488847485095412, 0.081837629754727});
  expect_errors(
      found, {0.00305582593760628, 0.00306452545520807, 0.0031085699042497, 0.00318054312464115});
  expect_errors(effects(all, {.errors = Errors::cr0}),
                {0.00301107128264176, 0.0030196433898751, 0.0030630427779217, 0.00313396190141396});
  expect_errors(
      effects(all, {.errors = Errors::cr1_groups}),
      {0.00301107964667058, 0.00301965177771516, 0.00306305128631478, 0.00313397060680324});
}

TEST_F(Mailing, Table3WithBlocksAndPastVotes) {
  Trial all = trial(kPastVotes);
  all.block = blocks();
  const auto found = effects(all, {.adjustment = Adjustment::additive, .errors = Errors::cr1});
  expect_values(found,
                {0.018162661802281, 0.02503897833002, 0.0481918071964751, 0.0812987329679685});
  expect_errors(
      found, {0.00294742272878476, 0.00294385453175184, 0.00299420409381472, 0.00305230412654552});
}

TEST_F(Mailing, CostPerVote) {
  const auto found = effects(trial(), {.errors = Errors::cr1});
  const auto cost_of = [&](std::size_t arm, double treated) {
    const Estimate& estimate = found[arm - 1].estimate;
    return cost_per_vote(6000, treated, {estimate.value, estimate.lower, estimate.upper});
  };
  EXPECT_NEAR(cost_of(4, 38201).votes, 3106, 0.5);
  EXPECT_NEAR(cost_of(4, 38201).cost, 1.93, 0.005);
  EXPECT_NEAR(cost_of(3, 38218).votes, 1854, 0.5);
  EXPECT_NEAR(cost_of(3, 38218).cost, 3.24, 0.005);
  EXPECT_LT(cost_of(3, 38218).lower, 3.24);
  EXPECT_GT(cost_of(3, 38218).upper, 3.24);
}

const std::vector<std::string> kAllEight{"sex",   "age",   "p2000", "g2000",
                                         "p2002", "g2002", "p2004", "hh_size"};

TEST_F(Mailing, LinsAdjustment) {
  const Trial pair = neighbors(kAllEight);
  const auto clustered = effects(pair, {.adjustment = Adjustment::lin, .errors = Errors::cr1});
  expect_values(clustered, {0.0804857063693567});
  expect_errors(clustered, {0.00321658168297245});
  EXPECT_CLOSE(clustered[0].estimate.lower, 0.0741812585273409);
  EXPECT_CLOSE(clustered[0].estimate.upper, 0.0867901542113725);
  EXPECT_EQ(clustered[0].estimate.df, 119998);
  const auto robust = effects(pair, {.adjustment = Adjustment::lin, .errors = Errors::hc2});
  expect_errors(robust, {0.00257673262132791});
  EXPECT_CLOSE(robust[0].estimate.lower, 0.0754353765901393);
  EXPECT_EQ(robust[0].estimate.df, 229426);
}

TEST_F(Mailing, CupedWithOneAndWithAllCovariates) {
  Trial one = neighbors({"p2004"});
  one.cluster.clear();
  const auto first = cuped(one, 1, Errors::hc2);
  ASSERT_TRUE(first);
  EXPECT_CLOSE(first->theta[0], 0.153541275647284);
  EXPECT_CLOSE(first->effect.estimate.value, 0.0803386244659767);
  EXPECT_CLOSE(first->effect.estimate.se, 0.00265056259130104);
  EXPECT_CLOSE(first->variance_reduction, 0.162707495987876 * 0.162707495987876);
  Trial all = neighbors(kAllEight);
  all.cluster.clear();
  const auto second = cuped(all, 1, Errors::hc2);
  ASSERT_TRUE(second);
  EXPECT_CLOSE(second->effect.estimate.value, 0.0805494575124748);
  EXPECT_CLOSE(second->effect.estimate.se, 0.00257924713115248);
  EXPECT_CLOSE(second->variance_reduction, 0.0762435167094622);
}

TEST_F(Mailing, EffectsByPastVotes) {
  Trial pair = neighbors(kPastVotes);
  pair.cluster.clear();
  std::vector<std::uint32_t> votes(pair.rows());
  for (const auto& column : pair.covariates) {
    for (std::size_t i = 0; i < votes.size(); ++i)
      votes[i] += static_cast<std::uint32_t>(column[i]);
  }
  const auto found = group_effects(pair, 1, votes, 6, {.errors = Errors::hc2});
  ASSERT_TRUE(found);
  const double effect[] = {0.023965390673363, 0.0587129168354618, 0.071769043918359,
                           0.095316969553203, 0.0986986284227493, 0.0440860681243994};
  const double se[] = {0.00682740976386064, 0.00818774737670852, 0.00515988869329324,
                       0.00433861865480826, 0.00642054048216179, 0.0128568342014275};
  for (std::size_t group = 0; group < 6; ++group) {
    EXPECT_CLOSE(found->effects[group].estimate.value, effect[group]);
    EXPECT_CLOSE(found->effects[group].estimate.se, se[group]);
    EXPECT_GE(found->holm[group], found->benjamini_hochberg[group]);
    EXPECT_GE(found->benjamini_hochberg[group], found->effects[group].p);
  }
  EXPECT_LT(found->heterogeneity_p, 1e-10);
}

TEST_F(Mailing, BalanceOfHouseholds) {
  const auto found = balance(neighbors(kAllEight), Errors::cr1);
  ASSERT_TRUE(found);
  EXPECT_GT(found->joint_p[0], 0.001);
  for (const auto& differences : found->differences)
    EXPECT_LT(std::abs(differences[1]), 0.03);
}

/// Households in the file's order: the arm (neighbors or control) and the mean vote.
std::vector<Arrival> households(const Trial& pair) {
  std::vector<Arrival> out;
  std::vector<double> sizes;
  std::uint32_t last = UINT32_MAX;
  for (std::size_t i = 0; i < pair.rows(); ++i) {
    if (pair.cluster[i] != last) {
      out.push_back({.treated = pair.arm[i] == 1, .outcome = 0});
      sizes.push_back(0);
      last = pair.cluster[i];
    }
    out.back().outcome += pair.outcome[i];
    ++sizes.back();
  }
  for (std::size_t h = 0; h < out.size(); ++h)
    out[h].outcome /= sizes[h];
  return out;
}

TEST_F(Mailing, ConfidenceSequenceOverHouseholds) {
  const auto all = households(neighbors());
  ASSERT_EQ(all.size(), 119999U);
  const double rho = sequence_rho(5000, 0.05);
  EXPECT_CLOSE(rho, 0.0419089499463608);
  const std::map<std::uint64_t, std::vector<double>> wanted{
      {1000, {0.05189999999999956, -0.10327098086206316, 0.20707098086206227, 0.09172372607298666}},
      {5000, {0.07570000000000024, 0.008884481065893679, 0.1425155189341068, 0.04314225771350681}},
      {50000,
       {0.07947028571430689, 0.056300419876753535, 0.10264015155186025, 0.013949947457410034}},
      {119999,
       {0.0847918256461543, 0.06969014164381891, 0.09989350964848968, 0.008766101922933995}}};
  MeanSequence sequence;
  std::uint64_t first = 0;
  std::uint64_t last_with_zero = 0;
  for (const Arrival& arrival : all) {
    const double value = weighted_outcome(arrival, 1.0 / 6);
    sequence.add(value);
    const std::uint64_t t = sequence.count();
    const auto now = sequence.interval(0.05, rho);
    if (now.lower > 0 && first == 0 && t > 100) first = t;
    if (now.lower <= 0) last_with_zero = t;
    const auto row = wanted.find(t);
    if (row == wanted.end()) continue;
    EXPECT_CLOSE(now.value, row->second[0]);
    EXPECT_CLOSE(now.lower, row->second[1]);
    EXPECT_CLOSE(now.upper, row->second[2]);
    const auto fixed = sequence.fixed_interval(0.05);
    EXPECT_CLOSE((fixed.upper - fixed.lower) / 2, row->second[3]);
  }
  EXPECT_EQ(first, 4713U);
  EXPECT_EQ(last_with_zero, 4793U);
}

/// Each household's means of some columns, in the order of households().
std::vector<std::vector<double>> household_means(const Trial& pair) {
  std::vector<std::vector<double>> out;
  std::vector<double> sizes;
  std::uint32_t last = UINT32_MAX;
  for (std::size_t i = 0; i < pair.rows(); ++i) {
    if (pair.cluster[i] != last) {
      out.emplace_back(pair.covariates.size());
      sizes.push_back(0);
      last = pair.cluster[i];
    }
    for (std::size_t c = 0; c < pair.covariates.size(); ++c)
      out.back()[c] += pair.covariates[c][i];
    ++sizes.back();
  }
  for (std::size_t h = 0; h < out.size(); ++h) {
    for (double& value : out[h])
      value /= sizes[h];
  }
  return out;
}

TEST_F(Mailing, AdjustedConfidenceSequence) {
  const Trial pair = neighbors(kPastVotes);
  const auto all = households(pair);
  const auto covariates = household_means(pair);
  const double rho = sequence_rho(5000, 0.05);
  AdjustedEffectSequence sequence({.probability = 1.0 / 6, .covariates = 5});
  std::uint64_t first = 0;
  for (std::size_t h = 0; h < all.size(); ++h) {
    sequence.add(all[h], covariates[h]);
    const auto now = sequence.effect().interval(0.05, rho);
    if (first == 0 && h >= 100 && now.lower > 0) first = h + 1;
    if (h + 1 != 5000) continue;
    EXPECT_CLOSE(now.value, 0.06638488743282392);
    EXPECT_CLOSE(now.lower, 0.015083352900576934);
  }
  EXPECT_EQ(first, 4419U);
  const auto end = sequence.effect().interval(0.05, rho);
  EXPECT_CLOSE(end.value, 0.0840132564677236);
  EXPECT_CLOSE(end.lower, 0.07279484370549648);
  EXPECT_CLOSE(end.upper, 0.09523166922995073);
}

/// Two logistic regressions on the voters of even households, judged on those of odd ones.
TEST_F(Mailing, UpliftOutOfSample) {
  const Trial pair =
      neighbors({"p2000", "g2000", "p2002", "g2002", "p2004", "age", "sex", "hh_size"});
  std::vector<std::vector<double>> columns{std::vector<double>(pair.rows(), 1.0)};
  for (std::size_t c = 0; c < 5; ++c)
    columns.push_back(pair.covariates[c]);
  columns.resize(11, std::vector<double>(pair.rows()));
  std::vector<double> of_treated(pair.rows());
  std::vector<double> of_control(pair.rows());
  for (std::size_t i = 0; i < pair.rows(); ++i) {
    const double age = (pair.covariates[5][i] - 50) / 10;
    columns[6][i] = age;
    columns[7][i] = age * age;
    columns[8][i] = pair.covariates[6][i];
    columns[9][i] = pair.covariates[7][i] == 1 ? 1 : 0;
    columns[10][i] = pair.covariates[7][i] >= 3 ? 1 : 0;
    const bool train = pair.cluster[i] % 2 == 0;
    of_treated[i] = train && pair.arm[i] == 1 ? 1 : 0;
    of_control[i] = train && pair.arm[i] == 0 ? 1 : 0;
  }
  const Matrix x = Matrix::of_columns(columns);
  const auto treated = fit_logistic(x, pair.outcome, of_treated);
  const auto control = fit_logistic(x, pair.outcome, of_control);
  ASSERT_TRUE(treated && control);
  EXPECT_NEAR(treated->coefficients[0], -1.3826785597280806, 1e-6);
  EXPECT_NEAR(control->coefficients[10], 0.03245917176866126, 1e-6);
  std::vector<double> forecast;
  std::vector<double> outcome;
  std::vector<std::uint32_t> arm;
  const auto share = [&](const Fit& fit, std::size_t i) {
    double u = 0;
    for (std::size_t c = 0; c < 11; ++c)
      u += x(i, c) * fit.coefficients[c];
    return 1 / (1 + std::exp(-u));
  };
  for (std::size_t i = 0; i < pair.rows(); ++i) {
    if (pair.cluster[i] % 2 == 0) continue;
    forecast.push_back(share(*treated, i) - share(*control, i));
    outcome.push_back(pair.outcome[i]);
    arm.push_back(pair.arm[i]);
  }
  const auto found = qini({forecast, outcome, arm});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->n, 114796U);
  EXPECT_CLOSE(found->gained, 1604.051875248395);
  // Voters with equal forecasts may stand in another order than in the reference.
  EXPECT_NEAR(found->area, 902.4556612426253, 0.5);
  EXPECT_NEAR(found->coefficient, 100.42273708633951, 0.5);
  EXPECT_NEAR(found->normalised, 0.1252102426991774, 6e-4);
  EXPECT_NEAR(found->auuc, 0.04702215053762756, 3e-5);
  const double tenths[] = {0.09562506345210420, 0.10856107137303683, 0.07989099455702597,
                           0.12042080010374118, 0.09379158749475153, 0.08474092047801668,
                           0.07742954181615436, 0.06818898107963597, 0.07666058399079240,
                           0.03310312786808287};
  for (std::size_t t = 0; t < 10; ++t)
    EXPECT_NEAR(found->tenths[t].effect, tenths[t], 1e-3);
  const auto honest = cross_fitted_uplift(pair, 1, {});
  ASSERT_TRUE(honest);
}

// Counts of the table in Gerber and Green 2000 (in person; nobody phoned): assigned, reached,
// voted.
struct Cell {
  std::uint32_t assigned;
  double reached;
  double voted;
  int count;
};
Trial new_haven() {
  Trial out;
  for (const Cell& cell : {Cell{0, 0, 0, 3526}, Cell{1, 0, 0, 667}, Cell{1, 1, 0, 180},
                           Cell{0, 0, 1, 2119}, Cell{1, 0, 1, 383}, Cell{1, 1, 1, 215}}) {
    for (int i = 0; i < cell.count; ++i) {
      out.arm.push_back(cell.assigned);
      out.contacted.push_back(cell.reached);
      out.outcome.push_back(cell.voted);
    }
  }
  return out;
}

TEST(ContactEffect, ErrorsThatAreNotMadeForAnInstrumentAreRefused) {
  const auto found = contact_effect(new_haven(), 1, {.errors = Errors::cr2});
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().sentence.find("choose cr1"), std::string::npos);
}

TEST(NewHaven, ContactEffect) {
  const auto found = contact_effect(new_haven(), 1, {});
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found->contact.estimate.n, 7090U);
  EXPECT_CLOSE(found->assigned.estimate.value, 0.03846439112298813);
  EXPECT_NEAR(found->assigned.estimate.se, 0.0144752, 5e-8);
  EXPECT_NEAR(found->reached.estimate.value, 0.2733564, 5e-8);
  EXPECT_NEAR(found->contact.estimate.value, 0.1407115, 5e-8);
  EXPECT_NEAR(found->contact.estimate.se, 0.0524169, 5e-8);
}

TEST(PowerReference, PlaceboSavesInterviews) {
  PowerPlan plan{.contact = 0.3};
  EXPECT_NEAR(*needed_voters(plan, 0.05, 0.8), 139536, 1);
  plan.contact = 1;
  plan.explained = 0.9 * 0.9;
  EXPECT_NEAR(*needed_voters(plan, 0.05, 0.8), 2386, 1);
  const double voters = *needed_voters(plan, 0.05, 0.8);
  EXPECT_NEAR(*detectable_effect(plan, voters, 0.8), 0.05, 1e-12);
  EXPECT_NEAR(*power_of(plan, voters, 0.05), 0.8, 1e-4);
}

}  // namespace
}  // namespace hustings::statistics
