#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/matches: the pairs that a person should look at, and what is said of them
void add_matches(Registrar& registrar);
/// /v1/matches/runs: looking for matches in the whole registry
void add_match_runs(Registrar& registrar);
/// /v1/matches/find: one record against everybody
void add_match_find(Registrar& registrar);
/// /v1/voters/{id}/join, split, decisions: what people say about who is who
void add_voter_decisions(Registrar& registrar);

}  // namespace hustings::api
