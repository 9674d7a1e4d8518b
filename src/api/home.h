#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// GET /v1/home
void add_home(Registrar& registrar);

}  // namespace hustings::api
