#include <cmath>

#include "api/experiments.h"
#include "statistics/power.h"

namespace hustings::api {
namespace {

/// Numbers without a database: how many voters an experiment takes.
struct PlanExperiment {
  struct Input {
    double control_mean = 0.5;
    std::optional<double> sd;
    double effect = 0.03;
    std::optional<std::int64_t> voters;
    double power = 0.8;
    double treated_share = 0.5;
    double explained = 0;
    double cluster_size = 1;
    double cluster_correlation = 0;
    double contact = 1;
    double answering = 1;
    static Fields fields() {
      using S = Input;
      return {field("control_mean", &S::control_mean,
                    "The share that says yes without the treatment; where sd is given, not used.",
                    {.min = 0, .max = 1, .has_default = true}),
              field("sd", &S::sd, "The outcome's standard deviation, where it is no share.",
                    {.min = 1e-9, .max = 1e9}),
              field("effect", &S::effect, "What contact is expected to change.",
                    {.min = -1e9, .max = 1e9, .has_default = true}),
              field("voters", &S::voters, "In all arms together, if that is given.",
                    {.min = 4, .max = 1e9}),
              field("power", &S::power, "The chance to see the effect.",
                    {.min = 0.05, .max = 0.999, .has_default = true}),
              field("treated_share", &S::treated_share, "Of the voters.",
                    {.min = 0.01, .max = 0.99, .has_default = true}),
              field("explained", &S::explained,
                    "The share of the outcome's variance that is known before (R2).",
                    {.min = 0, .max = 0.99, .has_default = true}),
              field("cluster_size", &S::cluster_size, "Voters drawn as one.",
                    {.min = 1, .max = 1e6, .has_default = true}),
              field("cluster_correlation", &S::cluster_correlation, "Within what was drawn as one.",
                    {.min = 0, .max = 1, .has_default = true}),
              field("contact", &S::contact, "The share that calls reach; 1 with a placebo.",
                    {.min = 0.001, .max = 1, .has_default = true}),
              field("answering", &S::answering, "The share whose outcome will be known.",
                    {.min = 0.001, .max = 1, .has_default = true})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "ExperimentPlan";
    std::optional<std::int64_t> needed_voters;
    std::optional<double> detectable_effect;
    std::optional<double> power;
    static Fields fields() {
      using S = Output;
      return {field("needed_voters", &S::needed_voters,
                    "In all arms together, to see the effect with the wished power."),
              field("detectable_effect", &S::detectable_effect,
                    "The smallest effect that the given voters show."),
              field("power", &S::power, "The chance that the given voters show the effect.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/experiments/power",
            .name = "plan_experiment",
            .summary = "How many voters an experiment takes, or what so many voters can show.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context&, const Input& input) {
    const double variance = input.control_mean * (1 - input.control_mean);
    if (!input.sd && !(variance > 0)) {
      return invalid("A share between 0 and 1, both left out, or a standard deviation is needed.",
                     "control_mean");
    }
    const statistics::PowerPlan plan{.sd = input.sd.value_or(std::sqrt(variance)),
                                     .treated_share = input.treated_share,
                                     .explained = input.explained,
                                     .cluster_size = input.cluster_size,
                                     .cluster_correlation = input.cluster_correlation,
                                     .contact = input.contact};
    Output out;
    if (input.effect != 0) {
      const double needed = TRY(statistics::needed_voters(plan, input.effect, input.power));
      constexpr double kVotersMax = 1e12;
      if (needed / input.answering < kVotersMax) {
        out.needed_voters = static_cast<std::int64_t>(std::ceil(needed / input.answering));
      }
    }
    if (input.voters) {
      const double known = static_cast<double>(*input.voters) * input.answering;
      out.detectable_effect = TRY(statistics::detectable_effect(plan, known, input.power));
      out.power = TRY(statistics::power_of(plan, known, input.effect));
    }
    return out;
  }
};

}  // namespace

void add_experiment_power(Registrar& registrar) { registrar.add<PlanExperiment>(); }

}  // namespace hustings::api
