#include "allocation/race.h"

#include <cmath>
#include <unordered_set>

#include <fmt/format.h>

namespace hustings::allocation {
namespace {

bool is_deviation(double value) { return value >= 0 && value <= 1; }

Status check_contest(const Contest& contest) {
  if (contest.name.empty()) return invalid("A contest has no name.");
  if (contest.weight < 1) {
    return invalid(
        fmt::format("The weight is {}; it must be a whole number from 1.", contest.weight),
        contest.name);
  }
  if (!(contest.mean >= -1 && contest.mean <= 1)) {
    return invalid(fmt::format("The mean is {}; it is our share of the two-party vote less one "
                               "half, from -0.5 to 0.5.",
                               contest.mean),
                   contest.name);
  }
  return {};
}

Status check_mixing(const Errors& errors) {
  if (errors.scales.size() != errors.chances.size()) {
    return invalid("Fat tails need as many chances as scales.");
  }
  double sum = 0;
  for (std::size_t i = 0; i < errors.scales.size(); ++i) {
    if (!(errors.scales[i] > 0 && errors.scales[i] <= 100)) {
      return invalid("A scale of the fat tails must be above 0 and at most 100.");
    }
    if (!(errors.chances[i] >= 0)) return invalid("A chance of the fat tails is negative.");
    sum += errors.chances[i];
  }
  if (!errors.scales.empty() && std::abs(sum - 1) > 1e-9) {
    return invalid(fmt::format("The chances of the fat tails add up to {}, not to 1.", sum));
  }
  return {};
}

Status check_errors(const Race& race) {
  const Errors& errors = race.errors;
  if (!is_deviation(errors.national) || !is_deviation(errors.regional)) {
    return invalid("The national and regional errors are standard deviations of a share: 0 to 1.");
  }
  if (errors.contest.size() != race.contests.size()) {
    return invalid(fmt::format("There are {} contest errors for {} contests.",
                               errors.contest.size(), race.contests.size()));
  }
  for (std::size_t i = 0; i < errors.contest.size(); ++i) {
    if (errors.contest[i] > 0 && errors.contest[i] <= 1) continue;
    return invalid(fmt::format("The contest's own error is {}; it must be above 0 and at most 1.",
                               errors.contest[i]),
                   race.contests[i].name);
  }
  const std::size_t n = race.contests.size();
  if (!errors.correlation.empty() && errors.correlation.size() != n * n) {
    return invalid(fmt::format("The correlation matrix has {} numbers; {} contests need {}.",
                               errors.correlation.size(), n, n * n));
  }
  return check_mixing(errors);
}

}  // namespace

int Race::total_weight() const {
  int sum = 0;
  for (const Contest& contest : contests)
    sum += contest.weight;
  return sum;
}

int Race::threshold() const { return needed > 0 ? needed : total_weight() / 2 + 1; }

Status check_race(const Race& race) {
  if (race.contests.empty()) return invalid("There are no contests.");
  if (race.contests.size() > kContestsMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("There are more than {} contests.", kContestsMax));
  }
  std::unordered_set<std::string> names;
  std::int64_t total = 0;
  for (const Contest& contest : race.contests) {
    TRY(check_contest(contest));
    if (!names.insert(contest.name).second)
      return invalid("The contest is there twice.", contest.name);
    total += contest.weight;
  }
  if (total > kTotalWeightMax) {
    return refuse(ErrorCode::over_limit, fmt::format("The weights add up to {}; {} is the limit.",
                                                     total, kTotalWeightMax));
  }
  if (race.needed < 0 || race.threshold() > total) {
    return invalid(fmt::format("{} are needed to win, but all contests together have {}.",
                               race.needed, total));
  }
  return check_errors(race);
}

}  // namespace hustings::allocation
