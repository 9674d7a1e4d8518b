#pragma once

#include <string>

#include "archive/manifest.h"

namespace hustings::archive {

/// README.txt of an archive: how a stranger reads it with psql, zstd and sha256sum only.
std::string readme_text(const Manifest& manifest);

}  // namespace hustings::archive
