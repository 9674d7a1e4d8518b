#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/layouts, /v1/uploads, /v1/imports
void add_imports(Registrar& registrar);

}  // namespace hustings::api
