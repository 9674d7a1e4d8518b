#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "model/ids.h"
#include "pg/connection.h"
#include "registry/detail/id_table.h"

namespace hustings::registry {

/// Every id of one source (a state's voter file) with its home, which never changes, and the person
/// it belongs to: what the rows of an import are matched against. Ids are texts of any length.
/// Identities whose records were all undone are known as well, so that they come back as the voters
/// that they were. The memory it takes does not grow with their number (detail::IdTable).
///
/// find() may be called from several threads as long as none calls load() or put().
class KnownVoters {
 public:
  using Entry = detail::IdEntry;
  using Place = detail::IdTable::Place;
  /// The identity that a row names, and whose it is.
  struct Found {
    VoterId home;
    VoterId voter;
  };

  KnownVoters() = default;

  /// Reads the source records of these imports, oldest first (a later record wins), and the ids of
  /// the source that are kept without one.
  void load(pg::Connection& connection, std::string_view source, std::span<const ImportId> imports);
  ImportId import_at(std::uint64_t last) const {
    return last == 0 ? ImportId() : imports_[last - 1];
  }

  /// Where the entry of an id is, or will be once it is put.
  Place match(std::string_view external_id) const;
  void put(const Place& place) { table_.put(place); }
  /// An id that was loaded and has a record.
  std::optional<Found> find(std::string_view external_id) const;

  std::size_t size() const { return table_.size(); }
  void each(const std::function<void(const Entry&)>& take) const { table_.each(take); }

 private:
  std::vector<ImportId> imports_;
  detail::IdTable table_;
};

}  // namespace hustings::registry
