#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace hustings::segments {

/// The time zones that an address and a number imply (model/zone.h), as one text: zones with '|'
/// between them, none for nothing known. It remembers what it has worked out: an electorate has a
/// few thousand different places.
class ZoneNamer {
 public:
  struct Place {
    std::string_view state;
    std::string_view county;
    std::string_view zip5;
    /// The number's leading digits: the number divided by kNumberStart; 0 for none. Zones depend on
    /// no more of it.
    std::int32_t number_start = 0;
  };
  static constexpr std::int64_t kNumberStart = 10'000'000;
  const std::string& of(const Place& place);

 private:
  std::unordered_map<std::string, std::string> known_;
  std::string key_;
};

}  // namespace hustings::segments
