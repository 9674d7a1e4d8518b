#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// Who is in a saved segment.
void add_segment_composition(Registrar& registrar);

}  // namespace hustings::api
