#include "campaign/calling_choice.h"

#include <gtest/gtest.h>

#include "pg/testing/database.h"

namespace hustings::campaign {
namespace {

class CallingChoiceTest : public ::testing::Test {
 protected:
  void choose_country(const std::string& country, std::optional<Instant> at) {
    pg::Transaction transaction(*connection_);
    choose(transaction,
           {.country = country, .state_hours = false, .chosen_by = "person:1", .chosen_at = at});
    transaction.commit();
  }

  pg::testing::Database database_;
  std::unique_ptr<pg::Connection> connection_ = database_.connect();
};

TEST_F(CallingChoiceTest, NobodyHasChosen) {
  const CallingChoice choice = calling_choice(*connection_);
  EXPECT_EQ(choice.country, "");
  EXPECT_TRUE(choice.state_hours);
  EXPECT_FALSE(choice.chosen_at.has_value());
  EXPECT_EQ(home_country(*connection_), "US");
}

TEST_F(CallingChoiceTest, TheNewestChoiceStands) {
  const Instant at = from_iso("2026-10-20T16:00:00Z").value();
  choose_country("uk", at);
  EXPECT_EQ(home_country(*connection_), "GB") << "ISO 3166 calls it so";
  EXPECT_EQ(calling_choice(*connection_).chosen_at, at);
  choose_country("de", std::nullopt);
  const CallingChoice choice = calling_choice(*connection_);
  EXPECT_EQ(choice.country, "de");
  EXPECT_FALSE(choice.state_hours);
  EXPECT_EQ(choice.chosen_by, "person:1");
  EXPECT_GT(choice.chosen_at, at) << "by the database's clock";
  EXPECT_EQ(home_country(*connection_), "DE");
}

}  // namespace
}  // namespace hustings::campaign
