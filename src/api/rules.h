#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/rules/read
void add_rules(Registrar& registrar);

}  // namespace hustings::api
