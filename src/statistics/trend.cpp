#include "statistics/trend.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "statistics/matrix.h"
#include "statistics/minimise.h"
#include "statistics/special.h"

namespace hustings::statistics {
namespace {

/// The readings summed by day, and by day and house.
struct Sums {
  int first = 0;
  std::size_t days = 0;
  std::size_t houses = 0;
  std::vector<double> weight;    ///< by day
  std::vector<double> moment;    ///< by day
  std::vector<double> by_house;  ///< weight, by house
  std::vector<double> house_moment;
  Matrix both;         ///< weight, days x houses
  double squares = 0;  ///< sum of weight value^2
  double log_variances = 0;
  double readings = 0;
};

Result<Sums> sums_of(const std::vector<Reading>& readings) {
  if (readings.empty()) return invalid("There are no readings.");
  Sums out;
  const auto [first, last] =
      std::minmax_element(readings.begin(), readings.end(),
                          [](const Reading& a, const Reading& b) { return a.day < b.day; });
  out.first = first->day;
  const std::int64_t days = std::int64_t{last->day} - first->day + 1;
  if (days > kTrendDaysMax) {
    return refuse(
        ErrorCode::over_limit,
        fmt::format("The readings span {} days; at most {} are smoothed.", days, kTrendDaysMax));
  }
  out.days = static_cast<std::size_t>(days);
  for (const Reading& reading : readings)
    out.houses = std::max(out.houses, std::size_t{reading.house} + 1);
  out.weight.resize(out.days);
  out.moment.resize(out.days);
  out.by_house.resize(out.houses);
  out.house_moment.resize(out.houses);
  out.both = Matrix(out.days, out.houses);
  for (const Reading& reading : readings) {
    if (!(reading.variance > 0) || !std::isfinite(reading.value)) {
      return invalid(
          fmt::format("The reading of day {} has the value {} and the variance {}; a "
                      "variance is above 0.",
                      reading.day, reading.value, reading.variance));
    }
    const double weight = 1 / reading.variance;
    const auto day = static_cast<std::size_t>(reading.day - out.first);
    out.weight[day] += weight;
    out.moment[day] += weight * reading.value;
    out.by_house[reading.house] += weight;
    out.house_moment[reading.house] += weight * reading.value;
    out.both(day, reading.house) += weight;
    out.squares += weight * reading.value * reading.value;
    out.log_variances += std::log(reading.variance);
    ++out.readings;
  }
  return out;
}

/// The days' tridiagonal precision and its factor: pivots forwards and backwards.
class Walk {
 public:
  Walk(const Sums& sums, double daily_variance) : link_(1 / daily_variance) {
    const std::size_t n = sums.days;
    std::vector<double> diagonal = sums.weight;
    for (std::size_t t = 0; t < n; ++t)
      diagonal[t] += (t > 0 ? link_ : 0) + (t + 1 < n ? link_ : 0);
    forward_ = diagonal;
    backward_ = diagonal;
    for (std::size_t t = 1; t < n; ++t)
      forward_[t] -= link_ * link_ / forward_[t - 1];
    for (std::size_t t = n - 1; t-- > 0;)
      backward_[t] -= link_ * link_ / backward_[t + 1];
    inverse_diagonal_.resize(n);
    for (std::size_t t = 0; t < n; ++t)
      inverse_diagonal_[t] = 1 / (forward_[t] + backward_[t] - diagonal[t]);
  }

  std::vector<double> solve(std::vector<double> b) const {
    for (std::size_t t = 1; t < b.size(); ++t)
      b[t] += link_ / forward_[t - 1] * b[t - 1];
    b.back() /= forward_.back();
    for (std::size_t t = b.size() - 1; t-- > 0;)
      b[t] = (b[t] + link_ * b[t + 1]) / forward_[t];
    return b;
  }
  double inverse_diagonal(std::size_t t) const { return inverse_diagonal_[t]; }
  double log_determinant() const {
    double sum = 0;
    for (const double pivot : forward_)
      sum += std::log(pivot);
    return sum;
  }

 private:
  double link_;
  std::vector<double> forward_;
  std::vector<double> backward_;
  std::vector<double> inverse_diagonal_;
};

struct Scales {
  double daily_sd;
  double house_sd;
};

/// The house effects' equations after the days have been taken out of them.
struct Houses {
  Matrix precision;
  std::vector<double> moment;
};
Houses without_days(const Sums& sums, const std::vector<double>& level_alone, const Matrix& reach,
                    double house_sd) {
  const std::size_t houses = reach.columns();
  Houses out{.precision = Matrix(houses, houses), .moment = std::vector<double>(houses)};
  for (std::size_t a = 0; a < houses; ++a) {
    out.precision(a, a) = sums.by_house[a] + 1 / (house_sd * house_sd);
    out.moment[a] = sums.house_moment[a];
  }
  for (std::size_t t = 0; t < sums.days; ++t) {
    for (std::size_t a = 0; a < houses; ++a) {
      const double weight = sums.both(t, a);
      if (weight == 0) continue;
      out.moment[a] -= weight * level_alone[t];
      for (std::size_t b = 0; b < houses; ++b)
        out.precision(a, b) -= weight * reach(t, b);
    }
  }
  return out;
}

/// The posterior under given standard deviations.
Trend solve(const Sums& sums, Scales scales, double level) {
  const Walk walk(sums, scales.daily_sd * scales.daily_sd);
  const bool with_houses = scales.house_sd > 0;
  const std::size_t houses = with_houses ? sums.houses : 0;
  auto level_alone = walk.solve(sums.moment);
  Matrix reach(sums.days, houses);  // the days' precision, inverted, times the days x houses block
  for (std::size_t h = 0; h < houses; ++h) {
    const auto column = walk.solve(sums.both.column(h));
    for (std::size_t t = 0; t < sums.days; ++t)
      reach(t, h) = column[t];
  }
  const Houses block = without_days(sums, level_alone, reach, scales.house_sd);
  Trend out{.daily_sd = scales.daily_sd, .house_sd = scales.house_sd};
  double explained = 0;
  double log_determinant = walk.log_determinant();
  std::vector<double> effects(houses);
  Matrix inverse(houses, houses);
  if (with_houses) {
    const Cholesky factor(block.precision, 1e-14);
    effects = factor.solve(block.moment);
    inverse = factor.inverse();
    log_determinant += factor.log_determinant();
  }
  const double z = normal_quantile(0.5 + level / 2);
  for (std::size_t t = 0; t < sums.days; ++t) {
    double value = level_alone[t];
    for (std::size_t h = 0; h < houses; ++h)
      value -= reach(t, h) * effects[h];
    const double variance = walk.inverse_diagonal(t) +
                            (with_houses ? quadratic(inverse, reach.row(t), reach.row(t)) : 0);
    const double se = std::sqrt(variance);
    out.days.push_back({.day = sums.first + static_cast<int>(t),
                        .value = value,
                        .se = se,
                        .lower = value - z * se,
                        .upper = value + z * se});
    explained += value * sums.moment[t];
  }
  for (std::size_t h = 0; h < sums.houses; ++h) {
    out.houses.push_back({.value = with_houses ? effects[h] : 0,
                          .se = with_houses ? std::sqrt(inverse(h, h)) : 0,
                          .readings = 0});
    if (with_houses) explained += effects[h] * sums.house_moment[h];
  }
  out.log_likelihood =
      -0.5 * ((sums.readings - 1) * std::log(2 * std::numbers::pi) + sums.log_variances +
              static_cast<double>(sums.days - 1) * 2 * std::log(scales.daily_sd) +
              static_cast<double>(houses) * 2 * (with_houses ? std::log(scales.house_sd) : 0) +
              log_determinant + sums.squares - explained);
  return out;
}

/// The standard deviations that are not given, at their most likely.
Scales most_likely(const Sums& sums, const TrendOptions& options) {
  const double typical = std::sqrt(sums.readings / (sums.weight.empty() ? 1 : [&] {
                                     double all = 0;
                                     for (const double weight : sums.weight)
                                       all += weight;
                                     return all;
                                   }()));
  std::vector<double> start;
  if (!options.daily_sd) start.push_back(std::log(typical / 10));
  if (!options.house_sd && sums.houses > 1) start.push_back(std::log(typical / 2));
  const auto scales_at = [&](const std::vector<double>& at) {
    std::size_t next = 0;
    // Bounds keep the equations solvable where the likelihood rises towards 0.
    const auto take = [&] {
      return std::exp(std::clamp(at[next++], std::log(typical * 1e-4), std::log(typical * 1e3)));
    };
    Scales out{.daily_sd = options.daily_sd ? *options.daily_sd : take(),
               .house_sd = options.house_sd.value_or(0)};
    if (!options.house_sd && sums.houses > 1) out.house_sd = take();
    return out;
  };
  if (start.empty()) return scales_at(start);
  const Minimum best = minimise(
      [&](const std::vector<double>& at) {
        return -solve(sums, scales_at(at), options.level).log_likelihood;
      },
      start, 0.7, 300, 1e-10);
  return scales_at(best.at);
}

}  // namespace

Result<Trend> smooth(const std::vector<Reading>& readings, const TrendOptions& options) {
  const Sums sums = TRY(sums_of(readings));
  if (options.daily_sd && !(*options.daily_sd > 0))
    return invalid("The walk's daily standard deviation must be above 0.");
  if (options.house_sd && !(*options.house_sd >= 0))
    return invalid("The standard deviation of house effects must be 0 or more.");
  Trend out = solve(sums, most_likely(sums, options), options.level);
  for (const Reading& reading : readings)
    ++out.houses[reading.house].readings;
  return out;
}

Result<std::vector<TrendDay>> rolling_means(const std::vector<Reading>& readings, int window,
                                            double level) {
  if (window < 1) return invalid("A window holds at least one day.");
  const Sums sums = TRY(sums_of(readings));
  const double z = normal_quantile(0.5 + level / 2);
  std::vector<TrendDay> out;
  for (std::size_t t = 0; t < sums.days; ++t) {
    double weight = 0;
    double moment = 0;
    const auto reach = static_cast<std::size_t>(window);
    for (std::size_t at = t + 1 > reach ? t + 1 - reach : 0; at <= t; ++at) {
      weight += sums.weight[at];
      moment += sums.moment[at];
    }
    if (weight == 0) continue;
    const double se = std::sqrt(1 / weight);
    const double value = moment / weight;
    out.push_back({.day = sums.first + static_cast<int>(t),
                   .value = value,
                   .se = se,
                   .lower = value - z * se,
                   .upper = value + z * se});
  }
  return out;
}

}  // namespace hustings::statistics
