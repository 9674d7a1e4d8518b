#include <atomic>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "net/hub.h"
#include "net/live_client.h"
#include "net/testing/raw_socket.h"
#include "net/testing/test_server.h"

namespace hustings::net {
namespace {

using std::chrono::milliseconds;
using ::testing::EndsWith;
using testing::eventually;
using ::testing::HasSubstr;
using testing::RawSocket;
using testing::TestServer;

/// Whoever sends the cookie may listen to what it asks for.
std::expected<std::vector<std::string>, Response> authorize(const Request& request) {
  if (request.cookie("hustings_session") != "good") {
    return std::unexpected(problem_response({.status = 401,
                                             .title = "Sign in",
                                             .code = "unauthenticated",
                                             .detail = "No.",
                                             .where = {}}));
  }
  std::vector<std::string> topics;
  const std::string wanted = request.query_value("topics").value_or("");
  for (const std::string_view one : split(wanted, ','))
    topics.emplace_back(one);
  return topics;
}

struct LiveServer {
  explicit LiveServer(Hub::Options options = {})
      : hub(options),
        test([this](Server& server) { server.add_live("/v1/live", hub, authorize); }) {}

  Result<LiveClient> connect(const std::string& topics, const std::string& cookie = "good") {
    return LiveClient::connect({.port = test.port(),
                                .target = "/v1/live?topics=" + topics,
                                .headers = {{"Cookie", "hustings_session=" + cookie}}});
  }
  Hub hub;
  TestServer test;
};

TEST(Live, SubscribesAndIsSent) {
  LiveServer live;
  auto client = live.connect("home,phonebank:1");
  ASSERT_TRUE(client) << client.error().text();
  live.hub.publish("home", R"({"voters":1})");
  EXPECT_EQ(**client->next(milliseconds(2000)), R"({"topic":"home","data":{"voters":1}})");
  live.hub.publish("other", "1");
  live.hub.publish("phonebank:1", "2");
  EXPECT_EQ(**client->next(milliseconds(2000)), R"({"topic":"phonebank:1","data":2})");
  EXPECT_EQ(*client->next(milliseconds(20)), std::nullopt);
}

TEST(Live, ASnapshotComesAtOnce) {
  LiveServer live;
  live.hub.on_subscribe([](const std::string& topic) { return "\"" + topic + "\""; });
  auto client = live.connect("home");
  ASSERT_TRUE(client);
  EXPECT_EQ(**client->next(milliseconds(2000)), R"({"topic":"home","data":"home"})");
}

TEST(Live, RefusesStrangersAndTooMany) {
  LiveServer live({.connections_max = 1, .topics_max = 2});
  const auto stranger = live.connect("home", "bad");
  ASSERT_FALSE(stranger);
  EXPECT_EQ(stranger.error().where, "401");
  EXPECT_EQ(live.connect("a,b,c").error().where, "400");
  const auto first = live.connect("home");
  ASSERT_TRUE(first);
  EXPECT_EQ(live.connect("home").error().where, "429");
}

TEST(Live, PlainHttpIsToldToUpgrade) {
  LiveServer live;
  EXPECT_EQ(live.test.client().request("GET", "/v1/live?topics=home")->status, 426);
}

TEST(Live, APageOfAnotherSiteMayNotListen) {
  LiveServer live;
  const auto foreign = LiveClient::connect(
      {.port = live.test.port(),
       .target = "/v1/live?topics=home",
       .headers = {{"Cookie", "hustings_session=good"}, {"Origin", "http://evil.example"}}});
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().where, "403");
}

TEST(Live, WhoLeavesIsForgotten) {
  LiveServer live;
  {
    const auto client = live.connect("home");
    ASSERT_TRUE(client);
    EXPECT_EQ(live.hub.connections(), 1U);
  }
  EXPECT_TRUE(eventually([&] { return live.hub.connections() == 0; }));
}

TEST(Live, ASilentPeerIsCutOff) {
  LiveServer live({.idle_max = milliseconds(60)});
  const RawSocket silent(live.test.port());  // never answers a ping
  silent.send(
      "GET /v1/live?topics=home HTTP/1.1\r\nHost: x\r\nCookie: hustings_session=good\r\n"
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  EXPECT_THAT(silent.receive("\r\n\r\n"), HasSubstr("101"));
  EXPECT_TRUE(eventually([&] { return live.hub.connections() == 0; }));
}

TEST(Live, ASlowReaderGetsTheNewestOnly) {
  LiveServer live;
  const RawSocket slow(live.test.port());
  slow.send(
      "GET /v1/live?topics=home HTTP/1.1\r\nHost: x\r\nCookie: hustings_session=good\r\n"
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  EXPECT_THAT(slow.receive("\r\n\r\n"), HasSubstr("101"));
  // Far more than the system's buffers hold; only the last is sure to come.
  const std::string filler(500'000, 'x');
  for (int i = 0; i < 100; ++i)
    live.hub.publish("home", "\"" + std::to_string(i) + filler + "\"");
  live.hub.publish("home", "\"the last\"");
  const std::string got = slow.receive("\"the last\"}");
  EXPECT_THAT(got, EndsWith("\"the last\"}"));
  EXPECT_LT(got.size(), 40'000'000U);
}

TEST(Live, WhoMayNoLongerListenIsCutOff) {
  std::atomic<int> status = 0;  // of the refusal; 0: welcome
  std::atomic<int> asked = 0;
  Hub hub({.authorize_every = milliseconds(10)});
  TestServer test([&](Server& server) {
    server.add_live("/v1/live", hub,
                    [&](const Request&) -> std::expected<std::vector<std::string>, Response> {
                      ++asked;
                      if (status == 0) return std::vector<std::string>{"home"};
                      if (status == 1) throw Failure("away");
                      return std::unexpected(Response{.status = status});
                    });
  });
  auto client = LiveClient::connect({.port = test.port(), .target = "/v1/live?topics=home"});
  ASSERT_TRUE(client);
  for (const int trouble : {0, 1, 503, 429}) {  // none of them says that the listener must go
    status = trouble;
    const int before = asked;
    EXPECT_TRUE(eventually([&] { return asked > before + 2; }));
    EXPECT_EQ(hub.connections(), 1U);
  }
  status = 401;
  const auto end = client->next(milliseconds(2000));
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().code, ErrorCode::expired);
  EXPECT_TRUE(eventually([&] { return hub.connections() == 0; }));
}

TEST(Live, StopSaysGoodbye) {
  LiveServer live;
  auto client = live.connect("home");
  ASSERT_TRUE(client);
  std::thread stopper([&] { live.test.server().stop(); });
  const auto end = client->next(milliseconds(2000));
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().code, ErrorCode::expired);
  stopper.join();
  EXPECT_EQ(live.hub.connections(), 0U);
}

/// Echoes what came, and counts the calls.
struct AskedServer {
  AskedServer()
      : test([this](Server& server) {
          server.add_live("/v1/live", hub, authorize);
          server.add(
              {.method = "POST", .pattern = "/v1/echo/{id}", .handle = [](const Request& request) {
                 return Response{.status = 201,
                                 .body = request.params.at("id") + ' ' + request.body + ' ' +
                                         std::string(request.header("x-csrf")) + ' ' +
                                         std::string(request.cookie("hustings_session"))};
               }});
          server.add({.method = "POST",
                      .pattern = "/v1/many",
                      .handle = nullptr,
                      .handle_many = [this](std::span<const Request* const> requests) {
                        ++calls;
                        most = std::max<int>(most, static_cast<int>(requests.size()));
                        std::this_thread::sleep_for(milliseconds(20));
                        std::vector<Response> all;
                        for (const Request* request : requests)
                          all.push_back({.body = request->body});
                        return all;
                      }});
        }) {}
  LiveClient connect() {
    auto client = LiveClient::connect({.port = test.port(),
                                       .target = "/v1/live?topics=home",
                                       .headers = {{"Cookie", "hustings_session=good"}}});
    return *std::move(client);
  }
  static std::string next(LiveClient& client) {
    return client.next(milliseconds(5000)).value().value_or("nothing came");
  }
  Hub hub;
  std::atomic<int> calls = 0;
  std::atomic<int> most = 0;
  TestServer test;
};

TEST(LiveRequest, IsAnsweredUnderItsOwnWord) {
  AskedServer server;
  auto client = server.connect();
  ASSERT_TRUE(client.send("a1 POST /v1/echo/7%20x?b=1\nX-CSRF: text\r\n\n{\"c\":2}"));
  EXPECT_EQ(server.next(client), "a1 201\n7 x {\"c\":2} text good");
  server.hub.publish("home", "1");
  EXPECT_EQ(server.next(client), R"({"topic":"home","data":1})");
}

TEST(LiveRequest, WhatIsBrokenOrNotThereIsRefused) {
  AskedServer server;
  auto client = server.connect();
  const auto ask = [&](const std::string& message) {
    EXPECT_TRUE(client.send(message));
    return server.next(client);
  };
  EXPECT_THAT(ask("nonsense"), ::testing::StartsWith("0 400\n"));
  EXPECT_THAT(ask("1 POST /v1/other\n\n"), ::testing::StartsWith("1 404\n"));
  EXPECT_THAT(ask("2 GET /v1/live?topics=home\n\n"), ::testing::StartsWith("2 404\n"));
  EXPECT_THAT(ask("3 POST /v1/echo/%zz\n\n"), ::testing::StartsWith("3 400\n"));
  EXPECT_THAT(ask("4 POST /v1/echo/1\nno header\n\n"), ::testing::StartsWith("4 400\n"));
}

TEST(RouteBatch, RequestsThatComeMeanwhileShareTheNextCall) {
  AskedServer server;
  auto client = server.connect();
  for (int i = 0; i < 12; ++i) {
    ASSERT_TRUE(client.send(std::to_string(i) + " POST /v1/many\n\nbody" + std::to_string(i)));
  }
  std::set<std::string> answers;
  for (int i = 0; i < 12; ++i)
    answers.insert(server.next(client));
  EXPECT_TRUE(answers.contains("0 200\nbody0"));
  EXPECT_TRUE(answers.contains("11 200\nbody11")) << "each gets its own answer";
  EXPECT_EQ(answers.size(), 12U);
  EXPECT_LT(server.calls, 12);
  EXPECT_GT(server.most, 1);
}

}  // namespace
}  // namespace hustings::net
