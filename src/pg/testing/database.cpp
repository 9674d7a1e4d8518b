#include "pg/testing/database.h"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <unistd.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/log.h"
#include "pg/embedded_server.h"
#include "pg/migrations.h"

namespace hustings::pg::testing {
namespace {

/// The one server of this test program: started by the first test that needs it, stopped at exit.
class Server : public ::testing::Environment {
 public:
  void SetUp() override {
    if (const char* url = std::getenv("HUSTINGS_TEST_DATABASE_URL")) {
      url_ = url;
      return;
    }
    // A name of its own: a process number comes again, and a killed run leaves its folder.
    std::string name = std::filesystem::temp_directory_path() / "hustings-test-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw Failure("No folder can be made at " + name + ".");
    folder_ = name;
    // Run by root, PostgreSQL is another user, who must get in.
    std::filesystem::permissions(folder_, std::filesystem::perms(0711));
    auto server =
        EmbeddedServer::start({.data_dir = folder_, .bin_dir = {}, .durable = false}, log_);
    if (!server) throw Failure(server.error().text());
    server_ = std::move(*server);
    url_ = server_->url();
  }
  void TearDown() override {
    server_.reset();
    std::error_code error;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, error);
  }
  const std::string& url() const { return url_; }

 private:
  Log log_ = Log::to_nowhere();
  std::filesystem::path folder_;
  std::string url_;
  std::unique_ptr<EmbeddedServer> server_;
};

Server& server() {
  static Server* const kInstance = [] {
    auto* made = new Server;  // GoogleTest takes ownership
    ::testing::AddGlobalTestEnvironment(made);
    return made;
  }();
  return *kInstance;
}

}  // namespace

Database::Database(bool migrated) {
  static std::atomic<int> number = 0;
  schema_ = fmt::format("t{}_{}", getpid(), ++number);
  const auto connection = connect();
  connection->run_text("create schema " + connection->quoted(schema_), "test_schema");
  if (!migrated) return;
  const auto applied = migrate(*connection);
  if (!applied) throw Failure(applied.error().text());
}

Database::~Database() {
  pool_.reset();
  try {
    const auto connection = connect();
    connection->run_text("drop schema " + connection->quoted(schema_) + " cascade", "test_schema");
  } catch (const Failure& failure) {
    ADD_FAILURE() << failure.what();
  }
}

ConnectOptions Database::options() const {
  return {.url = server().url(), .schema = schema_, .application = "hustings-test"};
}

std::unique_ptr<Connection> Database::connect() const {
  return std::make_unique<Connection>(options());
}

Pool& Database::pool() {
  constexpr std::size_t kConnectionsMax = 32;
  if (pool_ == nullptr) pool_ = std::make_unique<Pool>(options(), kConnectionsMax);
  return *pool_;
}

}  // namespace hustings::pg::testing

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  hustings::pg::testing::server();
  return RUN_ALL_TESTS();
}
