#include <gmock/gmock.h>

#include "phonebank/testing/bank.h"

namespace hustings::phonebank::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class PaceTest : public Bank {
 protected:
  Rules rules_of(PhonebankId phonebank) { return service_.get(phonebank)->rules; }
  void set(PhonebankId phonebank, const Rules& rules) {
    const auto saved = service_.set_pace(phonebank, rules, "person:1");
    EXPECT_TRUE(saved.has_value()) << (saved ? "" : saved.error().text());
  }
};

TEST_F(PaceTest, LinesThatWaitTakeTheNewTimeByWhatCameOfTheCall) {
  const auto phonebank = open_bank(list_of(3));
  for (const Disposition came :
       {Disposition::no_answer, Disposition::busy, Disposition::left_message}) {
    record(caller(phonebank), claim(caller(phonebank)), came);
  }
  Rules rules = rules_of(phonebank);
  rules.retry = hours(2);
  rules.busy_retry = minutes(5);
  rules.message_retry = hours(3);
  set(phonebank, rules);
  const Rules saved = rules_of(phonebank);
  EXPECT_EQ(saved.retry, hours(2));
  EXPECT_EQ(saved.busy_retry, minutes(5));
  EXPECT_EQ(saved.message_retry, hours(3));
  EXPECT_EQ(claim_nothing(caller(phonebank)).next_at, kNoon + minutes(5));
  clock_.set(kNoon + minutes(5));
  EXPECT_EQ(claim(caller(phonebank, 1)).number, number(2));
  clock_.set(kNoon + hours(2));
  EXPECT_EQ(claim(caller(phonebank, 2)).number, number(1));
  EXPECT_EQ(claim_nothing(caller(phonebank, 3)).next_at, kNoon + hours(3));
  clock_.set(kNoon + hours(3));
  EXPECT_EQ(claim(caller(phonebank, 3)).number, number(3));
}

TEST_F(PaceTest, ALongerTimeHoldsForOtherPhoneBanksToo) {
  const ListId list = list_of(1);
  const auto phonebank = open_bank(list);
  const auto other = open_bank(list);
  record(caller(phonebank), claim(caller(phonebank)), Disposition::no_answer);
  Rules rules = rules_of(phonebank);
  rules.retry = hours(6);
  set(phonebank, rules);
  clock_.set(kNoon + hours(5));
  claim_nothing(caller(phonebank, 1));
  claim_nothing(caller(other, 2));
  clock_.set(kNoon + hours(6));
  EXPECT_EQ(claim(caller(other, 2)).number, number(1));
}

TEST_F(PaceTest, NextCallsWaitByTheNewTimes) {
  const auto phonebank = open_bank(list_of(1));
  Rules rules = rules_of(phonebank);
  rules.message_retry = hours(30);
  set(phonebank, rules);
  record(caller(phonebank), claim(caller(phonebank)), Disposition::left_message);
  EXPECT_EQ(claim_nothing(caller(phonebank)).next_at, kNoon + hours(30));
}

TEST_F(PaceTest, PromisedCallbacksKeepTheirTime) {
  const auto phonebank = open_bank(list_of(1));
  CallResult promise = result(caller(phonebank), claim(caller(phonebank)), Disposition::callback);
  promise.callback_at = kNoon + hours(3);
  record(promise);
  Rules rules = rules_of(phonebank);
  rules.retry = hours(1);
  rules.attempts_max = 1;
  set(phonebank, rules);
  EXPECT_EQ(claim_nothing(caller(phonebank)).next_at, kNoon + hours(3));
}

TEST_F(PaceTest, MoreTriesBringLinesBackAndFewerEndThem) {
  Rules rules = Bank::rules();
  rules.attempts_max = 1;
  const auto phonebank = open_bank(list_of(1), rules);
  record(caller(phonebank), claim(caller(phonebank)), Disposition::no_answer);
  ASSERT_EQ(line_reason(phonebank, number(1)), "attempts");
  rules = rules_of(phonebank);
  rules.attempts_max = 2;
  set(phonebank, rules);
  EXPECT_EQ(line_state(phonebank, number(1)), "waiting");
  rules.attempts_max = 1;
  set(phonebank, rules);
  EXPECT_EQ(line_reason(phonebank, number(1)), "attempts");
  rules.attempts_max = 3;
  set(phonebank, rules);
  clock_.set(kNoon + hours(4));
  EXPECT_EQ(claim(caller(phonebank)).number, number(1));
}

TEST_F(PaceTest, APassIsFinishedBeforeTheNextBegins) {
  Rules rules = Bank::rules();
  rules.retry = minutes(1);
  rules.whole_passes = true;
  const auto phonebank = open_bank(list_of(3), rules);
  record(caller(phonebank), claim(caller(phonebank)), Disposition::no_answer);
  clock_.advance(minutes(2));
  EXPECT_EQ(claim(caller(phonebank, 1)).number, number(2)) << "number 1 waits for the others";
  EXPECT_EQ(claim(caller(phonebank, 2)).number, number(3));
  EXPECT_EQ(claim(caller(phonebank, 3)).number, number(1));
  const auto passes = service_.passes(phonebank);
  ASSERT_EQ(passes.size(), 2U);
  EXPECT_EQ(passes[0].attempts, 1);
  EXPECT_EQ(passes[0].lines, 2);
  EXPECT_EQ(passes[1].attempts, 2);
  EXPECT_EQ(passes[1].left, 1);
}

TEST_F(PaceTest, TheOrderOfPassesCanBeChosenWhileItRuns) {
  Rules rules = Bank::rules();
  rules.retry = minutes(1);
  const auto phonebank = open_bank(list_of(3), rules);
  record(caller(phonebank), claim(caller(phonebank)), Disposition::no_answer);
  rules = rules_of(phonebank);
  rules.whole_passes = true;
  set(phonebank, rules);
  clock_.advance(minutes(2));
  EXPECT_EQ(claim(caller(phonebank, 1)).number, number(2));
  rules.whole_passes = false;
  set(phonebank, rules);
  EXPECT_EQ(claim(caller(phonebank, 2)).number, number(1));
}

TEST_F(PaceTest, RefusesTimesOutOfTheirLimits) {
  const auto phonebank = open_bank(list_of(1));
  Rules rules = rules_of(phonebank);
  rules.busy_retry = std::chrono::seconds(1);
  EXPECT_EQ(service_.set_pace(phonebank, rules, "person:1").error().where, "busy_minutes");
  rules = rules_of(phonebank);
  rules.message_retry = hours(24 * 20);
  EXPECT_EQ(service_.set_pace(phonebank, rules, "person:1").error().where, "message_minutes");
  EXPECT_EQ(service_.set_pace(PhonebankId(99), Bank::rules(), "person:1").error().code,
            ErrorCode::not_found);
}

}  // namespace
}  // namespace hustings::phonebank::testing
