#include <set>
#include <utility>
#include <vector>

#include "phonebank/testing/bank.h"

namespace hustings::phonebank::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

Instant at(const char* iso) { return from_iso(iso).value(); }

class CallingHoursTest : public Bank {};

TEST_F(CallingHoursTest, OpensAndClosesInTheVotersTime) {
  const auto phonebank = open_bank(list_of(1));
  clock_.set(at("2026-10-20T12:59:59Z"));
  const auto early = claim_nothing(caller(phonebank));
  EXPECT_EQ(early.reason, NothingReason::outside_calling_hours);
  EXPECT_EQ(early.next_at, at("2026-10-20T13:00:00Z"));
  clock_.set(at("2026-10-20T13:00:00Z"));
  const Lease lease = claim(caller(phonebank));
  ASSERT_TRUE(service_.release(PersonId(1), lease.id, 1, ReleaseReason::on_break).has_value());
  clock_.set(at("2026-10-21T01:00:00Z"));
  EXPECT_EQ(claim_nothing(caller(phonebank)).next_at, at("2026-10-21T13:00:00Z"));
}

TEST_F(CallingHoursTest, NumberFromTheWestOfAVoterInTheEast) {
  const auto phonebank =
      open_bank(list_of({{.id = 1, .number = 14155550101}, {.id = 2, .number = number(2)}}));
  clock_.set(at("2026-10-20T15:00:00Z"));  // 8:00 in California, 11:00 in Carolina
  EXPECT_EQ(claim(caller(phonebank, 1)).number, number(2));
  const auto nothing = claim_nothing(caller(phonebank, 2));
  EXPECT_EQ(nothing.reason, NothingReason::outside_calling_hours);
  EXPECT_EQ(nothing.next_at, at("2026-10-20T16:00:00Z"));
  clock_.set(at("2026-10-20T16:00:00Z"));
  EXPECT_EQ(claim(caller(phonebank, 2)).number, 14155550101);
}

TEST_F(CallingHoursTest, AZipCodeElsewhereCountsToo) {
  const ListId list = list_of({{.id = 1, .number = number(1)}, {.id = 2, .number = number(2)}});
  run("update voter set zip5 = '79401' where voter_id = 1");  // Lubbock, Texas; the roll says Wake
  run("update voter set zip5 = '27601' where voter_id = 2");
  const auto phonebank = open_bank(list);
  clock_.set(at("2026-10-20T13:30:00Z"));  // 9:30 in Carolina, 8:30 in Texas
  EXPECT_EQ(claim(caller(phonebank, 1)).number, number(2));
  const auto nothing = claim_nothing(caller(phonebank, 2));
  EXPECT_EQ(nothing.reason, NothingReason::outside_calling_hours);
  EXPECT_EQ(nothing.next_at, at("2026-10-20T14:00:00Z"));
}

TEST_F(CallingHoursTest, LineOfVotersInDifferentZonesNeedsBoth) {
  const auto phonebank =
      open_bank(list_of({{.id = 1, .number = 18505550101, .state = "FL", .county = "LEON"},
                         {.id = 2, .number = 18505550101, .state = "AZ", .county = "PIMA"}}));
  EXPECT_EQ(value("select array_to_string(zones, ',') from zone_set natural join queue_line"),
            "America/Chicago,America/New_York,America/Phoenix");
  clock_.set(at("2026-10-20T15:59:00Z"));  // 8:59 in Phoenix
  EXPECT_EQ(claim_nothing(caller(phonebank)).next_at, at("2026-10-20T16:00:00Z"));
}

TEST_F(CallingHoursTest, ArizonaItsNavajoCountiesAndIndianaOverBothChanges) {
  const auto phonebank =
      open_bank(list_of({{.id = 1, .number = 16025550101, .state = "AZ", .county = "MARICOPA"},
                         {.id = 2, .number = 19285550102, .state = "AZ", .county = "NAVAJO"},
                         {.id = 3, .number = 13175550103, .state = "IN", .county = "MARION"},
                         {.id = 4, .number = 13125550104, .state = "IN", .county = "LAKE"}}));
  const auto called_at = [&](const char* when) {
    clock_.set(at(when));
    std::set<std::int64_t> who;
    std::vector<std::pair<PersonId, Lease>> held;
    for (int person = 1; person <= 4; ++person) {
      const auto claimed = service_.claim(caller(phonebank, person)).value();
      if (!claimed.lease) continue;
      who.insert(claimed.lease->voters.front().id.value());
      held.emplace_back(person, *claimed.lease);
    }
    for (const auto& [person, lease] : held)
      service_.release(person, lease.id, lease.epoch, ReleaseReason::on_break).value();
    return who;
  };
  using Voters = std::set<std::int64_t>;
  EXPECT_EQ(called_at("2026-03-07T13:59:00Z"), Voters{});
  EXPECT_EQ(called_at("2026-03-07T14:00:00Z"), Voters{3}) << "9:00 in Indianapolis";
  EXPECT_EQ(called_at("2026-03-07T15:00:00Z"), (Voters{3, 4})) << "9:00 in Gary";
  EXPECT_EQ(called_at("2026-03-07T16:00:00Z"), (Voters{1, 2, 3, 4})) << "9:00 in all of Arizona";
  // 8 March: an hour earlier in UTC where the clocks change.
  EXPECT_EQ(called_at("2026-03-08T13:00:00Z"), Voters{3});
  EXPECT_EQ(called_at("2026-03-08T14:00:00Z"), (Voters{3, 4}));
  EXPECT_EQ(called_at("2026-03-08T15:59:00Z"), (Voters{3, 4})) << "8:59 in Phoenix";
  EXPECT_EQ(called_at("2026-03-08T16:00:00Z"), (Voters{1, 2, 3, 4}));
  EXPECT_EQ(called_at("2026-03-09T01:00:00Z"), (Voters{1, 2, 4})) << "21:00 in Indianapolis";
  EXPECT_EQ(called_at("2026-03-09T02:00:00Z"), (Voters{1, 2})) << "21:00 in Gary";
  EXPECT_EQ(called_at("2026-03-09T03:00:00Z"), Voters{1}) << "21:00 in Window Rock";
  EXPECT_EQ(called_at("2026-03-09T04:00:00Z"), Voters{}) << "21:00 in Phoenix";
  // 1 November: back again.
  EXPECT_EQ(called_at("2026-11-01T13:00:00Z"), Voters{});
  EXPECT_EQ(called_at("2026-11-01T14:00:00Z"), Voters{3});
  EXPECT_EQ(called_at("2026-11-01T15:00:00Z"), (Voters{3, 4}));
  EXPECT_EQ(called_at("2026-11-02T03:00:00Z"), (Voters{1, 2})) << "20:00 in all of Arizona";
  EXPECT_EQ(called_at("2026-11-02T04:00:00Z"), Voters{});
}

TEST_F(CallingHoursTest, SpringChange) {
  const auto phonebank =
      open_bank(list_of({{.id = 1, .number = number(1)},
                         {.id = 2, .number = 16025550102, .state = "AZ", .county = "MARICOPA"}}));
  clock_.set(at("2026-03-08T01:59:00Z"));  // the eve, 20:59
  ASSERT_EQ(claim(caller(phonebank, 1)).number, number(1));
  service_.release(PersonId(1), service_.held(caller(phonebank, 1))->id, 1, ReleaseReason::on_break)
      .value();
  clock_.set(at("2026-03-08T12:59:59Z"));  // 8:59 by the new time; it was 13:59:59 the day before
  const auto early = claim_nothing(caller(phonebank, 1));
  EXPECT_EQ(early.next_at, at("2026-03-08T13:00:00Z"));
  clock_.set(at("2026-03-08T13:00:00Z"));
  EXPECT_EQ(claim(caller(phonebank, 1)).number, number(1));
  EXPECT_EQ(claim_nothing(caller(phonebank, 2)).next_at, at("2026-03-08T16:00:00Z"));
  clock_.set(at("2026-03-08T16:00:00Z"));  // Arizona does not change
  EXPECT_EQ(claim(caller(phonebank, 2)).number, 16025550102);
}

TEST_F(CallingHoursTest, AutumnChange) {
  const auto phonebank = open_bank(list_of(1));
  clock_.set(at("2026-11-01T13:00:00Z"));  // was 9:00 until the day before; 8:00 now
  EXPECT_EQ(claim_nothing(caller(phonebank)).next_at, at("2026-11-01T14:00:00Z"));
  clock_.set(at("2026-11-01T14:00:00Z"));
  const Lease lease = claim(caller(phonebank));
  ASSERT_TRUE(service_.release(PersonId(1), lease.id, 1, ReleaseReason::on_break).has_value());
  clock_.set(at("2026-11-02T01:59:59Z"));
  EXPECT_EQ(claim(caller(phonebank)).number, number(1));
}

TEST_F(CallingHoursTest, AHeldNumberIsNotShownAgainAfterHours) {
  const auto phonebank = open_bank(list_of(1));
  clock_.set(at("2026-10-21T00:59:00Z"));
  const Lease lease = claim(caller(phonebank));
  clock_.advance(minutes(1));
  EXPECT_FALSE(service_.held(caller(phonebank)).has_value());
  EXPECT_TRUE(record(caller(phonebank), lease, Disposition::no_answer).late);
}

TEST_F(CallingHoursTest, WaitingLineThatIsDueAtNightWaitsForTheMorning) {
  const auto phonebank = open_bank(list_of(1));
  clock_.set(at("2026-10-21T00:30:00Z"));
  record(caller(phonebank), claim(caller(phonebank)), Disposition::no_answer);
  const auto nothing = claim_nothing(caller(phonebank));
  EXPECT_EQ(nothing.reason, NothingReason::waiting);
  EXPECT_EQ(nothing.next_at, at("2026-10-21T13:00:00Z"));
}

TEST_F(CallingHoursTest, NumbersWhoseZonesAreUnknownAreBarred) {
  const auto phonebank =
      open_bank(list_of({{.id = 1, .number = 4915112345678},
                         {.id = 2, .number = 18005550102, .state = "XX", .county = "?"},
                         {.id = 3, .number = 18005550103},
                         {.id = 4, .number = number(4)},
                         {.id = 5, .number = number(4), .state = "NC", .county = "ORANGE"}}));
  EXPECT_EQ(line_reason(phonebank, 4915112345678), "unknown_zone");
  EXPECT_EQ(line_reason(phonebank, 18005550102), "unknown_zone");
  EXPECT_EQ(line_state(phonebank, 18005550103), "ready");
  EXPECT_EQ(line_state(phonebank, number(4)), "ready");
}

TEST_F(CallingHoursTest, ZonesThatNeverMeetAreBarred) {
  Rules rules = Bank::rules();
  rules.window = {hours(9), hours(12)};
  const auto phonebank = open_bank(list_of({{.id = 1, .number = 16715550101}}), rules);  // Guam
  EXPECT_EQ(line_reason(phonebank, 16715550101), "no_calling_hours");
  // The same by two voters at one number.
  const auto other =
      open_bank(list_of({{.id = 2, .number = 18005550102, .state = "GU", .county = "GUAM"},
                         {.id = 3, .number = 18005550102}}),
                rules);
  EXPECT_EQ(line_reason(other, 18005550102), "no_calling_hours");
}

}  // namespace
}  // namespace hustings::phonebank::testing
