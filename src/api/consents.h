#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/voters/{id}/consents
void add_consents(Registrar& registrar);

}  // namespace hustings::api
