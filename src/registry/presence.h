#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/ids.h"
#include "pg/connection.h"
#include "registry/home_set.h"

/// Whom a published file held, kept for each voters file and for each election of a history file:
/// rows that said the same as before were not kept, and this is how it is known that they were
/// there. A voter of the source who is in none of the newer files that cover the county is absent.
namespace hustings::registry {

/// What a file held of one part: '' for voters, the election's id for history.
struct Presence {
  ImportId import;
  std::string part;
  std::string source;
  std::optional<std::string> name;                   ///< the election's, in this file
  std::optional<std::vector<std::string>> counties;  ///< that a voters file covers
};
void write_presence(pg::Transaction& transaction, const Presence& about, const HomeSet& homes);

/// By import, oldest first, for the voters files of a source.
std::map<ImportId, HomeSet> read_presence(pg::Connection& connection, std::string_view source);

/// An identity that a file lacks, and the last import that had it: 0 if none had.
struct Missing {
  VoterId home;
  ImportId last;
};
/// Finds out who of them is absent, by county, once the presence of the newest file is written.
/// Returns how many were not absent before.
std::int64_t find_absent(pg::Transaction& transaction, std::string_view source,
                         std::span<const Missing> missing);
/// Marks those that find_absent() found, and ends the absence of those who are in `present`.
/// Between begin_persons() and the commit, once.
void mark_absent(pg::Transaction& transaction, std::string_view source, const HomeSet& present);

/// Reckons the absence of a source's identities anew, out of the presence of all its files. Between
/// begin_persons() and the commit, once.
void reckon_absence(pg::Transaction& transaction, std::string_view source);

}  // namespace hustings::registry
