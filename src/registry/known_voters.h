#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "model/ids.h"
#include "pg/connection.h"

namespace hustings::registry {

/// Every id of one source (a state's voter file) with the voter it belongs to: what the rows of an
/// import are matched against. Ids are texts of any length; 60 bytes each in memory.
///
/// find() may be called from several threads as long as none calls load() or match().
class KnownVoters {
 public:
  struct Entry {
    std::array<std::uint64_t, 2> key{};
    std::int64_t voter = 0;         ///< 0: new in this file
    std::uint64_t fingerprint = 0;  ///< of the row that was imported last
    std::int64_t line = 0;          ///< where this file has it; 0: not seen in this file
  };

  KnownVoters();

  /// Reads the source records of these imports, oldest first; a later record and a later link win.
  void load(pg::Connection& connection, std::span<const ImportId> imports);

  /// The entry of an id, made if it is not there.
  Entry& match(std::string_view external_id);
  /// The voter of an id that was loaded.
  std::optional<VoterId> find(std::string_view external_id) const;

  std::size_t size() const { return entries_.size(); }
  /// How many loaded ids have not been seen in this file.
  std::int64_t unseen() const;

 private:
  std::size_t slot_of(const std::array<std::uint64_t, 2>& key) const;
  void grow();
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // place in entries_, plus one; 0 is free
};

}  // namespace hustings::registry
