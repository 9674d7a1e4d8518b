#pragma once

#include <cstdint>
#include <string_view>

#include "registry/survivorship.h"

namespace hustings::registry {

/// Which identity of a person a group of fields is taken from.
enum class Policy : std::uint8_t { official_first, newest_first };
std::string_view to_string(Policy policy);

struct GroupPolicy {
  std::string_view group;
  Policy policy{};
  Policy usual{};  ///< without a word of anybody
};

/// The groups of kProfileFields in their order.
inline constexpr std::array<std::string_view, 10> kFieldGroups = {
    "roll",    "name",         "person", "party", "birth",
    "address", "mail_address", "phone",  "email", "districts"};
constexpr Policy usual_policy(std::string_view group) {
  return group == "phone" || group == "email" ? Policy::newest_first : Policy::official_first;
}

}  // namespace hustings::registry
