#pragma once

#include "api/registrar.h"

namespace hustings::api {

/// Portrait, waterfall, comparison, overlaps and answers of segments.
void add_segment_analysis(Registrar& registrar);
/// Their numbers in the course of time, and files of their voters.
void add_segment_history(Registrar& registrar);

}  // namespace hustings::api
