#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// /v1/layouts, /v1/uploads, /v1/imports
void add_imports(Registrar& registrar);
/// /v1/uploads/{upload}/preview; called by add_imports().
void add_upload_preview(Registrar& registrar);
/// /v1/imports/{id}/rejects and its files; called by add_imports().
void add_import_rejects(Registrar& registrar);
/// /v1/scores; called by add_imports().
void add_scores(Registrar& registrar);

}  // namespace hustings::api
