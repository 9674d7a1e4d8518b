#include "net/detail/live_request.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

#include "base/secret.h"
#include "base/text.h"
#include "net/detail/connection.h"
#include "net/detail/run_route.h"
#include "net/url.h"

namespace hustings::net {
namespace {

constexpr std::size_t kWordMax = 40;

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

struct Asked {
  std::string word = "0";  ///< what the peer calls it
  Request request;
  const Served* served = nullptr;
  std::optional<Response> refused;
};

/// Everything but who may: the route's own business.
void choose(const Server::State& state, std::string_view target, Asked& asked) {
  Request& request = asked.request;
  const std::size_t mark = target.find('?');
  auto path = percent_decode(target.substr(0, mark), false);
  auto query = parse_query(mark == std::string_view::npos ? "" : target.substr(mark + 1));
  if (!path || !query || !target.starts_with('/')) {
    asked.refused = refusal(400, "invalid", "The address is broken.");
    return;
  }
  request.path = *std::move(path);
  request.query = *std::move(query);
  Router::Match match = state.router.match(request.method, target.substr(0, mark));
  if (match.index) asked.served = state.routes[*match.index].get();
  if (asked.served == nullptr || asked.served->hub != nullptr || asked.served->route.is_upload) {
    asked.served = nullptr;
    asked.refused = refusal(404, "not_found", "There is nothing at this address for a message.");
    return;
  }
  request.route = asked.served->route.pattern;
  request.params = std::move(match.params);
}

void set_header(Request& request, std::string name, std::string value) {
  const auto found = std::ranges::find(request.headers, name, &Header::first);
  if (found == request.headers.end()) {
    request.headers.emplace_back(std::move(name), std::move(value));
  } else {
    found->second = std::move(value);
  }
}

Asked read(const Server::State& state, const Request& upgrade, std::string_view message) {
  Asked asked;
  asked.request.headers = upgrade.headers;
  asked.request.remote_address = upgrade.remote_address;
  asked.request.id = upgrade.id;
  const auto words = split(take_line(message), ' ');
  if (words.size() != 3 || words[0].empty() || words[0].size() > kWordMax) {
    asked.refused =
        refusal(400, "invalid", "A message starts with: its word, a method, an address.");
    return asked;
  }
  asked.word = words[0];
  asked.request.method = words[1];
  while (!message.empty()) {
    const std::string_view line = take_line(message);
    if (line.empty()) break;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) {
      asked.refused = refusal(400, "invalid", "A header is a name, a colon and a value.");
      return asked;
    }
    set_header(asked.request, to_lower(line.substr(0, colon)),
               std::string(trim(line.substr(colon + 1))));
  }
  asked.request.body = message;
  choose(state, words[2], asked);
  return asked;
}

}  // namespace

asio::awaitable<std::string> answer_live_request(Server::State* state, Loop* loop,
                                                 std::shared_ptr<const Request> upgrade,
                                                 std::string message) {
  const auto started = std::chrono::steady_clock::now();
  Asked asked = read(*state, *upgrade, message);
  Response response;
  if (asked.refused) {
    response = *std::move(asked.refused);
  } else {
    response = co_await run_route(state, loop, asked.served, &asked.request);
  }
  const Served& served = asked.served != nullptr ? *asked.served : *state->unmatched;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  state->count(served, response.status, took.count());
  if (response.file) {
    response = refusal(404, "not_found", "A file is not sent over a live connection.");
  }
  co_return asked.word + ' ' + std::to_string(response.status) + '\n' + response.body;
}

}  // namespace hustings::net
