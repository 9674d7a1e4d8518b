#pragma once

namespace hustings::api {

class Registrar;

/// /v1/voters/{id}/timeline
void add_timeline(Registrar& registrar);

}  // namespace hustings::api
