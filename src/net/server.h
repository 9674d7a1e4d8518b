#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/log.h"
#include "base/worker_pool.h"
#include "net/assets.h"
#include "net/hub.h"
#include "net/message.h"
#include "net/metrics.h"

namespace hustings::net {

/// A plain blocking function, called on a worker thread. A Failure that it throws becomes 503 and a
/// line in the log.
using Handler = std::function<Response(const Request&)>;
/// The same for several requests of one route at once, one answer each, in their order.
using HandlerOfMany = std::function<std::vector<Response>(std::span<const Request* const>)>;
/// Called before the body of an upload is read, or before a connection becomes live: an answer
/// refuses it.
using Admit = std::function<std::optional<Response>(const Request&)>;

struct Route {
  std::string method;
  std::string pattern;  ///< "/v1/lists/{id}"
  Handler handle;
  /// The body is streamed into a file of the upload folder; Request::upload names it. The file
  /// belongs to the handler once it answers with a status below 400, else it is removed.
  bool is_upload = false;
  Admit admit = nullptr;  ///< uploads only
  /// In place of `handle`: requests that come while others are handled share the next call.
  HandlerOfMany handle_many = nullptr;
  std::size_t batch_max = 256;  ///< requests of one call
  int batches = 1;              ///< calls at one time
  /// In place of Options::request_max, for what takes long by its nature.
  std::optional<std::chrono::milliseconds> request_max = std::nullopt;
};

/// An HTTP/1.1 server: one or two threads do the reading and writing, handlers run on a bounded
/// pool. Every wait, queue and size has a limit, and what is beyond it is refused:
///   400 malformed, 404, 405 with Allow, 413 body too large, 421 another host, 426 not a WebSocket,
///   429 the queue is full (Retry-After), 431 headers too large, 503 waited too long or failed,
///   507 the disk is full; a connection that is too slow is closed.
/// All errors are application/problem+json.
class Server {
 public:
  struct Options {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: any free one
    int io_threads = 1;
    WorkerPool::Size workers{.threads = 8, .queue_max = 2048};
    std::chrono::milliseconds request_max{30'000};  ///< a request's deadline after its last byte
    std::chrono::milliseconds header_max{10'000};   ///< from the first byte to the blank line
    std::chrono::milliseconds body_max{30'000};     ///< between two pieces of a body, either way
    std::chrono::milliseconds idle_max{75'000};     ///< between two requests of a connection
    std::chrono::milliseconds stop_max{5'000};      ///< how long stop() lets requests finish
    std::uint32_t header_bytes_max = 16 * 1024;
    std::uint64_t body_bytes_max = 1024 * 1024;
    std::size_t connections_max = 20'000;
    std::vector<std::string> trusted_proxies;  ///< whose X-Forwarded-For is believed
    std::filesystem::path upload_folder;       ///< made if need be; empty: no uploads
    std::uint64_t upload_bytes_max = std::uint64_t{16} << 30;
    std::string content_security_policy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  };

  /// `metrics` and `log` must outlive the server.
  Server(Options options, Metrics& metrics, Log& log);
  ~Server();  ///< stops
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Before start() only, like the next two.
  void add(Route route);
  /// The topics that this request may listen to, or the answer that refuses it. On a worker thread.
  using Authorize =
      std::function<std::expected<std::vector<std::string>, Response>(const Request&)>;
  /// A WebSocket at `pattern` that is sent what the hub publishes. The hub must outlive the server.
  void add_live(const std::string& pattern, Hub& hub, Authorize authorize);
  /// Files for paths that no route takes. They must outlive the server.
  void serve_assets(std::span<const Asset> assets);

  /// Names a browser may know this server by, in lower case ("example.org", "127.0.0.1:8480"),
  /// against requests that another site makes a browser send here. None: any Host, and an Origin
  /// must equal it.
  void know_as(std::vector<std::string> hosts);

  /// Takes the port; who connects waits for start(). Refuses with one sentence when the address
  /// cannot be used. For those who need port() for what they set up before start().
  Status listen();
  /// Listens if listen() has not, and answers from now on.
  Status start();
  /// Takes no more, lets what runs finish within stop_max, then closes every connection.
  void stop();
  /// The port that listen() took.
  std::uint16_t port() const;
  Metrics& metrics();

  struct State;  ///< private

 private:
  std::unique_ptr<State> state_;
};

}  // namespace hustings::net
