#include "statistics/cross_fit_sequence.h"

#include <algorithm>

#include "base/error.h"

namespace hustings::statistics {
namespace {

constexpr double kUnitsLeast = 5;  ///< of each arm in each half

}  // namespace

CrossFitSequence::CrossFitSequence(Options options) : options_(options) {
  const std::size_t size = options_.covariates + 2;
  for (auto& half : sums_) {
    for (Sums& sums : half)
      sums.products = Matrix(size, size);
  }
}

void CrossFitSequence::add(Arrival arrival, std::span<const double> covariates, std::size_t half) {
  CHECK(covariates.size() == options_.covariates && half < 2);
  Sums& sums = sums_[half][arrival.treated ? 1 : 0];
  const std::size_t last = options_.covariates + 1;
  const auto entry = [&](std::size_t c) {
    return c == 0 ? 1.0 : c == last ? arrival.outcome : covariates[c - 1];
  };
  for (std::size_t a = 0; a <= last; ++a) {
    for (std::size_t b = 0; b <= last; ++b)
      sums.products(a, b) += entry(a) * entry(b);
  }
  sums.count += 1;
  ++count_;
}

bool CrossFitSequence::is_ready() const {
  for (const auto& half : sums_) {
    for (const Sums& sums : half) {
      if (sums.count < kUnitsLeast) return false;
    }
  }
  return true;
}

/// The regression of the outcome on the constant and the covariates.
std::vector<double> CrossFitSequence::fit(const Sums& sums) const {
  const std::size_t k = options_.covariates + 1;
  Matrix gram(k, k);
  std::vector<double> moments(k);
  for (std::size_t a = 0; a < k; ++a) {
    moments[a] = sums.products(a, k);
    for (std::size_t b = 0; b < k; ++b)
      gram(a, b) = sums.products(a, b);
    // Growing with the data at first, so that few units are not fitted by many covariates.
    if (a > 0) gram(a, a) += options_.ridge * sums.count + 1;
  }
  return Cholesky(gram).solve(moments);
}

CrossFitSequence::Look CrossFitSequence::look() const {
  const double p = options_.probability;
  const std::size_t k = options_.covariates + 1;
  double sum = 0;
  double squares = 0;
  for (std::size_t half = 0; half < 2; ++half) {
    const std::vector<double> control = fit(sums_[1 - half][0]);
    const std::vector<double> treated = fit(sums_[1 - half][1]);
    for (std::size_t arm = 0; arm < 2; ++arm) {
      // A unit's score is linear in z, so its sums follow from those of z.
      std::vector<double> score(k + 1);
      for (std::size_t c = 0; c < k; ++c) {
        score[c] = arm == 1 ? treated[c] * (1 - 1 / p) - control[c]
                            : treated[c] - control[c] * (1 - 1 / (1 - p));
      }
      score[k] = arm == 1 ? 1 / p : -1 / (1 - p);
      const Matrix& products = sums_[half][arm].products;
      for (std::size_t a = 0; a <= k; ++a) {
        sum += score[a] * products(a, 0);
        for (std::size_t b = 0; b <= k; ++b)
          squares += score[a] * score[b] * products(a, b);
      }
    }
  }
  const auto n = static_cast<double>(count_);
  const double mean = sum / n;
  return {.mean = mean, .variance = std::max(0.0, squares / n - mean * mean)};
}

SequenceInterval CrossFitSequence::interval(double alpha, double rho) const {
  const Look now = look();
  return sequence_interval({.mean = now.mean, .variance = now.variance, .count = count_}, alpha,
                           rho);
}

SequenceInterval CrossFitSequence::fixed_interval(double alpha) const {
  const Look now = look();
  return fixed_interval_of({.mean = now.mean, .variance = now.variance, .count = count_}, alpha);
}

}  // namespace hustings::statistics
