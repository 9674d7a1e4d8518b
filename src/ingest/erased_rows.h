#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/import.h"
#include "pg/connection.h"
#include "registry/voter_row.h"
#include "rights/tombstones.h"

namespace hustings::ingest {

/// Who was erased and must not come back with a file. Read once an import begins; is_erased() may
/// be called from several threads.
class ErasedRows {
 public:
  void read(pg::Connection& connection) { tombstones_ = rights::Tombstones::read(connection); }

  /// Whether a row that was read is of somebody who was erased.
  bool is_erased(std::string_view source, const registry::VoterRow& row) const;
  /// Takes out of `rejects` the rows that hold an erased id as one of their fields, whatever was
  /// wrong with them: their text must not be kept. Returns their lines.
  std::vector<std::int64_t> take_out(std::string_view source, std::vector<Reject>& rejects) const;

 private:
  rights::Tombstones tombstones_;
};

/// What an import says of such rows.
ImportWarning erased_warning(std::int64_t rows);

}  // namespace hustings::ingest
