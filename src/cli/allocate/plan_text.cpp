#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "allocation/money_text.h"
#include "allocation/win_probability.h"
#include "cli/allocate/allocate_files.h"

namespace hustings::cli {
namespace {

using allocation::money_text;

constexpr std::size_t kLinesMax = 20;
constexpr double kNextMoney = 10'000;

std::string money(std::int64_t cents) { return money_text(static_cast<double>(cents) / 100); }

const allocation::Problem& problem_of(const AllocationOutcome& outcome) {
  return outcome.input.campaign ? outcome.input.campaign->problem : outcome.input.problem;
}

std::string objective_name(const AllocationOutcome& outcome) {
  if (!outcome.input.campaign) return "value";
  switch (outcome.input.campaign->objective) {
    case allocation::Objective::win:
      return "probability of winning";
    case allocation::Objective::expected_weight:
      return "expected weight won";
    case allocation::Objective::net_votes:
      return "expected votes ahead";
    case allocation::Objective::robust_win:
      return "probability of winning under the worst poll error";
  }
  return "";
}

std::string certificate_text(const AllocationOutcome& outcome) {
  const allocation::Optimum& optimum = outcome.optimum;
  const bool global = !outcome.race || outcome.race->bound_is_global;
  return global
             ? fmt::format("no plan within the limits is better by more than {:.3g}", optimum.gap())
             : fmt::format(
                   "no small change of the plan can gain more than {:.3g} "
                   "(first-order bound; two different starts tried)",
                   optimum.gap());
}

/// Whether the effects behind the plan could as well be nothing.
std::string doubt_text(const AllocationOutcome& outcome) {
  if (!outcome.gain_error) return "";
  const double half = 1.959963984540054 * *outcome.gain_error;
  std::string text = fmt::format("gain               {:.6g} (95 % interval {:.6g} to {:.6g})\n",
                                 outcome.gain(), outcome.gain() - half, outcome.gain() + half);
  if (outcome.gain() - half <= 0) {
    text +=
        "What is known of the effects does not tell this gain from zero: measure before "
        "spending much.\n";
  }
  return text;
}

std::string markets_text(const AllocationOutcome& outcome) {
  const AllocationInput& input = outcome.input;
  std::vector<std::int64_t> spend(input.markets.size());
  for (std::size_t i = 0; i < outcome.cents.cells.size(); ++i)
    spend[input.market_of(i)] += outcome.cents.cells[i];
  std::vector<std::size_t> order(spend.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(-spend[a], a) < std::pair(-spend[b], b);
  });
  std::string text = fmt::format("\n{:<24} {:>18}\n", "market", "plan");
  std::size_t lines = 0;
  for (const std::size_t market : order) {
    if (spend[market] == 0) break;
    if (++lines > kLinesMax) break;
    text += fmt::format("{:<24} {:>18}\n", input.markets[market], money(spend[market]));
  }
  const auto active = static_cast<std::size_t>(
      std::count_if(spend.begin(), spend.end(), [](std::int64_t s) { return s > 0; }));
  if (active > kLinesMax) text += fmt::format("and {} more markets\n", active - kLinesMax);
  return text;
}

std::string sums_text(const AllocationOutcome& outcome) {
  const AllocationInput& input = outcome.input;
  std::vector<std::int64_t> by_channel(input.channels.size());
  std::vector<std::int64_t> by_week(input.weeks);
  for (std::size_t i = 0; i < outcome.cents.cells.size(); ++i) {
    by_channel[input.channel_of(i)] += outcome.cents.cells[i];
    by_week[input.week_of(i)] += outcome.cents.cells[i];
  }
  std::string text = fmt::format("\n{:<24} {:>18}\n", "channel", "plan");
  for (std::size_t i = 0; i < by_channel.size(); ++i)
    text += fmt::format("{:<24} {:>18}\n", input.channels[i], money(by_channel[i]));
  if (by_week.size() == 1) return text;
  text += fmt::format("\n{:<24} {:>18}\n", "week", "plan");
  for (std::size_t i = 0; i < by_week.size(); ++i)
    text += fmt::format("{:<24} {:>18}\n", i + 1, money(by_week[i]));
  return text;
}

std::string limits_text(const AllocationOutcome& outcome) {
  const allocation::Problem& problem = problem_of(outcome);
  std::string text;
  for (std::size_t i = 0; i < problem.limits.size(); ++i) {
    const double price = outcome.optimum.prices.empty() ? 0 : outcome.optimum.prices[i];
    if (std::abs(price) <= 1e-9 * outcome.optimum.price) continue;
    const allocation::Limit& limit = problem.limits[i];
    text += fmt::format("{}: {} {} binds; a unit of money more would {} {:.4g}\n", limit.name,
                        price > 0 ? "at most" : "at least",
                        money_text(price > 0 ? limit.cap : limit.floor),
                        price > 0 ? "bring" : "cost", std::abs(price));
  }
  return text.empty() ? "" : "\n" + text;
}

std::string contests_text(const AllocationOutcome& outcome) {
  const allocation::Race& race = outcome.input.campaign->race;
  std::vector<std::size_t> order(race.contests.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(-outcome.race->slopes[a], a) < std::pair(-outcome.race->slopes[b], b);
  });
  order.resize(std::min(order.size(), kLinesMax));
  std::string text = fmt::format("\n{:<24} {:>6} {:>9} {:>9} {:>9} {:>9}\n", "contest", "weight",
                                 "Q", "chance", "after", "moved");
  for (const std::size_t i : order) {
    const allocation::Contest& contest = race.contests[i];
    text += fmt::format("{:<24} {:>6} {:>9.4g} {:>9.4f} {:>9.4f} {:>+8.3f}%\n", contest.name,
                        contest.weight, outcome.race->slopes[i],
                        allocation::chance_at(race, i, contest.mean),
                        allocation::chance_at(race, i, outcome.race->means[i]),
                        100 * (outcome.race->means[i] - contest.mean));
  }
  return text;
}

}  // namespace

std::string allocation_text(const AllocationOutcome& outcome) {
  const AllocationInput& input = outcome.input;
  std::string text;
  for (const std::string& note : input.notes)
    text += note + "\n";
  text += fmt::format("{}: {:.13g} ({:.13g} without spending)\n", objective_name(outcome),
                      outcome.optimum.value, outcome.without);
  text += fmt::format("certificate        {}\n", certificate_text(outcome));
  text += fmt::format(
      "budget             {} {}, spent {}, left {}\n", input.currency, money(outcome.cents.budget),
      money(outcome.cents.budget - outcome.cents.unspent), money(outcome.cents.unspent));
  text += fmt::format("one more {}       {:.13g}\n", input.currency, outcome.optimum.price);
  text += doubt_text(outcome);
  if (const auto next = outcome.next_cell()) {
    text += fmt::format(
        "The next {} go to {}: {:.4g} for them, more than anywhere else that has "
        "room.\n",
        money_text(kNextMoney), problem_of(outcome).name_of(*next),
        kNextMoney * outcome.marginal[*next]);
  } else {
    text += "No money could do more: every place that gains is full.\n";
  }
  if (outcome.budget_alone) {
    text += fmt::format("Without the limits on sums it would be {:.13g}.\n",
                        outcome.budget_alone->value);
  }
  if (!input.held_out.empty()) {
    text += fmt::format("Held out to measure against: {} (compared with {}).\n",
                        fmt::join(input.held_out, ", "), fmt::join(input.compared, ", "));
  }
  text += limits_text(outcome);
  if (outcome.race) text += contests_text(outcome);
  return text + markets_text(outcome) + sums_text(outcome);
}

}  // namespace hustings::cli
