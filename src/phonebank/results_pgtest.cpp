#include <thread>

#include "feed/feed.h"
#include "phonebank/testing/bank.h"

namespace hustings::phonebank::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class ResultsTest : public Bank {
 protected:
  ErrorCode refused(const CallResult& result) {
    const auto stored = service_.record(result);
    EXPECT_FALSE(stored.has_value());
    return stored ? ErrorCode::cancelled : stored.error().code;
  }
};

TEST_F(ResultsTest, StoresAllThatWasSaid) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  clock_.advance(minutes(3));
  auto call = result(caller(phonebank), lease, Disposition::reached);
  call.voters[0].note = "Friendly";
  call.voters[0].answers = {{.question = script_.questions[0].id, .choice = 2},
                            {.question = script_.questions[1].id, .text = "Jobs"}};
  const Stored stored = record(call);
  EXPECT_FALSE(stored.late);
  EXPECT_FALSE(stored.repeat);

  EXPECT_EQ(line_state(phonebank, number(1)), "done");
  EXPECT_EQ(line_reason(phonebank, number(1)), "complete");
  EXPECT_EQ(value("select state || ' ' || last_disposition from call_target"), "done reached");
  EXPECT_EQ(value("select ended_at - started_at from contact_attempt"), "00:03:00");
  EXPECT_EQ(surveys_.answers_of(VoterId(1), 10).size(), 2U);
  EXPECT_EQ(value("select answer.attempt_id = contact_attempt.attempt_id from answer,"
                  " contact_attempt limit 1"),
            "t");
  const auto attempts = service_.attempts_of(VoterId(1), 10);
  ASSERT_EQ(attempts.size(), 1U);
  EXPECT_EQ(attempts[0].disposition, Disposition::reached);
  EXPECT_EQ(attempts[0].note, "Friendly");
  EXPECT_EQ(attempts[0].phonebank, "Bank");

  const auto entries = feed::history(*connection_, "voter:1", 10);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].kind, ChangeKind::attempt_recorded);
  EXPECT_EQ(entries[0].actor, "person:1");
  EXPECT_NE(entries[0].payload.find("\"choice\": 2"), std::string::npos) << entries[0].payload;
  EXPECT_EQ(entries[0].payload.find("Jobs"), std::string::npos);
}

TEST_F(ResultsTest, TheSameKeyIsStoredOnce) {
  const auto phonebank = open_bank(list_of(2));
  const auto call = result(caller(phonebank), claim(caller(phonebank)), Disposition::no_answer);
  EXPECT_FALSE(record(call).repeat);
  for (int i = 0; i < 3; ++i) {
    const Stored again = record(call);
    EXPECT_TRUE(again.repeat);
    EXPECT_FALSE(again.late);
  }
  EXPECT_EQ(count("select count(*) from contact_attempt"), 1);
  // Somebody else's key, or a key used for another lease.
  auto stolen = result(caller(phonebank, 2), claim(caller(phonebank, 2)), Disposition::reached);
  stolen.key = call.key;
  EXPECT_EQ(refused(stolen), ErrorCode::conflict);
}

TEST_F(ResultsTest, TheSameKeyFromManyAtOnceIsStoredOnce) {
  const auto phonebank = open_bank(list_of(1));
  const auto call = result(caller(phonebank), claim(caller(phonebank)), Disposition::busy);
  std::atomic<int> first = 0;
  std::atomic<int> repeats = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const auto stored = service_.record(call).value();
      ++(stored.repeat ? repeats : first);
    });
  }
  for (auto& thread : threads)
    thread.join();
  EXPECT_EQ(first, 1);
  EXPECT_EQ(repeats, 7);
  EXPECT_EQ(count("select count(*) from contact_attempt"), 1);
  EXPECT_EQ(count("select count(*) from change where kind = 'attempt_recorded'"), 1);
}

TEST_F(ResultsTest, OfALeaseThatNobodyGaveOut) {
  const auto phonebank = open_bank(list_of(2));
  const Lease lease = claim(caller(phonebank));
  auto forged = result(caller(phonebank), lease, Disposition::reached);
  forged.lease = LeaseId(lease.id.value() + 1000);
  EXPECT_EQ(refused(forged), ErrorCode::lease_lost);
  forged = result(caller(phonebank), lease, Disposition::reached);
  forged.epoch = 2;
  EXPECT_EQ(refused(forged), ErrorCode::lease_lost);
  forged = result(caller(phonebank, 2), lease, Disposition::reached);
  EXPECT_EQ(refused(forged), ErrorCode::lease_lost);
  forged = result(caller(phonebank), lease, Disposition::reached);
  forged.voters[0].voter = VoterId(2);
  EXPECT_EQ(refused(forged), ErrorCode::invalid);
  forged = result(caller(phonebank), lease, Disposition::reached);
  forged.key = "' or true --";
  EXPECT_EQ(refused(forged), ErrorCode::invalid);
  forged = result(caller(phonebank), lease, Disposition::reached);
  forged.voters[0].answers = {{.question = script_.questions[0].id, .choice = 3}};
  EXPECT_EQ(service_.record(forged).error().where, "voters[0].answers[0].choice");
  EXPECT_EQ(count("select count(*) from contact_attempt"), 0);
  EXPECT_EQ(line_state(phonebank, lease.number), "held");
}

TEST_F(ResultsTest, NoAnswerComesAgainAfterItsTimeUntilItsAttemptsAreUsed) {
  const auto phonebank = open_bank(list_of(1));
  for (int attempt = 1; attempt <= 3; ++attempt) {
    const Lease lease = claim(caller(phonebank));
    EXPECT_EQ(lease.epoch, attempt);
    record(caller(phonebank), lease, Disposition::no_answer);
    if (attempt == 3) break;
    EXPECT_EQ(line_state(phonebank, lease.number), "waiting");
    clock_.advance(hours(1));
    EXPECT_EQ(claim_nothing(caller(phonebank)).reason, NothingReason::waiting);
    clock_.advance(hours(3));
  }
  EXPECT_EQ(line_reason(phonebank, number(1)), "attempts");
  EXPECT_EQ(claim_nothing(caller(phonebank)).reason, NothingReason::all_done);
}

TEST_F(ResultsTest, BusyComesAgainSoonerThanTheRest) {
  const auto phonebank = open_bank(list_of(1));
  record(caller(phonebank), claim(caller(phonebank)), Disposition::busy);
  clock_.advance(minutes(19));
  EXPECT_EQ(claim_nothing(caller(phonebank)).next_at, kNoon + minutes(20));
  clock_.advance(minutes(1));
  EXPECT_EQ(claim(caller(phonebank)).epoch, 2);
}

TEST_F(ResultsTest, LateAfterTheRescueStillCountsWhileNobodyElseHasCalled) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  clock_.advance(minutes(30));
  service_.rescue_expired();
  const Stored stored = record(caller(phonebank), lease, Disposition::reached);
  EXPECT_TRUE(stored.late);
  EXPECT_EQ(line_state(phonebank, lease.number), "done");
  EXPECT_EQ(value("select late from contact_attempt"), "t");
}

TEST_F(ResultsTest, LateBeforeTheRescueIsLateToo) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  clock_.advance(minutes(30));
  EXPECT_TRUE(record(caller(phonebank), lease, Disposition::no_answer).late);
  EXPECT_EQ(line_state(phonebank, lease.number), "waiting");
}

TEST_F(ResultsTest, LateForALineThatAnotherHoldsIsKeptAndChangesNothingThere) {
  const auto phonebank = open_bank(list_of(1));
  const Lease old = claim(caller(phonebank));
  clock_.advance(minutes(10) + hours(4));
  service_.rescue_expired();
  const Lease now = claim(caller(phonebank, 2));
  const Stored stored = record(caller(phonebank), old, Disposition::no_answer);
  EXPECT_TRUE(stored.late);
  EXPECT_EQ(line_state(phonebank, old.number), "held");
  EXPECT_EQ(count("select count(*) from contact_attempt where late"), 1);
  EXPECT_FALSE(record(caller(phonebank, 2), now, Disposition::no_answer).late);
  EXPECT_EQ(count("select epoch from queue_line"), 2);
}

TEST_F(ResultsTest, LateThatReachedTheVoterEndsALineThatRests) {
  const auto phonebank = open_bank(list_of(1));
  const Lease old = claim(caller(phonebank));
  clock_.advance(minutes(10) + hours(4));
  service_.rescue_expired();
  record(caller(phonebank, 2), claim(caller(phonebank, 2)), Disposition::no_answer);
  EXPECT_EQ(line_state(phonebank, old.number), "waiting");
  record(caller(phonebank), old, Disposition::reached);
  EXPECT_EQ(line_state(phonebank, old.number), "done");
}

TEST_F(ResultsTest, LateCallbackAfterTheLastAttemptIsKept) {
  Rules once = rules();
  once.attempts_max = 1;
  const auto phonebank = open_bank(list_of(3), once);
  const Lease rescued = claim(caller(phonebank, 1));
  clock_.advance(minutes(11));
  ASSERT_EQ(service_.rescue_expired(), 1);
  const Lease left = claim(caller(phonebank, 2));
  service_.leave(PersonId(2));
  for (const Lease& lease : {rescued, left}) {
    EXPECT_EQ(line_reason(phonebank, lease.number), "attempts");
    const int person = lease.id == rescued.id ? 1 : 2;
    auto call = result(caller(phonebank, person), lease, Disposition::callback);
    call.callback_at = clock_.now() + hours(1);
    EXPECT_TRUE(record(call).late);
    EXPECT_EQ(line_state(phonebank, lease.number), "waiting");
    EXPECT_EQ(line_reason(phonebank, lease.number), "");
  }
  // A late result without a promise leaves the line at its end.
  const Lease third = claim(caller(phonebank, 3));
  service_.leave(PersonId(3));
  record(caller(phonebank, 3), third, Disposition::no_answer);
  EXPECT_EQ(line_state(phonebank, third.number), "done");
  EXPECT_EQ(line_reason(phonebank, third.number), "attempts");
  clock_.advance(hours(1));
  EXPECT_EQ(claim(caller(phonebank, 4)).number, rescued.number);
}

TEST_F(ResultsTest, AnswersNameTheVersionThatWasRead) {
  const auto phonebank = open_bank(list_of(2));
  const Lease lease = claim(caller(phonebank));
  surveys::ScriptDraft next{script_.name, "Good evening.", "", script_.questions};
  ASSERT_EQ(surveys_.save_script(next, script_.id, "person:1")->version, 2);
  auto call = result(caller(phonebank), lease, Disposition::reached);
  call.voters[0].answers = {{.question = script_.questions[0].id, .choice = 2}};
  record(call);
  EXPECT_EQ(value("select script_version from answer"), "1");
  call = result(caller(phonebank), claim(caller(phonebank)), Disposition::reached);
  call.voters[0].answers = {{.question = script_.questions[0].id, .choice = 2}};
  record(call);
  EXPECT_EQ(value("select max(script_version) from answer"), "2");
}

TEST_F(ResultsTest, ForAReleasedLineThatWasDialledAfterAll) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  ASSERT_TRUE(service_.release(PersonId(1), lease.id, 1, ReleaseReason::skipped).has_value());
  EXPECT_TRUE(record(caller(phonebank), lease, Disposition::no_answer).late);
  EXPECT_EQ(claim_nothing(caller(phonebank, 2)).reason, NothingReason::waiting);
}

TEST_F(ResultsTest, ASecondResultOfOneLeaseIsKeptAsLate) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  record(caller(phonebank), lease, Disposition::no_answer);
  EXPECT_TRUE(record(caller(phonebank), lease, Disposition::do_not_call).late);
  EXPECT_EQ(line_state(phonebank, lease.number), "barred");
  EXPECT_EQ(count("select count(*) from contact_attempt"), 2);
}

TEST_F(ResultsTest, CallbackForMeComesBackToMeAtItsTime) {
  const auto phonebank = open_bank(list_of(3));
  auto call = result(caller(phonebank), claim(caller(phonebank)), Disposition::callback);
  call.callback_at = kNoon + hours(1);
  call.callback_by = CallbackBy::me;
  record(call);
  EXPECT_EQ(claim(caller(phonebank)).number, number(2));  // not yet
  record(caller(phonebank), service_.held(caller(phonebank)).value(), Disposition::reached);
  clock_.advance(hours(1));
  EXPECT_EQ(claim(caller(phonebank, 2)).number, number(3));
  const Lease promised = claim(caller(phonebank));
  EXPECT_EQ(promised.number, number(1));
  EXPECT_EQ(promised.epoch, 2);
}

TEST_F(ResultsTest, CallbackForMeIsAnyonesAfterAWhile) {
  const auto phonebank = open_bank(list_of(1));
  auto call = result(caller(phonebank), claim(caller(phonebank)), Disposition::callback);
  call.callback_at = kNoon + hours(1);
  call.callback_by = CallbackBy::me;
  record(call);
  clock_.advance(hours(1) + minutes(29));
  EXPECT_EQ(claim_nothing(caller(phonebank, 2)).reason, NothingReason::none_ready);
  clock_.advance(minutes(1));
  EXPECT_EQ(claim(caller(phonebank, 2)).number, number(1));
}

TEST_F(ResultsTest, CallbackForAnyoneComesBeforeAllOthers) {
  const auto phonebank = open_bank(list_of(5));
  auto call = result(caller(phonebank), claim(caller(phonebank)), Disposition::callback);
  call.callback_at = kNoon + minutes(2);
  record(call);
  run("update queue_line set priority = 9 where number = 19195550004");
  clock_.advance(minutes(2));
  EXPECT_EQ(claim(caller(phonebank, 2)).number, number(1));
}

TEST_F(ResultsTest, HouseholdLineIsDoneWhenEachOfItsVotersIs) {
  const auto phonebank = open_bank(list_of({{.id = 1, .number = number(1)},
                                            {.id = 2, .number = number(2)},
                                            {.id = 3, .number = number(1)}}));
  EXPECT_EQ(count("select count(*) from queue_line"), 2);
  const Lease lease = claim(caller(phonebank));
  ASSERT_EQ(lease.voters.size(), 2U);
  EXPECT_EQ(lease.voters[0].id, VoterId(1));
  EXPECT_EQ(lease.voters[1].id, VoterId(3));
  auto call = result(caller(phonebank), lease, Disposition::reached);
  call.voters[1].disposition = Disposition::not_home;
  record(call);
  EXPECT_EQ(line_state(phonebank, number(1)), "waiting");
  clock_.advance(hours(4));
  const Lease again = claim(caller(phonebank));
  EXPECT_EQ(again.number, number(1));
  ASSERT_EQ(again.voters.size(), 1U);
  EXPECT_EQ(again.voters[0].id, VoterId(3));
  record(caller(phonebank), again, Disposition::refused);
  EXPECT_EQ(line_state(phonebank, number(1)), "done");
}

TEST_F(ResultsTest, AVoterWhoIsLeftOutOfAResultStaysOpen) {
  const auto phonebank =
      open_bank(list_of({{.id = 1, .number = number(1)}, {.id = 3, .number = number(1)}}));
  auto call = result(caller(phonebank), claim(caller(phonebank)), Disposition::reached);
  call.voters.pop_back();
  record(call);
  EXPECT_EQ(line_state(phonebank, number(1)), "waiting");
  EXPECT_EQ(count("select count(*) from contact_attempt"), 1);
}

}  // namespace
}  // namespace hustings::phonebank::testing
