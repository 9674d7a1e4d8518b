#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "ingest/detect.h"
#include "ingest/import.h"

namespace hustings::ingest {

/// What a column of a file looks like, by its first rows.
struct PreviewColumn {
  std::string name;    ///< as the file has it; "column 3" if nobody names it
  std::string type;    ///< text, integer, date, phone, email, zip, name; empty if it has no value
  std::string format;  ///< of a date: "MM/DD/YYYY"
  std::vector<std::string> samples;      ///< up to five different values
  std::vector<std::string> null_tokens;  ///< values that mean "nothing": "NULL", "-"
  std::int64_t empty = 0;                ///< of the rows looked at
  std::string target;  ///< what it becomes, or would best become: "last_name"; empty: nothing
  bool is_proposal =
      false;  ///< the layout does not take the column; the target is what its name says
};

/// What a file looks like before it is imported: for a page on which a person maps columns.
struct FilePreview {
  std::string layout;                ///< as asked, or the one that fits best
  std::string generation;            ///< which of the layout's; empty: it has one
  std::vector<LayoutGuess> guesses;  ///< the best first, when the layout was to be found out
  std::string encoding;
  std::string delimiter;
  bool has_header = true;
  std::int64_t rows = 0;  ///< that were looked at: 200 at the most
  std::vector<std::string> parts;
  std::vector<std::string> files_ignored;
  std::vector<PreviewColumn> columns;
};

/// Looks at the beginnings of the request's files; `layout` "auto" or empty finds out the layout.
/// Refuses what no import could read. Holds personal data: nothing for logs.
Result<FilePreview> preview_file(const ImportRequest& request);

}  // namespace hustings::ingest
