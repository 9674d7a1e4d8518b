#include "spending/planning.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

#include "allocation/carry_over.h"

namespace hustings::spending {
namespace {

constexpr double kCents = 100;
constexpr double kSure = 1.959963984540054;
constexpr std::size_t kNextMax = 12;

double worth_of(const Planned& planned, std::size_t cell) {
  return planned.race.worth[planned.problem.market_of(cell)];
}

void rate_cells(Planned& planned) {
  const allocation::CarryOver carry(planned.problem.campaign.problem);
  const std::vector<double> slopes = carry.slopes(carry.stocks(from_cents(planned.cents)));
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    const double marginal = slopes[i] * worth_of(planned, i);
    planned.marginal.push_back(marginal > 0 && std::isfinite(marginal) ? marginal : 0);
  }
}

/// Effects of one channel are one estimate: the errors of its cells go the same way.
void rate_gain(Planned& planned) {
  std::vector<double> by_channel(planned.problem.channels);
  const allocation::CarryOver carry(planned.problem.campaign.problem);
  const auto with = carry.effects(carry.stocks(from_cents(planned.cents)));
  const auto without = carry.effects(carry.stocks(planned.problem.booked_money()));
  for (std::size_t i = 0; i < with.size(); ++i)
    by_channel[planned.problem.channel_of(i)] += worth_of(planned, i) * (with[i] - without[i]);
  double variance = 0;
  for (std::size_t c = 0; c < by_channel.size(); ++c) {
    const double error = by_channel[c] * planned.problem.effect_errors[c];
    variance += error * error;
  }
  planned.gain_error = std::sqrt(variance);
}

void list_lines(Planned& planned) {
  for (std::size_t i = 0; i < planned.cents.cells.size(); ++i) {
    const std::int64_t more = planned.cents.cells[i] - planned.problem.booked[i];
    if (more <= 0) continue;
    planned.lines.push_back({.market = planned.problem.market_of(i),
                             .channel = planned.problem.channel_of(i),
                             .week = planned.problem.week_of(i),
                             .cents = more,
                             .marginal = planned.marginal[i]});
  }
}

/// Cells whose limits have no room for kNextCents more.
std::vector<bool> full_cells(const Planned& planned) {
  const auto& problem = planned.problem.campaign.problem;
  std::vector<bool> full(problem.cells.size());
  for (const allocation::Limit& limit : problem.limits) {
    if (!std::isfinite(limit.cap)) continue;
    std::int64_t sum = 0;
    for (const std::uint32_t cell : limit.cells)
      sum += planned.cents.cells[cell];
    if (sum + kNextCents <= std::llround(limit.cap * kCents)) continue;
    for (const std::uint32_t cell : limit.cells)
      full[cell] = true;
  }
  return full;
}

/// The cells of one market and channel, the most promising first.
std::vector<std::size_t> by_promise(const Planned& planned, std::size_t first) {
  std::vector<std::size_t> order;
  for (std::size_t i = first; i < first + planned.problem.weeks; ++i)
    order.push_back(i);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(-planned.marginal[a], a) < std::pair(-planned.marginal[b], b);
  });
  return order;
}

/// Where no unit of money brings more than the first one, which has a finite slope.
bool is_concave(const Planned& planned, std::size_t first) {
  const auto begin = planned.problem.campaign.problem.cells.begin();
  return std::none_of(
      begin + static_cast<std::ptrdiff_t>(first),
      begin + static_cast<std::ptrdiff_t>(first + planned.problem.weeks),
      [](const allocation::Cell& cell) { return cell.curve.kind == allocation::CurveKind::hill; });
}

void find_next(Planned& planned) {
  const PlanProblem& problem = planned.problem;
  const auto& cells = problem.campaign.problem.cells;
  const std::vector<bool> full = full_cells(planned);
  const allocation::CarryOver carry(problem.campaign.problem);
  const std::vector<double> stocks = carry.stocks(from_cents(planned.cents));
  constexpr double kMore = static_cast<double>(kNextCents) / kCents;
  // Of each market and channel the best week only.
  std::vector<NextPlace> best(problem.campaign.markets * problem.channels);
  for (std::size_t at = 0; at < best.size(); ++at) {
    NextPlace& place = best[at];
    const std::size_t channel = at % problem.channels;
    const bool concave = is_concave(planned, at * problem.weeks);
    for (const std::size_t i : by_promise(planned, at * problem.weeks)) {
      if (concave && planned.marginal[i] * kMore <= place.gain) break;
      const auto spent = static_cast<double>(planned.cents.cells[i]) / kCents;
      if (full[i] || cells[i].high < spent + kMore || spent + kMore < cells[i].minimum) continue;
      const double gain = worth_of(planned, i) * carry.gain_of_more(stocks, i, kMore);
      if (gain <= place.gain) continue;
      const double wide = kSure * problem.effect_errors[channel];
      place = {.market = problem.market_of(i),
               .channel = channel,
               .week = problem.week_of(i),
               .gain = gain,
               .gain_low = gain * (1 - wide),
               .gain_high = gain * (1 + wide),
               .unsure = problem.effect_unsure[channel]};
    }
  }
  std::erase_if(best, [](const NextPlace& place) { return place.gain <= 0; });
  std::sort(best.begin(), best.end(), [](const NextPlace& a, const NextPlace& b) {
    return std::tuple(-a.gain, a.market, a.channel) < std::tuple(-b.gain, b.market, b.channel);
  });
  if (best.size() > kNextMax) best.resize(kNextMax);
  planned.next = std::move(best);
}

}  // namespace

std::int64_t Planned::planned_cents() const {
  std::int64_t sum = 0;
  for (const NewLine& line : lines)
    sum += line.cents;
  return sum;
}

Result<Planned> make_plan(const Stored& stored, Instant now, const WhatIf& what_if,
                          const Planned* before) {
  const auto begun = std::chrono::steady_clock::now();
  Planned planned;
  planned.problem =
      TRY(plan_problem(stored, now, what_if, before == nullptr ? nullptr : &before->problem));
  const allocation::Campaign& campaign = planned.problem.campaign;
  const bool again = before != nullptr &&
                     before->race.optimum.spend.size() == campaign.problem.cells.size() &&
                     before->race.optimum.prices.size() == campaign.problem.limits.size();
  allocation::Search search;
  if (again) search.gap_wanted = 1e-7;  // far below a cent's worth of any plan that pays
  planned.race = TRY(allocation::plan_race(campaign, search, again ? &before->race : nullptr));
  planned.cents = to_cents(campaign.problem, planned.race.optimum.spend);
  planned.means = means_after(campaign, from_cents(planned.cents));
  const auto& resolution = planned.race.resolution;
  planned.value = TRY(objective_at(campaign, planned.means, nullptr, resolution));
  planned.booked_means = means_after(campaign, planned.problem.booked_money());
  planned.booked_value = TRY(objective_at(campaign, planned.booked_means, nullptr, resolution));
  rate_cells(planned);
  rate_gain(planned);
  list_lines(planned);
  find_next(planned);
  planned.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return planned;
}

}  // namespace hustings::spending
