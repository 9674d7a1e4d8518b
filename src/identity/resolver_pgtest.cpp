// Runs: who is joined, who is asked about, and what stays out of it.
#include "identity/resolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "identity/resolve_run.h"
#include "identity/sql.h"
#include "identity/testing/people_fixture.h"
#include "registry/digest.h"
#include "registry/profiles.h"
#include "registry/undo.h"

namespace hustings::identity {
namespace {

using ::testing::HasSubstr;
using testing::Row;

constexpr int kPeople = 300;

class ResolverTest : public testing::PeopleTest {
 protected:
  /// The same people in two sources; those of l2 have ids from 10001.
  void two_sources() {
    import("nc", people(1, kPeople));
    import("l2", people(10'001, kPeople));
  }
  void undo(ImportId import, std::string_view source) {
    const auto connection = database_.connect();
    pg::Transaction transaction(*connection);
    const auto undone = registry::undo_voters(
        transaction, {.import = import, .source = source, .later = {}}, nullptr);
    ASSERT_TRUE(undone) << undone.error().text();
    transaction.commit();
  }
  std::string count(const std::string& from) { return query("select count(*) from " + from); }
};

TEST_F(ResolverTest, JoinsThePeopleOfTwoSources) {
  two_sources();
  const auto run = resolve();
  ASSERT_EQ(run.state, RunState::done) << run.error.value_or("");
  ASSERT_TRUE(run.report);
  EXPECT_EQ(run.report->records, 2 * kPeople);
  EXPECT_EQ(run.report->joined, kPeople);
  EXPECT_EQ(count("voter"), std::to_string(kPeople));
  for (int i = 0; i < kPeople; ++i)
    EXPECT_EQ(person(10'001 + i), 1 + i) << "the official roll stays";
  EXPECT_EQ(count("link where decided_by = 'system' and probability >= 0.99 and "
                  "bits ? 'first_name'"),
            std::to_string(kPeople));
  EXPECT_NEAR(run.report->estimated_matches, kPeople, 0.05 * kPeople);
  ASSERT_EQ(run.report->cluster_sizes.size(), 1U);
  EXPECT_EQ(run.report->cluster_sizes[0], std::pair(std::int64_t{2}, std::int64_t{kPeople}));
  EXPECT_EQ(count("match_model"), "1");
  EXPECT_EQ(count("change where kind = 'matches_resolved'"), "1");

  const auto again = resolve();
  ASSERT_EQ(again.state, RunState::done) << again.error.value_or("");
  EXPECT_EQ(again.report->joined, 0) << "a second run finds nothing new";
}

TEST_F(ResolverTest, PairsOfOneSourceAreOnlyAskedAbout) {
  auto rows = people(1, kPeople);
  Row copy = rows[7];
  copy.id = 5000;
  rows.push_back(copy);
  import("nc", rows);
  import("l2", people(10'001, 20, 99));
  const auto run = resolve();
  ASSERT_EQ(run.state, RunState::done) << run.error.value_or("");
  EXPECT_EQ(person(5000), 5000);
  EXPECT_EQ(query("select home_a || ' ' || home_b || ' ' || same_source from match_candidate "
                  "where state = 'open'"),
            "8 5000 true");
}

TEST_F(ResolverTest, ProtectedVotersTakeNoPart) {
  auto rows = people(1, kPeople);
  rows[3].is_protected = true;
  import("nc", rows);
  import("l2", people(10'001, kPeople));
  const auto run = resolve();
  ASSERT_EQ(run.state, RunState::done);
  EXPECT_EQ(run.report->records, 2 * kPeople - 1);
  EXPECT_EQ(person(10'004), 10'004);
  EXPECT_EQ(run.report->joined, kPeople - 1);
}

TEST_F(ResolverTest, PlaceholdersNeverMatch) {
  std::vector<Row> rows = people(1, kPeople);
  std::vector<Row> others = people(10'001, kPeople, 99);
  const Row blank{.id = 0,
                  .last = "*",
                  .first = "*",
                  .middle = "*",
                  .street = "CONFIDENTIAL",
                  .zip = "00000",
                  .birth_date = "",
                  .phone = "",
                  .email = "none@none.com"};
  for (const std::int64_t id : {2001, 2002, 2003}) {
    rows.push_back(blank);
    rows.back().id = id;
    others.push_back(blank);
    others.back().id = id + 10'000;
  }
  import("nc", rows);
  import("l2", others);
  const auto run = resolve();
  ASSERT_EQ(run.state, RunState::done);
  EXPECT_EQ(count("link where home_id between 2001 and 2003 or home_id between 12001 and 12003"),
            "0");
  EXPECT_EQ(count("match_candidate where home_a between 2001 and 2003"), "0");
}

TEST_F(ResolverTest, WhatPeopleHaveSaidIsObeyed) {
  two_sources();
  ASSERT_TRUE(
      decisions_.keep_apart({.one = VoterId(5), .other = VoterId(10'005), .actor = "person:1"}));
  // Somebody else, says a person: 10006 is 7.
  ASSERT_TRUE(
      decisions_.join({.stays = VoterId(7), .joins = VoterId(10'006), .actor = "person:1"}));
  const auto run = resolve();
  ASSERT_EQ(run.state, RunState::done) << run.error.value_or("");
  EXPECT_EQ(person(10'005), 10'005);
  EXPECT_EQ(person(10'006), 7);
  EXPECT_NE(person(10'007), 7) << "7 has a record of l2 already";
  EXPECT_EQ(count("match_candidate where state = 'open' and home_a = 5"), "0");
}

TEST_F(ResolverTest, ASplitIsNotJoinedAgain) {
  two_sources();
  ASSERT_EQ(resolve().state, RunState::done);
  ASSERT_TRUE(
      decisions_.split({.voter = VoterId(9), .homes = {VoterId(10'009)}, .actor = "person:1"}));
  EXPECT_EQ(person(10'009), 10'009);
  ASSERT_EQ(resolve().state, RunState::done);
  EXPECT_EQ(person(10'009), 10'009);
}

TEST_F(ResolverTest, WhatIsNewIsComparedWithTheRest) {
  import("nc", people(1, kPeople));
  EXPECT_FALSE(pending_scope(*database_.connect())) << "one source has nobody to compare with";
  import("l2", people(10'001, 100));
  EXPECT_EQ(pending_scope(*database_.connect()), RunScope::fresh);
  const auto run = resolve(RunScope::fresh);
  ASSERT_EQ(run.state, RunState::done) << run.error.value_or("");
  EXPECT_EQ(run.report->fresh, 100);
  EXPECT_EQ(run.report->joined, 100);
  EXPECT_FALSE(pending_scope(*database_.connect()));
  const auto more_people = people(10'001, 120);
  import("l2", {more_people.begin() + 100, more_people.end()});
  EXPECT_EQ(pending_scope(*database_.connect()), RunScope::fresh);
  const auto more = resolve(RunScope::fresh);
  ASSERT_EQ(more.state, RunState::done) << more.error.value_or("");
  EXPECT_EQ(more.report->fresh, 20);
  EXPECT_EQ(more.report->joined, 20);
  EXPECT_FALSE(more.report->is_trained) << "twenty records teach nothing";
}

TEST_F(ResolverTest, ThreeSourcesOfWhichTwoAreNewAreAllCompared) {
  import("nc", people(1, kPeople));
  import("l2", people(10'001, kPeople));
  import("van", people(20'001, kPeople));
  EXPECT_EQ(pending_scope(*database_.connect()), RunScope::registry);
  const auto run = resolve();
  ASSERT_EQ(run.state, RunState::done) << run.error.value_or("");
  EXPECT_EQ(count("voter"), std::to_string(kPeople));
  ASSERT_EQ(run.report->cluster_sizes.size(), 1U);
  EXPECT_EQ(run.report->cluster_sizes[0].first, 3);
}

TEST_F(ResolverTest, AskedForWhatIsNewOfSeveralSourcesItLeavesNoneOut) {
  import("nc", people(1, kPeople));
  import("l2", people(10'001, kPeople));
  import("van", people(20'001, kPeople));
  const auto run = resolve(RunScope::fresh);
  ASSERT_EQ(run.state, RunState::done) << run.error.value_or("");
  EXPECT_EQ(count("voter"), std::to_string(kPeople));
  EXPECT_FALSE(pending_scope(*database_.connect()));
  EXPECT_EQ(resolve(RunScope::fresh).state, RunState::done) << "where nothing is new";
}

TEST_F(ResolverTest, ANewFileIsSeenByItself) {
  import("nc", people(1, kPeople));
  resolver_.follow_imports(std::chrono::milliseconds(20));
  import("l2", people(10'001, kPeople));
  // The run begins and ends on its own; how soon is no matter of this test.
  while (count("match_run where state = 'done'") == "0")
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(count("voter"), std::to_string(kPeople));
  EXPECT_EQ(query("select scope || ' ' || started_by from match_run"), "new system");
}

TEST_F(ResolverTest, OneRunAtATime) {
  two_sources();
  const auto other = database_.connect();
  ASSERT_TRUE(other->run(sql::kRunLock).only().get<bool>(0));
  const auto refused = resolver_.start({});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(resolver_.clean_up_after_crash(), 0) << "somebody is at it";
  other->run(sql::kRunUnlock);
  EXPECT_TRUE(resolver_.start({}));
}

TEST_F(ResolverTest, ARunOfADeadProcessIsMarkedAndChangedNothing) {
  two_sources();
  run("insert into match_run (scope, state, started_by, started_at) "
      "values ('registry', 'running', 'person:1', now())");
  EXPECT_EQ(resolver_.clean_up_after_crash(), 1);
  const auto runs = resolver_.list(std::nullopt, 10);
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].state, RunState::failed);
  EXPECT_THAT(runs[0].error.value_or(""), HasSubstr("Start it again"));
  EXPECT_EQ(count("link"), "0");
}

TEST_F(ResolverTest, AStoppedRunChangesNothing) {
  two_sources();
  const std::string before = registry::digest(*database_.connect());
  RunProgress progress;
  progress.is_cancelled = true;
  const auto connection = database_.connect();
  const auto id =
      connection->run(sql::kRunAdd, "registry", "person:1", clock_.now()).only().get<MatchRunId>(0);
  const auto ended = identity::resolve({.connection = *connection,
                                        .listener = nullptr,
                                        .clock = clock_,
                                        .log = log_,
                                        .progress = progress,
                                        .run = id,
                                        .scope = RunScope::registry,
                                        .actor = "person:1",
                                        .threads = 1});
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code, ErrorCode::cancelled);
  EXPECT_EQ(registry::digest(*database_.connect()), before);
  EXPECT_EQ(count("match_candidate"), "0");
}

TEST_F(ResolverTest, ARunThatIsStoppedSaysSo) {
  two_sources();
  const auto other = database_.connect();
  pg::Transaction holds(*other);
  registry::lock_profiles(holds);  // the run cannot get beyond this
  const auto id = resolver_.start({.actor = "person:1"});
  ASSERT_TRUE(id);
  while (resolver_.find(*id)->stage != RunStage::joining)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  ASSERT_TRUE(resolver_.cancel(*id));
  const auto run = resolver_.wait(*id);
  ASSERT_TRUE(run);
  EXPECT_EQ(run->state, RunState::cancelled);
  EXPECT_EQ(count("link"), "0");
  EXPECT_EQ(resolver_.cancel(*id).error().code, ErrorCode::conflict) << "it has ended";
}

TEST_F(ResolverTest, AnUndoneImportTakesItsLinksWithIt) {
  import("nc", people(1, kPeople));
  const std::string before = registry::digest(*database_.connect());
  const ImportId l2 = import("l2", people(10'001, kPeople));
  ASSERT_EQ(resolve().state, RunState::done);
  undo(l2, "l2");
  EXPECT_EQ(registry::digest(*database_.connect()), before);
  EXPECT_EQ(count("link"), "0") << "should they come again, they come alone";
}

TEST_F(ResolverTest, WhoRemainsOfAnUndoneRollIsStillOnePerson) {
  const ImportId nc = import("nc", people(1, kPeople));
  import("l2", people(10'001, kPeople));
  import("van", people(20'001, kPeople));
  ASSERT_EQ(resolve().state, RunState::done);
  ASSERT_EQ(person(20'009), 9);
  ASSERT_TRUE(decisions_.join({.stays = VoterId(7), .joins = VoterId(8), .actor = "person:1"}));
  undo(nc, "nc");
  EXPECT_EQ(person(10'009), 10'009);
  EXPECT_EQ(person(20'009), 10'009);
  EXPECT_EQ(count("voter"), std::to_string(kPeople - 1));
  EXPECT_EQ(person(8), 7) << "what a person has decided stays";
  EXPECT_EQ(person(10'008), 10'007);
}

TEST_F(ResolverTest, ASplitGivesBackWhatARunJoined) {
  two_sources();
  const std::string before = registry::digest(*database_.connect());
  ASSERT_EQ(resolve().state, RunState::done);
  for (int i = 0; i < kPeople; ++i) {
    ASSERT_TRUE(decisions_.split(
        {.voter = VoterId(1 + i), .homes = {VoterId(10'001 + i)}, .actor = "person:1"}));
  }
  EXPECT_EQ(registry::digest(*database_.connect()), before);
}

}  // namespace
}  // namespace hustings::identity
