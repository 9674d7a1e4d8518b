#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/calling-rules
void add_calling_rules(Registrar& registrar);

}  // namespace hustings::api
