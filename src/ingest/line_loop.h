#pragma once

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/encoding.h"
#include "ingest/line_walker.h"
#include "ingest/loader.h"

namespace hustings::ingest {

/// Walks through a chunk and counts every line as one of: row, reject, empty, header. `read` is
/// called with each row's Line and a RowProblem, and returns whether the row is taken. A row that
/// is right and says nothing (RowProblem::is_skipped) counts as a row and is no reject.
template <class Read>
void each_row(LineWalker& walker, const ColumnMap& of_file, Batch& batch, const Read& read) {
  Line line;
  RowProblem problem;
  const Chunk& chunk = walker.chunk();
  const ColumnMap& map = of_file.of_part(chunk.part);
  const auto reject = [&](const Line& of, RowProblem& why) {
    std::optional<std::string> column;
    if (why.column != ColumnMap::kAbsent) column = map.names[static_cast<std::size_t>(why.column)];
    if (!chunk.part_name.empty()) {
      why.reason +=
          fmt::format(" (line {} of {})", of.number - chunk.lines_before_part, chunk.part_name);
    }
    batch.rejects.push_back({.line = of.number,
                             .byte_offset = of.offset,
                             .column = std::move(column),
                             .reason = std::move(why.reason),
                             .raw = escaped(of.text)});
  };
  while (walker.next(line)) {
    ++batch.lines;
    batch.nuls += line.nuls;
    if (line.text.empty() || trim(line.text).empty()) {
      ++batch.empty;
      continue;
    }
    if (is_header(map, line.text)) {
      ++batch.headers;
      continue;
    }
    ++batch.rows;
    problem = {};
    if (!line.is_text) {
      problem.reason = "Bytes that the file's encoding does not have, or a NUL inside a word.";
      reject(line, problem);
      continue;
    }
    if (read(line, problem)) continue;
    if (problem.is_skipped) {
      ++batch.skipped;
      continue;
    }
    if (line.is_cut && problem.is_incomplete) batch.cut_line = line.number;
    reject(line, problem);
  }
}

}  // namespace hustings::ingest
