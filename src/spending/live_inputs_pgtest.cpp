#include "spending/live_inputs.h"

#include <map>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "pg/testing/database.h"
#include "spending/inputs.h"
#include "spending/plans.h"
#include "spending/testing/small_campaign.h"

namespace hustings::spending {
namespace {

namespace t = spending::testing;

/// Says what the test wants it to.
class ToldSource : public LiveSource {
 public:
  bool has(feed::Position /*position*/) const override { return true; }
  Result<LiveReading> read(const LiveInput& input) override {
    const auto found = told.find(input.name);
    if (found == told.end()) return invalid("Nobody has answered yet.");
    return found->second;
  }
  std::map<std::string, LiveReading> told;
};

constexpr std::string_view kLive =
    "name,kind,contest,channel,question,ours,theirs,segment,experiment,people,factor\n"
    "our calls,answers,Ash,,support,1 2,4+5,,,,\n"
    "Birch voters,segment,Birch,,,,,seg_0000000000000,,800,\n"
    "door test,experiment,,field,,,,,exp_0000000000000,,0.5\n";

class LiveInputsTest : public ::testing::Test {
 protected:
  void SetUp() override { t::make_campaign(inputs_); }
  /// The sheet with ids that are some.
  static std::string sheet() {
    std::string text(kLive);
    text.replace(text.find("seg_0000000000000"), 17, SegmentId(3).text());
    text.replace(text.find("exp_0000000000000"), 17, ExperimentId(4).text());
    return text;
  }

  pg::testing::Database database_;
  ManualClock clock_{t::kToday};
  Log log_ = Log::to_nowhere();
  Inputs inputs_{database_.pool(), clock_, log_};
  ToldSource source_;
  LiveInputs live_{database_.pool(), source_, clock_, log_};
  Plans plans_{database_.pool(), clock_, log_};
};

TEST_F(LiveInputsTest, readings_become_polls_votes_and_measures) {
  t::take(inputs_, SheetKind::live, sheet());
  const Stored before = inputs_.load();
  ASSERT_EQ(before.live.size(), 3U);
  EXPECT_EQ(before.polls.size(), 3U);
  source_.told["our calls"] = {.value = 0.55, .error = 0.02, .counts = 600};
  source_.told["Birch voters"] = {.value = 0.47, .error = 0.02, .counts = 800, .votes = 123'456};
  source_.told["door test"] = {.value = 0.02, .error = 0.001};
  EXPECT_EQ(live_.refresh(), 3);
  const Stored after = inputs_.load();
  ASSERT_EQ(after.polls.size(), 5U);
  EXPECT_EQ(after.contests[1].votes, 123'456);
  EXPECT_EQ(after.channels[0].response->measures, 1);
  EXPECT_GT(after.channels[0].response->effect, before.channels[0].response->effect);
  EXPECT_LT(after.channels[0].response->effect_error, before.channels[0].response->effect_error);
  EXPECT_GT(after.settings.inputs, before.settings.inputs);
  EXPECT_EQ(after.live[1].problem, std::nullopt);
}

TEST_F(LiveInputsTest, only_what_moves_makes_plans_old) {
  t::take(inputs_, SheetKind::live, sheet());
  source_.told["our calls"] = {.value = 0.5, .error = 0.02, .counts = 600};
  EXPECT_EQ(live_.refresh(), 1);
  const auto first = plans_.plan_now();
  ASSERT_TRUE(first);
  source_.told["our calls"] = {.value = 0.5004, .error = 0.02, .counts = 601};
  EXPECT_EQ(live_.refresh(), 0);
  EXPECT_EQ(plans_.state().inputs, plans_.state().tried_inputs);
  source_.told["our calls"].value = 0.56;
  EXPECT_EQ(live_.refresh(), 1);
  EXPECT_GT(plans_.state().inputs, plans_.state().tried_inputs);
  const auto refused = plans_.decide({.plan = *first, .actor = "person:1"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  const auto second = plans_.plan_now();
  ASSERT_TRUE(second);
  const std::string document = plans_.get(*second)->document;
  EXPECT_NE(document.find("our calls"), std::string::npos);
  EXPECT_NE(document.find("Nobody has answered yet."), std::string::npos);
  EXPECT_NE(document.find("newest_poll"), std::string::npos);
}

TEST_F(LiveInputsTest, small_steps_add_up) {
  t::take(inputs_, SheetKind::live, sheet());
  source_.told["our calls"] = {.value = 0.5, .error = 0.02, .counts = 600};
  EXPECT_EQ(live_.refresh(), 1);
  int moved = 0;
  for (int step = 1; step <= 100; ++step) {
    source_.told["our calls"].value = 0.5 + step * 0.0004;
    moved += live_.refresh();
  }
  // each third step of 0.0004 is more than 0.001 away from what was last taken
  EXPECT_EQ(moved, 33);
  EXPECT_NEAR(*inputs_.load().live[2].value, 0.54, 0.001);
}

TEST_F(LiveInputsTest, what_is_no_longer_read_no_longer_counts) {
  t::take(inputs_, SheetKind::live, sheet());
  source_.told["our calls"] = {.value = 0.55, .error = 0.02, .counts = 600};
  live_.refresh();
  ASSERT_EQ(inputs_.load().polls.size(), 4U);
  ASSERT_TRUE(inputs_.remove_live("our calls", "person:1"));
  EXPECT_EQ(inputs_.load().polls.size(), 3U);
  EXPECT_FALSE(inputs_.remove_live("our calls", "person:1"));
}

TEST_F(LiveInputsTest, sheets_are_refused_with_line_and_column) {
  const auto said = [&](std::string_view row) {
    const std::string text = "name,kind,contest,channel,question,ours,theirs,segment,experiment\n" +
                             std::string(row) + "\n";
    const auto done = inputs_.import({.kind = SheetKind::live, .text = text, .actor = "person:1"});
    return done ? std::string() : done.error().text();
  };
  EXPECT_NE(said("x,guess,Ash,,,,,,").find("line 2, column kind"), std::string::npos);
  EXPECT_NE(said("x,answers,Elm,,support,1,2,,").find("column contest"), std::string::npos);
  EXPECT_NE(said("x,answers,Ash,,support,yes,2,,").find("no choice"), std::string::npos);
  EXPECT_NE(said("x,answers,Ash,,support,1,,,").find("column theirs"), std::string::npos);
  EXPECT_NE(said("x,segment,Ash,,,,,segment7,").find("no segment"), std::string::npos);
  EXPECT_NE(said("x,experiment,,tv,,,,,").find("no experiment"), std::string::npos);
}

}  // namespace
}  // namespace hustings::spending
