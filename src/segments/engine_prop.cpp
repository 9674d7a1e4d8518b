#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "segments/birth.h"
#include "segments/query.h"
#include "segments/testing/random_electorate.h"

namespace hustings::segments {
namespace {

using testing::random_rule;

constexpr Instant kNow = std::chrono::sys_days(std::chrono::year(2026) / 10 / 9);

/// Some blocks of voters, without a database; ordered by geography but for a tail.
Electorate random_electorate(Rng& rng, int voters) {
  Electorate electorate;
  const auto any_of = [&](const std::vector<std::string>& texts) {
    return texts[rng.below(texts.size())];
  };
  const auto put = [&](int number) {
    VoterRecord record;
    record.voter = VoterId(number);
    if (rng.chance(0.9)) record.household = HouseholdId(static_cast<std::int64_t>(rng.below(4000)));
    record.born =
        rng.chance(0.1) ? birth::kUnknown : birth::of_year(1930 + static_cast<int>(rng.below(80)));
    record.has_phone = rng.chance(0.4);
    record.is_protected = rng.chance(0.02);
    record.is_suppressed = rng.chance(0.05);
    record.texts[category_column(Field::state)] = "NC";
    record.texts[category_column(Field::county)] = any_of({"WAKE", "DURHAM", "O'BRIEN"});
    record.texts[category_column(Field::precinct)] = any_of({"01-01", "01-02", "02-01", "13", ""});
    record.texts[category_column(Field::party)] = any_of({"DEM", "REP", "UNA", ""});
    electorate.put(record);
  };
  for (int i = 1; i <= voters; ++i)
    put(i);
  electorate.order_by_geography();
  for (int i = voters + 1; i <= voters + 300; ++i)
    put(i);
  electorate.put_question({.id = QuestionId(1),
                           .key = "q1",
                           .kind = "choice",
                           .text = {},
                           .choices = {"Yes", "No", "Perhaps"}});
  for (int i = 0; i < 3; ++i) {
    electorate.put_election({.id = ElectionId(i + 1),
                             .state = "NC",
                             .held_on = std::to_string(2020 + 2 * i) + "-11-06",
                             .kind = "general",
                             .title = {}});
  }
  for (int i = 0; i < voters; ++i) {
    const VoterId voter(1 +
                        static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(voters))));
    electorate.set_voted(voter, ElectionId(1 + static_cast<std::int64_t>(rng.below(3))));
    electorate.set_scores(voter, {.support = static_cast<std::int16_t>(rng.below(101)),
                                  .turnout = {},
                                  .persuadability = {}});
    if (rng.chance(0.2)) {
      electorate.record_attempt(voter, {.attempt = AttemptId(i),
                                        .disposition = "reached",
                                        .ended_at = kNow - std::chrono::hours(i)});
      electorate.record_answer(voter, QuestionId(1), 1 + static_cast<int>(rng.below(3)), kNow);
    }
  }
  return electorate;
}

std::set<Row> matching(const Scanner& scanner, const Electorate& electorate, const Rule& rule,
                       bool use_zones = true) {
  const auto rows = scanner.rows(electorate, Plan(rule, electorate, kNow, use_zones));
  return {rows.begin(), rows.end()};
}

Rule negated(Rule rule) { return Rule{NoneOf{{std::move(rule)}}}; }

class Engine : public ::testing::Test {
 protected:
  Rng rng_{3};
  Electorate electorate_ = random_electorate(rng_, 10'000);
  Scanner scanner_{1};
};

TEST_F(Engine, ZonesChangeNothing) {
  EXPECT_TRUE(rc::check("with zones as without", [&](std::uint64_t seed) {
    Rng rng(seed);
    const Rule rule = random_rule(rng, 3);
    if (matching(scanner_, electorate_, rule, true) !=
        matching(scanner_, electorate_, rule, false)) {
      RC_FAIL(to_json(rule));
    }
  }));
}

TEST_F(Engine, KeepsTheLawsOfLogic) {
  EXPECT_TRUE(rc::check("De Morgan, double negation, complement", [&](std::uint64_t seed) {
    Rng rng(seed);
    const Rule a = random_rule(rng, 2);
    const Rule b = random_rule(rng, 2);
    const auto rows = [&](const Rule& rule) { return matching(scanner_, electorate_, rule); };
    RC_ASSERT(rows(negated(Rule{AllOf{{a, b}}})) == rows(Rule{AnyOf{{negated(a), negated(b)}}}));
    RC_ASSERT(rows(negated(Rule{AnyOf{{a, b}}})) == rows(Rule{AllOf{{negated(a), negated(b)}}}));
    RC_ASSERT(rows(negated(negated(a))) == rows(a));
    RC_ASSERT(rows(a).size() + rows(negated(a)).size() == electorate_.rows());
    RC_ASSERT(rows(Rule{AllOf{{a, negated(a)}}}).empty());
    // In and out of JSON, a rule means the same.
    const auto again = rule_from_json(to_json(a));
    RC_ASSERT(again.has_value());
    RC_ASSERT(rows(*again) == rows(a));
  }));
}

TEST_F(Engine, TotalsAndGroupsAreThoseOfTheRows) {
  EXPECT_TRUE(rc::check("totals and groups", [&](std::uint64_t seed) {
    Rng rng(seed);
    const Rule rule = random_rule(rng, 2);
    const Plan plan(rule, electorate_, kNow);
    Totals expected;
    std::set<std::int64_t> households;
    std::map<std::string, std::pair<std::uint64_t, std::vector<std::uint32_t>>> by_county;
    for (const Row row : scanner_.rows(electorate_, plan)) {
      ++expected.voters;
      expected.with_phone += electorate_.flag(Field::has_phone).test(row) ? 1 : 0;
      households.insert(electorate_.household(row));
      auto& [count, scores] = by_county[electorate_.category(Field::county).text(row)];
      ++count;
      const std::uint32_t score = electorate_.number(Field::support_score).get(row);
      if (score != kScoreUnknown) scores.push_back(score);
    }
    expected.households = households.size();
    RC_ASSERT(scanner_.totals(electorate_, plan) == expected);
    const auto groups = scanner_.groups(electorate_, plan, Field::county);
    RC_ASSERT(groups.size() == by_county.size());
    for (const Group& group : groups) {
      const auto& [count, scores] = by_county.at(group.value);
      RC_ASSERT(group.count == count);
      RC_ASSERT(group.support_mean.has_value() == !scores.empty());
      if (scores.empty()) continue;
      double sum = 0;
      for (const std::uint32_t score : scores)
        sum += score;
      RC_ASSERT(std::abs(*group.support_mean - sum / static_cast<double>(scores.size())) < 1e-9);
    }
  }));
}

/// The vector paths that this processor has.
std::vector<const Kernels*> all_paths() {
  std::vector<const Kernels*> paths;
  for (const auto path : {VectorPath::portable, VectorPath::avx2, VectorPath::avx512}) {
    if (const Kernels* kernels = kernels_of(path)) paths.push_back(kernels);
  }
  return paths;
}

TEST_F(Engine, EachVectorPathGivesTheSame) {
  EXPECT_TRUE(rc::check("rows, totals and groups by each path", [&](std::uint64_t seed) {
    Rng rng(seed);
    const Rule rule = random_rule(rng, 3);
    const Plan first(rule, electorate_, kNow, {.kernels = all_paths().front()});
    for (const Kernels* kernels : all_paths()) {
      const Plan plan(rule, electorate_, kNow, {.kernels = kernels});
      RC_ASSERT(scanner_.rows(electorate_, plan) == scanner_.rows(electorate_, first));
      RC_ASSERT(scanner_.totals(electorate_, plan) == scanner_.totals(electorate_, first));
      RC_ASSERT(scanner_.groups(electorate_, plan, Field::party) ==
                scanner_.groups(electorate_, first, Field::party));
    }
  }));
}

TEST(EngineVersions, StayAsTheyWere) {
  Rng rng(5);
  Electorate electorate = random_electorate(rng, 5000);
  std::vector<std::shared_ptr<const Electorate>> versions;
  std::vector<std::map<std::string, std::string>> described;
  const VoterId watched(17);
  for (int i = 0; i < 40; ++i) {
    versions.push_back(electorate.freeze());
    described.push_back(electorate.describe(watched));
    electorate.set_scores(
        watched, {.support = static_cast<std::int16_t>(i), .turnout = {}, .persuadability = {}});
    electorate.record_attempt(watched, {.attempt = AttemptId(100'000 + i),
                                        .disposition = "result " + std::to_string(i),
                                        .ended_at = kNow + std::chrono::hours(i)});
    electorate.record_answer(watched, QuestionId(1), i % 3 + 1, kNow + std::chrono::hours(i));
    VoterRecord added;
    added.voter = VoterId(50'000 + i);
    added.texts[category_column(Field::county)] = "NEW " + std::to_string(i);
    electorate.put(added);
    if (i % 3 == 0) versions[rng.below(versions.size())] = nullptr;  // its blocks are used again
  }
  const std::size_t rows = 5300;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    if (versions[i] == nullptr) continue;
    EXPECT_EQ(versions[i]->describe(watched), described[i]);
    EXPECT_EQ(versions[i]->rows(), rows + i);
    EXPECT_EQ(versions[i]->find(VoterId(50'000 + static_cast<int>(i))), Electorate::kNoRow);
  }
}

TEST(EngineThreads, TwoGiveTheSameAsOne) {
  Electorate electorate;
  VoterRecord record;
  for (int i = 1; i <= 520'000; ++i) {
    record.voter = VoterId(i);
    record.household = HouseholdId(i / 2);
    record.has_phone = i % 3 == 0;
    record.texts[category_column(Field::party)] = i % 7 == 0 ? "DEM" : "REP";
    electorate.put(record);
  }
  const Rule rule = *rule_from_json(R"({"field":"party","in":["DEM"]})");
  const Plan plan(rule, electorate, kNow);
  const Scanner one(1);
  const Scanner two(2);
  EXPECT_EQ(one.totals(electorate, plan), two.totals(electorate, plan));
  EXPECT_EQ(one.rows(electorate, plan), two.rows(electorate, plan));
  EXPECT_EQ(two.totals(electorate, plan).voters, 520'000U / 7);
}

}  // namespace
}  // namespace hustings::segments
