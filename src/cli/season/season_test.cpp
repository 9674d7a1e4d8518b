#include "cli/season/season.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace hustings::cli {
namespace {

/// Nine towns, three of them close: small enough to play many seasons.
Election towns() {
  Election election;
  const std::vector<double> shares = {0.35, 0.42, 0.47, 0.49, 0.50, 0.515, 0.55, 0.6, 0.65};
  const std::vector<int> weights = {5, 12, 3, 14, 8, 10, 4, 9, 6};
  for (std::size_t i = 0; i < shares.size(); ++i) {
    election.contests.push_back("town" + std::to_string(i));
    election.regions.emplace_back(i < 5 ? "north" : "south");
    election.weights.push_back(weights[i]);
    election.votes.push_back(50'000.0 * weights[i]);
    election.previous.emplace_back(shares[i]);
    election.polls.push_back({static_cast<std::uint32_t>(i), 15640, 800, shares[i]});
  }
  election.actual.resize(shares.size());
  election.events.resize(shares.size());
  election.day = 15650;
  return election;
}

Season played(const SeasonRule& rule) {
  auto season = play_seasons(towns(), rule);
  EXPECT_TRUE(season) << season.error().text();
  return season ? *season : Season{};
}

TEST(Season, plans_gain_against_rules) {
  const Season season = played({.repetitions = 30, .weeks = 4, .budget = 2e6});
  ASSERT_EQ(season.ways.size(), 5U);
  ASSERT_EQ(season.gains.size(), 4U);
  for (std::size_t i = 1; i < season.gains.size(); ++i) {
    const SeasonGain& gain = season.gains[i];
    EXPECT_GT(gain.low, 0) << gain.against;
    EXPECT_NEAR(gain.gain, season.ways[0].chance - season.ways[i + 1].chance, 1e-12);
  }
}

TEST(Season, the_same_seed_plays_the_same_seasons) {
  const SeasonRule rule{.repetitions = 30, .weeks = 2, .budget = 1e6, .seed = 7};
  EXPECT_EQ(season_json(played(rule)), season_json(played(rule)));
  SeasonRule other = rule;
  other.seed = 1007;
  EXPECT_NE(played(rule).ways[0].chance, played(other).ways[0].chance);
}

TEST(Season, where_money_does_nothing_nothing_is_claimed) {
  const Season season = played({.repetitions = 30, .weeks = 2, .budget = 1e6, .truth = 0});
  for (const SeasonGain& gain : season.gains) {
    EXPECT_EQ(gain.gain, 0) << gain.against;
    EXPECT_EQ(gain.ahead, 0);
  }
  EXPECT_NE(season_text(season).find("cannot be told from zero"), std::string::npos);
  EXPECT_EQ(season_text(season).find("the plan gains"), std::string::npos);
}

TEST(Season, too_few_seasons_are_refused) {
  const auto refused = play_seasons(towns(), {.repetitions = 5});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().text().find("at least 30"), std::string::npos);
}

}  // namespace
}  // namespace hustings::cli
