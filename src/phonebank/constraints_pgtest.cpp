#include <fmt/format.h>

#include "phonebank/testing/bank.h"

namespace hustings::phonebank::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// What the database refuses by itself, however wrong the program is.
class ConstraintsTest : public Bank {
 protected:
  std::string refused(const std::string& sql) {
    try {
      run(sql);
    } catch (const pg::SqlFailure& failure) {
      return failure.sqlstate();
    }
    return "";
  }
  static std::string attempt(int lease, const char* from, const char* to) {
    return fmt::format(
        "insert into line_attempt (lease_id, number, phonebank_id, caller_id, epoch,"
        " script_version, shown_at, during) values ({}, 19195550001, 1, 1, 1, 1, '{}', "
        "tstzrange('{}', '{}'))",
        lease, from, from, to);
  }
  static std::string hold(PhonebankId phonebank, int person, int n) {
    return fmt::format(
        "update queue_line set state = 'held', held_by = {} where phonebank_id = {} and number = "
        "{}",
        person, phonebank.value(), number(n));
  }
};

TEST_F(ConstraintsTest, ALineIsNotHeldTwiceInWhateverPhonebank) {
  const ListId list = list_of(2);
  const auto one = open_bank(list);
  const auto other = open_bank(list);
  EXPECT_EQ(refused(hold(one, 1, 1)), "");
  EXPECT_EQ(refused(hold(other, 2, 1)), "23505");
  EXPECT_EQ(refused(hold(other, 2, 2)), "");
}

TEST_F(ConstraintsTest, ACallerDoesNotHoldTwoLines) {
  const auto phonebank = open_bank(list_of(2));
  EXPECT_EQ(refused(hold(phonebank, 1, 1)), "");
  EXPECT_EQ(refused(hold(phonebank, 1, 2)), "23505");
}

TEST_F(ConstraintsTest, ALineIsNotShownTooSoon) {
  EXPECT_EQ(refused(attempt(1, "2026-10-20T16:00Z", "2026-10-20T20:00Z")), "");
  EXPECT_EQ(refused(attempt(2, "2026-10-20T19:59Z", "2026-10-21T00:00Z")), "23P01");
  EXPECT_EQ(refused(attempt(3, "2026-10-20T15:00Z", "2026-10-20T16:01Z")), "23P01");
  EXPECT_EQ(refused(attempt(4, "2026-10-20T20:00Z", "2026-10-21T00:00Z")), "");
}

TEST_F(ConstraintsTest, AResultsKeyIsUsedOnce) {
  const std::string sql =
      "insert into call_result (result_key, lease_id, phonebank_id, caller_id, spoken, response, "
      "at)"
      " values ('0190a0b0-1234-4abc-8def-0123456789ab', 1, 1, 1, false, '{}', now())";
  EXPECT_EQ(refused(sql), "");
  EXPECT_EQ(refused(sql), "23505");
}

TEST_F(ConstraintsTest, AnotherPhonebankPassesOverANumberThatIsHeld) {
  const ListId list = list_of(2);
  const auto one = open_bank(list);
  const auto other = open_bank(list);
  const Lease lease = claim(caller(one, 1));
  EXPECT_EQ(lease.number, number(1));
  EXPECT_EQ(claim(caller(other, 2)).number, number(2));
  EXPECT_EQ(claim_nothing(caller(other, 3)).reason, NothingReason::none_ready);
}

TEST_F(ConstraintsTest, AnotherPhonebankWaitsForANumberThatWasCalledLately) {
  const ListId list = list_of(1);
  const auto one = open_bank(list);
  const auto other = open_bank(list);
  record(caller(one), claim(caller(one)), Disposition::reached);
  const auto nothing = claim_nothing(caller(other, 2));
  EXPECT_EQ(nothing.reason, NothingReason::waiting);
  EXPECT_EQ(nothing.next_at, kNoon + hours(4));
  EXPECT_EQ(line_state(other, number(1)), "waiting");
  clock_.advance(hours(4));
  EXPECT_EQ(claim(caller(other, 2)).epoch, 1);
}

TEST_F(ConstraintsTest, APromisedTimeHoldsForOtherPhonebanksToo) {
  const ListId list = list_of(1);
  const auto one = open_bank(list);
  const auto other = open_bank(list);
  auto call = result(caller(one), claim(caller(one)), Disposition::callback);
  call.callback_at = kNoon + minutes(30);
  record(call);
  clock_.advance(minutes(29));
  EXPECT_EQ(claim_nothing(caller(other, 2)).next_at, kNoon + minutes(30));
}

TEST_F(ConstraintsTest, ALateResultDoesNotReachOverAnothersAttempt) {
  const ListId list = list_of(1);
  const auto one = open_bank(list);
  const auto other = open_bank(list);
  const Lease old = claim(caller(one));
  clock_.advance(minutes(10) + hours(4));
  service_.rescue_expired();
  record(caller(other, 2), claim(caller(other, 2)), Disposition::no_answer);
  EXPECT_TRUE(record(caller(one), old, Disposition::left_message).late);
  EXPECT_EQ(count("select count(*) from line_attempt"), 2);
  EXPECT_EQ(value("select bool_or(a.during && b.during) from line_attempt a join line_attempt b"
                  " on a.number = b.number and a.lease_id < b.lease_id"),
            "f");
}

}  // namespace
}  // namespace hustings::phonebank::testing
