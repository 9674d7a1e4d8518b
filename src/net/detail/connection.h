#pragma once

#include <chrono>
#include <memory>
#include <string_view>

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>

#include "net/detail/asio.h"
#include "net/detail/server_state.h"
#include "net/message.h"

namespace hustings::net {

namespace http = beast::http;
using HeaderParser = http::request_parser<http::empty_body>;
class Live;

/// One TCP connection and the request it is at. Lives on its loop's thread.
class Connection {
 public:
  Connection(Server::State& state, Loop& loop, Stream::socket_type socket);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  asio::awaitable<void> run();
  /// Ends at once when no request is under way, else after its answer.
  void wind_down();
  void close();

 private:
  // connection.cpp: from bytes to an answer.
  asio::awaitable<bool> serve_one();
  asio::awaitable<bool> wait_for_first_byte();
  asio::awaitable<bool> answer_unreadable(ErrorOf error);
  std::optional<Response> begin(const http::request<http::empty_body>& header);
  std::optional<Response> choose_route(std::string_view raw_path);
  std::optional<Response> refuse_other_site() const;
  asio::awaitable<bool> serve_plain(HeaderParser* header);

  // upload.cpp
  asio::awaitable<bool> serve_upload(HeaderParser* header);
  asio::awaitable<std::optional<Response>> admit_upload(bool expects_continue);
  asio::awaitable<std::optional<Response>> receive(HeaderParser* header);

  // live.cpp
  asio::awaitable<bool> serve_live(HeaderParser* header);
  asio::awaitable<std::optional<Response>> subscribe(std::shared_ptr<Live> live);
  void wind_down_live();
  void close_live();

  // send.cpp: true when another request may follow.
  asio::awaitable<bool> send(Response response, bool body_was_read);
  asio::awaitable<bool> send_text(Response response, bool keep_alive);
  asio::awaitable<bool> send_file(Response response, bool keep_alive);
  asio::awaitable<void> linger();

  Server::State& state_;
  Loop& loop_;
  Stream stream_;
  beast::flat_buffer buffer_;
  bool is_idle_ = false;
  bool is_live_ = false;        // stream_ has become live_'s
  std::shared_ptr<Live> live_;  // shared: its reader and its writer end in either order

  // The request under way.
  Request request_;
  const Served* served_ = nullptr;
  bool keep_alive_ = false;
  std::chrono::steady_clock::time_point started_;
};

/// A problem of the server's own making.
Response refusal(int status, std::string_view code, std::string_view sentence);
Response refusal_full();  // 429
Response refusal_late();  // 503

}  // namespace hustings::net
