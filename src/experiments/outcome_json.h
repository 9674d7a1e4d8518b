#pragma once

#include <string>
#include <string_view>

#include "experiments/experiment.h"

/// How the database keeps what an experiment is judged by.
namespace hustings::experiments {

std::string to_json(const Outcome& outcome);
/// Reads what to_json wrote; what is missing is as in Outcome.
Outcome outcome_from_json(std::string_view text);

}  // namespace hustings::experiments
