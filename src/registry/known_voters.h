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

/// Every id of one source (a state's voter file) with its home, which never changes, and the person
/// it belongs to: what the rows of an import are matched against. Ids are texts of any length; 70
/// bytes each in memory. Identities whose records were all undone are known as well, so that they
/// come back as the voters that they were.
///
/// find() may be called from several threads as long as none calls load() or match().
class KnownVoters {
 public:
  struct Entry {
    std::array<std::uint64_t, 2> key{};
    std::int64_t home = 0;          ///< 0: new in this file
    std::int64_t voter = 0;         ///< the person; the home itself unless a link says otherwise
    std::uint64_t fingerprint = 0;  ///< of the row that was imported last
    std::uint64_t line : 48 = 0;    ///< where this file has it; 0: not seen in this file
    std::uint64_t last : 16 = 0;    ///< its last record is of import_at(last); 0: it has none

    bool is_new() const { return home == 0; }
    bool is_back() const { return home != 0 && last == 0; }
  };
  /// The identity that a row names, and whose it is.
  struct Found {
    VoterId home;
    VoterId voter;
  };

  KnownVoters();

  /// Reads the source records of these imports, oldest first (a later record wins), and the ids of
  /// the source that are kept without one.
  void load(pg::Connection& connection, std::string_view source, std::span<const ImportId> imports);
  ImportId import_at(std::uint64_t last) const {
    return last == 0 ? ImportId() : imports_[last - 1];
  }

  /// The entry of an id, made if it is not there.
  Entry& match(std::string_view external_id);
  /// An id that was loaded and has a record.
  std::optional<Found> find(std::string_view external_id) const;

  std::size_t size() const { return entries_.size(); }
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::size_t slot_of(const std::array<std::uint64_t, 2>& key) const;
  void grow();
  std::vector<ImportId> imports_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // place in entries_, plus one; 0 is free
};

}  // namespace hustings::registry
