// Who is not reached by a number is called on the next best one that may be called, and only there.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "phonebank/testing/bank.h"

namespace hustings::phonebank::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class NextNumbersTest : public Bank {
 protected:
  /// Another number of a voter; the newest file's comes first.
  void also(int voter, std::int64_t number, int import = 1) {
    run(
        fmt::format("insert into phone (bucket, voter_id, number, import_id)"
                    " values ({}, {}, {}, {})",
                    bucket_of(VoterId(voter)), voter, number, import));
  }
  void call(PhonebankId phonebank, std::int64_t number, Disposition disposition) {
    const Lease lease = claim(caller(phonebank));
    EXPECT_EQ(lease.number, number);
    record(caller(phonebank), lease, disposition);
  }
  SuppressionId say_wrong(std::int64_t number) {
    registry::Suppression suppression;
    suppression.number = number;
    suppression.reason = registry::SuppressionReason::wrong_number;
    suppression.source = "test";
    suppression.actor = "person:1";
    return registry_.suppress(suppression).value().id;
  }
  void give_consent(int voter, ConsentState state = ConsentState::given) {
    const registry::Consent word{.state = state, .source = "web", .actor = "person:1"};
    EXPECT_TRUE(registry_.record_consent(VoterId(voter), word).has_value());
  }
  /// "1 1 barred joined, 2 1 open": number, voter, state, reason.
  std::string targets(PhonebankId phonebank) {
    return value(
        fmt::format("select string_agg(number % 100 || ' ' || voter_id || ' ' || state || "
                    "coalesce(' ' || reason, ''), ', ' order by number, voter_id) "
                    "from call_target where phonebank_id = {}",
                    phonebank.value()));
  }
  std::string lines(PhonebankId phonebank) {
    return value(
        fmt::format("select string_agg(number % 100 || ' ' || state || "
                    "coalesce(' ' || reason, ''), ', ' order by number) "
                    "from queue_line where phonebank_id = {}",
                    phonebank.value()));
  }
};

TEST_F(NextNumbersTest, IsOfferedInALaterPassAndTheWrongOneNeverAgain) {
  const ListId list = list_of(2);
  also(1, number(11));
  const auto phonebank = open_bank(list);
  call(phonebank, number(1), Disposition::wrong_number);
  EXPECT_EQ(targets(phonebank), "1 1 barred joined, 2 2 open, 11 1 open");
  EXPECT_EQ(lines(phonebank), "1 barred wrong_number, 2 ready, 11 waiting");
  EXPECT_EQ(value("select status from phone where number = 19195550001"), "wrong");
  call(phonebank, number(2), Disposition::reached);
  EXPECT_EQ(claim_nothing(caller(phonebank)).next_at, kNoon + hours(4));
  clock_.advance(hours(4));
  const Lease lease = claim(caller(phonebank));
  EXPECT_EQ(lease.number, number(11));
  ASSERT_EQ(lease.voters.size(), 1U);
  EXPECT_EQ(lease.voters[0].id, VoterId(1));
  record(caller(phonebank), lease, Disposition::reached);
  EXPECT_EQ(claim_nothing(caller(phonebank)).reason, NothingReason::all_done);
}

TEST_F(NextNumbersTest, OrAtOnceIfTheRulesSaySo) {
  const ListId list = list_of(1);
  also(1, number(11));
  Rules rules = Bank::rules();
  rules.next_at_once = true;
  const auto phonebank = open_bank(list, rules);
  EXPECT_TRUE(service_.get(phonebank)->rules.next_at_once);
  call(phonebank, number(1), Disposition::disconnected);
  call(phonebank, number(11), Disposition::reached);
}

TEST_F(NextNumbersTest, TheRuleIsChangedWhileThePhoneBankRuns) {
  const ListId list = list_of(1);
  also(1, number(11));
  const auto phonebank = open_bank(list);
  Rules rules = service_.get(phonebank)->rules;
  rules.next_at_once = true;
  ASSERT_TRUE(service_.set_pace(phonebank, rules, "person:1").has_value());
  call(phonebank, number(1), Disposition::wrong_number);
  call(phonebank, number(11), Disposition::reached);
}

TEST_F(NextNumbersTest, TheBestComesFirstAndNoBarredOneEver) {
  const ListId list = list_of(1);
  also(1, number(11), 1);
  also(1, number(12), 3);
  also(1, number(13), 2);
  also(1, number(14), 4);
  say_wrong(number(14));
  Rules rules = Bank::rules();
  rules.next_at_once = true;
  const auto phonebank = open_bank(list, rules);
  call(phonebank, number(1), Disposition::wrong_number);
  call(phonebank, number(12), Disposition::wrong_number);
  call(phonebank, number(13), Disposition::disconnected);
  call(phonebank, number(11), Disposition::wrong_number);
  EXPECT_EQ(claim_nothing(caller(phonebank)).reason, NothingReason::all_done);
}

TEST_F(NextNumbersTest, WhoAskedNotToBeCalledIsCalledOnNoOther) {
  const ListId list = list_of(1);
  also(1, number(11), 3);
  also(1, number(12), 2);
  suppress_number(number(11));
  const auto phonebank = open_bank(list);
  call(phonebank, number(1), Disposition::wrong_number);
  EXPECT_EQ(lines(phonebank), "1 barred wrong_number");
}

TEST_F(NextNumbersTest, AStrangersDoNotCallIsNotTheVoters) {
  const ListId list = list_of(1);
  also(1, number(11), 3);
  Rules rules = Bank::rules();
  rules.next_at_once = true;
  const auto phonebank = open_bank(list, rules);
  suppress_number(number(1));  // by whoever has the number
  say_wrong(number(1));
  EXPECT_EQ(claim(caller(phonebank)).number, number(11));
}

TEST_F(NextNumbersTest, ADoNotCallIsNoReasonToTryAnother) {
  const ListId list = list_of(1);
  also(1, number(11));
  const auto phonebank = open_bank(list);
  call(phonebank, number(1), Disposition::do_not_call);
  EXPECT_EQ(lines(phonebank), "1 barred do_not_call");
}

TEST_F(NextNumbersTest, ANumberThatNeedsConsentWaitsForIt) {
  const ListId list = list_of(1);
  give_consent(1);
  also(1, number(11));
  Rules rules = Bank::rules();
  rules.consent = ConsentNeed::all;
  rules.next_at_once = true;
  const auto phonebank = open_bank(list, rules);
  run("delete from consent");  // as if the number asked for one of its own
  say_wrong(number(1));
  EXPECT_EQ(targets(phonebank), "1 1 barred joined, 11 1 barred no_consent");
  EXPECT_EQ(lines(phonebank), "1 barred wrong_number, 11 barred no_consent");
  clock_.advance(minutes(1));
  give_consent(1);
  EXPECT_EQ(claim(caller(phonebank)).number, number(11));
}

TEST_F(NextNumbersTest, KeepsTheHoursOfItsOwnZone) {
  const ListId list = list_of(1);
  also(1, 13105550001);  // Los Angeles: 9 o'clock there is noon in Raleigh
  const auto phonebank = open_bank(list);
  clock_.set(kNoon - hours(1));
  say_wrong(number(1));
  EXPECT_EQ(claim_nothing(caller(phonebank)).reason, NothingReason::outside_calling_hours);
  clock_.set(kNoon);
  EXPECT_EQ(claim(caller(phonebank)).number, 13105550001);
}

TEST_F(NextNumbersTest, JoinsALineThatThereIsAlready) {
  const ListId list = list_of(2);
  also(1, number(2));
  const auto phonebank = open_bank(list);
  call(phonebank, number(1), Disposition::wrong_number);
  const Lease lease = claim(caller(phonebank));
  EXPECT_EQ(lease.number, number(2));
  EXPECT_EQ(lease.voters.size(), 2U);
}

TEST_F(NextNumbersTest, OpensALineThatWasAtItsEnd) {
  const ListId list = list_of(2);
  also(1, number(2));
  const auto phonebank = open_bank(list);
  const Lease wrong = claim(caller(phonebank, 1));
  record(caller(phonebank, 2), claim(caller(phonebank, 2)), Disposition::reached);
  EXPECT_EQ(line_state(phonebank, number(2)), "done");
  record(caller(phonebank, 1), wrong, Disposition::wrong_number);
  clock_.advance(hours(5));
  const Lease lease = claim(caller(phonebank));
  EXPECT_EQ(lease.number, number(2));
  ASSERT_EQ(lease.voters.size(), 1U) << "who was reached is not called again";
  EXPECT_EQ(lease.voters[0].id, VoterId(1));
}

TEST_F(NextNumbersTest, OfAHouseholdEachIsCalledOnTheirOwn) {
  const ListId list = list_of({{.id = 1, .number = number(1)}, {.id = 2, .number = number(1)}});
  also(1, number(11));
  also(2, number(12));
  const auto phonebank = open_bank(list);
  call(phonebank, number(1), Disposition::disconnected);
  EXPECT_EQ(targets(phonebank), "1 1 barred joined, 1 2 barred joined, 11 1 open, 12 2 open");
}

TEST_F(NextNumbersTest, TriesOnTheWrongNumberCountAndOneIsLeft) {
  const ListId list = list_of(1);
  also(1, number(11));
  Rules rules = Bank::rules();
  rules.attempts_max = 2;
  const auto phonebank = open_bank(list, rules);
  call(phonebank, number(1), Disposition::no_answer);
  clock_.advance(hours(4));
  call(phonebank, number(1), Disposition::wrong_number);
  clock_.advance(hours(4));
  call(phonebank, number(11), Disposition::no_answer);
  EXPECT_EQ(line_state(phonebank, number(11)), "done");
}

TEST_F(NextNumbersTest, AFileOfWrongNumbersAndOtherPhoneBanksToo) {
  const ListId list = list_of(2);
  also(1, number(11));
  also(2, number(12));
  const auto one = open_bank(list);
  const auto other = open_bank(list);
  const std::vector<PhoneNumber> numbers = {number(1), number(2)};
  const registry::Suppression like{
      .reason = registry::SuppressionReason::disconnected, .source = "list", .actor = "person:1"};
  EXPECT_EQ(registry_.suppress_numbers(numbers, like)->added, 2);
  for (const PhonebankId phonebank : {one, other}) {
    EXPECT_EQ(lines(phonebank), "1 barred disconnected, 2 barred disconnected, 11 ready, 12 ready");
  }
  EXPECT_EQ(claim(caller(one, 1)).number, number(11)) << "nobody was called: no reason to wait";
}

TEST_F(NextNumbersTest, HasThePlaceOfTheNumberBefore) {
  const ListId list = list_of(2);
  also(1, number(11));
  open_bank(list);
  run("update queue_line set priority = 42 where number = 19195550001");
  say_wrong(number(1));
  EXPECT_EQ(value("select priority from queue_line where number = 19195550011"), "42");
}

TEST_F(NextNumbersTest, AClosedPhoneBankGetsNoMore) {
  const ListId list = list_of(1);
  also(1, number(11));
  const auto phonebank = open_bank(list);
  ASSERT_TRUE(service_.set_state(phonebank, PhonebankState::closed, "person:1").has_value());
  say_wrong(number(1));
  EXPECT_EQ(lines(phonebank), "1 barred wrong_number");
}

TEST_F(NextNumbersTest, ANewPhoneBankBeginsWithTheNext) {
  const ListId list = list_of(2);
  also(1, number(11));
  say_wrong(number(1));
  const auto phonebank = open_bank(list);
  EXPECT_EQ(lines(phonebank), "1 barred wrong_number, 2 ready, 11 ready");
  call(phonebank, number(11), Disposition::reached);
}

TEST_F(NextNumbersTest, IsTakenBackWithTheResult) {
  const ListId list = list_of(1);
  also(1, number(11));
  const auto phonebank = open_bank(list);
  const Lease lease = claim(caller(phonebank));
  const CallResult wrong = result(caller(phonebank), lease, Disposition::wrong_number);
  record(wrong);
  ResultChange change;
  change.key = new_key();
  change.of = wrong.key;
  change.caller = caller(phonebank).person;
  change.voters = {{.voter = VoterId(1), .disposition = Disposition::no_answer}};
  ASSERT_TRUE(service_.change_result(change).has_value());
  EXPECT_EQ(targets(phonebank), "1 1 open, 11 1 barred joined");
  EXPECT_EQ(lines(phonebank), "1 waiting, 11 barred joined");
  EXPECT_EQ(value("select status from phone where number = 19195550001"), "unknown");
  clock_.advance(hours(4));
  call(phonebank, number(1), Disposition::wrong_number);
  clock_.advance(hours(4));
  call(phonebank, number(11), Disposition::reached);
}

TEST_F(NextNumbersTest, ThatWasTriedIsKeptWhenTheFirstIsRightAfterAll) {
  const ListId list = list_of(1);
  also(1, number(11));
  Rules rules = Bank::rules();
  rules.next_at_once = true;
  const auto phonebank = open_bank(list, rules);
  const SuppressionId bar = say_wrong(number(1));
  call(phonebank, number(11), Disposition::no_answer);
  ASSERT_TRUE(registry_.end_suppression(bar, "person:1").has_value());
  EXPECT_EQ(targets(phonebank), "1 1 barred joined, 11 1 open") << "nobody is called on both";
  clock_.advance(hours(4));
  call(phonebank, number(11), Disposition::reached);
  EXPECT_EQ(claim_nothing(caller(phonebank)).reason, NothingReason::all_done);
}

TEST_F(NextNumbersTest, WhoWasReachedOnTheFirstAllTheSameIsNotCalledOnTheNext) {
  const ListId list = list_of(1);
  also(1, number(11));
  const auto phonebank = open_bank(list);
  const Lease talking = claim(caller(phonebank));
  say_wrong(number(1));  // by a file, while the voter is on the telephone
  EXPECT_EQ(targets(phonebank), "1 1 barred joined, 11 1 open");
  record(caller(phonebank), talking, Disposition::reached);
  clock_.advance(hours(5));
  EXPECT_EQ(claim_nothing(caller(phonebank)).reason, NothingReason::all_done);
}

TEST_F(NextNumbersTest, WhoseBarEndsMeanwhileIsCalledOnTheNext) {
  const ListId list = list_of(1);
  also(1, number(11));
  const auto phonebank = open_bank(list);
  give_consent(1, ConsentState::withdrawn);
  say_wrong(number(1));
  EXPECT_EQ(lines(phonebank), "1 barred wrong_number");
  clock_.advance(minutes(1));
  give_consent(1);
  EXPECT_EQ(claim(caller(phonebank)).number, number(11));
}

}  // namespace
}  // namespace hustings::phonebank::testing
