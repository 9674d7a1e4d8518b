#include "api/strategy.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "api/experiment_report.h"
#include "base/csv.h"
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
  std::optional<std::int64_t> spent_cents;
  std::optional<CostShape> cost;
  std::optional<FigureShape> gained;
  std::optional<double> chance_better;
  std::optional<double> chance_best;
  std::optional<std::string> rival;
  std::optional<FigureShape> beside_rival;
  std::optional<double> more_beside_rival;
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
            field("spent_cents", &S::spent_cents,
                  "What contacting has cost; of several arms without a cost of their own the share "
                  "of their voters."),
            field("cost", &S::cost, "Cents for each vote or supporter."),
            field("gained", &S::gained, "Net votes or supporters: the effect on all assigned."),
            field("chance_better", &S::chance_better,
                  "That it is better than nothing: its effect is above zero."),
            field("chance_best", &S::chance_best,
                  "That it is the best of those judged by the same outcome, and better than "
                  "nothing."),
            field("rival", &S::rival,
                  "The best of the others that are judged by the same outcome; null: none."),
            field("beside_rival", &S::beside_rival, "Its effect less that one's."),
            field("more_beside_rival", &S::more_beside_rival,
                  "Answers still needed of both until it is known which is better; 0: it is known; "
                  "null: there is no telling."),
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

FigureShape times(const FigureShape& figure, double by) {
  const auto each = [by](const std::optional<double>& of) {
    return of ? std::optional(*of * by) : std::nullopt;
  };
  return {.value = figure.value * by,
          .se = each(figure.se),
          .lower = each(figure.lower),
          .upper = each(figure.upper)};
}

void add_rows(const Report& report, std::vector<StrategyRow>& rows) {
  using experiments::Method;
  const ExperimentShape shape = shown(report.experiment);
  const auto outcome = std::ranges::find(shape.outcomes, report.outcome, &RegisteredShape::number);
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
                    .spent_cents = spent_on(report, arm.name),
                    .cost = cost_of(report, arm.name),
                    .gained = std::nullopt,
                    .chance_better = std::nullopt,
                    .chance_best = std::nullopt,
                    .rival = std::nullopt,
                    .beside_rival = std::nullopt,
                    .more_beside_rival = std::nullopt,
                    .leaked = report.findings.leaked};
    const experiments::Track* track = track_of(report, arm.name);
    if (track != nullptr) row.more_units = track->more_units;
    if (track != nullptr && !track->points.empty()) {
      const experiments::TrackPoint& last = track->points.back();
      row.always = FigureShape{
          .value = last.value, .se = std::nullopt, .lower = last.lower, .upper = last.upper};
    }
    if (row.spent_cents && arm.contacted > 0) {
      row.conversation_cents =
          static_cast<double>(*row.spent_cents) / static_cast<double>(arm.contacted);
    }
    if (row.effect) row.gained = times(*row.effect, static_cast<double>(arm.assigned));
    rows.push_back(std::move(row));
  }
}

void add_rival(const std::vector<StrategyRow*>& group,
               const std::vector<experiments::Belief>& beliefs, std::size_t place) {
  const auto beside = experiments::beside_best_other(beliefs, place);
  if (!beside) return;
  StrategyRow& row = *group[place];
  const StrategyRow& other = *group[beside->other];
  row.rival = fmt::format("{} · {}", other.name, other.arm);
  row.beside_rival = FigureShape{.value = beside->difference,
                                 .se = std::nullopt,
                                 .lower = beside->lower,
                                 .upper = beside->upper};
  if (beside->answers_times) {
    const auto now = static_cast<double>(row.answered + other.answered);
    row.more_beside_rival = std::max(0.0, std::ceil((*beside->answers_times - 1) * now));
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
    for (std::size_t i = 0; i < group.size(); ++i) {
      group[i]->chance_better = experiments::chance_better_than_nothing(beliefs[i]);
      group[i]->chance_best = standing.best[i];
      add_rival(group, beliefs, i);
    }
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
      auto report = service.report(one.id);
      if (!report) continue;
      add_ledger_cost(context.services(), *report);
      add_rows(*report, out.items);
      out.position = is_first ? report->position : std::min(out.position, report->position);
      out.age_ms = std::max(out.age_ms, static_cast<std::int64_t>(report->age.count()));
      is_first = false;
    }
    add_chances(out.items);
    return out;
  }
};

/// The ledger's money by which an arm is contacted, its own or that of all.
std::optional<experiments::Flight> flight_of(const experiments::Experiment& experiment,
                                             const std::string& arm) {
  const auto place =
      static_cast<int>(std::ranges::find(experiment.arms, arm) - experiment.arms.begin());
  const auto own = experiment.arm_costs.find(place);
  return own == experiment.arm_costs.end() ? experiment.flight : own->second.flight;
}

/// Whether an outcome is a share of voters, so that its effects are points of a hundred.
bool is_share(const experiments::Experiment& experiment, int number) {
  const experiments::RegisteredOutcome* registered = experiment.outcome(number);
  if (registered == nullptr) return false;
  const experiments::Outcome& outcome = registered->outcome;
  return outcome.kind == experiments::OutcomeKind::vote ||
         outcome.kind == experiments::OutcomeKind::disposition ||
         (outcome.kind == experiments::OutcomeKind::answer && !outcome.choices.empty());
}

/// What experiments whose money is of a channel found that a conversation does, as a sheet that the
/// spending side reads: posteriors for allocation.
struct GetMeasures {
  using Input = Nothing;
  using Output = net::Response;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/strategy/measures.csv",
            .name = "get_strategy_measures",
            .summary =
                "Measured effects by channel, in percentage points, as the spending side "
                "takes them (measures).",
            .permission = Permission::segments_read,
            .produces = "text/csv"};
  }
  static Result<Output> call(Context& context, const Input&) {
    constexpr double kPoints = 100;
    net::Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.body = "channel,effect_points,error_points,source\r\n";
    const auto& service = context.services().experiments;
    for (const experiments::Experiment& one : service.page(std::nullopt, kExperimentsMax)) {
      const bool is_booked = one.flight || std::ranges::any_of(one.arm_costs, [](const auto& cost) {
                               return cost.second.flight.has_value();
                             });
      if (!is_booked) continue;
      const auto report = service.report(one.id);
      if (!report || !is_share(one, report->outcome)) continue;
      for (const experiments::EffectRow& row : report->findings.effects) {
        const auto flight = flight_of(one, row.arm);
        if (!flight || row.method != experiments::Method::contact || !row.effect.se) continue;
        append_csv_cell(response.body, flight->channel);
        fmt::format_to(std::back_inserter(response.body), ",{:.6f},{:.6f},",
                       kPoints * row.effect.value, kPoints * *row.effect.se);
        append_csv_cell(response.body, fmt::format("experiment {} {}", one.id.text(), row.arm));
        response.body += "\r\n";
      }
    }
    return response;
  }
};

}  // namespace

void add_strategy(Registrar& registrar) {
  registrar.add<GetStrategy>();
  registrar.add<GetMeasures>();
}

}  // namespace hustings::api
