#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/lists, /v1/lists/{id}
void add_lists(Registrar& registrar);

}  // namespace hustings::api
