#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/answers/file: answers from a file.
void add_answer_files(Registrar& registrar);

}  // namespace hustings::api
