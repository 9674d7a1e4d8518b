#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/assets.h"
#include "net/forwarded.h"
#include "net/hub.h"
#include "net/message.h"
#include "net/metrics.h"
#include "net/router.h"
#include "net/url.h"

namespace hustings::net {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(Forwarded, OnlyATrustedProxyCanSayWhoAsks) {
  const std::vector<std::string> proxies = {"127.0.0.1", "10.0.0.2", "::1"};
  EXPECT_EQ(client_address("198.51.100.9", "203.0.113.7", proxies), "198.51.100.9");
  EXPECT_EQ(client_address("127.0.0.1", "203.0.113.7", {}), "127.0.0.1");
  EXPECT_EQ(client_address("127.0.0.1", "203.0.113.7", proxies), "203.0.113.7");
  EXPECT_EQ(client_address("127.0.0.1", "203.0.113.7, 10.0.0.2", proxies), "203.0.113.7");
  EXPECT_EQ(client_address("127.0.0.1", "1.2.3.4, 203.0.113.7", proxies), "203.0.113.7")
      << "what stands before it the client wrote itself";
  EXPECT_EQ(client_address("::1", "[2001:db8::7]:4711", proxies), "2001:db8::7");
  EXPECT_EQ(client_address("127.0.0.1", "203.0.113.7:50123", proxies), "203.0.113.7");
  EXPECT_EQ(client_address("127.0.0.1", "", proxies), "127.0.0.1");
  EXPECT_EQ(client_address("127.0.0.1", "1.2.3.4, unknown", proxies), "127.0.0.1");
  EXPECT_EQ(client_address("127.0.0.1", "10.0.0.2", proxies), "10.0.0.2");
}

TEST(Url, DecodesAndRefuses) {
  EXPECT_EQ(percent_decode("a%20b%2Fc+d", false), "a b/c+d");
  EXPECT_EQ(percent_decode("a+b", true), "a b");
  EXPECT_EQ(percent_decode("%", false), std::nullopt);
  EXPECT_EQ(percent_decode("%4", false), std::nullopt);
  EXPECT_EQ(percent_decode("%zz", false), std::nullopt);
  EXPECT_EQ(percent_decode("%00", false), std::nullopt);
  EXPECT_EQ(percent_decode("%ff", false), std::nullopt);
  EXPECT_EQ(percent_encode("a b/ü"), "a%20b%2F%C3%BC");
}

TEST(Url, ReadsAQuery) {
  EXPECT_THAT(*parse_query("query=a%20b&limit=5&empty"),
              ElementsAre(Pair("query", "a b"), Pair("limit", "5"), Pair("empty", "")));
  EXPECT_THAT(*parse_query(""), IsEmpty());
  EXPECT_EQ(parse_query("a=%"), std::nullopt);
  std::string many;
  for (int i = 0; i < 65; ++i)
    many += "a=1&";
  EXPECT_EQ(parse_query(many), std::nullopt);
}

TEST(Router, PrefersWhatIsSpelledOut) {
  Router router;
  router.add("GET", "/v1/segments/{id}", 0);
  router.add("POST", "/v1/segments/count", 1);
  router.add("GET", "/v1/segments/count", 2);
  router.add("GET", "/v1/segments/{id}/{part}", 3);
  EXPECT_EQ(router.match("GET", "/v1/segments/count").index, 2);
  EXPECT_EQ(router.match("POST", "/v1/segments/count").index, 1);
  EXPECT_EQ(router.match("HEAD", "/v1/segments/seg_1").index, 0);
  const auto match = router.match("GET", "/v1/segments/a%20b/c");
  EXPECT_EQ(match.index, 3);
  EXPECT_THAT(match.params, ElementsAre(Pair("id", "a b"), Pair("part", "c")));
}

TEST(Router, NamesTheMethodsOfAPath) {
  Router router;
  router.add("GET", "/v1/lists", 0);
  router.add("POST", "/v1/lists", 1);
  const auto match = router.match("DELETE", "/v1/lists");
  EXPECT_EQ(match.index, std::nullopt);
  EXPECT_THAT(match.allowed, ElementsAre("GET", "HEAD", "POST"));
  EXPECT_THAT(router.match("GET", "/v1/lists/").allowed, IsEmpty());
  EXPECT_THAT(router.match("GET", "/").allowed, IsEmpty());
  EXPECT_TRUE(router.match("GET", "/v1/%").is_malformed);
}

TEST(Router, AnEmptyPartIsNotCaptured) {
  Router router;
  router.add("GET", "/v1/lists/{id}", 0);
  EXPECT_EQ(router.match("GET", "/v1/lists/").index, std::nullopt);
}

TEST(Message, FindsCookiesAndHeaders) {
  Request request;
  request.headers = {{"cookie", "a=1; hustings_session=abc=; b=2"}, {"accept", "x"}};
  EXPECT_EQ(request.cookie("hustings_session"), "abc=");
  EXPECT_EQ(request.cookie("session"), "");
  EXPECT_EQ(request.header("accept"), "x");
  EXPECT_EQ(request.header("nothing"), "");
}

TEST(Message, AProblemIsJson) {
  const Response response = problem_response({.status = 422,
                                              .title = "Invalid input",
                                              .code = "invalid",
                                              .detail = "Not \"that\"\n.",
                                              .where = "voters[0].name"});
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(response.body,
            R"({"type":"about:blank","title":"Invalid input","status":422,"code":"invalid",)"
            R"("detail":"Not \"that\"\n.","where":"voters[0].name"})");
}

TEST(Metrics, WritesPrometheusText) {
  Metrics metrics;
  metrics.counter("b_total", "Bees.", {{"route", "/v1/\"x\""}}).add(3);
  metrics.gauge("a", "Ays.").set(-2);
  metrics.gauge_of("c", "Cees.", [] { return 1.5; });
  auto& seconds = metrics.histogram("d_seconds", "Dees.");
  seconds.add(0.0004);
  seconds.add(0.3);
  seconds.add(100);
  const std::string text = metrics.text();
  EXPECT_THAT(text, HasSubstr("# HELP a Ays.\n# TYPE a gauge\na -2\n# HELP b_total"));
  EXPECT_THAT(text, HasSubstr("b_total{route=\"/v1/\\\"x\\\"\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("\nc 1.5\n"));
  EXPECT_THAT(text, HasSubstr("d_seconds_bucket{le=\"0.0005\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("d_seconds_bucket{le=\"0.5\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("d_seconds_bucket{le=\"+Inf\"} 3\nd_seconds_sum 100.3004\n"));
  EXPECT_EQ(&metrics.gauge("a", "Ays."), &metrics.gauge("a", "Ays."));
}

constexpr Asset kAssets[] = {
    {"/index.html", "text/html; charset=utf-8", "<html>", "\"e1\"", false},
    {"/app-1.js", "text/javascript; charset=utf-8", "run()", "\"e2\"", true},
};

Request get(const std::string& path, const std::string& accept = "*/*") {
  Request request;
  request.method = "GET";
  request.path = path;
  request.headers = {{"accept", accept}};
  return request;
}

TEST(Assets, AnswersFilesPagesAndNothingElse) {
  const auto script = answer_asset(kAssets, get("/app-1.js"));
  ASSERT_TRUE(script);
  EXPECT_EQ(script->body, "run()");
  EXPECT_THAT(script->header("cache-control"), HasSubstr("immutable"));
  EXPECT_EQ(answer_asset(kAssets, get("/"))->body, "<html>");
  EXPECT_EQ(answer_asset(kAssets, get("/voters/vtr_1", "text/html,*/*"))->body, "<html>");
  EXPECT_FALSE(answer_asset(kAssets, get("/voters/vtr_1", "application/json")));
  EXPECT_FALSE(answer_asset(kAssets, get("/missing.js", "text/html")));
  Request post = get("/", "text/html");
  post.method = "POST";
  EXPECT_FALSE(answer_asset(kAssets, post));
}

TEST(Assets, NotModified) {
  Request request = get("/app-1.js");
  request.headers.emplace_back("if-none-match", "\"x\", W/\"e2\"");
  const auto response = answer_asset(kAssets, request);
  EXPECT_EQ(response->status, 304);
  EXPECT_EQ(response->body, "");
  EXPECT_EQ(response->header("ETag"), "\"e2\"");
}

TEST(Hub, NewerReplacesOlderOfTheSameTopic) {
  Hub hub;
  int woken = 0;
  const auto subscription = hub.subscribe({"home", "phonebank:1", "home"}, [&] { ++woken; });
  EXPECT_THAT(hub.topics(), ElementsAre("home", "phonebank:1"));
  hub.publish("home", "1");
  hub.publish("phonebank:1", "2");
  hub.publish("home", "3");
  hub.publish("other", "4");
  EXPECT_EQ(woken, 3);
  EXPECT_EQ(*subscription->pop(), R"({"topic":"home","data":3})");
  EXPECT_EQ(*subscription->pop(), R"({"topic":"phonebank:1","data":2})");
  EXPECT_EQ(subscription->pop(), nullptr);
}

TEST(Hub, SendsASnapshotUnlessSomethingNewerCame) {
  Hub hub;
  hub.on_subscribe([&](const std::string& topic) -> std::optional<std::string> {
    if (topic == "a") return "1";
    if (topic == "b") hub.publish("b", "2");  // as if published meanwhile
    if (topic == "b") return "0";
    return std::nullopt;
  });
  const auto subscription = hub.subscribe({"a", "b", "c"}, [] {});
  EXPECT_EQ(*subscription->pop(), R"({"topic":"a","data":1})");
  EXPECT_EQ(*subscription->pop(), R"({"topic":"b","data":2})");
  EXPECT_EQ(subscription->pop(), nullptr);
}

TEST(Hub, ForgetsWhoLeaves) {
  Hub hub({.connections_max = 1});
  auto one = hub.subscribe({"home"}, [] {});
  EXPECT_EQ(hub.subscribe({"home"}, [] {}), nullptr);
  one.reset();
  EXPECT_THAT(hub.topics(), IsEmpty());
  EXPECT_EQ(hub.connections(), 0U);
  EXPECT_NE(hub.subscribe({"home"}, [] {}), nullptr);
}

}  // namespace
}  // namespace hustings::net
