#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/caller/results/change
void add_caller_changes(Registrar& registrar);

}  // namespace hustings::api
