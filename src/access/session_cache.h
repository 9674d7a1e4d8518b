#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "access/identity.h"
#include "base/guarded.h"

namespace hustings::access {

/// Who is behind a session's hash, for a short time, so that thousands of callers do not ask the
/// database at each request. Calls may come from several threads.
class SessionCache {
 public:
  explicit SessionCache(std::chrono::microseconds keep) : keep_(keep) {}

  std::optional<Identity> find(std::string_view token_hash, Instant now) const;
  /// Take it before asking the database and give it to put(): if anything was forgotten in
  /// between, what was read may be out of date and is not kept.
  std::uint64_t generation() const;
  void put(std::string_view token_hash, const Identity& identity, Instant now,
           std::uint64_t generation);
  void forget(std::string_view token_hash);
  void forget_person(PersonId person);
  std::size_t size() const;

  static constexpr std::size_t kSessionsMax = 50'000;

 private:
  struct Entry {
    Identity identity;
    Instant until;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  struct State {
    std::unordered_map<std::string, Entry, Hash, std::equal_to<>> entries;
    std::uint64_t generation = 0;
  };
  const std::chrono::microseconds keep_;
  mutable Guarded<State> state_;
};

}  // namespace hustings::access
