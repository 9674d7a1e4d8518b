#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "statistics/matrix.h"

/// Intervals that stay valid however often one looks. Each update takes constant time and memory.
namespace hustings::statistics {

struct SequenceInterval {
  double value;
  double lower;
  double upper;
};

/// rho of the asymptotic sequence that is narrowest about `t_best` answers.
double sequence_rho(double t_best, double alpha);

/// What is known of a stream: its mean, the variance of one value (over n), how many.
struct StreamMoments {
  double mean;
  double variance;
  std::uint64_t count;
};
/// Valid at all counts together (as MeanSequence has it), and at one that was fixed beforehand.
SequenceInterval sequence_interval(const StreamMoments& stream, double alpha, double rho);
SequenceInterval fixed_interval_of(const StreamMoments& stream, double alpha);

/// The mean of a stream, by the asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha,
/// Kennedy and Ramdas 2024 (theorem 2.2): valid from some dozens of answers on, whatever the
/// distribution, like the central limit theorem, but at all times together.
class MeanSequence {
 public:
  void add(double value);
  void add(double value, std::uint64_t times);

  std::uint64_t count() const { return count_; }
  double mean() const { return mean_; }
  /// Over n, as the theorem has it.
  double variance() const;
  SequenceInterval interval(double alpha, double rho) const;
  /// What one look at a number of answers that was fixed beforehand gives.
  SequenceInterval fixed_interval(double alpha) const;

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

/// The effect of a treatment given with known probability: each unit's weighted outcome (Horvitz
/// and Thompson 1952) has the effect as its mean, so that a MeanSequence of them is one of the
/// effect.
struct Arrival {
  bool treated;
  double outcome;
};
double weighted_outcome(Arrival arrival, double probability);

/// The same with a forecast for each unit that is fitted to earlier units alone, so that it may be
/// anything (augmented inverse probability weighting, Robins et al. 1994): narrower where
/// covariates tell something. The forecasts are two ridge regressions, refitted every `refit_every`
/// units.
class AdjustedEffectSequence {
 public:
  struct Options {
    double probability = 0.5;
    std::size_t covariates = 0;
    std::uint64_t refit_every = 500;
    double ridge = 1e-3;
  };
  explicit AdjustedEffectSequence(Options options);

  /// Returns the unit's score, whose running mean is the effect.
  double add(Arrival arrival, std::span<const double> covariates);
  const MeanSequence& effect() const { return effect_; }

 private:
  struct Forecast {
    Matrix gram;
    std::vector<double> moments;
    std::vector<double> coefficients;
  };
  double forecast(const Forecast& of, std::span<const double> covariates) const;

  Options options_;
  Forecast treated_;
  Forecast control_;
  MeanSequence effect_;
};

/// The mean of answers within [0, 1], without any approximation: betting against each candidate
/// mean (Waudby-Smith and Ramdas 2024, hedged capital with the predictable plug-in bets). What a
/// bet has won is at most 1/alpha at all times with probability 1 - alpha if the candidate is the
/// mean.
class BettingSequence {
 public:
  explicit BettingSequence(double alpha, std::size_t grid = 1000);

  void add(double value);
  std::uint64_t count() const { return count_; }
  SequenceInterval interval() const;

 private:
  double alpha_;
  std::vector<double> up_;    ///< ln of the capital that bets on a higher mean, by candidate
  std::vector<double> down_;  ///< and on a lower one
  std::uint64_t count_ = 0;
  double sum_ = 0;
  double spread_ = 0.25;  ///< running sum of squared distances, with one invented answer
  std::size_t low_ = 0;   ///< the candidates that were never refused
  std::size_t high_;
};

/// The mixture sequential probability ratio test of an effect that is 0 (Robbins 1970; Johari,
/// Pekelis and Walsh 2015): its p-value may be looked at after every answer.
class MixtureTest {
 public:
  struct Options {
    double variance;        ///< of the estimate, times the number of answers
    double prior_variance;  ///< of the effect
  };
  explicit MixtureTest(Options options) : options_(options) {}

  /// After so many answers the effect is estimated so: a difference in means, say.
  void look(std::uint64_t answers, double estimate);
  double p_value() const { return p_; }

 private:
  Options options_;
  double p_ = 1;
};

}  // namespace hustings::statistics
