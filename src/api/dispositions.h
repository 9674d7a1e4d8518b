#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/dispositions
void add_dispositions(Registrar& registrar);

}  // namespace hustings::api
