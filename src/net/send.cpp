#include <string>

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/file_body.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "net/detail/connection.h"

namespace hustings::net {
namespace {

constexpr auto kLingerMax = std::chrono::seconds(2);
constexpr std::size_t kLingerPiece = 64 * 1024;

template <class Message>
void set_headers(Message& message, const Response& response, const Request& request,
                 const std::string& policy) {
  message.set(http::field::server, "Hustings");
  if (response.status != 204 && response.status != 304) {
    message.set(http::field::content_type, response.content_type);
  }
  message.set("X-Request-Id", request.id);
  message.set("X-Content-Type-Options", "nosniff");
  message.set("Referrer-Policy", "no-referrer");
  message.set("Content-Security-Policy", policy);
  message.set("Cross-Origin-Opener-Policy", "same-origin");
  // Answers hold personal data: no cache keeps them, unless the answer says otherwise.
  message.set(http::field::cache_control, "no-store");
  for (const auto& [name, value] : response.headers) {
    if (name == "Set-Cookie") {
      message.insert(name, value);
    } else {
      message.set(name, value);
    }
  }
}

}  // namespace

asio::awaitable<bool> Connection::send(Response response, bool body_was_read) {
  const bool keep_alive = keep_alive_ && body_was_read && !state_.is_stopping;
  const int status = response.status;
  bool sent = false;
  if (response.file) {
    sent = co_await send_file(std::move(response), keep_alive);
  } else {
    sent = co_await send_text(std::move(response), keep_alive);
  }
  const auto took = std::chrono::steady_clock::now() - started_;
  state_.count(*served_, status, std::chrono::duration<double>(took).count());
  if (sent && !body_was_read) co_await linger();
  co_return sent&& keep_alive;
}

asio::awaitable<bool> Connection::send_text(Response response, bool keep_alive) {
  http::response<http::string_body> message(static_cast<http::status>(response.status), 11);
  set_headers(message, response, request_, state_.options.content_security_policy);
  const bool has_no_body = response.status == 204 || response.status == 304;
  if (!has_no_body) message.content_length(response.body.size());
  message.keep_alive(keep_alive);
  if (!has_no_body && request_.method != "HEAD") message.body() = std::move(response.body);
  stream_.expires_after(state_.options.body_max);
  ErrorOf error;
  co_await http::async_write(stream_, message, into(error));
  co_return !error;
}

asio::awaitable<bool> Connection::send_file(Response response, bool keep_alive) {
  http::response<http::file_body> message(static_cast<http::status>(response.status), 11);
  ErrorOf error;
  message.body().open(response.file->c_str(), beast::file_mode::scan, error);
  if (error) {
    state_.log.error("file_unreadable", {{"route", request_.route}, {"request", request_.id}});
    co_return co_await send_text(
        refusal(503, "unavailable", "The file cannot be read just now. Try again soon."),
        keep_alive);
  }
  set_headers(message, response, request_, state_.options.content_security_policy);
  message.content_length(message.body().size());
  message.keep_alive(keep_alive);
  http::response_serializer<http::file_body> serializer(message);
  serializer.split(true);  // the header goes first, alone
  while (!error && !serializer.is_done()) {
    if (request_.method == "HEAD" && serializer.is_header_done()) break;
    stream_.expires_after(state_.options.body_max);
    co_await http::async_write_some(stream_, serializer, into(error));
  }
  co_return !error;
}

/// Reads on for a moment after an answer that came before the body's end: closing at once would
/// make the peer's system throw the answer away.
asio::awaitable<void> Connection::linger() {
  ErrorOf error;
  static_cast<void>(stream_.socket().shutdown(tcp::socket::shutdown_send, error));
  stream_.expires_after(kLingerMax);
  while (!error) {
    buffer_.clear();
    co_await stream_.async_read_some(buffer_.prepare(kLingerPiece), into(error));
  }
}

}  // namespace hustings::net
