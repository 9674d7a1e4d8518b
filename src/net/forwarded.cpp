#include "net/forwarded.h"

#include <algorithm>

#include <boost/asio/ip/address.hpp>

#include "base/text.h"

namespace hustings::net {
namespace {

/// "203.0.113.7", also of "203.0.113.7:4711" and "[2001:db8::1]:4711"; empty: no address.
std::string address_in(std::string_view text) {
  text = trim(text);
  if (text.starts_with('[')) {
    text = text.substr(1, std::min(text.find(']'), text.size()) - 1);
  } else if (std::ranges::count(text, ':') == 1) {
    text = text.substr(0, text.find(':'));
  }
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(std::string(text), error);
  return error ? std::string() : address.to_string();
}

}  // namespace

std::string client_address(const std::string& peer, std::string_view forwarded,
                           const std::vector<std::string>& trusted_proxies) {
  const auto is_trusted = [&trusted_proxies](const std::string& address) {
    return std::ranges::find(trusted_proxies, address) != trusted_proxies.end();
  };
  std::string client = peer;
  while (is_trusted(client) && !forwarded.empty()) {
    const std::size_t comma = forwarded.rfind(',');
    const bool is_last = comma == std::string_view::npos;
    const std::string before = address_in(is_last ? forwarded : forwarded.substr(comma + 1));
    if (before.empty()) break;
    client = before;
    forwarded = is_last ? std::string_view() : forwarded.substr(0, comma);
  }
  return client;
}

}  // namespace hustings::net
