#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "allocation/conditions.h"
#include "allocation/maximise.h"
#include "allocation/problem.h"
#include "allocation/race.h"

/// Money that moves a race: cells act in markets, markets reach into contests.
namespace hustings::allocation {

/// What a plan makes as large as it can.
enum class Objective : std::uint8_t {
  win,              ///< P(weight won >= threshold)
  expected_weight,  ///< expected electoral votes or seats
  net_votes,        ///< expected votes ahead, over all contests
  robust_win,       ///< P(win) under the worst of a set of errors of the polls
};
std::string_view to_string(Objective objective);
std::optional<Objective> objective_from(std::string_view text);

/// The part of a contest's voters who live in a market.
struct Reach {
  std::uint32_t market;
  std::uint32_t contest;
  double share;
};

struct Campaign {
  Race race;
  /// A cell's effect is the two-party share, in parts of one, that its market moves to us.
  Problem problem;
  std::vector<std::uint32_t> market_of;  ///< by cell
  std::size_t markets = 0;
  std::vector<Reach> reaches;
  Objective objective = Objective::win;
  std::vector<double> votes;  ///< expected, by contest; for net_votes
  /// robust_win: errors of the means, by contest, one of which may be true.
  std::vector<std::vector<double>> poll_errors;
};

/// Where spending leaves each contest: mean + sum over markets of share * effect.
std::vector<double> means_after(const Campaign& campaign, const std::vector<double>& spend);

struct RacePlan {
  Optimum optimum;                ///< value, bound and prices in units of the objective
  double without = 0;             ///< the objective if nothing were spent
  std::vector<double> means;      ///< by contest, after the spending
  std::vector<double> slopes;     ///< by contest: d objective / d mean there (Q)
  std::vector<double> worth;      ///< by market: d objective / d (share moved in it)
  std::vector<double> scenarios;  ///< robust_win: P(win) under each poll error
  /// The bound is one over all plans (the objective is concave along them: net votes); otherwise
  /// it is the first-order (Frank-Wolfe) bound at the plan, and 0 means that no small change helps.
  bool bound_is_global = false;
  int rounds = 0;    ///< exact gradients computed
  std::string note;  ///< what was changed in the race to make it computable; or empty
  std::optional<Resolution> resolution;  ///< at which P(win) was computed, if it was
};

/// Sequential exact gradients: Q at the plan, the best plan for that Q by maximise(), again, until
/// the Frank-Wolfe gap closes. Coarse quadrature first, then fine. Begins from several plans and
/// keeps the best; or from `start` alone, the plan before a change. invalid as check_race,
/// check_problem, and where parts do not fit each other.
Result<RacePlan> plan_race(const Campaign& campaign, const Search& search = {},
                           const RacePlan* start = nullptr);

/// The objective at given means, and its slopes where `slopes` is not empty. For robust_win that of
/// the worst poll error. `resolution`: a plan's of the same campaign, which need not be found
/// again.
Result<double> objective_at(const Campaign& campaign, const std::vector<double>& means,
                            std::vector<double>* slopes,
                            const std::optional<Resolution>& resolution = std::nullopt);

}  // namespace hustings::allocation
