#pragma once

#include <string>
#include <string_view>

#include "ingest/import.h"

/// What was asked of an import, as import_run keeps it: so that a restarted program can begin it
/// anew, mended rows are read as their file was, and the page can import what it has tried.
namespace hustings::ingest {

/// {"file":…,"parts":[…],"mapping":[["last_name","Surname"]],"layout":…,"blank_keeps":[…], …}
std::string to_json(const ImportRequest& request);
/// Of an import that kept no request (an older program's), an empty one. Throws Failure on what
/// to_json() cannot have written.
ImportRequest request_from(std::string_view text);

}  // namespace hustings::ingest
