#include "allocation/water_filling.h"

#include <algorithm>
#include <cmath>

#include "allocation/relaxation.h"

namespace hustings::allocation {
namespace {

constexpr int kRoundsMax = 300;
/// Demand meets the budget when they differ by less than this part of it.
constexpr double kMeets = 1e-14;

double sum_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values)
    sum += value;
  return sum;
}

double spend_limit(const std::vector<Envelope>& cells) {
  double sum = 0;
  for (const Envelope& cell : cells)
    sum += cell.high;
  return sum;
}

/// The bound that a price proves: each cell at its best at that price, plus the budget's worth.
double bound_of(const std::vector<Envelope>& cells, const std::vector<double>& spend, double price,
                double budget) {
  double value = 0;
  for (std::size_t i = 0; i < cells.size(); ++i)
    value += cells[i].value(spend[i]);
  return value + price * (budget - sum_of(spend));
}

Relaxed everything(const std::vector<Envelope>& cells) {
  Relaxed all;
  for (const Envelope& cell : cells) {
    all.spend.push_back(cell.curve.size > 0 ? cell.high : cell.low);
    all.bound += cell.value(all.spend.back());
  }
  all.value = all.bound;
  return all;
}

double demand_at(const std::vector<Envelope>& cells, double price) {
  double sum = 0;
  for (const Envelope& cell : cells)
    sum += cell.demand(price);
  return sum;
}

/// -d demand / d log price, of the cells that are neither at an end nor on a chord.
double fall_at(const std::vector<Envelope>& cells, double price) {
  double sum = 0;
  for (const Envelope& cell : cells) {
    const double x = cell.demand(price);
    if (x <= cell.low || x <= cell.knee || x >= cell.high) continue;
    const double bend = cell.curve.bend(x);
    if (bend < 0) sum -= price / bend;
  }
  return sum;
}

struct Bracket {
  double low;   ///< log price at which demand is the budget or more
  double high;  ///< … or less
};

/// Nothing if even the least price leaves money over.
bool find_bracket(const std::vector<Envelope>& cells, double budget, Bracket& bracket) {
  double price = 0;
  for (const Envelope& cell : cells) {
    const double first = cell.knee > cell.low ? cell.chord : cell.curve.slope(cell.low);
    if (std::isfinite(first)) price = std::max(price, first);
    // A slope that is infinite at 0: a hundredth of the scale is far up the curve already.
    else
      price = std::max(price, cell.curve.slope(cell.curve.scale / 100));
  }
  if (price <= 0) return false;
  bracket.high = std::log(price) + 1e-9;
  while (demand_at(cells, std::exp(bracket.high)) > budget)
    bracket.high += 4;
  double step = 1;
  bracket.low = bracket.high;
  while (demand_at(cells, std::exp(bracket.low)) < budget) {
    bracket.high = bracket.low;
    bracket.low -= step;
    step *= 2;
    if (bracket.low < -690) return false;
  }
  return true;
}

/// Between two prices that are next to each other demand jumps: chords are bought in part. In the
/// cells' order, all of a chord but for the last one.
void fill_jump(const std::vector<Envelope>& cells, double budget, const Bracket& bracket,
               std::vector<double>& spend) {
  double left = budget;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    spend[i] = cells[i].demand(std::exp(bracket.high));
    left -= spend[i];
  }
  for (std::size_t i = 0; i < cells.size() && left > 0; ++i) {
    const double more = std::min(left, cells[i].demand(std::exp(bracket.low)) - spend[i]);
    if (more <= 0) continue;
    spend[i] += more;
    left -= more;
  }
}

/// Columns of saturating cells for the vector code.
struct Columns {
  explicit Columns(const std::vector<Envelope>& cells)
      : size((cells.size() + detail::kLanes - 1) / detail::kLanes * detail::kLanes),
        scale(size, 1),
        start(size, 1),
        low(size),
        high(size) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const Envelope& cell = cells[i];
      scale[i] = cell.curve.scale;
      start[i] = cell.curve.size / cell.curve.scale;
      low[i] = cell.low;
      high[i] = cell.high;
      nothing = nothing || start[i] < kSlopeMin;
    }
    if (nothing) {
      for (double& slope : start)
        slope = std::max(slope, kSlopeMin);
    }
    detail::logs_of(start.data(), size);
    for (std::size_t i = 0; i < size; ++i) {
      if (i >= cells.size() ||
          (nothing && !(cells[i].curve.size / cells[i].curve.scale >= kSlopeMin)))
        start[i] = kNeverBought;
    }
  }
  detail::SaturatingColumns view() const {
    return {scale.data(), start.data(), low.data(), high.data(), size};
  }

  std::size_t size;
  bool nothing = false;  ///< some cells have no effect, or one too small for a double
  std::vector<double> scale, start, low, high;
};

/// Safeguarded Newton on a function that falls piecewise linearly; ends on the exact piece.
double meet(const detail::SaturatingColumns& cells, Bracket bracket, double budget,
            std::optional<double> guess, int& rounds) {
  // Most cells of a plan end with e⁻² of their first slope, or nothing.
  double at = std::max(bracket.high - 2, (bracket.low + bracket.high) / 2);
  if (guess && *guess > bracket.low && *guess < bracket.high) at = *guess;
  for (; rounds < kRoundsMax; ++rounds) {
    const detail::Usage usage = detail::usage_at(cells, at);
    const double over = usage.sum - budget;
    if (std::abs(over) <= kMeets * budget) break;
    (over > 0 ? bracket.low : bracket.high) = at;
    double next = usage.fall > 0 ? at + over / usage.fall : bracket.low;
    if (!(next > bracket.low && next < bracket.high)) next = (bracket.low + bracket.high) / 2;
    if (next == at || next <= bracket.low || next >= bracket.high) break;
    at = next;
  }
  return at;
}

}  // namespace

std::optional<double> meeting_log_price(const detail::SaturatingColumns& cells, double budget,
                                        std::optional<double> guess, int& rounds) {
  Bracket bracket{.low = 1e300, .high = -1e300};
  for (std::size_t i = 0; i < cells.size; ++i) {
    if (cells.start[i] <= kNeverBought) continue;
    bracket.high = std::max(bracket.high, cells.start[i]);
    bracket.low = std::min(bracket.low, cells.start[i] - cells.high[i] / cells.scale[i]);
  }
  if (bracket.high < bracket.low || detail::usage_at(cells, bracket.low).sum < budget)
    return std::nullopt;
  return meet(cells, bracket, budget, guess, rounds);
}

Relaxed fill_saturating(const std::vector<Envelope>& cells, double budget) {
  if (spend_limit(cells) <= budget) return everything(cells);
  const Columns columns(cells);
  Relaxed relaxed;
  relaxed.spend.resize(columns.size);
  const auto met = meeting_log_price(columns.view(), budget, std::nullopt, relaxed.rounds);
  if (!met) {
    // All that gains anything is bought, and money is left.
    detail::spend_at(columns.view(), -1e289, relaxed.spend.data());
    relaxed.spend.resize(cells.size());
    relaxed.value = relaxed.bound = bound_of(cells, relaxed.spend, 0, budget);
    return relaxed;
  }
  const double log_price = *met;
  detail::spend_at(columns.view(), log_price, relaxed.spend.data());
  relaxed.spend.resize(cells.size());
  relaxed.price = std::exp(log_price);
  double spent = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const double x = relaxed.spend[i];
    spent += x;
    // Between its ends a cell's slope is the price, which gives its value without another exp.
    if (x > cells[i].low && x < cells[i].high) {
      relaxed.value += cells[i].curve.size - relaxed.price * cells[i].curve.scale;
    } else if (x > 0) {
      relaxed.value += cells[i].value(x);
    }
  }
  relaxed.bound = relaxed.value + relaxed.price * (budget - spent);
  return relaxed;
}

Relaxed fill_budget(const std::vector<Envelope>& cells, double budget) {
  if (spend_limit(cells) <= budget) return everything(cells);
  Relaxed relaxed;
  relaxed.spend.resize(cells.size());
  Bracket bracket{};
  if (!find_bracket(cells, budget, bracket)) {
    for (std::size_t i = 0; i < cells.size(); ++i)
      relaxed.spend[i] = cells[i].curve.size > 0 ? cells[i].high : cells[i].low;
    relaxed.value = relaxed.bound = bound_of(cells, relaxed.spend, 0, budget);
    return relaxed;
  }
  double at = (bracket.low + bracket.high) / 2;
  double over = 0;
  for (; relaxed.rounds < kRoundsMax; ++relaxed.rounds) {
    over = demand_at(cells, std::exp(at)) - budget;
    if (std::abs(over) <= kMeets * budget) break;
    (over > 0 ? bracket.low : bracket.high) = at;
    const double fall = fall_at(cells, std::exp(at));
    double next = fall > 0 ? at + over / fall : bracket.low;
    // Every third step halves: chords make jumps that Newton does not see.
    if (relaxed.rounds % 3 == 2 || !(next > bracket.low && next < bracket.high))
      next = (bracket.low + bracket.high) / 2;
    if (next <= bracket.low || next >= bracket.high) break;
    at = next;
  }
  if (std::abs(over) <= kMeets * budget) bracket = {at, at};
  fill_jump(cells, budget, bracket, relaxed.spend);
  relaxed.price = std::exp(bracket.high);
  // The amounts on a chord are as good as its ends at this price, so the bound holds for them too.
  relaxed.bound = bound_of(cells, relaxed.spend, relaxed.price, budget);
  relaxed.value = relaxed.bound - relaxed.price * (budget - sum_of(relaxed.spend));
  return relaxed;
}

}  // namespace hustings::allocation
