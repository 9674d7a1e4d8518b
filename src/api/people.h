#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/people: the staff, their roles and sign-in links.
void add_people(Registrar& registrar);

}  // namespace hustings::api
