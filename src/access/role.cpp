#include "access/role.h"

#include <array>

namespace hustings::access {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"administrator", "data_director",
                                                    "phonebank_lead", "caller", "analyst"};

}  // namespace

std::string_view to_string(Role role) { return kNames[static_cast<std::size_t>(role)]; }

std::optional<Role> role_from(std::string_view text) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == text) return static_cast<Role>(i);
  }
  return std::nullopt;
}

}  // namespace hustings::access
