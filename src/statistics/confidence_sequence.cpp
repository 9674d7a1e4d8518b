#include "statistics/confidence_sequence.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "statistics/special.h"

namespace hustings::statistics {

double sequence_rho(double t_best, double alpha) {
  const double threshold = -2 * std::log(alpha);
  return std::sqrt((threshold + std::log(threshold) + 1) / t_best);
}

void MeanSequence::add(double value) {
  ++count_;
  const double before = value - mean_;
  mean_ += before / static_cast<double>(count_);
  squares_ += before * (value - mean_);
}

void MeanSequence::add(double value, std::uint64_t times) {
  if (times == 0) return;
  const auto had = static_cast<double>(count_);
  const auto more = static_cast<double>(times);
  count_ += times;
  const double before = value - mean_;
  mean_ += before * more / (had + more);
  squares_ += before * before * had * more / (had + more);
}

double MeanSequence::variance() const {
  return count_ == 0 ? 0 : squares_ / static_cast<double>(count_);
}

SequenceInterval sequence_interval(const StreamMoments& stream, double alpha, double rho) {
  const auto t = static_cast<double>(stream.count);
  const double reach = t * rho * rho;
  const double half = std::sqrt(stream.variance * 2 * (reach + 1) / (t * reach) *
                                std::log(std::sqrt(reach + 1) / alpha));
  return {.value = stream.mean, .lower = stream.mean - half, .upper = stream.mean + half};
}

SequenceInterval fixed_interval_of(const StreamMoments& stream, double alpha) {
  const double half = normal_quantile(1 - alpha / 2) *
                      std::sqrt(stream.variance / static_cast<double>(stream.count));
  return {.value = stream.mean, .lower = stream.mean - half, .upper = stream.mean + half};
}

SequenceInterval MeanSequence::interval(double alpha, double rho) const {
  return sequence_interval({.mean = mean_, .variance = variance(), .count = count_}, alpha, rho);
}

SequenceInterval MeanSequence::fixed_interval(double alpha) const {
  return fixed_interval_of({.mean = mean_, .variance = variance(), .count = count_}, alpha);
}

double weighted_outcome(Arrival arrival, double probability) {
  return arrival.treated ? arrival.outcome / probability : -arrival.outcome / (1 - probability);
}

AdjustedEffectSequence::AdjustedEffectSequence(Options options) : options_(options) {
  const std::size_t k = options_.covariates + 1;
  for (Forecast* forecast : {&treated_, &control_}) {
    forecast->gram = Matrix(k, k);
    forecast->moments.assign(k, 0);
    forecast->coefficients.assign(k, 0);
  }
}

double AdjustedEffectSequence::forecast(const Forecast& of,
                                        std::span<const double> covariates) const {
  double sum = of.coefficients.front();
  for (std::size_t c = 0; c < covariates.size(); ++c)
    sum += of.coefficients[c + 1] * covariates[c];
  return sum;
}

double AdjustedEffectSequence::add(Arrival arrival, std::span<const double> covariates) {
  CHECK(covariates.size() == options_.covariates);
  const double p = options_.probability;
  const double treated = forecast(treated_, covariates);
  const double control = forecast(control_, covariates);
  double score = treated - control;
  score +=
      arrival.treated ? (arrival.outcome - treated) / p : -(arrival.outcome - control) / (1 - p);
  effect_.add(score);
  Forecast& own = arrival.treated ? treated_ : control_;
  const auto entry = [&](std::size_t c) { return c == 0 ? 1.0 : covariates[c - 1]; };
  for (std::size_t a = 0; a < own.moments.size(); ++a) {
    own.moments[a] += entry(a) * arrival.outcome;
    for (std::size_t b = 0; b < own.moments.size(); ++b)
      own.gram(a, b) += entry(a) * entry(b);
  }
  if (effect_.count() % options_.refit_every == 0) {
    for (Forecast* each : {&treated_, &control_}) {
      Matrix gram = each->gram;
      for (std::size_t a = 0; a < gram.rows(); ++a)
        gram(a, a) += options_.ridge;
      each->coefficients = Cholesky(gram).solve(each->moments);
    }
  }
  return score;
}

BettingSequence::BettingSequence(double alpha, std::size_t grid)
    : alpha_(alpha), up_(grid + 1), down_(grid + 1), high_(grid) {
  CHECK(grid >= 2 && alpha > 0 && alpha < 1);
}

void BettingSequence::add(double value) {
  CHECK(value >= 0 && value <= 1);
  const auto t = static_cast<double>(count_ + 1);
  // Mean and variance of the answers before this one, with one invented answer of 1/2.
  const double variance = spread_ / t;
  const double bet =
      std::sqrt(2 * std::log(2 / alpha_) / (std::max(variance, 1e-12) * t * std::log(1 + t)));
  const auto grid = static_cast<double>(up_.size() - 1);
  constexpr double kTruncation = 0.5;  // of the largest bet that cannot lose everything
  for (std::size_t i = low_; i <= high_; ++i) {
    const double m = static_cast<double>(i) / grid;
    const double up = m > 0 ? std::min(bet, kTruncation / m) : bet;
    const double down = m < 1 ? std::min(bet, kTruncation / (1 - m)) : bet;
    up_[i] += std::log1p(up * (value - m));
    down_[i] += std::log1p(std::max(-down * (value - m), -1.0 + 1e-300));
  }
  ++count_;
  sum_ += value;
  const double mean = (sum_ + 0.5) / (t + 1);
  spread_ += (value - mean) * (value - mean);
  // Capital is half on each side, and each side alone must reach 2/alpha; what is refused once
  // stays refused, from the ends inwards.
  const double threshold = std::log(2 / alpha_);
  while (low_ < high_ && up_[low_] >= threshold)
    ++low_;
  while (high_ > low_ && down_[high_] >= threshold)
    --high_;
}

SequenceInterval BettingSequence::interval() const {
  const auto grid = static_cast<double>(up_.size() - 1);
  const double value = count_ == 0 ? 0.5 : sum_ / static_cast<double>(count_);
  // One step outwards: a mean between two candidates is refused only if both are.
  const double low = low_ == 0 ? 0 : (static_cast<double>(low_) - 1) / grid;
  const double high = high_ + 1 >= up_.size() ? 1 : (static_cast<double>(high_) + 1) / grid;
  return {.value = value, .lower = low, .upper = high};
}

void MixtureTest::look(std::uint64_t answers, double estimate) {
  const auto n = static_cast<double>(answers);
  const double spread = options_.variance + n * options_.prior_variance;
  const double log_ratio =
      0.5 * std::log(options_.variance / spread) +
      n * n * options_.prior_variance * estimate * estimate / (2 * options_.variance * spread);
  p_ = std::min(p_, std::exp(-log_ratio));
}

}  // namespace hustings::statistics
