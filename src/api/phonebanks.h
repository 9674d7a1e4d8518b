#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// Phone banks as leads see them.
void add_phonebanks(Registrar& registrar);

}  // namespace hustings::api
