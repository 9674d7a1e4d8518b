#include "spending/past_effects.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "allocation/carry_over.h"
#include "spending/poll_picture.h"

namespace hustings::spending {
namespace {

constexpr double kDaysOfWeek = 7;

allocation::Curve unfaded(allocation::Curve curve, double size) {
  curve.size = size;
  return curve;
}

}  // namespace

PastEffects::PastEffects(const Stored& stored, const PlanProblem& problem, const WhatIf& what_if,
                         const std::vector<double>& theirs)
    : stored_(stored), problem_(problem) {
  for (const StoredChannel& channel : stored.channels) {
    const auto factor = what_if.effects.find(channel.name);
    sizes_.push_back(channel.response ? channel.response->effect *
                                            (factor == what_if.effects.end() ? 1 : factor->second)
                                      : 0);
  }
  add(problem.booked_money(), 1);
  add(theirs, -1);
}

void PastEffects::add(const std::vector<double>& money, double sign) {
  if (money.empty()) return;
  if (std::all_of(money.begin(), money.end(), [](double spent) { return spent <= 0; })) return;
  const auto& cells = problem_.campaign.problem.cells;
  Side side{.stocks = allocation::CarryOver(problem_.campaign.problem).stocks(money),
            .full = std::vector<double>(cells.size()),
            .sign = sign};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (side.stocks[i] <= 0 || !problem_.acts[i]) continue;
    side.full[i] = unfaded(cells[i].curve, sizes_[problem_.channel_of(i)]).value(side.stocks[i]);
  }
  sides_.push_back(std::move(side));
}

/// Of the weeks of one market and channel, from cell `first` on.
double PastEffects::felt(const Side& side, std::size_t first, double weeks) const {
  const std::size_t channel = problem_.channel_of(first);
  const auto& response = stored_.channels[channel].response;
  if (!response) return 0;
  const auto whole = static_cast<std::size_t>(weeks);
  const double part = weeks - static_cast<double>(whole);
  double sum = 0;
  for (std::size_t week = 0; week < whole; ++week)
    sum = sum * response->decay + side.full[first + week];
  if (part <= 0) return sum;
  sum *= std::pow(response->decay, part);
  const double begun = side.stocks[first + whole];
  if (begun <= 0 || !problem_.acts[first + whole]) return sum;
  const allocation::Curve& curve = problem_.campaign.problem.cells[first + whole].curve;
  return sum + unfaded(curve, sizes_[channel]).value(part * begun);
}

std::vector<double> PastEffects::at(double weeks) const {
  std::vector<double> shares(stored_.contests.size());
  const double inside = std::clamp(weeks, 0.0, static_cast<double>(problem_.weeks));
  if (inside <= 0 || sides_.empty()) return shares;
  std::vector<double> moved(stored_.markets.size());
  for (const Side& side : sides_) {
    for (std::size_t first = 0; first < side.stocks.size(); first += problem_.weeks)
      moved[problem_.market_of(first)] += side.sign * felt(side, first, inside);
  }
  for (const StoredReach& reach : stored_.reaches)
    shares[reach.contest] += reach.share * moved[reach.market];
  return shares;
}

std::vector<double> PastEffects::by_poll() const {
  std::vector<double> moved(stored_.polls.size());
  if (sides_.empty()) return moved;
  const std::int64_t first = day_number(stored_.settings.first_day.value_or("1970-01-01"));
  std::map<std::int64_t, std::vector<double>> days;
  for (std::size_t i = 0; i < moved.size(); ++i) {
    const std::int64_t day = day_number(stored_.polls[i].end_day);
    auto known = days.find(day);
    if (known == days.end())
      known = days.emplace(day, at(static_cast<double>(day - first + 1) / kDaysOfWeek)).first;
    moved[i] = known->second[stored_.polls[i].contest];
  }
  return moved;
}

}  // namespace hustings::spending
