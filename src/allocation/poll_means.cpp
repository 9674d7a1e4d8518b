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

/// Polls less the previous result, over the contests that have both.
double swing_of(const std::vector<std::optional<double>>& previous,
                const std::vector<std::optional<double>>& polled) {
  double swings = 0;
  int compared = 0;
  for (std::size_t i = 0; i < polled.size(); ++i) {
    if (!polled[i] || !previous[i]) continue;
    swings += *polled[i] - *previous[i];
    ++compared;
  }
  return compared > 0 ? swings / compared : 0;
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
  std::vector<std::optional<double>> shares(n);
  for (std::size_t i = 0; i < n; ++i) {
    if (means.polled[i]) shares[i] = sum[i] / weight[i];
  }
  means.swing = swing_of(previous, shares);
  means.shares = TRY(with_unpolled(contests, previous, shares));
  return means;
}

Result<std::vector<double>> with_unpolled(const std::vector<std::string>& contests,
                                          const std::vector<std::optional<double>>& previous,
                                          const std::vector<std::optional<double>>& polled) {
  const double swing = swing_of(previous, polled);
  std::vector<double> shares(polled.size());
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < polled.size(); ++i) {
    if (polled[i])
      shares[i] = *polled[i];
    else if (previous[i])
      shares[i] = std::fmin(1, std::fmax(0, *previous[i] + swing));
    else
      unknown.push_back(contests[i]);
  }
  if (unknown.empty()) return shares;
  return invalid(fmt::format("There are no polls and no previous result for {}; add either.",
                             names_of(unknown)));
}

}  // namespace hustings::allocation
