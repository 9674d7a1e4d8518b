#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/voters
void add_voters(Registrar& registrar);

}  // namespace hustings::api
