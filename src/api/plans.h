#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/plans: history, lines, decisions, what-if
void add_plans(Registrar& registrar);

}  // namespace hustings::api
