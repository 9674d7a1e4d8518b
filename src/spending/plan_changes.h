#pragma once

#include <string>
#include <vector>

#include "spending/plans.h"

namespace hustings::spending {

/// Money by market and channel, booked and planned together, where two plans' documents differ; the
/// largest difference first.
std::vector<PlanDifference> differences(const std::string& older, const std::string& newer);

/// A plan's document with what changed since the plan before it: why (what happened), contests
/// whose shares moved, money that moved, the most first. `before` is that plan's document; empty
/// for the first plan.
std::string with_changes(const std::string& document, const std::string& before,
                         const std::vector<PlanReason>& reasons);

}  // namespace hustings::spending
