#pragma once

#include <vector>

#include "api/voter_shapes.h"
#include "registry/registry.h"

namespace hustings::api {

/// Each score of a voter with its run; the runs' names are left empty.
std::vector<ScoreShape> scores_by_run(const registry::VoterScores& scores);

}  // namespace hustings::api
