// Who comes first is handed out first: by segment, list, arm and score, also while calls go on.
#include "following/priorities.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "feed/feed.h"
#include "phonebank/testing/bank.h"

namespace hustings::following {
namespace {

using phonebank::Lease;
using phonebank::OrderStep;
using phonebank::Rules;
using phonebank::testing::Bank;
using phonebank::testing::kNoon;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;

OrderStep in_segment(SegmentId id) {
  OrderStep step;
  step.segment = id;
  return step;
}
OrderStep on_list(ListId id, const std::string& arm = "") {
  OrderStep step;
  step.list = id;
  step.arm = arm;
  return step;
}
OrderStep by_score(const std::string& score, bool lowest_first = false) {
  OrderStep step;
  step.score = score;
  step.lowest_first = lowest_first;
  return step;
}

class PrioritiesTest : public Bank {
 protected:
  /// Six voters with numbers of their own; 2, 4 and 6 are DEM; turnout 10, 25, 40, 55, 70, none.
  void begin(const std::vector<int>& numbers = {1, 2, 3, 4, 5, 6}) {
    std::vector<phonebank::testing::TestVoter> voters;
    for (std::size_t i = 0; i < numbers.size(); ++i)
      voters.push_back({.id = static_cast<int>(i) + 1, .number = number(numbers[i])});
    list_ = list_of(voters);
    run("update voter set party = case when voter_id % 2 = 0 then 'DEM' else 'REP' end");
    for (int id = 1; id < 6; ++id)
      set_turnout(id, 15 * id - 5);
    segments_.start();
    democrats_ =
        segments_
            .create({.name = "Democrats",
                     .rule = *segments::rule_from_json(R"({"field":"party","in":["DEM"]})"),
                     .actor = "person:1"})
            .value()
            .id;
  }
  void set_turnout(int id, int score) {
    run(
        fmt::format("insert into voter_score (bucket, voter_id, import_id, turnout) values "
                    "({}, {}, 1, {}) on conflict (bucket, voter_id) do update "
                    "set turnout = excluded.turnout",
                    bucket_of(VoterId(id)), id, score));
  }
  void change_party(int id, const std::string& party) {
    run(fmt::format("update voter set party = '{}' where voter_id = {}", party, id));
    pg::Transaction transaction(*connection_);
    const feed::Change change{.kind = ChangeKind::voter_corrected,
                              .subject = feed::subject_of("voter", VoterId(id)),
                              .actor = "system",
                              .payload = "{}"};
    const auto position = feed::commit(transaction, {&change, 1});
    ASSERT_TRUE(segments_.wait_until(position, std::chrono::seconds(20)));
  }
  void set(PhonebankId phonebank, const Priorities::Steps& steps) {
    const Status done = priorities_.set(phonebank, steps, "person:1");
    ASSERT_TRUE(done.has_value()) << done.error().text();
  }
  /// The numbers in the order in which they are handed out, each held by another caller.
  std::vector<std::int64_t> handed_out(PhonebankId phonebank, int count, int first_caller = 1) {
    std::vector<std::int64_t> order;
    for (int i = 0; i < count; ++i)
      order.push_back(claim(caller(phonebank, first_caller + i)).number - number(0));
    return order;
  }
  ErrorCode refusal(const Priorities::Steps& steps) {
    const Status status = priorities_.check(steps);
    EXPECT_FALSE(status.has_value());
    return status ? ErrorCode::unavailable : status.error().code;
  }

  segments::SegmentService segments_{database_.pool(), clock_, log_};
  lists::ListService lists_{database_.pool(), segments_, clock_, log_};
  Priorities priorities_{segments_, lists_, service_, clock_, log_};
  ListId list_;
  SegmentId democrats_;
};

TEST_F(PrioritiesTest, ASegmentComesFirstThenTheListsOrder) {
  begin();
  const auto phonebank = open_bank(list_);
  set(phonebank, {in_segment(democrats_)});
  EXPECT_THAT(handed_out(phonebank, 6), ElementsAre(2, 4, 6, 1, 3, 5));
}

TEST_F(PrioritiesTest, AScoreHighestOrLowestFirstAndUnknownLast) {
  begin();
  const auto phonebank = open_bank(list_);
  set(phonebank, {by_score("turnout_score")});
  EXPECT_THAT(handed_out(phonebank, 3), ElementsAre(5, 4, 3));
  set(phonebank, {by_score("turnout_score", true)});
  EXPECT_THAT(handed_out(phonebank, 3, 4), ElementsAre(1, 2, 6)) << "what is held stays held";
}

TEST_F(PrioritiesTest, TheFirstStepDecidesAndAmongEqualsTheNext) {
  begin();
  const auto phonebank = open_bank(list_);
  set(phonebank, {in_segment(democrats_), by_score("turnout_score")});
  EXPECT_THAT(handed_out(phonebank, 6), ElementsAre(4, 2, 6, 5, 3, 1));
}

TEST_F(PrioritiesTest, AnotherListOrOneOfItsArms) {
  const ListId letters = list_of({{.id = 3, .number = number(3)},
                                  {.id = 5, .number = number(5)},
                                  {.id = 6, .number = number(6), .held_out = true}});
  run(fmt::format("update list set arms = '[\"holdout\", \"letter\", \"card\"]' where list_id = {}",
                  letters.value()));
  run(fmt::format("update list_member set arm = 2 where list_id = {} and voter_id = 5",
                  letters.value()));
  begin();
  const auto phonebank = open_bank(list_);
  set(phonebank, {on_list(letters)});
  EXPECT_EQ(count("select count(*) from queue_line where priority = 1"), 2);
  set(phonebank, {on_list(letters, "card")});
  EXPECT_THAT(handed_out(phonebank, 2), ElementsAre(5, 1));
  EXPECT_EQ(refusal({on_list(letters, "holdout")}), ErrorCode::invalid);
  EXPECT_EQ(refusal({on_list(letters, "poster")}), ErrorCode::invalid);
}

TEST_F(PrioritiesTest, CallbacksComeBeforeAll) {
  begin();
  const auto phonebank = open_bank(list_);
  const Lease first = claim(caller(phonebank));
  ASSERT_EQ(first.number, number(1));
  auto promised = result(caller(phonebank), first, Disposition::callback);
  promised.callback_at = kNoon + minutes(5);
  record(promised);
  set(phonebank, {in_segment(democrats_)});
  clock_.advance(minutes(5));
  EXPECT_THAT(handed_out(phonebank, 3), ElementsAre(1, 2, 4));
}

TEST_F(PrioritiesTest, OfAHouseholdsVotersTheFirstToBeCalledCounts) {
  begin({1, 1, 3, 4, 5, 6});
  const auto phonebank = open_bank(list_);
  set(phonebank, {in_segment(democrats_)});
  EXPECT_THAT(handed_out(phonebank, 3), ElementsAre(1, 4, 6));
}

TEST_F(PrioritiesTest, PassesThatAreFinishedOneByOneKeepThemWithinEach) {
  begin();
  Rules rules = Bank::rules();
  rules.whole_passes = true;
  const auto phonebank = open_bank(list_, rules);
  set(phonebank, {in_segment(democrats_)});
  record(caller(phonebank), claim(caller(phonebank)), Disposition::no_answer);  // 2
  set(phonebank, {in_segment(democrats_), by_score("turnout_score")});
  clock_.advance(hours(4));
  EXPECT_THAT(handed_out(phonebank, 6), ElementsAre(4, 6, 5, 3, 1, 2));
}

TEST_F(PrioritiesTest, AfterATryALineHasItsPlaceAgain) {
  begin();
  const auto phonebank = open_bank(list_);
  set(phonebank, {in_segment(democrats_)});
  record(caller(phonebank), claim(caller(phonebank)), Disposition::no_answer);
  clock_.advance(hours(4));
  Rules rules = service_.get(phonebank)->rules;
  rules.whole_passes = true;
  ASSERT_TRUE(service_.set_pace(phonebank, rules, "person:1").has_value());
  rules.whole_passes = false;
  ASSERT_TRUE(service_.set_pace(phonebank, rules, "person:1").has_value());
  EXPECT_THAT(handed_out(phonebank, 4), ElementsAre(2, 4, 6, 1));
}

TEST_F(PrioritiesTest, WithoutStepsTheListsOrderIsBack) {
  begin();
  const auto phonebank = open_bank(list_);
  set(phonebank, {in_segment(democrats_)});
  set(phonebank, {});
  EXPECT_THAT(handed_out(phonebank, 3), ElementsAre(1, 2, 3));
}

TEST_F(PrioritiesTest, WhoMovesIsReckonedAnew) {
  begin();
  const auto phonebank = open_bank(list_);
  set(phonebank, {in_segment(democrats_)});
  change_party(5, "DEM");
  change_party(2, "REP");
  priorities_.reckon_all();
  EXPECT_THAT(handed_out(phonebank, 4), ElementsAre(4, 5, 6, 1));
}

TEST_F(PrioritiesTest, OnlyWithinTheLawfulHours) {
  begin();
  run("update voter set state = 'HI', county = 'HONOLULU' where voter_id in (2, 4)");
  const auto phonebank = open_bank(list_);
  set(phonebank, {in_segment(democrats_)});
  EXPECT_THAT(handed_out(phonebank, 2), ElementsAre(6, 1)) << "6 o'clock in Honolulu";
}

TEST_F(PrioritiesTest, TellsHowManyLinesAreLeftOfEachPlace) {
  begin();
  const auto phonebank = open_bank(list_);
  EXPECT_TRUE(service_.orders().get(phonebank)->weights.empty());
  set(phonebank, {in_segment(democrats_)});
  record(caller(phonebank), claim(caller(phonebank)), Disposition::reached);
  const auto order = service_.orders().get(phonebank).value();
  EXPECT_EQ(order.steps, Priorities::Steps{in_segment(democrats_)});
  EXPECT_EQ(order.reckoned_at, kNoon);
  ASSERT_EQ(order.weights.size(), 2U);
  EXPECT_EQ(order.weights[0].weight, 1);
  EXPECT_EQ(order.weights[0].lines, 3);
  EXPECT_EQ(order.weights[0].left, 2);
  EXPECT_EQ(order.weights[1].left, 3);
}

TEST_F(PrioritiesTest, RefusesWhatDoesNotExist) {
  begin();
  EXPECT_EQ(refusal({in_segment(SegmentId(99))}), ErrorCode::invalid);
  EXPECT_EQ(refusal({on_list(ListId(99))}), ErrorCode::invalid);
  EXPECT_EQ(refusal({by_score("score:nobody")}), ErrorCode::invalid);
  EXPECT_EQ(refusal({by_score("party")}), ErrorCode::invalid);
  EXPECT_EQ(priorities_.set(PhonebankId(99), {}, "person:1").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace hustings::following
