#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// Scripts, and the results of their questions.
void add_scripts(Registrar& registrar);

}  // namespace hustings::api
