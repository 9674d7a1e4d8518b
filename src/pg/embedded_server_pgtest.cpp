#include "pg/embedded_server.h"

#include <csignal>
#include <fstream>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pg/testing/database.h"

namespace hustings::pg {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class EmbeddedServerTest : public ::testing::Test {
 protected:
  EmbeddedServerTest()
      : folder_(fs::temp_directory_path() / fmt::format("hustings-embedded-{}", getpid())) {
    fs::remove_all(folder_);
  }
  ~EmbeddedServerTest() override {
    std::error_code error;
    fs::remove_all(folder_, error);
  }
  Result<std::unique_ptr<EmbeddedServer>> start(bool durable = false) {
    return EmbeddedServer::start({.data_dir = folder_, .bin_dir = {}, .durable = durable}, log_);
  }
  static std::int64_t count(const EmbeddedServer& server) {
    Connection connection({.url = server.url(), .schema = "public"});
    return connection.run_text("select count(*) from t", "count").only().get<std::int64_t>(0);
  }
  static void fill(const EmbeddedServer& server) {
    Connection connection({.url = server.url(), .schema = "public"});
    connection.run_text("create table t (a int); insert into t values (1), (2)", "fill");
  }

  fs::path folder_;
  Log log_ = Log::to_nowhere();
};

TEST_F(EmbeddedServerTest, KeepsDataOverAStopAndListensOnNoPort) {
  {
    const auto server = start();
    ASSERT_TRUE(server) << server.error().text();
    fill(**server);
    Connection connection({.url = (*server)->url(), .schema = "public"});
    EXPECT_EQ(connection.run_text("show listen_addresses", "show").only().get<std::string>(0), "");
  }
  EXPECT_FALSE(fs::exists(folder_ / "postgres" / "postmaster.pid")) << "stopped in order";
  const auto again = start();
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(count(**again), 2);
}

TEST_F(EmbeddedServerTest, ComesBackAfterItsServerWasKilled) {
  const auto server = start(true);
  ASSERT_TRUE(server) << server.error().text();
  fill(**server);
  kill((*server)->pid(), SIGKILL);
  while ((*server)->is_running())
    std::this_thread::yield();
  const Status restarted = (*server)->restart();
  ASSERT_TRUE(restarted) << restarted.error().text();
  EXPECT_EQ(count(**server), 2);
}

TEST_F(EmbeddedServerTest, ClearsStaleLockFilesThatNameAnotherLivingProcess) {
  {
    const auto server = start();
    ASSERT_TRUE(server) << server.error().text();
    fill(**server);
  }
  // As after a crash of the machine, when the number has since been given to someone else: to us.
  std::ofstream(folder_ / "postgres" / "postmaster.pid") << getppid() << "\n"
                                                         << (folder_ / "postgres").string() << "\n";
  std::ofstream(folder_ / "run" / ".s.PGSQL.5432.lock") << getppid() << "\n";
  const auto again = start();
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(count(**again), 2);
}

TEST_F(EmbeddedServerTest, OneHustingsAFolder) {
  const auto server = start();
  ASSERT_TRUE(server) << server.error().text();
  const auto second = start();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  EXPECT_THAT(second.error().sentence, HasSubstr("Another Hustings is using"));
}

TEST_F(EmbeddedServerTest, RefusesAnotherMajorVersion) {
  {
    ASSERT_TRUE(start());
  }
  std::ofstream(folder_ / "postgres" / "PG_VERSION") << "9\n";
  const auto server = start();
  ASSERT_FALSE(server);
  EXPECT_THAT(server.error().sentence, HasSubstr("was made by PostgreSQL 9"));
  EXPECT_THAT(server.error().sentence, HasSubstr("postgresql-9"));
}

TEST_F(EmbeddedServerTest, AFileInPlaceOfTheFolder) {
  std::ofstream(folder_) << "not a folder";
  const auto server = start();
  ASSERT_FALSE(server);
  EXPECT_THAT(server.error().sentence, HasSubstr("cannot be made"));
}

TEST_F(EmbeddedServerTest, NoPostgresWhereTheConfigurationPoints) {
  const auto found = find_postgres("/nowhere");
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error().sentence, HasSubstr("no PostgreSQL 15 or newer in /nowhere"));
}

}  // namespace
}  // namespace hustings::pg
