#include "allocation/normal.h"

#include <array>
#include <cmath>
#include <numbers>

namespace hustings::allocation {
namespace {

template <std::size_t N>
double polynomial(const std::array<double, N>& coefficients, double x) {
  double sum = 0;
  for (const double coefficient : coefficients)
    sum = sum * x + coefficient;
  return sum;
}

constexpr std::array<double, 6> kCentreTop = {-3.969683028665376e+01, 2.209460984245205e+02,
                                              -2.759285104469687e+02, 1.383577518672690e+02,
                                              -3.066479806614716e+01, 2.506628277459239e+00};
constexpr std::array<double, 6> kCentreBottom = {-5.447609879822406e+01, 1.615858368580409e+02,
                                                 -1.556989798598866e+02, 6.680131188771972e+01,
                                                 -1.328068155288572e+01, 1};
constexpr std::array<double, 6> kTailTop = {-7.784894002430293e-03, -3.223964580411365e-01,
                                            -2.400758277161838e+00, -2.549732539343734e+00,
                                            4.374664141464968e+00,  2.938163982698783e+00};
constexpr std::array<double, 5> kTailBottom = {7.784695709041462e-03, 3.224671290700398e-01,
                                               2.445134137142996e+00, 3.754408661907416e+00, 1};
constexpr double kTailBegins = 0.02425;

double first_guess(double p) {
  if (p < kTailBegins) {
    const double q = std::sqrt(-2 * std::log(p));
    return polynomial(kTailTop, q) / polynomial(kTailBottom, q);
  }
  if (p > 1 - kTailBegins) return -first_guess(1 - p);
  const double q = p - 0.5;
  return q * polynomial(kCentreTop, q * q) / polynomial(kCentreBottom, q * q);
}

}  // namespace

double normal_density(double z) {
  return std::exp(-0.5 * z * z) * (std::numbers::inv_sqrtpi / std::numbers::sqrt2);
}

double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

double normal_quantile(double probability) {
  const double z = first_guess(probability);
  const double step = (normal_cdf(z) - probability) / normal_density(z);
  return z - step / (1 + z * step / 2);
}

}  // namespace hustings::allocation
