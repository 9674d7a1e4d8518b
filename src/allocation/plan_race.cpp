#include <algorithm>
#include <cmath>

#include "allocation/carry_over.h"
#include "allocation/fixed_point.h"
#include "allocation/race_value.h"

namespace hustings::allocation {
namespace {

using Grid = RaceValue::Grid;

constexpr int kRoundsMax = 60;
constexpr double kClosed = 2e-13;        ///< gap, relative to the value, at which a plan is best
constexpr double kCoarseClosed = 1e-12;  ///< … on the coarse grid, where rounds cost little
constexpr double kSamePlan = 1e-3;       ///< of the effects: plans that differ by less are one
constexpr double kFallMax = 1e-7;        ///< of the value, that a leap may lose on its way
constexpr double kMixMin = 1e-3;
// With chains of weeks a drawing is no exact one: it goes on from the plan itself, a part of the
// way.
constexpr int kCarriedRounds = 60;
constexpr double kCarriedPart = 1e-2;
constexpr double kCarriedClosed = 1e-9;  ///< gap at which such a plan is as good as the best
constexpr int kPairsMax = 200;

/// By market: what its cells move there.
std::vector<double> effects_of(const Campaign& campaign, const std::vector<double>& spend) {
  std::vector<double> effects(campaign.markets);
  if (campaign.problem.chains.empty()) {
    for (std::size_t i = 0; i < spend.size(); ++i)
      effects[campaign.market_of[i]] += campaign.problem.cells[i].curve.value(spend[i]);
    return effects;
  }
  const CarryOver carry(campaign.problem);
  const std::vector<double> by_cell = carry.effects(carry.stocks(spend));
  for (std::size_t i = 0; i < by_cell.size(); ++i)
    effects[campaign.market_of[i]] += by_cell[i];
  return effects;
}

std::vector<double> means_from(const Campaign& campaign, const std::vector<double>& effects) {
  std::vector<double> means;
  for (const Contest& contest : campaign.race.contests)
    means.push_back(contest.mean);
  for (const Reach& reach : campaign.reaches)
    means[reach.contest] += reach.share * effects[reach.market];
  return means;
}

std::vector<double> worth_of(const Campaign& campaign, const std::vector<double>& slopes) {
  std::vector<double> worth(campaign.markets);
  for (const Reach& reach : campaign.reaches)
    worth[reach.market] += reach.share * slopes[reach.contest];
  return worth;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    sum += a[i] * b[i];
  return sum;
}

bool near(const std::vector<double>& a, const std::vector<double>& b) {
  double apart = 0;
  double whole = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    apart += std::abs(a[i] - b[i]);
    whole += std::abs(b[i]);
  }
  return apart <= kSamePlan * whole;
}

/// Slopes that differ by less than a part of the largest.
bool is_close(const std::vector<double>& a, const std::vector<double>& b, double part) {
  double apart = 0;
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    apart = std::max(apart, std::abs(a[i] - b[i]));
    largest = std::max(largest, std::abs(b[i]));
  }
  return apart <= part * largest;
}

/// A plan under evaluation: its effects by market, and the objective there.
struct Point {
  std::vector<double> spend;
  std::vector<double> effects;
  RaceValue::At at;
};

/// The best plan for the objective drawn as straight lines at a point, one for each scenario.
struct Drawn {
  Optimum optimum;  ///< in units of the objective, less its value at the point
  std::vector<double> effects;
  std::vector<double> weights;  ///< of the scenarios: those that are worst together
  double bound = 0;             ///< of the objective, as far as it lies under its lines
};

class Sequence {
 public:
  Sequence(const Campaign& campaign, const Search& search, RaceValue& value)
      : campaign_(campaign), search_(search), value_(value), scaled_(campaign.problem) {
    for (const Cell& cell : campaign.problem.cells)
      jumps_ = jumps_ || cell.minimum > cell.low || cell.curve.inflection() > cell.low;
  }

  Point point(std::vector<double> spend, Grid grid) {
    Point point{std::move(spend), {}, {}};
    point.effects = effects_of(campaign_, point.spend);
    look(point, grid);
    return point;
  }
  void look(Point& point, Grid grid) {
    ++rounds_;
    point.at = value_.look(means_from(campaign_, point.effects), grid);
  }

  /// How far a climb goes, and what it may take for granted.
  struct Way {
    Grid grid = Grid::fine;
    double closed = kClosed;  ///< gap, relative to the value, at which it ends
    bool strange = false;     ///< the point is a plan for another problem, which may break limits
    const Point* known = nullptr;  ///< end early where the way leads to the effects of this one
  };
  /// From a point to one where no small change helps; `drawn` is the proof.
  Status climb(Point& point, const Way& way, Drawn& drawn) {
    FixedPoint slopes;
    const double closed =
        scaled_.chains.empty() ? way.closed : std::max(way.closed, kCarriedClosed);
    for (int round = 0; round < kRoundsMax; ++round) {
      const bool may_jump =
          !jumps_ && scaled_.chains.empty() && point.at.values.size() == 1 && !slopes.empty();
      if (may_jump && !is_close(slopes.last(), point.at.slopes[0], std::sqrt(way.closed) / 2)) {
        if (TRY(leap(point, way.grid, slopes))) continue;
        slopes.forget();
      }
      drawn = TRY(draw(point));
      const double gap = drawn.bound - point.at.least();
      const bool first = way.strange && round == 0;
      if (way.known != nullptr && near(drawn.effects, way.known->effects)) return {};
      if (!first && gap <= closed * std::abs(point.at.least())) return {};
      const std::vector<double> used = point.at.slopes[0];
      const bool whole = TRY(move(point, drawn, way.grid, first));
      if (!whole && !moved_) return {};
      if (whole) slopes.remember(used, point.at.slopes[0]);
    }
    return {};
  }

  /// The prices of a plan like the one that is looked for.
  void begin_at(const Optimum& optimum) {
    start_.price = optimum.price;
    start_.prices = optimum.prices;
    has_start_ = true;
  }
  int rounds() const { return rounds_; }

 private:
  Result<Drawn> draw(const Point& point);
  Result<Drawn> draw_slopes(const Point& point, const std::vector<double>& slopes, double value);
  Result<Drawn> draw_weighted(const Point& point, const std::vector<double>& weights);
  Result<Drawn> draw_worst(const Point& point);
  double line(const Point& point, const Drawn& drawn, std::size_t scenario) const;

  /// To the plan of slopes that are nearer to their fixed point than the point's own; false, and
  /// the point stays, where that makes the objective fall.
  Result<bool> leap(Point& point, Grid grid, FixedPoint& slopes) {
    const std::vector<double> used = slopes.next();
    Drawn drawn = TRY(draw_slopes(point, used, point.at.values[0]));
    Point next{std::move(drawn.optimum.spend), std::move(drawn.effects), {}};
    look(next, grid);
    if (next.at.least() < point.at.least() * (1 - kFallMax)) return false;
    slopes.remember(used, next.at.slopes[0]);
    point = std::move(next);
    return true;
  }

  /// To the drawn plan; or, where the objective falls, a part of the way, and false.
  Result<bool> move(Point& point, const Drawn& drawn, Grid grid, bool always) {
    Point next{drawn.optimum.spend, drawn.effects, {}};
    double mix = 1;
    moved_ = false;
    for (;;) {
      look(next, grid);
      if (always || next.at.least() > point.at.least()) break;
      mix /= 4;
      // Parts of a plan with minimum buys need not be plans.
      if (mix < kMixMin || jumps_) return false;
      for (std::size_t i = 0; i < next.spend.size(); ++i) {
        next.spend[i] = point.spend[i] + mix * (drawn.optimum.spend[i] - point.spend[i]);
      }
      next.effects = effects_of(campaign_, next.spend);
    }
    moved_ = true;
    point = std::move(next);
    return mix == 1;
  }

  const Campaign& campaign_;
  const Search& search_;
  RaceValue& value_;
  Problem scaled_;  ///< the problem with its curves in units of the objective
  Relaxed start_;   ///< prices of the last drawing
  bool has_start_ = false;
  bool jumps_ = false;
  bool moved_ = false;
  int rounds_ = 0;
};

Result<Drawn> Sequence::draw_weighted(const Point& point, const std::vector<double>& weights) {
  std::vector<double> slopes(campaign_.race.contests.size());
  double value = 0;
  for (std::size_t j = 0; j < weights.size(); ++j) {
    if (weights[j] == 0) continue;
    value += weights[j] * point.at.values[j];
    for (std::size_t s = 0; s < slopes.size(); ++s)
      slopes[s] += weights[j] * point.at.slopes[j][s];
  }
  Drawn drawn = TRY(draw_slopes(point, slopes, value));
  drawn.weights = weights;
  return drawn;
}

/// The best plan for the line through the point with these slopes.
Result<Drawn> Sequence::draw_slopes(const Point& point, const std::vector<double>& slopes,
                                    double value) {
  const std::vector<double> worth = worth_of(campaign_, slopes);
  for (std::size_t i = 0; i < scaled_.cells.size(); ++i) {
    scaled_.cells[i].curve.size =
        campaign_.problem.cells[i].curve.size * worth[campaign_.market_of[i]];
  }
  Drawn drawn;
  const bool warm = has_start_ && !scaled_.limits.empty();
  if (scaled_.chains.empty()) {
    drawn.optimum = TRY(maximise_checked(scaled_, search_, warm ? &start_ : nullptr));
  } else {
    const CarrySearch carried{.search = search_,
                              .rounds_max = kCarriedRounds,
                              .promise_min = kCarriedClosed / 10,
                              .promise_part = kCarriedPart};
    drawn.optimum = TRY(maximise_carried(scaled_, carried, warm ? &start_ : nullptr, &point.spend));
  }
  start_.price = drawn.optimum.price;
  start_.prices = drawn.optimum.prices;
  has_start_ = true;
  drawn.effects = effects_of(campaign_, drawn.optimum.spend);
  drawn.bound = value + drawn.optimum.bound - dot(worth, point.effects);
  return drawn;
}

/// A scenario's line at a drawn plan.
double Sequence::line(const Point& point, const Drawn& drawn, std::size_t scenario) const {
  const std::vector<double> worth = worth_of(campaign_, point.at.slopes[scenario]);
  return point.at.values[scenario] + dot(worth, drawn.effects) - dot(worth, point.effects);
}

/// max over plans of the least line = min over weights of the best weighted plan: weight moves from
/// the scenario with the highest line to the one with the lowest, until the lines with weight meet.
Result<Drawn> Sequence::draw_worst(const Point& point) {
  const std::size_t n = point.at.values.size();
  std::vector<double> weights(n, 1.0 / static_cast<double>(n));
  Drawn drawn = TRY(draw_weighted(point, weights));
  for (int pair = 0; pair < kPairsMax; ++pair) {
    std::vector<double> lines(n);
    for (std::size_t j = 0; j < n; ++j)
      lines[j] = line(point, drawn, j);
    const auto to =
        static_cast<std::size_t>(std::min_element(lines.begin(), lines.end()) - lines.begin());
    std::size_t from = to;
    for (std::size_t j = 0; j < n; ++j) {
      if (weights[j] > 0 && lines[j] > lines[from]) from = j;
    }
    if (lines[from] - lines[to] <= 1e-13) break;
    double low = 0;
    double high = weights[from];
    const double both = weights[from] + weights[to];
    const auto ahead = [&](double moved) -> Result<double> {
      std::vector<double> trial = weights;
      trial[from] = moved >= weights[from] ? 0 : weights[from] - moved;
      trial[to] = both - trial[from];
      drawn = TRY(draw_weighted(point, trial));
      return line(point, drawn, from) - line(point, drawn, to);
    };
    if (TRY(ahead(high)) < 0) {
      for (int i = 0; i < 50 && high - low > 1e-15; ++i) {
        const double middle = (low + high) / 2;
        (TRY(ahead(middle)) > 0 ? low : high) = middle;
      }
    }
    const std::vector<double> before = weights;
    weights = drawn.weights;
    if (weights == before) break;
  }
  return drawn;
}

Result<Drawn> Sequence::draw(const Point& point) {
  if (point.at.values.size() == 1) return draw_weighted(point, {1.0});
  return draw_worst(point);
}

std::vector<double> lows_of(const Problem& problem) {
  std::vector<double> lows;
  for (const Cell& cell : problem.cells)
    lows.push_back(cell.low);
  return lows;
}

/// The best plan if every contest's voters were worth the same: another place to begin.
Result<std::vector<double>> even_plan(const Campaign& campaign, const Search& search) {
  Problem problem = campaign.problem;
  std::vector<double> ones(campaign.race.contests.size());
  for (std::size_t i = 0; i < ones.size(); ++i)
    ones[i] = campaign.race.contests[i].weight;
  const std::vector<double> worth = worth_of(campaign, ones);
  for (std::size_t i = 0; i < problem.cells.size(); ++i)
    problem.cells[i].curve.size *= worth[campaign.market_of[i]];
  return TRY(maximise_checked(problem, search, nullptr)).spend;
}

/// Optimum of the lines, in units of the objective at the point.
Optimum finish(const Point& point, Drawn drawn) {
  Optimum optimum = std::move(drawn.optimum);
  optimum.spend = point.spend;
  optimum.value = point.at.least();
  optimum.bound = std::max(drawn.bound, optimum.value);
  return optimum;
}

/// From both starts on the coarse grid; the better end is where the fine one goes on.
Result<Point> begin(const Campaign& campaign, const Search& search, RaceValue& value,
                    Sequence& sequence, const RacePlan* start) {
  if (start != nullptr && start->optimum.spend.size() == campaign.problem.cells.size()) {
    sequence.begin_at(start->optimum);
    return sequence.point(start->optimum.spend, Grid::fine);
  }
  if (campaign.objective == Objective::net_votes)
    return sequence.point(lows_of(campaign.problem), Grid::fine);
  const Grid grid = value.has_coarse() ? Grid::coarse : Grid::fine;
  const double closed = value.has_coarse() ? kCoarseClosed : kClosed;
  Drawn drawn;
  Point best = sequence.point(lows_of(campaign.problem), grid);
  TRY(sequence.climb(best, {.grid = grid, .closed = closed}, drawn));
  Point other = sequence.point(TRY(even_plan(campaign, search)), grid);
  TRY(sequence.climb(other, {.grid = grid, .closed = closed, .known = &best}, drawn));
  if (other.at.least() > best.at.least() + 1e-9 * std::abs(best.at.least()))
    best = std::move(other);
  if (value.has_coarse()) sequence.look(best, Grid::fine);
  return best;
}

}  // namespace

std::vector<double> means_after(const Campaign& campaign, const std::vector<double>& spend) {
  return means_from(campaign, effects_of(campaign, spend));
}

Result<RacePlan> plan_race(const Campaign& campaign, const Search& search, const RacePlan* start) {
  TRY(check_problem(campaign.problem));
  RaceValue value = TRY(RaceValue::make(campaign));
  Sequence sequence(campaign, search, value);
  Point point = TRY(begin(campaign, search, value, sequence, start));
  Drawn drawn;
  const bool again = start != nullptr;
  TRY(sequence.climb(point, {.closed = again ? search.gap_wanted : kClosed, .strange = again},
                     drawn));
  RacePlan plan;
  plan.bound_is_global = campaign.objective == Objective::net_votes;
  plan.means = means_from(campaign, point.effects);
  plan.slopes.assign(plan.means.size(), 0);
  for (std::size_t j = 0; j < drawn.weights.size(); ++j) {
    for (std::size_t s = 0; s < plan.slopes.size(); ++s)
      plan.slopes[s] += drawn.weights[j] * point.at.slopes[j][s];
  }
  plan.worth = worth_of(campaign, plan.slopes);
  if (campaign.objective == Objective::robust_win) plan.scenarios = point.at.values;
  plan.optimum = finish(point, std::move(drawn));
  plan.without = value.without();
  plan.rounds = sequence.rounds();
  plan.note = value.note();
  plan.resolution = value.resolution();
  return plan;
}

Result<double> objective_at(const Campaign& campaign, const std::vector<double>& means,
                            std::vector<double>* slopes,
                            const std::optional<Resolution>& resolution) {
  RaceValue value = TRY(RaceValue::make(campaign, resolution));
  if (slopes == nullptr) return value.least_at(means);
  const RaceValue::At at = value.look(means, Grid::fine);
  const auto worst = static_cast<std::size_t>(std::min_element(at.values.begin(), at.values.end()) -
                                              at.values.begin());
  *slopes = at.slopes[worst];
  return at.values[worst];
}

}  // namespace hustings::allocation
