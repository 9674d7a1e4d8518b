#include "allocation/carry_over.h"

#include <algorithm>
#include <cmath>

#include "allocation/carry_steps.h"
#include "allocation/envelope.h"

namespace hustings::allocation {
namespace {

constexpr double kTrusted = 0.1;  ///< of what was promised, that a step must bring
/// A plan at which a Hill curve of shape below 1 has a slope: this part of its scale.
constexpr double kFirstMoney = 1e-9;

double sum_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values)
    sum += value;
  return sum;
}

/// A cell of the tangent plane: what a unit of money brings there, and how much it may take.
struct Line {
  double slope;
  double room;
};

/// The most that so much money brings on lines: the steepest first. It is halves that are put in
/// order, not all of them.
double best_of(std::vector<Line>& lines, double money) {
  const auto at = [&](std::size_t i) { return lines.begin() + static_cast<std::ptrdiff_t>(i); };
  double sum = 0;
  std::size_t from = 0;
  std::size_t end = lines.size();
  while (end - from > 1) {
    const std::size_t middle = from + (end - from) / 2;
    std::nth_element(at(from), at(middle), at(end),
                     [](const Line& a, const Line& b) { return a.slope > b.slope; });
    double room = 0;
    double worth = 0;
    for (std::size_t i = from; i < middle; ++i) {
      room += lines[i].room;
      worth += lines[i].room * lines[i].slope;
    }
    if (room <= money) {
      sum += worth;
      money -= room;
      from = middle;
    } else {
      end = middle;
    }
  }
  return from < end ? sum + lines[from].slope * std::min(lines[from].room, money) : sum;
}

/// The most that any plan reaches on a plane through the slopes of all cells.
Result<double> best_on_plane(const Problem& problem, const Search& search,
                             const std::vector<double>& slopes) {
  if (problem.limits.empty()) return best_on_lines(problem, slopes);
  Problem plane = problem;
  plane.chains.clear();
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    plane.cells[i].curve = {.kind = CurveKind::linear, .size = slopes[i], .scale = 1};
    plane.cells[i].minimum = 0;
  }
  return TRY(maximise_checked(plane, search, nullptr)).bound;
}

/// No plan is better: the tangent plane of the effects' concave envelopes at this one.
Result<double> bound_of(const Problem& problem, const CarryOver& carry, const Search& search,
                        const std::vector<double>& spend) {
  const std::vector<double> stocks = carry.stocks(spend);
  const std::vector<double>& on = carry.passed_on();
  std::vector<double> slopes(stocks.size());
  double value = 0;
  double later = 0;
  for (std::size_t i = stocks.size(); i-- > 0;) {
    const Curve& curve = problem.cells[i].curve;
    const Envelope envelope = Envelope::of({.curve = curve}, 0, kNoLimit);
    const double at = std::max(stocks[i], kFirstMoney * curve.scale);
    // The tangent where it touches: at money that is next to nothing a little beside the plan.
    const double slope =
        at < envelope.knee ? envelope.chord : envelope.curve.slope(std::max(at, envelope.knee));
    value += envelope.value(at) + slope * (stocks[i] - at);
    later = slope + on[i] * later;
    slopes[i] = later;
    value -= later * spend[i];
  }
  return value + TRY(best_on_plane(problem, search, slopes));
}

/// The separable problem that touches the objective at a plan, whatever its curves are.
class Touching final : public CarrySteps {
 public:
  Touching(const Problem& problem, const CarryOver& carry, const Search& search,
           const Relaxed* start)
      : problem_(problem), carry_(carry), search_(search), cells_(problem) {
    cells_.chains.clear();
    steep_.resize(problem.cells.size());
    wide_.resize(problem.cells.size());
    has_prices_ = start != nullptr;
    if (has_prices_) prices_ = *start;
  }

  double look(const std::vector<double>& spend) override {
    last_ = spend;
    return sum_of(carry_.effects(carry_.stocks(spend)));
  }

  void touch() override {
    at_ = last_;
    std::vector<double> stocks = carry_.stocks(at_);
    for (std::size_t i = 0; i < stocks.size(); ++i)
      stocks[i] = std::max(stocks[i], kFirstMoney * problem_.cells[i].curve.scale);
    steep_ = carry_.slopes(stocks);
    const std::vector<double>& on = carry_.passed_on();
    double later = 0;
    for (std::size_t i = stocks.size(); i-- > 0;) {
      const Curve& curve = problem_.cells[i].curve;
      later = curve.bend(stocks[i]) + on[i] * on[i] * later;
      wide_[i] = later < 0 ? -steep_[i] / later : kFlat * curve.scale;
    }
  }

  Result<Optimum> best(double sharpness) override {
    for (std::size_t i = 0; i < at_.size(); ++i) {
      const double scale = problem_.cells[i].curve.scale;
      const double width =
          std::clamp(wide_[i] / sharpness, std::max(at_[i] / kExponentMax, scale / kSharpestMost),
                     std::max(at_[i], kFlat * scale));
      cells_.cells[i].curve = {.kind = CurveKind::saturating,
                               .size = steep_[i] * width * std::exp(at_[i] / width),
                               .scale = width};
    }
    const bool warm = has_prices_ && !problem_.limits.empty();
    Optimum next = TRY(maximise_checked(cells_, search_, warm ? &prices_ : nullptr));
    prices_.price = next.price;
    prices_.prices = next.prices;
    has_prices_ = true;
    return next;
  }

  double promise(const std::vector<double>& spend) const override {
    double sum = 0;
    for (std::size_t i = 0; i < spend.size(); ++i) {
      const double width = cells_.cells[i].curve.scale;
      sum += steep_[i] * width * -std::expm1(-(spend[i] - at_[i]) / width);
    }
    return sum;
  }

  Result<double> bound(const std::vector<double>& spend) override {
    return bound_of(problem_, carry_, search_, spend);
  }

 private:
  const Problem& problem_;
  const CarryOver& carry_;
  const Search& search_;
  Problem cells_;
  Relaxed prices_;  ///< of the last best plan
  bool has_prices_ = false;
  std::vector<double> last_;
  std::vector<double> at_;
  std::vector<double> steep_;  ///< slopes
  std::vector<double> wide_;   ///< slope over curvature: the scale of the touching curve
};

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

/// What was promised too boldly is promised less boldly from now on, and the other way round.
double sharper(double sharpness, double kept) {
  if (kept < kTrusted) return sharpness * 4;
  if (kept < 0.7) return sharpness * 1.5;
  return kept > 0.9 ? std::max(0.3, sharpness * 0.7) : sharpness;
}

/// Steps along touching problems, from a plan to one at which they promise next to nothing.
Status climb(CarrySteps& steps, const CarrySearch& search, Optimum& best) {
  double sharpness = 1;
  double first = 0;
  best.value = steps.look(best.spend);
  steps.touch();
  for (int round = 0; round < search.rounds_max && sharpness < kSharpestMost; ++round) {
    Optimum next = TRY(steps.best(sharpness));
    const double promised = steps.promise(next.spend);
    if (round == 0) first = promised;
    best.price = next.price;
    best.prices = std::move(next.prices);
    best.rounds = round + 1;
    if (promised <= std::max(search.promise_min * std::abs(best.value),
                             search.promise_part * (round > 0 ? first : 0)))
      return {};
    const double reached = steps.look(next.spend);
    sharpness = sharper(sharpness, (reached - best.value) / promised);
    if (reached - best.value < kTrusted * promised) continue;
    best.spend = std::move(next.spend);
    best.value = reached;
    steps.touch();
  }
  return {};
}

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

std::unique_ptr<CarrySteps> carry_steps(const Problem& problem, const CarryOver& carry,
                                        const Search& search, const Relaxed* start) {
  return std::make_unique<Touching>(problem, carry, search, start);
}

double best_on_lines(const Problem& problem, const std::vector<double>& slopes) {
  std::vector<Line> lines;
  lines.reserve(slopes.size());
  double money = problem.budget;
  double sum = 0;
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    const Cell& cell = problem.cells[i];
    money -= cell.low;
    sum += slopes[i] * cell.low;
    if (slopes[i] > 0 && cell.high > cell.low) lines.push_back({slopes[i], cell.high - cell.low});
  }
  return sum + best_of(lines, std::max(0.0, money));
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
  const auto steps = fits_columns(problem) ? column_steps(problem, carry, start)
                                           : carry_steps(problem, carry, search.search, start);
  TRY(climb(*steps, search, best));
  best.nodes = 1;
  best.bound = std::max(best.value, TRY(steps->bound(best.spend)));
  return best;
}

}  // namespace hustings::allocation
