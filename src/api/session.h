#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/session: signing in and out.
void add_session(Registrar& registrar);

}  // namespace hustings::api
