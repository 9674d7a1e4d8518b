// How often intervals hold the truth, and how often watching raises a false alarm, by simulation.
// Prints a table on standard error; an interval at 95 % should hold in 93 to 97 of 100.
// Usage: bench_coverage [--quick]
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/rng.h"
#include "bench_report.h"
#include "statistics/calibration.h"
#include "statistics/confidence_sequence.h"
#include "statistics/effects.h"
#include "statistics/estimates.h"
#include "statistics/multilevel.h"
#include "statistics/sampling.h"
#include "statistics/special.h"
#include "statistics/trend.h"

namespace hustings::bench {
namespace {

using namespace statistics;

double normal(Rng& rng) {
  return normal_quantile(std::min(std::max(rng.uniform(), 1e-15), 1 - 1e-15));
}

/// 10,000 people in 100 towns of four regions, with an answer that goes with town, region and age.
struct Population {
  std::vector<std::uint32_t> town;
  std::vector<std::uint32_t> region;
  std::vector<std::uint32_t> age;
  std::vector<double> income;
  std::vector<double> answer;
  std::vector<double> yes;
  std::vector<std::uint64_t> keys;

  Population() {
    Rng rng(77);
    for (std::uint32_t t = 0; t < 100; ++t) {
      const double of_town = 0.4 * normal(rng);
      for (int i = 0; i < 100; ++i) {
        town.push_back(t);
        region.push_back(t % 4);
        age.push_back(static_cast<std::uint32_t>(rng.below(3)));
        income.push_back(std::exp(0.5 * normal(rng)));
        answer.push_back(2 + 0.3 * region.back() + 0.5 * age.back() + of_town +
                         0.6 * income.back() + normal(rng));
        yes.push_back(answer.back() > 3.2 ? 1 : 0);
        keys.push_back(keys.size());
      }
    }
  }
  double mean_of(const std::vector<double>& values) const {
    double sum = 0;
    for (const double value : values)
      sum += value;
    return sum / static_cast<double>(values.size());
  }
};

template <class Value>
std::vector<Value> at(const std::vector<Value>& values, const std::vector<Drawn>& drawn) {
  std::vector<Value> out;
  for (const Drawn& one : drawn)
    out.push_back(values[one.row]);
  return out;
}

struct Tally {
  int held = 0;
  int tries = 0;
  void add(double lower, double truth, double upper) {
    ++tries;
    held += lower <= truth && truth <= upper ? 1 : 0;
  }
  void add(const Result<Estimate>& found, double truth) {
    if (found) add(found->lower, truth, found->upper);
  }
  double share() const { return static_cast<double>(held) / tries; }
};

using Tallies = std::vector<std::pair<std::string, Tally>>;
Tally& tally(Tallies& all, const std::string& name) {
  for (auto& [known, value] : all) {
    if (known == name) return value;
  }
  return all.emplace_back(name, Tally{}).second;
}

void add_simple(const Population& people, std::uint64_t seed, Tallies& out) {
  const auto drawn = draw_simple(people.keys, 300, seed).value();
  Sample sample{.design = *Design::make(
                    {.stages = {{.population = std::vector<double>(drawn.size(), 10'000)}}})};
  const auto answer = at(people.answer, drawn);
  const auto yes = at(people.yes, drawn);
  const auto income = at(people.income, drawn);
  tally(out, "mean, simple").add(mean(sample, answer), people.mean_of(people.answer));
  tally(out, "total, simple").add(total(sample, answer), people.mean_of(people.answer) * 10'000);
  tally(out, "ratio, simple")
      .add(ratio(sample, {answer, income}),
           people.mean_of(people.answer) / people.mean_of(people.income));
  tally(out, "share, logit")
      .add(proportion(sample, yes, ProportionInterval::logit), people.mean_of(people.yes));
  tally(out, "share, beta")
      .add(proportion(sample, yes, ProportionInterval::beta), people.mean_of(people.yes));
  auto sorted = people.answer;
  std::sort(sorted.begin(), sorted.end());
  tally(out, "median, Woodruff").add(quantile(sample, answer, 0.5), sorted[4999]);
  sample.replicates = *make_replicates(
      sample.design, {.kind = ReplicateKind::bootstrap, .count = 200, .seed = seed});
  tally(out, "mean, bootstrap").add(mean(sample, answer), people.mean_of(people.answer));
}

void add_stratified(const Population& people, std::uint64_t seed, Tallies& out) {
  const std::vector<std::size_t> wanted{40, 60, 80, 120};
  const auto drawn = draw_stratified(people.keys, people.region, wanted, seed).value();
  Sample sample{.design = *Design::make(
                    {.stages = {{.stratum = at(people.region, drawn),
                                 .population = std::vector<double>(drawn.size(), 2500)}}})};
  const auto answer = at(people.answer, drawn);
  const double truth = people.mean_of(people.answer);
  tally(out, "mean, stratified").add(mean(sample, answer), truth);
  const auto age = at(people.age, drawn);
  Margin margin{.name = "age", .categories = {"a", "b", "c"}, .category = age, .totals = {0, 0, 0}};
  for (const std::uint32_t a : people.age)
    ++margin.totals[a];
  Sample raked = sample;
  const std::vector<Margin> margins{margin,
                                    {.name = "region",
                                     .categories = {"0", "1", "2", "3"},
                                     .category = at(people.region, drawn),
                                     .totals = {2500, 2500, 2500, 2500}}};
  if (rake(raked, margins)) tally(out, "mean, raked").add(mean(raked, answer), truth);
  Sample calibrated = sample;
  const Matrix x =
      Matrix::of_columns({std::vector<double>(drawn.size(), 1.0), at(people.income, drawn)});
  if (calibrate(calibrated, x, {10'000, people.mean_of(people.income) * 10'000},
                {"everybody", "income"}, {}))
    tally(out, "mean, calibrated").add(mean(calibrated, answer), truth);
}

void add_clustered(const Population& people, std::uint64_t seed, Tallies& out) {
  std::vector<std::uint64_t> towns(people.town.begin(), people.town.end());
  const auto drawn = draw_clusters(towns, 25, seed).value();
  Sample sample{.design = *Design::make(
                    {.stages = {{.unit = at(people.town, drawn),
                                 .population = std::vector<double>(drawn.size(), 100)}}})};
  const auto answer = at(people.answer, drawn);
  const double truth = people.mean_of(people.answer);
  tally(out, "mean, 25 clusters").add(mean(sample, answer), truth);
  sample.replicates = *make_replicates(sample.design, {.kind = ReplicateKind::jk1});
  tally(out, "mean, jackknife").add(mean(sample, answer), truth);
}

/// Households of one to three; the effect of contact is 0.1, half of the treated are reached.
Trial invented_trial(std::uint64_t seed, int households, double contact_effect) {
  Rng rng(mix64(seed));
  Trial out;
  out.covariates.emplace_back();
  for (int h = 0; h < households; ++h) {
    const std::uint32_t arm = h % 3 == 0 ? 1 : 0;
    const double of_household = 0.2 * normal(rng);
    for (std::uint64_t member = 0; member <= rng.below(3); ++member) {
      const double past = rng.chance(0.5) ? 1 : 0;
      const bool reached = arm == 1 && rng.chance(0.5);
      out.arm.push_back(arm);
      out.cluster.push_back(static_cast<std::uint32_t>(h));
      out.covariates[0].push_back(past);
      out.contacted.push_back(reached ? 1 : 0);
      out.outcome.push_back(0.3 * past + of_household + 0.4 * normal(rng) +
                            (reached ? contact_effect : 0));
    }
  }
  return out;
}

void add_experiment(std::uint64_t seed, Tallies& out) {
  const Trial trial = invented_trial(seed, 600, 0.1);
  const auto add = [&](const std::string& name, const EffectOptions& options) {
    const auto found = intention_to_treat(trial, options);
    if (found) tally(out, name).add(found->front().estimate, 0.05);
  };
  add("effect, cr1", {.errors = Errors::cr1});
  add("effect with covariates, cr1", {.adjustment = Adjustment::additive, .errors = Errors::cr1});
  add("effect, Lin, cr1", {.adjustment = Adjustment::lin, .errors = Errors::cr1});
  const auto reduced = cuped(trial, 1, Errors::cr1);
  if (reduced) tally(out, "effect, CUPED").add(reduced->effect.estimate, 0.05);
  const auto contact = contact_effect(trial, 1, {.errors = Errors::cr1});
  if (contact) tally(out, "effect of contact (CACE)").add(contact->contact.estimate, 0.1);
  Trial alone = invented_trial(seed, 240, 0);
  alone.cluster.clear();
  for (std::uint32_t i = 0; i < alone.rows(); ++i)
    alone.cluster.push_back(i * 12 / static_cast<std::uint32_t>(alone.rows()));
  for (std::size_t i = 0; i < alone.rows(); ++i)
    alone.arm[i] = alone.cluster[i] % 3 == 0 ? 1 : 0;
  Rng rng(seed);
  std::vector<double> shifts;
  for (int c = 0; c < 12; ++c)
    shifts.push_back(0.3 * normal(rng));
  for (std::size_t i = 0; i < alone.rows(); ++i)
    alone.outcome[i] += shifts[alone.cluster[i]];
  const auto few = intention_to_treat(alone, {.errors = Errors::cr2});
  if (few) tally(out, "effect, 12 clusters, cr2").add(few->front().estimate, 0);
}

void add_models(std::uint64_t seed, Tallies& out) {
  Rng rng(mix64(seed));
  CellAnswers answers;
  Grouping states{.name = "state", .levels = 20};
  CellPeople people{.areas = 20};
  std::vector<double> truth;
  for (std::uint32_t s = 0; s < 20; ++s) {
    const double u = 0.4 * normal(rng);
    const double asked = 10 + static_cast<double>(rng.below(60));
    const double p = 1 / (1 + std::exp(-u));
    double yes = 0;
    for (int i = 0; i < asked; ++i)
      yes += rng.chance(p) ? 1 : 0;
    answers.asked.push_back(asked);
    answers.yes.push_back(yes);
    states.level.push_back(s);
    people.people.push_back(1000);
    people.area.push_back(s);
    truth.push_back(p);
  }
  answers.fixed = people.fixed = Matrix::of_columns({std::vector<double>(20, 1.0)});
  answers.groupings = people.groupings = {states};
  const auto fit = fit_multilevel(answers);
  if (fit) {
    const auto shares = post_stratify_model(*fit, people);
    for (std::uint32_t s = 0; s < 20; ++s)
      tally(out, "small areas (multilevel)").add((*shares)[s].lower, truth[s], (*shares)[s].upper);
  }
  std::vector<Reading> readings;
  std::vector<double> level{0.5};
  for (int day = 0; day < 80; ++day) {
    if (day > 0) level.push_back(level.back() + 0.004 * normal(rng));
    const auto house = static_cast<std::uint32_t>(rng.below(6));
    const double effect = 0.01 * (static_cast<double>(house % 3) - 1);
    readings.push_back({.day = day,
                        .value = level.back() + effect + 0.016 * normal(rng),
                        .variance = 0.016 * 0.016,
                        .house = house});
  }
  const auto trend = smooth(readings);
  for (std::size_t day = 0; trend && day < trend->days.size(); day += 8)
    tally(out, "trend with house effects")
        .add(trend->days[day].lower, level[day], trend->days[day].upper);
}

/// Without any effect, looked at after every answer: is 0 ever left out?
void add_watching(std::uint64_t seed, std::uint64_t answers, Tallies& out) {
  Rng rng(mix64(seed));
  const double rho = sequence_rho(static_cast<double>(answers) / 4, 0.05);
  MeanSequence plain;
  AdjustedEffectSequence adjusted({.probability = 0.5, .covariates = 1, .refit_every = 100});
  BettingSequence betting(0.05, 200);
  bool alarms[4] = {false, false, false, false};
  for (std::uint64_t t = 1; t <= answers; ++t) {
    const double past = rng.chance(0.5) ? 1 : 0;
    const Arrival arrival{.treated = rng.chance(0.5),
                          .outcome = rng.chance(0.2 + 0.3 * past) ? 1.0 : 0.0};
    const double value = weighted_outcome(arrival, 0.5);
    plain.add(value);
    adjusted.add(arrival, std::span(&past, 1));
    betting.add((value + 2) / 4);
    const auto look = [&](int which, const SequenceInterval& now, double zero) {
      alarms[which] = alarms[which] || now.lower > zero || now.upper < zero;
    };
    look(2, betting.interval(), 0.5);
    if (t < 100) continue;
    look(0, plain.interval(0.05, rho), 0);
    look(1, adjusted.effect().interval(0.05, rho), 0);
    look(3, plain.fixed_interval(0.05), 0);
  }
  const char* names[] = {"watched: asymptotic", "watched: adjusted", "watched: betting",
                         "watched: fixed interval"};
  for (int which = 0; which < 4; ++which)
    tally(out, names[which]).add(alarms[which] ? 1 : 0, 0, 0);
}

int run(bool quick) {
  const int tries = quick ? 400 : 2000;
  const Population people;
  Tallies out;
  for (int i = 0; i < tries; ++i) {
    const auto seed = static_cast<std::uint64_t>(i) + 1;
    add_simple(people, seed, out);
    add_stratified(people, seed, out);
    add_clustered(people, seed, out);
    add_experiment(seed, out);
    if (i % 4 == 0) add_models(seed, out);
    if (i % 2 == 0) add_watching(seed, quick ? 2000 : 10'000, out);
  }
  std::string held;
  std::string alarms;
  for (const auto& [name, value] : out) {
    const bool watched = name.starts_with("watched: ");
    const double share = watched ? 1 - value.share() : value.share();
    fmt::print(stderr, "{:<30} {} {:.1f} % of {}\n", name, watched ? "false alarms" : "held",
               100 * share, value.tries);
    std::string& into = watched ? alarms : held;
    into += fmt::format(R"({}"{}":{:.4f})", into.empty() ? "" : ",",
                        watched ? name.substr(9) : name, share);
  }
  fmt::print(R"({{{},"tries":{},"held_at_95":{{{}}},"false_alarms_at_5":{{{}}}}})"
             "\n",
             common_keys("bench_coverage", quick), tries, held, alarms);
  return 0;
}

}  // namespace
}  // namespace hustings::bench

int main(int argc, char** argv) {
  bool quick = false;
  for (int i = 1; i < argc; ++i)
    quick = quick || std::string_view(argv[i]) == "--quick";
  return hustings::bench::run(quick);
}
