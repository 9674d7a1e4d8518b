#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/guarded.h"

namespace hustings::access {

/// Counts refused sign-ins with e-mail addresses that nobody has, and locks them like real ones:
/// otherwise the lock would tell a stranger which addresses exist. In memory, by fingerprint.
/// Calls may come from several threads.
class UnknownEmails {
 public:
  struct Limits {
    int failures_max;
    std::chrono::microseconds lock_time;
  };
  explicit UnknownEmails(Limits limits) : limits_(limits) {}

  /// Until when it is locked, if it is.
  std::optional<Instant> locked_until(std::string_view email, Instant now) const;
  void count(std::string_view email, Instant now);

  static constexpr std::size_t kEmailsMax = 10'000;

 private:
  struct Entry {
    int failures = 0;
    std::optional<Instant> locked_until;
  };
  const Limits limits_;
  mutable Guarded<std::unordered_map<std::uint64_t, Entry>> entries_;
};

}  // namespace hustings::access
