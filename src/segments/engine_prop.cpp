#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "segments/birth.h"
#include "segments/kernels.h"
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
    std::map<std::string, std::pair<std::uint64_t, std::vector<int>>> by_county;
    for (const Row row : scanner_.rows(electorate_, plan)) {
      ++expected.voters;
      expected.with_phone += electorate_.flag(Field::has_phone).test(row) ? 1 : 0;
      households.insert(electorate_.household(row));
      auto& [count, scores] = by_county[electorate_.category(Field::county).text(row)];
      ++count;
      const std::uint8_t score = electorate_.number(Field::support_score).get(row);
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
      for (const int score : scores)
        sum += score;
      RC_ASSERT(std::abs(*group.support_mean - sum / static_cast<double>(scores.size())) < 1e-9);
    }
  }));
}

template <class T>
void check_kernels(Rng& rng) {
  std::vector<T> values(kBlockRows);
  for (T& value : values)
    value = static_cast<T>(rng());
  if (rng.chance(0.5)) {
    for (T& value : values)
      value = static_cast<T>(value % 120);
  }
  const T a = values[rng.below(kBlockRows)];
  const T b = values[rng.below(kBlockRows)];
  const T lo = std::min(a, b);
  const T hi = std::max(a, b);
  BlockBits bits;
  kernels::match_range(values.data(), lo, hi, bits.data());
  std::uint64_t expected = 0;
  for (std::size_t i = 0; i < kBlockRows; ++i) {
    const bool is_in = values[i] >= lo && values[i] <= hi;
    expected += is_in ? 1 : 0;
    RC_ASSERT((((bits[i / 64] >> (i % 64)) & 1) != 0) == is_in);
  }
  RC_ASSERT(kernels::count(bits.data()) == expected);
}

TEST(Kernels, AgreeWithOneRowAtATime) {
  EXPECT_TRUE(rc::check("ranges", [](std::uint64_t seed) {
    Rng rng(seed);
    check_kernels<std::uint8_t>(rng);
    check_kernels<std::uint16_t>(rng);
    check_kernels<std::uint32_t>(rng);
  }));
  EXPECT_TRUE(rc::check("tables and sums", [](std::uint64_t seed) {
    Rng rng(seed);
    std::array<std::uint8_t, kBlockRows> values{};
    std::array<std::uint8_t, 256> accept{};
    BlockBits taken;
    for (std::uint8_t& value : values) {
      value = rng.chance(0.1) ? kScoreUnknown : static_cast<std::uint8_t>(rng.below(101));
    }
    for (std::uint8_t& one : accept)
      one = rng.chance(0.3) ? 1 : 0;
    for (std::uint64_t& word : taken)
      word = rng();
    BlockBits bits;
    kernels::match_table(values.data(), accept.data(), bits.data());
    kernels::ScoreSum expected;
    for (std::size_t i = 0; i < kBlockRows; ++i) {
      RC_ASSERT(((bits[i / 64] >> (i % 64)) & 1) == accept[values[i]]);
      if (((taken[i / 64] >> (i % 64)) & 1) == 0 || values[i] == kScoreUnknown) continue;
      ++expected.known;
      expected.sum += values[i];
    }
    const kernels::ScoreSum sum = kernels::sum_scores(values.data(), taken.data());
    RC_ASSERT(sum.known == expected.known);
    RC_ASSERT(sum.sum == expected.sum);
  }));
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
