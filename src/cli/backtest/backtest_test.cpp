#include <cmath>
#include <fstream>

#include <gtest/gtest.h>

#include "allocation/testing/reference.h"
#include "base/testing/test_folder.h"
#include "cli/backtest/replay_report.h"

namespace hustings::cli {
namespace {

namespace fs = std::filesystem;
using allocation::testing::numbers;
using allocation::testing::reference;

TEST(Backtest, the_last_day_of_2012_equals_the_reference) {
  const boost::json::object file = reference("ref_ec2012.json");
  const auto election = election_2012();
  ASSERT_TRUE(election) << election.error().text();
  EXPECT_EQ(date_text(election->day), "2012-11-06");
  const auto race = race_on(*election, election->day, {}, {});
  ASSERT_TRUE(race) << race.error().text();
  const std::vector<double> means = numbers(file.at("mu"));
  for (std::size_t i = 0; i < means.size(); ++i)
    EXPECT_NEAR(race->contests[i].mean, means[i], 1e-13) << race->contests[i].name;
  const auto replayed = replay(*election, {.days = 0, .budget = 0});
  ASSERT_TRUE(replayed) << replayed.error().text();
  ASSERT_EQ(replayed->days.size(), 1U);
  EXPECT_NEAR(replayed->days[0].win, 0.77421783718471, 1e-12);
  const std::vector<double> slopes = numbers(file.at("Q"));
  for (std::size_t i = 0; i < slopes.size(); ++i)
    EXPECT_NEAR(replayed->days[0].slopes[i], slopes[i], 1e-9 * (1 + slopes[i]));
  ASSERT_TRUE(replayed->scores);
  EXPECT_NEAR(replayed->scores->brier, 0.0192684, 5e-8);
  EXPECT_NEAR(replayed->scores->weighted_brier, 0.0301976, 5e-8);
  EXPECT_EQ(replayed->scores->right, 50);
  ASSERT_TRUE(replayed->events_correlation);
  EXPECT_NEAR(*replayed->events_correlation, 0.836, 5e-4);
}

TEST(Backtest, days_have_plans_and_a_chart) {
  const auto election = election_2012();
  const auto replayed = replay(*election, {.days = 2});
  ASSERT_TRUE(replayed) << replayed.error().text();
  ASSERT_EQ(replayed->days.size(), 3U);
  for (const ReplayDay& day : replayed->days) {
    double sum = 0;
    for (const double money : day.plan)
      sum += money;
    EXPECT_NEAR(sum, 50e6, 1);
    EXPECT_GT(day.win_with_plan, day.win);
    EXPECT_LT(day.gap, 1e-10);
  }
  EXPECT_NE(replay_text(*election, *replayed).find("2012-11-05"), std::string::npos);
  EXPECT_NE(replay_svg(*election, *replayed).find("</svg>"), std::string::npos);
  const auto json = boost::json::parse(replay_json(*election, *replayed));
  EXPECT_EQ(json.at("days").as_array().size(), 3U);
}

/// A town's election in files.
ElectionFiles town(const std::string& polls, const std::string& results) {
  static TestFolder all("town");
  const fs::path folder = all.next();
  std::ofstream(folder / "polls.csv") << polls;
  std::ofstream(folder / "results.csv") << results;
  return {.polls = folder / "polls.csv",
          .results = folder / "results.csv",
          .election_day = "2023-05-04"};
}

constexpr const char* kPolls =
    "ward,n,end_date,ours,theirs\nHill,400,2023-05-01,52,48\nDock,300,2023-04-20,45,50\n"
    "Hill,,2023-05-02,60,40\nElsewhere,100,2023-05-02,60,40\n";
constexpr const char* kResults =
    "year,ward,ours,theirs,seats\n2019,Dock,900,1100,2\n2019,Hill,500,480,1\n2019,Mill,300,500,2\n"
    "2023,Dock,950,1000,2\n2023,Hill,520,500,1\n2023,Mill,450,440,2\n";

TEST(Backtest, other_elections_come_from_files) {
  const auto election = read_election(town(kPolls, kResults));
  ASSERT_TRUE(election) << election.error().text();
  EXPECT_EQ(election->contests, (std::vector<std::string>{"Dock", "Hill", "Mill"}));
  EXPECT_EQ(election->polls.size(), 2U);
  EXPECT_EQ(election->notes.size(), 2U);
  const auto race = race_on(*election, election->day, {}, {});
  ASSERT_TRUE(race) << race.error().text();
  EXPECT_NEAR(race->contests[1].mean, 0.02, 1e-12);
  const double swing = ((0.52 - 500.0 / 980) + (45.0 / 95 - 0.45)) / 2;
  EXPECT_NEAR(race->contests[2].mean, 0.375 + swing - 0.5, 1e-12);
  EXPECT_EQ(race->threshold(), 3);
  const auto replayed = replay(*election, {.days = 5});
  ASSERT_TRUE(replayed) << replayed.error().text();
  EXPECT_EQ(replayed->scores->contests, 3);
}

TEST(Backtest, bad_files_are_refused) {
  const auto said = [](const std::string& polls, const std::string& results) {
    const auto election = read_election(town(polls, results));
    if (!election) return election.error().text();
    const auto replayed = replay(*election, {.days = 1});
    return replayed ? std::string() : replayed.error().text();
  };
  EXPECT_EQ(said(kPolls, kResults), "");
  const std::string no_previous =
      "year,ward,ours,theirs\n2023,Dock,950,1000\n2023,Hill,520,500\n2023,Mill,450,440\n";
  EXPECT_NE(said(kPolls, no_previous).find("no polls and no previous result for Mill"),
            std::string::npos);
  EXPECT_NE(said("ward,n,end_date,ours,theirs\nHill,9,yesterday,1,1\n", kResults).find("no date"),
            std::string::npos);
  EXPECT_NE(said("ward,n,end_date,ours,theirs\nHill,9,2023-05-01,x,1\n", kResults).find("row 2"),
            std::string::npos);
  EXPECT_NE(said("ward,end_date,ours,theirs\nHill,2023-05-01,1,1\n", kResults).find("\"n\""),
            std::string::npos);
  EXPECT_NE(said(kPolls, "year,ward,ours,theirs\n2023,Dock,1,1\n2023,Dock,1,1\n").find("twice"),
            std::string::npos);
  EXPECT_NE(said("ward,n,end_date,ours,theirs\nHill,9,2020-05-01,50,50\n", kResults)
                .find("No poll ended"),
            std::string::npos);
}

}  // namespace
}  // namespace hustings::cli
