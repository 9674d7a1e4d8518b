#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// A caller's call: order, course, hanging up.
void add_dialling(Registrar& registrar);

}  // namespace hustings::api
