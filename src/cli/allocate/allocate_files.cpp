#include "cli/allocate/allocate_files.h"

#include <cmath>
#include <ctime>

#include "allocation/carry_over.h"

namespace hustings::cli {
namespace {

using allocation::Problem;

double cpu_now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

const Problem& problem_of(const AllocationOutcome& outcome) {
  return outcome.input.campaign ? outcome.input.campaign->problem : outcome.input.problem;
}

/// What a share moved in a cell's market, or a unit of its effect, is worth.
double worth_of(const AllocationOutcome& outcome, std::size_t cell) {
  return outcome.race ? outcome.race->worth[outcome.input.market_of(cell)] : 1;
}

Status solve_race(AllocationOutcome& outcome, const allocation::Search& search) {
  const allocation::Campaign& campaign = *outcome.input.campaign;
  outcome.race = TRY(allocation::plan_race(campaign, search));
  outcome.optimum = outcome.race->optimum;
  outcome.without = outcome.race->without;
  outcome.cents = to_cents(campaign.problem, outcome.optimum.spend);
  const std::vector<double> spend = from_cents(outcome.cents);
  outcome.race->means = means_after(campaign, spend);
  outcome.value = TRY(objective_at(campaign, outcome.race->means, nullptr));
  return {};
}

Status solve_plain(AllocationOutcome& outcome, const allocation::Search& search) {
  const Problem& problem = outcome.input.problem;
  outcome.optimum = TRY(allocation::maximise(problem, search));
  outcome.cents = to_cents(problem, outcome.optimum.spend);
  outcome.value = value_of(problem, from_cents(outcome.cents));
  if (problem.limits.empty()) return {};
  Problem free = problem;
  free.limits.clear();
  outcome.budget_alone = TRY(allocation::maximise(free, search));
  return {};
}

void explain(AllocationOutcome& outcome) {
  const Problem& problem = problem_of(outcome);
  const allocation::CarryOver carry(problem);
  const std::vector<double> stocks = carry.stocks(from_cents(outcome.cents));
  for (const double slope : carry.slopes(stocks)) {
    const double worth = worth_of(outcome, outcome.marginal.size());
    outcome.marginal.push_back(slope > 0 && worth > 0 ? slope * worth : 0);
  }
  if (outcome.input.gain_se.empty()) return;
  // Sizes of one channel are one estimate: errors of its cells go the same way.
  std::vector<double> by_channel(outcome.input.channels.size());
  for (std::size_t i = 0; i < problem.cells.size(); ++i) {
    const double size = problem.cells[i].curve.size;
    const double share = size > 0 ? problem.cells[i].curve.value(stocks[i]) / size : 0;
    by_channel[outcome.input.channel_of(i)] +=
        worth_of(outcome, i) * share * outcome.input.gain_se[i];
  }
  double variance = 0;
  for (const double error : by_channel)
    variance += error * error;
  outcome.gain_error = std::sqrt(variance);
}

}  // namespace

std::optional<std::size_t> AllocationOutcome::next_cell() const {
  const Problem& problem = problem_of(*this);
  std::vector<bool> full(problem.cells.size());
  for (const allocation::Limit& limit : problem.limits) {
    if (!std::isfinite(limit.cap)) continue;
    std::int64_t sum = 0;
    for (const std::uint32_t cell : limit.cells)
      sum += cents.cells[cell];
    if (static_cast<double>(sum) / 100 < limit.cap - 0.005) continue;
    for (const std::uint32_t cell : limit.cells)
      full[cell] = true;
  }
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < problem.cells.size(); ++i) {
    const bool room =
        !full[i] && static_cast<double>(cents.cells[i]) / 100 < problem.cells[i].high - 0.005;
    if (room && marginal[i] > 0 && (!best || marginal[i] > marginal[*best])) best = i;
  }
  return best;
}

Result<AllocationOutcome> allocate_file(const AllocateArguments& arguments) {
  AllocationOutcome outcome;
  outcome.input = TRY(read_allocation(arguments.problem, arguments.options));
  const allocation::Search search{.nodes_max = arguments.search_nodes};
  const double start = cpu_now();
  if (outcome.input.campaign) {
    TRY(solve_race(outcome, search));
  } else {
    TRY(solve_plain(outcome, search));
  }
  outcome.cpu_seconds = cpu_now() - start;
  explain(outcome);
  return outcome;
}

}  // namespace hustings::cli
