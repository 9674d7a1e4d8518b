#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace hustings::registry::detail {

/// What an import knows of one id, as it lies in memory and in the file.
struct IdEntry {
  std::array<std::uint64_t, 2> key{};  ///< of the id, see id_key(); never all zero in an entry
  std::int64_t home = 0;               ///< 0: new in this file
  std::int64_t voter = 0;              ///< the person; the home itself unless a link says otherwise
  std::uint64_t fingerprint = 0;       ///< of the row that was imported last
  std::uint64_t line : 48 = 0;         ///< where this file has it; 0: not seen in this file
  std::uint64_t last : 16 = 0;  ///< which import its last record is of, counted from 1; 0: none

  bool is_new() const { return home == 0; }
  bool is_back() const { return home != 0 && last == 0; }
};

/// An id of up to 14 bytes as it is; a longer one as 120 bits of its SHA-256.
std::array<std::uint64_t, 2> id_key(std::string_view id);

/// A hash table of ids that takes the same memory however many they are: up to `memory_max` bytes
/// it lies in memory, and what is larger lies in a file without a name in the folder for temporary
/// files (TMPDIR), which is gone with the process. Linear probing over slots in the order of the
/// hash, so that it grows in one pass from one end to the other.
///
/// find() and each() may be called from several threads as long as none calls put().
class IdTable {
 public:
  static constexpr std::size_t kMemoryMax = std::size_t{16} << 20;

  explicit IdTable(std::size_t memory_max = kMemoryMax);
  IdTable(const IdTable&) = delete;
  IdTable& operator=(const IdTable&) = delete;
  ~IdTable();

  struct Place {
    std::size_t slot = 0;
    IdEntry entry;  ///< an empty one with its key where there is none yet
    bool is_there = false;
  };
  Place find(const std::array<std::uint64_t, 2>& key) const;
  /// Writes `place.entry` to where find() has found it, or would have put it. The place must come
  /// from a find() since the last put(). Throws Failure if the disk is full.
  void put(const Place& place);
  std::size_t size() const { return size_; }
  bool is_in_memory() const { return file_ < 0; }

  /// Calls for each entry, in no particular order.
  void each(const std::function<void(const IdEntry&)>& take) const;

 private:
  IdTable(std::size_t memory_max, std::size_t places, std::uint64_t seed);
  std::size_t home_slot(const std::array<std::uint64_t, 2>& key) const;
  /// As many entries from `slot` on as fit into `out`.
  std::span<const IdEntry> read(std::size_t slot, std::span<IdEntry> out) const;
  void write(std::size_t slot, std::span<const IdEntry> entries);
  void grow();

  std::size_t memory_max_;
  std::size_t places_;  // that hashes map to; behind them kTail more, so that nothing wraps
  std::uint64_t seed_;  // random, so that no file can be made whose ids all want one slot
  std::size_t size_ = 0;
  std::vector<IdEntry> memory_;
  int file_ = -1;
};

}  // namespace hustings::registry::detail
