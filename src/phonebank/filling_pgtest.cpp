#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "feed/feed.h"
#include "phonebank/testing/bank.h"

namespace hustings::phonebank::testing {
namespace {

class FillingTest : public Bank {};

TEST_F(FillingTest, OnlyTheTreatmentArmWithAPhone) {
  std::vector<TestVoter> voters;
  for (int n = 1; n <= 6; ++n) {
    voters.push_back({.id = n, .number = number(n), .held_out = n == 2 || n == 5});
  }
  const ListId list = list_of(voters);
  run("update voter set phone = null where voter_id = 3");
  const auto phonebank = open_bank(list);
  EXPECT_EQ(count("select count(*) from call_target"), 3);
  EXPECT_EQ(value("select string_agg((number - 19195550000)::text, ',' order by ordinal)"
                  " from queue_line"),
            "1,4,6");
  EXPECT_EQ(line_state(phonebank, number(1)), "ready");
}

TEST_F(FillingTest, BarredLinesStayWithTheReason) {
  const ListId list = list_of({{.id = 1, .number = number(1)},
                               {.id = 2, .number = number(2), .is_protected = true},
                               {.id = 3, .number = number(3)},
                               {.id = 4, .number = number(4)},
                               {.id = 5, .number = number(4)}});
  suppress_number(number(1));
  run("insert into suppression (voter_id, reason, source, actor, at)"
      " values (3, 'moved', 'x', 'x', now()), (4, 'deceased', 'x', 'x', now())");
  const auto phonebank = open_bank(list);
  EXPECT_EQ(line_reason(phonebank, number(1)), "do_not_call");
  EXPECT_EQ(line_reason(phonebank, number(2)), "protected");
  EXPECT_EQ(line_reason(phonebank, number(3)), "moved");
  EXPECT_EQ(line_state(phonebank, number(4)), "ready");
  const Lease lease = claim(caller(phonebank));
  ASSERT_EQ(lease.voters.size(), 1U);
  EXPECT_EQ(lease.voters[0].id, VoterId(5));
}

TEST_F(FillingTest, ConsentRollAndNumberBarToo) {
  const ListId list = list_of(5);
  run("insert into consent (bucket, voter_id, purpose, channel, state, source, at)"
      " select bucket, voter_id, 'campaign', 'phone', 'withdrawn', 'x', now()"
      " from voter where voter_id = 1");
  run("update voter set status = 'removed' where voter_id = 2");
  run("update voter set status = 'denied' where voter_id = 3");
  run("delete from phone where voter_id = 4");
  const auto phonebank = open_bank(list);
  EXPECT_EQ(line_reason(phonebank, number(1)), "consent_withdrawn");
  EXPECT_EQ(line_reason(phonebank, number(2)), "removed");
  EXPECT_EQ(line_reason(phonebank, number(3)), "denied");
  EXPECT_EQ(line_reason(phonebank, number(4)), "number_changed");
  EXPECT_EQ(line_state(phonebank, number(5)), "ready");
}

TEST_F(FillingTest, ANumberThatAProtectedVoterSharesIsNeverCalled) {
  list_of({{.id = 9, .number = number(1), .is_protected = true}});
  const auto phonebank = open_bank(list_of(2));
  EXPECT_EQ(line_reason(phonebank, number(1)), "protected");
  EXPECT_EQ(line_state(phonebank, number(2)), "ready");
}

TEST_F(FillingTest, IsPausedAndInTheFeed) {
  const auto made = service_.create({" Wake ", list_of(1), script_.id, rules()}, "person:1");
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made->name, "Wake");
  EXPECT_EQ(made->state, PhonebankState::paused);
  EXPECT_EQ(made->list_name, "List");
  EXPECT_EQ(made->script_name, "Autumn");
  const auto entries =
      feed::history(*connection_, fmt::format("phonebank:{}", made->id.value()), 5);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].kind, ChangeKind::phonebank_saved);
}

TEST_F(FillingTest, RefusesWhatIsNotThere) {
  const ListId list = list_of(1);
  const auto code = [&](const PhonebankDraft& draft) {
    return service_.create(draft, "person:1").error().code;
  };
  EXPECT_EQ(code({"Wake", ListId(99), script_.id, rules()}), ErrorCode::not_found);
  EXPECT_EQ(code({"Wake", list, ScriptId(99), rules()}), ErrorCode::not_found);
  EXPECT_EQ(code({"", list, script_.id, rules()}), ErrorCode::invalid);
  EXPECT_EQ(count("select count(*) from phonebank"), 0);
}

TEST_F(FillingTest, AListOfNobodyIsDoneAtOnce) {
  const auto phonebank = open_bank(list_of(0));
  EXPECT_EQ(claim_nothing(caller(phonebank)).reason, NothingReason::all_done);
}

TEST_F(FillingTest, TwoPhonebanksShareTheirZoneSets) {
  const ListId list = list_of(2);
  open_bank(list);
  open_bank(list);
  EXPECT_EQ(count("select count(*) from zone_set"), 1);
}

TEST_F(FillingTest, NeedsOneConnectionAtATime) {
  const ListId list = list_of(1);
  pg::Pool pool(database_.options(), 1);
  registry::Registry registry(pool, clock_, log_);
  surveys::SurveyService surveys(pool, clock_, log_);
  PhonebankService service(pool, registry, surveys, clock_, log_, TimeSource::clock);
  const auto soon = Deadline::after(std::chrono::seconds(3));
  EXPECT_TRUE(service.create({"Wake", list, script_.id, rules()}, "person:1", soon).has_value());
}

TEST_F(FillingTest, HasMoreTimeThanTheRequest) {
  const ListId list = list_of(1);
  run("begin; lock table call_target in exclusive mode");
  std::thread slow([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(1500));
    run("commit");
  });
  const auto soon = Deadline::after(std::chrono::milliseconds(700));
  EXPECT_NO_THROW({
    EXPECT_TRUE(service_.create({"Wake", list, script_.id, rules()}, "person:1", soon).has_value());
  });
  slow.join();
}

TEST_F(FillingTest, RefusesAListBeyondTheLimit) {
  const ListId list = list_of(1);
  run("update list set with_phone = 2000000");
  EXPECT_TRUE(service_.create({"Wake", list, script_.id, rules()}, "person:1").has_value());
  run("update list set with_phone = 2000001");
  const auto made = service_.create({"Wake", list, script_.id, rules()}, "person:1");
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, ErrorCode::over_limit);
  EXPECT_EQ(made.error().where, "list");
  EXPECT_EQ(count("select count(*) from phonebank"), 1);
}

}  // namespace
}  // namespace hustings::phonebank::testing
