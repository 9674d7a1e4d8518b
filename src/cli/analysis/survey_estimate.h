#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "cli/analysis/data_table.h"
#include "statistics/estimates.h"

namespace hustings::cli {

/// `hustings survey estimate FILE …`. Lists by comma are one string.
struct SurveyArguments {
  std::filesystem::path file;
  std::string weight;
  std::string strata;   ///< a column for each stage
  std::string cluster;  ///< the same
  std::string fpc;      ///< the same: population of units, or sampling share
  bool unequal_probabilities = false;
  std::string lonely = "fail";
  std::vector<std::string> where;

  std::filesystem::path margins;
  std::string method = "rake";  ///< rake, post, linear, raking, logit
  std::string bounds;           ///< "0.5,2": of new over old weight
  double tolerance = 0;         ///< 0: as close as numbers go
  int rounds_max = 1000;
  std::string trim;  ///< "lower,upper" of weights; either may be empty
  bool trim_strict = false;

  std::string replicates;  ///< jk1, jkn, bootstrap
  std::uint32_t replicate_count = 200;
  std::uint64_t seed = 1;
  bool about_estimate = false;

  std::vector<std::string> mean;
  std::vector<std::string> total;
  std::vector<std::string> ratio;       ///< "a/b"
  std::vector<std::string> proportion;  ///< "column" or "column=value"
  std::vector<std::string> quantile;    ///< "column" or "column:0.25,0.5"
  std::vector<std::string> regress;     ///< "y ~ a + b"
  std::vector<std::string> logistic;
  std::vector<std::string> table;  ///< "a:b": are they independent?
  std::string by;

  double level = 0.95;
  std::string interval = "logit";  ///< of proportions: logit, beta, wald
  std::optional<double> df;
  bool deff_with_replacement = false;
  std::filesystem::path weights_out;
  bool json = false;
};

struct SurveyRow {
  std::string kind;  ///< mean, total, ratio, proportion, quantile, regress, logistic
  std::string variable;
  std::string category;  ///< of the variable, the quantile's share, or the coefficient
  std::string group;     ///< of `by`
  statistics::Estimate estimate;
  double p = statistics::kMissing;  ///< of a coefficient against 0
};
struct SurveyTable {
  std::string variables;
  statistics::IndependenceTest test;
};
struct SurveyOutcome {
  std::size_t respondents = 0;
  double weight_sum = 0;
  double weight_smallest = 0;
  double weight_largest = 0;
  double kish_deff = 0;
  double df = 0;
  std::string weighting;  ///< what was done, for people to read
  std::string variance;
  std::vector<std::string> notes;
  std::vector<SurveyRow> rows;
  std::vector<SurveyTable> tables;
};

/// invalid for anything that cannot be estimated; one sentence.
Result<SurveyOutcome> estimate_survey(const SurveyArguments& arguments);

std::string survey_json(const SurveyOutcome& outcome);
/// For a terminal.
std::string survey_text(const SurveyOutcome& outcome, double level);

}  // namespace hustings::cli
