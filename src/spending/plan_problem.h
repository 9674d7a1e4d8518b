#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "allocation/campaign.h"
#include "base/clock.h"
#include "base/error.h"
#include "spending/poll_picture.h"
#include "spending/stored.h"

/// What is stored as a problem for the optimiser. Pure functions; money here is in whole units of
/// the currency, as the optimiser takes it.
namespace hustings::spending {

/// What a page tries out, beside what is stored.
struct WhatIf {
  std::optional<std::int64_t> budget_cents;
  std::optional<allocation::Objective> objective;
  double swing = 0;                       ///< added to our share in every contest, parts of one
  std::map<std::string, double> effects;  ///< by channel: its effect so many times as large
  std::optional<double> explore_share;
};

struct PlanProblem {
  allocation::Campaign campaign;
  std::size_t channels = 0;
  std::size_t weeks = 0;
  std::int64_t first_open_week = 1;   ///< earlier ones are over: nothing new is planned there
  std::vector<std::int64_t> booked;   ///< cents by cell
  std::vector<bool> acts;             ///< by cell: its channel has an effect and there is a price
  std::vector<std::size_t> held_out;  ///< markets of the hold-out
  std::vector<std::size_t> compared;  ///< their partners with money
  std::vector<double> effect_errors;  ///< by channel: standard error, as a part of the effect
  std::vector<bool> effect_unsure;    ///< by channel: its 95 % interval covers zero
  std::int64_t budget_cents = 0;
  std::vector<double> polled;            ///< by contest: our share as the polls have it
  std::vector<double> unmoved;           ///< … less what money had moved by their days
  std::optional<TrackerScales> tracker;  ///< of the tracker, where it made the means
  std::int64_t inputs = 0;               ///< Settings::inputs that it was made of

  /// Booked, by cell, in whole units of the currency.
  std::vector<double> booked_money() const;
  std::size_t cell(std::size_t market, std::size_t channel, std::int64_t week) const {
    return (market * channels + channel) * weeks + static_cast<std::size_t>(week - 1);
  }
  std::size_t market_of(std::size_t cell) const { return cell / (channels * weeks); }
  std::size_t channel_of(std::size_t cell) const { return cell / weeks % channels; }
  std::int64_t week_of(std::size_t cell) const {
    return static_cast<std::int64_t>(cell % weeks) + 1;
  }
};

/// `before`: one of the same inputs, which saves some work; of others it is not looked at. invalid:
/// something is missing (missing_of), contests that nothing is known of.
Result<PlanProblem> plan_problem(const Stored& stored, Instant now, const WhatIf& what_if = {},
                                 const PlanProblem* before = nullptr);

}  // namespace hustings::spending
