#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/ledger: commitments, entries, sums, files
void add_ledger(Registrar& registrar);

}  // namespace hustings::api
