#pragma once

#include <cstddef>
#include <vector>

#include "allocation/maximise.h"
#include "allocation/problem.h"

/// Adstock (Broadbent 1979): what was heard in a week is not forgotten in the next. Of the contacts
/// that act in a week a part acts in the week after, beside those bought then; a week's effect is
/// that of all contacts that act in it.
namespace hustings::allocation {

/// The effects of a problem's cells where they lean on each other along its chains. Amounts are
/// money; contacts of an earlier week count at the prices of their own: by the curves' scales.
class CarryOver {
 public:
  /// Of a problem that has passed check_problem. Keeps a reference.
  explicit CarryOver(const Problem& problem);

  bool any() const { return !problem_.chains.empty(); }
  /// By cell: its own money and what still acts of the weeks before, as money of this week.
  std::vector<double> stocks(const std::vector<double>& spend) const;
  /// By cell: its week's effect.
  std::vector<double> effects(const std::vector<double>& stocks) const;
  /// By cell: d (sum of all effects) / d (its own money), later weeks included.
  std::vector<double> slopes(const std::vector<double>& stocks) const;
  /// What `more` money in one cell adds to the sum of all effects.
  double gain_of_more(const std::vector<double>& stocks, std::size_t cell, double more) const;
  /// By cell: what a unit of its stock adds to the stock of the next cell; 0 at a chain's end.
  const std::vector<double>& passed_on() const { return passed_on_; }

 private:
  const Problem& problem_;
  std::vector<double> passed_on_;
};

/// The part of contacts that acts a week later, if half of them are forgotten in so many weeks; 0
/// of 0 weeks.
double kept_of_half_life(double weeks);

/// How far to go.
struct CarrySearch {
  Search search;
  int rounds_max = 600;
  /// Ends when a round promises less than this part of the value, or of what the first one
  /// promised.
  double promise_min = 1e-13;
  double promise_part = 0;
};

/// maximise() for a problem with chains: separable concave functions that touch the objective at
/// the plan are maximised exactly, sharper where they promised too much, until they promise nothing
/// more (Svanberg 2002, conservative convex separable approximation). Where all curves are concave
/// the plan is best and `bound` says so: the objective's tangent plane, over all plans. Else the
/// plan is one that no small change makes better, and the bound, from concave envelopes, may be
/// wide. `start`: prices of a similar problem; `from`: a plan to begin at, if it is within the
/// limits.
Result<Optimum> maximise_carried(const Problem& problem, const CarrySearch& search,
                                 const Relaxed* start, const std::vector<double>* from);

}  // namespace hustings::allocation
