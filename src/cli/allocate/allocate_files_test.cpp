#include "cli/allocate/allocate_files.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "allocation/testing/reference.h"
#include "base/rng.h"
#include "base/testing/test_folder.h"

namespace hustings::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using allocation::testing::numbers;
using allocation::testing::reference;

/// A folder of its own for each problem; all are gone when the tests end.
fs::path folder() {
  static TestFolder all("allocate");
  return all.next();
}

fs::path written(const json::object& problem, const fs::path& in = folder()) {
  std::ofstream(in / "problem.json") << json::serialize(problem);
  return in / "problem.json";
}

Result<AllocationOutcome> solved(const json::object& problem, AllocationOptions options = {}) {
  return allocate_file({.problem = written(problem), .options = std::move(options)});
}

json::object small_problem() {
  return json::parse(R"({"budget": 1000, "market": ["north", "south", "east"],
                         "channel": ["tv", "mail"], "v": [5, 3, 4, 2, 6, 1],
                         "s": [200, 100, 300, 150, 250, 80]})")
      .as_object();
}

std::string refusal(const std::string& changes, AllocationOptions options = {}) {
  json::object problem = small_problem();
  const json::object changed = json::parse(changes).as_object();
  for (const auto& item : changed)
    problem[item.key()] = item.value();
  const auto outcome = solved(problem, std::move(options));
  return outcome ? "" : outcome.error().text();
}

TEST(AllocateFiles, weeks_remember_the_ones_before) {
  const json::object weekly = json::parse(R"({"budget": 100, "market": ["north", "south"],
                         "channel": ["tv", "mail"], "weeks": 3, "v": [5, 3, 4, 2],
                         "s": [50, 40, 60, 30], "decay": 0.8})")
                                  .as_object();
  const auto value = [&](const std::string& more) {
    json::object problem = weekly;
    const json::object changed = json::parse(more).as_object();
    for (const auto& item : changed)
      problem[item.key()] = item.value();
    problem["v"] = json::parse("[5,5,5,3,3,3,4,4,4,2,2,2]");
    problem["s"] = json::parse("[50,50,50,40,40,40,60,60,60,30,30,30]");
    const auto outcome = solved(problem);
    EXPECT_TRUE(outcome) << outcome.error().text();
    return outcome ? outcome->value : 0;
  };
  EXPECT_GT(value(R"({"adstock": [0.5, 0.2]})"), value("{}") * 1.02);
  EXPECT_DOUBLE_EQ(value(R"({"adstock": 0})"), value("{}"));
  EXPECT_NEAR(value(R"({"adstock": 0.5})"), value(R"({"half_life_weeks": 1})"), 1e-9);
  json::object wrong = weekly;
  wrong["v"] = 1;
  wrong["s"] = 10;
  wrong["adstock"] = 1.5;
  EXPECT_NE(solved(wrong).error().text().find("below 1"), std::string::npos);
}

TEST(AllocateFiles, the_reference_problems_reach_their_optima) {
  const fs::path data = HUSTINGS_ALLOCATION_TEST_DATA;
  const auto a = allocate_file({.problem = data / "alloc_A.json"});
  ASSERT_TRUE(a) << a.error().text();
  EXPECT_NEAR(a->optimum.value, 0.133618966079612, 1e-12);
  EXPECT_EQ(a->cents.unspent, 0);
  const auto b = allocate_file({.problem = data / "alloc_B.json"});
  ASSERT_TRUE(b) << b.error().text();
  ASSERT_TRUE(b->budget_alone);
  EXPECT_NEAR(b->budget_alone->value, 1.305370014326087, 1e-9);
  EXPECT_LT(b->optimum.gap(), 1e-10);
  AllocationOptions alone;
  alone.ignore_limits = true;
  EXPECT_NEAR(allocate_file({.problem = data / "alloc_B.json", .options = alone})->optimum.value,
              1.305370014326087, 1e-9);
  const auto c = allocate_file({.problem = data / "alloc_C.json"});
  ASSERT_TRUE(c) << c.error().text();
  EXPECT_NEAR(c->optimum.value, 0.84428822780739, 1e-10);
  EXPECT_NEAR(c->without, 0.77421783718471, 1e-12);
}

TEST(AllocateFiles, the_plan_does_not_depend_on_the_order_of_the_file) {
  const json::object file = reference("alloc_C.json");
  const auto plan =
      allocate_file({.problem = fs::path(HUSTINGS_ALLOCATION_TEST_DATA) / "alloc_C.json"});
  ASSERT_TRUE(plan);
  json::object turned = file;
  std::reverse(turned["dma"].as_array().begin(), turned["dma"].as_array().end());
  std::reverse(turned["n"].as_array().begin(), turned["n"].as_array().end());
  for (const char* key : {"channel", "a", "kappa"})
    std::reverse(turned[key].as_array().begin(), turned[key].as_array().end());
  for (json::value& pair : turned["pairs"].as_array())
    pair.as_array()[0] = 207 - pair.as_array()[0].as_int64();
  std::reverse(turned["pairs"].as_array().begin(), turned["pairs"].as_array().end());
  const auto again = solved(turned);
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(plan->cents.cells, again->cents.cells);
  EXPECT_EQ(plan->input.markets, again->input.markets);
  EXPECT_EQ(plan->optimum.value, again->optimum.value);
}

TEST(AllocateFiles, output_is_in_the_files_order_and_adds_up) {
  json::object problem = small_problem();
  problem["lo"] = json::array{0, 0, 0, 0, 0, 123};
  const auto outcome = solved(problem);
  ASSERT_TRUE(outcome) << outcome.error().text();
  const json::object result = json::parse(allocation_json(*outcome)).as_object();
  const std::vector<double> x = numbers(result.at("x"));
  EXPECT_GE(x[5], 123) << "east mail is the last cell of the file";
  EXPECT_NEAR(std::accumulate(x.begin(), x.end(), 0.0), 1000, 1e-9);
  EXPECT_NEAR(result.at("objective").to_number<double>(),
              result.at("objective_of_plan").to_number<double>(), 1e-8);
  EXPECT_NE(allocation_text(*outcome).find("no plan within the limits is better"),
            std::string::npos);
}

TEST(AllocateFiles, groups_caps_and_s_curves_are_read) {
  json::object problem = small_problem();
  problem["alpha"] = json::array{2.0, 0.8};
  problem["channel_cap"] = json::parse(R"({"tv": 500})");
  problem["groups"] = json::parse(
      R"([{"name": "coasts", "cap": 300, "markets": ["east", "south"], "channels": ["tv"]},
          {"name": "one", "floor": 50, "cells": [1]}])");
  problem["min_buy"] = json::parse(R"({"tv": 100})");
  const auto outcome = solved(problem);
  ASSERT_TRUE(outcome) << outcome.error().text();
  const json::object result = json::parse(allocation_json(*outcome)).as_object();
  const std::vector<double> x = numbers(result.at("x"));
  EXPECT_LE(x[0] + x[2] + x[4], 500);
  EXPECT_LE(x[2] + x[4], 300);
  EXPECT_GE(x[1], 50);
  for (const int tv : {0, 2, 4})
    EXPECT_TRUE(x[tv] == 0 || x[tv] >= 100) << x[tv];
  EXPECT_EQ(result.at("limits").as_array().size(), 3U);
}

TEST(AllocateFiles, prices_reach_and_committed_money_count) {
  json::object problem = small_problem();
  const auto plain = solved(problem);
  problem["price"] = 2;
  problem["reach"] = 0.5;
  problem["budget"] = 4000;
  const auto priced = solved(problem);
  ASSERT_TRUE(plain && priced);
  EXPECT_NEAR(priced->optimum.value, plain->optimum.value, 1e-12) << "four times of everything";
  problem["committed"] = json::array{0, 0, 0, 900, 0, 0};
  problem["spent"] = json::array{0, 0, 0, 100, 0, 0};
  const auto committed = solved(problem);
  ASSERT_TRUE(committed);
  EXPECT_GE(numbers(json::parse(allocation_json(*committed)).at("x"))[3], 1000);
  EXPECT_LT(committed->optimum.value, priced->optimum.value);
}

TEST(AllocateFiles, a_hold_out_gets_no_money) {
  json::object problem = small_problem();
  problem["n"] = json::array{100, 90, 50};
  problem["explore"] = json::parse(R"({"share": 0.4, "seed": 3})");
  const auto outcome = solved(problem);
  ASSERT_TRUE(outcome) << outcome.error().text();
  ASSERT_EQ(outcome->input.held_out.size(), 1U);
  for (std::size_t i = 0; i < outcome->cents.cells.size(); ++i) {
    if (outcome->input.markets[outcome->input.market_of(i)] == outcome->input.held_out[0]) {
      EXPECT_EQ(outcome->cents.cells[i], 0);
    }
  }
}

json::object race_problem() {
  return json::parse(R"({"budget": 1000, "market": ["m", "k"], "n": [1000, 2000],
      "channel": ["tv"], "a": [0.02], "kappa": [1],
      "pairs": [["m", "B", 1], ["k", "A", 0.7], ["k", "C", 0.5]],
      "race": {"contest": ["C", "A", "B"], "weight": [3, 2, 2], "mean": [0.01, -0.01, 0.0],
               "region": ["x", "x", "y"], "sigma": {"N": 0.01, "R": 0.01, "S": [0.02, 0.02, 0.03]}}
      })")
      .as_object();
}

TEST(AllocateFiles, a_race_of_its_own_is_planned) {
  const auto outcome = solved(race_problem());
  ASSERT_TRUE(outcome) << outcome.error().text();
  EXPECT_GT(outcome->value, outcome->without);
  EXPECT_LT(outcome->optimum.gap(), 1e-9);
  json::object opposed = race_problem();
  opposed["opponent"] = json::array{0, 400};
  EXPECT_LT(solved(opposed)->without, outcome->without);
  json::object robust = race_problem();
  robust["objective"] = "robust_win_probability";
  robust["poll_errors"] = json::parse(R"([{"x": -0.02}, {"y": -0.03}, 0])");
  const auto worst = solved(robust);
  ASSERT_TRUE(worst) << worst.error().text();
  EXPECT_LT(worst->value, outcome->value);
  EXPECT_EQ(worst->race->scenarios.size(), 3U);
  AllocationOptions seats;
  seats.objective = "seats";
  EXPECT_GT(solved(race_problem(), seats)->value, 3);
}

TEST(AllocateFiles, correlations_are_refused_or_repaired_as_asked) {
  json::object problem = race_problem();
  problem["race"].as_object()["correlation"] =
      json::parse("[[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]");
  const auto refused = solved(problem);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().text().find("positive semi-definite"), std::string::npos);
  AllocationOptions repair;
  repair.repair_correlation = true;
  const auto repaired = solved(problem, repair);
  ASSERT_TRUE(repaired) << repaired.error().text();
  EXPECT_NE(allocation_text(*repaired).find("nearest one"), std::string::npos);
}

TEST(AllocateFiles, effects_that_may_be_nothing_are_said_to_be) {
  json::object problem = race_problem();
  problem["a_se"] = json::array{0.015};
  EXPECT_NE(allocation_text(*solved(problem)).find("does not tell this gain from zero"),
            std::string::npos);
  problem["a_se"] = json::array{0.001};
  EXPECT_EQ(allocation_text(*solved(problem)).find("does not tell"), std::string::npos);
}

TEST(AllocateFiles, bad_input_is_refused_in_one_sentence_that_names_it) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {R"({"budget": -1})", "budget"},
      {R"({"budget": "much"})", "number"},
      {R"({"lo": [600, 600, 0, 0, 0, 0]})", "clashes with the floors"},
      {R"({"hi": [10, 10, 10, 10, 10, 10], "lo": 20})", "above its cap"},
      {R"({"channel_floor": {"tv": 800}, "market_floor": {"north": 100},
           "channel_cap": {"mail": 50}, "groups": [{"name": "mail elsewhere", "floor": 60,
           "channels": ["mail"]}]})",
       "clash"},
      {R"({"price": -3})", "above 0"},
      {R"({"price": 0})", "above 0"},
      {R"({"v": [5, 3, -4, 2, 6, 1]})", "does not rise"},
      {R"({"s": [200, 0, 300, 150, 250, 80]})", "scale"},
      {R"({"v": [5, 3]})", "scale"},
      {R"({"v": [5, 3, 1, 1]})", "4 numbers"},
      {R"({"curve": "wave"})", "no curve \"wave\""},
      {R"({"market": ["north", "north", "east"]})", "twice"},
      {R"({"currency": "USD", "price_currency": "EUR"})", "mixed"},
      {R"({"chanel_cap": 5})", "did you mean \"channel_cap\""},
      {R"({"channel_cap": {"tvv": 5}})", "did you mean \"tv\""},
      {R"({"objective": "win_probability"})", "pairs"},
      {R"({"decay": 1.5})", "decay"},
      {R"({"reach": 2})", "reach"},
      {R"({"pairs": [["north", "XX", 1]]})", "no contest"},
      {R"({"pairs": [["north", "OH", 7]]})", "7"},
      {R"({"pairs": [], "objective": "glory"})", "no objective"},
      {R"({"pairs": [], "objective": "robust_win_probability"})", "poll errors"},
  };
  for (const auto& [change, words] : cases) {
    const std::string said = refusal(change);
    if (change.find("\"v\": [5, 3]}") != std::string::npos) {
      EXPECT_EQ(said, "") << "two numbers are one for each channel";
      continue;
    }
    EXPECT_NE(said.find(words), std::string::npos) << change << ": " << said;
    EXPECT_EQ(said.find('\n'), std::string::npos);
  }
  EXPECT_FALSE(allocate_file({.problem = folder() / "none.json"}));
  EXPECT_FALSE(allocate_file({.problem = folder()}));
  const fs::path broken = folder() / "broken.json";
  std::ofstream(broken) << "{\"budget\": ";
  EXPECT_FALSE(allocate_file({.problem = broken}));
}

}  // namespace
}  // namespace hustings::cli
