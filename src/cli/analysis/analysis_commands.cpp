#include "cli/analysis/analysis_commands.h"

#include <fmt/format.h>

namespace hustings::cli {
namespace {

int refuse(const Error& error) {
  fmt::print(stderr, "hustings: {}\n", error.text());
  return 2;
}

int run_survey(const SurveyArguments& arguments) {
  const auto outcome = estimate_survey(arguments);
  if (!outcome) return refuse(outcome.error());
  fmt::print("{}\n",
             arguments.json ? survey_json(*outcome) : survey_text(*outcome, arguments.level));
  return 0;
}

int run_experiment(const ExperimentArguments& arguments) {
  const auto outcome = analyse_experiment(arguments);
  if (!outcome) return refuse(outcome.error());
  fmt::print("{}\n", arguments.json ? experiment_json(*outcome)
                                    : experiment_text(*outcome, arguments.level));
  return 0;
}

void add_list(CLI::App& command, const char* name, std::vector<std::string>& into,
              const char* words) {
  command.add_option(name, into, words)->allow_extra_args(false);
}

void add_weighting(CLI::App& command, SurveyArguments& a) {
  command.add_option("--weight", a.weight, "The column of weights");
  command.add_option("--strata", a.strata, "The column of strata; one a stage: a,b");
  command.add_option("--cluster", a.cluster, "The column of clusters; one a stage: a,b");
  command.add_option("--fpc", a.fpc,
                     "The column with the population of units (or sampling share); one a stage");
  command.add_flag("--pps", a.unequal_probabilities,
                   "Units of a stratum were drawn with unequal probabilities (Brewer)");
  command
      .add_option("--lonely", a.lonely,
                  "A stratum with one unit: fail, certainty, adjust or average")
      ->capture_default_str();
  command.add_option("--margins", a.margins, "A CSV file: variable, category, total");
  command
      .add_option("--method", a.method, "How to weight to them: rake, post, linear, raking, logit")
      ->capture_default_str();
  command.add_option("--bounds", a.bounds, "Of new over old weight in a calibration: 0.5,2");
  command.add_option("--tolerance", a.tolerance,
                     "When raking ends: people from 1 on, a share below (default 1e-12)");
  command.add_option("--rounds", a.rounds_max, "The most rounds of raking")->capture_default_str();
  command.add_option("--trim", a.trim,
                     "Bounds of the weights afterwards: lower,upper; one may be "
                     "empty");
  command.add_flag("--trim-strict", a.trim_strict, "Trim again until no weight is outside");
  command.add_option("--replicates", a.replicates, "Variance by jk1, jkn or bootstrap");
  command.add_option("--replicate-count", a.replicate_count, "Of the bootstrap")
      ->capture_default_str();
  command.add_option("--seed", a.seed, "Of the bootstrap")->capture_default_str();
  command.add_flag("--mse", a.about_estimate, "Replicates vary about the estimate, not their mean");
  command.add_option("--weights-out", a.weights_out, "Write each row's weight to this file");
}

void add_survey(CLI::App& app, SurveyArguments& a,
                const std::function<void(std::function<int()>)>& choose) {
  CLI::App* survey = app.add_subcommand("survey", "Estimates from survey answers");
  survey->require_subcommand(1);
  CLI::App* command = survey->add_subcommand(
      "estimate", "Weight a CSV file of answers and estimate from it; needs no database");
  command->add_option("file", a.file, "A CSV file with a header")->required();
  add_weighting(*command, a);
  add_list(*command, "--mean", a.mean, "A column; of categories: each one's share");
  add_list(*command, "--total", a.total, "A column");
  add_list(*command, "--ratio", a.ratio, "One total over another: a/b");
  add_list(*command, "--proportion", a.proportion, "Shares of a column's values, or column=value");
  add_list(*command, "--quantile", a.quantile, "column, or column:0.1,0.5");
  add_list(*command, "--regress", a.regress, "\"y ~ a + b\": least squares");
  add_list(*command, "--logistic", a.logistic, "\"y ~ a + b\" for an outcome of 0 and 1");
  add_list(*command, "--table", a.table, "a:b: are two columns independent?");
  command->add_option("--by", a.by, "A column: estimates for each of its values");
  add_list(*command, "--where", a.where,
           "Only these rows, as a domain: column=value, column!=value, column<number");
  command->add_option("--level", a.level, "Of the intervals")->capture_default_str();
  command->add_option("--interval", a.interval, "Of proportions: logit, beta or wald")
      ->capture_default_str();
  command->add_option("--df", a.df, "Degrees of freedom of the intervals; inf: normal");
  command->add_flag("--deff-replace", a.deff_with_replacement,
                    "Design effects against sampling with replacement");
  command->add_flag("--json", a.json, "Everything with all digits, as JSON");
  command->callback([&a, choose] { choose([&a] { return run_survey(a); }); });
}

void add_experiment(CLI::App& app, ExperimentArguments& a,
                    const std::function<void(std::function<int()>)>& choose) {
  CLI::App* experiment = app.add_subcommand("experiment", "Effects of what was tried");
  experiment->require_subcommand(1);
  CLI::App* command = experiment->add_subcommand(
      "analyse", "What a treatment changed, from a CSV file; needs no database");
  command->add_option("file", a.file, "A CSV file with a header, a row for each voter")->required();
  command->add_option("--outcome", a.outcome, "The column of outcomes")->required();
  command->add_option("--arm", a.arm, "The column that says who was assigned to what")->required();
  command->add_option("--control", a.control, "The control group's value (0, control, …)");
  add_list(*command, "--treatment", a.treatments, "Only this arm; may be repeated");
  command->add_option("--cluster", a.cluster, "What was assigned as one: household, precinct");
  command->add_option("--block", a.block, "Within what it was drawn");
  command->add_option("--weight", a.weight, "The column of weights");
  command->add_option("--covariates", a.covariates, "Columns from before the experiment: a,b,c");
  command->add_option("--contact", a.contact, "The column that says who was reached: 0 or 1");
  command->add_option("--placebo", a.placebo, "The arm that got a placebo");
  command->add_flag("--crossover", a.crossover, "Controls may have been contacted too");
  command->add_option(
      "--errors", a.errors,
      "classic, hc0 to hc3, cr0, cr1, cr1_groups or cr2 (default: cr1 with clusters, "
      "else hc2)");
  add_list(*command, "--cost", a.cost, "What an arm cost in all: arm=6000");
  command->add_option("--by", a.by, "A column (or a+b): effects for each of its values");
  add_list(*command, "--where", a.where, "Only these rows: column=value, column<number");
  command->add_flag("--sequence", a.sequence,
                    "Intervals that hold however often one looks, in the file's order");
  command->add_option("--probability", a.probability,
                      "Of treatment, for the sequence (default: as in the file)");
  command->add_option("--best-at", a.best_at, "Units at which the sequence is narrowest");
  command->add_flag("--uplift", a.uplift, "Who gains most, judged out of sample (Qini)");
  command->add_option("--folds", a.folds, "Of the uplift")->capture_default_str();
  command->add_option("--seed", a.seed, "Of the folds")->capture_default_str();
  command->add_option("--level", a.level, "Of the intervals")->capture_default_str();
  command->add_flag("--json", a.json, "Everything with all digits, as JSON");
  command->callback([&a, choose] { choose([&a] { return run_experiment(a); }); });
}

}  // namespace

void add_analysis_commands(CLI::App& app, AnalysisArguments& arguments,
                           const std::function<void(std::function<int()>)>& choose) {
  add_survey(app, arguments.survey, choose);
  add_experiment(app, arguments.experiment, choose);
}

}  // namespace hustings::cli
