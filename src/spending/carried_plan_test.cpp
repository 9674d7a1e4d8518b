#include <gtest/gtest.h>

#include "spending/planning.h"

namespace hustings::spending {
namespace {

const Instant kNow = from_iso("2026-10-05T12:00:00Z").value();

/// Two contests, each a market of its own, one channel, six weeks.
Stored two_towns(double half_life) {
  Stored stored;
  stored.settings.budget_cents = 100'000'00;
  stored.settings.first_day = "2026-10-05";
  stored.settings.weeks = 6;
  stored.contests = {{.id = 1, .name = "Ash", .weight = 3, .previous = 0.49, .votes = 40'000},
                     {.id = 2, .name = "Birch", .weight = 2, .previous = 0.5, .votes = 30'000}};
  stored.markets = {{.id = 1, .name = "m1", .title = "Ash", .people = 60'000},
                    {.id = 2, .name = "m2", .title = "Birch", .people = 50'000}};
  stored.reaches = {{.market = 0, .contest = 0, .share = 1},
                    {.market = 1, .contest = 1, .share = 1}};
  stored.channels = {{.id = 1,
                      .name = "tv",
                      .title = "Television",
                      .response = Response{.effect = 0.006,
                                           .effect_error = 0.002,
                                           .contacts = 3,
                                           .decay = 0.6,
                                           .half_life = half_life,
                                           .source = "assumed"}}};
  stored.rates = {{.channel = 0, .price_cents = 40'00}};
  return stored;
}

Planned planned(const Stored& stored) {
  auto made = make_plan(stored, kNow);
  EXPECT_TRUE(made) << made.error().text();
  return made ? *std::move(made) : Planned{};
}

TEST(CarriedPlan, remembered_contacts_gain_more_and_move_money_to_earlier_weeks) {
  const Planned forgotten = planned(two_towns(0));
  const Planned remembered = planned(two_towns(1.5));
  EXPECT_TRUE(forgotten.problem.campaign.problem.chains.empty());
  EXPECT_EQ(remembered.problem.campaign.problem.chains.size(), 2U);
  EXPECT_GT(remembered.gain(), forgotten.gain());
  const auto mean_week = [](const Planned& plan) {
    double sum = 0;
    double weeks = 0;
    for (const NewLine& line : plan.lines) {
      sum += static_cast<double>(line.cents);
      weeks += static_cast<double>(line.cents * line.week);
    }
    return weeks / sum;
  };
  EXPECT_LT(mean_week(remembered), mean_week(forgotten));
}

TEST(CarriedPlan, lines_and_what_is_left_add_up_to_the_cent) {
  const Planned plan = planned(two_towns(1));
  std::int64_t sum = plan.cents.unspent;
  for (const NewLine& line : plan.lines)
    sum += line.cents;
  EXPECT_EQ(sum, 100'000'00);
  EXPECT_LE(plan.race.optimum.gap(), 1e-5 * plan.value);
}

TEST(CarriedPlan, what_is_booked_in_weeks_behind_us_still_acts) {
  Stored stored = two_towns(2);
  stored.settings.first_day = "2026-09-28";
  stored.settings.booked_cents = 10'000'00;
  stored.booked = {{.market = 0, .channel = 0, .week = 1, .cents = 10'000'00}};
  const double remembered = planned(stored).booked_value;
  stored.channels[0].response->half_life = 0;
  EXPECT_GT(remembered, planned(stored).booked_value);
}

TEST(CarriedPlan, the_next_place_gains_what_a_budget_of_so_much_more_does) {
  const Stored stored = two_towns(1);
  const Planned plan = planned(stored);
  ASSERT_FALSE(plan.next.empty());
  Stored richer = stored;
  richer.settings.budget_cents += kNextCents;
  const double more = planned(richer).value - plan.value;
  EXPECT_GT(more, plan.next.front().gain * 0.95);
  EXPECT_LT(more, plan.next.front().gain * 1.3);
}

TEST(CarriedPlan, the_opponents_contacts_are_remembered_too) {
  Stored stored = two_towns(2);
  stored.opponent = {{.market = 0, .channel = 0, .week = 1, .cents = 50'000'00}};
  const double remembered = planned(stored).race.without;
  stored.channels[0].response->half_life = 0;
  EXPECT_LT(remembered, planned(stored).race.without);
}

}  // namespace
}  // namespace hustings::spending
