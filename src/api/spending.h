#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/spending: settings, sheets, priors, limits, counties
void add_spending(Registrar& registrar);
/// GET /v1/spending/state
void add_spending_state(Registrar& registrar);

}  // namespace hustings::api
