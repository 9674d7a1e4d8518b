#include "api/strategy.h"

#include <algorithm>
#include <map>

#include "api/experiment_report.h"
#include "experiments/strategy.h"

namespace hustings::api {
namespace {

using experiments::Report;

constexpr int kExperimentsMax = 30;  ///< the newest

struct StrategyRow {
  static constexpr std::string_view kName = "StrategyRow";
  ExperimentId experiment;
  std::string name;
  experiments::State state = experiments::State::running;
  OutcomeShape outcome;
  std::string arm;
  std::int64_t assigned = 0;
  std::int64_t contacted = 0;
  std::int64_t answered = 0;
  std::optional<FigureShape> effect;
  std::optional<FigureShape> contact;
  std::optional<FigureShape> always;
  std::optional<double> more_units;
  std::optional<double> conversation_cents;
  std::optional<CostShape> cost;
  std::optional<double> chance_best;
  std::int64_t leaked = 0;
  static Fields fields() {
    using S = StrategyRow;
    return {field("experiment", &S::experiment, "Where it is measured."),
            field("name", &S::name, "That experiment's name."),
            field("state", &S::state, "How far it is."),
            field("outcome", &S::outcome, "What it is judged by."),
            field("arm", &S::arm, "Who is contacted in which way."),
            field("assigned", &S::assigned, "Voters."),
            field("contacted", &S::contacted, "Of these, spoken with."),
            field("answered", &S::answered, "Of these, whose outcome is known."),
            field("effect", &S::effect, "What it changed, by voter; null: not known yet."),
            field("contact", &S::contact, "What a conversation changed."),
            field("always", &S::always, "The effect with its always-valid interval."),
            field("more_units", &S::more_units, "Answers still needed until it is known."),
            field("conversation_cents", &S::conversation_cents, "Cents for each conversation."),
            field("cost", &S::cost, "Cents for each vote or supporter."),
            field("chance_best", &S::chance_best,
                  "That it is the best of those judged by the same outcome, and better than "
                  "nothing."),
            field("leaked", &S::leaked, "Voters of its locked hold-out who were called.")};
  }
};

std::optional<FigureShape> effect_by(const Report& report, const std::string& arm,
                                     experiments::Method method) {
  for (const experiments::EffectRow& row : report.findings.effects) {
    if (row.arm == arm && row.method == method) return shown(row.effect);
  }
  return std::nullopt;
}

const experiments::Track* track_of(const Report& report, const std::string& arm) {
  const auto found = std::ranges::find(report.findings.tracks, arm, &experiments::Track::arm);
  return found == report.findings.tracks.end() ? nullptr : &*found;
}

void add_rows(const Report& report, std::vector<StrategyRow>& rows) {
  using experiments::Method;
  const ExperimentShape shape = shown(report.experiment);
  const auto outcome = std::ranges::find(shape.outcomes, report.outcome, &RegisteredShape::number);
  bool is_first = true;
  for (const experiments::ArmFacts& arm : report.findings.arms) {
    if (arm.is_control) continue;
    StrategyRow row{.experiment = shape.id,
                    .name = shape.name,
                    .state = shape.state,
                    .outcome = outcome == shape.outcomes.end() ? OutcomeShape{} : outcome->outcome,
                    .arm = arm.name,
                    .assigned = arm.assigned,
                    .contacted = arm.contacted,
                    .answered = arm.answered,
                    .effect = effect_by(report, arm.name, Method::difference),
                    .contact = effect_by(report, arm.name, Method::contact),
                    .always = std::nullopt,
                    .more_units = std::nullopt,
                    .conversation_cents = std::nullopt,
                    .cost = is_first ? cost_of(report) : std::nullopt,
                    .chance_best = std::nullopt,
                    .leaked = report.findings.leaked};
    const experiments::Track* track = track_of(report, arm.name);
    if (track != nullptr) row.more_units = track->more_units;
    if (track != nullptr && !track->points.empty()) {
      const experiments::TrackPoint& last = track->points.back();
      row.always = FigureShape{
          .value = last.value, .se = std::nullopt, .lower = last.lower, .upper = last.upper};
    }
    if (is_first && shape.cost_cents && arm.contacted > 0) {
      row.conversation_cents =
          static_cast<double>(*shape.cost_cents) / static_cast<double>(arm.contacted);
    }
    is_first = false;
    rows.push_back(std::move(row));
  }
}

/// Strategies that are judged by the same outcome, beside each other.
void add_chances(std::vector<StrategyRow>& rows) {
  std::map<std::string, std::vector<StrategyRow*>> groups;
  for (StrategyRow& row : rows) {
    if (!row.effect || !row.effect->se || !(*row.effect->se > 0)) continue;
    groups[to_json(row.outcome)].push_back(&row);
  }
  for (const auto& [outcome, group] : groups) {
    std::vector<experiments::Belief> beliefs;
    for (const StrategyRow* row : group)
      beliefs.push_back({.value = row->effect->value, .se = *row->effect->se});
    const experiments::Standing standing = experiments::standing(beliefs);
    for (std::size_t i = 0; i < group.size(); ++i)
      group[i]->chance_best = standing.best[i];
  }
}

struct GetStrategy {
  using Input = Nothing;
  struct Output {
    static constexpr std::string_view kName = "Strategy";
    std::vector<StrategyRow> items;
    std::int64_t position = 0;
    std::int64_t age_ms = 0;
    static Fields fields() {
      return {field("items", &Output::items,
                    "Each way of contacting that an experiment measures, the newest first."),
              field("position", &Output::position, "The least feed position of the numbers."),
              field("age_ms", &Output::age_ms,
                    "Milliseconds since it was certain that nothing newer was there.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/strategy",
            .name = "get_strategy",
            .summary = "Is the strategy working? What each way of contacting does, side by side.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context& context, const Input&) {
    const auto& service = context.services().experiments;
    Output out;
    bool is_first = true;
    for (const experiments::Experiment& one : service.page(std::nullopt, kExperimentsMax)) {
      const auto report = service.report(one.id);
      if (!report) continue;
      add_rows(*report, out.items);
      out.position = is_first ? report->position : std::min(out.position, report->position);
      out.age_ms = std::max(out.age_ms, static_cast<std::int64_t>(report->age.count()));
      is_first = false;
    }
    add_chances(out.items);
    return out;
  }
};

}  // namespace

void add_strategy(Registrar& registrar) { registrar.add<GetStrategy>(); }

}  // namespace hustings::api
