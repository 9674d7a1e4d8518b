#include <algorithm>
#include <cmath>

#include "allocation/relaxation.h"

namespace hustings::allocation {
namespace {

constexpr int kRoundsMax = 400;
constexpr int kHalvesMax = 40;
constexpr int kSweepsMax = 12;
constexpr double kRidge = 1e-13;
/// Kept when broken by less than this part of the budget.
constexpr double kKept = 1e-13;
/// Broken by more than this part of the budget: the limits cannot all be kept.
constexpr double kBroken = 1e-7;
/// Slopes below this part of the price are lost in sums of prices.
constexpr double kFlat = 1e-8;
/// Of the steepest cell's first slope: what money brings below it is nothing to what it brought.
constexpr double kSpent = 1e-12;

/// A limit as the dual sees it: sign * (sum of its cells) <= sign * amount, with a price >= 0.
struct Row {
  double sign;
  double amount;
  std::size_t limit;  ///< its place in Problem::limits; the budget is none
};

/// What a cell wants at a price, what that is worth, and how fast it falls with the price.
struct Wish {
  double spend;
  double worth;  ///< value - price * spend, of the smoothed envelope
  double fall;
};

double fall_of(const Envelope& cell, double spend) {
  if (spend <= cell.low || spend <= cell.knee || spend >= cell.high) return 0;
  const double bend = cell.curve.bend(spend);
  return bend < 0 ? -1 / bend : 0;
}

/// The same of a saturating cell that is its own envelope: where it is at neither end its slope is
/// the price, so that a logarithm is all it takes.
Wish saturating_wish(const Envelope& cell, double price) {
  const Curve& curve = cell.curve;
  const double spend = std::clamp(curve.spend_at(price), cell.low, cell.high);
  if (spend > cell.low && spend < cell.high) {
    return {spend, curve.size - price * (curve.scale + spend), curve.scale / price};
  }
  return {spend, (spend > 0 ? curve.value(spend) : 0) - price * spend, 0};
}

/// A chord makes demand jump at its price. Within `width` (a part of that price) on both sides the
/// jump is drawn as a slope, so that the dual has a derivative.
Wish wish_of(const Envelope& cell, double price, double width) {
  if (cell.curve.kind == CurveKind::saturating && cell.knee <= cell.low)
    return saturating_wish(cell, price);
  const auto plain = [&](double at) {
    const double spend = cell.demand(at);
    return Wish{spend, cell.value(spend) - at * spend, fall_of(cell, spend)};
  };
  const bool has_chord = cell.knee > cell.low && cell.chord > 0;
  const double half = has_chord ? width * cell.chord : 0;
  if (!has_chord || price >= cell.chord + half) return plain(price);
  const double top = cell.chord + half;
  const double bottom = cell.chord - half;
  const double end = half > 0 ? cell.demand(bottom) : cell.demand(cell.chord);
  const double worth_at_top = cell.value(cell.low) - top * cell.low;
  const double rise = end - cell.low;
  if (price > cell.chord - half) {
    const double t = top - price;
    const double fall = rise / (2 * half);
    return {cell.low + fall * t, worth_at_top + cell.low * t + fall * t * t / 2, fall};
  }
  Wish wish = plain(price);
  const double smooth_at_bottom = worth_at_top + cell.low * 2 * half + rise * half;
  wish.worth += smooth_at_bottom - (cell.value(end) - bottom * end);
  return wish;
}

double first_slope(const Envelope& cell) {
  return cell.knee > cell.low ? cell.chord : cell.curve.slope(cell.low);
}

/// Cells whose effect is next to nothing beside the others'. Where a floor may force money into
/// them they get a curve that is a little steeper, so that prices can tell how much; what that adds
/// to the bound is kFlat of what the money would bring elsewhere. Others take nothing here: prices
/// near zero would be lost in rounding (maximise() spends what is left on them by itself).
std::vector<Envelope> tamed(std::vector<Envelope> cells, const Problem& problem, double price) {
  double reference = price;
  for (const Envelope& cell : cells) {
    const double slope = first_slope(cell);
    if (price <= 0 && std::isfinite(slope)) reference = std::max(reference, slope);
  }
  std::vector<bool> forced(cells.size());
  for (const Limit& limit : problem.limits) {
    for (std::size_t i = 0; limit.floor > 0 && i < limit.cells.size(); ++i)
      forced[limit.cells[i]] = true;
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    Envelope& cell = cells[i];
    if (first_slope(cell) >= kFlat * reference || cell.high <= cell.low) continue;
    if (!forced[i])
      cell.high = cell.low;
    else
      cell.curve = {CurveKind::saturating, kFlat * reference * cell.high, cell.high};
    cell.knee = cell.low;
    cell.jumps = false;
  }
  return cells;
}

/// Cells that take no more than what still brings something. Where several cells are filled that
/// far, prices lie so many powers of ten below the first slopes that limits which can be kept look
/// as if they could not.
std::vector<Envelope> without_spent_parts(std::vector<Envelope> cells) {
  double steepest = 0;
  for (const Envelope& cell : cells) {
    const double slope = first_slope(cell);
    if (std::isfinite(slope)) steepest = std::max(steepest, slope);
  }
  for (Envelope& cell : cells) {
    if (cell.knee <= cell.low) cell.high = cell.demand(kSpent * steepest);
  }
  return cells;
}

class Dual {
 public:
  /// `given` are the cells that the bound is for; `cells`, those that are solved, may take less.
  Dual(const std::vector<Envelope>& given, const std::vector<Envelope>& cells,
       const Problem& problem, double price, double price_max)
      : given_(given),
        cells_(tamed(cells, problem, price)),
        problem_(problem),
        price_max_(price_max) {
    scale_ = std::max(problem.budget, 1.0);
    rows_.push_back({1, problem.budget, problem.limits.size()});
    for (std::size_t i = 0; i < problem.limits.size(); ++i) {
      const Limit& limit = problem.limits[i];
      if (std::isfinite(limit.cap)) rows_.push_back({1, limit.cap, i});
      if (limit.floor > 0) rows_.push_back({-1, -limit.floor, i});
    }
    begins_.assign(cells.size() + 1, 0);
    for (std::size_t r = 1; r < rows_.size(); ++r) {
      for (const std::uint32_t cell : problem.limits[rows_[r].limit].cells)
        ++begins_[cell + 1];
    }
    for (std::size_t i = 0; i < cells.size(); ++i)
      begins_[i + 1] += begins_[i];
    rows_of_.resize(begins_.back());
    std::vector<std::size_t> next = begins_;
    for (std::size_t r = 1; r < rows_.size(); ++r) {
      for (const std::uint32_t cell : problem.limits[rows_[r].limit].cells)
        rows_of_[next[cell]++] = static_cast<std::uint32_t>(r);
    }
    limits_ = problem.limits.size();
  }

  Relaxed solve(const Relaxed* start);

 private:
  struct State {
    std::vector<double> prices;  ///< by row
    std::vector<double> slack;   ///< by row: amount - sum, the dual's gradient
    std::vector<double> spend;   ///< by cell
    std::vector<double> fall;    ///< by cell
    double value = 0;            ///< of the smoothed dual
  };

  double price_of(std::size_t cell, const std::vector<double>& prices) const;
  void look(State& state, double width) const;
  std::vector<double> direction(const State& state) const;
  double residual(const State& state) const;
  bool settled(const State& state) const { return residual(state) <= kKept * scale_; }
  bool has_flat_row(const State& state) const;
  bool newton_step(State& state, State& trial, double width) const;
  void sweep(std::vector<double>& prices, double width) const;
  double slack_of(std::size_t row, const std::vector<double>& prices, double width) const;
  void descend(State& state, double width, int& rounds) const;
  void restart(State& state, double width, int& rounds) const;
  double bound_at(const std::vector<double>& prices) const;
  std::vector<double> begin(const Relaxed* start) const;

  const std::vector<Envelope>& given_;
  const std::vector<Envelope> cells_;
  const Problem& problem_;
  std::vector<Row> rows_;
  std::vector<std::size_t> begins_;     ///< of each cell in rows_of_
  std::vector<std::uint32_t> rows_of_;  ///< without the budget, in which all are
  std::size_t limits_ = 0;
  double scale_ = 1;
  double price_max_;
};

double Dual::price_of(std::size_t cell, const std::vector<double>& prices) const {
  double price = prices[0];
  for (std::size_t k = begins_[cell]; k < begins_[cell + 1]; ++k)
    price += rows_[rows_of_[k]].sign * prices[rows_of_[k]];
  return price;
}

void Dual::look(State& state, double width) const {
  state.spend.resize(cells_.size());
  state.fall.resize(cells_.size());
  state.slack.assign(rows_.size(), 0);
  double value = 0;
  double sum = 0;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const Wish wish = wish_of(cells_[i], price_of(i, state.prices), width);
    state.spend[i] = wish.spend;
    state.fall[i] = wish.fall;
    value += wish.worth;
    sum += wish.spend;
    for (std::size_t k = begins_[i]; k < begins_[i + 1]; ++k)
      state.slack[rows_of_[k]] -= rows_[rows_of_[k]].sign * wish.spend;
  }
  state.slack[0] = -sum;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    state.slack[r] += rows_[r].amount;
    value += rows_[r].amount * state.prices[r];
  }
  state.value = value;
}

/// h d = d in place, h symmetric with its lower half filled: scaled to a diagonal of ones, with a
/// touch of ridge, then Cholesky. Rows without curvature stay where they are.
void solve_scaled(std::vector<double>& h, std::vector<double>& d) {
  const std::size_t n = d.size();
  std::vector<double> scale(n);
  for (std::size_t a = 0; a < n; ++a)
    scale[a] = h[a * n + a] > 0 ? 1 / std::sqrt(h[a * n + a]) : 0;
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < a; ++b)
      h[a * n + b] *= scale[a] * scale[b];
    h[a * n + a] = 1 + kRidge;
    d[a] *= scale[a];
  }
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b <= a; ++b) {
      double sum = h[a * n + b];
      for (std::size_t k = 0; k < b; ++k)
        sum -= h[a * n + k] * h[b * n + k];
      h[a * n + b] = a == b ? std::sqrt(std::max(sum, kRidge)) : sum / h[b * n + b];
    }
    for (std::size_t k = 0; k < a; ++k)
      d[a] -= h[a * n + k] * d[k];
    d[a] /= h[a * n + a];
  }
  for (std::size_t a = n; a-- > 0;) {
    for (std::size_t k = a + 1; k < n; ++k)
      d[a] -= h[k * n + a] * d[k];
    d[a] /= h[a * n + a];
  }
  for (std::size_t a = 0; a < n; ++a)
    d[a] *= scale[a];
}

/// Solves H d = -slack over the rows that are not held at a price of 0; H is the dual's Hessian.
std::vector<double> Dual::direction(const State& state) const {
  std::vector<std::size_t> free;
  std::vector<std::size_t> place(rows_.size(), rows_.size());
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    if (state.prices[r] <= 0 && state.slack[r] >= 0) continue;
    if (state.prices[r] >= price_max_ && state.slack[r] <= 0) continue;
    place[r] = free.size();
    free.push_back(r);
  }
  const std::size_t n = free.size();
  std::vector<double> h(n * n);
  std::vector<std::size_t> rows;
  std::vector<double> signs;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (state.fall[i] <= 0) continue;
    rows.clear();
    signs.clear();
    const auto add = [&](std::size_t row) {
      if (place[row] == rows_.size()) return;
      rows.push_back(place[row]);
      signs.push_back(rows_[row].sign);
    };
    add(0);
    for (std::size_t k = begins_[i]; k < begins_[i + 1]; ++k)
      add(rows_of_[k]);
    for (std::size_t a = 0; a < rows.size(); ++a) {
      for (std::size_t b = 0; b <= a; ++b)
        h[rows[a] * n + rows[b]] += state.fall[i] * signs[a] * signs[b];
    }
  }
  std::vector<double> d(n);
  for (std::size_t a = 0; a < n; ++a)
    d[a] = -state.slack[free[a]];
  solve_scaled(h, d);
  std::vector<double> result(rows_.size());
  for (std::size_t a = 0; a < n; ++a)
    result[free[a]] = d[a];
  return result;
}

/// How far the worst limit is from being kept, or from being used up although it has a price.
double Dual::residual(const State& state) const {
  double worst = 0;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    if (state.slack[r] < 0 && state.prices[r] < price_max_)
      worst = std::max(worst, -state.slack[r]);
    if (state.slack[r] > 0 && state.prices[r] > 0) worst = std::max(worst, state.slack[r]);
  }
  return worst;
}

/// A limit that is broken by cells none of which answers to a small change of its price.
bool Dual::has_flat_row(const State& state) const {
  std::vector<bool> answers(rows_.size());
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (state.fall[i] <= 0) continue;
    answers[0] = true;
    for (std::size_t k = begins_[i]; k < begins_[i + 1]; ++k)
      answers[rows_of_[k]] = true;
  }
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    if (!answers[r] && state.slack[r] < -kKept * scale_ && state.prices[r] < price_max_)
      return true;
  }
  return false;
}

/// Goes as far along Newton's direction as the dual falls; false if it does not.
bool Dual::newton_step(State& state, State& trial, double width) const {
  const std::vector<double> step = direction(state);
  double factor = 1;
  for (int half = 0; half < kHalvesMax; ++half, factor /= 2) {
    trial.prices = state.prices;
    double expected = 0;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      trial.prices[r] = std::clamp(state.prices[r] + factor * step[r], 0.0, price_max_);
      expected += state.slack[r] * (trial.prices[r] - state.prices[r]);
    }
    if (!(expected < 0)) continue;
    look(trial, width);
    if (trial.value <= state.value + 1e-4 * expected) return true;
    // Where the dual's value can no longer tell, its gradient can.
    if (trial.value <= state.value + 1e-13 * std::abs(state.value) &&
        residual(trial) < 0.9 * residual(state))
      return true;
  }
  return false;
}

double Dual::slack_of(std::size_t row, const std::vector<double>& prices, double width) const {
  double sum = 0;
  const auto add = [&](std::size_t cell) {
    sum += wish_of(cells_[cell], price_of(cell, prices), width).spend;
  };
  if (row == 0) {
    for (std::size_t cell = 0; cell < cells_.size(); ++cell)
      add(cell);
  } else {
    for (const std::uint32_t cell : problem_.limits[rows_[row].limit].cells)
      add(cell);
  }
  return rows_[row].amount - rows_[row].sign * sum;
}

/// Each price in turn to where its own limit is just kept. Slow, but it cannot get stuck where
/// Newton sees no curvature.
void Dual::sweep(std::vector<double>& prices, double width) const {
  double unit = 0;
  for (const Envelope& cell : cells_) {
    const double slope = cell.knee > cell.low ? cell.chord : cell.curve.slope(cell.high);
    // A cell that takes nothing may be infinitely steep there: no price to begin with.
    if (std::isfinite(slope)) unit = std::max(unit, slope);
  }
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    const auto slack_at = [&](double price) {
      prices[r] = price;
      return slack_of(r, prices, width);
    };
    if (slack_at(0) >= 0) continue;
    double low = 0;
    double high = std::max(unit, 1e-300);
    while (slack_at(high) < 0 && high < price_max_ && high < 1e300) {
      low = high;
      high *= 4;
    }
    for (int i = 0; i < 60 && high - low > 1e-15 * high; ++i) {
      const double middle = (low + high) / 2;
      (slack_at(middle) < 0 ? low : high) = middle;
    }
    prices[r] = std::min(high, price_max_);
  }
}

void Dual::descend(State& state, double width, int& rounds) const {
  look(state, width);
  State trial;
  for (; rounds < kRoundsMax && !settled(state); ++rounds) {
    const bool flat = has_flat_row(state);
    if (flat || !newton_step(state, trial, width)) {
      trial.prices = state.prices;
      sweep(trial.prices, width);
      look(trial, width);
      if (!(trial.value < state.value) && !(flat && newton_step(state, trial, width)))
        break;  // below what doubles can tell
    }
    std::swap(state, trial);
  }
}

/// Where Newton has lost its way: price by price from nothing, then Newton again.
void Dual::restart(State& state, double width, int& rounds) const {
  State other;
  other.prices.assign(rows_.size(), 0);
  for (int i = 0; i < kSweepsMax; ++i)
    sweep(other.prices, width);
  int more = 0;
  descend(other, width, more);
  rounds += more;
  if (residual(other) < residual(state)) state = std::move(other);
}

double Dual::bound_at(const std::vector<double>& prices) const {
  double bound = 0;
  for (std::size_t r = 0; r < rows_.size(); ++r)
    bound += rows_[r].amount * prices[r];
  for (std::size_t i = 0; i < given_.size(); ++i) {
    const double price = price_of(i, prices);
    bound += wish_of(given_[i], price, 0).worth;
  }
  return bound;
}

std::vector<double> Dual::begin(const Relaxed* start) const {
  std::vector<double> prices(rows_.size());
  if (start != nullptr) prices[0] = start->price;
  if (start == nullptr || start->prices.size() != limits_) return prices;
  for (std::size_t r = 1; r < rows_.size(); ++r)
    prices[r] = std::max(0.0, rows_[r].sign * start->prices[rows_[r].limit]);
  return prices;
}

Relaxed Dual::solve(const Relaxed* start) {
  State state;
  state.prices = begin(start);
  const bool chords = std::any_of(cells_.begin(), cells_.end(), [](const Envelope& cell) {
    return cell.knee > cell.low && cell.chord > 0;
  });
  Relaxed relaxed;
  for (const double width : {1e-2, 1e-4, 1e-6, 1e-7}) {
    int rounds = 0;
    descend(state, chords ? width : 0, rounds);
    if (residual(state) > kBroken * scale_) restart(state, chords ? width : 0, rounds);
    relaxed.rounds += rounds;
    if (!chords) break;
  }
  relaxed.kept = std::all_of(state.slack.begin(), state.slack.end(), [&](double slack) {
    return slack >= -(chords ? 100 : 1) * kBroken * scale_;
  });
  relaxed.spend = std::move(state.spend);
  relaxed.price = state.prices[0];
  relaxed.prices.assign(limits_, 0);
  for (std::size_t r = 1; r < rows_.size(); ++r)
    relaxed.prices[rows_[r].limit] += rows_[r].sign * state.prices[r];
  relaxed.bound = bound_at(state.prices);
  return relaxed;
}

}  // namespace

Relaxed fill_limits(const std::vector<Envelope>& cells, const Problem& problem,
                    const Relaxed* start, double price_max) {
  if (start == nullptr) {
    const Relaxed first = fill_budget(cells, problem.budget);
    return fill_limits(cells, problem, &first, price_max);
  }
  Relaxed relaxed = Dual(cells, cells, problem, start->price, price_max).solve(start);
  if (relaxed.kept) return relaxed;
  const std::vector<Envelope> shorter = without_spent_parts(cells);
  Relaxed again = Dual(cells, shorter, problem, 0, price_max).solve(nullptr);
  return again.kept ? again : relaxed;
}

Relaxed fill(const std::vector<Envelope>& cells, const Problem& problem, const Relaxed* start) {
  const bool plain = std::all_of(cells.begin(), cells.end(), [](const Envelope& cell) {
    return cell.curve.kind == CurveKind::saturating && cell.knee <= cell.low;
  });
  const auto by_budget = [&] {
    return plain ? fill_saturating(cells, problem.budget) : fill_budget(cells, problem.budget);
  };
  if (problem.limits.empty()) return by_budget();
  if (start != nullptr) return fill_limits(cells, problem, start);
  const Relaxed first = by_budget();
  return fill_limits(cells, problem, &first);
}

}  // namespace hustings::allocation
