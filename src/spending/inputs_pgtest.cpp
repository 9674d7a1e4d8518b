#include <gtest/gtest.h>

#include "allocation/correlation.h"
#include "feed/feed.h"
#include "pg/testing/database.h"
#include "spending/correlations.h"
#include "spending/ledger.h"
#include "spending/planning.h"
#include "spending/poll_picture.h"
#include "spending/testing/small_campaign.h"

namespace hustings::spending {
namespace {

namespace t = spending::testing;

class InputsTest : public ::testing::Test {
 protected:
  std::string refusal(SheetKind kind, std::string_view text) {
    const auto done = inputs_.import({.kind = kind, .text = text, .actor = "person:1"});
    return done ? "" : done.error().text();
  }

  pg::testing::Database database_;
  ManualClock clock_{t::kToday};
  Log log_ = Log::to_nowhere();
  Inputs inputs_{database_.pool(), clock_, log_};
};

TEST_F(InputsTest, BeginsWithNothing) {
  EXPECT_EQ(inputs_.settings().budget_cents, 0);
  EXPECT_FALSE(missing_of(inputs_.load()).empty());
}

TEST_F(InputsTest, KeepsAWholeCampaign) {
  t::make_campaign(inputs_);
  t::take(inputs_, SheetKind::counties, "fips,dma_code\n01001,m1\n1003,m2\n99999,elsewhere\n");
  t::take(inputs_, SheetKind::opponent,
          "scenario,market,channel,week,amount\nheavy,m1,tv,4,100000\n");
  t::take(inputs_, SheetKind::poll_errors,
          "scenario,contest,error_points\nthree,,-3\nthree,Ash,-1\n");
  Settings settings = inputs_.settings();
  settings.opponent = "heavy";
  settings.scales = {1, 3};
  settings.chances = {0.9, 0.1};
  settings.committee.last_name = "Doe";
  ASSERT_TRUE(inputs_.save(settings, "person:1"));
  const Stored stored = inputs_.load();
  ASSERT_EQ(stored.contests.size(), 3U);
  EXPECT_EQ(stored.contests[1].name, "Birch");
  EXPECT_EQ(stored.contests[1].previous, 0.51);  // given in percent
  EXPECT_EQ(stored.contests[2].previous, std::nullopt);
  EXPECT_EQ(stored.markets[1].title, "The Border");
  EXPECT_EQ(stored.reaches.size(), 5U);
  ASSERT_EQ(stored.channels.size(), 2U);
  EXPECT_DOUBLE_EQ(stored.channels[1].response->effect, 0.006);
  EXPECT_EQ(stored.rates.size(), 3U);
  EXPECT_EQ(stored.polls.size(), 3U);
  EXPECT_EQ(stored.polls[2].end_day, "2026-10-03");
  ASSERT_EQ(stored.limits.size(), 3U);
  EXPECT_EQ(stored.limits[2].name, "television");
  EXPECT_EQ(stored.limits[2].cap_cents, 400'000'00);
  EXPECT_TRUE(stored.limits[2].is_legal);
  EXPECT_EQ(stored.limits[0].floor_cents, 10'000'00);
  ASSERT_EQ(stored.opponent.size(), 1U);
  EXPECT_EQ(stored.opponent[0].cents, 100'000'00);
  ASSERT_EQ(stored.poll_errors.size(), 2U);
  EXPECT_EQ(stored.poll_errors[0].contest, std::nullopt);
  EXPECT_DOUBLE_EQ(stored.poll_errors[0].error, -0.03);
  EXPECT_EQ(stored.settings.scales, (std::vector<double>{1, 3}));
  EXPECT_EQ(stored.settings.committee.last_name, "Doe");
  EXPECT_EQ(inputs_.counties(),
            (std::vector<std::pair<std::string, std::string>>{{"01001", "m1"}, {"01003", "m2"}}));
  EXPECT_EQ(inputs_.opponents(), std::vector<std::string>{"heavy"});
  EXPECT_TRUE(missing_of(stored).empty());
}

TEST_F(InputsTest, RaisesInputsOnlyWhereSomethingIsNew) {
  t::make_campaign(inputs_);
  const std::int64_t before = inputs_.settings().inputs;
  EXPECT_EQ(t::take(inputs_, SheetKind::polls, t::kPolls).changed, 0);
  EXPECT_EQ(t::take(inputs_, SheetKind::contests, t::kContests).changed, 0);
  EXPECT_EQ(t::take(inputs_, SheetKind::rates, t::kRates).changed, 0);
  EXPECT_EQ(inputs_.settings().inputs, before);
  const auto trial = inputs_.import({.kind = SheetKind::contests,
                                     .text = "contest,weight\nAsh,11\n",
                                     .dry_run = true,
                                     .actor = "person:1"});
  ASSERT_TRUE(trial);
  EXPECT_EQ(trial->changed, 1);
  EXPECT_EQ(inputs_.load().contests[0].weight, 10);
  EXPECT_EQ(t::take(inputs_, SheetKind::contests, "contest,weight\nAsh,11\n").changed, 1);
  EXPECT_EQ(inputs_.settings().inputs, before + 1);
  const auto connection = database_.connect();
  const auto entries = feed::read(*connection, feed::head(*connection) - 1, 10);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].kind, ChangeKind::spending_inputs_changed);
  EXPECT_EQ(entries[0].subject, "spending:contests");
}

TEST_F(InputsTest, CorrelationsOfPairsRegionsAndAllOthers) {
  t::make_campaign(inputs_);
  // Ash and Birch lie in the North, Cedar in the South.
  EXPECT_EQ(t::take(inputs_, SheetKind::correlations,
                    "contest,other,region,other_region,correlation\n,,,,0.1\n,,North,South,0.2\n"
                    "Birch,Ash,,,0.5\n")
                .changed,
            3);
  const Stored stored = inputs_.load();
  EXPECT_EQ(correlation_matrix(stored),
            (std::vector<double>{1, 0.5, 0.2, 0.5, 1, 0.2, 0.2, 0.2, 1}));
  EXPECT_EQ(strongest(stored, 1)[0].value, 0.5);
  const auto problem = plan_problem(stored, clock_.now());
  ASSERT_TRUE(problem) << problem.error().text();
  EXPECT_EQ(problem->campaign.race.errors.correlation, correlation_matrix(stored));
  // What is exported says the same again.
  EXPECT_EQ(correlations_csv(stored),
            "contest,Ash,Birch,Cedar\nAsh,1,0.5,0.2\nBirch,0.5,1,0.2\nCedar,0.2,0.2,1\n");
  EXPECT_EQ(t::take(inputs_, SheetKind::correlations, correlations_csv(stored)).changed, 0);
  // A table whose other half is empty; the pair that it leaves out is independent again.
  EXPECT_EQ(t::take(inputs_, SheetKind::correlations, "state,Ash,Birch\nBirch,0.5,1\nCedar,,0.2\n")
                .changed,
            1);
  EXPECT_EQ(inputs_.load().correlations.size(), 2U);
  ASSERT_TRUE(inputs_.remove_correlations("person:1"));
  EXPECT_TRUE(correlation_matrix(inputs_.load()).empty());
  EXPECT_FALSE(inputs_.remove_correlations("person:1"));
}

TEST_F(InputsTest, CorrelationsThatCannotBeAreRefusedOrRepairedAsAsked) {
  t::make_campaign(inputs_);
  constexpr std::string_view kImpossible =
      "contest,Ash,Birch,Cedar\nAsh,1,0.9,-0.9\nBirch,0.9,1,0.9\nCedar,-0.9,0.9,1\n";
  EXPECT_NE(refusal(SheetKind::correlations, kImpossible).find("not positive semi-definite"),
            std::string::npos);
  EXPECT_TRUE(inputs_.load().correlations.empty());
  const auto repaired = inputs_.import(
      {.kind = SheetKind::correlations, .text = kImpossible, .repair = true, .actor = "person:1"});
  ASSERT_TRUE(repaired) << repaired.error().text();
  ASSERT_EQ(repaired->notes.size(), 1U);
  EXPECT_EQ(inputs_.settings().correlation_note, repaired->notes[0]);
  const Stored stored = inputs_.load();
  EXPECT_TRUE(allocation::check_correlation(correlation_matrix(stored), 3));
  EXPECT_NEAR(stored.correlations[0].value, 0.5, 1e-6);  // the nearest: half and half in each pair
  EXPECT_TRUE(make_plan(stored, clock_.now()));
  t::take(inputs_, SheetKind::correlations, "contest,other,correlation\nAsh,Birch,0.3\n");
  EXPECT_EQ(inputs_.settings().correlation_note, "");
}

TEST_F(InputsTest, CorrelationsAreRefusedWithLineAndColumn) {
  t::make_places(inputs_);
  const auto said = [&](std::string_view text) { return refusal(SheetKind::correlations, text); };
  EXPECT_EQ(said("contest,other,correlation\nAsh,Birch,1.2\n"),
            "line 2, column correlation: 1.2 cannot be right: it must be -1 to 1.");
  EXPECT_EQ(said("contest,other,correlation\nAsh,Elm,0.2\n"),
            "line 2, column other: No contest is called \"Elm\".");
  EXPECT_EQ(said("contest,other,correlation\nAsh,Ash,0.2\n"),
            "line 2, column other: A contest's correlation with itself is 1.");
  EXPECT_NE(said("contest,other,correlation\nAsh,Birch,0.2\nBirch,Ash,0.2\n"), "");
  EXPECT_NE(said("contest,other,correlation\n,Birch,0.2\n"), "");
  EXPECT_NE(said("region,correlation\nWest,0.2\n").find("No contest lies in a region"),
            std::string::npos);
  EXPECT_NE(said("contest,region,correlation\nAsh,North,0.2\n"), "");
  EXPECT_EQ(said("contest,Ash,Birch\nAsh,1,0.2\nBirch,0.3,1\n"),
            "line 3, column Ash: Birch with Ash is 0.3 here and 0.2 the other way round.");
  EXPECT_NE(said("contest,Ash,rho\nAsh,1,0.2\n").find("No contest is called \"rho\""),
            std::string::npos);
  EXPECT_NE(said("contest,Ash\nAsh,0.9\n"), "");
}

TEST_F(InputsTest, TheTrackerIsASettingThatPlansFollow) {
  t::make_campaign(inputs_);
  Settings settings = inputs_.settings();
  EXPECT_EQ(settings.poll_method, PollMethod::half_life);
  settings.poll_method = PollMethod::tracker;
  ASSERT_TRUE(inputs_.save(settings, "person:1"));
  const Stored stored = inputs_.load();
  EXPECT_EQ(stored.settings.poll_method, PollMethod::tracker);
  const auto planned = make_plan(stored, clock_.now());
  ASSERT_TRUE(planned) << planned.error().text();
  EXPECT_TRUE(planned->problem.tracker);
  EXPECT_NE(plan_json(stored, *planned).find("\"method\":\"tracker\""), std::string::npos);
  EXPECT_TRUE(poll_picture(stored, clock_.now()).errors[0]);
}

TEST_F(InputsTest, RefusesWhatCannotBeRight) {
  t::make_places(inputs_);
  EXPECT_EQ(refusal(SheetKind::rates, "channel,price\ntv,-5\n"),
            "line 2, column price: -5 is negative.");
  EXPECT_NE(refusal(SheetKind::rates, "channel,price\ntv,0\n"), "");
  EXPECT_NE(refusal(SheetKind::rates, "channel,price\ntv,\"2,000,000\"\n").find("cannot be right"),
            std::string::npos);
  EXPECT_NE(refusal(SheetKind::rates, "channel,price,currency\ntv,5,EUR\n").find("two currencies"),
            std::string::npos);
  EXPECT_NE(refusal(SheetKind::rates, "channel,price\nTV,5\n").find("Nothing is called \"TV\""),
            std::string::npos);
  EXPECT_NE(refusal(SheetKind::rates, "channel,price\ntv,5\ntv,6\n").find("The same as in line 2"),
            std::string::npos);
  EXPECT_NE(refusal(SheetKind::responses,
                    "channel,effect_points,error_points,contacts,source\n"
                    "tv,-0.2,0.1,3,x\n")
                .find("falls with more money"),
            std::string::npos);
  EXPECT_NE(refusal(SheetKind::responses,
                    "channel,curve,effect_points,error_points,contacts,"
                    "source\ntv,step,0.2,0.1,3,x\n")
                .find("is no curve"),
            std::string::npos);
  EXPECT_NE(refusal(SheetKind::reach, "market,contest,share\nm1,Ash,0.7\nm2,Ash,0.4\n")
                .find("more than all of them"),
            std::string::npos);
  EXPECT_NE(refusal(SheetKind::polls, "contest,end_day,people,ours,theirs\nAsh,2026-10-06,9,5,5\n")
                .find("still to come"),
            std::string::npos);
  EXPECT_NE(
      refusal(SheetKind::polls, "contest,end_day,people,ours,theirs\nAsh,2026-10-01,9,90,50\n"),
      "");
  EXPECT_NE(refusal(SheetKind::limits, "limit,floor,cap\nx,20,10\n").find("below the floor"),
            std::string::npos);
  EXPECT_NE(refusal(SheetKind::limits, "limit,from_week,to_week,cap\nx,4,2,10\n")
                .find("ends before it begins"),
            std::string::npos);
}

TEST_F(InputsTest, NationalPollsArePassedOver) {
  t::make_places(inputs_);
  const auto done = t::take(inputs_, SheetKind::polls,
                            "state,number.of.observations,end.date,ours,theirs,mode\n"
                            "--,900,10/1/26,48,47,Phone\nAsh,900,10/1/26,48,47,Phone\n");
  EXPECT_EQ(done.passed, 1);
  EXPECT_EQ(done.changed, 1);
  EXPECT_EQ(done.ignored, std::vector<std::string>{"mode"});
}

TEST_F(InputsTest, PriorsComeWithSourcesAndOwnExperimentsMoveThem) {
  const auto added = inputs_.add_priors("person:1");
  ASSERT_TRUE(added) << added.error().text();
  EXPECT_FALSE(inputs_.add_priors("person:1"));
  const auto of = [](const Stored& stored, std::string_view name) {
    for (const StoredChannel& channel : stored.channels)
      if (channel.name == name) return *channel.response;
    throw Failure("no such channel");
  };
  const Response prior = of(inputs_.load(), "tv_news");
  EXPECT_LT(prior.effect, 2 * prior.effect_error);  // persuasion: not told from zero
  EXPECT_FALSE(prior.source.empty());
  t::take(inputs_, SheetKind::measures,
          "channel,effect_points,error_points,experiment\ntv_news,0.30,0.05,spring\n");
  const Response after = of(inputs_.load(), "tv_news");
  EXPECT_EQ(after.measures, 1);
  EXPECT_NEAR(after.effect, (prior.effect + 0.003) / 2, 1e-9);
  EXPECT_LT(after.effect_error, prior.effect_error);
}

TEST_F(InputsTest, SettingsAreChecked) {
  Settings settings = t::settings();
  settings.currency = "usd";
  EXPECT_EQ(inputs_.save(settings, "person:1").error().where, "currency");
  settings = t::settings();
  settings.scales = {1, 3};
  settings.chances = {0.5, 0.4};
  EXPECT_EQ(inputs_.save(settings, "person:1").error().where, "chances");
  settings = t::settings();
  settings.error_contest = 0;
  EXPECT_EQ(inputs_.save(settings, "person:1").error().where, "error_contest");
  settings = t::settings();
  settings.first_day = "soon";
  EXPECT_EQ(inputs_.save(settings, "person:1").error().where, "first_day");
}

TEST_F(InputsTest, BudgetAndLimitsDoNotFallBelowWhatIsBooked) {
  t::make_campaign(inputs_);
  Ledger ledger(database_.pool(), clock_, log_);
  ASSERT_TRUE(ledger.commit({.market = "m1",
                             .channel = "tv",
                             .week = 4,
                             .cents = 500'00,
                             .day = "2026-10-05",
                             .key = "00000000-0000-0000-0000-000000000001",
                             .actor = "person:1"}));
  Settings settings = t::settings();
  settings.budget_cents = 499'99;
  EXPECT_EQ(inputs_.save(settings, "person:1").error().code, ErrorCode::over_limit);
  settings.budget_cents = 500'00;
  EXPECT_TRUE(inputs_.save(settings, "person:1"));
  settings.currency = "EUR";
  EXPECT_EQ(inputs_.save(settings, "person:1").error().code, ErrorCode::conflict);
  EXPECT_NE(
      refusal(SheetKind::limits, "limit,market,cap\nAsh City,m1,499.99\n").find("500.00 is booked"),
      std::string::npos);
  EXPECT_EQ(refusal(SheetKind::limits, "limit,market,cap\nAsh City,m1,500.00\n"), "");
  const Stored stored = inputs_.load();
  ASSERT_EQ(stored.limits[0].name, "Ash City");
  EXPECT_EQ(stored.limits[0].booked_cents, 500'00);
  ASSERT_EQ(stored.booked.size(), 1U);
  EXPECT_EQ(stored.booked[0].cents, 500'00);
  EXPECT_TRUE(inputs_.remove_limit(stored.limits[0].id, "person:1"));
  EXPECT_FALSE(inputs_.remove_limit(stored.limits[0].id, "person:1"));
}

}  // namespace
}  // namespace hustings::spending
