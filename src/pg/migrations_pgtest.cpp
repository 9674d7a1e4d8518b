#include "pg/migrations.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pg/testing/database.h"

namespace hustings::pg {
namespace {

constexpr Migration kFirst{1, "0001_first", "create table a (x int)"};
constexpr Migration kSecond{2, "0002_second", "create table b (x int); insert into b values (1)"};
constexpr Migration kBroken{3, "0003_broken", "create table c (x int); select 1 / 0"};

TEST(Migrate, AppliesEachOnceAndInOrder) {
  const testing::Database database(false);
  const auto connection = database.connect();
  EXPECT_EQ(migrate(*connection, std::array{kFirst}).value(), 1);
  EXPECT_EQ(migrate(*connection, std::array{kFirst, kSecond}).value(), 1);
  EXPECT_EQ(migrate(*connection, std::array{kFirst, kSecond}).value(), 0);
  EXPECT_EQ(connection->run_text("select count(*) from b", "count").only().get<std::int64_t>(0), 1);
}

TEST(Migrate, RefusesWhatWasChangedAndWhatIsNewer) {
  const testing::Database database(false);
  const auto connection = database.connect();
  ASSERT_TRUE(migrate(*connection, std::array{kFirst, kSecond}));
  const auto newer = migrate(*connection, std::array{kFirst});
  ASSERT_FALSE(newer);
  EXPECT_THAT(newer.error().sentence, ::testing::HasSubstr("newer than this program"));
  const auto changed =
      migrate(*connection, std::array{kFirst, Migration{2, "0002_second", "select 1"}});
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, ErrorCode::conflict);
}

TEST(Migrate, ABrokenOneLeavesNothing) {
  const testing::Database database(false);
  const auto connection = database.connect();
  EXPECT_THROW((void)migrate(*connection, std::array{kFirst, kSecond, kBroken}), SqlFailure);
  EXPECT_EQ(connection->run_text("select to_regclass('c')::text", "there")
                .only()
                .get<std::optional<std::string>>(0),
            std::nullopt);
  EXPECT_EQ(
      connection->run_text("select count(*) from migration", "count").only().get<std::int64_t>(0),
      2);
}

TEST(Migrate, AllOfOursApplyFromEmpty) {
  const testing::Database database(false);
  const auto connection = database.connect();
  EXPECT_EQ(migrate(*connection).value(), static_cast<int>(all_migrations().size()));
}

}  // namespace
}  // namespace hustings::pg
