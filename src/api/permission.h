#pragma once

#include <cstdint>
#include <string_view>

#include "access/role.h"

namespace hustings::api {

/// What an endpoint asks of whoever calls it. Which role holds what: the table in permission.cpp.
enum class Permission : std::uint8_t {
  anybody,         ///< signed in or not
  signed_in,       ///< any role
  caller,          ///< calls voters; leads may too
  registry_read,   ///< search and open voters
  registry_write,  ///< imports
  suppress,        ///< add and end do-not-call
  segments_read,   ///< segments, lists and results
  segments_write,
  numbers_read,      ///< numbers of saved segments; small cells only for who may open voters
  voters_export,     ///< files of a segment's voters
  scripts_write,     ///< scripts and questions; reading them needs phonebank_read
  phonebank_read,    ///< phone banks, their callers and progress, scripts
  phonebank_write,   ///< phone banks and join links
  spending_read,     ///< prices, polls, limits, plans and the ledger
  spending_write,    ///< changes them, and books money
  spending_approve,  ///< makes a plan's lines commitments; budget and limits
  administer,        ///< people, archives
};

std::string_view to_string(Permission permission);
bool may(access::Role role, Permission permission);

}  // namespace hustings::api
