#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/experiments…: what is compared, what came of it, and how many voters it takes.
void add_experiments(Registrar& registrar);
void add_experiment_report(Registrar& registrar);
void add_experiment_power(Registrar& registrar);

}  // namespace hustings::api
