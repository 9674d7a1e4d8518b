#pragma once

#include "allocation/campaign.h"
#include "api/spec.h"

namespace hustings::api {

template <>
struct ChoiceNames<allocation::Objective> {
  static constexpr std::string_view kName = "PlanObjective";
  static constexpr std::array<std::string_view, 4> kNames = {"win_probability", "expected_weight",
                                                             "net_votes", "robust_win_probability"};
};

}  // namespace hustings::api
