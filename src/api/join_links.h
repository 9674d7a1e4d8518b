#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/phonebanks/{id}/join-links, /v1/join-links, /v1/join: how callers come in.
void add_join_links(Registrar& registrar);

}  // namespace hustings::api
