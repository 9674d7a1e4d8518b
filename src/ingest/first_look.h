#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "ingest/chunk_reader.h"
#include "ingest/header.h"
#include "ingest/layout.h"
#include "ingest/source.h"

namespace hustings::ingest {

/// The beginning of a text, as its rows will be read.
struct Beginning {
  Chunk chunk;
  std::string first_line;          ///< the first that is not empty, as UTF-8
  std::vector<std::string> lines;  ///< that one and up to kLinesMax - 1 behind it
  static constexpr std::size_t kLinesMax = 200;
};

/// Reads a part's beginning. Refuses what is no text: other packed files, binary files, nothing but
/// empty lines.
Result<Beginning> begin_of(Source& source, const SourcePart& part, Encoding of_layout);

/// Reads the beginnings of all parts and finds the layout's columns in each. Refuses what cannot be
/// imported with this layout: no text, a wrong delimiter, a missing column, rows of another state.
/// Of an archive whose members nobody has named, those that do not fit are left out.
Result<ColumnMap> look_at_source(Source& source, const Layout& layout);

/// The same for one file.
Result<ColumnMap> look_at_header(const std::filesystem::path& file, const Layout& layout);

}  // namespace hustings::ingest
