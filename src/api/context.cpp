#include "api/context.h"

#include <fmt/format.h>

namespace hustings::api {
namespace {

/// Only a page that came over TLS may have its cookie marked Secure: a plain http page on another
/// host than localhost would otherwise lose it.
bool is_secure(const Services* services, const net::Request& request) {
  return (services != nullptr && services->public_url.starts_with("https://")) ||
         request.header("x-forwarded-proto") == "https";
}

}  // namespace

std::string Context::actor() const {
  return identity_ ? fmt::format("person:{}", identity_->person.value()) : "system";
}

void Context::set_session(std::string_view token, std::chrono::seconds lasts) {
  add_header("Set-Cookie",
             fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{}", kSessionCookie,
                         token, lasts.count(), is_secure(services_, request_) ? "; Secure" : ""));
}

void Context::clear_session() { set_session("", std::chrono::seconds(0)); }

void Context::add_header(std::string name, std::string value) {
  headers_.emplace_back(std::move(name), std::move(value));
}

}  // namespace hustings::api
