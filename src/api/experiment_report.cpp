#include "api/experiment_report.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "api/experiments.h"
#include "spending/ledger.h"
#include "statistics/power.h"

namespace hustings::api {

using experiments::Findings;

Fields FigureShape::fields() {
  using S = FigureShape;
  return {field("value", &S::value, "The number."), field("se", &S::se, "Its standard error."),
          field("lower", &S::lower, "Where its 95 % interval begins."),
          field("upper", &S::upper, "Where it ends."), field("p", &S::p, "Two-sided, against 0.")};
}

FigureShape shown(const experiments::Figure& figure) {
  return {figure.value, figure.se, figure.lower, figure.upper, figure.p};
}

Fields CostShape::fields() {
  using S = CostShape;
  return {field("gained", &S::gained, "Votes or supporters that contacting brought."),
          field("cents", &S::cents, "Cents for each; null: the effect is not above 0."),
          field("lower_cents", &S::lower_cents, "Where its 95 % interval begins."),
          field("upper_cents", &S::upper_cents, "Where it ends; null: it is open.")};
}

Fields EffectShape::fields() {
  using S = EffectShape;
  return {field("arm", &S::arm, "Compared with the control group."),
          field("method", &S::method,
                "difference: as assigned; covariates: adjusted; cuped; contact: of being reached; "
                "placebo: the reached of both groups."),
          field("effect", &S::effect, "What it changed, with its 95 % interval."),
          field("n", &S::n, "Voters in the comparison."),
          field("errors", &S::errors, "How the error was found: hc2, cr1 or cr2."),
          field("reached", &S::reached, "Contact: the share that assignment reached."),
          field("variance_explained", &S::variance_explained,
                "CUPED: the share of the outcome's variance that was known before.")};
}

EffectShape shown(const experiments::EffectRow& row) {
  return {.arm = row.arm,
          .method = row.method,
          .effect = shown(row.effect),
          .n = row.n,
          .errors = row.errors,
          .reached = row.reached,
          .variance_explained = row.variance_explained};
}

void add_ledger_cost(const Services& services, experiments::Report& report) {
  experiments::Experiment& of = report.experiment;
  const bool is_booked = of.flight || std::ranges::any_of(of.arm_costs, [](const auto& one) {
                           return one.second.flight.has_value();
                         });
  if (!is_booked) return;
  const auto sums = services.ledger.sums();
  const auto booked = [&sums](const experiments::Flight& flight) {
    std::int64_t cents = 0;
    for (const spending::CellSums& cell : sums)
      cents += flight.holds(cell.channel, cell.week) ? cell.booked_cents : 0;
    return cents;
  };
  if (of.flight) of.cost_cents = booked(*of.flight);
  for (auto& [arm, cost] : of.arm_costs) {
    if (cost.flight) cost.cents = booked(*cost.flight);
  }
}

std::optional<std::int64_t> spent_on(const experiments::Report& report, const std::string& arm) {
  const auto& arms = report.experiment.arms;
  const auto place_of = [&arms](const std::string& name) {
    return static_cast<int>(std::ranges::find(arms, name) - arms.begin());
  };
  std::map<int, std::int64_t> assigned;
  for (const experiments::ArmFacts& one : report.findings.arms)
    assigned[place_of(one.name)] = one.assigned;
  const auto costs = experiments::cost_by_arm(report.experiment, assigned);
  const auto found = costs.find(place_of(arm));
  return found == costs.end() ? std::nullopt : std::optional(found->second);
}

std::optional<CostShape> cost_of(const experiments::Report& report, const std::string& name) {
  const auto cents = spent_on(report, name);
  const auto row =
      std::ranges::find_if(report.findings.effects, [&name](const experiments::EffectRow& one) {
        return one.arm == name && one.method == experiments::Method::difference;
      });
  const auto arm = std::ranges::find(report.findings.arms, name, &experiments::ArmFacts::name);
  if (!cents || row == report.findings.effects.end() || arm == report.findings.arms.end())
    return std::nullopt;
  const experiments::Figure& effect = row->effect;
  if (!effect.lower || !effect.upper) return std::nullopt;
  const statistics::CostPerVote cost = statistics::cost_per_vote(
      static_cast<double>(*cents), static_cast<double>(arm->assigned),
      {.value = effect.value, .lower = *effect.lower, .upper = *effect.upper});
  const auto finite = [](double value) {
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
  };
  return CostShape{.gained = cost.votes,
                   .cents = finite(cost.cost),
                   .lower_cents = finite(cost.lower),
                   .upper_cents = finite(cost.upper)};
}

namespace {

struct ArmShown {
  static constexpr std::string_view kName = "ExperimentArm";
  std::string name;
  bool is_control = false;
  std::int64_t assigned = 0;
  std::int64_t clusters = 0;
  std::int64_t tried = 0;
  std::int64_t contacted = 0;
  std::int64_t answered = 0;
  std::optional<FigureShape> mean;
  static Fields fields() {
    using S = ArmShown;
    return {field("name", &S::name, "The arm."),
            field("is_control", &S::is_control, "The others are compared with it."),
            field("assigned", &S::assigned, "Voters in it."),
            field("clusters", &S::clusters, "What was drawn as one: households, say."),
            field("tried", &S::tried, "Called by a phone bank, reached or not."),
            field("contacted", &S::contacted, "Spoken with by the list's phone banks."),
            field("answered", &S::answered, "Whose outcome is known."),
            field("mean", &S::mean, "Of the outcome.")};
  }
};

struct ArmCostShown {
  static constexpr std::string_view kName = "ArmSpent";
  std::string arm;
  std::int64_t spent_cents = 0;
  std::optional<CostShape> each;
  static Fields fields() {
    using S = ArmCostShown;
    return {field("arm", &S::arm, "The arm."),
            field("spent_cents", &S::spent_cents, "What contacting it has cost."),
            field("each", &S::each, "For each vote or supporter more; null: no effect yet.")};
  }
};

struct PointShown {
  static constexpr std::string_view kName = "TrackPoint";
  Instant at;
  std::int64_t units = 0;
  double value = 0;
  double lower = 0;
  double upper = 0;
  double fixed_lower = 0;
  double fixed_upper = 0;
  static Fields fields() {
    using S = PointShown;
    return {field("at", &S::at, "When; 1970 where the outcome has no time."),
            field("units", &S::units, "Voters or households that had answered."),
            field("value", &S::value, "The effect then."),
            field("lower", &S::lower, "The always-valid band."),
            field("upper", &S::upper, "Its upper end."),
            field("fixed_lower", &S::fixed_lower, "The interval for who looks but once."),
            field("fixed_upper", &S::fixed_upper, "Its upper end.")};
  }
};

struct TrackShown {
  static constexpr std::string_view kName = "EffectTrack";
  std::string arm;
  std::vector<PointShown> points;
  std::optional<std::int64_t> known_at_units;
  std::optional<Instant> known_at;
  std::optional<double> more_units;
  static Fields fields() {
    using S = TrackShown;
    return {
        field("arm", &S::arm, "Compared with the control group."),
        field("points", &S::points, "The effect as answers came in, oldest first."),
        field("known_at_units", &S::known_at_units, "When the always-valid band first left 0 out."),
        field("known_at", &S::known_at, "The moment of that."),
        field("more_units", &S::more_units,
              "Answers still needed, should the effect stay as it is.")};
  }
};

struct BalanceShown {
  static constexpr std::string_view kName = "BalanceRow";
  std::string name;
  std::string arm;
  double control = 0;
  double treated = 0;
  double difference = 0;
  static Fields fields() {
    using S = BalanceShown;
    return {field("name", &S::name, "What was known of voters before."),
            field("arm", &S::arm, "Compared with the control group."),
            field("control", &S::control, "The control group's mean."),
            field("treated", &S::treated, "The arm's mean."),
            field("difference", &S::difference, "In standard deviations.")};
  }
};

struct GroupShown {
  static constexpr std::string_view kName = "GroupEffect";
  std::string trait;
  std::string value;
  std::string arm;
  std::int64_t n = 0;
  std::optional<double> control_mean;
  FigureShape effect;
  std::optional<double> holm;
  std::optional<double> benjamini_hochberg;
  static Fields fields() {
    using S = GroupShown;
    return {field("trait", &S::trait, "By what voters are grouped."),
            field("value", &S::value, "The group."),
            field("arm", &S::arm, "Compared with the control group."),
            field("n", &S::n, "Voters in the comparison."),
            field("control_mean", &S::control_mean, "Of the control group."),
            field("effect", &S::effect, "In this group alone."),
            field("holm", &S::holm, "p over all groups: any false find."),
            field("benjamini_hochberg", &S::benjamini_hochberg,
                  "p over all groups: the share of false finds.")};
  }
};

struct GroupTestShown {
  static constexpr std::string_view kName = "GroupTest";
  std::string trait;
  std::string arm;
  std::optional<double> p;
  static Fields fields() {
    using S = GroupTestShown;
    return {field("trait", &S::trait, "By what voters are grouped."),
            field("arm", &S::arm, "Compared with the control group."),
            field("p", &S::p, "Whether the groups' effects differ at all.")};
  }
};

struct GetExperiment {
  struct Input {
    ExperimentId id;
    std::optional<std::int64_t> outcome;
    static Fields fields() {
      return {field("id", &Input::id, "The experiment."),
              field("outcome", &Input::outcome, "Its number; none: the primary one.",
                    {.min = 1, .max = 100})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "ExperimentReport";
    ExperimentShape experiment;
    std::int64_t outcome = 1;
    std::vector<std::string> sentences;
    std::vector<ArmShown> arms;
    std::vector<EffectShape> effects;
    std::vector<TrackShown> tracks;
    std::vector<ArmCostShown> costs;
    std::vector<BalanceShown> balance;
    std::optional<double> balance_p;
    std::vector<GroupShown> groups;
    std::vector<GroupTestShown> group_tests;
    std::int64_t leaked = 0;
    std::int64_t position = 0;
    std::int64_t age_ms = 0;
    static Fields fields() {
      using S = Output;
      return {field("experiment", &S::experiment, "What was registered."),
              field("outcome", &S::outcome, "Which outcome the numbers are of."),
              field("sentences", &S::sentences, "What is wrong, or cannot be said yet."),
              field("arms", &S::arms, "The control group first."),
              field("effects", &S::effects, "What each arm changed, the plain difference first."),
              field("tracks", &S::tracks, "The effect as answers came in, by arm."),
              field("costs", &S::costs, "What each arm cost, and each vote or supporter more."),
              field("balance", &S::balance, "Whether the arms were alike before."),
              field("balance_p", &S::balance_p, "Of all that together; small is bad."),
              field("groups", &S::groups, "Effects by groups of voters."),
              field("group_tests", &S::group_tests, "Whether they differ between groups."),
              field("leaked", &S::leaked, "Voters of the locked hold-out who were called."),
              field("position", &S::position, "The feed position of the numbers."),
              field("age_ms", &S::age_ms,
                    "Milliseconds since it was certain that nothing newer was there.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/experiments/{id}",
            .name = "get_experiment",
            .summary = "An experiment and what it shows, as answers come in.",
            .permission = Permission::segments_read,
            .topic = "experiment"};
  }
  static Result<Output> call(Context& context, const Input& input);
};

void add_tracks(const Findings& findings, std::vector<TrackShown>& out) {
  for (const experiments::Track& track : findings.tracks) {
    TrackShown shape{.arm = track.arm,
                     .points = {},
                     .known_at_units = track.known_at_units,
                     .known_at = track.known_at,
                     .more_units = track.more_units};
    for (const experiments::TrackPoint& point : track.points) {
      shape.points.push_back({point.at, point.units, point.value, point.lower, point.upper,
                              point.fixed_lower, point.fixed_upper});
    }
    out.push_back(std::move(shape));
  }
}

void add_groups(const Findings& findings, GetExperiment::Output& out) {
  for (const experiments::GroupRow& row : findings.groups) {
    out.groups.push_back({row.trait, row.value, row.arm, row.n, row.control_mean, shown(row.effect),
                          row.holm, row.benjamini_hochberg});
  }
  for (const experiments::GroupTest& test : findings.group_tests)
    out.group_tests.push_back({test.trait, test.arm, test.p});
}

Result<GetExperiment::Output> GetExperiment::call(Context& context, const Input& input) {
  std::optional<int> number;
  if (input.outcome) number = static_cast<int>(*input.outcome);
  experiments::Report report = TRY(context.services().experiments.report(input.id, number));
  add_ledger_cost(context.services(), report);
  const Findings& findings = report.findings;
  Output out{.experiment = shown(report.experiment),
             .outcome = report.outcome,
             .sentences = findings.sentences,
             .arms = {},
             .effects = {},
             .tracks = {},
             .costs = {},
             .balance = {},
             .balance_p = findings.balance_p,
             .groups = {},
             .group_tests = {},
             .leaked = findings.leaked,
             .position = report.position,
             .age_ms = report.age.count()};
  for (const experiments::ArmFacts& arm : findings.arms) {
    out.arms.push_back({arm.name, arm.is_control, arm.assigned, arm.clusters, arm.tried,
                        arm.contacted, arm.answered,
                        arm.mean ? std::optional(shown(*arm.mean)) : std::nullopt});
  }
  for (const experiments::ArmFacts& arm : findings.arms) {
    if (const auto spent = spent_on(report, arm.name))
      out.costs.push_back({arm.name, *spent, cost_of(report, arm.name)});
  }
  for (const experiments::EffectRow& row : findings.effects)
    out.effects.push_back(shown(row));
  add_tracks(findings, out.tracks);
  for (const experiments::BalanceRow& row : findings.balance)
    out.balance.push_back({row.name, row.arm, row.control, row.treated, row.difference});
  add_groups(findings, out);
  return out;
}

}  // namespace

void add_experiment_report(Registrar& registrar) { registrar.add<GetExperiment>(); }

}  // namespace hustings::api
