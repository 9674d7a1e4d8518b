#include "allocation/live_plan.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "allocation/testing/problems.h"
#include "bench_report.h"
#include "spending/planning.h"

namespace hustings::bench {
namespace {

using spending::Stored;
namespace reference = allocation::testing;

constexpr int kWeeks = 20;
constexpr double kLargestShift = 0.016;  ///< of all channels together, as in problem C
const Instant kNow = Instant(std::chrono::days(15527));  // 2012-07-06

/// Of a contest where it stands, or so many points off.
spending::StoredPoll poll_of(const Stored& stored, std::size_t contest, double points) {
  const double ours = 100 * stored.contests[contest].previous.value_or(0.5) + points;
  return {.contest = contest,
          .pollster = "one",
          .end_day = "2012-07-05",
          .people = 900,
          .ours = ours,
          .theirs = 100 - ours};
}

/// Problem C's race and geography with problem B's channels.
Stored stored_campaign() {
  const boost::json::object b = reference::reference("alloc_B.json");
  const boost::json::object c = reference::reference("alloc_C.json");
  const std::vector<double> people = reference::numbers(c.at("n"));
  const std::vector<double> effects = reference::numbers(b.at("a"));
  const std::vector<double> kappa = reference::numbers(b.at("kappa"));
  const allocation::Race race = reference::race_2012();
  Stored stored;
  stored.settings.budget_cents = 100'000'000'00;
  stored.settings.first_day = "2012-07-02";
  stored.settings.weeks = kWeeks;
  for (const allocation::Contest& contest : race.contests) {
    stored.contests.push_back({.name = contest.name,
                               .region = contest.region,
                               .weight = contest.weight,
                               .previous = contest.mean + 0.5,
                               .votes = 1'000'000});
  }
  for (std::size_t i = 0; i < people.size(); ++i) {
    const std::string name = fmt::format("market {}", i);
    stored.markets.push_back({.name = name, .title = name, .people = std::llround(people[i])});
  }
  for (const boost::json::value& pair : c.at("pairs").as_array()) {
    const std::vector<double> of = reference::numbers(pair);
    stored.reaches.push_back(
        {static_cast<std::size_t>(of[0]), static_cast<std::size_t>(of[1]), of[2]});
  }
  for (std::size_t i = 0; i < stored.contests.size(); ++i)
    stored.polls.push_back(poll_of(stored, i, 0));
  double all = 0;
  for (const double effect : effects)
    all += effect;
  const double decay = b.at("decay").to_number<double>();
  for (std::size_t i = 0; i < effects.size(); ++i) {
    const double effect = kLargestShift * effects[i] / all / 8;
    stored.channels.push_back(
        {.name = fmt::format("channel {}", i),
         .title = fmt::format("Channel {}", i),
         .response = spending::Response{
             .effect = effect, .effect_error = effect / 4, .decay = decay, .source = "assumed"}});
    stored.rates.push_back(
        {.channel = i, .price_cents = std::llround(kappa[i] / kWeeks * 1000 * 100)});
  }
  return stored;
}

double cpu_ms_now() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

/// Of one kind of change.
struct Times {
  std::vector<double> wall;
  std::vector<double> cpu;

  void run(const std::function<void()>& work) {
    const auto begun = std::chrono::steady_clock::now();
    const double before = cpu_ms_now();
    work();
    cpu.push_back(cpu_ms_now() - before);
    wall.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun)
            .count());
  }
};

double p95(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[(values.size() * 95 + 99) / 100 - 1];
}

/// Tries one change out as the page does, until its answer is there.
void try_out(const Stored& stored, const spending::Planned& plan, const spending::WhatIf& what_if,
             const char* what, Times& times) {
  std::size_t bytes = 0;
  double gap = 0;
  times.run([&] {
    const auto planned = *spending::make_plan(stored, kNow, what_if, &plan);
    bytes = plan_json(stored, planned).size();
    gap = planned.race.optimum.gap();
  });
  fmt::print(stderr, "what if   {:<8} {:.1f} ms, {:.1f} of processor, gap {:.1e}, {} bytes\n", what,
             times.wall.back(), times.cpu.back(), gap, bytes);
}

/// The same with television remembered: half of the contacts after this many weeks.
Times remembered(Stored stored, int changes) {
  constexpr double kHalfLife = 0.7;
  for (std::size_t i = 0; i < 4; ++i)
    stored.channels[i].response->half_life = kHalfLife;
  const spending::Planned plan = *spending::make_plan(stored, kNow);
  fmt::print(stderr, "adstock   {:.1f} s for the first plan, gap {:.1e}\n", plan.seconds,
             plan.race.optimum.gap());
  Times tries;
  for (int i = 0; i < changes; ++i) {
    const double part = static_cast<double>(i) / changes;
    try_out(stored, plan, {.swing = 0.02 * (part - 0.5)}, "adstock", tries);
  }
  return tries;
}

}  // namespace

LivePlan live_plan(int changes) {
  Stored stored = stored_campaign();
  spending::Planned plan = *spending::make_plan(stored, kNow);
  const Times carried = remembered(stored, changes);
  Times tries;
  for (int i = 0; i < changes; ++i) {
    const double part = static_cast<double>(i) / changes;
    try_out(stored, plan, {.budget_cents = std::llround(100e8 * (0.5 + part))}, "budget", tries);
    try_out(stored, plan, {.swing = 0.02 * (part - 0.5)}, "swing", tries);
    try_out(stored, plan, {.effects = {{"channel 0", 2 * part}}}, "effect", tries);
  }
  Times replans;
  for (int i = 0; i < changes; ++i) {
    stored.polls.push_back(poll_of(stored, static_cast<std::size_t>(i * 7 % 51), i % 5 - 2));
    replans.run([&] {
      plan = *spending::make_plan(stored, kNow, {}, &plan);
      plan_json(stored, plan);
    });
    fmt::print(stderr, "new poll  {:.1f} ms, {:.1f} of processor, gap {:.1e}\n",
               replans.wall.back(), replans.cpu.back(), plan.race.optimum.gap());
  }
  return {.what_if_ms = median(tries.wall),
          .what_if_p95_ms = p95(tries.wall),
          .what_if_cpu_ms = median(tries.cpu),
          .replan_ms = median(replans.wall),
          .replan_p95_ms = p95(replans.wall),
          .replan_cpu_ms = median(replans.cpu),
          .carried_ms = median(carried.wall),
          .carried_cpu_ms = median(carried.cpu)};
}

}  // namespace hustings::bench
