// A person of several identities is called once, whatever stood in the list, and a split undoes it.
#include "registry/persons.h"

#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pg/testing/moved_columns.h"
#include "phonebank/retrying.h"
#include "phonebank/sql.h"
#include "phonebank/testing/bank.h"
#include "registry/profiles.h"

namespace hustings::phonebank {
namespace {

using testing::Bank;

class PersonsBank : public Bank {
 protected:
  PersonsBank() {
    run("insert into import_run (layout, layout_version, kind, source, file_name, file_bytes, "
        "state, started_by, started_at) values "
        "('nc', 1, 'voters', 'nc', 'f', 1, 'published', 'system', now());"
        "create table source_record_i1 partition of source_record for values in (1)");
  }
  void join(int stays, int joins) {
    run("insert into source_record select 1, bucket, voter_id, source, external_id, 1, voter_id, 0 "
        "from voter on conflict do nothing");
    pg::Transaction transaction(*connection_);
    registry::lock_profiles(transaction);
    std::vector<feed::Change> changes;
    const registry::Joining join{.stays = VoterId(stays),
                                 .joins = VoterId(joins),
                                 .decided_by = "person:1",
                                 .probability = {},
                                 .bits = ""};
    const auto joined = registry::join_persons(transaction, {&join, 1}, registry_.person_listener(),
                                               clock_.now(), changes);
    ASSERT_TRUE(joined) << joined.error().text();
    feed::commit(transaction, changes);
  }
  void split(int person, int home) {
    pg::Transaction transaction(*connection_);
    registry::lock_profiles(transaction);
    std::vector<feed::Change> changes;
    const VoterId out(home);
    const auto made = registry::split_person(transaction, VoterId(person), {&out, 1}, "person:1",
                                             registry_.person_listener(), changes);
    ASSERT_TRUE(made) << made.error().text();
    feed::commit(transaction, changes);
  }
  /// Joins i + pairs to i and splits them again, for every i up to pairs, until it is done.
  void join_and_split(const std::atomic<bool>& done, int pairs) {
    const auto connection = database_.connect();
    for (int i = 1; !done; i = i % pairs + 1) {
      const VoterId stays(i);
      const VoterId joins(i + pairs);
      for (const bool is_join : {true, false}) {
        retrying([&] {
          pg::Transaction transaction(*connection);
          registry::lock_profiles(transaction);
          std::vector<feed::Change> changes;
          const registry::Joining one{.stays = stays,
                                      .joins = joins,
                                      .decided_by = "system",
                                      .probability = {},
                                      .bits = ""};
          if (is_join) {
            EXPECT_TRUE(registry::join_persons(transaction, {&one, 1}, registry_.person_listener(),
                                               clock_.now(), changes));
          } else {
            EXPECT_TRUE(registry::split_person(transaction, stays, {&joins, 1}, "system",
                                               registry_.person_listener(), changes));
          }
          feed::commit(transaction, changes);
          return 0;
        });
      }
    }
  }
  std::string lines() {
    return value(
        "select string_agg(number % 10 || ' ' || state || coalesce(' ' || reason, ''), "
        "', ' order by number) from queue_line");
  }
  std::string targets() {
    return value(
        "select string_agg(number % 10 || ' ' || voter_id || ' ' || state || "
        "coalesce(' ' || reason, ''), ', ' order by number, home_id) from call_target");
  }
};

TEST_F(PersonsBank, OfTwoLinesOneIsLeftAndASplitGivesItBack) {
  open_bank(list_of(3));
  join(1, 2);
  EXPECT_EQ(lines(), "1 ready, 2 barred joined, 3 ready");
  EXPECT_EQ(targets(), "1 1 open, 2 1 barred joined, 3 3 open");
  split(1, 2);
  EXPECT_EQ(targets(), "1 1 open, 2 2 open, 3 3 open");
  EXPECT_EQ(lines(), "1 ready, 2 waiting, 3 ready");
}

TEST_F(PersonsBank, WhoWasReachedIsNotOfferedUnderAnotherId) {
  const PhonebankId bank = open_bank(list_of(2));
  const Caller ann = caller(bank);
  const Lease lease = claim(ann);
  ASSERT_EQ(lease.number, number(1));
  record(ann, lease, Disposition::reached);
  join(2, 1);
  EXPECT_EQ(targets(), "1 2 done, 2 2 barred joined");
  claim_nothing(ann);
  EXPECT_EQ(value("select voter_id || ' ' || home_id from contact_attempt"), "2 1")
      << "the try counts for the person";
  split(2, 1);
  EXPECT_EQ(value("select voter_id || coalesce(home_id || '', '-') from contact_attempt"), "1-");
  EXPECT_EQ(claim(ann).number, number(2));
}

TEST_F(PersonsBank, AHeldLineStaysWithItsCallerAndTheResultIsThePersons) {
  const PhonebankId bank = open_bank(list_of(2));
  const Caller ann = caller(bank, 1);
  const Caller bob = caller(bank, 2);
  const Lease first = claim(ann);
  const Lease second = claim(bob);
  join(1, 2);
  EXPECT_EQ(lines(), "1 held, 2 held") << "both are on the telephone already";
  EXPECT_EQ(second.voters.front().id, VoterId(2));
  record(bob, second, Disposition::reached);  // by the id that the page shows
  EXPECT_EQ(value("select voter_id || ' ' || home_id from contact_attempt"), "1 2");
  record(ann, first, Disposition::no_answer);
  clock_.advance(std::chrono::hours(5));
  claim_nothing(ann);
  EXPECT_EQ(line_reason(bank, number(1)), "joined") << "reached on the other line";
}

TEST_F(PersonsBank, AResultAfterASplitIsTheIdentitysThatWasCalled) {
  const PhonebankId bank = open_bank(list_of(2));
  join(2, 1);
  const Caller ann = caller(bank);
  const Lease lease = claim(ann);
  ASSERT_EQ(lease.voters.front().id, VoterId(2));
  ASSERT_EQ(lease.number, number(1)) << "the person's best number";
  split(2, 1);
  record(ann, lease, Disposition::reached);  // the page still says 2
  EXPECT_EQ(value("select voter_id || coalesce(home_id || '', '-') from contact_attempt"), "1-");
  EXPECT_EQ(targets(), "1 1 done, 2 2 open");
  join(1, 2);
  EXPECT_EQ(targets(), "1 1 done, 2 1 barred joined");
}

TEST_F(PersonsBank, WhatBarsOneIdentityBarsThePerson) {
  const PhonebankId bank = open_bank(list_of(2));
  ASSERT_TRUE(registry_.suppress({.number = {},
                                  .voter = VoterId(2),
                                  .reason = registry::SuppressionReason::do_not_call,
                                  .source = "test",
                                  .actor = "person:1"}));
  const Caller ann = caller(bank);
  const Lease lease = claim(ann);
  join(1, 2);
  EXPECT_EQ(line_reason(bank, lease.number), "do_not_call");
  EXPECT_EQ(service_.barred_leases(), std::vector{lease.id}) << "the caller is told";
  split(1, 2);
  EXPECT_EQ(line_reason(bank, lease.number), "");
  EXPECT_EQ(targets(), "1 1 open, 2 2 barred do_not_call");
}

TEST_F(PersonsBank, OneHeldOutIdentityHoldsThePersonOut) {
  const ListId list = list_of({{.id = 1, .number = number(1)},
                               {.id = 2, .number = number(2), .held_out = true},
                               {.id = 3, .number = number(3)}});
  const PhonebankId early = open_bank(list);
  join(1, 2);
  EXPECT_EQ(line_reason(early, number(1)), "holdout");
  const PhonebankId late = open_bank(list);
  EXPECT_EQ(value("select string_agg(voter_id || '', ' ') from call_target where phonebank_id = " +
                  std::to_string(late.value())),
            "3")
      << "filled after the join";
  // As if the queue had not been told: the look at the moment of showing sees it.
  run("update call_target set state = 'open', reason = null; "
      "update queue_line set state = 'ready', reason = null where number % 10 = 1");
  run("update queue_line set state = 'done' where number % 10 = 3");
  claim_nothing(caller(early));
  EXPECT_EQ(line_reason(early, number(1)), "holdout");
}

TEST_F(PersonsBank, AListThatHoldsTheIdThatWentLeadsToThePerson) {
  const ListId list = list_of({{.id = 2, .number = number(2)}});
  list_of({{.id = 1, .number = number(1)}});
  join(1, 2);
  const PhonebankId bank = open_bank(list);
  const Caller ann = caller(bank);
  const Lease lease = claim(ann);
  EXPECT_EQ(lease.voters.front().id, VoterId(1));
  record(ann, lease, Disposition::reached);
  EXPECT_EQ(value("select voter_id || ' ' || home_id || ' ' || state from call_target"),
            "1 2 done");
}

TEST_F(PersonsBank, AResultThatMeetsAJoinWaitsAndIsThePersons) {
  const PhonebankId bank = open_bank(list_of(2));
  run("insert into source_record select 1, bucket, voter_id, source, external_id, 1, voter_id, 0 "
      "from voter");
  const Caller ann = caller(bank, 1);
  const Caller bob = caller(bank, 2);
  claim(ann);
  const Lease lease = claim(bob);
  ASSERT_EQ(lease.voters.front().id, VoterId(2));
  const auto joiner = database_.connect();
  pg::Transaction transaction(*joiner);
  registry::lock_profiles(transaction);
  std::vector<feed::Change> changes;
  const registry::Joining one{.stays = VoterId(1),
                              .joins = VoterId(2),
                              .decided_by = "person:1",
                              .probability = {},
                              .bits = ""};
  ASSERT_TRUE(registry::join_persons(transaction, {&one, 1}, registry_.person_listener(),
                                     clock_.now(), changes));
  std::thread caller([&] { record(bob, lease, Disposition::reached); });
  while (count("select count(*) from pg_locks where not granted") == 0)
    std::this_thread::yield();
  feed::commit(transaction, changes);
  caller.join();
  EXPECT_EQ(value("select voter_id || ' ' || home_id from contact_attempt"), "1 2");
}

TEST_F(PersonsBank, NoResultIsLostOrStrandedWhilePersonsAreJoinedAndSplit) {
  constexpr int kVoters = 40;
  const PhonebankId bank = open_bank(list_of(kVoters));
  run("insert into source_record select 1, bucket, voter_id, source, external_id, 1, voter_id, 0 "
      "from voter");
  std::atomic<int> stored = 0;
  std::atomic<bool> done = false;
  const auto work = [&](int person) {
    const Caller who = caller(bank, person);
    for (int empty = 0; empty < 20;) {
      const auto claim = service_.claim(who).value();
      if (!claim.lease) {
        ++empty;
        std::this_thread::yield();
        continue;
      }
      empty = 0;
      record(who, *claim.lease, stored % 3 == 0 ? Disposition::reached : Disposition::no_answer);
      ++stored;
    }
  };
  std::thread mover([&] { join_and_split(done, kVoters / 2); });
  std::thread first(work, 1);
  std::thread second(work, 2);
  first.join();
  second.join();
  done = true;
  mover.join();
  EXPECT_GT(stored, kVoters / 2);
  EXPECT_EQ(count("select count(*) from contact_attempt"), stored);
  EXPECT_EQ(count("select count(*) from contact_attempt a where not exists (select 1 from voter v "
                  "where v.voter_id = a.voter_id)"),
            0);
  EXPECT_EQ(count("select count(*) from contact_attempt where home_id is not null"), 0)
      << "all are split again, and every try is with its own identity";
  EXPECT_EQ(count("select count(*) from call_target where voter_id <> home_id"), 0);
}

TEST_F(PersonsBank, TriesThatFollowAPersonKeepEveryColumn) {
  EXPECT_THAT(pg::testing::columns_not_moved(*connection_, sql::kPersonsAttemptsMove),
              ::testing::IsEmpty());
}

TEST_F(PersonsBank, TwoIdentitiesOnOneLineAreOneVoter) {
  const PhonebankId bank =
      open_bank(list_of({{.id = 1, .number = number(1)}, {.id = 2, .number = number(1)}}));
  join(1, 2);
  const Caller ann = caller(bank);
  const Lease lease = claim(ann);
  EXPECT_EQ(lease.voters.size(), 1U);
  record(ann, lease, Disposition::reached);
  EXPECT_EQ(line_state(bank, number(1)), "done");
  EXPECT_EQ(count("select count(*) from contact_attempt"), 1);
}

}  // namespace
}  // namespace hustings::phonebank
