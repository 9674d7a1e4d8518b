#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// What leads do with callers, rooms, and the callers' board.
void add_supervision(Registrar& registrar);
void add_rooms(Registrar& registrar);

}  // namespace hustings::api
