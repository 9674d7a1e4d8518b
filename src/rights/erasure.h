#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "feed/feed.h"
#include "model/ids.h"
#include "pg/connection.h"
#include "rights/person_tables.h"
#include "rights/tombstones.h"

/// Erasure of a person: every row goes, in one transaction, from every table, and tombstones.h
/// stay.
///
/// What stays because it leads to nobody any more: the counts of frozen lists and of past calls
/// (call_result, without the number), a do-not-call on a number, who of the campaign erased and
/// why. Backups and archives that exist already still hold the person: restore them with the
/// erasures
/// (`hustings restore --erased-in`).
namespace hustings::rights {

/// Why somebody is erased. Words of a person's own are not kept: they would name whom they are of.
enum class ErasureReason : std::uint8_t {
  person_asked,  ///< or somebody who may speak for the person
  law,           ///< a court or an authority
  minor,         ///< a child who should not be here
  mistake,       ///< never should have been imported
};
std::string_view to_string(ErasureReason reason);
std::optional<ErasureReason> erasure_reason_from(std::string_view text);

struct ErasureRequest {
  VoterId voter;
  ErasureReason reason = ErasureReason::person_asked;
  std::string actor;
};

/// What an erasure took away, or would.
struct Erasure {
  VoterId voter;
  std::int64_t identities = 0;
  /// Rows by table; of what the person shares with others (a household's line) the person's part.
  std::vector<std::pair<std::string, std::int64_t>> tables;
  std::int64_t raw_rows = 0;  ///< rows of files, as received
};

/// The ids by which the files of the sources call a person, and what stands in the same rows: how
/// rows as received are known.
struct ErasedPerson {
  std::vector<std::pair<std::string, std::string>> identities;  ///< source, id
  std::vector<std::string> last_names;                          ///< upper case
  std::vector<std::pair<ImportId, std::int64_t>> lines;         ///< where rows are known to stand
};
ErasedPerson files_of(pg::Connection& connection, const PersonIds& person);

/// Keeps rows as received (ingest): shows them to a person, and takes them away.
class RawRows {
 public:
  struct Row {
    ImportId import;
    std::int64_t line = 0;
    std::string file_name;
    std::string text;
  };
  virtual ~RawRows() = default;
  virtual std::vector<Row> rows_of(pg::Connection& connection, const ErasedPerson& person) = 0;
  /// How many rows it took away; the lines of a file keep their numbers.
  virtual std::int64_t erase(pg::Transaction& transaction, const ErasedPerson& person) = 0;
};

/// Erases the person behind an id, old or new, inside the caller's transaction, which must end with
/// feed::commit() of `changes`. not_found; conflict while an import or an undo runs or a phone bank
/// is filled. `raw` may be null where no import was kept.
Result<Erasure> erase_person(pg::Transaction& transaction, const ErasureRequest& request,
                             RawRows* raw, Instant now, std::vector<feed::Change>& changes);

/// Who of a restored database stands under its tombstones: to be erased again.
std::vector<VoterId> voters_under(pg::Connection& connection, const Tombstones& tombstones);

}  // namespace hustings::rights
