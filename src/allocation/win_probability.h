#pragma once

#include <memory>
#include <span>
#include <vector>

#include "allocation/conditions.h"
#include "allocation/race.h"

namespace hustings::allocation {

/// The probability of winning a race, and its gradient, without simulation.
///
/// Given the shared errors, contests are independent: their votes are convolved inside each region
/// and over regions, and the shared errors are integrated by quadrature. The gradient comes from
/// the same recursion run backwards. Not for several threads at once.
class WinProbability {
 public:
  /// invalid as check_race and check_correlation.
  static Result<WinProbability> make(const Race& race, const Resolution& resolution = {});
  WinProbability(WinProbability&&) noexcept;
  WinProbability& operator=(WinProbability&&) noexcept;
  ~WinProbability();

  /// P(weight won >= threshold) at these means, one for each contest.
  double value(std::span<const double> means);
  /// The same; writes Q, the derivative by each mean (Strömberg's Q: the density at which the
  /// contest is tied and decides), to `slopes`.
  double value_and_slopes(std::span<const double> means, std::span<double> slopes);
  /// The chance of every total weight, from 0 to all.
  std::vector<double> distribution(std::span<const double> means);

  const Race& race() const;
  bool exact() const;
  const std::string& note() const;

 private:
  struct Engine;
  explicit WinProbability(std::unique_ptr<Engine> engine);
  std::unique_ptr<Engine> engine_;
};

/// A race at its means, as people read it.
struct Outlook {
  double win = 0;
  double win_error = 0;  ///< of the integration: seen by refining it, or a standard error
  double tie = 0;        ///< no majority on either side
  double expected_weight = 0;
  std::vector<double> chances;  ///< by contest
  std::vector<double> slopes;   ///< by contest: Q
  std::vector<double> distribution;
  bool exact = true;
  std::string note;
};
/// invalid as WinProbability::make. Refines the quadrature until the answer is right to about
/// 2e-11, within its limits.
Result<Outlook> outlook_of(const Race& race);

/// The resolution at which P(win) of a race is as right as it gets, P(win), and its error.
struct Settled {
  Resolution resolution;
  double value = 0;
  double error = 0;
};
/// invalid as WinProbability::make.
Result<Settled> settle(const Race& race);

/// The chance that contest s is won, if its mean were `mean`.
double chance_at(const Race& race, std::size_t contest, double mean);
/// d chance_at / d mean.
double chance_slope_at(const Race& race, std::size_t contest, double mean);

}  // namespace hustings::allocation
