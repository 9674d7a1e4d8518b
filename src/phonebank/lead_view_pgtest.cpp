#include <thread>

#include "phonebank/testing/bank.h"

namespace hustings::phonebank::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class LeadViewTest : public Bank {
 protected:
  LeadView fresh(PhonebankId phonebank) {
    service_.views().forget(phonebank);
    return service_.views().view(phonebank, Deadline::never()).value();
  }
  void call(const Caller& caller, Disposition disposition, std::optional<int> choice = {}) {
    auto done = result(caller, claim(caller), disposition);
    if (choice) done.voters[0].answers = {{.question = script_.questions[0].id, .choice = choice}};
    record(done);
  }
};

TEST_F(LeadViewTest, CountsLinesCallsAndAnswers) {
  std::vector<TestVoter> voters;
  for (int n = 1; n <= 8; ++n)
    voters.push_back({.id = n, .number = number(n)});
  voters.push_back({.id = 9, .number = 18085550109, .state = "HI", .county = "HONOLULU"});
  voters.push_back({.id = 10, .number = number(10), .is_protected = true});
  const auto phonebank = open_bank(list_of(voters));
  call(caller(phonebank, 1), Disposition::reached, 1);
  call(caller(phonebank, 1), Disposition::reached, 2);
  call(caller(phonebank, 2), Disposition::no_answer);
  call(caller(phonebank, 2), Disposition::do_not_call);
  auto promised = result(caller(phonebank, 2), claim(caller(phonebank, 2)), Disposition::callback);
  promised.callback_at = kNoon + hours(1);
  record(promised);
  claim(caller(phonebank, 1));

  const LeadView view = fresh(phonebank);
  EXPECT_EQ(view.lines.lines, 10);
  EXPECT_EQ(view.lines.held, 1);
  EXPECT_EQ(view.lines.done, 2);
  EXPECT_EQ(view.lines.waiting, 2);
  EXPECT_EQ(view.lines.callbacks, 1);
  EXPECT_EQ(view.lines.barred, 2);
  EXPECT_EQ(view.lines.ready, 2);
  EXPECT_EQ(view.lines.outside_hours, 1);  // 6:00 in Honolulu
  EXPECT_EQ(view.barred_reasons.at("protected"), 1);
  EXPECT_EQ(view.barred_reasons.at("do_not_call"), 1);
  EXPECT_EQ(view.callers_active, 2);
  EXPECT_EQ(view.tally.calls.calls, 5);
  EXPECT_EQ(view.tally.calls.conversations, 4);
  EXPECT_EQ(view.last_hour.calls, 5);
  EXPECT_EQ(view.tally.dispositions.at("reached"), 2);
  EXPECT_EQ(view.tally.dispositions.at("no_answer"), 1);
  EXPECT_EQ(view.tally.answers_given(), 2);
  ASSERT_EQ(view.results.size(), 2U);
  EXPECT_EQ(view.results[0].choices, (std::vector<std::int64_t>{1, 1}));
  EXPECT_GT(view.position, 0);

  const Totals totals = service_.totals();
  EXPECT_EQ(totals.phonebanks.size(), 1U);
  EXPECT_EQ(totals.calls.calls, 5);
  EXPECT_EQ(totals.answers, 2);
}

TEST_F(LeadViewTest, WhatHasSettledIsCountedOnceAndStaysRight) {
  const auto phonebank = open_bank(list_of(40));
  std::int64_t calls = 0;
  for (int round = 0; round < 10; ++round) {
    for (int i = 0; i < 3; ++i, ++calls)
      call(caller(phonebank), Disposition::reached, 1);
    const LeadView view = fresh(phonebank);
    EXPECT_EQ(view.tally.calls.calls, calls);
    EXPECT_EQ(view.tally.by_caller.at(PersonId(1)).conversations, calls);
    EXPECT_EQ(view.tally.dispositions.at("reached"), calls);
    EXPECT_EQ(view.tally.answers_given(), calls);
    clock_.advance(minutes(7));
  }
  EXPECT_EQ(fresh(phonebank).last_hour.calls, 24);
}

TEST_F(LeadViewTest, AFailedCountAddsNothing) {
  const auto phonebank = open_bank(list_of(3));
  for (int i = 0; i < 3; ++i)
    call(caller(phonebank), Disposition::reached, 1);
  clock_.advance(hours(1));
  run("alter table contact_attempt rename to contact_attempt_gone");
  EXPECT_THROW(fresh(phonebank), Failure);
  run("alter table contact_attempt_gone rename to contact_attempt");
  const LeadView view = fresh(phonebank);
  EXPECT_EQ(view.tally.calls.calls, 3);
  EXPECT_EQ(view.tally.dispositions.at("reached"), 3);
}

TEST_F(LeadViewTest, AResultThatTookAsLongAsARequestMayIsCounted) {
  const auto phonebank = open_bank(list_of(2));
  call(caller(phonebank), Disposition::reached);
  const auto slow = result(caller(phonebank), claim(caller(phonebank)), Disposition::reached);
  clock_.advance(minutes(10));  // the longest request that the settings allow
  EXPECT_EQ(fresh(phonebank).tally.calls.calls, 1);
  // Its transaction began ten minutes ago and is committed only now.
  run("insert into call_result (result_key, lease_id, phonebank_id, caller_id, spoken, response, "
      "at)"
      " select gen_random_uuid(), lease_id, phonebank_id, caller_id, spoken, response, at"
      " from call_result");
  EXPECT_EQ(fresh(phonebank).tally.calls.calls, 2);
}

TEST_F(LeadViewTest, IsKeptForAMomentAndForgottenWhenTheStateChanges) {
  const auto phonebank = open_bank(list_of(2));
  EXPECT_EQ(fresh(phonebank).phonebank.state, PhonebankState::open);
  call(caller(phonebank), Disposition::reached);
  EXPECT_EQ(service_.views().view(phonebank, Deadline::never())->tally.calls.calls, 0);
  ASSERT_TRUE(service_.set_state(phonebank, PhonebankState::paused, "person:1").has_value());
  const auto view = service_.views().view(phonebank, Deadline::never()).value();
  EXPECT_EQ(view.phonebank.state, PhonebankState::paused);
  EXPECT_EQ(view.tally.calls.calls, 1);
  EXPECT_FALSE(service_.views().view(PhonebankId(99), Deadline::never()).has_value());
}

TEST_F(LeadViewTest, CallersAndTheirOwnCounts) {
  run("insert into person (name, role, created_at) values ('Ada', 'caller', now()),"
      " ('Ben', 'caller', now()), ('Cai', 'caller', now())");
  const auto phonebank = open_bank(list_of(5));
  call(caller(phonebank, 1), Disposition::reached);
  call(caller(phonebank, 1), Disposition::no_answer);
  claim(caller(phonebank, 1));
  clock_.advance(minutes(2));
  service_.heartbeat(caller(phonebank, 2));
  fresh(phonebank);
  const auto callers = service_.views().callers(phonebank, Deadline::never());
  ASSERT_EQ(callers.size(), 2U);
  EXPECT_EQ(callers[0].name, "Ben");
  EXPECT_FALSE(callers[0].on_call);
  EXPECT_FALSE(callers[0].away);
  EXPECT_EQ(callers[1].name, "Ada");
  EXPECT_TRUE(callers[1].on_call);
  EXPECT_TRUE(callers[1].away);
  EXPECT_EQ(callers[1].calls.calls, 2);
  EXPECT_EQ(callers[1].calls.conversations, 1);

  const OwnCalls own = service_.own_calls(caller(phonebank, 1));
  EXPECT_EQ(own.calls.calls, 2);
  EXPECT_EQ(own.calls.conversations, 1);
  EXPECT_EQ(own.since, kNoon);
  EXPECT_EQ(service_.own_calls(caller(phonebank, 3)).since, std::nullopt);
  EXPECT_TRUE(service_.views().callers(PhonebankId(99), Deadline::never()).empty());
}

TEST_F(LeadViewTest, WhoHasLeftIsAwayAtOnceAndComesLast) {
  run("insert into person (name, role, created_at) values ('Ada', 'caller', now()),"
      " ('Ben', 'caller', now())");
  const auto phonebank = open_bank(list_of(2));
  service_.heartbeat(caller(phonebank, 1));
  clock_.advance(std::chrono::seconds(5));
  claim(caller(phonebank, 2));
  const auto states = [&] {
    fresh(phonebank);
    std::string out;
    for (const CallerRow& row : service_.views().callers(phonebank, Deadline::never())) {
      out += row.name + (row.on_call ? "+" : "") + (row.away ? "- " : " ");
    }
    return out;
  };
  EXPECT_EQ(states(), "Ben+ Ada ");
  service_.leave(PersonId(2));
  EXPECT_EQ(states(), "Ada Ben- ");
  EXPECT_EQ(fresh(phonebank).callers_active, 1);
  claim(caller(phonebank, 2));
  EXPECT_EQ(states(), "Ben+ Ada ") << "back again";
  service_.leave(PersonId(1));
  service_.heartbeat(caller(phonebank, 1));
  EXPECT_EQ(fresh(phonebank).callers_active, 2);
}

TEST_F(LeadViewTest, WhoIsOnABreakIsNoCallerWhoWaits) {
  const auto phonebank = open_bank(list_of(2));
  run("insert into person (name, role, created_at) values ('Ann', 'caller', now())");
  const auto resting = [&] {
    return service_.views().callers(phonebank, Deadline::never()).at(0).resting;
  };
  service_.heartbeat(caller(phonebank), Deadline::never(), true);
  EXPECT_TRUE(resting());
  service_.heartbeat(caller(phonebank));
  EXPECT_FALSE(resting());
}

TEST_F(LeadViewTest, ProgressByMinute) {
  const auto phonebank = open_bank(list_of(5));
  call(caller(phonebank), Disposition::reached);
  call(caller(phonebank), Disposition::no_answer);
  clock_.advance(minutes(3));
  call(caller(phonebank), Disposition::no_answer);
  const auto rows = service_.views().progress(phonebank, minutes(120), Deadline::never());
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].at, kNoon);
  EXPECT_EQ(rows[0].calls.calls, 2);
  EXPECT_EQ(rows[0].calls.conversations, 1);
  EXPECT_EQ(rows[1].at, kNoon + minutes(3));
  EXPECT_EQ(service_.views().progress(phonebank, minutes(2), Deadline::never()).size(), 1U);
}

TEST_F(LeadViewTest, ManyLookAtOnce) {
  const auto phonebank = open_bank(list_of(5));
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 5; ++j) {
        EXPECT_EQ(service_.views().view(phonebank, Deadline::never())->lines.lines, 5);
      }
    });
  }
  for (auto& thread : threads)
    thread.join();
}

}  // namespace
}  // namespace hustings::phonebank::testing
