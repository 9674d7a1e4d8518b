#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ingest/import.h"
#include "pg/connection.h"
#include "registry/copy_buffer.h"

namespace hustings::ingest {

/// Keeps an import's lines as received, over a connection of its own, in one transaction that
/// finish() commits.
class RawLoad {
 public:
  explicit RawLoad(const pg::ConnectOptions& options);

  /// Rows as append_raw() makes them.
  void write(std::string_view rows);
  void finish();

  struct Piece {
    ImportId import;
    std::int64_t chunk = 0;
    std::int64_t first_line = 0;
    std::int64_t lines = 0;
  };
  /// A row of import_raw: the lines, compressed.
  static void append_raw(const Piece& piece, std::string_view lines, registry::CopyBuffer& out);

 private:
  pg::Connection connection_;
  pg::Transaction transaction_;
  std::optional<pg::Connection::CopyIn> copy_;
};

/// Writes rejects inside a transaction.
void write_rejects(pg::Connection& connection, ImportId import, const std::vector<Reject>& rejects);
/// A line by its place, from 0, without its end; empty if there is none.
std::string_view nth_line(std::string_view lines, std::int64_t place);
/// One line of a kept piece.
std::string raw_line(std::string_view compressed, std::int64_t place);
/// All lines of a kept piece, and back: how a piece is kept.
std::string raw_lines(std::string_view compressed);
std::string compressed_lines(std::string_view lines);

}  // namespace hustings::ingest
