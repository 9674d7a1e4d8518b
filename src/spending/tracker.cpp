#include "spending/tracker.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace hustings::spending {
namespace {

constexpr std::array<double, 8> kDaily = {0.0005, 0.001, 0.0015, 0.002, 0.003, 0.004, 0.006, 0.01};
constexpr std::array<double, 6> kHouses = {0.0025, 0.005, 0.01, 0.015, 0.02, 0.03};
constexpr TrackerScales kUsual = {.daily_sd = 0.002, .house_sd = 0.01};

/// Of a normal prior of the logarithm, with standard deviation one: e times more or less.
double log_prior(double value, double usual) {
  const double apart = std::log(value / usual);
  return -apart * apart / 2;
}

/// Of all readings; nothing where a contest's cannot be followed.
std::optional<double> log_likelihood(const std::vector<Followed>& contests,
                                     const TrackerScales& scales) {
  double sum = 0;
  for (const Followed& readings : contests) {
    if (readings.empty()) continue;
    const auto trend =
        statistics::smooth(readings, {.daily_sd = scales.daily_sd, .house_sd = scales.house_sd});
    if (!trend) return std::nullopt;
    sum += trend->log_likelihood;
  }
  return sum;
}

}  // namespace

double variance_of(double share, double people) {
  // A share next to 0 or 1 by a handful of people is not known that exactly.
  constexpr double kNotMoreExtreme = 0.05;
  const double inside = std::clamp(share, kNotMoreExtreme, 1 - kNotMoreExtreme);
  return inside * (1 - inside) / people;
}

TrackerScales likely_scales(const std::vector<Followed>& contests) {
  TrackerScales best = kUsual;
  double most = -std::numeric_limits<double>::infinity();
  for (const double daily : kDaily) {
    for (const double house : kHouses) {
      const TrackerScales scales{.daily_sd = daily, .house_sd = house};
      const auto likelihood = log_likelihood(contests, scales);
      if (!likelihood) continue;
      const double value =
          *likelihood + log_prior(daily, kUsual.daily_sd) + log_prior(house, kUsual.house_sd);
      if (value <= most) continue;
      most = value;
      best = scales;
    }
  }
  return best;
}

Tracked track(const std::vector<Followed>& contests, const TrackerScales& scales,
              std::int64_t day) {
  Tracked out{.shares = std::vector<std::optional<double>>(contests.size()),
              .errors = std::vector<std::optional<double>>(contests.size())};
  for (std::size_t i = 0; i < contests.size(); ++i) {
    if (contests[i].empty()) continue;
    const auto trend =
        statistics::smooth(contests[i], {.daily_sd = scales.daily_sd, .house_sd = scales.house_sd});
    if (!trend) continue;
    const statistics::TrendDay& last = trend->days.back();
    const auto since = static_cast<double>(std::max<std::int64_t>(0, day - last.day));
    out.shares[i] = std::clamp(last.value, 0.0, 1.0);
    out.errors[i] = std::sqrt(last.se * last.se + scales.daily_sd * scales.daily_sd * since);
  }
  return out;
}

}  // namespace hustings::spending
