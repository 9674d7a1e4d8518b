#include "phonebank/supervision.h"

#include <algorithm>

#include <fmt/format.h>

#include "phonebank/testing/bank.h"

namespace hustings::phonebank::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class SupervisionTest : public Bank {
 protected:
  Supervision& lead() { return service_.supervision(); }
  static Deadline never() { return Deadline::never(); }
  /// A caller with a name; ids count from 1.
  PersonId person(const std::string& name) {
    return PersonId(
        count(fmt::format("insert into person (name, role, created_at)"
                          " values ('{}', 'caller', now()) returning person_id",
                          name)));
  }
  void call(const Caller& who, Disposition came, seconds takes) {
    const Lease lease = claim(who);
    clock_.advance(takes);
    record(who, lease, came);
  }
};

TEST_F(SupervisionTest, CallsByTheHour) {
  const auto phonebank = open_bank(list_of(3));
  call(caller(phonebank), Disposition::no_answer, seconds(30));
  call(caller(phonebank), Disposition::reached, seconds(30));
  clock_.advance(hours(1));
  call(caller(phonebank), Disposition::reached, seconds(30));
  const auto rows = lead().hours(phonebank, kNoon - hours(1), never());
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].at, kNoon);
  EXPECT_EQ(rows[0].calls.calls, 2);
  EXPECT_EQ(rows[0].calls.conversations, 1);
  EXPECT_EQ(rows[1].calls.conversations, 1);
  EXPECT_TRUE(lead().hours(phonebank, kNoon + hours(5), never()).empty());
}

TEST_F(SupervisionTest, WaitsBetweenCalls) {
  const auto phonebank = open_bank(list_of(6));
  EXPECT_EQ(lead().waits(phonebank, kNoon - hours(1), never()).counted, 0);
  call(caller(phonebank), Disposition::reached, seconds(60));
  clock_.advance(seconds(2));
  call(caller(phonebank), Disposition::no_answer, seconds(30));
  clock_.advance(seconds(8));
  call(caller(phonebank), Disposition::no_answer, seconds(30));
  clock_.advance(minutes(11));  // a break
  call(caller(phonebank), Disposition::no_answer, seconds(30));
  call(caller(phonebank, 2), Disposition::reached, seconds(30));  // a first call has no wait
  const Waits waits = lead().waits(phonebank, kNoon, never());
  EXPECT_EQ(waits.counted, 2);
  EXPECT_DOUBLE_EQ(waits.median_seconds, 5);
  EXPECT_DOUBLE_EQ(waits.longest_seconds, 8);
  EXPECT_EQ(lead().waits(phonebank, clock_.now() - minutes(1), never()).counted, 0);
}

TEST_F(SupervisionTest, CallsByVoter) {
  const auto phonebank =
      open_bank(list_of({{.id = 1, .number = number(1)}, {.id = 2, .number = number(1)}}));
  CallResult first = result(caller(phonebank), claim(caller(phonebank)), Disposition::reached);
  first.voters[1].disposition = Disposition::not_home;
  record(first);
  clock_.advance(hours(5));
  record(caller(phonebank), claim(caller(phonebank)), Disposition::no_answer);
  auto rows = lead().calls_by_voter(phonebank, never());
  ASSERT_EQ(rows.size(), 2U);
  std::ranges::sort(rows, {}, &VoterCalls::voter);
  EXPECT_EQ(rows[0].calls.calls, 1);
  EXPECT_EQ(rows[0].calls.conversations, 1);
  EXPECT_EQ(rows[1].calls.calls, 2);
  EXPECT_EQ(rows[1].calls.conversations, 1) << "whoever says that another is out has spoken";
}

TEST_F(SupervisionTest, SignsOfEachCaller) {
  const PersonId ann = person("Ann");
  const PersonId bob = person("Bob");
  const auto phonebank = open_bank(list_of(6));
  call({ann, phonebank}, Disposition::reached, seconds(90));
  call({ann, phonebank}, Disposition::do_not_call, seconds(40));
  call({ann, phonebank}, Disposition::no_answer, seconds(25));
  call({bob, phonebank}, Disposition::no_answer, seconds(3));
  const Lease lease = claim({bob, phonebank});
  clock_.advance(seconds(4));
  const CallResult hasty = result({bob, phonebank}, lease, Disposition::busy);
  record(hasty);
  ASSERT_TRUE(
      service_.change_result({.key = new_key(), .of = hasty.key, .caller = bob}).has_value());
  const auto rows = lead().quality(phonebank, never());
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].name, "Ann");
  EXPECT_EQ(rows[0].calls.calls, 3);
  EXPECT_EQ(rows[0].calls.conversations, 2);
  EXPECT_DOUBLE_EQ(rows[0].median_seconds, 40);
  EXPECT_EQ(rows[0].hasty, 0);
  EXPECT_EQ(rows[0].unspoken, 1);
  EXPECT_EQ(rows[0].barring, 1);
  EXPECT_EQ(rows[1].hasty, 2);
  EXPECT_EQ(rows[1].changed, 1);
  EXPECT_EQ(rows[1].barring, 0);
}

TEST_F(SupervisionTest, MessagesReachThoseTheyAreFor) {
  const auto phonebank = open_bank(list_of(1));
  const auto other = open_bank(list_of(1));
  EXPECT_EQ(lead().message_for(caller(phonebank), never()), std::nullopt);
  ASSERT_TRUE(lead()
                  .send(phonebank, std::nullopt, " Pizza at six ", minutes(30), "person:9", never())
                  .has_value());
  ASSERT_TRUE(
      lead().send(phonebank, PersonId(2), "Call me", minutes(5), "person:9", never()).has_value());
  EXPECT_EQ(lead().message_for(caller(phonebank, 1), never()), "Pizza at six");
  EXPECT_EQ(lead().message_for(caller(phonebank, 2), never()), "Call me");
  EXPECT_EQ(lead().message_for(caller(other), never()), std::nullopt);
  clock_.advance(minutes(6));
  Supervision fresh(database_.pool(), QueueTime(TimeSource::clock, clock_));
  EXPECT_EQ(fresh.message_for(caller(phonebank, 2), never()), "Pizza at six");
  EXPECT_EQ(lead().send(phonebank, std::nullopt, "", minutes(1), "p", never()).error().where,
            "text");
  EXPECT_EQ(lead().send(phonebank, std::nullopt, "x", minutes(0), "p", never()).error().where,
            "minutes");
  EXPECT_EQ(lead().send(PhonebankId(99), std::nullopt, "x", minutes(1), "p", never()).error().code,
            ErrorCode::not_found);
}

TEST_F(SupervisionTest, RoomsWithWorkTakeGuests) {
  const ListId list = list_of(2);
  const auto own = open_bank(list_of({{.id = 3, .number = number(3)}}));
  const auto spanish = open_bank(list);
  const auto closed = open_bank(list);
  const auto like = open_bank(list);
  EXPECT_TRUE(lead().rooms_for(caller(own), never()).empty()) << "none takes guests";
  for (const auto& [id, language] : {std::pair(own, "en"), std::pair(spanish, "es"),
                                     std::pair(closed, "en"), std::pair(like, "en")}) {
    ASSERT_TRUE(lead()
                    .set_room(id, {.state = "NC", .language = language, .takes_guests = true},
                              "person:9", never())
                    .has_value());
  }
  ASSERT_TRUE(service_.set_state(closed, PhonebankState::closed, "person:9").has_value());
  const auto rooms = lead().rooms_for(caller(own), never());
  ASSERT_EQ(rooms.size(), 2U);
  EXPECT_EQ(rooms[0].phonebank, like) << "the same language comes first";
  EXPECT_EQ(rooms[1].room.language, "es");
  EXPECT_EQ(lead().room(spanish, never())->state, "NC");
  run("update queue_line set state = 'done'");
  EXPECT_TRUE(lead().rooms_for(caller(own), never()).empty()) << "no work anywhere";
  EXPECT_EQ(lead().room(PhonebankId(99), never()).error().code, ErrorCode::not_found);
  EXPECT_EQ(lead().set_room(own, {.team = std::string(99, 'x')}, "p", never()).error().where,
            "team");
}

TEST_F(SupervisionTest, TheBoardShowsOnlyWhoWantsToBeSeen) {
  const PersonId ann = person("Ann");
  const PersonId bob = person("Bob");
  const auto phonebank = open_bank(list_of(6));
  call({ann, phonebank}, Disposition::reached, seconds(60));
  call({bob, phonebank}, Disposition::reached, seconds(60));
  call({bob, phonebank}, Disposition::reached, seconds(60));
  call({bob, phonebank}, Disposition::no_answer, seconds(60));
  auto seen = lead().board({ann, phonebank}, never());
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_TRUE(seen[0].is_own);
  EXPECT_FALSE(lead().is_on_board({bob, phonebank}, never()));
  lead().show_on_board({bob, phonebank}, true, never());
  EXPECT_TRUE(lead().is_on_board({bob, phonebank}, never()));
  seen = lead().board({ann, phonebank}, never());
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].name, "Bob");
  EXPECT_EQ(seen[0].conversations, 2) << "conversations, not dials";
  lead().show_on_board({bob, phonebank}, false, never());
  EXPECT_EQ(lead().board({ann, phonebank}, never()).size(), 1U);
  clock_.advance(hours(25));
  EXPECT_EQ(lead().board({ann, phonebank}, never())[0].conversations, 0);
}

}  // namespace
}  // namespace hustings::phonebank::testing
