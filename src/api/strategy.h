#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// GET /v1/strategy: what each way of contacting does, side by side.
void add_strategy(Registrar& registrar);

}  // namespace hustings::api
