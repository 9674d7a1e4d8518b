#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "pg/connection.h"

/// What remains of a person who was erased: enough to know them when a file brings them again, and
/// nothing that can be read.
///
/// A tombstone is a BLAKE2b-256 hash under a random key of the installation (erasure_key). There is
/// one of each identity (source, id), and one or two of the person: last and first name with the
/// whole date of birth and the ZIP code, and with the year of birth and the address. So neither the
/// same id nor another source brings the person back.
///
/// What this protects against: whoever gets the tombstones without the key (an export, a page, a
/// part of an archive) can read no name in them, and cannot try names either. What it does not
/// protect against: whoever has the whole database or archive has the key too, and can ask of a
/// name, a date and a ZIP code that they know already whether that person was erased. It cannot be
/// otherwise, since that question is what an import asks. The key lies in the database, because
/// archive and restore must carry it: under another key the tombstones would be of no use.
namespace hustings::rights {

/// What a person is known by again. Texts as the profile has them.
struct PersonTraits {
  std::string_view last_name;
  std::string_view first_name;
  std::optional<std::int32_t> birth_date;  ///< days since 1970-01-01
  std::int16_t birth_year = 0;             ///< 0: not known
  std::string_view zip5;
  std::int64_t household = 0;  ///< registry/household.h; 0: no address
};

struct Tombstone {
  std::string hash;  ///< 32 raw bytes
  std::int16_t key = 0;
  std::string kind;  ///< "identity", "person"
  Instant at;
};
/// The key of tombstones, by its number in this database.
struct TombstoneKey {
  std::int16_t id = 0;
  std::string key;  ///< 32 raw bytes
};

/// What is hashed.
std::string identity_words(std::string_view source, std::string_view external_id);
/// Nothing, one or two texts: where a name or both date and place are missing nobody can be told.
std::vector<std::string> person_words(const PersonTraits& person);

/// Every tombstone, in memory: 50 bytes each. holds… may be called from several threads.
class Tombstones {
 public:
  Tombstones() = default;
  Tombstones(std::vector<TombstoneKey> keys, const std::vector<Tombstone>& all);
  static Tombstones read(pg::Connection& connection);

  bool empty() const { return hashes_.empty(); }
  bool holds_identity(std::string_view source, std::string_view external_id) const;
  bool holds_person(const PersonTraits& person) const { return holds_any(person_words(person)); }
  /// Of what person_words() gave.
  bool holds_any(const std::vector<std::string>& words) const;

 private:
  struct Hash {
    std::size_t operator()(const std::array<char, 32>& hash) const {
      std::size_t out = 0;
      std::memcpy(&out, hash.data(), sizeof out);
      return out;
    }
  };
  bool holds(std::string_view words) const;
  std::vector<TombstoneKey> keys_;
  std::unordered_set<std::array<char, 32>, Hash> hashes_;
};

// In the database:

/// The key for new tombstones; the first call makes it.
TombstoneKey tombstone_key(pg::Transaction& transaction, Instant now);
/// Sets a tombstone on each of these words.
void add_tombstones(pg::Transaction& transaction, const TombstoneKey& key, std::string_view kind,
                    const std::vector<std::string>& words, Instant now);

/// Tombstones with their keys, to carry them to another database. JSON lines in the file; see
/// docs/formats/erasures.md.
struct TombstoneSet {
  std::vector<TombstoneKey> keys;
  std::vector<Tombstone> tombstones;
};
TombstoneSet read_tombstones(pg::Connection& connection);
std::string to_text(const TombstoneSet& set);
/// Refuses a text that to_text() did not write, with its line.
Result<TombstoneSet> tombstones_from(std::string_view text);
/// Takes over what is not there yet.
void add_tombstones(pg::Transaction& transaction, const TombstoneSet& set);

}  // namespace hustings::rights
