// The alarm must ring: histories in which a promise was broken, one way each.
#include "simulate/checker.h"

#include <gtest/gtest.h>

#include "simulate/electorate.h"

namespace hustings::simulate {
namespace {

using std::chrono::seconds;

const Moment kBegin{seconds(1000)};

/// Shown after `from` seconds, its result sent and stored after `to`.
Showing showing(std::int64_t line, int epoch, int from, int to) {
  Showing out;
  out.phonebank = PhonebankId(1);
  out.number = number_of(line);
  out.epoch = epoch;
  out.asked = out.shown = kBegin + seconds(from);
  out.told = out.ended = kBegin + seconds(to);
  out.lease_end = out.shown + seconds(300);
  out.end = Showing::Ended::stored;
  out.voters = 1;
  return out;
}

Verdict verdict_on(std::vector<Showing> showings) {
  History history;
  history.showings = std::move(showings);
  return check_history(history);
}

TEST(Checker, OneAfterTheOtherHolds) {
  EXPECT_TRUE(
      verdict_on({showing(2, 1, 0, 10), showing(4, 1, 5, 8), showing(2, 2, 20, 30)}).holds());
}

TEST(Checker, TwoAtOneTimeIsSeen) {
  EXPECT_EQ(verdict_on({showing(2, 1, 0, 10), showing(2, 2, 5, 12)}).doubled, 1);
}

TEST(Checker, ALeaseThatHasRunOutEntitlesNobody) {
  Showing left = showing(2, 1, 0, 400);
  EXPECT_TRUE(verdict_on({left, showing(2, 2, 305, 310)}).holds());
  left.lease_end = left.shown + seconds(390);
  EXPECT_EQ(verdict_on({left, showing(2, 2, 305, 310)}).doubled, 1);
}

TEST(Checker, WhoNeverToldHoldsUntilTheLeaseEnds) {
  Showing silent = showing(2, 1, 0, 0);
  silent.told = silent.ended = {};
  silent.end = Showing::Ended::not_yet;
  EXPECT_EQ(verdict_on({silent, showing(2, 2, 299, 310)}).doubled, 1);
  EXPECT_TRUE(verdict_on({silent, showing(2, 2, 301, 310)}).holds());
}

TEST(Checker, AnEpochTwiceIsSeen) {
  EXPECT_EQ(verdict_on({showing(2, 3, 0, 10), showing(2, 3, 20, 30)}).epochs, 1);
  Showing elsewhere = showing(2, 1, 20, 30);
  elsewhere.phonebank = PhonebankId(2);
  EXPECT_TRUE(verdict_on({showing(2, 3, 0, 10), elsewhere}).holds());
}

TEST(Checker, WhatMustNotBeCalledIsSeen) {
  for (const std::int64_t line : {3, 7, 21, 102}) {
    ASSERT_FALSE(forbidden(line).empty()) << line;
    EXPECT_EQ(verdict_on({showing(line, 1, 0, 10)}).forbidden, 1) << line;
  }
}

TEST(Checker, NoShowingIsAskedForAfterADoNotCall) {
  Showing asked_not_to = showing(2, 1, 0, 10);
  asked_not_to.is_do_not_call = true;
  EXPECT_EQ(verdict_on({asked_not_to, showing(2, 2, 11, 30)}).forbidden, 1);
  Showing at_the_same_time = showing(2, 2, 11, 30);
  at_the_same_time.asked = kBegin + seconds(9);
  EXPECT_EQ(verdict_on({asked_not_to, at_the_same_time}).forbidden, 0)
      << "whoever had asked before may get it";
  History history;
  history.showings = {showing(4, 1, 20, 30)};
  history.barred = {{number_of(4), kBegin + seconds(15)}};
  EXPECT_EQ(check_history(history).forbidden, 1) << "by somebody else than a caller";
}

TEST(Checker, NoWrongNumberIsShownAgainAndTheNextMayBe) {
  Showing wrong = showing(6, 1, 0, 10);
  wrong.is_wrong_number = true;
  EXPECT_EQ(verdict_on({wrong, showing(6, 2, 11, 30)}).forbidden, 1);
  Showing next = showing(6, 1, 11, 30);
  next.number = next_number_of(6);
  EXPECT_TRUE(verdict_on({wrong, next}).holds());
}

}  // namespace
}  // namespace hustings::simulate
