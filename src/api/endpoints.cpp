#include "api/endpoints.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <utility>

#include "access/access_service.h"
#include "api/problem.h"
#include "base/secret.h"
#include "base/text.h"
#include "net/hub.h"
#include "net/server.h"

namespace hustings::api {
namespace {

constexpr auto kTopicBodyMax = std::chrono::seconds(5);

Status check_csrf(const access::Identity& identity, const net::Request& request) {
  if (request.method == "GET" || request.method == "HEAD") return {};
  if (same_secret(request.header(Context::kCsrfHeader), identity.csrf)) return {};
  return refuse(ErrorCode::forbidden,
                "A write must carry the session's csrf text in the header X-Hustings-CSRF. Reload "
                "the page and try again.");
}

Result<access::Identity> identify(const net::Request& request, const Authenticate& authenticate) {
  const std::string_view token = request.cookie(Context::kSessionCookie);
  if (token.empty()) return refuse(ErrorCode::unauthenticated, "Sign in first.");
  return authenticate(token);
}

Status check_role(const access::Identity& identity, Permission permission) {
  if (may(identity.role, permission)) return {};
  return refuse(ErrorCode::forbidden, "Your role does not allow this. Ask an administrator.");
}

/// Who calls, and whether they may. Before anything of the Input is looked at.
Status admit(const Spec& spec, Context& context, const net::Request& request,
             const Authenticate& authenticate) {
  if (spec.permission == Permission::anybody) return {};
  access::Identity identity = TRY(identify(request, authenticate));
  TRY(check_csrf(identity, request));
  TRY(check_role(identity, spec.permission));
  context.sign_in(std::move(identity));
  return {};
}

net::Response answer(const Endpoint& endpoint, Services* services, const Authenticate& authenticate,
                     const net::Request& request) {
  Context context(services, request);
  if (const Status admitted = admit(endpoint.spec, context, request, authenticate); !admitted) {
    return problem(admitted.error());
  }
  auto result = endpoint.run(context, request);
  net::Response response = result ? *std::move(result) : problem(result.error());
  for (net::Header& header : context.take_headers())
    response.headers.push_back(std::move(header));
  return response;
}

/// Those who may are handled together, the others refused.
std::vector<net::Response> answer_many(const Endpoint& endpoint, Services* services,
                                       const Authenticate& authenticate,
                                       std::span<const net::Request* const> requests) {
  std::vector<net::Response> responses(requests.size());
  std::deque<Context> contexts;  // they stay where they are
  std::vector<Asked> asked;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    Context& context = contexts.emplace_back(services, *requests[i]);
    if (const Status admitted = admit(endpoint.spec, context, *requests[i], authenticate);
        !admitted) {
      responses[i] = problem(admitted.error());
      continue;
    }
    asked.push_back({&context, requests[i]});
    places.push_back(i);
  }
  if (asked.empty()) return responses;
  auto results = endpoint.run_many(asked);
  for (std::size_t i = 0; i < results.size(); ++i) {
    responses[places[i]] = results[i] ? *std::move(results[i]) : problem(results[i].error());
  }
  return responses;
}

struct Topic {
  std::string_view kind;
  std::string_view id;  // "" for a topic without one
};

Topic parse_topic(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return {.kind = text, .id = {}};
  return {.kind = text.substr(0, colon), .id = text.substr(colon + 1)};
}

const Endpoint* endpoint_of(const Registrar& registrar, const Topic& topic) {
  for (const Endpoint& endpoint : registrar.endpoints()) {
    const bool has_id = endpoint.spec.path.contains("{id}");
    if (!topic.kind.empty() && endpoint.spec.topic == topic.kind && has_id == !topic.id.empty()) {
      return &endpoint;
    }
  }
  return nullptr;
}

Result<std::vector<std::string>> topics_for(const Registrar& registrar, const net::Request& request,
                                            const Authenticate& authenticate) {
  const access::Identity identity = TRY(identify(request, authenticate));
  const std::string wanted = request.query_value("topics").value_or("");
  std::vector<std::string> topics;
  for (const std::string_view text : split(wanted, ',')) {
    const Topic topic = parse_topic(text);
    const Endpoint* endpoint = endpoint_of(registrar, topic);
    if (endpoint == nullptr) {
      return refuse(ErrorCode::not_found,
                    "One of these topics does not exist. There are topics such as \"home\" and "
                    "\"phonebank:<id>\".",
                    "topics");
    }
    TRY(check_role(identity, endpoint->spec.permission));
    if (endpoint->spec.topic_of_self && topic.id != identity.person.text()) {
      return refuse(ErrorCode::forbidden, "This topic is another person's.", "topics");
    }
    topics.emplace_back(text);
  }
  return topics;
}

}  // namespace

void serve(const Registrar& registrar, net::Server& server, Services* services,
           const Authenticate& authenticate) {
  for (const Endpoint& endpoint : registrar.endpoints()) {
    net::Route route;
    route.method = endpoint.spec.method;
    route.pattern = endpoint.spec.path;
    route.handle = [&endpoint, services, authenticate](const net::Request& request) {
      return answer(endpoint, services, authenticate, request);
    };
    if (endpoint.run_many) {
      route.handle_many = [&endpoint, services,
                           authenticate](std::span<const net::Request* const> requests) {
        return answer_many(endpoint, services, authenticate, requests);
      };
    }
    if (endpoint.spec.longest.count() > 0) route.request_max = endpoint.spec.longest;
    route.is_upload = endpoint.spec.upload;
    if (route.is_upload) {
      route.admit = [&endpoint, services,
                     authenticate](const net::Request& request) -> std::optional<net::Response> {
        Context context(services, request);
        Status admitted = admit(endpoint.spec, context, request, authenticate);
        if (admitted && endpoint.admit != nullptr) admitted = endpoint.admit(context);
        if (admitted) return std::nullopt;
        return problem(admitted.error());
      };
    }
    server.add(std::move(route));
  }
}

void serve_live(const Registrar& registrar, net::Server& server, net::Hub& hub,
                const Authenticate& authenticate) {
  server.add_live("/v1/live", hub,
                  [&registrar, authenticate](const net::Request& request)
                      -> std::expected<std::vector<std::string>, net::Response> {
                    auto topics = topics_for(registrar, request, authenticate);
                    if (!topics) return std::unexpected(problem(topics.error()));
                    return *std::move(topics);
                  });
}

std::optional<std::string> topic_body(const Registrar& registrar, Services& services,
                                      const std::string& topic) {
  const Topic parsed = parse_topic(topic);
  const Endpoint* endpoint = endpoint_of(registrar, parsed);
  if (endpoint == nullptr) return std::nullopt;
  net::Request request;
  request.method = "GET";
  request.route = endpoint->spec.path;
  request.deadline = Deadline::after(kTopicBodyMax);
  if (!parsed.id.empty()) request.params["id"] = parsed.id;
  Context context(&services, request);
  access::Identity program;
  program.role = access::Role::administrator;
  context.sign_in(std::move(program));
  auto result = endpoint->run(context, request);
  if (!result) return std::nullopt;
  return std::move(result->body);
}

void add_endpoints(const Registrar& registrar, net::Server& server, net::Hub& hub,
                   Services& services) {
  const Authenticate authenticate = [&services](std::string_view token) {
    return services.access.authenticate(token);
  };
  serve(registrar, server, &services, authenticate);
  // A page that merely stays open is no use of its session.
  serve_live(registrar, server, hub, [&services](std::string_view token) {
    return services.access.authenticate(token, access::AccessService::Counts::as_look);
  });
  hub.on_subscribe([&registrar, &services](const std::string& topic) {
    return topic_body(registrar, services, topic);
  });
  server.add({.method = "GET", .pattern = "/healthz", .handle = [](const net::Request&) {
                return net::Response{.body = R"({"ok":true})"};
              }});
  server.add({.method = "GET",
              .pattern = "/metrics",
              .handle = [&metrics = server.metrics()](const net::Request&) {
                return net::Response{.content_type = net::Metrics::kContentType,
                                     .body = metrics.text()};
              }});
}

}  // namespace hustings::api
