#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/questions/{key}/estimates: answers weighted to the registry, with response rates and trend.
void add_survey_estimates(Registrar& registrar);

}  // namespace hustings::api
