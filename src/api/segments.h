#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/fields, /v1/segments, /v1/segments/count, /v1/segments/{id}
void add_segments(Registrar& registrar);

}  // namespace hustings::api
