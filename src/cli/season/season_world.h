#pragma once

#include <array>
#include <vector>

#include "base/rng.h"
#include "cli/season/season.h"
#include "spending/stored.h"

/// What happens in one simulated season; what the campaign sees of it.
namespace hustings::cli {

/// A channel as the campaign is told about it, and what a week leaves of its effect.
struct SeasonChannel {
  const char* name;
  double effect;           ///< the largest share that a week moves
  double money_per_voter;  ///< a season's, for 63 % of it
  double decay;
};
inline constexpr std::array<SeasonChannel, 4> kSeasonChannels = {{
    {"tv", 0.006, 1.5, 0.7},
    {"digital", 0.003, 0.6, 0.6},
    {"mail", 0.002, 0.9, 0.8},
    {"field", 0.005, 2.5, 0.95},
}};
/// Of the effects, as a part of them: how little is known beforehand.
inline constexpr double kSeasonDoubt = 0.6;

/// Money by contest, channel and week, in cents.
using SeasonSpend = std::vector<std::int64_t>;

/// The truth of one season, drawn from its own numbers: all ways to spend meet the same.
class SeasonWorld {
 public:
  SeasonWorld(const Election& election, const allocation::Race& race, const SeasonRule& rule,
              std::uint64_t seed);

  /// What the campaign knows before the first week.
  const spending::Stored& start() const { return start_; }
  Instant week_begins(int week) const;
  /// Adds what the campaign learns before a week: polls, and measured effects.
  void tell(int week, const SeasonSpend& spent, spending::Stored& known);
  /// The chance to win, with what was spent and the true effects.
  Result<double> chance(const SeasonSpend& spent) const;

  std::size_t cell(std::size_t contest, std::size_t channel, int week) const {
    return (contest * kSeasonChannels.size() + channel) * static_cast<std::size_t>(rule_.weeks) +
           static_cast<std::size_t>(week - 1);
  }
  std::size_t cells() const { return cell(race_.contests.size() - 1, 3, rule_.weeks) + 1; }
  /// What a week's money in a cell does to a whole effect of 1; by what the campaign knows.
  double scale(std::size_t contest, std::size_t channel) const;

 private:
  double normal();
  /// By contest, of all money so far, at the end of a week.
  std::vector<double> moved(const SeasonSpend& spent, int week) const;
  void begin(const Election& election);
  void drift(const Election& election);
  void poll(int week, const std::vector<double>& moved, spending::Stored& known);

  allocation::Race race_;
  SeasonRule rule_;
  Rng rng_;
  Rng polls_;
  std::vector<double> people_;
  std::vector<double> effects_;               ///< by channel
  std::vector<std::vector<double>> opinion_;  ///< by week from 0, by contest; without any money
  std::vector<std::vector<spending::Response>> beliefs_;  ///< by week, by channel
  spending::Stored start_;
};

}  // namespace hustings::cli
