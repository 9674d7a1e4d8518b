#include "allocation/carry_over.h"

#include <algorithm>
#include <cmath>

#include "allocation/envelope.h"

namespace hustings::allocation {
namespace {

constexpr double kTrusted = 0.1;       ///< of what was promised, that a step must bring
constexpr double kSharpestMost = 1e8;  ///< times the curvature: no step helps any more
constexpr double kExponentMax = 30;    ///< of a touching curve at its plan, so that it stays finite
constexpr double kFlat = 1e3;          ///< scales in which a curve is as good as straight
/// A plan at which a Hill curve of shape below 1 has a slope: this part of its scale.
constexpr double kFirstMoney = 1e-9;

/// The separable problem that touches the objective at a plan.
class Touching {
 public:
  Touching(const Problem& problem, const CarryOver& carry) : carry_(carry), cells_(problem) {
    cells_.chains.clear();
    at_.resize(problem.cells.size());
    steep_.resize(problem.cells.size());
    wide_.resize(problem.cells.size());
  }

  void look(const Problem& problem, const std::vector<double>& spend) {
    at_ = spend;
    std::vector<double> stocks = carry_.stocks(spend);
    for (std::size_t i = 0; i < stocks.size(); ++i)
      stocks[i] = std::max(stocks[i], kFirstMoney * problem.cells[i].curve.scale);
    steep_ = carry_.slopes(stocks);
    const std::vector<double>& on = carry_.passed_on();
    double later = 0;
    for (std::size_t i = stocks.size(); i-- > 0;) {
      const Curve& curve = problem.cells[i].curve;
      later = curve.bend(stocks[i]) + on[i] * on[i] * later;
      wide_[i] = later < 0 ? -steep_[i] / later : kFlat * curve.scale;
    }
  }

  /// With curves that bend so many times as much as the objective along each cell.
  const Problem& sharpened(double sharpness, const Problem& problem) {
    for (std::size_t i = 0; i < at_.size(); ++i) {
      const double scale = problem.cells[i].curve.scale;
      const double width =
          std::clamp(wide_[i] / sharpness, std::max(at_[i] / kExponentMax, scale / kSharpestMost),
                     std::max(at_[i], kFlat * scale));
      cells_.cells[i].curve = {.kind = CurveKind::saturating,
                               .size = steep_[i] * width * std::exp(at_[i] / width),
                               .scale = width};
    }
    return cells_;
  }

  /// What the touching curves promise of a plan, beyond the one that they touch.
  double promise(const std::vector<double>& spend) const {
    double sum = 0;
    for (std::size_t i = 0; i < spend.size(); ++i) {
      const double width = cells_.cells[i].curve.scale;
      sum += steep_[i] * width * -std::expm1(-(spend[i] - at_[i]) / width);
    }
    return sum;
  }

 private:
  const CarryOver& carry_;
  Problem cells_;
  std::vector<double> at_;
  std::vector<double> steep_;  ///< slopes
  std::vector<double> wide_;   ///< slope over curvature: the scale of the touching curve
};

double sum_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values)
    sum += value;
  return sum;
}

/// No plan is better: the tangent plane of the effects' concave envelopes at this one.
Result<double> bound_of(const Problem& problem, const CarryOver& carry, const Search& search,
                        const std::vector<double>& spend) {
  const std::vector<double> stocks = carry.stocks(spend);
  const std::vector<double>& on = carry.passed_on();
  Problem plane = problem;
  plane.chains.clear();
  double value = 0;
  double later = 0;
  for (std::size_t i = stocks.size(); i-- > 0;) {
    Cell& cell = plane.cells[i];
    const Envelope envelope = Envelope::of({.curve = cell.curve}, 0, kNoLimit);
    const double at = std::max(stocks[i], kFirstMoney * cell.curve.scale);
    // The tangent where it touches: at money that is next to nothing a little beside the plan.
    const double slope =
        at < envelope.knee ? envelope.chord : envelope.curve.slope(std::max(at, envelope.knee));
    value += envelope.value(at) + slope * (stocks[i] - at);
    later = slope + on[i] * later;
    value -= later * spend[i];
    cell.curve = {.kind = CurveKind::linear, .size = later, .scale = 1};
    cell.minimum = 0;
  }
  return value + TRY(maximise_checked(plane, search, nullptr)).bound;
}

/// A plan within the limits; one for another budget may be none.
bool keeps(const Problem& problem, const std::vector<double>& spend) {
  const double slack = 1e-9 * std::max(1.0, problem.budget);
  if (spend.size() != problem.cells.size() || sum_of(spend) > problem.budget + slack) return false;
  for (std::size_t i = 0; i < spend.size(); ++i) {
    const Cell& cell = problem.cells[i];
    const bool bought = cell.minimum <= cell.low || spend[i] <= cell.low + slack ||
                        spend[i] >= cell.minimum - slack;
    if (spend[i] < cell.low - slack || spend[i] > cell.high + slack || !bought) return false;
  }
  for (const Limit& limit : problem.limits) {
    double sum = 0;
    for (const std::uint32_t cell : limit.cells)
      sum += spend[cell];
    if (sum < limit.floor - slack || sum > limit.cap + slack) return false;
  }
  return true;
}

/// Steps along touching problems.
class Climb {
 public:
  Climb(const Problem& problem, const CarryOver& carry, const CarrySearch& search)
      : problem_(problem), carry_(carry), search_(search), touching_(problem, carry) {}

  Status run(const Relaxed* start, Optimum& best) {
    if (start != nullptr) prices_ = *start;
    bool has_prices = start != nullptr;
    best.value = value(best.spend);
    touching_.look(problem_, best.spend);
    double first = 0;
    for (int round = 0; round < search_.rounds_max && sharpness_ < kSharpestMost; ++round) {
      const Problem& separable = touching_.sharpened(sharpness_, problem_);
      const bool warm = has_prices && !problem_.limits.empty();
      Optimum next = TRY(maximise_checked(separable, search_.search, warm ? &prices_ : nullptr));
      prices_.price = next.price;
      prices_.prices = next.prices;
      has_prices = true;
      const double promised = touching_.promise(next.spend);
      if (round == 0) first = promised;
      const double reached = value(next.spend);
      best.price = next.price;
      best.prices = std::move(next.prices);
      best.rounds = round + 1;
      if (promised <= std::max(search_.promise_min * std::abs(best.value),
                               search_.promise_part * (round > 0 ? first : 0)))
        return {};
      judge((reached - best.value) / promised);
      if (reached - best.value < kTrusted * promised) continue;
      best.spend = std::move(next.spend);
      best.value = reached;
      touching_.look(problem_, best.spend);
    }
    return {};
  }

 private:
  double value(const std::vector<double>& spend) const {
    return sum_of(carry_.effects(carry_.stocks(spend)));
  }
  /// What was promised too boldly is promised less boldly from now on, and the other way round.
  void judge(double kept) {
    if (kept < kTrusted) {
      sharpness_ *= 4;
    } else if (kept < 0.7) {
      sharpness_ *= 1.5;
    } else if (kept > 0.9) {
      sharpness_ = std::max(0.3, sharpness_ * 0.7);
    }
  }

  const Problem& problem_;
  const CarryOver& carry_;
  const CarrySearch& search_;
  Touching touching_;
  Relaxed prices_;
  double sharpness_ = 1;
};

}  // namespace

CarryOver::CarryOver(const Problem& problem) : problem_(problem), passed_on_(problem.cells.size()) {
  for (const Chain& chain : problem.chains) {
    for (std::size_t i = chain.first; i + 1 < chain.first + chain.cells; ++i) {
      passed_on_[i] = chain.kept * problem.cells[i + 1].curve.scale / problem.cells[i].curve.scale;
    }
  }
}

std::vector<double> CarryOver::stocks(const std::vector<double>& spend) const {
  std::vector<double> stocks = spend;
  for (std::size_t i = 1; i < stocks.size(); ++i)
    stocks[i] += passed_on_[i - 1] * stocks[i - 1];
  return stocks;
}

std::vector<double> CarryOver::effects(const std::vector<double>& stocks) const {
  std::vector<double> effects(stocks.size());
  for (std::size_t i = 0; i < stocks.size(); ++i)
    effects[i] = problem_.cells[i].curve.value(stocks[i]);
  return effects;
}

std::vector<double> CarryOver::slopes(const std::vector<double>& stocks) const {
  std::vector<double> slopes(stocks.size());
  double later = 0;
  for (std::size_t i = stocks.size(); i-- > 0;) {
    later = problem_.cells[i].curve.slope(stocks[i]) + passed_on_[i] * later;
    slopes[i] = later;
  }
  return slopes;
}

double CarryOver::gain_of_more(const std::vector<double>& stocks, std::size_t cell,
                               double more) const {
  double gain = 0;
  for (std::size_t i = cell;; ++i) {
    const Curve& curve = problem_.cells[i].curve;
    gain += curve.value(stocks[i] + more) - curve.value(stocks[i]);
    if (passed_on_[i] <= 0) return gain;
    more *= passed_on_[i];
  }
}

double kept_of_half_life(double weeks) { return weeks > 0 ? std::exp2(-1 / weeks) : 0; }

Result<Optimum> maximise_carried(const Problem& problem, const CarrySearch& search,
                                 const Relaxed* start, const std::vector<double>* from) {
  const CarryOver carry(problem);
  Optimum best;
  if (from != nullptr && keeps(problem, *from)) {
    best.spend = *from;
  } else {
    Problem alone = problem;
    alone.chains.clear();
    best = TRY(maximise_checked(alone, search.search, start));
  }
  TRY(Climb(problem, carry, search).run(start, best));
  best.nodes = 1;
  best.bound = std::max(best.value, TRY(bound_of(problem, carry, search.search, best.spend)));
  return best;
}

}  // namespace hustings::allocation
