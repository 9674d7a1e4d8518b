#include "phonebank/result_changes.h"

#include <fmt/format.h>

#include "phonebank/testing/bank.h"

namespace hustings::phonebank::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class ResultChangesTest : public Bank {
 protected:
  /// A change of `saved` under which each of its voters has this disposition.
  static ResultChange change_to(const CallResult& saved, Disposition disposition) {
    ResultChange change = taken_back(saved);
    for (const VoterResult& voter : saved.voters)
      change.voters.push_back({.voter = voter.voter, .disposition = disposition});
    return change;
  }
  static ResultChange taken_back(const CallResult& saved) {
    return {.key = new_key(), .of = saved.key, .caller = saved.caller};
  }
  void expect_changed(const ResultChange& change) {
    const auto changed = service_.change_result(change);
    EXPECT_TRUE(changed.has_value()) << (changed ? "" : changed.error().text());
  }
  std::int64_t bars() { return count("select count(*) from suppression where ended_at is null"); }
  std::string stored() {
    return value("select string_agg(disposition, ',' order by voter_id) from contact_attempt");
  }
};

TEST_F(ResultChangesTest, DoNotCallByMistakeIsUndone) {
  const auto phonebank = open_bank(list_of(1));
  const auto other = open_bank(list_of(1));
  const auto who = caller(phonebank);
  const CallResult saved = result(who, claim(who), Disposition::do_not_call);
  record(saved);
  ASSERT_EQ(line_state(other, number(1)), "barred");
  clock_.advance(minutes(9));
  expect_changed(change_to(saved, Disposition::no_answer));
  EXPECT_EQ(bars(), 0);
  EXPECT_EQ(stored(), "no_answer");
  EXPECT_EQ(line_state(phonebank, number(1)), "waiting");
  EXPECT_EQ(line_state(other, number(1)), "waiting");
  EXPECT_EQ(count("select count(*) from result_change"), 1);
  EXPECT_EQ(value("select payload ->> 'from' from change where kind = 'result_changed'"),
            "do_not_call");
  // The number was dialled: it waits its time from the call on, in both phone banks.
  clock_.set(kNoon + hours(4) - minutes(1));
  claim_nothing(who);
  claim_nothing(caller(other, 2));
  clock_.set(kNoon + hours(4));
  EXPECT_EQ(claim(who).number, number(1));
}

TEST_F(ResultChangesTest, ABarThatWasKnownBeforeTheCallStays) {
  const auto phonebank = open_bank(list_of(1));
  const auto who = caller(phonebank);
  const CallResult saved = result(who, claim(who), Disposition::do_not_call);
  suppress_number(number(1));
  record(saved);
  expect_changed(change_to(saved, Disposition::no_answer));
  EXPECT_EQ(bars(), 1);
  EXPECT_EQ(line_state(phonebank, number(1)), "barred");
}

TEST_F(ResultChangesTest, DeceasedOfOneInAHousehold) {
  const auto phonebank =
      open_bank(list_of({{.id = 1, .number = number(1)}, {.id = 2, .number = number(1)}}));
  const auto who = caller(phonebank);
  CallResult saved = result(who, claim(who), Disposition::reached);
  saved.voters[0].disposition = Disposition::deceased;
  record(saved);
  ASSERT_EQ(line_state(phonebank, number(1)), "done");
  ResultChange change = taken_back(saved);
  change.voters = {{.voter = VoterId(1), .disposition = Disposition::not_home}};
  expect_changed(change);
  EXPECT_EQ(stored(), "not_home,reached");
  EXPECT_EQ(bars(), 0);
  EXPECT_EQ(value("select string_agg(state, ',' order by voter_id) from call_target"), "open,done");
  EXPECT_EQ(line_state(phonebank, number(1)), "waiting");
}

TEST_F(ResultChangesTest, WrongNumberOfTwoIsEndedWithTheSecond) {
  const auto phonebank =
      open_bank(list_of({{.id = 1, .number = number(1)}, {.id = 2, .number = number(1)}}));
  const auto who = caller(phonebank);
  const CallResult saved = result(who, claim(who), Disposition::wrong_number);
  record(saved);
  ResultChange first = taken_back(saved);
  first.voters = {{.voter = VoterId(1), .disposition = Disposition::not_home}};
  expect_changed(first);
  EXPECT_EQ(bars(), 1);
  ResultChange second = taken_back(saved);
  second.voters = {{.voter = VoterId(2), .disposition = Disposition::not_home}};
  expect_changed(second);
  EXPECT_EQ(bars(), 0);
  EXPECT_EQ(line_state(phonebank, number(1)), "waiting");
}

TEST_F(ResultChangesTest, AnswersAreReplacedAndANoteComesAlong) {
  const auto phonebank = open_bank(list_of(1));
  const auto who = caller(phonebank);
  CallResult saved = result(who, claim(who), Disposition::reached);
  saved.voters[0].answers = {{.question = script_.questions[0].id, .choice = 1},
                             {.question = script_.questions[1].id, .text = "Schools"}};
  record(saved);
  ResultChange change = change_to(saved, Disposition::reached);
  change.voters[0].answers = {{.question = script_.questions[0].id, .choice = 2}};
  change.voters[0].note = "Said it twice.";
  expect_changed(change);
  EXPECT_EQ(value("select string_agg(coalesce(choice::text, text), ',') from answer"), "2");
  EXPECT_EQ(value("select note from contact_attempt"), "Said it twice.");
  EXPECT_EQ(surveys_.results("support")->choices[1].count, 1);
  EXPECT_EQ(line_state(phonebank, number(1)), "done");
}

TEST_F(ResultChangesTest, TakenBackIsACallWithoutAResult) {
  const auto phonebank = open_bank(list_of(1));
  const auto who = caller(phonebank);
  CallResult saved = result(who, claim(who), Disposition::reached);
  saved.voters[0].answers = {{.question = script_.questions[0].id, .choice = 1}};
  record(saved);
  EXPECT_EQ(service_.own_calls(who).calls.conversations, 1);
  expect_changed(taken_back(saved));
  EXPECT_EQ(count("select count(*) from contact_attempt"), 0);
  EXPECT_EQ(count("select count(*) from answer"), 0);
  EXPECT_EQ(service_.own_calls(who).calls.calls, 1);
  EXPECT_EQ(service_.own_calls(who).calls.conversations, 0);
  EXPECT_EQ(line_state(phonebank, number(1)), "waiting");
  const auto again = service_.change_result(taken_back(saved));
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_TRUE(record(saved).repeat) << "a late copy of the result stores nothing";
}

TEST_F(ResultChangesTest, TheSameKeyIsTheSameChange) {
  const auto phonebank = open_bank(list_of(1));
  const auto who = caller(phonebank);
  const CallResult saved = result(who, claim(who), Disposition::busy);
  record(saved);
  const ResultChange change = change_to(saved, Disposition::no_answer);
  EXPECT_FALSE(service_.change_result(change)->repeat);
  EXPECT_TRUE(service_.change_result(change)->repeat);
  EXPECT_EQ(count("select count(*) from result_change"), 1);
}

TEST_F(ResultChangesTest, CallbacksAreMadeAndKept) {
  const auto phonebank =
      open_bank(list_of({{.id = 1, .number = number(1)}, {.id = 2, .number = number(1)}}));
  const auto who = caller(phonebank);
  CallResult saved = result(who, claim(who), Disposition::no_answer);
  record(saved);
  ResultChange change = taken_back(saved);
  change.voters = {{.voter = VoterId(1), .disposition = Disposition::callback}};
  EXPECT_EQ(service_.change_result(change).error().where, "callback_at");
  change.callback_at = kNoon + hours(3);
  change.callback_by = CallbackBy::me;
  expect_changed(change);
  EXPECT_EQ(count("select count(*) from queue_line where promised and callback_for = 1"), 1);
  ResultChange other = taken_back(saved);
  other.voters = {{.voter = VoterId(2), .disposition = Disposition::reached}};
  expect_changed(other);
  EXPECT_EQ(count("select count(*) from queue_line where promised and callback_for = 1"), 1);
  clock_.set(kNoon + hours(3));
  EXPECT_EQ(claim(who).number, number(1));
}

TEST_F(ResultChangesTest, WhoWasShownTheNumberSinceKeepsIt) {
  Rules rules = Bank::rules();
  rules.retry = minutes(1);
  const auto phonebank = open_bank(list_of(1), rules);
  const auto who = caller(phonebank);
  const CallResult saved = result(who, claim(who), Disposition::no_answer);
  record(saved);
  clock_.advance(minutes(2));
  const Lease next = claim(caller(phonebank, 2));
  expect_changed(change_to(saved, Disposition::refused));
  EXPECT_EQ(line_state(phonebank, number(1)), "held");
  EXPECT_EQ(stored(), "refused");
  record(caller(phonebank, 2), next, Disposition::no_answer);
  EXPECT_EQ(line_state(phonebank, number(1)), "done") << "nobody is left to reach";
}

TEST_F(ResultChangesTest, RefusesStrangersLateOnesAndNonsense) {
  const auto phonebank = open_bank(list_of(1));
  const auto who = caller(phonebank);
  const CallResult saved = result(who, claim(who), Disposition::no_answer);
  record(saved);
  ResultChange stranger = change_to(saved, Disposition::reached);
  stranger.caller = PersonId(2);
  EXPECT_EQ(service_.change_result(stranger).error().code, ErrorCode::not_found);
  ResultChange elsewhere = taken_back(saved);
  elsewhere.voters = {{.voter = VoterId(77), .disposition = Disposition::reached}};
  EXPECT_EQ(service_.change_result(elsewhere).error().where, "voters[0].voter");
  ResultChange unkeyed = change_to(saved, Disposition::reached);
  unkeyed.key = "x";
  EXPECT_EQ(service_.change_result(unkeyed).error().where, "key");
  ResultChange unasked = change_to(saved, Disposition::reached);
  unasked.voters[0].answers = {{.question = script_.questions[0].id, .choice = 9}};
  EXPECT_EQ(service_.change_result(unasked).error().code, ErrorCode::invalid);
  clock_.advance(kChangeMax + minutes(1));
  EXPECT_EQ(service_.change_result(change_to(saved, Disposition::reached)).error().code,
            ErrorCode::conflict);
  EXPECT_EQ(stored(), "no_answer");
}

}  // namespace
}  // namespace hustings::phonebank::testing
