#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/scripts/xlsform: scripts from other survey programs.
void add_xlsform(Registrar& registrar);

}  // namespace hustings::api
