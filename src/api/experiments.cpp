#include "api/experiments.h"

#include "api/experiment_shape.h"
#include "api/paging.h"
#include "base/text.h"

namespace hustings::api {
namespace {

struct ListExperiments {
  using Input = PageQuery<ExperimentId>;
  using Output = Page<ExperimentShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/experiments",
            .name = "list_experiments",
            .summary = "The experiments, newest first.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto before = TRY(input.before());
    auto found = context.services().experiments.page(before, static_cast<int>(input.limit) + 1);
    return cut_page<ExperimentShape>(input.limit, std::move(found), [](const auto& items) {
      std::vector<ExperimentShape> out;
      for (const experiments::Experiment& one : items)
        out.push_back(shown(one));
      return out;
    });
  }
};

struct BeginExperiment {
  struct Input {
    std::string name;
    std::string hypothesis;
    ListId list;
    std::string control;
    bool is_placebo = false;
    std::vector<OutcomeShape> outcomes;
    std::optional<std::int64_t> planned_units;
    std::optional<std::int64_t> cost_cents;
    std::optional<std::string> key;
    static Fields fields() {
      return {field("name", &Input::name, "What people call it.",
                    {.min_length = 1, .max_length = experiments::kNameBytesMax}),
              field("hypothesis", &Input::hypothesis, "What it is to find out.",
                    {.min_length = 1, .max_length = experiments::kHypothesisBytesMax}),
              field("list", &Input::list, "The list whose arms are compared."),
              field("control", &Input::control,
                    "The arm that the others are compared with: \"holdout\", or another.",
                    {.min_length = 1, .max_length = 60}),
              field("is_placebo", &Input::is_placebo,
                    "The control group is contacted about something else.", {.has_default = true}),
              field("outcomes", &Input::outcomes,
                    "What it is judged by, the primary one first. What is registered later is "
                    "marked so.",
                    {.max_items = experiments::kOutcomesMax}),
              field("planned_units", &Input::planned_units,
                    "After so many answers the always-valid band is to be narrowest; none: after "
                    "a quarter of all voters of the list.",
                    {.min = 10, .max = 1e8}),
              field("cost_cents", &Input::cost_cents, "What contacting costs.",
                    {.min = 0, .max = 1e12}),
              field("key", &Input::key, "A uuid: the same again gives the first answer.",
                    {.min_length = 36, .max_length = 36})};
    }
  };
  using Output = ExperimentShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/experiments",
            .name = "begin_experiment",
            .summary = "Begins an experiment on a list, and locks the list's hold-out.",
            .permission = Permission::segments_write,
            .status = 201};
  }
  static Result<Output> call(Context& context, const Input& input) {
    experiments::ExperimentService::Draft draft{.name = std::string(trim(input.name)),
                                                .hypothesis = std::string(trim(input.hypothesis)),
                                                .list = input.list,
                                                .control = input.control,
                                                .is_placebo = input.is_placebo,
                                                .outcomes = {},
                                                .planned_units = input.planned_units,
                                                .cost_cents = input.cost_cents,
                                                .actor = context.actor(),
                                                .key = input.key};
    for (const OutcomeShape& outcome : input.outcomes)
      draft.outcomes.push_back(outcome_from(outcome));
    return shown(TRY(context.services().experiments.create(draft)));
  }
};

struct MoveExperiment {
  struct Input {
    ExperimentId id;
    experiments::State state = experiments::State::measuring;
    static Fields fields() {
      return {field("id", &Input::id, "The experiment."),
              field("state", &Input::state,
                    "measuring: contacts are over and the hold-out may be asked; ended.")};
    }
  };
  using Output = ExperimentShape;
  static Spec spec() {
    return {
        .method = "POST",
        .path = "/v1/experiments/{id}/state",
        .name = "move_experiment",
        .summary = "Ends the contacts of an experiment, or the experiment. There is no way back.",
        .permission = Permission::segments_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(
        TRY(context.services().experiments.move_on(input.id, input.state, context.actor())));
  }
};

struct RegisterOutcome {
  struct Input {
    ExperimentId id;
    OutcomeShape outcome;
    bool is_primary = false;
    std::string reason;
    static Fields fields() {
      return {field("id", &Input::id, "The experiment."),
              field("outcome", &Input::outcome, "What else it is judged by."),
              field("is_primary", &Input::is_primary,
                    "Decides from now on; the one before stays to be seen.", {.has_default = true}),
              field("reason", &Input::reason, "Why it was not registered with the start.",
                    {.min_length = 1, .max_length = experiments::kHypothesisBytesMax})};
    }
  };
  using Output = ExperimentShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/experiments/{id}/outcomes",
            .name = "register_outcome",
            .summary = "Registers a further outcome, marked as later than the start.",
            .permission = Permission::segments_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(
        context.services().experiments.register_outcome({.id = input.id,
                                                         .outcome = outcome_from(input.outcome),
                                                         .is_primary = input.is_primary,
                                                         .reason = std::string(trim(input.reason)),
                                                         .actor = context.actor()})));
  }
};

struct SetExperimentCost {
  struct Input {
    ExperimentId id;
    std::optional<std::string> arm;
    std::optional<std::int64_t> cost_cents;
    std::optional<std::string> channel;
    std::optional<std::int64_t> from_week;
    std::optional<std::int64_t> to_week;
    static Fields fields() {
      return {field("id", &Input::id, "The experiment."),
              field("arm", &Input::arm,
                    "What contacting this arm costs; none: all arms together, which share it.",
                    {.min_length = 1, .max_length = 60}),
              field("cost_cents", &Input::cost_cents, "What contacting has cost so far.",
                    {.min = 0, .max = 1e12}),
              field("channel", &Input::channel,
                    "In place of cost_cents: the channel of the spending ledger under which it is "
                    "booked.",
                    {.min_length = 1, .max_length = 100}),
              field("from_week", &Input::from_week, "Of these, from this week of the plan on.",
                    {.min = 1, .max = 60}),
              field("to_week", &Input::to_week, "To this week.", {.min = 1, .max = 60})};
    }
  };
  using Output = ExperimentShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/experiments/{id}/cost",
            .name = "set_experiment_cost",
            .summary = "Notes what contacting has cost, for the cost of each vote or supporter.",
            .permission = Permission::segments_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    experiments::Cost cost{.cents = input.cost_cents};
    if (input.channel) {
      const auto week = [](const std::optional<std::int64_t>& of) {
        return of ? std::optional(static_cast<int>(*of)) : std::nullopt;
      };
      cost.flight = experiments::Flight{.channel = *input.channel,
                                        .from_week = week(input.from_week),
                                        .to_week = week(input.to_week)};
    }
    return shown(
        TRY(context.services().experiments.set_cost(input.id, input.arm, cost, context.actor())));
  }
};

}  // namespace

void add_experiments(Registrar& registrar) {
  registrar.add<ListExperiments>();
  registrar.add<BeginExperiment>();
  registrar.add<MoveExperiment>();
  registrar.add<RegisterOutcome>();
  registrar.add<SetExperimentCost>();
  add_experiment_report(registrar);
  add_experiment_power(registrar);
}

}  // namespace hustings::api
