#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hustings::access {

/// What a person is here to do. Which role may call which endpoint: api/permission.h.
enum class Role : std::uint8_t {
  administrator,
  data_director,
  phonebank_lead,
  caller,
  analyst,  ///< sees numbers, never individuals
};

std::string_view to_string(Role role);  ///< "data_director", as the database and the API name it
std::optional<Role> role_from(std::string_view text);

/// Staff sign in with a password; callers come by a join link.
constexpr bool is_staff(Role role) { return role != Role::caller; }

}  // namespace hustings::access
