#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/phonebanks/{id}/pace and /v1/phonebanks/{id}/passes
void add_pace(Registrar& registrar);

}  // namespace hustings::api
