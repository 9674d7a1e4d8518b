#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/phonebanks/{id}/priorities
void add_priorities(Registrar& registrar);

}  // namespace hustings::api
