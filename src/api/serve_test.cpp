#include <atomic>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/endpoints.h"
#include "model/ids.h"
#include "net/hub.h"
#include "net/live_client.h"
#include "net/testing/test_server.h"

namespace hustings::api {
namespace {

using ::testing::HasSubstr;

template <Permission Asked>
struct Echo {
  struct Input {
    std::string id;
    static Fields fields() { return {field("id", &Input::id, "Anything.")}; }
  };
  struct Output {
    std::string id;
    std::string actor;
    static Fields fields() {
      return {field("id", &Output::id, "The same."), field("actor", &Output::actor, "Who asks.")};
    }
  };
  static Spec spec() {
    static const std::string kPath = "/v1/" + std::string(to_string(Asked)) + "/{id}";
    return {.method = "GET",
            .path = kPath,
            .name = to_string(Asked),
            .summary = "Echoes.",
            .permission = Asked,
            .topic = to_string(Asked)};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return Output{.id = input.id, .actor = context.actor()};
  }
};

struct Write {
  using Input = Nothing;
  using Output = Nothing;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/write",
            .name = "write",
            .summary = "Writes.",
            .permission = Permission::registry_write,
            .status = 202};
  }
  static Result<Output> call(Context& context, const Input&) {
    context.set_session("new", std::chrono::seconds(60));
    return Nothing{};
  }
};

struct Rejects {
  using Input = Nothing;
  using Output = net::Response;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/rejects.csv",
            .name = "rejects",
            .summary = "A file.",
            .permission = Permission::registry_read,
            .produces = "text/csv"};
  }
  static Result<Output> call(Context&, const Input&) {
    return net::Response{.content_type = "text/csv", .body = "line,reason\n"};
  }
};

struct Upload {
  using Input = Nothing;
  struct Output {
    std::int64_t bytes = 0;
    static Fields fields() { return {field("bytes", &Output::bytes, "Its size.")}; }
  };
  static Spec spec() {
    return {.method = "PUT",
            .path = "/v1/uploads",
            .name = "upload",
            .summary = "A file.",
            .permission = Permission::registry_write,
            .upload = true};
  }
  static Status admit(Context& context) {
    if (context.actor() == "person:3" && !is_full) return {};
    return refuse(ErrorCode::over_limit, "Too many files.");
  }
  static Result<Output> call(Context& context, const Input&) {
    return Output{.bytes = context.upload().bytes};
  }
  static inline bool is_full = false;
};

/// The token is the role's name; its csrf text is "csrf".
Result<access::Identity> authenticate(std::string_view token) {
  const auto role = access::role_from(token);
  if (!role) return refuse(ErrorCode::unauthenticated, "Your session has ended. Sign in again.");
  access::Identity identity;
  identity.person = PersonId(3);
  identity.role = *role;
  identity.csrf = "csrf";
  return identity;
}

class Serve : public ::testing::Test {
 protected:
  Serve()
      : test_([this](net::Server& server) {
          registrar_.add<Echo<Permission::anybody>>();
          registrar_.add<Echo<Permission::registry_read>>();
          registrar_.add<Write>();
          registrar_.add<Rejects>();
          registrar_.add<Upload>();
          serve(registrar_, server, nullptr, authenticate);
          serve_live(registrar_, server, hub_, authenticate);
        }) {}

  net::Response get(const std::string& path, const std::string& role = "") {
    return ask("GET", path, role, "");
  }
  net::Response ask(const std::string& method, const std::string& path, const std::string& role,
                    const std::string& csrf) {
    std::vector<net::Header> headers;
    if (!role.empty()) headers.emplace_back("Cookie", "hustings_session=" + role);
    if (!csrf.empty()) headers.emplace_back("X-Hustings-CSRF", csrf);
    auto response = test_.client().request(method, path, headers);
    CHECK(response.has_value());
    return *std::move(response);
  }

  Registrar registrar_;
  net::Hub hub_;
  net::testing::TestServer test_;
};

TEST_F(Serve, AnybodyMayAskWhatIsPublic) {
  const auto response = get("/v1/anybody/a");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, R"({"id":"a","actor":"system"})");
}

TEST_F(Serve, TellsNobodyFromNotAllowed) {
  const auto nobody = get("/v1/registry_read/a");
  EXPECT_EQ(nobody.status, 401);
  EXPECT_THAT(nobody.body, HasSubstr("Sign in first."));
  EXPECT_EQ(get("/v1/registry_read/a", "rubbish").status, 401);
  const auto caller = get("/v1/registry_read/a", "caller");
  EXPECT_EQ(caller.status, 403);
  EXPECT_THAT(caller.body, HasSubstr("Your role does not allow this."));
  EXPECT_EQ(get("/v1/registry_read/a", "phonebank_lead").body, R"({"id":"a","actor":"person:3"})");
}

TEST_F(Serve, AWriteNeedsItsCsrfHeader) {
  EXPECT_EQ(ask("POST", "/v1/write", "data_director", "").status, 403);
  EXPECT_EQ(ask("POST", "/v1/write", "data_director", "other").status, 403);
  const auto done = ask("POST", "/v1/write", "data_director", "csrf");
  EXPECT_EQ(done.status, 202);
  EXPECT_EQ(done.header("Set-Cookie"),
            "hustings_session=new; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
  EXPECT_EQ(ask("POST", "/v1/write", "phonebank_lead", "csrf").status, 403);
}

TEST_F(Serve, AnswersThatAreNotJson) {
  const auto response = get("/v1/rejects.csv", "data_director");
  EXPECT_EQ(response.content_type, "text/csv");
  EXPECT_EQ(response.body, "line,reason\n");
  EXPECT_EQ(get("/v1/rejects.csv").status, 401);
}

TEST_F(Serve, AnUploadIsAskedForBeforeItsBody) {
  const std::vector<net::Header> headers = {{"Cookie", "hustings_session=data_director"},
                                            {"X-Hustings-CSRF", "csrf"}};
  net::Client client = test_.client();
  EXPECT_EQ(client.request("PUT", "/v1/uploads", headers, "12345")->body, R"({"bytes":5})");
  EXPECT_EQ(client.request("PUT", "/v1/uploads", {}, "12345")->status, 401);
  EXPECT_EQ(test_.files(), 1);
  Upload::is_full = true;
  EXPECT_EQ(test_.client().request("PUT", "/v1/uploads", headers, "12345")->status, 413);
  Upload::is_full = false;
  EXPECT_EQ(test_.files(), 1);
}

TEST_F(Serve, LiveTopicsAskThePermissionOfTheirEndpoint) {
  const auto connect = [&](const std::string& topics, const std::string& role) {
    const auto client =
        net::LiveClient::connect({.port = test_.port(),
                                  .target = "/v1/live?topics=" + topics,
                                  .headers = {{"Cookie", "hustings_session=" + role}}});
    return client ? "open" : client.error().where;
  };
  EXPECT_EQ(connect("registry_read:1,anybody:2", "data_director"), "open");
  EXPECT_EQ(connect("registry_read:1", "caller"), "403");
  EXPECT_EQ(connect("registry_read:1", "nobody"), "401");
  EXPECT_EQ(connect("registry_read", "data_director"), "404");
  EXPECT_EQ(connect("nothing:1", "data_director"), "404");
  EXPECT_EQ(connect("", "data_director"), "404");
}

TEST(ServeLive, WhoIsDisabledIsCutOff) {
  Registrar registrar;
  registrar.add<Echo<Permission::registry_read>>();
  net::Hub hub({.authorize_every = std::chrono::milliseconds(20)});
  std::atomic<bool> is_disabled = false;
  const net::testing::TestServer test([&](net::Server& server) {
    serve_live(registrar, server, hub, [&](std::string_view token) -> Result<access::Identity> {
      return authenticate(is_disabled ? "" : token);
    });
  });
  auto client =
      net::LiveClient::connect({.port = test.port(),
                                .target = "/v1/live?topics=registry_read:1",
                                .headers = {{"Cookie", "hustings_session=data_director"}}});
  ASSERT_TRUE(client);
  EXPECT_TRUE(client->next(std::chrono::milliseconds(100)));
  is_disabled = true;
  EXPECT_FALSE(client->next(std::chrono::milliseconds(5000)));
}

}  // namespace
}  // namespace hustings::api
