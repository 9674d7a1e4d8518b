#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "cli/analysis/data_table.h"
#include "statistics/confidence_sequence.h"
#include "statistics/effects.h"
#include "statistics/power.h"
#include "statistics/uplift.h"

namespace hustings::cli {

/// `hustings experiment analyse FILE …`. Lists by comma are one string.
struct ExperimentArguments {
  std::filesystem::path file;
  std::string outcome;
  std::string arm;
  std::string control;                  ///< a value of `arm`; empty: 0, control or the like
  std::vector<std::string> treatments;  ///< only these arms; empty: all
  std::string cluster;
  std::string block;
  std::string weight;
  std::string covariates;
  std::string contact;  ///< 0 or 1: reached
  std::string placebo;  ///< an arm that got a placebo
  bool crossover = false;
  std::vector<std::string> where;
  std::string errors;             ///< empty: cr1 with clusters, else hc2
  std::vector<std::string> cost;  ///< "arm=total"
  std::string by;
  bool sequence = false;
  std::optional<double> probability;
  double best_at = 0;  ///< units at which the sequence is narrowest; 0: a tenth of them
  bool uplift = false;
  std::uint32_t folds = 2;
  std::uint64_t seed = 1;
  double level = 0.95;
  bool json = false;
};

/// One way to estimate one arm's effect.
struct EffectRow {
  std::string method;  ///< difference, blocks, covariates, lin, cuped, contact, placebo, …
  std::string arm;
  statistics::Effect effect;
  std::string errors;
  /// The standard error under each other kind, by name.
  std::vector<std::pair<std::string, double>> other_errors;
};
struct ContactRow {
  std::string arm;
  bool adjusted;
  statistics::ContactEffect effect;
};
struct CupedRow {
  std::string arm;
  statistics::Cuped cuped;
};
struct CostRow {
  std::string arm;
  double total;
  statistics::CostPerVote cost;
};
struct GroupRows {
  std::string arm;
  std::vector<std::string> groups;
  statistics::GroupEffects effects;
};
struct SequenceRow {
  std::string arm;
  std::string kind;  ///< "asymptotic", "adjusted", "betting"
  std::uint64_t units = 0;
  statistics::SequenceInterval now{};
  statistics::SequenceInterval fixed{};
  std::uint64_t first_apart = 0;  ///< the first number of units whose interval left 0 out; 0: none
  double probability = 0;
  double until_known = 0;
};
struct UpliftRow {
  std::string arm;
  statistics::Qini qini;
};
struct ExperimentOutcome {
  std::size_t rows = 0;
  std::size_t left_out = 0;
  std::vector<std::string> arms;
  std::vector<statistics::ArmCount> counts;
  std::vector<std::string> notes;
  std::vector<EffectRow> effects;
  std::vector<ContactRow> contacts;
  std::vector<CupedRow> cuped;
  std::vector<CostRow> costs;
  std::vector<GroupRows> groups;
  std::vector<std::string> covariates;
  std::optional<statistics::Balance> balance;
  std::vector<SequenceRow> sequences;
  std::vector<UpliftRow> uplift;
};

/// invalid for anything that cannot be analysed; one sentence.
Result<ExperimentOutcome> analyse_experiment(const ExperimentArguments& arguments);

std::string experiment_json(const ExperimentOutcome& outcome);
std::string experiment_text(const ExperimentOutcome& outcome, double level);

}  // namespace hustings::cli
