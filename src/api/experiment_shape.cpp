#include "api/experiment_shape.h"

namespace hustings::api {

Fields OutcomeShape::fields() {
  using S = OutcomeShape;
  return {field("kind", &S::kind, "Where the outcome comes from."),
          field("key", &S::key,
                "A question's key, a disposition, an election as rules name it, or support, "
                "turnout or persuadability.",
                {.min_length = 1, .max_length = 200}),
          field("choices", &S::choices,
                "Answers that count as 1, the others as 0; none: the choice's number (scales).",
                {.min = 1, .max = 255, .max_items = 20, .has_default = true}),
          field("after_contacts", &S::after_contacts,
                "Only what is answered once contacts are over: where the control group is not "
                "contacted, only that can be compared.",
                {.has_default = true})};
}

experiments::Outcome outcome_from(const OutcomeShape& shape) {
  experiments::Outcome outcome{
      .kind = shape.kind, .key = shape.key, .after_contacts = shape.after_contacts};
  for (const std::int64_t choice : shape.choices)
    outcome.choices.push_back(static_cast<int>(choice));
  return outcome;
}

Fields RegisteredShape::fields() {
  using S = RegisteredShape;
  return {
      field("number", &S::number, "Which of the experiment's outcomes."),
      field("is_primary", &S::is_primary, "What decides; the others are beside it."),
      field("outcome", &S::outcome, "What is looked at."),
      field("reason", &S::reason, "Why it was registered after the start; empty: with the start."),
      field("at", &S::at, "When it was registered."),
      field("withdrawn_at", &S::withdrawn_at, "When another one replaced it as primary.")};
}

Fields ArmCostShape::fields() {
  using S = ArmCostShape;
  return {field("arm", &S::arm, "The arm."),
          field("cost_cents", &S::cost_cents, "What it has cost; of a channel what is booked now."),
          field("channel", &S::channel, "The channel of the spending ledger."),
          field("from_week", &S::from_week, "Of that, from this week of the plan on."),
          field("to_week", &S::to_week, "To this week.")};
}

Fields ExperimentShape::fields() {
  using S = ExperimentShape;
  return {
      field("id", &S::id, "The experiment."),
      field("name", &S::name, "What people call it."),
      field("hypothesis", &S::hypothesis, "What it is to find out."),
      field("list", &S::list, "The list whose arms are compared."),
      field("list_name", &S::list_name, "That list's name."),
      field("arms", &S::arms, "The list's arms, the hold-out first."),
      field("control", &S::control, "The arm that the others are compared with."),
      field("is_placebo", &S::is_placebo, "The control group is contacted about something else."),
      field("unit", &S::unit, "What was drawn into an arm as one."),
      field("state", &S::state,
            "running: contacts go on and the hold-out is locked; measuring: contacts are over."),
      field("planned_units", &S::planned_units,
            "So many answers after which the always-valid band is narrowest."),
      field("cost_cents", &S::cost_cents, "What contacting has cost so far."),
      field("cost_channel", &S::cost_channel,
            "The channel of the spending ledger that the cost is the booked money of."),
      field("cost_from_week", &S::cost_from_week, "Of that, from this week of the plan on."),
      field("cost_to_week", &S::cost_to_week, "To this week."),
      field("arm_costs", &S::arm_costs,
            "Of arms whose cost was noted apart; the others share cost_cents by their voters."),
      field("started_at", &S::started_at, "When it began."),
      field("measuring_at", &S::measuring_at, "When contacts were over."),
      field("ended_at", &S::ended_at, "When it ended."),
      field("outcomes", &S::outcomes, "What it is judged by, as registered.")};
}

ExperimentShape shown(const experiments::Experiment& experiment) {
  ExperimentShape shape{.id = experiment.id,
                        .name = experiment.name,
                        .hypothesis = experiment.hypothesis,
                        .list = experiment.list,
                        .list_name = experiment.list_name,
                        .arms = experiment.arms,
                        .control = {},
                        .is_placebo = experiment.is_placebo,
                        .unit = experiment.unit,
                        .state = experiment.state,
                        .planned_units = experiment.planned_units,
                        .cost_cents = experiment.cost_cents,
                        .cost_channel = std::nullopt,
                        .cost_from_week = std::nullopt,
                        .cost_to_week = std::nullopt,
                        .arm_costs = {},
                        .started_at = experiment.started_at,
                        .measuring_at = experiment.measuring_at,
                        .ended_at = experiment.ended_at,
                        .outcomes = {}};
  if (experiment.flight) {
    shape.cost_channel = experiment.flight->channel;
    shape.cost_from_week = experiment.flight->from_week;
    shape.cost_to_week = experiment.flight->to_week;
  }
  for (const auto& [arm, cost] : experiment.arm_costs) {
    ArmCostShape& one = shape.arm_costs.emplace_back();
    one.arm = experiment.arms.at(static_cast<std::size_t>(arm));
    one.cost_cents = cost.cents;
    if (!cost.flight) continue;
    one.channel = cost.flight->channel;
    one.from_week = cost.flight->from_week;
    one.to_week = cost.flight->to_week;
  }
  const auto control = static_cast<std::size_t>(experiment.control_arm);
  if (control < experiment.arms.size()) shape.control = experiment.arms[control];
  for (const experiments::RegisteredOutcome& one : experiment.outcomes) {
    OutcomeShape outcome{.kind = one.outcome.kind,
                         .key = one.outcome.key,
                         .choices = {},
                         .after_contacts = one.outcome.after_contacts};
    outcome.choices.assign(one.outcome.choices.begin(), one.outcome.choices.end());
    shape.outcomes.push_back({.number = one.number,
                              .is_primary = one.is_primary,
                              .outcome = std::move(outcome),
                              .reason = one.reason,
                              .at = one.at,
                              .withdrawn_at = one.withdrawn_at});
  }
  return shape;
}

}  // namespace hustings::api
