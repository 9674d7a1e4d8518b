#include "app/web_server.h"

#include <fmt/format.h>

#include "api/endpoints.h"
#include "api/registrar.h"
#include "api/upload_store.h"
#include "app/live_publisher.h"
#include "app/web_assets.h"
#include "base/text.h"
#include "dialling/dialling.h"
#include "net/hub.h"
#include "net/metrics.h"
#include "net/server.h"
#include "segments/segment_service.h"

namespace hustings::app {
namespace {

net::Server::Options server_options(const Config& config) {
  net::Server::Options options;
  options.address = config.listen_address;
  options.port = static_cast<std::uint16_t>(config.listen_port);
  options.workers = {.threads = static_cast<int>(config.worker_threads),
                     .queue_max = static_cast<std::size_t>(config.request_queue_max)};
  for (const std::string_view proxy : split(config.trusted_proxies, ',')) {
    if (!trim(proxy).empty()) options.trusted_proxies.emplace_back(trim(proxy));
  }
  options.request_max = std::chrono::seconds(config.request_seconds_max);
  options.upload_folder = api::upload_folder(config);
  options.upload_bytes_max = static_cast<std::uint64_t>(config.upload_mebibytes_max) << 20;
  return options;
}

/// "127.0.0.1:8480", as the address stands in an URL and in a Host header.
std::string authority(std::string_view address, std::uint16_t port) {
  const bool is_v6 = address.contains(':');
  return is_v6 ? fmt::format("[{}]:{}", address, port) : fmt::format("{}:{}", address, port);
}

/// The host of an URL; where it stands for its scheme's usual port, with and without that.
std::vector<std::string> hosts_of_url(const std::string& url) {
  const std::size_t slashes = url.find("://");
  if (slashes == std::string::npos) return {};
  const std::string rest = to_lower(url.substr(slashes + 3));
  const std::string host = rest.substr(0, rest.find_first_of("/?#"));
  const std::string usual_port = url.starts_with("https:") ? ":443" : ":80";
  const bool has_port = host.find(':', host.rfind(']') + 1) != std::string::npos;
  if (!has_port) return {host, host + usual_port};
  if (!host.ends_with(usual_port)) return {host};
  return {host, host.substr(0, host.size() - usual_port.size())};
}

}  // namespace

std::vector<std::string> known_hosts(const Config& config, std::uint16_t port) {
  constexpr std::uint16_t kHttpPort = 80;
  const std::string& address = config.listen_address;
  const bool is_any_address = address == "0.0.0.0" || address == "::";
  if (is_any_address && config.public_url.empty()) return {};
  std::vector<std::string> hosts;
  for (const std::string& name : {address, std::string("localhost"), std::string("127.0.0.1")}) {
    hosts.push_back(to_lower(authority(name, port)));
    if (port == kHttpPort) hosts.push_back(to_lower(name));  // browsers leave this port out
  }
  for (std::string& host : hosts_of_url(config.public_url))
    hosts.push_back(std::move(host));
  return hosts;
}

namespace {

/// What is to be seen of the segments beside what requests show.
void add_gauges(net::Metrics& metrics, const segments::SegmentService& segments) {
  const auto add = [&](const std::string& name, const std::string& help, auto read) {
    metrics.gauge_of("hustings_segments_" + name, help,
                     [&segments, read] { return static_cast<double>(read(segments)); });
  };
  using Service = segments::SegmentService;
  add("recounts", "Kept numbers of segments that were counted anew to prove them.",
      [](const Service& service) { return service.proofs().counted; });
  add("recounts_unequal", "Of these, how many were not equal, and mended.",
      [](const Service& service) { return service.proofs().unequal; });
  add("loads", "How often the electorate was read from the database.",
      [](const Service& service) { return service.loads(); });
  add("position", "The feed position of the segments' numbers.",
      [](const Service& service) { return service.freshness().position; });
  add("age_milliseconds", "Since it was certain that nothing newer was there.",
      [](const Service& service) { return service.freshness().age.count(); });
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
  std::unique_ptr<LivePublisher> publisher;  // uses all of the above

  /// Whoever looks at a segment is told as soon as its numbers change.
  void follow(segments::SegmentService& segments) {
    segments.on_change([this](const std::vector<SegmentId>& changed, feed::Position) {
      std::vector<std::string> topics;
      for (const SegmentId id : changed) {
        topics.push_back("segment:" + id.text());
        topics.push_back("composition:" + id.text());
      }
      publisher->publish(topics);
    });
  }
};

Result<std::unique_ptr<WebServer>> WebServer::start(Installation& installation,
                                                    const Config& config, Log& log) {
  auto state = std::make_unique<State>(config, log);
  TRY(state->server.listen());
  const std::uint16_t port = state->server.port();
  state->url = config.public_url.empty()
                   ? fmt::format("http://{}", authority(config.listen_address, port))
                   : config.public_url;
  state->services.emplace(installation.services(state->url));
  api::register_all(state->registrar);
  api::add_endpoints(state->registrar, state->server, state->hub, *state->services);
  state->server.serve_assets(web_assets());
  state->server.know_as(known_hosts(config, port));
  const auto body = [state = state.get()](const std::string& topic) {
    return api::topic_body(state->registrar, *state->services, topic);
  };
  state->publisher = std::make_unique<LivePublisher>(state->hub, body, log);
  add_gauges(state->metrics, installation.segments());
  TRY(state->server.start());
  state->follow(installation.segments());
  state->services->dialling.on_change([state = state.get()](PersonId caller) {
    state->publisher->publish({"dial:" + caller.text()});
  });
  return std::unique_ptr<WebServer>(new WebServer(std::move(state)));
}

WebServer::WebServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
WebServer::~WebServer() {
  state_->services->segments.on_change({});
  state_->services->dialling.on_change({});
  state_->publisher.reset();
  state_->server.stop();
}

std::uint16_t WebServer::port() const { return state_->server.port(); }
const std::string& WebServer::url() const { return state_->url; }

}  // namespace hustings::app
