#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hustings::net {

/// Whose request it is. `peer` is the other end of the connection, `forwarded` what its
/// X-Forwarded-For lines say, joined by commas (each proxy adds on the right whom it heard from).
/// A peer that is no trusted proxy can write there what it likes, so it counts itself; else it is
/// the last address that no trusted proxy has. Addresses are compared as they are written by the
/// operating system.
std::string client_address(const std::string& peer, std::string_view forwarded,
                           const std::vector<std::string>& trusted_proxies);

}  // namespace hustings::net
