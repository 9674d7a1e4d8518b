#include "api/plans.h"

#include "api/objective_names.h"
#include "api/paging.h"
#include "spending/plans.h"

namespace hustings::api {
namespace {

struct PlanShape {
  static constexpr std::string_view kName = "Plan";
  PlanId id;
  Instant made_at;
  std::int64_t inputs = 0;
  std::int64_t budget_cents = 0;
  std::int64_t booked_cents = 0;
  std::int64_t planned_cents = 0;
  std::int64_t lines = 0;
  std::int64_t approved_lines = 0;
  std::int64_t rejected_lines = 0;
  std::int64_t approved_cents = 0;
  std::optional<JsonText> document;
  static Fields fields() {
    using S = PlanShape;
    return {field("id", &S::id, "The plan."),
            field("made_at", &S::made_at, "When."),
            field("inputs", &S::inputs, "How often its inputs had changed by then."),
            field("budget_cents", &S::budget_cents, "That it was made for."),
            field("booked_cents", &S::booked_cents, "What was booked then."),
            field("planned_cents", &S::planned_cents, "What it spends beyond that."),
            field("lines", &S::lines, "How many it has."),
            field("approved_lines", &S::approved_lines, "That became commitments."),
            field("rejected_lines", &S::rejected_lines, "That somebody did not want."),
            field("approved_cents", &S::approved_cents, "What was approved."),
            field("document", &S::document,
                  "What it does and why (docs/formats/spending.md); null in lists.")};
  }
};

PlanShape shown(const spending::Plan& of) {
  PlanShape shape{.id = of.id,
                  .made_at = of.made_at,
                  .inputs = of.inputs,
                  .budget_cents = of.budget_cents,
                  .booked_cents = of.booked_cents,
                  .planned_cents = of.planned_cents,
                  .lines = of.lines,
                  .approved_lines = of.approved_lines,
                  .rejected_lines = of.rejected_lines,
                  .approved_cents = of.approved_cents};
  if (!of.document.empty()) shape.document = JsonText{of.document};
  return shape;
}

struct PlanPath {
  PlanId id;
  static Fields fields() { return {field("id", &PlanPath::id, "The plan.")}; }
};

struct ListPlans {
  using Input = PageQuery<PlanId>;
  using Output = Page<PlanShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/plans",
            .name = "list_plans",
            .summary = "The plans, newest first.",
            .permission = Permission::spending_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto before = TRY(input.before());
    auto plans = context.services().plans.page(before, static_cast<int>(input.limit) + 1);
    return cut_page<PlanShape>(input.limit, std::move(plans), [](const auto& items) {
      std::vector<PlanShape> out;
      for (const spending::Plan& plan : items)
        out.push_back(shown(plan));
      return out;
    });
  }
};

struct GetPlan {
  using Input = PlanPath;
  using Output = PlanShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/plans/{id}",
            .name = "get_plan",
            .summary = "A plan, what it does and why.",
            .permission = Permission::spending_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(context.services().plans.get(input.id)));
  }
};

struct GetPlanning {
  using Input = Nothing;
  struct Output {
    static constexpr std::string_view kName = "Planning";
    std::int64_t inputs = 0;
    std::int64_t tried_inputs = 0;
    std::optional<std::string> problem;
    std::optional<PlanId> newest;
    static Fields fields() {
      return {field("inputs", &Output::inputs, "How often the inputs of plans have changed."),
              field("tried_inputs", &Output::tried_inputs, "Those of the last try to plan."),
              field("problem", &Output::problem, "Why there is no plan for them."),
              field("newest", &Output::newest, "The newest plan.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/planning",
            .name = "planning_state",
            .summary = "How the planning stands.",
            .permission = Permission::spending_read,
            .topic = "planning"};
  }
  static Result<Output> call(Context& context, const Input& /*input*/) {
    const spending::PlanningState state = context.services().plans.state();
    return Output{state.inputs, state.tried_inputs, state.problem, state.newest};
  }
};

struct LineShape {
  static constexpr std::string_view kName = "PlanLine";
  std::int64_t line = 0;
  std::string market;
  std::string channel;
  std::int64_t week = 1;
  std::int64_t cents = 0;
  double marginal = 0;
  std::string state;
  std::optional<std::string> decided_by;
  std::optional<CommitmentId> commitment;
  static Fields fields() {
    using S = LineShape;
    return {field("line", &S::line, "Its number in the plan."),
            field("market", &S::market, "Where."),
            field("channel", &S::channel, "For what."),
            field("week", &S::week, "When."),
            field("cents", &S::cents, "To be spent beyond what is booked."),
            field("marginal", &S::marginal, "What one more unit of money there brings."),
            field("state", &S::state, "proposed, approved or rejected."),
            field("decided_by", &S::decided_by, "Who decided."),
            field("commitment", &S::commitment, "What it became.")};
  }
};

struct ListPlanLines {
  struct Input {
    PlanId id;
    std::int64_t after = 0;
    std::int64_t limit = 500;
    static Fields fields() {
      return {
          field("id", &Input::id, "The plan."),
          field("after", &Input::after, "Lines behind this one.",
                {.min = 0, .max = 1e9, .has_default = true}),
          field("limit", &Input::limit, "How many.", {.min = 1, .max = 5000, .has_default = true})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "PlanLines";
    std::vector<LineShape> items;
    static Fields fields() {
      return {field("items", &Output::items, "In the plan's order.", {.max_items = 5000})};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/plans/{id}/lines",
            .name = "list_plan_lines",
            .summary = "Where a plan puts money, and who approved it.",
            .permission = Permission::spending_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().plans.get(input.id));
    Output out;
    for (const spending::PlanLine& line : context.services().plans.lines(
             input.id, static_cast<int>(input.after), static_cast<int>(input.limit))) {
      out.items.push_back({line.line, line.market, line.channel, line.week, line.cents,
                           line.marginal, line.state, line.decided_by, line.commitment});
    }
    return out;
  }
};

struct DifferenceShape {
  static constexpr std::string_view kName = "PlanDifference";
  std::string market;
  std::string channel;
  std::int64_t before_cents = 0;
  std::int64_t after_cents = 0;
  static Fields fields() {
    using S = DifferenceShape;
    return {field("market", &S::market, "Where."), field("channel", &S::channel, "For what."),
            field("before_cents", &S::before_cents, "Booked and planned in the older plan."),
            field("after_cents", &S::after_cents, "In this one.")};
  }
};

struct ComparePlans {
  struct Input {
    PlanId id;
    PlanId older;
    static Fields fields() {
      return {field("id", &Input::id, "The plan."),
              field("older", &Input::older, "The one to compare with.")};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "PlanDifferences";
    std::vector<DifferenceShape> items;
    static Fields fields() {
      return {field("items", &Output::items, "The largest difference first.",
                    {.max_items = 1'000'000})};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/plans/{id}/difference",
            .name = "compare_plans",
            .summary = "Where two plans put different money.",
            .permission = Permission::spending_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    Output out;
    for (const auto& one : TRY(context.services().plans.difference(input.older, input.id)))
      out.items.push_back({one.market, one.channel, one.before_cents, one.after_cents});
    return out;
  }
};

struct DecidePlan {
  struct Input {
    PlanId id;
    std::vector<std::int64_t> lines;
    bool is_approved = true;
    static Fields fields() {
      return {
          field("id", &Input::id, "The plan."),
          field("lines", &Input::lines, "Numbers of lines; empty: all that are proposed.",
                {.max_items = 100'000, .has_default = true}),
          field("approve", &Input::is_approved, "They become commitments; or nobody wants them.")};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "DecidedLines";
    std::int64_t lines = 0;
    std::int64_t cents = 0;
    static Fields fields() {
      return {field("lines", &Output::lines, "How many were decided."),
              field("cents", &Output::cents, "Their money.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/plans/{id}/decisions",
            .name = "decide_plan",
            .summary = "Approves or rejects lines; refused for a plan older than its inputs.",
            .permission = Permission::spending_approve};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto decided = TRY(context.services().plans.decide({.plan = input.id,
                                                              .lines = input.lines,
                                                              .approve = input.is_approved,
                                                              .actor = context.actor()}));
    return Output{decided.lines, decided.cents};
  }
};

struct EffectWish {
  static constexpr std::string_view kName = "EffectWish";
  std::string channel;
  double factor = 1;
  static Fields fields() {
    return {field("channel", &EffectWish::channel, "A channel."),
            field("factor", &EffectWish::factor, "Its effect so many times as large.",
                  {.min = 0, .max = 100})};
  }
};

struct TryPlan {
  struct Input {
    std::optional<std::int64_t> budget_cents;
    std::optional<allocation::Objective> objective;
    double swing_points = 0;
    std::vector<EffectWish> effects;
    std::optional<double> explore_share;
    static Fields fields() {
      return {field("budget_cents", &Input::budget_cents, "Instead of the budget.",
                    {.min = 0, .max = 1e15}),
              field("objective", &Input::objective, "Instead of the objective."),
              field("swing_points", &Input::swing_points,
                    "Added to our share of the two parties in every contest.",
                    {.min = -50, .max = 50, .has_default = true}),
              field("effects", &Input::effects, "Effects of channels that are tried out.",
                    {.max_items = spending::kChannelsMax, .has_default = true}),
              field("explore_share", &Input::explore_share, "Instead of the hold-out's share.",
                    {.min = 0, .max = 0.5})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "TriedPlan";
    JsonText document;
    static Fields fields() {
      return {field("document", &Output::document,
                    "As a plan's (docs/formats/spending.md); nothing is kept.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/plans/try",
            .name = "try_plan",
            .summary = "What the plan would be with another budget, objective or effect.",
            .permission = Permission::spending_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    constexpr double kPoint = 0.01;
    spending::WhatIf what_if{.budget_cents = input.budget_cents,
                             .objective = input.objective,
                             .swing = input.swing_points * kPoint,
                             .effects = {},
                             .explore_share = input.explore_share};
    for (const EffectWish& effect : input.effects)
      what_if.effects[effect.channel] = effect.factor;
    return Output{JsonText{TRY(context.services().plans.try_out(what_if))}};
  }
};

}  // namespace

void add_plans(Registrar& registrar) {
  registrar.add<ListPlans>();
  registrar.add<GetPlan>();
  registrar.add<GetPlanning>();
  registrar.add<ListPlanLines>();
  registrar.add<ComparePlans>();
  registrar.add<DecidePlan>();
  registrar.add<TryPlan>();
}

}  // namespace hustings::api
