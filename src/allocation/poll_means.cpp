#include "allocation/poll_means.h"

#include <cmath>

#include <fmt/format.h>

namespace hustings::allocation {
namespace {

constexpr std::size_t kNamed = 8;

std::string names_of(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kNamed; ++i)
    text += (i > 0 ? ", " : "") + names[i];
  if (names.size() > kNamed) text += fmt::format(" and {} more", names.size() - kNamed);
  return text;
}

}  // namespace

Result<PollMeans> poll_means(const std::vector<std::string>& contests,
                             const std::vector<std::optional<double>>& previous,
                             const std::vector<Poll>& polls, std::int64_t day,
                             const PollRule& rule) {
  const std::size_t n = contests.size();
  std::vector<double> sum(n);
  std::vector<double> weight(n);
  PollMeans means{std::vector<double>(n), std::vector<bool>(n)};
  for (const Poll& poll : polls) {
    const std::int64_t age = day - poll.end_day;
    if (age < 0 || age > rule.days_max) continue;
    const double w = poll.people * std::exp2(-static_cast<double>(age) / rule.half_life_days);
    sum[poll.contest] += w * poll.share;
    weight[poll.contest] += w;
    means.polled[poll.contest] = true;
    ++means.polls;
  }
  if (means.polls == 0) {
    return invalid(fmt::format("No poll ended in the {} days before this one.", rule.days_max));
  }
  double swings = 0;
  int compared = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (!means.polled[i]) continue;
    means.shares[i] = sum[i] / weight[i];
    if (!previous[i]) continue;
    swings += means.shares[i] - *previous[i];
    ++compared;
  }
  if (compared > 0) means.swing = swings / compared;
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < n; ++i) {
    if (means.polled[i]) continue;
    if (!previous[i])
      unknown.push_back(contests[i]);
    else
      means.shares[i] = std::fmin(1, std::fmax(0, *previous[i] + means.swing));
  }
  if (unknown.empty()) return means;
  return invalid(fmt::format("There are no polls and no previous result for {}; add either.",
                             names_of(unknown)));
}

}  // namespace hustings::allocation
