#pragma once

#include <string>

namespace hustings::cli {

/// Of version 4 (RFC 9562), as a browser makes the key of what it sends.
std::string random_uuid();

}  // namespace hustings::cli
