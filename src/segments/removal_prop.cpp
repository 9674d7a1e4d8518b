#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "segments/birth.h"
#include "segments/query.h"
#include "segments/testing/random_electorate.h"

namespace hustings::segments {
namespace {

constexpr Instant kNow = std::chrono::sys_days(std::chrono::year(2026) / 10 / 9);

VoterRecord random_voter(Rng& rng, int number) {
  const auto any_of = [&](const std::vector<std::string>& texts) {
    return texts[rng.below(texts.size())];
  };
  VoterRecord record;
  record.voter = VoterId(number);
  if (rng.chance(0.9)) record.household = HouseholdId(static_cast<std::int64_t>(rng.below(400)));
  record.born = birth::of_year(1930 + static_cast<int>(rng.below(80)));
  record.has_phone = rng.chance(0.4);
  record.texts[category_column(Field::state)] = "NC";
  record.texts[category_column(Field::county)] = any_of({"WAKE", "DURHAM", "O'BRIEN"});
  record.texts[category_column(Field::party)] = any_of({"DEM", "REP", "UNA", ""});
  return record;
}

Electorate random_electorate(Rng& rng, int voters) {
  Electorate electorate;
  for (int i = 1; i <= voters; ++i)
    electorate.put(random_voter(rng, i));
  electorate.order_by_geography();
  electorate.put_question(
      {.id = QuestionId(1), .key = "q1", .kind = "choice", .text = {}, .choices = {"Yes", "No"}});
  electorate.put_election({.id = ElectionId(1),
                           .state = "NC",
                           .held_on = "2020-11-06",
                           .kind = "general",
                           .title = {}});
  History& history = electorate.history();
  history.put_list({.id = ListId(1), .name = "List", .arms = {"holdout", "treatment"}});
  for (int i = 1; i <= voters; ++i) {
    const VoterId voter(i);
    const Row row = electorate.find(voter);
    if (rng.chance(0.2)) history.set_member(row, ListId(1), static_cast<int>(rng.below(2)));
    if (rng.chance(0.2)) history.set_scores(row, {{"climate", static_cast<int>(rng.below(101))}});
    if (rng.chance(0.2)) {
      history.set_consent(row, ConsentPurpose::campaign, ConsentChannel::phone,
                          rng.chance(0.5) ? ConsentState::given : ConsentState::withdrawn);
    }
    if (rng.chance(0.5)) electorate.set_voted(voter, ElectionId(1));
    if (rng.chance(0.3)) electorate.set_scores(voter, {.support = std::int16_t{40}});
    if (!rng.chance(0.3)) continue;
    electorate.record_attempt(voter, {.attempt = AttemptId(i),
                                      .disposition = "reached",
                                      .ended_at = kNow - std::chrono::hours(i)});
    electorate.record_answer(voter, QuestionId(1), 1 + static_cast<int>(rng.below(2)), kNow);
  }
  return electorate;
}

std::set<VoterId> matching(const Electorate& electorate, const Rule& rule) {
  std::set<VoterId> out;
  for (const Row row : Scanner(1).rows(electorate, Plan(rule, electorate, kNow)))
    out.insert(electorate.voter(row));
  return out;
}

std::uint64_t answered(const Electorate& electorate) {
  const auto* question = electorate.question("q1");
  return question->counts[1] + question->counts[2];
}

/// Who is taken out is as if they had never been; of the others nothing changes, and later words on
/// them still count from where they stood.
TEST(Removal, LeavesTheOthersAsTheyAre) {
  EXPECT_TRUE(rc::check("some go", [](std::uint64_t seed) {
    Rng rng(seed);
    const int voters = 4080 + static_cast<int>(rng.below(30));  // around a block's end
    Electorate electorate = random_electorate(rng, voters);
    const Rule rule = testing::random_rule(rng, 2);
    auto expected = matching(electorate, rule);
    std::map<VoterId, std::map<std::string, std::string>> before;
    for (int i = 1; i <= voters; ++i)
      before.emplace(VoterId(i), electorate.describe(VoterId(i)));
    for (int i = 0; i < 40; ++i) {
      const VoterId gone(1 +
                         static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(voters))));
      RC_ASSERT(electorate.remove(gone) == (before.erase(gone) == 1));
      expected.erase(gone);
    }
    RC_ASSERT(electorate.rows() == before.size());
    RC_ASSERT(matching(electorate, rule) == expected);
    std::uint64_t answers = 0;
    for (const auto& [voter, was] : before) {
      RC_ASSERT(electorate.describe(voter) == was);
      answers += was.at("answer:q1") == "0" ? 0 : 1;
    }
    RC_ASSERT(answered(electorate) == answers);
  }));
}

TEST(Removal, ANewVoterInTheGapBeginsWithNothing) {
  Rng rng(5);
  Electorate electorate = random_electorate(rng, 50);
  for (int i = 1; i <= 50; ++i)
    ASSERT_TRUE(electorate.remove(VoterId(i)));
  EXPECT_EQ(electorate.rows(), 0U);
  EXPECT_FALSE(electorate.remove(VoterId(1)));
  EXPECT_FALSE(electorate.set_suppressed(VoterId(1), true));
  electorate.put(random_voter(rng, 51));
  const auto fresh = electorate.describe(VoterId(51));
  EXPECT_EQ(fresh.at("answer:q1"), "0");
  EXPECT_EQ(fresh.at("last_contacted_at"), "0");
  EXPECT_EQ(fresh.at("voted:NC 2020-11-06 general"), "no");
  EXPECT_EQ(fresh.at("contacted"), "no");
  EXPECT_EQ(fresh.at("attempts"), "");
  EXPECT_FALSE(fresh.contains("score:climate"));
  EXPECT_FALSE(fresh.contains("list:1"));
  EXPECT_FALSE(fresh.contains("consent:campaign:phone"));
}

TEST(Removal, ALaterAttemptOfSomebodyWhoMovedIsTheLast) {
  Rng rng(6);
  Electorate electorate;
  for (int i = 1; i <= 3; ++i)
    electorate.put(random_voter(rng, i));
  electorate.record_attempt(VoterId(3),
                            {.attempt = AttemptId(9), .disposition = "reached", .ended_at = kNow});
  electorate.remove(VoterId(1));
  electorate.record_attempt(
      VoterId(3),
      {.attempt = AttemptId(8), .disposition = "busy", .ended_at = kNow - std::chrono::hours(1)});
  EXPECT_EQ(electorate.describe(VoterId(3)).at("last_disposition"), "reached");
}

}  // namespace
}  // namespace hustings::segments
