#pragma once

#include "base/config.h"
#include "base/log.h"

namespace hustings::cli {

/// The log as configured: level, and a file or standard error.
Log log_of(const Config& config);
/// For commands whose answer is what they print: warnings and errors only.
Log quiet_log_of(const Config& config);

}  // namespace hustings::cli
