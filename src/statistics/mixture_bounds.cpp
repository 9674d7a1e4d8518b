#include "statistics/mixture_bounds.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "statistics/special.h"

namespace hustings::statistics {
namespace {

/// Where an increasing (or, `falling`, a decreasing) function passes `level`.
double crossing(const std::function<double(double)>& function, double low, double high,
                double level, bool falling = false) {
  constexpr int kHalvings = 100;
  for (int i = 0; i < kHalvings && high - low > 1e-15 * std::abs(high); ++i) {
    const double middle = (low + high) / 2;
    if ((function(middle) > level) != falling) {
      high = middle;
    } else {
      low = middle;
    }
  }
  return (low + high) / 2;
}

}  // namespace

double best_rho(double v, double alpha) {
  const double threshold = 2 * std::log(1 / alpha);
  return v / (threshold + std::log1p(threshold));
}

double Mixture::s_max(double) const { return std::numeric_limits<double>::infinity(); }

double Mixture::bound(double v, double alpha) const {
  const double level = std::log(1 / alpha);
  double high = s_max(v);
  if (!std::isfinite(high)) {
    constexpr int kDoublingsMax = 60;
    high = std::max(v, 1.0);
    for (int i = 0; i < kDoublingsMax && log_value(high, v) <= level; ++i)
      high *= 2;
  }
  if (log_value(high, v) < level) return high;
  return crossing([&](double s) { return log_value(s, v); }, 0, high, level);
}

double NormalMixture::log_value(double s, double v) const {
  return 0.5 * std::log(rho_ / (v + rho_)) + s * s / (2 * (v + rho_));
}
double NormalMixture::bound(double v, double alpha) const {
  return std::sqrt((v + rho_) * (std::log1p(v / rho_) + 2 * std::log(1 / alpha)));
}

double OneSidedNormalMixture::log_value(double s, double v) const {
  return 0.5 * std::log(4 * rho_ / (v + rho_)) + s * s / (2 * (v + rho_)) +
         std::log(normal_cdf(s / std::sqrt(v + rho_)));
}

GammaExponentialMixture::GammaExponentialMixture(double rho, double c) : rho_(rho), c_(c) {
  const double r = rho / (c * c);
  constant_ = r * std::log(r) - log_gamma(r) - log_gamma_p(r, r);
}
double GammaExponentialMixture::log_value(double s, double v) const {
  const double square = c_ * c_;
  const double shape = (v + rho_) / square;
  const double reach = (c_ * s + v) / square;
  const double rate = reach + rho_ / square;
  return constant_ + log_gamma(shape) + log_gamma_p(shape, rate) - shape * std::log(rate) + reach;
}

BetaBinomialMixture::BetaBinomialMixture(double rho, StepRange range, bool one_sided)
    : range_(range) {
  const auto [g, h] = range;
  r_ = std::max(rho - g * h, 1e-3 * g * h);
  x_ = one_sided ? h / (g + h) : 1;
  constant_ = log_incomplete_beta(r_ / (g * (g + h)), r_ / (h * (g + h)), x_);
}
double BetaBinomialMixture::s_max(double v) const {
  // A fraction below v / g, where the logarithm below still has an argument above 0.
  return (v + r_) / range_.g * (1 - 1e-12);
}
double BetaBinomialMixture::log_value(double s, double v) const {
  const auto [g, h] = range_;
  const double sum = g + h;
  return v / (g * h) * std::log(sum) - (v + h * s) / (h * sum) * std::log(g) -
         (v - g * s) / (g * sum) * std::log(h) +
         log_incomplete_beta((r_ + v - g * s) / (g * sum), (r_ + v + h * s) / (h * sum), x_) -
         constant_;
}

double Stitching::bound(double v, double alpha) const {
  const double k1 = (std::pow(eta, 0.25) + std::pow(eta, -0.25)) / std::sqrt(2.0);
  const double k2 = (std::sqrt(eta) + 1) / 2;
  const double constant = std::log(zeta(s) / std::pow(std::log(eta), s));
  const double use = std::max(v, v_min);
  const double l = s * std::log(std::log(eta * use / v_min)) + constant + std::log(1 / alpha);
  const double linear = k2 * c * l;
  return std::sqrt(k1 * k1 * use * l + linear * linear) + linear;
}

ShareInterval share_interval(ShareCount count, double alpha, double t_best) {
  const double level = std::log(1 / alpha);
  const auto value = [&](double p) {
    const double spread = p * (1 - p);
    const BetaBinomialMixture mixture(best_rho(t_best * spread, alpha), {.g = p, .h = 1 - p},
                                      false);
    return mixture.log_value(count.successes - count.trials * p, count.trials * spread);
  };
  constexpr double kEdge = 1e-9;
  const double middle = std::clamp(count.successes / count.trials, kEdge, 1 - kEdge);
  ShareInterval out{.lower = 0, .upper = 1};
  if (count.successes > 0 && value(kEdge) > level)
    out.lower = crossing(value, kEdge, middle, level, true);
  if (count.successes < count.trials && value(1 - kEdge) > level)
    out.upper = crossing(value, middle, 1 - kEdge, level);
  return out;
}

}  // namespace hustings::statistics
