#pragma once

#include <cstdint>
#include <string_view>

namespace hustings::registry {

/// Where somebody lives, as a file says it.
struct HouseholdAddress {
  std::string_view state;
  std::string_view zip5;
  std::string_view street;  ///< with house number and unit
};

/// The same number for the same address however it is written (normalise/address.h): 63 bits of a
/// hash of state, ZIP and street. 0 without a street. Kept in the database: never change it.
std::int64_t household_id(const HouseholdAddress& address);

}  // namespace hustings::registry
