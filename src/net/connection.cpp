#include "net/detail/connection.h"

#include <algorithm>
#include <exception>
#include <string>

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "base/secret.h"
#include "base/text.h"
#include "net/detail/run_route.h"
#include "net/forwarded.h"
#include "net/url.h"

namespace hustings::net {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kFirstRead = 4096;

bool changes_something(std::string_view method) {
  return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

/// A caller's own id is kept if it is harmless in a log.
std::string request_id(std::string_view given) {
  const auto harmless = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  if (given.size() >= 8 && given.size() <= 64 && std::ranges::all_of(given, harmless)) {
    return std::string(given);
  }
  const std::uint64_t number = random_u64();
  return to_hex({reinterpret_cast<const char*>(&number), sizeof number});
}

bool has_body(const HeaderParser& header) {
  return header.chunked() || header.content_length().value_or(0) > 0;
}

std::string_view origin_host(std::string_view origin) {
  const std::size_t slashes = origin.find("://");
  return slashes == std::string_view::npos ? origin : origin.substr(slashes + 3);
}

Response no_such_path() {
  return refusal(404, "not_found", "There is nothing at this address. Check it for a slip.");
}

Response method_not_allowed(const std::vector<std::string>& allowed) {
  Response response =
      refusal(405, "method_not_allowed",
              "This address does not take that method; it takes " + join(allowed, ", ") + ".");
  response.headers.emplace_back("Allow", join(allowed, ", "));
  return response;
}

}  // namespace

Response refusal(int status, std::string_view code, std::string_view sentence) {
  const std::string reason(http::obsolete_reason(static_cast<http::status>(status)));
  return problem_response(
      {.status = status, .title = reason, .code = code, .detail = sentence, .where = {}});
}

Response refusal_full() {
  Response response = refusal(429, "overloaded", "Too much at once. Try again in a second.");
  response.headers.emplace_back("Retry-After", "1");
  return response;
}

Response refusal_late() {
  Response response =
      refusal(503, "unavailable", "The server is too busy to answer in time. Try again soon.");
  response.headers.emplace_back("Retry-After", "2");
  return response;
}

Connection::Connection(Server::State& state, Loop& loop, Stream::socket_type socket)
    : state_(state), loop_(loop), stream_(std::move(socket)) {
  ErrorOf ignored;
  static_cast<void>(stream_.socket().set_option(tcp::no_delay(true), ignored));
  buffer_.max_size(state.options.header_bytes_max + state.options.body_bytes_max);
}

Connection::~Connection() {
  loop_.connections.erase(this);
  const std::lock_guard lock(state_.ended_mutex);
  --state_.connections;
  state_.ended.notify_all();
}

asio::awaitable<void> Connection::run() {
  loop_.connections.insert(this);
  try {
    while (co_await serve_one()) {
      buffer_.shrink_to_fit();
    }
  } catch (const std::exception& broken) {
    state_.log.error("connection_broken", {{"what", broken.what()}});
  }
  close();
}

void Connection::wind_down() {
  if (is_live_) {
    wind_down_live();
  } else if (is_idle_) {
    stream_.cancel();
  }
}

void Connection::close() {
  if (is_live_) {
    close_live();
    return;
  }
  ErrorOf ignored;
  static_cast<void>(stream_.socket().shutdown(tcp::socket::shutdown_both, ignored));
  stream_.close();
}

asio::awaitable<bool> Connection::wait_for_first_byte() {
  if (buffer_.size() > 0) co_return true;  // the next request came with the last one
  if (state_.is_stopping) co_return false;
  is_idle_ = true;
  stream_.expires_after(state_.options.idle_max);
  ErrorOf error;
  const std::size_t size =
      co_await stream_.async_read_some(buffer_.prepare(kFirstRead), into(error));
  is_idle_ = false;
  buffer_.commit(error ? 0 : size);
  co_return !error;
}

asio::awaitable<bool> Connection::serve_one() {
  if (!co_await wait_for_first_byte()) co_return false;
  request_ = Request{};
  served_ = state_.unmatched.get();
  keep_alive_ = false;
  started_ = Clock::now();

  HeaderParser header;
  header.header_limit(state_.options.header_bytes_max);
  header.body_limit(boost::none);  // checked against the route's own limit
  stream_.expires_after(state_.options.header_max);
  ErrorOf error;
  co_await http::async_read_header(stream_, buffer_, header, into(error));
  if (error) co_return co_await answer_unreadable(error);

  started_ = Clock::now();
  const auto& message = header.get();
  keep_alive_ = message.keep_alive() && !state_.is_stopping;
  if (auto answer = begin(message)) {
    const bool body_was_read = !has_body(header);
    co_return co_await send(*std::move(answer), body_was_read);
  }
  if (served_->hub != nullptr) co_return co_await serve_live(&header);
  if (served_->route.is_upload) co_return co_await serve_upload(&header);
  co_return co_await serve_plain(&header);
}

asio::awaitable<bool> Connection::answer_unreadable(ErrorOf error) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    co_return co_await send(
        refusal(431, "over_limit", "The request's headers are too large for this server."), false);
  }
  // Whatever is not the parser's own complaint is the connection's end: closed, or too slow.
  if (error.category() != http::make_error_code(http::error::bad_version).category() ||
      error == http::error::end_of_stream || error == http::error::partial_message) {
    co_return false;
  }
  co_return co_await send(
      refusal(400, "invalid", "This is not an HTTP request: " + error.message() + "."), false);
}

std::optional<Response> Connection::begin(const http::request<http::empty_body>& header) {
  request_.method = header.method_string();
  for (const auto& field : header) {
    request_.headers.emplace_back(to_lower(std::string_view(field.name_string())),
                                  std::string(field.value()));
  }
  request_.id = request_id(request_.header("x-request-id"));
  ErrorOf ignored;
  request_.remote_address = stream_.socket().remote_endpoint(ignored).address().to_string();
  if (!state_.options.trusted_proxies.empty()) {
    std::vector<std::string> forwarded;
    for (const auto& [name, value] : request_.headers) {
      if (name == "x-forwarded-for") forwarded.push_back(value);
    }
    request_.remote_address = client_address(request_.remote_address, join(forwarded, ","),
                                             state_.options.trusted_proxies);
  }

  const std::string_view target(header.target().data(), header.target().size());
  if (!target.starts_with('/')) {
    return refusal(400, "invalid", "A request's target must be a path that starts with a slash.");
  }
  const std::size_t mark = target.find('?');
  auto path = percent_decode(target.substr(0, mark), false);
  auto query = parse_query(mark == std::string_view::npos ? "" : target.substr(mark + 1));
  if (!path || !query) {
    return refusal(400, "invalid",
                   "The address has a broken %-escape, bytes that are not UTF-8, or more than 64 "
                   "query fields.");
  }
  request_.path = *std::move(path);
  request_.query = *std::move(query);
  if (auto refused = refuse_other_site()) return refused;
  return choose_route(target.substr(0, mark));
}

/// Against pages of other sites that make a browser send requests here, also by a DNS name of
/// theirs that leads to this machine.
std::optional<Response> Connection::refuse_other_site() const {
  const auto& hosts = state_.hosts;
  const std::string host = to_lower(request_.header("host"));
  if (!hosts.empty() && std::ranges::find(hosts, host) == hosts.end()) {
    return refusal(421, "wrong_host",
                   "This server is not known by that name. Use the address it printed at its "
                   "start, or set listen.public_url.");
  }
  const std::string_view origin = request_.header("origin");
  const bool matters = changes_something(request_.method) || served_->hub != nullptr ||
                       !request_.header("upgrade").empty();
  if (origin.empty() || !matters) return std::nullopt;
  const std::string from = to_lower(origin_host(origin));
  if (from == host || std::ranges::find(hosts, from) != hosts.end()) return std::nullopt;
  return refusal(403, "forbidden", "A page of another site may not send this request.");
}

std::optional<Response> Connection::choose_route(std::string_view raw_path) {
  Router::Match match = state_.router.match(request_.method, raw_path);
  if (match.index) {
    served_ = state_.routes[*match.index].get();
    request_.route = served_->route.pattern;
    request_.params = std::move(match.params);
    return std::nullopt;
  }
  if (!match.allowed.empty()) {
    if (request_.method != "OPTIONS") return method_not_allowed(match.allowed);
    Response options{.status = 204};
    options.headers.emplace_back("Allow", join(match.allowed, ", "));
    return options;
  }
  const bool is_api = request_.path.starts_with("/v1/");
  if (auto asset = is_api ? std::nullopt : answer_asset(state_.assets, request_)) return asset;
  return no_such_path();
}

asio::awaitable<bool> Connection::serve_plain(HeaderParser* header) {
  const std::uint64_t limit = state_.options.body_bytes_max;
  const std::string too_large =
      "The body may have " + with_thousands(static_cast<std::int64_t>(limit)) + " bytes at most.";
  if (header->content_length().value_or(0) > limit) {
    co_return co_await send(refusal(413, "over_limit", too_large), false);
  }
  if (has_body(*header)) {
    http::request_parser<http::string_body> parser(std::move(*header));
    parser.body_limit(limit);
    stream_.expires_after(state_.options.body_max);
    ErrorOf error;
    co_await http::async_read(stream_, buffer_, parser, into(error));
    if (error == http::error::body_limit) {
      co_return co_await send(refusal(413, "over_limit", too_large), false);
    }
    if (error) co_return co_await answer_unreadable(error);
    request_.body = std::move(parser.get().body());
  }
  Response response = co_await run_route(&state_, &loop_, served_, &request_);
  co_return co_await send(std::move(response), true);
}

}  // namespace hustings::net
