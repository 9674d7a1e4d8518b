#include "spending/plan_problem.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "allocation/carry_over.h"
#include "allocation/hold_out.h"
#include "allocation/money_text.h"
#include "spending/correlations.h"
#include "spending/past_effects.h"
#include "spending/poll_picture.h"

namespace hustings::spending {
namespace {

constexpr double kCents = 100;
constexpr double kSure = 1.959963984540054;  ///< of a normal: 95 % lie within
constexpr double kThousand = 1000;

double money(std::int64_t cents) { return static_cast<double>(cents) / kCents; }

/// The rates in an order in which the last that fits is the one that counts.
class Prices {
 public:
  Prices(const Stored& stored, std::size_t weeks)
      : channels_(stored.channels.size()),
        weeks_(weeks),
        rates_((stored.markets.size() + 1) * channels_ * weeks) {
    for (const bool own : {false, true}) {
      for (const StoredRate& rate : stored.rates) {
        if (rate.market.has_value() == own) put(rate, stored.markets.size());
      }
    }
  }
  /// Of a thousand contacts with those who are meant; none: there is no price.
  std::optional<double> at(std::size_t market, std::size_t channel, std::int64_t week) const {
    const double price = rates_[place(market, channel, week)];
    return price > 0 ? std::optional(price) : std::nullopt;
  }

 private:
  std::size_t place(std::size_t market, std::size_t channel, std::int64_t week) const {
    return (market * channels_ + channel) * weeks_ + static_cast<std::size_t>(week - 1);
  }
  void put(const StoredRate& rate, std::size_t markets) {
    const std::size_t first = rate.market.value_or(0);
    const std::size_t last = rate.market.value_or(markets - 1);
    for (std::size_t market = first; market <= last; ++market) {
      for (std::int64_t week = rate.from_week; week <= static_cast<std::int64_t>(weeks_); ++week)
        rates_[place(market, rate.channel, week)] = money(rate.price_cents) / rate.target_share;
    }
  }

  std::size_t channels_;
  std::size_t weeks_;
  std::vector<double> rates_;
};

void set_errors(const Stored& stored, allocation::Race& race) {
  const Settings& settings = stored.settings;
  race.errors.national = settings.error_national;
  race.errors.regional = settings.error_regional;
  race.errors.scales = settings.scales;
  race.errors.chances = settings.chances;
  race.errors.correlation = correlation_matrix(stored);
}

/// What the other side spends, by cell; empty: nothing.
std::vector<double> money_of_opponent(const Stored& stored, const PlanProblem& out) {
  std::vector<double> theirs;
  if (stored.opponent.empty()) return theirs;
  theirs.resize(out.campaign.problem.cells.size());
  for (const CellMoney& cell : stored.opponent) {
    if (cell.week <= static_cast<std::int64_t>(out.weeks))
      theirs[out.cell(cell.market, cell.channel, cell.week)] += money(cell.cents);
  }
  return theirs;
}

/// Where the contests stand but for money: polls less what money had moved by their days.
Status make_means(const Stored& stored, Instant now, const WhatIf& what_if,
                  const PlanProblem* before, PlanProblem& out) {
  PollContext context;
  out.inputs = stored.settings.inputs;
  if (before != nullptr && before->inputs == out.inputs) context.scales = before->tracker;
  const ContestMeans polled = TRY(contest_means(stored, now, context));
  out.tracker = polled.tracker;
  context.scales = polled.tracker;
  context.moved = PastEffects(stored, out, what_if, money_of_opponent(stored, out)).by_poll();
  const ContestMeans before_money = TRY(contest_means(stored, now, context));
  for (std::size_t i = 0; i < stored.contests.size(); ++i) {
    out.polled.push_back(polled.shares[i] + what_if.swing);
    out.unmoved.push_back(before_money.shares[i] + what_if.swing);
    out.campaign.race.contests[i].mean = out.unmoved[i] - 0.5;
  }
  return {};
}

/// All but the means.
void make_race(const Stored& stored, const WhatIf& what_if, PlanProblem& out) {
  const Settings& settings = stored.settings;
  allocation::Race& race = out.campaign.race;
  race.needed = static_cast<int>(settings.needed);
  set_errors(stored, race);
  for (const StoredContest& contest : stored.contests) {
    race.contests.push_back({.name = contest.name,
                             .region = contest.region,
                             .weight = static_cast<int>(contest.weight)});
    race.errors.contest.push_back(contest.error.value_or(settings.error_contest));
    out.campaign.votes.push_back(static_cast<double>(contest.votes));
  }
  for (const StoredReach& reach : stored.reaches) {
    out.campaign.reaches.push_back({.market = static_cast<std::uint32_t>(reach.market),
                                    .contest = static_cast<std::uint32_t>(reach.contest),
                                    .share = reach.share});
  }
  out.campaign.objective = what_if.objective.value_or(settings.objective);
}

void add_poll_errors(const Stored& stored, PlanProblem& out) {
  if (out.campaign.objective != allocation::Objective::robust_win) return;
  std::map<std::string, std::vector<double>> scenarios;
  for (const bool own : {false, true}) {
    for (const StoredPollError& error : stored.poll_errors) {
      std::vector<double>& list = scenarios[error.scenario];
      list.resize(stored.contests.size());
      if (own && error.contest) list[*error.contest] = error.error;
      if (!own && !error.contest) std::fill(list.begin(), list.end(), error.error);
    }
  }
  for (auto& [name, list] : scenarios)
    out.campaign.poll_errors.push_back(std::move(list));
}

allocation::Curve curve_of(const Response& response, double factor, double weeks_left,
                           double price_of_thousand, std::int64_t people) {
  return {.kind = response.curve,
          .size = response.effect * factor * std::pow(response.decay, weeks_left),
          .scale = response.contacts * price_of_thousand / kThousand * static_cast<double>(people),
          .shape = response.shape};
}

void make_cells(const Stored& stored, const WhatIf& what_if, PlanProblem& out) {
  const Prices prices(stored, out.weeks);
  std::vector<allocation::Cell>& cells = out.campaign.problem.cells;
  cells.reserve(stored.markets.size() * out.channels * out.weeks);
  std::vector<bool> held(stored.markets.size());
  for (const std::size_t market : out.held_out)
    held[market] = true;
  for (std::size_t market = 0; market < stored.markets.size(); ++market) {
    for (std::size_t c = 0; c < out.channels; ++c) {
      const StoredChannel& channel = stored.channels[c];
      const auto factor = what_if.effects.find(channel.name);
      for (std::int64_t week = 1; week <= static_cast<std::int64_t>(out.weeks); ++week) {
        const std::size_t i = cells.size();
        allocation::Cell cell{.low = money(out.booked[i]), .key = i};
        const auto price = prices.at(market, c, week);
        out.acts.push_back(channel.response && price);
        if (out.acts.back()) {
          const auto left = static_cast<double>(static_cast<std::int64_t>(out.weeks) - week);
          cell.curve =
              curve_of(*channel.response, factor == what_if.effects.end() ? 1 : factor->second,
                       left, *price, stored.markets[market].people);
        }
        const bool open = out.acts.back() && week >= out.first_open_week && !held[market];
        if (!open) cell.high = cell.low;
        if (open && out.booked[i] == 0) cell.minimum = money(channel.minimum_cents);
        cells.push_back(cell);
        out.campaign.market_of.push_back(static_cast<std::uint32_t>(market));
      }
    }
  }
}

/// Weeks of a market and channel whose contacts are remembered lean on each other.
void make_chains(const Stored& stored, PlanProblem& out) {
  for (std::size_t market = 0; market < stored.markets.size(); ++market) {
    for (std::size_t c = 0; c < out.channels; ++c) {
      const auto& response = stored.channels[c].response;
      if (!response || response->half_life <= 0 || out.weeks < 2) continue;
      out.campaign.problem.chains.push_back(
          {.first = static_cast<std::uint32_t>(out.cell(market, c, 1)),
           .cells = static_cast<std::uint32_t>(out.weeks),
           .kept = allocation::kept_of_half_life(response->half_life)});
    }
  }
}

/// What the other side's spending moves by election day, against us.
void subtract_opponent(const Stored& stored, PlanProblem& out) {
  const std::vector<double> theirs = money_of_opponent(stored, out);
  if (theirs.empty()) return;
  std::vector<double> moved(stored.markets.size());
  const allocation::CarryOver carry(out.campaign.problem);
  const std::vector<double> effects = carry.effects(carry.stocks(theirs));
  for (std::size_t i = 0; i < effects.size(); ++i)
    moved[out.market_of(i)] += effects[i];
  for (const allocation::Reach& reach : out.campaign.reaches)
    out.campaign.race.contests[reach.contest].mean -= reach.share * moved[reach.market];
}

bool covers(const SpendLimit& limit, std::size_t market, std::size_t channel, std::int64_t week) {
  return (!limit.market || *limit.market == market) &&
         (!limit.channel || *limit.channel == channel) && week >= limit.from_week.value_or(1) &&
         week <= limit.to_week.value_or(week);
}

/// Money booked in weeks behind the last one counts, but is in no cell.
void make_limits(const Stored& stored, const std::vector<CellMoney>& late, PlanProblem& out) {
  for (const SpendLimit& limit : stored.limits) {
    std::int64_t outside = 0;
    for (const CellMoney& cell : late) {
      if (covers(limit, cell.market, cell.channel, cell.week)) outside += cell.cents;
    }
    allocation::Limit made{.name = limit.name,
                           .floor = money(std::max<std::int64_t>(0, limit.floor_cents - outside))};
    if (limit.cap_cents) made.cap = money(*limit.cap_cents - outside);
    for (std::size_t i = 0; i < out.campaign.problem.cells.size(); ++i) {
      if (covers(limit, out.market_of(i), out.channel_of(i), out.week_of(i)))
        made.cells.push_back(static_cast<std::uint32_t>(i));
    }
    if (!made.cells.empty()) out.campaign.problem.limits.push_back(std::move(made));
  }
}

void draw_markets(const Stored& stored, double share, PlanProblem& out) {
  if (share <= 0) return;
  std::vector<allocation::Sized> sized;
  for (const StoredMarket& market : stored.markets)
    sized.push_back({.name = market.name, .size = static_cast<double>(market.people)});
  const allocation::HoldOut drawn = allocation::draw_hold_out(
      sized, share, static_cast<std::uint64_t>(stored.settings.explore_seed));
  out.held_out.assign(drawn.held.begin(), drawn.held.end());
  out.compared.assign(drawn.compared.begin(), drawn.compared.end());
}

void rate_effects(const Stored& stored, PlanProblem& out) {
  for (const StoredChannel& channel : stored.channels) {
    const bool known = channel.response && channel.response->effect > 0;
    out.effect_errors.push_back(known ? channel.response->effect_error / channel.response->effect
                                      : 0);
    out.effect_unsure.push_back(!known || out.effect_errors.back() * kSure >= 1);
  }
}

}  // namespace

std::vector<double> PlanProblem::booked_money() const {
  std::vector<double> amounts;
  amounts.reserve(booked.size());
  for (const std::int64_t cents : booked)
    amounts.push_back(money(cents));
  return amounts;
}

Result<PlanProblem> plan_problem(const Stored& stored, Instant now, const WhatIf& what_if,
                                 const PlanProblem* before) {
  const Settings& settings = stored.settings;
  if (!settings.first_day) return invalid("Set the first day of week 1.");
  if (stored.contests.empty() || stored.markets.empty() || stored.channels.empty() ||
      stored.reaches.empty())
    return invalid(missing_of(stored).back());
  PlanProblem out;
  out.channels = stored.channels.size();
  out.weeks = static_cast<std::size_t>(settings.weeks);
  out.campaign.markets = stored.markets.size();
  const std::int64_t today = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
  out.first_open_week =
      std::max<std::int64_t>(1, (today - day_number(*settings.first_day)) / 7 + 1);
  make_race(stored, what_if, out);
  add_poll_errors(stored, out);
  draw_markets(stored, what_if.explore_share.value_or(settings.explore_share), out);
  out.booked.assign(stored.markets.size() * out.channels * out.weeks, 0);
  std::vector<CellMoney> late;
  std::int64_t outside = 0;
  for (const CellMoney& cell : stored.booked) {
    if (cell.week <= settings.weeks) {
      out.booked[out.cell(cell.market, cell.channel, cell.week)] += cell.cents;
    } else {
      late.push_back(cell);
      outside += cell.cents;
    }
  }
  out.budget_cents = what_if.budget_cents.value_or(settings.budget_cents) - outside;
  const std::int64_t least = settings.booked_cents - outside;
  if (out.budget_cents < least) {
    return invalid(fmt::format("{} is booked already; the budget cannot be less.",
                               allocation::money_text(money(settings.booked_cents))));
  }
  out.campaign.problem.budget = money(out.budget_cents);
  make_cells(stored, what_if, out);
  make_chains(stored, out);
  TRY(make_means(stored, now, what_if, before, out));
  subtract_opponent(stored, out);
  make_limits(stored, late, out);
  rate_effects(stored, out);
  return out;
}

}  // namespace hustings::spending
