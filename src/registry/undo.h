#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/ids.h"
#include "pg/connection.h"

/// Takes a published import back, however long ago it was: the registry is then as if it had never
/// been. What a later import of the same source said in the same words, and therefore did not keep,
/// passes to that import; what nobody repeated goes, and with its last record an identity goes too.
///
/// All calls belong into one transaction that holds the import lock. An identity's id is kept
/// aside, so that a later file finds the same voter, with all calls and answers. Its votes and
/// scores of other imports go with it: they would hang in the air, and those files may come again
/// once a voter file has brought the identity back.
namespace hustings::registry {

class PersonListener;

struct UndoneVoters {
  std::int64_t records = 0;     ///< that the import had brought
  std::int64_t passed = 0;      ///< of these, to later imports
  std::int64_t identities = 0;  ///< that have no record left
  std::int64_t voters = 0;      ///< persons who have vanished with them
  struct Orphans {
    ImportId import;
    std::int64_t rows = 0;
  };
  std::vector<Orphans> orphans;  ///< votes and scores that went, by their import
};

struct VotersImport {
  ImportId import;
  std::string_view source;
  std::vector<ImportId>
      later;  ///< the published voters imports of the source after it, oldest first
};
/// Refuses an import that is followed by one of a Hustings that kept no presence.
/// Links that the system made of identities that vanish go as well (persons.h); `listener` may be
/// null.
Result<UndoneVoters> undo_voters(pg::Transaction& transaction, const VotersImport& which,
                                 PersonListener* listener = nullptr);

struct UndoneRows {
  std::int64_t rows = 0;
  std::int64_t passed = 0;  ///< to later imports
};
UndoneRows undo_history(pg::Transaction& transaction, ImportId import, std::string_view source);
UndoneRows undo_scores(pg::Transaction& transaction, ImportId import);

/// Told in the transaction in which voters vanish, after they have: what hangs on them must go too.
class RemovalListener {
 public:
  virtual ~RemovalListener() = default;
  virtual void on_voters_removed(pg::Transaction& transaction) = 0;
};

}  // namespace hustings::registry
