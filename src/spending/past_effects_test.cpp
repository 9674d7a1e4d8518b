#include "spending/past_effects.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "spending/planning.h"

namespace hustings::spending {
namespace {

// Week 1 is 7 to 13 September, week 4, the election's, 28 September to 4 October.
const Instant kNow = from_iso("2026-09-21T12:00:00Z").value();

/// One contest, half of whose voters live in one market of 1,000 people; a thousand contacts cost
/// 1,000, so that a scale is 1,000. Of the channel's two points half are left a week later. 500
/// were spent in week 1; a poll at the end of week 2 has 52 %.
Stored one_town() {
  Stored stored;
  stored.settings.budget_cents = 5'000'00;
  stored.settings.booked_cents = 500'00;
  stored.settings.first_day = "2026-09-07";
  stored.settings.weeks = 4;
  stored.contests = {{.id = 1, .name = "Ash", .weight = 1, .votes = 2'000}};
  stored.markets = {{.id = 1, .name = "m1", .title = "Ash Town", .people = 1'000}};
  stored.reaches = {{.market = 0, .contest = 0, .share = 0.5}};
  stored.channels = {{.id = 1,
                      .name = "tv",
                      .title = "Television",
                      .response = Response{.curve = allocation::CurveKind::linear,
                                           .effect = 0.02,
                                           .effect_error = 0.001,
                                           .contacts = 1,
                                           .decay = 0.5,
                                           .source = "assumed"}}};
  stored.rates = {{.channel = 0, .price_cents = 1'000'00}};
  stored.polls = {
      {.contest = 0, .end_day = "2026-09-20", .people = 1'000, .ours = 52, .theirs = 48}};
  stored.booked = {{.market = 0, .channel = 0, .week = 1, .cents = 500'00}};
  return stored;
}

double booked_share(const Stored& stored, const WhatIf& what_if = {}) {
  const auto made = make_plan(stored, kNow, what_if);
  EXPECT_TRUE(made) << made.error().text();
  return made ? made->booked_means[0] + 0.5 : 0;
}

TEST(PastEffects, what_a_poll_holds_is_taken_off_and_comes_back_faded) {
  const auto made = make_plan(one_town(), kNow);
  ASSERT_TRUE(made) << made.error().text();
  // 500 of 1,000 move a point in the market by the end of week 1: half a point of the contest's
  // voters. A quarter of a point is left when the poll ends, a sixteenth on election day.
  EXPECT_NEAR(made->problem.polled[0], 0.52, 1e-15);
  EXPECT_NEAR(made->problem.unmoved[0], 0.52 - 0.0025, 1e-15);
  EXPECT_NEAR(made->booked_means[0], 0.02 - 0.0025 + 0.000625, 1e-15);
  const auto sentences = plan_sentences(one_town(), *made);
  EXPECT_TRUE(std::any_of(sentences.begin(), sentences.end(), [](const std::string& words) {
    return words.find("not counted again") != std::string::npos;
  }));
}

TEST(PastEffects, what_does_not_fade_leaves_the_polls_as_they_are) {
  Stored stored = one_town();
  stored.channels[0].response->decay = 1;
  EXPECT_NEAR(booked_share(stored), 0.52, 1e-15);
}

TEST(PastEffects, a_poll_before_the_money_holds_none_of_it) {
  Stored stored = one_town();
  stored.polls[0].end_day = "2026-09-06";
  EXPECT_NEAR(booked_share(stored), 0.52 + 0.000625, 1e-15);
  stored.polls[0].end_day = "2026-09-20";
  stored.booked[0].week = 4;
  EXPECT_NEAR(booked_share(stored), 0.52 + 0.005, 1e-15);
}

TEST(PastEffects, of_a_week_that_runs_the_days_so_far_count) {
  Stored stored = one_town();
  stored.channels[0].response->curve = allocation::CurveKind::saturating;
  stored.polls[0].end_day = "2026-09-09";  // three days of seven
  const double held = 0.02 * (1 - std::exp(-0.5 * 3 / 7)) / 2;
  const double left = 0.02 * (1 - std::exp(-0.5)) / 2 / 8;
  EXPECT_NEAR(booked_share(stored), 0.52 - held + left, 1e-15);
  stored.polls[0].end_day = "2026-09-16";  // three days into week 2
  const double faded = 0.02 * (1 - std::exp(-0.5)) / 2 * std::pow(0.5, 3.0 / 7);
  EXPECT_NEAR(booked_share(stored), 0.52 - faded + left, 1e-15);
}

TEST(PastEffects, remembered_contacts_act_in_later_weeks_too) {
  Stored stored = one_town();
  stored.channels[0].response->decay = 1;
  stored.channels[0].response->half_life = 1;
  // Points in the market: 1 in week 1, then a half, a quarter, an eighth. The poll has the first
  // two.
  EXPECT_NEAR(booked_share(stored), 0.52 + (0.0025 + 0.00125) / 2, 1e-15);
}

TEST(PastEffects, the_opponents_money_is_in_the_polls_as_well) {
  Stored stored = one_town();
  stored.booked.clear();
  stored.settings.booked_cents = 0;
  stored.opponent = {{.market = 0, .channel = 0, .week = 1, .cents = 500'00}};
  EXPECT_NEAR(booked_share(stored), 0.52 + 0.0025 - 0.000625, 1e-15);
  stored.opponent[0].week = 4;
  EXPECT_NEAR(booked_share(stored), 0.52 - 0.005, 1e-15);
}

TEST(PastEffects, a_larger_effect_explains_more_of_the_polls) {
  EXPECT_NEAR(booked_share(one_town(), {.effects = {{"tv", 2}}}), 0.52 - 0.005 + 0.00125, 1e-15);
}

TEST(PastEffects, unpolled_contests_swing_with_what_the_others_are_without_money) {
  Stored stored = one_town();
  stored.contests[0].previous = 0.50;
  stored.contests.push_back({.id = 2, .name = "Birch", .weight = 1, .previous = 0.40});
  const auto made = make_plan(stored, kNow);
  ASSERT_TRUE(made) << made.error().text();
  EXPECT_NEAR(made->booked_means[1] + 0.5, 0.40 + (0.5175 - 0.50), 1e-15);
}

TEST(PastEffects, money_without_a_price_or_an_effect_moves_nothing) {
  Stored stored = one_town();
  stored.rates[0].from_week = 2;
  EXPECT_NEAR(booked_share(stored), 0.52, 1e-15);
  stored = one_town();
  stored.channels[0].response.reset();
  EXPECT_NEAR(booked_share(stored), 0.52, 1e-15);
}

}  // namespace
}  // namespace hustings::spending
