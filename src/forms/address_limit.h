#pragma once

#include <chrono>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "base/guarded.h"

namespace hustings::forms {

/// At most so many of something from one address within a window of time. In memory: of this
/// process, and forgotten with it. Calls may come from several threads.
class AddressLimit {
 public:
  AddressLimit(int most, std::chrono::seconds window) : most_(most), window_(window) {}

  /// Counts one; false if there were too many.
  bool take(const std::string& address, Instant now);
  /// Whether one more would be let through; counts nothing.
  bool allows(const std::string& address, Instant now);

  static constexpr std::size_t kAddressesMax = 50'000;  ///< then the oldest windows are dropped

 private:
  struct Window {
    Instant since;
    int count = 0;
  };
  int most_;
  std::chrono::seconds window_;
  Guarded<std::unordered_map<std::string, Window>> windows_;
};

}  // namespace hustings::forms
