#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
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
  std::string choice;  ///< what is taken of its text, or the form of its dates: mapping.h
  std::string target;  ///< what it becomes, or would best become: "last_name"; empty: nothing
  bool is_proposal =
      false;  ///< the layout does not take the column; the target is what its name says
};

/// What a row of the file would become, field by field; empty ones are left out.
struct PreviewRow {
  std::int64_t line = 0;
  std::vector<std::pair<std::string, std::string>> fields;
};

/// Why a row would not be taken.
struct PreviewProblem {
  std::int64_t line = 0;
  std::string column;  ///< empty: the whole row
  std::string reason;
};

/// What a file looks like before it is imported: for a page on which a person maps columns.
struct FilePreview {
  std::string layout;                ///< as asked, or the one that fits best
  std::string generation;            ///< which of the layout's; empty: it has one
  std::vector<LayoutGuess> guesses;  ///< the best first, when the layout was to be found out
  std::string encoding;
  std::string delimiter;
  bool has_header = true;
  LayoutKind kind{};
  std::string source;                    ///< whose ids the file uses
  std::string state;                     ///< of all rows; empty: a column says it
  std::int64_t rows = 0;                 ///< that were looked at: 200 at the most
  std::int64_t rows_taken = 0;           ///< of them, as the columns are mapped now
  std::vector<PreviewRow> results;       ///< of the first of these; none of protected voters
  std::vector<PreviewProblem> problems;  ///< of the first of the others
  std::optional<std::string> refusal;  ///< why an import could not begin as the columns are mapped
  std::vector<std::string> missing;    ///< parts that the layout expects and that are not there
  std::vector<std::string> targets;    ///< what a column of such a file can be
  std::vector<std::string> parts;
  std::vector<std::string> files_ignored;
  std::vector<PreviewColumn> columns;
};

/// Looks at the beginnings of the request's files; `layout` "auto" or empty finds out the layout.
/// `home_country` says how numbers without a calling code are read (campaign/calling_choice.h).
/// Refuses what no import could read. Holds personal data (none of protected voters): nothing for
/// logs.
Result<FilePreview> preview_file(const ImportRequest& request,
                                 const std::string& home_country = "US");

}  // namespace hustings::ingest
