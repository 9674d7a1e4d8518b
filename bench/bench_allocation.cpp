// Allocation problems A, B and C against NLopt and Ipopt, in one process, in turn with ours: what
// each reaches, and the processor seconds that it takes. B is also run with its caps by channel and
// week; last, at 208 markets x 10 channels x 20 weeks: a change of the polls in the optimiser
// alone, and in what the money pages ask for, changes that are tried out and a new poll's plan.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "allocation/live_plan.h"
#include "allocation/testing/problems.h"
#include "allocation/win_probability.h"
#include "bench_report.h"
#include "peers/allocation_peers.h"

namespace hustings::bench {
namespace {

using namespace hustings::allocation;

double cpu_now() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double wall_ms(const std::function<void()>& run) {
  timespec before{};
  timespec after{};
  clock_gettime(CLOCK_MONOTONIC, &before);
  run();
  clock_gettime(CLOCK_MONOTONIC, &after);
  return 1e3 * static_cast<double>(after.tv_sec - before.tv_sec) +
         1e-6 * static_cast<double>(after.tv_nsec - before.tv_nsec);
}

/// Processor seconds of one call: the median of several samples, each long enough for the clock.
double cpu_of(const std::function<void()>& run, int samples) {
  run();
  std::vector<double> seconds;
  for (int i = 0; i < samples; ++i) {
    int calls = 0;
    const double start = cpu_now();
    double used = 0;
    do {
      run();
      ++calls;
      used = cpu_now() - start;
    } while (used < 0.01);
    seconds.push_back(used / calls);
  }
  return median(seconds);
}

struct Ours {
  double objective = 0;
  double gap = 0;
  double cpu_s = 0;
};

struct Best {
  std::string peer = "none";
  double objective = 0;
  double cpu_s = 0;
};

/// What every peer is given: amounts in units of their curve's scale, so that all are about 1.
PeerProblem peer_problem(const Problem& problem) {
  PeerProblem peer;
  for (const Cell& cell : problem.cells) {
    peer.scale.push_back(cell.curve.scale);
    peer.low.push_back(cell.low / cell.curve.scale);
    peer.high.push_back(cell.high / cell.curve.scale);
  }
  std::vector<std::uint32_t> all(problem.cells.size());
  for (std::uint32_t i = 0; i < all.size(); ++i)
    all[i] = i;
  peer.rows.push_back({all, problem.budget});
  for (const Limit& limit : problem.limits)
    peer.rows.push_back({limit.cells, limit.cap});
  return peer;
}

PeerProblem separable_peer(const Problem& problem) {
  PeerProblem peer = peer_problem(problem);
  peer.objective = [&problem](const double* y, double* slopes) {
    double value = 0;
    for (std::size_t i = 0; i < problem.cells.size(); ++i) {
      const double left = std::exp(-y[i]);
      value += problem.cells[i].curve.size * (1 - left);
      if (slopes != nullptr) slopes[i] = problem.cells[i].curve.size * left;
    }
    return value;
  };
  peer.bends = [&problem](const double* y, double* bends) {
    for (std::size_t i = 0; i < problem.cells.size(); ++i)
      bends[i] = -problem.cells[i].curve.size * std::exp(-y[i]);
  };
  return peer;
}

PeerProblem race_peer(const Campaign& campaign, WinProbability& engine) {
  PeerProblem peer = peer_problem(campaign.problem);
  peer.objective = [&campaign, &engine](const double* y, double* slopes) {
    std::vector<double> spend(campaign.problem.cells.size());
    for (std::size_t i = 0; i < spend.size(); ++i)
      spend[i] = y[i] * campaign.problem.cells[i].curve.scale;
    const std::vector<double> means = means_after(campaign, spend);
    if (slopes == nullptr) return engine.value(means);
    std::vector<double> q(means.size());
    const double value = engine.value_and_slopes(means, q);
    std::vector<double> worth(campaign.markets);
    for (const Reach& reach : campaign.reaches)
      worth[reach.market] += reach.share * q[reach.contest];
    for (std::size_t i = 0; i < spend.size(); ++i)
      slopes[i] =
          worth[campaign.market_of[i]] * campaign.problem.cells[i].curve.size * std::exp(-y[i]);
    return value;
  };
  return peer;
}

/// Runs every peer; the fastest that comes within 1e-6 of ours and keeps its limits to 1e-7
/// (which is ten dollars of $100 million too many; ours keeps them to the cent).
Best run_peers(const char* name, const PeerProblem& problem, const Ours& ours,
               const std::vector<PeerMethod>& methods, double seconds_max) {
  Best best;
  for (const PeerMethod method : methods) {
    const double start = cpu_now();
    PeerResult result = run_peer(problem, method, seconds_max);
    double used = cpu_now() - start;
    if (used < 0.2) used = std::min(used, cpu_of([&] { run_peer(problem, method, 10); }, 3));
    const double behind = (ours.objective - result.objective) / ours.objective;
    const bool equal = behind <= 1e-6 && result.over <= 1e-7;
    fmt::print(
        stderr,
        "{:<9} {:<14} {:>18.15g} behind by {:>9.2e} over by {:.1e} {:>10.6f} s {:>9.0f}x{}\n", name,
        to_string(method), result.objective, behind, result.over, used, used / ours.cpu_s,
        equal ? "" : "  (not equal)");
    if (!equal || (best.cpu_s > 0 && used >= best.cpu_s)) continue;
    best = {to_string(method), result.objective, used};
  }
  return best;
}

std::string entry(const Ours& ours, const Best& best) {
  return fmt::format(R"({{"objective":{:.15g},"gap":{:.3g},"cpu_s":{:.9f},"peer":"{}",)"
                     R"("peer_objective":{:.15g},"peer_cpu_s":{:.6f},"ratio":{:.1f}}})",
                     ours.objective, ours.gap, ours.cpu_s, best.peer, best.objective, best.cpu_s,
                     best.cpu_s / ours.cpu_s);
}

std::string separable(const char* name, const Problem& problem,
                      const std::vector<PeerMethod>& methods, double seconds_max) {
  Optimum optimum;
  Ours ours;
  ours.cpu_s = cpu_of([&] { optimum = *maximise(problem); }, 9);
  ours.objective = optimum.value;
  ours.gap = optimum.gap();
  fmt::print(stderr, "{:<9} {:<14} {:>18.15g} gap {:.1e} {:.9f} s\n", name, "hustings",
             ours.objective, ours.gap, ours.cpu_s);
  return entry(ours, run_peers(name, separable_peer(problem), ours, methods, seconds_max));
}

std::string race(const std::vector<PeerMethod>& methods, double seconds_max) {
  const Campaign campaign = testing::problem_c();
  RacePlan plan;
  Ours ours;
  ours.cpu_s = cpu_of([&] { plan = *plan_race(campaign); }, 9);
  ours.objective = plan.optimum.value;
  ours.gap = plan.optimum.gap();
  fmt::print(stderr, "{:<9} {:<14} {:>18.15g} gap {:.1e} {:.9f} s\n", "C", "hustings",
             ours.objective, ours.gap, ours.cpu_s);
  WinProbability engine = *WinProbability::make(campaign.race, settle(campaign.race)->resolution);
  return entry(ours, run_peers("C", race_peer(campaign, engine), ours, methods, seconds_max));
}

constexpr double kLargestShift = 0.016;

/// Problem C over ten channels and twenty weeks, with problem B's caps.
Campaign large_campaign() {
  const Problem shape = testing::problem_b(true);
  Campaign campaign = testing::problem_c();
  const boost::json::object file = testing::reference("alloc_B.json");
  const std::vector<double> worth = testing::numbers(file.at("v"));
  campaign.problem = shape;
  campaign.market_of.clear();
  for (std::size_t i = 0; i < shape.cells.size(); ++i) {
    const std::size_t market = i / 200;
    campaign.market_of.push_back(static_cast<std::uint32_t>(market));
    // All channels and weeks together can move what problem C's four can: 1.6 points.
    campaign.problem.cells[i].curve.size *=
        worth[market] > 0 ? kLargestShift / (0.145 * worth[market]) : 1;
  }
  return campaign;
}

/// From changed polls to the new plan, the plan before being known: medians.
struct Replanned {
  double wall_ms;
  double cpu_ms;
};
Replanned replanned() {
  Campaign campaign = large_campaign();
  RacePlan plan = *plan_race(campaign);
  std::vector<double> wall;
  std::vector<double> cpu;
  for (int i = 0; i < 7; ++i) {
    campaign.race.contests[35].mean += i % 2 == 0 ? 0.002 : -0.0015;
    const double before = cpu_now();
    wall.push_back(wall_ms([&] { plan = *plan_race(campaign, {}, &plan); }));
    cpu.push_back(1e3 * (cpu_now() - before));
    fmt::print(stderr, "replan    {:.1f} ms, {:.1f} ms of processor, gap {:.1e}, {} gradients\n",
               wall.back(), cpu.back(), plan.optimum.gap(), plan.rounds);
  }
  return {median(wall), median(cpu)};
}

}  // namespace
}  // namespace hustings::bench

int main(int argc, char** argv) {
  using namespace hustings::bench;
  const bool quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
  if (argc > (quick ? 2 : 1)) {
    fmt::print(stderr, "usage: bench_allocation [--quick]\n");
    return 2;
  }
  using enum PeerMethod;
  const std::vector<PeerMethod> ccsaq = {nlopt_ccsaq};
  const std::vector<PeerMethod> fast = {nlopt_ccsaq, ipopt};
  const std::vector<PeerMethod> all = {nlopt_ccsaq, nlopt_mma, nlopt_auglag_slsqp, ipopt};
  const std::vector<PeerMethod> large = {nlopt_ccsaq, nlopt_mma, ipopt};
  namespace testing = hustings::allocation::testing;
  const double most = quick ? 4 : 60;
  const std::string a = separable("A", testing::problem_a(), all, most);
  const std::string b = separable("B", testing::problem_b(false), quick ? fast : large, most);
  const std::string b_limits =
      separable("B limits", testing::problem_b(true), quick ? ccsaq : large, most);
  const std::string c = race(quick ? fast : all, most);
  const Replanned replan = replanned();
  const LivePlan live = live_plan(quick ? 5 : 21);
  fmt::print(R"({{{},"problems":{{"A":{},"B":{},"B_limits":{},"C":{}}},"replan_ms":{:.2f},)"
             R"("replan_cpu_ms":{:.2f},"what_if_ms":{:.2f},"what_if_p95_ms":{:.2f},)"
             R"("what_if_cpu_ms":{:.2f},"page_replan_ms":{:.2f},"page_replan_p95_ms":{:.2f},)"
             R"("page_replan_cpu_ms":{:.2f},"adstock_what_if_ms":{:.2f},)"
             R"("adstock_what_if_cpu_ms":{:.2f}}})"
             "\n",
             common_keys("bench_allocation", quick), a, b, b_limits, c, replan.wall_ms,
             replan.cpu_ms, live.what_if_ms, live.what_if_p95_ms, live.what_if_cpu_ms,
             live.replan_ms, live.replan_p95_ms, live.replan_cpu_ms, live.carried_ms,
             live.carried_cpu_ms);
  return 0;
}
