#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "allocation/cents.h"
#include "spending/plan_problem.h"

/// The plan for what is stored: computed, put into cents, and explained. Pure functions.
namespace hustings::spending {

/// Where the next money would do most, and why.
struct NextPlace {
  std::size_t market = 0;
  std::size_t channel = 0;
  std::int64_t week = 1;
  double gain = 0;      ///< of the objective, by kNextCents there
  double gain_low = 0;  ///< 95 % interval, from the effect's error
  double gain_high = 0;
  bool unsure = false;  ///< the interval covers zero
};
constexpr std::int64_t kNextCents = 10'000'00;

struct NewLine {
  std::size_t market = 0;
  std::size_t channel = 0;
  std::int64_t week = 1;
  std::int64_t cents = 0;  ///< beyond what is booked
  double marginal = 0;     ///< of the objective, by a unit of money more
};

struct Planned {
  PlanProblem problem;
  allocation::RacePlan race;  ///< before rounding; where a later plan may begin
  allocation::Cents cents;
  double value = 0;                  ///< of the plan in cents
  double booked_value = 0;           ///< of spending nothing beyond what is booked
  double gain_error = 0;             ///< standard error of the gain, from those of the effects
  std::vector<double> means;         ///< by contest, with the plan
  std::vector<double> booked_means;  ///< by contest, with what is booked alone
  std::vector<double> marginal;      ///< by cell
  std::vector<NewLine> lines;
  std::vector<NextPlace> next;  ///< best first, one a market and channel
  double seconds = 0;

  double gain() const { return value - booked_value; }
  std::int64_t planned_cents() const;
};

/// `before`: the plan before a small change, to begin at. invalid as plan_problem and plan_race.
Result<Planned> make_plan(const Stored& stored, Instant now, const WhatIf& what_if = {},
                          const Planned* before = nullptr);

/// What a page shows of a plan, as one JSON object (docs/formats/spending.md): the objective with
/// and without the plan, its certificate, contests, markets, channels, weeks, limits, the next
/// places and the plan in sentences.
std::string plan_json(const Stored& stored, const Planned& planned);

/// The plan as sentences for people: what it gains, how sure that is, where the next money goes.
std::vector<std::string> plan_sentences(const Stored& stored, const Planned& planned);

}  // namespace hustings::spending
