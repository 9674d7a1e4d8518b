#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/identity.h"
#include "api/services.h"
#include "base/clock.h"
#include "base/error.h"
#include "net/message.h"

namespace hustings::api {

/// What a handler knows beside its Input. One for each call.
class Context {
 public:
  /// `services` may be null where no handler that uses them is called (tests of the framework).
  Context(Services* services, const net::Request& request)
      : services_(services), request_(request) {}

  Services& services() const {
    CHECK(services_ != nullptr);
    return *services_;
  }
  /// Who is signed in. Only for endpoints whose permission is not anybody.
  const access::Identity& identity() const {
    CHECK(identity_.has_value());
    return *identity_;
  }
  bool is_signed_in() const { return identity_.has_value(); }
  /// "person:3", as the feed and the tables name whoever did something; "system" for nobody.
  std::string actor() const;

  /// Pass it to pool.acquire() and pg::Transaction.
  Deadline deadline() const { return request_.deadline; }
  const std::string& request_id() const { return request_.id; }
  const std::string& remote_address() const { return request_.remote_address; }
  /// The body that was streamed to disk; only in a handler whose spec says upload.
  const net::UploadedFile& upload() const {
    CHECK(request_.upload.has_value());
    return *request_.upload;
  }
  /// The session cookie as it came; empty if there is none.
  std::string_view session_token() const { return request_.cookie(kSessionCookie); }

  /// Sends the session cookie with the answer (HttpOnly, SameSite=Lax).
  void set_session(std::string_view token, std::chrono::seconds lasts);
  void clear_session();
  /// A further header of the answer.
  void add_header(std::string name, std::string value);

  static constexpr std::string_view kSessionCookie = "hustings_session";
  static constexpr std::string_view kCsrfHeader = "x-hustings-csrf";

  // For the framework.
  void sign_in(access::Identity identity) { identity_ = std::move(identity); }
  std::vector<net::Header> take_headers() { return std::move(headers_); }

 private:
  Services* services_;
  const net::Request& request_;
  std::optional<access::Identity> identity_;
  std::vector<net::Header> headers_;
};

}  // namespace hustings::api
