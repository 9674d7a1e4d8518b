#include "phonebank/testing/bank.h"

namespace hustings::phonebank::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class SuppressionTest : public Bank {
 protected:
  SuppressionId suppress_voter(VoterId voter, registry::SuppressionReason reason) {
    registry::Suppression suppression;
    suppression.voter = voter;
    suppression.reason = reason;
    suppression.source = "test";
    suppression.actor = "person:1";
    return registry_.suppress(suppression).value().id;
  }
};

TEST_F(SuppressionTest, DoNotCallBarsTheNumberInEveryPhonebank) {
  const ListId list = list_of(2);
  const auto one = open_bank(list);
  const auto other = open_bank(list);
  const Lease lease = claim(caller(one));
  record(caller(one), lease, Disposition::do_not_call);
  EXPECT_EQ(line_state(one, lease.number), "barred");
  EXPECT_EQ(line_state(other, lease.number), "barred");
  EXPECT_EQ(line_reason(other, lease.number), "do_not_call");
  EXPECT_EQ(claim(caller(other, 2)).number, number(2));
  EXPECT_EQ(
      count("select count(*) from suppression where number = 19195550001 and source = 'call'"), 1);
  EXPECT_EQ(count("select count(*) from change where kind = 'suppression_added'"), 1);
}

TEST_F(SuppressionTest, WrongAndDisconnectedNumbersToo) {
  const auto phonebank = open_bank(list_of(2));
  record(caller(phonebank), claim(caller(phonebank)), Disposition::wrong_number);
  record(caller(phonebank), claim(caller(phonebank)), Disposition::disconnected);
  EXPECT_EQ(line_reason(phonebank, number(1)), "wrong_number");
  EXPECT_EQ(line_reason(phonebank, number(2)), "disconnected");
  EXPECT_EQ(value("select status from phone where number = 19195550001"), "wrong");
  EXPECT_EQ(value("select status from phone where number = 19195550002"), "disconnected");
  EXPECT_EQ(claim_nothing(caller(phonebank)).reason, NothingReason::all_done);
}

TEST_F(SuppressionTest, AFileOfNumbersBarsThemInEveryPhonebankAtOnce) {
  const ListId list = list_of(4);
  const auto one = open_bank(list);
  const auto other = open_bank(list);
  const Lease held = claim(caller(one));
  ASSERT_EQ(held.number, number(1));
  const std::vector<PhoneNumber> numbers = {number(1), number(2), number(3)};
  registry::Suppression like{.source = "list", .actor = "person:1"};
  EXPECT_EQ(registry_.suppress_numbers(numbers, like)->added, 3);
  EXPECT_EQ(line_state(one, number(1)), "held");
  EXPECT_EQ(service_.barred_leases(), std::vector<LeaseId>{held.id}) << "whose caller is told";
  EXPECT_FALSE(service_.held(caller(one)).has_value()) << "and not shown again";
  EXPECT_TRUE(service_.barred_leases().empty());
  EXPECT_EQ(line_state(one, number(1)), "barred");
  EXPECT_EQ(line_reason(other, number(2)), "do_not_call");
  EXPECT_EQ(claim(caller(other, 2)).number, number(4));
}

TEST_F(SuppressionTest, AWithdrawnConsentDropsTheVoterAndAGivenOneBringsThemBack) {
  const auto phonebank = open_bank(list_of(2));
  registry::Consent word{.state = ConsentState::withdrawn, .source = "web", .actor = "person:1"};
  ASSERT_TRUE(registry_.record_consent(VoterId(1), word).has_value());
  EXPECT_EQ(line_state(phonebank, number(1)), "barred");
  EXPECT_EQ(line_reason(phonebank, number(1)), "consent_withdrawn");
  clock_.advance(minutes(1));
  word.state = ConsentState::given;
  ASSERT_TRUE(registry_.record_consent(VoterId(1), word).has_value());
  EXPECT_EQ(line_state(phonebank, number(1)), "waiting");
  EXPECT_EQ(claim(caller(phonebank)).number, number(1));
}

TEST_F(SuppressionTest, OfAHeldLineTakesTheResultAndBarsItAfterwards) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  suppress_number(lease.number);
  EXPECT_EQ(line_state(phonebank, lease.number), "held");
  EXPECT_TRUE(service_.heartbeat(caller(phonebank)).has_value());
  EXPECT_FALSE(record(caller(phonebank), lease, Disposition::no_answer).late);
  EXPECT_EQ(line_state(phonebank, lease.number), "barred");
  clock_.advance(hours(5));
  EXPECT_EQ(claim_nothing(caller(phonebank)).reason, NothingReason::all_done);
}

TEST_F(SuppressionTest, OfAHeldLineIsNotShownAgain) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  suppress_number(lease.number);
  EXPECT_FALSE(service_.held(caller(phonebank)).has_value());
  EXPECT_EQ(line_state(phonebank, lease.number), "barred");
  EXPECT_TRUE(record(caller(phonebank), lease, Disposition::reached).late);  // kept all the same
  EXPECT_EQ(line_state(phonebank, lease.number), "barred");
}

TEST_F(SuppressionTest, OfAHeldLineHoldsAfterReleaseAndRescue) {
  const auto phonebank = open_bank(list_of(2));
  const Lease one = claim(caller(phonebank, 1));
  const Lease two = claim(caller(phonebank, 2));
  suppress_number(one.number);
  suppress_number(two.number);
  ASSERT_TRUE(service_.release(PersonId(1), one.id, 1, ReleaseReason::skipped).has_value());
  EXPECT_EQ(line_state(phonebank, one.number), "barred");
  clock_.advance(minutes(11));
  EXPECT_EQ(service_.rescue_expired(), 1);
  EXPECT_EQ(line_state(phonebank, two.number), "barred");
}

TEST_F(SuppressionTest, ThatReachedOnlyTheRegistryIsSeenInTheSecondLook) {
  const auto phonebank = open_bank(list_of(3));
  // Written past the registry, so that the queue has not been told.
  run("insert into suppression (number, reason, source, actor, at)"
      " values (19195550001, 'do_not_call', 'x', 'x', now())");
  run("update voter set protected = true where voter_id = 2");
  EXPECT_EQ(claim(caller(phonebank)).number, number(3));
  EXPECT_EQ(line_reason(phonebank, number(1)), "do_not_call");
  EXPECT_EQ(line_reason(phonebank, number(2)), "protected");
  EXPECT_EQ(count("select count(*) from line_attempt"), 1);
  EXPECT_EQ(count("select sum(attempts) from queue_line"), 1);
}

TEST_F(SuppressionTest, WhoIsProtectedByAnImportIsNotShownNorTheirNumber) {
  std::vector<TestVoter> voters;
  for (int n = 1; n <= 3; ++n)
    voters.push_back({.id = n, .number = number(n)});
  voters.push_back({.id = 4, .number = number(2)});  // shares it with voter 2
  const auto phonebank = open_bank(list_of(voters));
  // What an import leaves: voter_change_apply and voter_change_protect.
  run("update voter set protected = true, phone = null where voter_id in (1, 2)");
  run("delete from phone where voter_id in (1, 2)");
  const Lease lease = claim(caller(phonebank));
  EXPECT_EQ(lease.number, number(3));
  EXPECT_EQ(line_reason(phonebank, number(1)), "protected");
  EXPECT_EQ(line_reason(phonebank, number(2)), "protected");
  EXPECT_EQ(value("select reason from call_target where voter_id = 1"), "protected");

  // A later phone bank has only the other voter of the number, and the number is barred all the
  // same.
  const auto later = open_bank(list_of({{.id = 4, .number = number(2)}}));
  EXPECT_EQ(claim_nothing(caller(later, 2)).reason, NothingReason::all_done);
  EXPECT_EQ(line_reason(later, number(2)), "protected");

  run("update voter set protected = true, phone = null where voter_id = 3");
  run("delete from phone where voter_id = 3");
  EXPECT_FALSE(service_.held(caller(phonebank)).has_value());
}

TEST_F(SuppressionTest, SecondLookSeesConsentRollAndNumber) {
  const auto phonebank = open_bank(list_of(7));
  run("insert into consent (bucket, voter_id, purpose, channel, state, source, at)"
      " select bucket, voter_id, 'campaign', 'phone', 'withdrawn', 'x', now()"
      " from voter where voter_id = 1");
  run("update voter set status = 'removed' where voter_id = 2");
  run("update voter set status = 'denied' where voter_id = 3");
  run("update phone set number = 19195559999 where voter_id = 4");
  // These bar no call.
  run("insert into consent (bucket, voter_id, purpose, channel, state, source, at)"
      " select bucket, voter_id, 'campaign', c.channel, c.state, 'x', now() from voter,"
      " (values ('email', 'withdrawn'), ('phone', 'given')) c(channel, state) where voter_id = 5");
  run("update voter set status = 'inactive' where voter_id = 6");
  EXPECT_EQ(claim(caller(phonebank, 1)).number, number(5));
  EXPECT_EQ(claim(caller(phonebank, 2)).number, number(6));
  EXPECT_EQ(line_reason(phonebank, number(1)), "consent_withdrawn");
  EXPECT_EQ(line_reason(phonebank, number(2)), "removed");
  EXPECT_EQ(line_reason(phonebank, number(3)), "denied");
  EXPECT_EQ(line_reason(phonebank, number(4)), "number_changed");
  const Lease held = claim(caller(phonebank, 3));
  EXPECT_EQ(held.number, number(7));
  run("update voter set status = 'removed' where voter_id = 7");
  EXPECT_FALSE(service_.held(caller(phonebank, 3)).has_value());
}

TEST_F(SuppressionTest, SecondLookDropsHeldOutAndBarredVoters) {
  const auto phonebank = open_bank(list_of({{.id = 1, .number = number(1)},
                                            {.id = 2, .number = number(1)},
                                            {.id = 3, .number = number(1)},
                                            {.id = 4, .number = number(2)}}));
  run("insert into suppression (voter_id, reason, source, actor, at)"
      " values (1, 'moved', 'x', 'x', now()), (4, 'deceased', 'x', 'x', now())");
  run("update list_member set arm = 0 where voter_id = 2");
  const Lease lease = claim(caller(phonebank));
  ASSERT_EQ(lease.voters.size(), 1U);
  EXPECT_EQ(lease.voters[0].id, VoterId(3));
  EXPECT_EQ(value("select reason from call_target where voter_id = 1"), "moved");
  EXPECT_EQ(value("select reason from call_target where voter_id = 2"), "holdout");
  EXPECT_EQ(claim_nothing(caller(phonebank, 2)).reason, NothingReason::none_ready);
  EXPECT_EQ(line_reason(phonebank, number(2)), "deceased");
}

TEST_F(SuppressionTest, SecondLookEndsALineWithNobodyLeft) {
  const auto phonebank = open_bank(list_of(2));
  run("update call_target set state = 'done' where voter_id = 1");
  EXPECT_EQ(claim(caller(phonebank)).number, number(2));
  EXPECT_EQ(line_reason(phonebank, number(1)), "complete");
}

TEST_F(SuppressionTest, AHeldLineWhoseVotersWereBarredBehindOurBackIsNotShownAgain) {
  const auto phonebank = open_bank(list_of(1));
  claim(caller(phonebank));
  run("insert into suppression (number, reason, source, actor, at)"
      " values (19195550001, 'do_not_call', 'x', 'x', now())");
  EXPECT_EQ(claim_nothing(caller(phonebank)).reason, NothingReason::waiting);
}

TEST_F(SuppressionTest, DeceasedBarsThePersonAndNotTheHousehold) {
  const auto phonebank =
      open_bank(list_of({{.id = 1, .number = number(1)}, {.id = 2, .number = number(1)}}));
  auto call = result(caller(phonebank), claim(caller(phonebank)), Disposition::deceased);
  call.voters[1].disposition = Disposition::not_home;
  record(call);
  EXPECT_EQ(value("select state from call_target where voter_id = 1"), "barred");
  clock_.advance(hours(4));
  const Lease again = claim(caller(phonebank));
  ASSERT_EQ(again.voters.size(), 1U);
  EXPECT_EQ(again.voters[0].id, VoterId(2));
}

TEST_F(SuppressionTest, DeceasedAloneOnTheLineBarsTheLine) {
  const auto phonebank = open_bank(list_of(1));
  record(caller(phonebank), claim(caller(phonebank)), Disposition::deceased);
  EXPECT_EQ(line_state(phonebank, number(1)), "barred");
  EXPECT_EQ(line_reason(phonebank, number(1)), "deceased");
}

TEST_F(SuppressionTest, OfAVoterElsewhereBarsTheLineUnlessAnotherIsLeft) {
  const auto phonebank = open_bank(list_of({{.id = 1, .number = number(1)},
                                            {.id = 2, .number = number(2)},
                                            {.id = 3, .number = number(2)}}));
  const auto first = suppress_voter(VoterId(1), registry::SuppressionReason::do_not_call);
  suppress_voter(VoterId(2), registry::SuppressionReason::moved);
  EXPECT_EQ(line_state(phonebank, number(1)), "barred");
  EXPECT_EQ(line_state(phonebank, number(2)), "ready");
  ASSERT_TRUE(registry_.end_suppression(first, "person:1").has_value());
  EXPECT_EQ(line_state(phonebank, number(1)), "waiting");
  EXPECT_EQ(claim(caller(phonebank)).number, number(1));
}

TEST_F(SuppressionTest, UndoneBringsNumberAndVoterBack) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  record(caller(phonebank), lease, Disposition::do_not_call);
  const SuppressionId id(count("select suppression_id from suppression"));
  ASSERT_TRUE(registry_.end_suppression(id, "person:1").has_value());
  EXPECT_EQ(line_state(phonebank, number(1)), "waiting");
  EXPECT_EQ(claim_nothing(caller(phonebank)).reason, NothingReason::waiting);  // not at once
  clock_.advance(hours(4));
  EXPECT_EQ(claim(caller(phonebank)).voters.size(), 1U);
}

TEST_F(SuppressionTest, TheSameBarTwiceStillBarsTheQueue) {
  const auto phonebank = open_bank(list_of(1));
  const Lease lease = claim(caller(phonebank));
  run("insert into suppression (number, reason, source, actor, at)"
      " values (19195550001, 'do_not_call', 'x', 'x', now())");
  const auto other = open_bank(list_of({{.id = 2, .number = number(1)}}));
  record(caller(phonebank), lease, Disposition::do_not_call);
  EXPECT_EQ(line_state(phonebank, number(1)), "barred");
  EXPECT_EQ(line_state(other, number(1)), "barred");
  EXPECT_EQ(count("select count(*) from suppression"), 1);
}

TEST_F(SuppressionTest, WhoVanishesFromTheRegistryDropsOutOfEveryLineAtOnce) {
  const auto phonebank = open_bank(list_of({{.id = 1, .number = number(1)},
                                            {.id = 2, .number = number(2)},
                                            {.id = 3, .number = number(2)},
                                            {.id = 4, .number = number(3)}}));
  const Lease held = claim(caller(phonebank, 1));
  ASSERT_EQ(held.number, number(1));
  {
    // What the undo of an import leaves.
    pg::Transaction transaction(*connection_);
    connection_->run_text("delete from voter where voter_id in (1, 2, 4)", "test");
    registry_.tell_voters_removed(transaction);
    transaction.commit();
  }
  EXPECT_EQ(line_state(phonebank, number(3)), "barred");
  EXPECT_EQ(line_reason(phonebank, number(3)), "removed");
  EXPECT_EQ(value("select reason from call_target where voter_id = 2"), "removed");
  EXPECT_FALSE(service_.held(caller(phonebank, 1)).has_value()) << "a held line is not shown again";
  EXPECT_EQ(line_state(phonebank, number(1)), "barred");
  const Lease left = claim(caller(phonebank, 2));
  EXPECT_EQ(left.number, number(2)) << "somebody else has the number";
  claim_nothing(caller(phonebank, 1));
}

}  // namespace
}  // namespace hustings::phonebank::testing
