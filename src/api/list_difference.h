#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/lists/{id}/difference
void add_list_difference(Registrar& registrar);

}  // namespace hustings::api
