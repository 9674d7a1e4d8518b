#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"

namespace hustings::allocation {

struct Poll {
  std::uint32_t contest;
  std::int64_t end_day;  ///< days since 1970-01-01
  double people;         ///< asked; > 0
  double share;          ///< ours of the two parties', 0 to 1
};

/// How polls become means.
struct PollRule {
  int days_max = 30;          ///< polls that ended longer ago say nothing
  double half_life_days = 7;  ///< a poll's weight is its people times 0.5 ^ (age / half-life)
};

struct PollMeans {
  std::vector<double> shares;  ///< by contest
  std::vector<bool> polled;    ///< by contest
  double swing = 0;            ///< mean over polled contests of polls less the previous election
  int polls = 0;               ///< that counted
};

/// Where each contest stands on a day: the weighted mean of its polls; without polls its previous
/// share plus the mean swing of the polled ones. invalid: contests that have neither, by name; no
/// poll at all in the days that count.
Result<PollMeans> poll_means(const std::vector<std::string>& contests,
                             const std::vector<std::optional<double>>& previous,
                             const std::vector<Poll>& polls, std::int64_t day,
                             const PollRule& rule = {});

/// Means in which contests without polls (no share) stand at their previous share plus the mean
/// swing of the others. invalid: contests that have neither, by name.
Result<std::vector<double>> with_unpolled(const std::vector<std::string>& contests,
                                          const std::vector<std::optional<double>>& previous,
                                          const std::vector<std::optional<double>>& polled);

}  // namespace hustings::allocation
