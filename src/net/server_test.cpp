#include "net/server.h"

#include <latch>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/testing/raw_socket.h"
#include "net/testing/test_server.h"

namespace hustings::net {
namespace {

using std::chrono::milliseconds;
using testing::eventually;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawSocket;
using ::testing::StartsWith;
using testing::TestServer;

Response text(std::string body) {
  return {.content_type = "text/plain", .body = std::move(body), .headers = {}, .file = {}};
}

void add_echo(Server& server) {
  server.add({.method = "GET", .pattern = "/v1/echo/{name}", .handle = [](const Request& request) {
                return text(request.params.at("name") + '|' +
                            request.query_value("q").value_or("-") + '|' + request.route);
              }});
  server.add({.method = "POST", .pattern = "/v1/echo/{name}", .handle = [](const Request& request) {
                return text(request.body);
              }});
}

TEST(Server, RoutesAndKeepsTheConnection) {
  TestServer test(add_echo);
  Client client = test.client();
  const auto one = client.request("GET", "/v1/echo/a%20b?q=c%2Bd");
  ASSERT_TRUE(one) << one.error().text();
  EXPECT_EQ(one->status, 200);
  EXPECT_EQ(one->body, "a b|c+d|/v1/echo/{name}");
  const auto two = client.request("POST", "/v1/echo/x", {}, "hello");
  EXPECT_EQ(two->body, "hello");
  EXPECT_THAT(test.metrics(), HasSubstr("\nhustings_http_connections 1\n"));
  EXPECT_TRUE(eventually([&] {  // counted once the answer is out
    return test.metrics().contains(
        "hustings_http_requests_total{route=\"/v1/echo/{name}\",method=\"POST\",status=\"2xx\"} "
        "1\n");
  }));
}

TEST(Server, SetsTheHeadersThatProtect) {
  TestServer test(add_echo);
  const auto response = test.client().request("GET", "/v1/echo/a", {{"X-Request-Id", "abcd-1234"}});
  EXPECT_EQ(response->header("X-Request-Id"), "abcd-1234");
  EXPECT_EQ(response->header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(response->header("Referrer-Policy"), "no-referrer");
  EXPECT_EQ(response->header("Cache-Control"), "no-store");
  EXPECT_THAT(response->header("Content-Security-Policy"), HasSubstr("frame-ancestors 'none'"));
  const auto other = test.client().request("GET", "/v1/echo/a", {{"X-Request-Id", "a b"}});
  EXPECT_EQ(other->header("X-Request-Id").size(), 16U);
}

TEST(Server, NotFoundNotAllowedHeadOptions) {
  TestServer test(add_echo);
  Client client = test.client();
  const auto missing = client.request("GET", "/v1/nothing");
  EXPECT_EQ(missing->status, 404);
  EXPECT_EQ(missing->content_type, "application/problem+json");
  EXPECT_THAT(missing->body, HasSubstr(R"("code":"not_found")"));
  const auto wrong = client.request("DELETE", "/v1/echo/a");
  EXPECT_EQ(wrong->status, 405);
  EXPECT_EQ(wrong->header("Allow"), "GET, HEAD, POST");
  EXPECT_EQ(client.request("OPTIONS", "/v1/echo/a")->status, 204);
  const auto head = client.request("HEAD", "/v1/echo/a");
  EXPECT_EQ(head->status, 200);
  EXPECT_EQ(head->body, "");
  EXPECT_EQ(head->header("Content-Length"), "19");
  EXPECT_EQ(client.request("GET", "/v1/echo/%zz")->status, 400);
}

TEST(Server, BodyLimit) {
  TestServer test(add_echo, [](Server::Options& options) { options.body_bytes_max = 1000; });
  EXPECT_EQ(test.client().request("POST", "/v1/echo/a", {}, std::string(1000, 'x'))->status, 200);
  const auto large = test.client().request("POST", "/v1/echo/a", {}, std::string(1001, 'x'));
  EXPECT_EQ(large->status, 413);
  EXPECT_THAT(large->body, HasSubstr("1,000 bytes at most"));
  RawSocket chunked(test.port());
  chunked.send("POST /v1/echo/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" +
               std::string(2000, 'x') + "\r\n0\r\n\r\n");
  EXPECT_THAT(chunked.receive("}"), StartsWith("HTTP/1.1 413"));
}

TEST(Server, RefusesWhatIsNotHttp) {
  TestServer test(add_echo);
  const auto answer = [&](std::string_view bytes) {
    RawSocket socket(test.port());
    socket.send(bytes);
    return socket.receive();
  };
  EXPECT_THAT(answer("rubbish\r\n\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(answer("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
              StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(answer("GET nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
              StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(answer("POST /v1/echo/a HTTP/1.1\r\nContent-Length: -1\r\n\r\n"),
              StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(answer("POST /v1/echo/a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
              StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(answer("GET / HTTP/1.1\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n"),
              StartsWith("HTTP/1.1 431"));
}

TEST(Server, AnswersTwoRequestsThatCameAtOnce) {
  TestServer test(add_echo);
  RawSocket socket(test.port());
  socket.send(
      "GET /v1/echo/a HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/echo/b HTTP/1.1\r\nHost: x\r\n"
      "Connection: close\r\n\r\n");
  const std::string got = socket.receive();
  EXPECT_THAT(got, HasSubstr("a|-|/v1/echo/{name}HTTP/1.1 200"));
  EXPECT_THAT(got, HasSubstr("b|-|"));
}

TEST(Server, ASlowClientIsCutOff) {
  TestServer test(add_echo, [](Server::Options& options) {
    options.header_max = milliseconds(40);
    options.body_max = milliseconds(40);
    options.idle_max = milliseconds(40);
  });
  const RawSocket header(test.port());
  header.send("GET /v1/echo/a HT");
  EXPECT_EQ(header.receive(), "");
  const RawSocket body(test.port());
  body.send("POST /v1/echo/a HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
  EXPECT_EQ(body.receive(), "");
  const RawSocket idle(test.port());
  EXPECT_EQ(idle.receive(), "");
}

TEST(Server, AFullQueueIsRefusedAtOnce) {
  std::latch go(1);
  std::atomic<int> runs = 0;
  TestServer test(
      [&](Server& server) {
        server.add({.method = "GET", .pattern = "/v1/wait", .handle = [&](const Request&) {
                      ++runs;
                      go.wait();
                      return text("done");
                    }});
      },
      [](Server::Options& options) { options.workers = {.threads = 1, .queue_max = 1}; });
  const RawSocket running(test.port());
  running.send("GET /v1/wait HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(eventually([&] { return runs == 1; }));
  const RawSocket queued(test.port());
  queued.send("GET /v1/wait HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(
      eventually([&] { return test.metrics().contains("\nhustings_http_queue_length 1\n"); }));
  const auto refused = test.client().request("GET", "/v1/wait");
  EXPECT_EQ(refused->status, 429);
  EXPECT_EQ(refused->header("Retry-After"), "1");
  EXPECT_THAT(test.metrics(), HasSubstr("hustings_http_refused_total{why=\"queue_full\"} 1\n"));
  go.count_down();
  EXPECT_THAT(running.receive(), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(queued.receive(), StartsWith("HTTP/1.1 200"));
}

TEST(Server, WhatWaitsTooLongIsNotRun) {
  std::latch go(1);
  std::atomic<int> runs = 0;
  TestServer test(
      [&](Server& server) {
        server.add({.method = "GET", .pattern = "/v1/wait", .handle = [&](const Request&) {
                      ++runs;
                      go.wait();
                      return text("done");
                    }});
      },
      [](Server::Options& options) {
        options.workers = {.threads = 1, .queue_max = 4};
        options.request_max = milliseconds(60);
      });
  const RawSocket running(test.port());
  running.send("GET /v1/wait HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(eventually([&] { return runs == 1; }));
  const auto late = test.client().request("GET", "/v1/wait");
  EXPECT_EQ(late->status, 503);
  EXPECT_THAT(late->body, HasSubstr("too busy"));
  go.count_down();
  EXPECT_THAT(running.receive(), StartsWith("HTTP/1.1 200"));
  test.server().stop();
  EXPECT_EQ(runs, 1);
}

TEST(Server, ARouteMayTakeLongerThanTheOthers) {
  std::atomic<std::int64_t> left_ms = 0;
  const auto note = [&](const Request& request) {
    left_ms = request.deadline.remaining().count();
    return text("done");
  };
  TestServer test(
      [&](Server& server) {
        server.add({.method = "GET", .pattern = "/v1/usual", .handle = note});
        server.add({.method = "GET",
                    .pattern = "/v1/long",
                    .handle = note,
                    .request_max = std::chrono::minutes(10)});
      },
      [](Server::Options& options) { options.request_max = milliseconds(20'000); });
  ASSERT_EQ(test.client().request("GET", "/v1/usual")->status, 200);
  EXPECT_LE(left_ms, 20'000);
  ASSERT_EQ(test.client().request("GET", "/v1/long")->status, 200);
  EXPECT_GT(left_ms, 500'000);
}

TEST(Server, AFailureIs503AndAMistake500) {
  TestServer test([](Server& server) {
    server.add(
        {.method = "GET", .pattern = "/v1/failure", .handle = [](const Request&) -> Response {
           throw Failure("the database is gone");
         }});
    server.add({.method = "GET",
                .pattern = "/v1/mistake",
                .handle = [](const Request&) -> Response { throw std::runtime_error("secret"); }});
  });
  const auto failure = test.client().request("GET", "/v1/failure");
  EXPECT_EQ(failure->status, 503);
  EXPECT_THAT(failure->body, Not(HasSubstr("database")));
  EXPECT_EQ(test.client().request("GET", "/v1/mistake")->status, 500);
}

TEST(Server, RefusesOtherSites) {
  TestServer test([](Server& server) {
    add_echo(server);
    server.know_as({"campaign.example", "127.0.0.1:1"});
  });
  Client client = test.client();
  const Header host{"Host", "campaign.example"};
  EXPECT_EQ(client.request("GET", "/v1/echo/a")->status, 421);
  EXPECT_EQ(client.request("GET", "/v1/echo/a", {host})->status, 200);
  EXPECT_EQ(client.request("GET", "/v1/echo/a", {{"Host", "Campaign.Example"}})->status, 200);
  const Header same{"Origin", "https://campaign.example"};
  const Header other{"Origin", "https://evil.example"};
  EXPECT_EQ(client.request("POST", "/v1/echo/a", {host, same}, "x")->status, 200);
  EXPECT_EQ(client.request("POST", "/v1/echo/a", {host, other}, "x")->status, 403);
  EXPECT_EQ(client.request("POST", "/v1/echo/a", {host, {"Origin", "null"}}, "x")->status, 403);
  EXPECT_EQ(client.request("GET", "/v1/echo/a", {host, other})->status, 200);
}

TEST(Server, SendsAFileAndAPage) {
  static constexpr Asset kPage[] = {{"/index.html", "text/html", "<html>", "\"e1\"", false}};
  TestServer test([](Server& server) {
    server.add({.method = "GET", .pattern = "/v1/file", .handle = [](const Request&) {
                  Response response = text("");
                  response.file = "/proc/self/exe";
                  return response;
                }});
    server.add({.method = "GET", .pattern = "/v1/gone", .handle = [](const Request&) {
                  Response response = text("");
                  response.file = "/nowhere/at/all";
                  return response;
                }});
    server.serve_assets(kPage);
  });
  Client client = test.client();
  const auto file = client.request("GET", "/v1/file");
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(file->body.size(), std::filesystem::file_size("/proc/self/exe"));
  EXPECT_EQ(client.request("HEAD", "/v1/file")->header("Content-Length"),
            std::to_string(file->body.size()));
  EXPECT_EQ(client.request("GET", "/v1/gone")->status, 503);
  EXPECT_EQ(client.request("GET", "/some/page", {{"Accept", "text/html"}})->body, "<html>");
  EXPECT_EQ(client.request("GET", "/v1/page", {{"Accept", "text/html"}})->status, 404);
  EXPECT_EQ(client.request("GET", "/", {{"If-None-Match", "\"e1\""}})->status, 304);
  EXPECT_EQ(client.request("GET", "/", {})->body, "<html>");
}

TEST(Server, LimitsConnections) {
  TestServer test(add_echo, [](Server::Options& options) { options.connections_max = 1; });
  Client first = test.client();
  EXPECT_EQ(first.request("GET", "/v1/echo/a")->status, 200);
  EXPECT_EQ(test.client().request("GET", "/v1/echo/a")->status, 503);
  first.disconnect();
  EXPECT_TRUE(
      eventually([&] { return test.client().request("GET", "/v1/echo/a")->status == 200; }));
}

TEST(Server, StopLetsWhatRunsFinish) {
  std::latch running(1);
  std::latch go(1);
  TestServer test([&](Server& server) {
    server.add({.method = "GET", .pattern = "/v1/wait", .handle = [&](const Request&) {
                  running.count_down();
                  go.wait();
                  return text("done");
                }});
  });
  Client idle = test.client();
  EXPECT_EQ(idle.request("GET", "/v1/nothing")->status, 404);
  const RawSocket socket(test.port());
  socket.send("GET /v1/wait HTTP/1.1\r\nHost: x\r\n\r\n");
  running.wait();
  std::thread stopper([&] { test.server().stop(); });
  EXPECT_TRUE(eventually([&] { return !idle.request("GET", "/v1/nothing"); }));
  go.count_down();
  EXPECT_THAT(socket.receive(), HasSubstr("Connection: close"));
  stopper.join();
}

TEST(Server, StopClosesWhatNeverEnds) {
  TestServer test(add_echo, [](Server::Options& options) { options.stop_max = milliseconds(30); });
  const RawSocket socket(test.port());
  socket.send("POST /v1/echo/a HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
  ASSERT_TRUE(eventually([&] { return test.metrics().contains("connections 1\n"); }));
  test.server().stop();
  EXPECT_THAT(socket.receive(), Not(HasSubstr("200")));
}

TEST(Server, SaysWhyItCannotListen) {
  TestServer first(add_echo);
  Log log = Log::to_nowhere();
  const auto why = [&](const std::string& address, std::uint16_t port) {
    Metrics metrics;
    Server server({.address = address, .port = port}, metrics, log);
    const Status started = server.start();
    return started ? "it listens" : started.error().sentence;
  };
  EXPECT_EQ(why("127.0.0.1", first.port()),
            "127.0.0.1:" + std::to_string(first.port()) +
                " is in use by another program. Stop that program, or choose another port (0 takes "
                "any free one).");
  EXPECT_THAT(why("192.0.2.1", 0), HasSubstr("this machine has no such address"));
  EXPECT_THAT(why("example", 0), HasSubstr("must be an IP address"));
  EXPECT_EQ(why("localhost", 0), "it listens");
}

TEST(Server, KnowsItsPortBeforeItAnswers) {
  Log log = Log::to_nowhere();
  Metrics metrics;
  Server server({}, metrics, log);
  add_echo(server);
  ASSERT_TRUE(server.listen());
  server.know_as({"localhost:" + std::to_string(server.port())});
  const RawSocket early(server.port());
  early.send("GET /v1/echo/a HTTP/1.1\r\nHost: localhost:" + std::to_string(server.port()) +
             "\r\nConnection: close\r\n\r\n");
  ASSERT_TRUE(server.start());
  EXPECT_THAT(early.receive(), HasSubstr("200 OK"));
  EXPECT_EQ(Client({.port = server.port()}).request("GET", "/v1/echo/a")->status, 421);
  Server never_started({}, metrics, log);
  EXPECT_TRUE(never_started.listen());
}

TEST(Client, SaysWhenNobodyAnswers) {
  std::uint16_t port = 0;
  {
    TestServer test(add_echo);
    port = test.port();
  }
  const auto response = Client({.port = port}).request("GET", "/");
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, ErrorCode::unavailable);
  EXPECT_THAT(response.error().sentence, HasSubstr("does not answer"));
}

}  // namespace
}  // namespace hustings::net
