#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// GET /v1/server
void add_server_info(Registrar& registrar);

}  // namespace hustings::api
