#pragma once

#include <cstdint>
#include <vector>

#include "spending/plan_problem.h"

/// What money has moved already. A poll holds the effect of whatever was spent before its day: a
/// plan that begins at the polls and adds the effect of all money would count that part twice. So
/// what the money had moved by a poll's day, as it was felt then, is taken off the poll; what is
/// left of it on election day comes back with the effects of the plan. Pure functions.
namespace hustings::spending {

class PastEffects {
 public:
  /// `booked` and `theirs`: money by cell, ours and the opponent's; the problem's cells and chains
  /// are made. Keeps references.
  PastEffects(const Stored& stored, const PlanProblem& problem, const WhatIf& what_if,
              const std::vector<double>& theirs);

  /// By contest: the share that our money less theirs had moved at a moment, in weeks since the
  /// campaign's first day (2.5: the middle of week 3). A week's money is spent evenly over its
  /// days, acts in full at its end, and fades from then on by its channel's decay.
  std::vector<double> at(double weeks) const;
  /// By poll: that share at the end of its last day.
  std::vector<double> by_poll() const;

 private:
  /// One side's money.
  struct Side {
    std::vector<double> stocks;  ///< by cell: money that acts in its week
    std::vector<double> full;    ///< by cell: its effect at the end of its week
    double sign;
  };
  void add(const std::vector<double>& money, double sign);
  double felt(const Side& side, std::size_t first, double weeks) const;

  const Stored& stored_;
  const PlanProblem& problem_;
  std::vector<double> sizes_;  ///< by channel: the effect before it fades
  std::vector<Side> sides_;
};

}  // namespace hustings::spending
