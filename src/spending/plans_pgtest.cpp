#include "spending/plans.h"

#include <thread>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "feed/feed.h"
#include "pg/testing/database.h"
#include "spending/booking.h"
#include "spending/ledger.h"
#include "spending/testing/small_campaign.h"

namespace hustings::spending {
namespace {

namespace json = boost::json;
namespace t = spending::testing;

class PlansTest : public ::testing::Test {
 protected:
  json::object document(PlanId id) {
    return json::parse(plans_.get(id).value().document).as_object();
  }
  std::int64_t booked_under(std::string_view limit) {
    for (const SpendLimit& one : inputs_.load().limits)
      if (one.name == limit) return one.booked_cents;
    return -1;
  }
  static std::int64_t sum_of(const std::vector<PlanLine>& lines) {
    std::int64_t sum = 0;
    for (const PlanLine& line : lines)
      sum += line.cents;
    return sum;
  }

  pg::testing::Database database_;
  ManualClock clock_{t::kToday};
  Log log_ = Log::to_nowhere();
  Inputs inputs_{database_.pool(), clock_, log_};
  Ledger ledger_{database_.pool(), clock_, log_};
  Plans plans_{database_.pool(), clock_, log_};
};

TEST_F(PlansTest, PlansWhatIsStoredAndKeepsIt) {
  t::make_campaign(inputs_);
  const auto id = plans_.plan_now();
  ASSERT_TRUE(id) << plans_.state().problem.value_or("");
  EXPECT_FALSE(plans_.plan_now());  // nothing has changed
  const auto plan = plans_.get(*id);
  ASSERT_TRUE(plan);
  const auto lines = plans_.lines(*id, 0, 1000);
  EXPECT_EQ(sum_of(lines), plan->planned_cents);
  EXPECT_EQ(plan->lines, std::ssize(lines));
  EXPECT_GT(plan->planned_cents, 0);
  EXPECT_LE(plan->planned_cents, 1'000'000'00);
  std::int64_t television = 0;
  std::int64_t bay = 0;
  for (const PlanLine& line : lines) {
    EXPECT_GE(line.week, 4);  // 2026-10-05 lies in week 4: earlier ones are over
    if (line.channel == "tv") television += line.cents;
    if (line.market == "m4") bay += line.cents;
  }
  EXPECT_LE(television, 400'000'00);
  EXPECT_GE(bay, 10'000'00);
  const json::object told = document(*id);
  EXPECT_GE(told.at("gap").as_double(), 0);
  EXPECT_GT(told.at("gain").as_double(), 0);
  EXPECT_EQ(told.at("contests").as_array().size(), 3U);
  EXPECT_FALSE(told.at("next").as_array().empty());
  EXPECT_FALSE(told.at("sentences").as_array().empty());
  EXPECT_EQ(plans_.page(std::nullopt, 10).size(), 1U);
  EXPECT_EQ(plans_.get(PlanId(99)).error().code, ErrorCode::not_found);
  const auto connection = database_.connect();
  const auto entries = feed::history(*connection, feed::subject_of("plan", *id), 10);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].kind, ChangeKind::plan_made);
}

TEST_F(PlansTest, SaysWhyThereIsNoPlan) {
  t::make_places(inputs_);
  EXPECT_FALSE(plans_.plan_now());
  ASSERT_TRUE(plans_.state().problem);
  EXPECT_NE(plans_.state().problem->find("Cedar"), std::string::npos);
  t::take(inputs_, SheetKind::polls, t::kPolls);
  EXPECT_TRUE(plans_.plan_now());
  EXPECT_FALSE(plans_.state().problem);
  t::take(inputs_, SheetKind::limits,
          "limit,market,floor\none,m1,\"600,000\"\ntwo,m2,\"600,000\"\n");
  EXPECT_FALSE(plans_.plan_now());
  EXPECT_NE(plans_.state().problem->find("one"), std::string::npos);  // names those that clash
}

TEST_F(PlansTest, ApprovedLinesAreCommitmentsAndThePlanStaysGood) {
  t::make_campaign(inputs_);
  const PlanId id = plans_.plan_now().value();
  const auto lines = plans_.lines(id, 0, 1000);
  ASSERT_GE(lines.size(), 4U);
  const auto one = plans_.decide({.plan = id, .lines = {1, 2}, .actor = "person:2"});
  ASSERT_TRUE(one) << one.error().text();
  EXPECT_EQ(one->cents, lines[0].cents + lines[1].cents);
  EXPECT_EQ(inputs_.settings().booked_cents, one->cents);
  EXPECT_EQ(plans_.decide({.plan = id, .lines = {2, 3}, .actor = "person:2"}).error().code,
            ErrorCode::conflict);
  EXPECT_EQ(plans_.decide({.plan = id, .lines = {3}, .approve = false, .actor = "person:2"})->lines,
            1);
  const auto rest = plans_.decide({.plan = id, .lines = {}, .actor = "person:2"});
  ASSERT_TRUE(rest) << rest.error().text();
  EXPECT_EQ(rest->lines, std::ssize(lines) - 3);
  const auto after = plans_.lines(id, 0, 1000);
  EXPECT_EQ(after[0].state, "approved");
  EXPECT_EQ(after[0].decided_by, "person:2");
  EXPECT_EQ(after[2].state, "rejected");
  const auto made = ledger_.get(*after[0].commitment);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->plan, id);
  EXPECT_EQ(made->committed_cents, after[0].cents);
  EXPECT_EQ(made->market, after[0].market);
  EXPECT_EQ(ledger_.entries(made->id).size(), 1U);
  EXPECT_EQ(inputs_.settings().booked_cents, sum_of(lines) - lines[2].cents);
  std::int64_t television = 0;
  for (const PlanLine& line : after)
    if (line.channel == "tv" && line.state == "approved") television += line.cents;
  EXPECT_EQ(booked_under("television"), television);
  const auto plan = plans_.get(id);
  EXPECT_EQ(plan->approved_lines, plan->lines - 1);
  EXPECT_EQ(plan->rejected_lines, 1);
  EXPECT_FALSE(plans_.plan_now());  // what the plan itself booked does not make it old
}

TEST_F(PlansTest, APlanOlderThanItsInputsIsRefused) {
  t::make_campaign(inputs_);
  const PlanId old = plans_.plan_now().value();
  t::take(inputs_, SheetKind::polls,
          "contest,pollster,end_day,people,ours,theirs\nBirch,Two,2026-10-04,2000,44,52\n");
  const auto late = plans_.decide({.plan = old, .lines = {1}, .actor = "person:2"});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::conflict);
  EXPECT_NE(late.error().sentence.find("older than its inputs"), std::string::npos);
  EXPECT_EQ(inputs_.settings().booked_cents, 0);
  const PlanId newer =
      plans_.plan_now({{"spending_inputs_changed", "spending:polls", R"({"rows":1})"}}).value();
  const json::object changes = document(newer).at("changes").as_object();
  EXPECT_EQ(changes.at("why").as_array()[0].at("subject").as_string(), "spending:polls");
  EXPECT_EQ(changes.at("shares").as_array()[0].at("contest").as_string(), "Birch");
  EXPECT_FALSE(changes.at("money").as_array().empty());
  const auto moved = plans_.difference(old, newer);
  ASSERT_TRUE(moved);
  EXPECT_FALSE(moved->empty());
  EXPECT_FALSE(plans_.difference(old, PlanId(99)));
  EXPECT_TRUE(plans_.decide({.plan = newer, .lines = {1}, .actor = "person:2"}));
}

TEST_F(PlansTest, BookedMoneyIsAFloorOfTheNextPlan) {
  t::make_campaign(inputs_);
  ASSERT_TRUE(ledger_.commit({.market = "m3",
                              .channel = "tv",
                              .week = 5,
                              .cents = 123'456'78,
                              .day = "2026-10-05",
                              .key = key_of("x"),
                              .actor = "person:1"}));
  const PlanId id = plans_.plan_now().value();
  const auto plan = plans_.get(id);
  EXPECT_EQ(plan->booked_cents, 123'456'78);
  EXPECT_LE(plan->booked_cents + plan->planned_cents, 1'000'000'00);
  std::int64_t television = 123'456'78;
  for (const PlanLine& line : plans_.lines(id, 0, 1000))
    if (line.channel == "tv") television += line.cents;
  EXPECT_LE(television, 400'000'00);
}

TEST_F(PlansTest, TriesOutWithoutKeeping) {
  t::make_campaign(inputs_);
  const json::value as_is = json::parse(plans_.try_out({}).value());
  const json::value half =
      json::parse(plans_.try_out({.budget_cents = 500'000'00, .swing = 0, .effects = {}}).value());
  EXPECT_LT(half.at("gain").as_double(), as_is.at("gain").as_double());
  EXPECT_LE(half.at("planned_cents").as_int64(), 500'000'00);
  const json::value swung = json::parse(plans_.try_out({.swing = 0.01, .effects = {}}).value());
  EXPECT_GT(swung.at("without").as_double(), as_is.at("without").as_double());
  const json::value dead =
      json::parse(plans_.try_out({.swing = 0, .effects = {{"tv", 0.0}, {"field", 0.0}}}).value());
  EXPECT_NEAR(dead.at("gain").as_double(), 0, 1e-12);
  const json::value held =
      json::parse(plans_.try_out({.swing = 0, .effects = {}, .explore_share = 0.3}).value());
  EXPECT_FALSE(held.at("held_out").as_array().empty());
  EXPECT_TRUE(plans_.page(std::nullopt, 10).empty());
  const auto nothing = plans_.try_out({.budget_cents = 5'000'00, .swing = 0, .effects = {}});
  ASSERT_FALSE(nothing);  // a floor of 10,000 cannot be kept
  EXPECT_EQ(nothing.error().where, "Cedar Bay");
}

TEST_F(PlansTest, FollowsTheFeed) {
  t::make_campaign(inputs_);
  plans_.start();
  const auto wait_for = [&](std::int64_t inputs) {
    for (int i = 0; i < 600; ++i) {
      if (plans_.state().tried_inputs >= inputs) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
  };
  t::take(inputs_, SheetKind::polls,
          "contest,pollster,end_day,people,ours,theirs\nAsh,Three,2026-10-04,2000,44,52\n");
  const std::int64_t inputs = inputs_.settings().inputs;
  ASSERT_TRUE(wait_for(inputs));
  ASSERT_TRUE(plans_.state().newest);
  ASSERT_TRUE(ledger_.commit({.market = "m1",
                              .channel = "tv",
                              .week = 5,
                              .cents = 5'000'00,
                              .day = "2026-10-05",
                              .key = key_of("y"),
                              .actor = "person:1"}));
  ASSERT_TRUE(wait_for(inputs + 1));
  EXPECT_EQ(plans_.get(*plans_.state().newest)->booked_cents, 5'000'00);
}

}  // namespace
}  // namespace hustings::spending
