#include <fmt/format.h>

#include "phonebank/hold_out_effects.h"
#include "phonebank/testing/bank.h"

namespace hustings::phonebank::testing {
namespace {

using std::chrono::hours;

/// Voters 1 and 2 of the first list are the locked hold-out of experiment 1.
class HoldOutTest : public Bank {
 protected:
  void hold(int voter, int experiment = 1) {
    run(fmt::format(
        "insert into experiment_member (experiment_id, bucket, voter_id, ordinal, arm, cluster,"
        " block, votes, party, gender, county, held)"
        " values ({}, {}, {}, {}, 0, {}, 0, 0, '', '', '', true)",
        experiment, bucket_of(VoterId(voter)), voter, voter, voter));
  }
  void lock(int experiment = 1) {
    pg::Transaction transaction(*connection_);
    lock_hold_out(transaction, ExperimentId(experiment), clock_.now());
    transaction.commit();
  }
  void unlock(int experiment = 1) {
    pg::Transaction transaction(*connection_);
    run(fmt::format("update experiment_member set held = false where experiment_id = {}",
                    experiment));
    unlock_hold_out(transaction, ExperimentId(experiment), clock_.now());
    transaction.commit();
  }
};

TEST_F(HoldOutTest, NoPhonebankOffersALockedNumberUntilItIsUnlocked) {
  const ListId list = list_of(3);
  const auto before = open_bank(list);
  hold(1);
  hold(2);
  lock();
  const auto after = open_bank(list);
  for (const auto bank : {before, after}) {
    EXPECT_EQ(line_reason(bank, number(1)), "experiment_holdout");
    EXPECT_EQ(line_state(bank, number(2)), "barred");
  }
  EXPECT_EQ(claim(caller(before, 1)).number, number(3));
  EXPECT_EQ(claim_nothing(caller(before, 2)).reason, NothingReason::none_ready);
  unlock();
  EXPECT_EQ(line_state(before, number(1)), "waiting");
  EXPECT_EQ(count("select count(*) from line_attempt where experiment_id is not null"), 0);
  EXPECT_EQ(claim(caller(before, 2)).number, number(1));
}

// Whatever has become of the queue's rows: the database itself does not let the number be shown.
TEST_F(HoldOutTest, TheDatabaseRefusesToShowALockedNumber) {
  const auto bank = open_bank(list_of(1));
  hold(1);
  lock();
  run("update queue_line set state = 'ready', reason = null");
  EXPECT_EQ(count("select count(*) from line_attempt where experiment_id = 1"), 1);
  service_.claim(caller(bank)).value();
  EXPECT_EQ(line_state(bank, number(1)), "waiting") << "until the lock ends";
  EXPECT_EQ(count("select count(*) from line_attempt where experiment_id is null"), 0);
  EXPECT_THROW(run("insert into line_attempt (lease_id, number, phonebank_id, caller_id, epoch,"
                   " script_version, shown_at, during) values (99, 19195550001, 1, 1, 1, 1,"
                   " '2026-10-25', tstzrange('2026-10-25', '2026-10-26'))"),
               pg::SqlFailure);
  unlock();
  EXPECT_EQ(claim(caller(bank)).number, number(1)) << "and then at once";
}

TEST_F(HoldOutTest, ANumberThatAHeldOutVoterGetsLaterIsRefusedAtTheSecondLook) {
  const auto bank = open_bank(list_of(2));
  hold(9);
  lock();
  run(fmt::format("insert into phone (bucket, voter_id, number, import_id) values ({}, 9, {}, 1)",
                  bucket_of(VoterId(9)), number(1)));
  EXPECT_EQ(claim(caller(bank)).number, number(2));
  EXPECT_EQ(line_reason(bank, number(1)), "experiment_holdout");
}

TEST_F(HoldOutTest, AnotherIdentityOfAHeldOutPersonIsHeldOutToo) {
  const auto bank = open_bank(list_of({{.id = 2, .number = number(2)}}));
  hold(1);
  run(
      fmt::format("insert into link (bucket, home_bucket, home_id, voter_id, decided_by, at)"
                  " values ({}, {}, 1, 2, 'test', now())",
                  bucket_of(VoterId(2)), bucket_of(VoterId(1))));
  lock();
  EXPECT_EQ(line_reason(bank, number(2)), "experiment_holdout");
}

TEST_F(HoldOutTest, ACallInProgressEndsAndTheNumberIsThenBarred) {
  const auto bank = open_bank(list_of(1));
  const Lease lease = claim(caller(bank));
  hold(1);
  lock();
  EXPECT_EQ(line_state(bank, number(1)), "held");
  EXPECT_EQ(service_.barred_leases(), std::vector<LeaseId>{lease.id}) << "its caller is told";
  EXPECT_FALSE(record(caller(bank), lease, Disposition::no_answer).late);
  EXPECT_EQ(line_state(bank, number(1)), "barred");
  clock_.advance(hours(24));
  claim_nothing(caller(bank));
}

TEST_F(HoldOutTest, WhatAnotherExperimentNeedsStaysLocked) {
  const auto bank = open_bank(list_of(2));
  hold(1);
  lock();
  hold(1, 2);
  hold(2, 2);
  lock(2);
  unlock(1);
  EXPECT_EQ(line_reason(bank, number(1)), "experiment_holdout");
  EXPECT_EQ(count("select count(*) from line_attempt where experiment_id = 2"), 2);
  unlock(2);
  EXPECT_EQ(claim(caller(bank)).number, number(1));
}

}  // namespace
}  // namespace hustings::phonebank::testing
