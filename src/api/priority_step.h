#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/spec.h"
#include "phonebank/line_order.h"

namespace hustings::api {

/// A step of who comes first, as it is sent.
struct PriorityStepInput {
  static constexpr std::string_view kName = "PriorityStepInput";
  std::optional<SegmentId> segment;
  std::optional<ListId> list;
  std::string arm;
  std::string score;
  bool lowest_first = false;
  static Fields fields() {
    using S = PriorityStepInput;
    return {field("segment", &S::segment, "Who is in this segment comes first."),
            field("list", &S::list, "Who is on this list comes first."),
            field("arm", &S::arm, "Of the list; left out: all but the hold-out.",
                  {.max_length = 60, .has_default = true}),
            field("score", &S::score,
                  "By a score, in tens: support_score, turnout_score, persuadability or "
                  "score:climate. Who has none comes last.",
                  {.max_length = 200, .has_default = true}),
            field("lowest_first", &S::lowest_first, "Of a score; left out: the highest first.",
                  {.has_default = true})};
  }
  phonebank::OrderStep step() const {
    return {
        .segment = segment, .list = list, .arm = arm, .score = score, .lowest_first = lowest_first};
  }
};

inline std::vector<phonebank::OrderStep> steps_of(const std::vector<PriorityStepInput>& input) {
  std::vector<phonebank::OrderStep> steps;
  for (const PriorityStepInput& one : input)
    steps.push_back(one.step());
  return steps;
}

/// More levels than there may be are refused long before.
constexpr std::size_t kPriorityStepsMax = 10;

}  // namespace hustings::api
