#include "app/web_server.h"

#include <fmt/format.h>

#include "api/endpoints.h"
#include "api/registrar.h"
#include "app/live_publisher.h"
#include "app/web_assets.h"
#include "net/hub.h"
#include "net/metrics.h"
#include "net/server.h"

namespace hustings::app {
namespace {

net::Server::Options server_options(const Config& config) {
  net::Server::Options options;
  options.address = config.listen_address;
  options.port = static_cast<std::uint16_t>(config.listen_port);
  options.workers = {.threads = static_cast<int>(config.worker_threads),
                     .queue_max = static_cast<std::size_t>(config.request_queue_max)};
  options.request_max = std::chrono::seconds(config.request_seconds_max);
  options.upload_folder = config.data_dir / "uploads";
  options.upload_bytes_max = static_cast<std::uint64_t>(config.upload_mebibytes_max) << 20;
  return options;
}

}  // namespace

struct WebServer::State {
  State(const Config& config, Log& log) : server(server_options(config), metrics, log) {}

  net::Metrics metrics;
  net::Hub hub;
  api::Registrar registrar;
  std::optional<api::Services> services;
  net::Server server;
  std::string url;
  std::unique_ptr<LivePublisher> publisher;  // last: it uses all of the above
};

Result<std::unique_ptr<WebServer>> WebServer::start(Installation& installation,
                                                    const Config& config, Log& log) {
  auto state = std::make_unique<State>(config, log);
  state->services.emplace(installation.services(config.public_url));
  api::register_all(state->registrar);
  api::add_endpoints(state->registrar, state->server, state->hub, *state->services);
  state->server.serve_assets(web_assets());
  TRY(state->server.start());
  state->url = config.public_url.empty()
                   ? fmt::format("http://{}:{}", config.listen_address, state->server.port())
                   : config.public_url;
  state->services->public_url = state->url;
  const auto body = [state = state.get()](const std::string& topic) {
    return api::topic_body(state->registrar, *state->services, topic);
  };
  state->publisher = std::make_unique<LivePublisher>(state->hub, body, log);
  return std::unique_ptr<WebServer>(new WebServer(std::move(state)));
}

WebServer::WebServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
WebServer::~WebServer() {
  state_->publisher.reset();
  state_->server.stop();
}

std::uint16_t WebServer::port() const { return state_->server.port(); }
const std::string& WebServer::url() const { return state_->url; }

}  // namespace hustings::app
