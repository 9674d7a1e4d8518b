// Bounds against the published unit values of confseq (Howard et al.; MIT), sequences against their
// definitions, and how often they err.
#include <cmath>

#include <gtest/gtest.h>

#include "base/rng.h"
#include "statistics/confidence_sequence.h"
#include "statistics/cross_fit_sequence.h"
#include "statistics/mixture_bounds.h"
#include "statistics/power.h"
#include "statistics/special.h"

namespace hustings::statistics {
namespace {

constexpr double kPublished = 1e-5;

TEST(MixtureBounds, PublishedValues) {
  const double rho = best_rho(100, 0.05);
  EXPECT_NEAR(rho, 12.60056, kPublished);
  const NormalMixture both(rho);
  EXPECT_NEAR(both.log_value(10, 100), -0.6510052, kPublished);
  EXPECT_NEAR(both.bound(100, 0.05), 30.35209, kPublished);
  const double one_sided = best_rho(100, 0.1);
  const OneSidedNormalMixture one(one_sided);
  EXPECT_NEAR(one.log_value(10, 100), -0.06502391, kPublished);
  EXPECT_NEAR(one.bound(100, 0.05), 27.66071, kPublished);
  const GammaExponentialMixture gamma(one_sided, 2);
  EXPECT_NEAR(gamma.log_value(10, 100), -0.2490165, kPublished);
  EXPECT_NEAR(gamma.bound(100, 0.05), 33.02017, kPublished);
  const BetaBinomialMixture beta(rho, {.g = 0.2, .h = 0.8}, false);
  EXPECT_NEAR(beta.log_value(10, 100), -0.6941012, kPublished);
  EXPECT_NEAR(beta.bound(100, 0.05), 31.4308, kPublished);
  const BetaBinomialMixture beta_one(one_sided, {.g = 0.2, .h = 0.8}, true);
  EXPECT_NEAR(beta_one.log_value(10, 100), -0.07134019, kPublished);
  EXPECT_NEAR(beta_one.bound(100, 0.05), 28.41238, kPublished);
}

TEST(MixtureBounds, StitchingAndShares) {
  EXPECT_NEAR((Stitching{.v_min = 10, .c = 3}.bound(100, 0.05)), 64.48755, kPublished);
  EXPECT_NEAR((Stitching{.v_min = 10, .c = -1}.bound(100, 0.05)), 28.99389, kPublished);
  const auto many = share_interval({.successes = 700, .trials = 1000}, 0.05, 100);
  EXPECT_NEAR(many.lower, 0.651629, 2e-6);
  EXPECT_NEAR(many.upper, 0.745949, 2e-6);
  const auto few = share_interval({.successes = 15, .trials = 50}, 0.05, 50);
  EXPECT_NEAR(few.lower, 0.129556, 2e-6);
  EXPECT_NEAR(few.upper, 0.511896, 2e-6);
  EXPECT_EQ((share_interval({.successes = 0, .trials = 50}, 0.05, 50).lower), 0);
}

TEST(MeanSequence, EqualsTheMomentsOfItsAnswers) {
  MeanSequence one;
  MeanSequence many;
  const double values[] = {3, 3, 3, -1, 0.5, 0.5};
  for (const double value : values)
    one.add(value);
  many.add(3, 3);
  many.add(-1, 1);
  many.add(0.5, 2);
  EXPECT_NEAR(one.mean(), 1.5, 1e-15);
  EXPECT_NEAR(one.variance(), 28.5 / 6 - 2.25, 1e-14);
  EXPECT_NEAR(many.mean(), one.mean(), 1e-15);
  EXPECT_NEAR(many.variance(), one.variance(), 1e-14);
}

TEST(MixtureTest, EqualsItsFormula) {
  MixtureTest test({.variance = 2, .prior_variance = 0.01});
  test.look(400, 0.3);
  const double spread = 2 + 400 * 0.01;
  const double ratio =
      std::sqrt(2 / spread) * std::exp(400.0 * 400 * 0.01 * 0.09 / (2 * 2 * spread));
  EXPECT_NEAR(test.p_value(), 1 / ratio, 1e-15);
  test.look(800, 0);
  EXPECT_NEAR(test.p_value(), 1 / ratio, 1e-15) << "what was shown once stays shown";
}

/// The share of streams without any effect whose interval leaves 0 out at some look.
struct Alarms {
  int sequence = 0;
  int peeking = 0;
};
Alarms alarms_without_effect(std::uint64_t seed, int streams, std::uint64_t answers) {
  Alarms out;
  const double rho = sequence_rho(static_cast<double>(answers) / 4, 0.05);
  for (int stream = 0; stream < streams; ++stream) {
    Rng rng(mix64(seed + static_cast<std::uint64_t>(stream)));
    MeanSequence sequence;
    bool sequence_alarm = false;
    bool peeking_alarm = false;
    for (std::uint64_t t = 1; t <= answers; ++t) {
      const Arrival arrival{.treated = rng.chance(0.5), .outcome = rng.chance(0.3) ? 1.0 : 0.0};
      sequence.add(weighted_outcome(arrival, 0.5));
      if (t < 100) continue;
      const auto now = sequence.interval(0.05, rho);
      const auto fixed = sequence.fixed_interval(0.05);
      sequence_alarm = sequence_alarm || now.lower > 0 || now.upper < 0;
      peeking_alarm = peeking_alarm || fixed.lower > 0 || fixed.upper < 0;
    }
    out.sequence += sequence_alarm ? 1 : 0;
    out.peeking += peeking_alarm ? 1 : 0;
  }
  return out;
}

TEST(ConfidenceSequence, WatchingAfterEveryAnswerRaisesFewFalseAlarms) {
  const Alarms alarms = alarms_without_effect(7, 200, 4000);
  EXPECT_LE(alarms.sequence, 10) << "of 200 at 5 %";
  EXPECT_GE(alarms.peeking, 40) << "the interval for one look must be caught out";
}

TEST(BettingSequence, HoldsTheMeanAndNarrows) {
  int missed = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Rng rng(mix64(seed));
    BettingSequence sequence(0.05, 400);
    bool out = false;
    double width = 1;
    for (int t = 0; t < 1000; ++t) {
      sequence.add(rng.chance(0.2) ? 1 : rng.uniform() * 0.5);
      const auto now = sequence.interval();
      const double mean = 0.2 + 0.8 * 0.25;
      out = out || now.lower > mean || now.upper < mean;
      EXPECT_LE(now.upper - now.lower, width + 1e-12) << "an interval never widens";
      width = now.upper - now.lower;
    }
    missed += out ? 1 : 0;
    EXPECT_LT(width, 0.15);
  }
  EXPECT_LE(missed, 4);
}

/// A unit with a covariate that tells half of its outcome.
struct Drawn {
  Arrival arrival;
  double covariate;
};
Drawn draw_unit(Rng& rng, double effect, double share) {
  const bool treated = rng.chance(share);
  const double covariate = rng.uniform() * std::sqrt(12.0) - std::sqrt(3.0);
  const double noise = rng.uniform() - 0.5;
  return {{.treated = treated, .outcome = 0.3 * covariate + noise + (treated ? effect : 0)},
          covariate};
}

TEST(CrossFitSequence, LooksAreThoseOfItsScoresReckonedOneByOne) {
  Rng rng(4);
  CrossFitSequence sequence({.probability = 0.4, .covariates = 1, .ridge = 0});
  MeanSequence plain;  // differences in means by half: what no covariate would give
  for (int i = 0; i < 4000; ++i) {
    const Drawn unit = draw_unit(rng, 0.2, 0.4);
    sequence.add(unit.arrival, {{unit.covariate}}, rng.below(2));
    plain.add(weighted_outcome(unit.arrival, 0.4));
  }
  ASSERT_TRUE(sequence.is_ready());
  EXPECT_NEAR(sequence.look().mean, 0.2, 0.04);
  // Var = noise / p + noise / (1 - p) once the covariate is known: 1/12 (1/.4 + 1/.6).
  EXPECT_NEAR(sequence.look().variance, (1 / 0.4 + 1 / 0.6) / 12, 0.02);
  EXPECT_LT(sequence.look().variance, 0.7 * plain.variance());
  const auto always = sequence.interval(0.05, 0.05);
  const auto once = sequence.fixed_interval(0.05);
  EXPECT_LT(always.lower, once.lower);
  EXPECT_GT(always.upper, once.upper);
}

TEST(CrossFitSequence, WatchedAfterEveryUnitItSeldomErrs) {
  int alarms = 0;
  constexpr int kTrials = 150;
  const double rho = sequence_rho(500, 0.05);
  for (int trial = 0; trial < kTrials; ++trial) {
    Rng rng(1000 + static_cast<std::uint64_t>(trial));
    CrossFitSequence sequence({.probability = 0.5, .covariates = 1});
    bool alarmed = false;
    for (int i = 0; i < 1500; ++i) {
      const Drawn unit = draw_unit(rng, 0, 0.5);
      sequence.add(unit.arrival, {{unit.covariate}}, rng.below(2));
      if (i < 40 || !sequence.is_ready()) continue;
      const auto now = sequence.interval(0.05, rho);
      alarmed = alarmed || now.lower > 0 || now.upper < 0;
    }
    alarms += alarmed ? 1 : 0;
  }
  EXPECT_LE(alarms, 15) << "5 % of 150, with room for chance";
}

TEST(AnswersUntilKnown, FallToNoneWhenTheIntervalLeavesZeroOut) {
  EXPECT_NEAR(answers_until_known({.effect = 0.01, .se = 0.01, .answers = 1000}, 0.95),
              1000 * (1.959963984540054 * 1.959963984540054 - 1), 1e-6);
  EXPECT_EQ(answers_until_known({.effect = 0.03, .se = 0.01, .answers = 1000}, 0.95), 0);
  EXPECT_TRUE(std::isinf(answers_until_known({.effect = 0, .se = 0.01, .answers = 10}, 0.95)));
}

TEST(Special, AgreesWithTables) {
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(student_quantile(0.975, 14), 2.144786687916927, 1e-12);
  EXPECT_NEAR(student_two_sided(2.0, 10), 0.07338803477074039, 1e-13);
  EXPECT_NEAR(f_upper(3.5, 2, 20), 0.04973502207609715, 1e-14);
  EXPECT_NEAR(chi_square_upper(3.841458820694124, 1), 0.05, 1e-14);
}

}  // namespace
}  // namespace hustings::statistics
