#include "api/priorities.h"

#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "api/priority_step.h"
#include "following/priorities.h"
#include "lists/list_service.h"
#include "phonebank/phonebank_service.h"
#include "segments/segment_service.h"

namespace hustings::api {
namespace {

struct PriorityStepShape {
  static constexpr std::string_view kName = "PriorityStep";
  std::optional<SegmentId> segment;
  std::optional<ListId> list;
  std::string arm;
  std::string score;
  bool lowest_first = false;
  std::string name;
  static Fields fields() {
    using S = PriorityStepShape;
    return {field("segment", &S::segment, "Who is in this segment comes first."),
            field("list", &S::list, "Who is on this list comes first."),
            field("arm", &S::arm, "Of the list; empty: all but the hold-out."),
            field("score", &S::score, "By this score, in tens."),
            field("lowest_first", &S::lowest_first, "Of a score: the lowest first."),
            field("name", &S::name, "What the segment, list or score is called.")};
  }
};

struct PriorityLevelShape {
  static constexpr std::string_view kName = "PriorityLevel";
  std::vector<std::int64_t> parts;
  std::int64_t lines = 0;
  std::int64_t left = 0;
  static Fields fields() {
    using S = PriorityLevelShape;
    return {field("parts", &S::parts,
                  "By step: 1 in the group, 0 not; of a score 9 the tens that come first, 0 last."),
            field("lines", &S::lines, "How many lines."),
            field("left", &S::left, "How many of them are still to be called.")};
  }
};

struct PrioritiesShape {
  static constexpr std::string_view kName = "Priorities";
  std::vector<PriorityStepShape> steps;
  std::optional<Instant> reckoned_at;
  std::vector<PriorityLevelShape> levels;
  static Fields fields() {
    using S = PrioritiesShape;
    return {field("steps", &S::steps,
                  "Who comes first; the first step decides, among equals the next. Promised "
                  "callbacks come before all."),
            field("reckoned_at", &S::reckoned_at, "When the lines last took their places from it."),
            field("levels", &S::levels, "The lines by place, those that come first at the top.")};
  }
};

std::string name_of(const Context& context, const phonebank::OrderStep& step) {
  if (step.segment) {
    const auto segment = context.services().segments.get(*step.segment);
    return segment ? segment->name : step.segment->text();
  }
  if (step.list) {
    const auto list = context.services().lists.get(*step.list);
    const std::string name = list ? list->name : step.list->text();
    return step.arm.empty() ? name : fmt::format("{}: {}", name, step.arm);
  }
  return step.score;
}

Result<PrioritiesShape> shown(const Context& context, PhonebankId id) {
  const auto order = TRY(context.services().phonebank.orders().get(id, context.deadline()));
  PrioritiesShape shape;
  shape.reckoned_at = order.reckoned_at;
  for (const phonebank::OrderStep& step : order.steps) {
    shape.steps.push_back({.segment = step.segment,
                           .list = step.list,
                           .arm = step.arm,
                           .score = step.score,
                           .lowest_first = step.lowest_first,
                           .name = name_of(context, step)});
  }
  for (const phonebank::LinesOfWeight& row : order.weights) {
    const auto parts = phonebank::levels_from(order.steps, row.weight);
    shape.levels.push_back(
        {.parts = {parts.begin(), parts.end()}, .lines = row.lines, .left = row.left});
  }
  return shape;
}

struct GetPriorities {
  struct Input {
    PhonebankId id;
    static Fields fields() { return {field("id", &Input::id, "The phone bank.")}; }
  };
  using Output = PrioritiesShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/phonebanks/{id}/priorities",
            .name = "get_phonebank_priorities",
            .summary = "Who comes first, and how many lines are left of each place.",
            .permission = Permission::phonebank_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(context, input.id);
  }
};

struct SetPriorities {
  struct Input {
    PhonebankId id;
    std::vector<PriorityStepInput> steps;
    static Fields fields() {
      return {field("id", &Input::id, "The phone bank."),
              field("steps", &Input::steps, "None: the list's own order.",
                    {.max_items = kPriorityStepsMax})};
    }
  };
  using Output = PrioritiesShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/phonebanks/{id}/priorities",
            .name = "set_phonebank_priorities",
            .summary =
                "Who comes first from now on, also while it runs; sent again, it is reckoned anew.",
            .permission = Permission::phonebank_write,
            .longest = std::chrono::minutes(10)};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().priorities.set(input.id, steps_of(input.steps), context.actor(),
                                          context.deadline()));
    return shown(context, input.id);
  }
};

}  // namespace

void add_priorities(Registrar& registrar) {
  registrar.add<GetPriorities>();
  registrar.add<SetPriorities>();
}

}  // namespace hustings::api
