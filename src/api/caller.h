#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// What a caller's page needs: the next number, the result, a sign of life.
void add_caller(Registrar& registrar);

}  // namespace hustings::api
