#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/voters/{id}/identities, fields: why a person is one, and where each value comes from
void add_persons(Registrar& registrar);
/// /v1/voters/{id}/corrections: values put right by hand
void add_corrections(Registrar& registrar);
/// /v1/survivorship: which record a value is taken from
void add_survivorship(Registrar& registrar);

}  // namespace hustings::api
