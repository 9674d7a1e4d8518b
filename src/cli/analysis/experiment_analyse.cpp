#include "cli/analysis/experiment_analyse.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/analysis/sample_of.h"
#include "cli/analysis/trial_of.h"

namespace hustings::cli {
namespace {

using statistics::Adjustment;
using statistics::Effect;
using statistics::EffectOptions;
using statistics::Errors;
using statistics::Trial;

constexpr std::pair<const char*, Errors> kErrors[] = {
    {"classic", Errors::classic}, {"hc0", Errors::hc0},
    {"hc1", Errors::hc1},         {"hc2", Errors::hc2},
    {"hc3", Errors::hc3},         {"cr0", Errors::cr0},
    {"cr1", Errors::cr1},         {"cr1_groups", Errors::cr1_groups},
    {"cr2", Errors::cr2},
};

Result<Errors> errors_of(const ExperimentArguments& arguments) {
  if (arguments.errors.empty()) return arguments.cluster.empty() ? Errors::hc2 : Errors::cr1;
  for (const auto& [name, errors] : kErrors) {
    if (arguments.errors != name) continue;
    if (is_clustered(errors) && arguments.cluster.empty())
      return invalid(fmt::format("Errors of the kind {} need --cluster.", name));
    return errors;
  }
  return invalid(
      fmt::format("\"{}\" is no kind of errors; there are classic, hc0 to hc3, cr0, cr1, "
                  "cr1_groups and cr2.",
                  arguments.errors));
}

const char* name_of(Errors errors) {
  for (const auto& [name, kind] : kErrors) {
    if (kind == errors) return name;
  }
  return "";
}

class Analysing {
 public:
  Analysing(const ExperimentArguments& arguments, const TrialFile& file, Errors errors,
            ExperimentOutcome& outcome)
      : arguments_(arguments), file_(file), errors_(errors), outcome_(outcome) {}

  Status run() {
    const Trial& trial = file_.trial;
    Trial plain = trial;
    plain.block.clear();
    plain.covariates.clear();
    TRY(add("difference", plain, Adjustment::none));
    if (!trial.block.empty()) TRY(add("blocks", trial, Adjustment::none));
    if (!trial.contacted.empty()) TRY(add_contacts(plain, false));
    if (!trial.covariates.empty()) TRY(run_adjusted());
    if (!arguments_.placebo.empty()) TRY(add_placebos(plain));
    if (!arguments_.by.empty()) TRY(add_groups(plain));
    TRY(add_costs());
    if (arguments_.sequence) TRY(add_sequences(plain));
    return {};
  }

 private:
  /// All that needs covariates, on the rows that have them.
  Status run_adjusted() {
    Trial trial = file_.trial.subset(file_.complete);
    TRY(statistics::check_trial(trial));
    TRY(add(trial.block.empty() ? "covariates" : "blocks and covariates", trial,
            Adjustment::additive));
    trial.block.clear();
    TRY(add("lin", trial, Adjustment::lin));
    TRY(add_cuped(trial));
    outcome_.balance = TRY(statistics::balance(trial, errors_));
    outcome_.covariates = file_.covariates;
    if (!trial.contacted.empty()) TRY(add_contacts(trial, true));
    if (arguments_.sequence) TRY(add_adjusted_sequences(trial));
    if (arguments_.uplift) TRY(add_uplift(trial));
    return {};
  }

  EffectOptions options(Adjustment adjustment, Errors errors) const {
    return {.adjustment = adjustment, .errors = errors, .level = arguments_.level};
  }

  Status add(const std::string& method, const Trial& trial, Adjustment adjustment) {
    const auto found = TRY(statistics::intention_to_treat(trial, options(adjustment, errors_)));
    const std::size_t first = outcome_.effects.size();
    for (const Effect& effect : found) {
      outcome_.effects.push_back({.method = method,
                                  .arm = file_.arms[effect.arm],
                                  .effect = effect,
                                  .errors = name_of(errors_)});
    }
    for (const auto& [name, kind] : kErrors) {
      // cr2 looks at each cluster by itself, which takes long where there are many columns.
      if (kind == errors_ || kind == Errors::cr2) continue;
      if (is_clustered(kind) && trial.cluster.empty()) continue;
      const auto other = TRY(statistics::intention_to_treat(trial, options(adjustment, kind)));
      for (std::size_t i = 0; i < other.size(); ++i)
        outcome_.effects[first + i].other_errors.emplace_back(name, other[i].estimate.se);
    }
    return {};
  }

  Status add_cuped(const Trial& trial) {
    for (std::uint32_t arm = 1; arm < trial.arms; ++arm) {
      outcome_.cuped.push_back(
          {.arm = file_.arms[arm],
           .cuped = TRY(statistics::cuped(trial, arm, errors_, arguments_.level))});
    }
    return {};
  }

  Status add_contacts(const Trial& trial, bool adjusted) {
    const Errors errors = errors_ == Errors::cr2 ? Errors::cr1 : errors_;
    if (errors != errors_ && !adjusted) {
      outcome_.notes.emplace_back(
          "The effects of contact have errors of the kind cr1: cr2 is not made for an instrument.");
    }
    for (std::uint32_t arm = 1; arm < trial.arms; ++arm) {
      if (file_.arms[arm] == arguments_.placebo) continue;
      outcome_.contacts.push_back(
          {.arm = file_.arms[arm],
           .adjusted = adjusted,
           .effect = TRY(statistics::contact_effect(trial, arm,
                                                    {.adjusted = adjusted,
                                                     .errors = errors,
                                                     .level = arguments_.level,
                                                     .crossover = arguments_.crossover}))});
      if (adjusted || outcome_.contacts.back().effect.first_stage_f >= 10) continue;
      outcome_.notes.push_back(
          fmt::format("Arm {}: assignment hardly changed who was contacted (F {:.2g}), so its "
                      "contact effect is "
                      "not to be trusted.",
                      file_.arms[arm], outcome_.contacts.back().effect.first_stage_f));
    }
    return {};
  }

  Status add_placebos(const Trial& trial) {
    if (trial.contacted.empty())
      return invalid("With a placebo it must be known who was reached: --contact.");
    for (std::uint32_t arm = 1; arm < trial.arms; ++arm) {
      if (file_.arms[arm] != arguments_.placebo) TRY(add_placebo(trial, arm));
    }
    return {};
  }

  Status add_placebo(const Trial& trial, std::uint32_t arm) {
    const auto at = std::find(file_.arms.begin(), file_.arms.end(), arguments_.placebo);
    const auto placebo = static_cast<std::uint32_t>(at - file_.arms.begin());
    Trial turned = trial;
    for (std::uint32_t& value : turned.arm)
      value = value == placebo ? 0 : (value == arm ? 1 : 2);
    std::vector<bool> in(turned.rows());
    for (std::size_t i = 0; i < in.size(); ++i)
      in[i] = turned.arm[i] < 2;
    turned = turned.subset(in);
    turned.arms = 2;
    const Effect effect =
        TRY(statistics::placebo_effect(turned, 1, options(Adjustment::none, errors_)));
    outcome_.effects.push_back({.method = "placebo",
                                .arm = file_.arms[arm],
                                .effect = effect,
                                .errors = name_of(errors_)});
    return {};
  }

  Status add_groups(const Trial& trial) {
    constexpr std::size_t kGroupsMax = 1000;
    if (file_.groups.size() > kGroupsMax) {
      return invalid(fmt::format("Column \"{}\" makes {} groups, too many to compare.",
                                 arguments_.by, file_.groups.size()));
    }
    for (std::uint32_t arm = 1; arm < trial.arms; ++arm) {
      outcome_.groups.push_back(
          {.arm = file_.arms[arm],
           .groups = file_.groups,
           .effects = TRY(statistics::group_effects(trial, arm, file_.group,
                                                    static_cast<std::uint32_t>(file_.groups.size()),
                                                    options(Adjustment::none, errors_)))});
    }
    return {};
  }

  Status add_costs() {
    for (const std::string& text : arguments_.cost) {
      const std::size_t sign = text.rfind('=');
      const auto total =
          sign == std::string::npos ? std::nullopt : parse_double(trim(text.substr(sign + 1)));
      if (!total || !(*total >= 0))
        return invalid(fmt::format("\"{}\" is no cost; write arm=money.", text));
      const std::string arm(trim(text.substr(0, sign)));
      const auto row = std::find_if(
          outcome_.effects.begin(), outcome_.effects.end(),
          [&](const EffectRow& r) { return r.arm == arm && r.method == "difference"; });
      if (row == outcome_.effects.end())
        return invalid(fmt::format("There is no arm \"{}\" to cost {}.", arm, *total));
      const auto& estimate = row->effect.estimate;
      const auto treated = static_cast<double>(outcome_.counts[row->effect.arm].n);
      outcome_.costs.push_back(
          {.arm = arm,
           .total = *total,
           .cost = statistics::cost_per_vote(*total, treated,
                                             {estimate.value, estimate.lower, estimate.upper})});
    }
    return {};
  }

  Status add_sequences(const Trial& trial);
  Status add_adjusted_sequences(const Trial& trial);
  Status add_uplift(const Trial& trial) {
    for (std::uint32_t arm = 1; arm < trial.arms; ++arm) {
      std::vector<bool> in(trial.rows());
      for (std::size_t i = 0; i < in.size(); ++i)
        in[i] = trial.arm[i] == 0 || trial.arm[i] == arm;
      Trial pair = trial.subset(in);
      pair.arms = 2;
      for (std::uint32_t& value : pair.arm)
        value = value == 0 ? 0 : 1;
      const auto forecast = TRY(statistics::cross_fitted_uplift(
          pair, 1, {.folds = arguments_.folds, .seed = arguments_.seed}));
      outcome_.uplift.push_back(
          {.arm = file_.arms[arm],
           .qini = TRY(statistics::qini({forecast, pair.outcome, pair.arm}))});
    }
    return {};
  }

  const ExperimentArguments& arguments_;
  const TrialFile& file_;
  Errors errors_;
  ExperimentOutcome& outcome_;
};

/// What was assigned as one (a household, or a voter), in the file's order, with means.
struct Units {
  std::vector<statistics::Arrival> arrivals;
  std::vector<std::vector<double>> covariates;  ///< by unit
};
Units units_of(const Trial& trial, std::uint32_t arm) {
  std::vector<std::uint32_t> own(trial.rows());
  for (std::uint32_t i = 0; i < own.size(); ++i)
    own[i] = i;
  const auto clusters = statistics::nest({}, trial.cluster.empty() ? own : trial.cluster);
  std::vector<std::uint32_t> place(clusters.count, UINT32_MAX);
  Units out;
  std::vector<double> sizes;
  for (std::size_t i = 0; i < trial.rows(); ++i) {
    if (trial.arm[i] != 0 && trial.arm[i] != arm) continue;
    std::uint32_t& at = place[clusters.code[i]];
    if (at == UINT32_MAX) {
      at = static_cast<std::uint32_t>(out.arrivals.size());
      out.arrivals.push_back({.treated = trial.arm[i] == arm, .outcome = 0});
      out.covariates.emplace_back(trial.covariates.size());
      sizes.push_back(0);
    }
    out.arrivals[at].outcome += trial.outcome[i];
    for (std::size_t c = 0; c < trial.covariates.size(); ++c)
      out.covariates[at][c] += trial.covariates[c][i];
    ++sizes[at];
  }
  for (std::size_t u = 0; u < sizes.size(); ++u) {
    out.arrivals[u].outcome /= sizes[u];
    for (double& value : out.covariates[u])
      value /= sizes[u];
  }
  return out;
}

void look(SequenceRow& row, const statistics::MeanSequence& sequence, double alpha, double rho) {
  // The asymptotic sequence says nothing of its first few dozen units.
  constexpr std::uint64_t kFirstLook = 100;
  row.units = sequence.count();
  row.now = sequence.interval(alpha, rho);
  const bool apart = row.now.lower > 0 || row.now.upper < 0;
  if (apart && row.first_apart == 0 && row.units >= kFirstLook) row.first_apart = row.units;
}

void finish(SequenceRow& row, const statistics::MeanSequence& sequence, double level) {
  row.fixed = sequence.fixed_interval(1 - level);
  const auto n = static_cast<double>(sequence.count());
  row.until_known = statistics::answers_until_known(
      {.effect = sequence.mean(), .se = std::sqrt(sequence.variance() / n), .answers = n}, level);
}

/// Betting on outcomes within [0, 1], turned so that they are answers within [0, 1] again.
SequenceRow betting_row(const Units& units, double p, double level) {
  const double low = -1 / (1 - p);
  const double width = 1 / p - low;
  statistics::BettingSequence sequence(1 - level, 2000);
  SequenceRow row{.kind = "betting"};
  const auto back = [&](double value) { return low + width * value; };
  for (const statistics::Arrival& arrival : units.arrivals) {
    sequence.add(std::clamp((statistics::weighted_outcome(arrival, p) - low) / width, 0.0, 1.0));
    const auto now = sequence.interval();
    row.now = {.value = back(now.value), .lower = back(now.lower), .upper = back(now.upper)};
    row.units = sequence.count();
    if (row.first_apart == 0 && (row.now.lower > 0 || row.now.upper < 0))
      row.first_apart = row.units;
  }
  return row;
}

/// The probability of treatment and the sequence's rho.
struct Chances {
  double probability;
  double rho;
};
Result<Chances> chances_of(const Units& units, const ExperimentArguments& arguments) {
  double treated = 0;
  for (const auto& arrival : units.arrivals)
    treated += arrival.treated ? 1 : 0;
  const auto n = static_cast<double>(units.arrivals.size());
  const double p = arguments.probability.value_or(treated / n);
  if (!(p > 0 && p < 1))
    return invalid(fmt::format("The probability of treatment lies between 0 and 1, not at {}.", p));
  const double best = arguments.best_at > 0 ? arguments.best_at : std::max(100.0, n / 10);
  return Chances{.probability = p, .rho = statistics::sequence_rho(best, 1 - arguments.level)};
}

Status Analysing::add_sequences(const Trial& trial) {
  for (std::uint32_t arm = 1; arm < trial.arms; ++arm) {
    const Units units = units_of(trial, arm);
    const Chances chances = TRY(chances_of(units, arguments_));
    SequenceRow row{
        .arm = file_.arms[arm], .kind = "asymptotic", .probability = chances.probability};
    statistics::MeanSequence sequence;
    bool within = true;
    for (const statistics::Arrival& arrival : units.arrivals) {
      within = within && arrival.outcome >= 0 && arrival.outcome <= 1;
      sequence.add(statistics::weighted_outcome(arrival, chances.probability));
      look(row, sequence, 1 - arguments_.level, chances.rho);
    }
    finish(row, sequence, arguments_.level);
    outcome_.sequences.push_back(row);
    if (!within) continue;
    outcome_.sequences.push_back(betting_row(units, chances.probability, arguments_.level));
    outcome_.sequences.back().arm = file_.arms[arm];
    outcome_.sequences.back().probability = chances.probability;
  }
  return {};
}

Status Analysing::add_adjusted_sequences(const Trial& trial) {
  for (std::uint32_t arm = 1; arm < trial.arms; ++arm) {
    const Units units = units_of(trial, arm);
    const Chances chances = TRY(chances_of(units, arguments_));
    SequenceRow row{.arm = file_.arms[arm], .kind = "adjusted", .probability = chances.probability};
    statistics::AdjustedEffectSequence sequence(
        {.probability = chances.probability, .covariates = trial.covariates.size()});
    for (std::size_t u = 0; u < units.arrivals.size(); ++u) {
      sequence.add(units.arrivals[u], units.covariates[u]);
      look(row, sequence.effect(), 1 - arguments_.level, chances.rho);
    }
    finish(row, sequence.effect(), arguments_.level);
    outcome_.sequences.push_back(row);
  }
  return {};
}

}  // namespace

Result<ExperimentOutcome> analyse_experiment(const ExperimentArguments& arguments) {
  if (arguments.outcome.empty() || arguments.arm.empty())
    return invalid("Say which columns hold the outcome and the arm: --outcome and --arm.");
  if (!(arguments.level > 0 && arguments.level < 1))
    return invalid(fmt::format("The level lies between 0 and 1, not at {}.", arguments.level));
  const Errors errors = TRY(errors_of(arguments));
  const DataTable data = TRY(DataTable::read(arguments.file));
  const TrialFile file = TRY(trial_of(data, arguments));
  if (arguments.uplift && file.covariates.empty())
    return invalid("Uplift needs covariates to tell voters apart: --covariates.");
  ExperimentOutcome outcome;
  outcome.rows = file.trial.rows();
  outcome.left_out = file.left_out;
  outcome.arms = file.arms;
  outcome.counts = statistics::count_arms(file.trial);
  outcome.notes = file.notes;
  TRY(Analysing(arguments, file, errors, outcome).run());
  return outcome;
}

}  // namespace hustings::cli
