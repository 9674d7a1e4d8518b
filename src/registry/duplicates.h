#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/ids.h"
#include "pg/connection.h"
#include "registry/copy_buffer.h"
#include "registry/voter_row.h"

/// Who in a file may be there twice, or be known under another id already: by an exact key (names,
/// birth, ZIP code), so that it costs next to nothing. Whoever is alike and not equal is found by
/// identity resolution.
namespace hustings::registry {

struct Duplicates {
  std::int64_t in_file = 0;      ///< rows that repeat an earlier row under another id
  std::int64_t in_registry = 0;  ///< rows that look like a voter who is known under another id
  struct Sample {
    std::int64_t line = 0;
    std::string external_id;
    std::optional<std::int64_t> other_line;  ///< of the file, or
    std::optional<VoterId> voter;            ///< in the registry
  };
  std::vector<Sample> samples;  ///< at most 20; none of protected voters
};

/// Whether a row can be compared: it has a name, a year of birth and a ZIP code, and nobody hides
/// it.
bool can_be_duplicate(const VoterRow& row);
/// Appends the row for DuplicateStage.
void append_duplicate(const VoterRow& row, std::int64_t line, CopyBuffer& out);

/// Collects new rows in temporary tables of `connection`, which does nothing else meanwhile.
class DuplicateStage {
 public:
  explicit DuplicateStage(pg::Connection& connection);
  /// Rows as append_duplicate() makes them.
  void write(std::string_view rows);
  void finish();
  /// After finish().
  Duplicates find();

 private:
  pg::Connection& connection_;
  std::optional<pg::Connection::CopyIn> copy_;
};

}  // namespace hustings::registry
