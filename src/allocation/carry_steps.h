#pragma once

#include <memory>
#include <vector>

#include "allocation/carry_over.h"

/// What maximise_carried steps on: separable concave functions that touch a chained objective.
namespace hustings::allocation {

constexpr double kSharpestMost = 1e8;  ///< times the curvature: no step helps any more
constexpr double kExponentMax = 30;    ///< of a touching curve at its plan, so that it stays finite
constexpr double kFlat = 1e3;          ///< scales in which a curve is as good as straight

/// A chained problem, the plan that was looked at last, and curves that touch there.
class CarrySteps {
 public:
  virtual ~CarrySteps() = default;
  /// The sum of all effects of a plan, which is then the one that was looked at last.
  virtual double look(const std::vector<double>& spend) = 0;
  /// From now on the curves touch at the plan that was looked at last.
  virtual void touch() = 0;
  /// The best plan for touching curves that bend so many times as much as the objective along each
  /// cell: its spend and prices. As maximise_checked.
  virtual Result<Optimum> best(double sharpness) = 0;
  /// What the curves of the last best() promise of its plan, beyond the one that they touch.
  virtual double promise(const std::vector<double>& spend) const = 0;
  /// No plan is better: from the tangent plane of the effects at this one.
  virtual Result<double> bound(const std::vector<double>& spend) = 0;
};

/// For any problem with chains; keeps references.
std::unique_ptr<CarrySteps> carry_steps(const Problem& problem, const CarryOver& carry,
                                        const Search& search, const Relaxed* start);
/// The same over columns, eight cells at a time: every curve saturates, no minimum buys, and no
/// limit but the budget.
bool fits_columns(const Problem& problem);
std::unique_ptr<CarrySteps> column_steps(const Problem& problem, const CarryOver& carry,
                                         const Relaxed* start);

/// The most that any plan reaches on a plane with a slope for each cell, limits aside.
double best_on_lines(const Problem& problem, const std::vector<double>& slopes);

}  // namespace hustings::allocation
