#pragma once

#include <string>

#include "api/context.h"
#include "base/error.h"

namespace hustings::api {

/// The text of an uploaded sheet; over_limit above 64 MiB.
Result<std::string> read_upload(const Context& context);

}  // namespace hustings::api
