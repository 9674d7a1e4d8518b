#include <boost/json.hpp>
#include <fmt/format.h>

#include "allocation/win_probability.h"
#include "cli/allocate/allocate_files.h"

namespace hustings::cli {
namespace {

namespace json = boost::json;
using allocation::Problem;

const Problem& problem_of(const AllocationOutcome& outcome) {
  return outcome.input.campaign ? outcome.input.campaign->problem : outcome.input.problem;
}

double money(std::int64_t cents) { return static_cast<double>(cents) / 100; }

json::object certificate(const allocation::Optimum& optimum, bool global) {
  return {{"bound", optimum.bound},
          {"gap", optimum.gap()},
          {"relative_gap", optimum.value != 0 ? optimum.gap() / std::abs(optimum.value) : 0},
          {"kind", global ? "global" : "first_order"}};
}

json::array limits_of(const AllocationOutcome& outcome) {
  const Problem& problem = problem_of(outcome);
  json::array list;
  for (std::size_t i = 0; i < problem.limits.size(); ++i) {
    const allocation::Limit& limit = problem.limits[i];
    std::int64_t sum = 0;
    for (const std::uint32_t cell : limit.cells)
      sum += outcome.cents.cells[cell];
    json::object entry{{"name", limit.name}, {"spend", money(sum)}, {"floor", limit.floor}};
    if (limit.cap < allocation::kNoLimit) entry["cap"] = limit.cap;
    entry["price"] = i < outcome.optimum.prices.size() ? outcome.optimum.prices[i] : 0.0;
    list.push_back(std::move(entry));
  }
  return list;
}

json::object cell_of(const AllocationOutcome& outcome, std::size_t i) {
  const AllocationInput& input = outcome.input;
  json::object cell{{"market", input.markets[input.market_of(i)]},
                    {"channel", input.channels[input.channel_of(i)]}};
  if (input.weeks > 1) cell["week"] = input.week_of(i) + 1;
  cell["spend"] = money(outcome.cents.cells[i]);
  cell["marginal"] = outcome.marginal[i];
  return cell;
}

json::array markets_of(const AllocationOutcome& outcome) {
  const AllocationInput& input = outcome.input;
  std::vector<std::int64_t> spend(input.markets.size());
  std::vector<double> best(input.markets.size());
  for (std::size_t i = 0; i < outcome.cents.cells.size(); ++i) {
    spend[input.market_of(i)] += outcome.cents.cells[i];
    best[input.market_of(i)] = std::max(best[input.market_of(i)], outcome.marginal[i]);
  }
  json::array list;
  for (std::size_t i = 0; i < spend.size(); ++i) {
    json::object market{
        {"name", input.markets[i]}, {"spend", money(spend[i])}, {"best_marginal", best[i]}};
    if (outcome.race) market["worth_of_a_point"] = outcome.race->worth[i] / 100;
    list.push_back(std::move(market));
  }
  return list;
}

json::array contests_of(const AllocationOutcome& outcome) {
  const allocation::Race& race = outcome.input.campaign->race;
  json::array list;
  for (std::size_t i = 0; i < race.contests.size(); ++i) {
    const allocation::Contest& contest = race.contests[i];
    list.push_back(
        json::object{{"name", contest.name},
                     {"weight", contest.weight},
                     {"mean", contest.mean},
                     {"mean_after", outcome.race->means[i]},
                     {"chance", allocation::chance_at(race, i, contest.mean)},
                     {"chance_after", allocation::chance_at(race, i, outcome.race->means[i])},
                     {"Q", outcome.race->slopes[i]}});
  }
  return list;
}

void add_race(const AllocationOutcome& outcome, json::object& result) {
  result["contests"] = contests_of(outcome);
  if (outcome.race->scenarios.empty()) return;
  result["scenarios"] = json::array(outcome.race->scenarios.begin(), outcome.race->scenarios.end());
}

template <class T>
json::array texts(const std::vector<T>& list) {
  json::array array;
  for (const T& item : list)
    array.emplace_back(item);
  return array;
}

}  // namespace

std::string allocation_json(const AllocationOutcome& outcome) {
  const AllocationInput& input = outcome.input;
  const bool global = !outcome.race || outcome.race->bound_is_global;
  json::object result;
  result["objective_name"] =
      input.campaign ? std::string(to_string(input.campaign->objective)) : "value";
  result["objective"] = outcome.optimum.value;
  result["objective_of_plan"] = outcome.value;
  result["without_spending"] = outcome.without;
  result["gain"] = outcome.gain();
  if (outcome.gain_error) result["gain_standard_error"] = *outcome.gain_error;
  result["certificate"] = certificate(outcome.optimum, global);
  result["lambda"] = outcome.optimum.price;
  result["currency"] = input.currency;
  result["budget"] = money(outcome.cents.budget);
  result["spent"] = money(outcome.cents.budget - outcome.cents.unspent);
  result["unspent"] = money(outcome.cents.unspent);
  result["cpu_seconds"] = outcome.cpu_seconds;
  result["nodes"] = outcome.optimum.nodes;
  if (const auto next = outcome.next_cell()) result["next"] = cell_of(outcome, *next);
  if (outcome.budget_alone) {
    result["without_limits"] =
        json::object{{"objective", outcome.budget_alone->value},
                     {"lambda", outcome.budget_alone->price},
                     {"certificate", certificate(*outcome.budget_alone, true)}};
  }
  result["limits"] = limits_of(outcome);
  if (outcome.race) add_race(outcome, result);
  result["markets"] = markets_of(outcome);
  if (!input.held_out.empty()) {
    result["held_out"] = texts(input.held_out);
    result["compared_with"] = texts(input.compared);
  }
  result["notes"] = texts(input.notes);
  std::vector<double> x(outcome.cents.cells.size());
  std::vector<double> exact(x.size());
  std::vector<double> marginal(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[input.file_place[i]] = money(outcome.cents.cells[i]);
    exact[input.file_place[i]] = outcome.optimum.spend[i];
    marginal[input.file_place[i]] = outcome.marginal[i];
  }
  result["x"] = json::array(x.begin(), x.end());
  result["x_exact"] = json::array(exact.begin(), exact.end());
  result["marginal"] = json::array(marginal.begin(), marginal.end());
  return json::serialize(result);
}

}  // namespace hustings::cli
