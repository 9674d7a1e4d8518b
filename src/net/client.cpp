#include "net/client.h"

#include <arpa/inet.h>
#include <cerrno>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/file_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "base/text.h"

namespace hustings::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using ErrorOf = boost::system::error_code;

ErrorOf last_error() { return {errno, boost::system::system_category()}; }

/// A connected socket with timeouts, as Beast's blocking functions want one.
class Socket {
 public:
  explicit Socket(std::chrono::milliseconds timeout)
      : timeout_(static_cast<int>(timeout.count())) {}
  ~Socket() { close(); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  bool is_open() const { return file_ >= 0; }
  void close() {
    if (file_ >= 0) ::close(file_);
    file_ = -1;
  }

  ErrorOf connect(const std::string& address, std::uint16_t port) {
    close();
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(port);
    if (::inet_pton(AF_INET, address.c_str(), &place.sin_addr) != 1) {
      return make_error_code(boost::system::errc::invalid_argument);
    }
    file_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (file_ < 0) return last_error();
    const int on = 1;
    ::setsockopt(file_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(file_, reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0) return {};
    if (errno != EINPROGRESS) return last_error();
    if (const ErrorOf error = wait(POLLOUT)) return error;
    int outcome = 0;
    socklen_t size = sizeof outcome;
    ::getsockopt(file_, SOL_SOCKET, SO_ERROR, &outcome, &size);
    return {outcome, boost::system::system_category()};
  }

  template <class Buffers>
  std::size_t read_some(const Buffers& buffers, ErrorOf& error) {
    const asio::mutable_buffer buffer = *asio::buffer_sequence_begin(buffers);
    if (buffer.size() == 0) return 0;
    for (;;) {
      const ssize_t size = ::recv(file_, buffer.data(), buffer.size(), 0);
      if (size == 0) error = asio::error::eof;
      if (size >= 0) return static_cast<std::size_t>(size);
      if (!may_go_on(POLLIN, error)) return 0;
    }
  }
  template <class Buffers>
  std::size_t write_some(const Buffers& buffers, ErrorOf& error) {
    std::vector<iovec> parts;
    for (auto it = asio::buffer_sequence_begin(buffers);
         it != asio::buffer_sequence_end(buffers) && parts.size() < 16; ++it) {
      const asio::const_buffer buffer = *it;
      parts.push_back({const_cast<void*>(buffer.data()), buffer.size()});
    }
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    for (;;) {
      const ssize_t size = ::sendmsg(file_, &message, MSG_NOSIGNAL);
      if (size >= 0) return static_cast<std::size_t>(size);
      if (!may_go_on(POLLOUT, error)) return 0;
    }
  }
  // Beast also names these, and calls only the two above.
  template <class Buffers>
  std::size_t read_some(const Buffers& buffers) {
    ErrorOf error;
    const std::size_t size = read_some(buffers, error);
    if (error) throw boost::system::system_error(error);
    return size;
  }
  template <class Buffers>
  std::size_t write_some(const Buffers& buffers) {
    ErrorOf error;
    const std::size_t size = write_some(buffers, error);
    if (error) throw boost::system::system_error(error);
    return size;
  }

 private:
  ErrorOf wait(short what) const {
    pollfd one{.fd = file_, .events = what, .revents = 0};
    for (;;) {
      const int ready = ::poll(&one, 1, timeout_);
      if (ready > 0) return {};
      if (ready == 0) return beast::error::timeout;
      if (errno != EINTR) return last_error();
    }
  }
  bool may_go_on(short what, ErrorOf& error) const {
    if (errno == EINTR) return true;
    error = errno == EAGAIN || errno == EWOULDBLOCK ? wait(what) : last_error();
    return !error;
  }

  const int timeout_;
  int file_ = -1;
};

}  // namespace

struct Client::State {
  explicit State(Options opts) : options(std::move(opts)), socket(options.timeout) {}

  const Options options;
  Socket socket;
  beast::flat_buffer buffer;

  template <class Body>
  void set_headers(http::request<Body>& message, const std::vector<Header>& headers) const {
    message.set(http::field::host, options.address + ':' + std::to_string(options.port));
    for (const auto& [name, value] : headers)
      message.set(name, value);
  }

  template <class Body>
  Result<Response> exchange(http::request<Body>& message);
  template <class Body>
  ErrorOf exchange_once(http::request<Body>& message, Response& response);
};

template <class Body>
ErrorOf Client::State::exchange_once(http::request<Body>& message, Response& response) {
  ErrorOf error;
  http::write(socket, message, error);
  // A server that refuses early may hang up before it has read all: its answer still counts.
  const ErrorOf written = error;
  http::response_parser<http::string_body> parser;
  parser.body_limit(options.body_bytes_max);
  parser.skip(message.method() == http::verb::head);
  error = {};
  http::read(socket, buffer, parser, error);
  if (error) return written ? written : error;
  auto& got = parser.get();
  response.status = static_cast<int>(got.result_int());
  response.content_type = got[http::field::content_type];
  for (const auto& field : got) {
    response.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  response.body = std::move(got.body());
  if (written || !got.keep_alive()) socket.close();
  return {};
}

template <class Body>
Result<Response> Client::State::exchange(http::request<Body>& message) {
  const bool was_kept = socket.is_open();
  for (const bool is_first : {true, false}) {
    ErrorOf error;
    if (!socket.is_open()) {
      buffer.clear();
      error = socket.connect(options.address, options.port);
    }
    Response response;
    if (!error) error = exchange_once(message, response);
    if (!error) return response;
    socket.close();
    const bool hung_up = error == http::error::end_of_stream || error == asio::error::broken_pipe ||
                         error == asio::error::connection_reset;
    if (is_first && was_kept && hung_up) continue;
    return refuse(ErrorCode::unavailable, options.address + ':' + std::to_string(options.port) +
                                              " does not answer: " + error.message() + ".");
  }
  return refuse(ErrorCode::unavailable, options.address + " hangs up.");
}

Client::Client(Options options) : state_(std::make_unique<State>(std::move(options))) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;

Result<Response> Client::request(std::string_view method, std::string_view target,
                                 const std::vector<Header>& headers, std::string_view body) {
  http::request<http::string_body> message;
  message.version(11);
  message.method_string(method);
  message.target(target);
  if (!body.empty()) message.set(http::field::content_type, "application/json");
  state_->set_headers(message, headers);
  message.body() = body;
  if (!body.empty() || (method != "GET" && method != "HEAD")) message.prepare_payload();
  return state_->exchange(message);
}

Result<Response> Client::send_file(std::string_view method, std::string_view target,
                                   const std::vector<Header>& headers,
                                   const std::filesystem::path& file) {
  http::request<http::file_body> message;
  message.version(11);
  message.method_string(method);
  message.target(target);
  message.set(http::field::content_type, "application/octet-stream");
  state_->set_headers(message, headers);
  ErrorOf error;
  message.body().open(file.c_str(), beast::file_mode::scan, error);
  if (error) return invalid("The file cannot be read: " + error.message() + ".", file.string());
  message.content_length(message.body().size());
  state_->socket.close();  // a file is not sent twice: no kept connection that may have ended
  return state_->exchange(message);
}

void Client::disconnect() { state_->socket.close(); }

std::string cookie_set_by(const Response& response, std::string_view name) {
  for (const auto& [header, value] : response.headers) {
    if (to_lower(header) != "set-cookie" || !value.starts_with(name)) continue;
    const std::string_view rest = std::string_view(value).substr(name.size());
    if (rest.starts_with('=')) return std::string(rest.substr(1, rest.find(';') - 1));
  }
  return {};
}

}  // namespace hustings::net
