#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/forms for staff, /v1/form/{token} for voters.
void add_forms(Registrar& registrar);

}  // namespace hustings::api
