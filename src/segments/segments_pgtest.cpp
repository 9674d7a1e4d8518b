#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "pg/testing/database.h"
#include "segments/live_electorate.h"
#include "segments/query.h"
#include "segments/segment_service.h"
#include "segments/snapshot.h"
#include "segments/testing/random_electorate.h"
#include "segments/testing/sql_face.h"

namespace hustings::segments {
namespace {

using testing::engine_members;
using ::testing::IsEmpty;
using testing::random_rule;
using testing::RandomElectorate;
using testing::sql_members;
using testing::sql_totals;

constexpr Instant kNow = std::chrono::sys_days(std::chrono::year(2026) / 10 / 9) +
                         std::chrono::hours(15) + std::chrono::minutes(20);

void expect_same(const Electorate& live, const Electorate& fresh,
                 const std::vector<VoterId>& voters) {
  EXPECT_EQ(live.rows(), fresh.rows());
  for (const VoterId voter : voters) {
    EXPECT_EQ(live.describe(voter), fresh.describe(voter)) << "voter " << voter.value();
  }
}

class Segments : public ::testing::Test {
 protected:
  pg::testing::Database database_;
  std::unique_ptr<pg::Connection> connection_ = database_.connect();
  Log log_ = Log::to_nowhere();
  ManualClock clock_{kNow};
};

TEST_F(Segments, RandomRulesOnTheEngineEqualSql) {
  RandomElectorate random(*connection_, 17);
  random.fill(250);
  const Snapshot snapshot = load_snapshot(*connection_);
  ASSERT_EQ(snapshot.electorate->rows(), 250U);
  const Scanner scanner(1);
  const bool is_held = rc::check("engine equals SQL", [&](std::uint64_t seed) {
    Rng rng(seed);
    const Rule rule = random_rule(rng, 3);
    const Instant now = kNow + std::chrono::hours(rng.below(20'000));
    const Electorate& electorate = *snapshot.electorate;
    const Plan plan(rule, electorate, now);
    if (engine_members(electorate, rule, now) != sql_members(*connection_, rule, now) ||
        scanner.totals(electorate, plan) != sql_totals(*connection_, rule, now)) {
      RC_FAIL(to_json(rule) + " at " + to_iso(now));
    }
  });
  EXPECT_TRUE(is_held);
}

TEST_F(Segments, LiveEqualsLoadedAnewAfterRandomChanges) {
  RandomElectorate random(*connection_, 4);
  random.fill(120);
  LiveElectorate live(database_.pool(), log_);
  live.load();
  const Scanner scanner(1);
  for (int round = 0; round < 12; ++round) {
    for (int i = 0; i < 25; ++i)
      random.happen();
    // In batches that end anywhere, as the tail hands them over.
    while (true) {
      const auto entries =
          feed::read(*connection_, live.position(), 1 + static_cast<int>(random.rng().below(9)));
      if (entries.empty()) break;
      live.apply(entries);
    }
    const Snapshot fresh = load_snapshot(*connection_);
    const LiveElectorate::Reader electorate = live.read();
    EXPECT_EQ(electorate.position(), fresh.position);
    expect_same(*electorate, *fresh.electorate, random.voters());
    for (int i = 0; i < 10; ++i) {
      const Rule rule = random_rule(random.rng(), 2);
      EXPECT_EQ(scanner.totals(*electorate, Plan(rule, *electorate, kNow)),
                sql_totals(*connection_, rule, kNow))
          << to_json(rule);
    }
  }
}

TEST_F(Segments, RowsReadAgainDoNotRunAheadOfThePosition) {
  RandomElectorate random(*connection_, 5);
  random.fill(20);
  LiveElectorate live(database_.pool(), log_);
  live.load();
  random.correct_voter();
  random.attempt();
  random.suppress();
  const auto first = feed::read(*connection_, live.position(), 1);
  live.apply(first);  // reads rows of now, so it must take all changes up to now
  EXPECT_EQ(live.position(), feed::head(*connection_));
  live.apply(feed::read(*connection_, first.back().position, 10));  // come again, and are known
  const Snapshot fresh = load_snapshot(*connection_);
  expect_same(*live.read(), *fresh.electorate, random.voters());
}

TEST_F(Segments, LargeImportIsLoadedAnew) {
  RandomElectorate random(*connection_, 6);
  random.fill(10);
  LiveElectorate live(database_.pool(), log_);
  live.load();
  random.import_voters(0, 30);
  // The share of a real import of this size decides; here the payload claims it.
  feed::Change change{.kind = ChangeKind::import_published,
                      .subject = "import:1",
                      .actor = "system",
                      .payload = R"({"kind":"voters","rows":1000000})"};
  pg::Transaction transaction(*connection_);
  feed::commit(transaction, {&change, 1});
  live.apply(feed::read(*connection_, live.position(), 100));
  EXPECT_EQ(live.read()->rows(), 40U);
  EXPECT_EQ(live.position(), feed::head(*connection_));
}

TEST_F(Segments, ALoadThatNeedsTooMuchMemorySaysHowMuch) {
  RandomElectorate random(*connection_, 15);
  random.fill(60);
  const auto sentence_of = [&](const auto& load) -> std::string {
    try {
      load();
    } catch (const Failure& failure) {
      return failure.what();
    }
    return "";
  };
  EXPECT_THAT(sentence_of([&] { load_snapshot(*connection_, 1 << 10); }),
              ::testing::AllOf(::testing::HasSubstr("60 voters"),
                               ::testing::HasSubstr("segments.memory_mebibytes_max")));
  SegmentService service(database_.pool(), clock_, log_, 1 << 10);
  EXPECT_THAT(sentence_of([&] { service.start(); }), ::testing::HasSubstr("MiB are allowed"));
  EXPECT_EQ(sentence_of([&] { load_snapshot(*connection_, 1 << 24); }), "");
}

TEST_F(Segments, AnUndoneImportIsFollowed) {
  RandomElectorate random(*connection_, 13);
  random.fill(60);
  LiveElectorate live(database_.pool(), log_);
  live.load();
  // What an undo may leave: voters gone, others as they were before, votes and scores fewer.
  connection_->run_text(
      "delete from voter where voter_id % 3 = 0; delete from vote where voter_id % 2 = 0;"
      "delete from voter_score where voter_id % 2 = 1; update voter set party = 'GRE', phone = "
      "null",
      "test");
  const feed::Change change{.kind = ChangeKind::import_undone,
                            .subject = "import:1",
                            .actor = "person:1",
                            .payload = R"({"kind":"voters","rows":60,"voters_removed":20})"};
  pg::Transaction transaction(*connection_);
  feed::commit(transaction, {&change, 1});
  live.apply(feed::read(*connection_, live.position(), 100));
  const Snapshot fresh = load_snapshot(*connection_);
  EXPECT_EQ(live.position(), fresh.position);
  EXPECT_LT(live.read()->rows(), 60U);
  expect_same(*live.read(), *fresh.electorate, random.voters());
  const Scanner scanner(1);
  for (int i = 0; i < 20; ++i) {
    const Rule rule = random_rule(random.rng(), 2);
    EXPECT_EQ(scanner.totals(*live.read(), Plan(rule, *live.read(), kNow)),
              sql_totals(*connection_, rule, kNow))
        << to_json(rule);
  }
}

TEST_F(Segments, JoinsAndSplitsOfPersonsAreAppliedLive) {
  RandomElectorate random(*connection_, 14);
  random.fill(40);
  LiveElectorate live(database_.pool(), log_);
  live.load();
  for (int i = 0; i < 6; ++i) {
    random.attempt();  // in one batch with what follows: it is in the rows that are read again
    i % 3 == 2 ? random.split_voter() : random.join_voters();
    random.attempt();
    live.apply(feed::read(*connection_, live.position(), 100));
    expect_same(*live.read(), *load_snapshot(*connection_).electorate, random.voters());
  }
  EXPECT_EQ(live.read()->rows(), 38U);
  EXPECT_EQ(live.loads(), 1U) << "the columns were not loaded anew";
  const feed::Change many{.kind = ChangeKind::persons_joined_many,
                          .subject = feed::subject_of("voter", random.voters().front()),
                          .actor = "system",
                          .payload = R"({"joined":2000})"};
  pg::Transaction transaction(*connection_);
  feed::commit(transaction, {&many, 1});
  live.apply(feed::read(*connection_, live.position(), 100));
  EXPECT_EQ(live.loads(), 2U);
}

TEST_F(Segments, UnreadableChangeEndsInALoad) {
  RandomElectorate random(*connection_, 7);
  random.fill(10);
  LiveElectorate live(database_.pool(), log_);
  live.load();
  connection_->run_text("update voter set city = 'ELSEWHERE'", "test");
  const feed::Change change{.kind = ChangeKind::attempt_recorded,
                            .subject = "voter:1",
                            .actor = "system",
                            .payload = R"({"disposition":7})"};
  pg::Transaction transaction(*connection_);
  feed::commit(transaction, {&change, 1});
  live.apply(feed::read(*connection_, live.position(), 100));
  EXPECT_EQ(live.read()->describe(random.voters().front()).at("city"), "ELSEWHERE");
}

TEST_F(Segments, NobodySeesHalfABatch) {
  RandomElectorate random(*connection_, 12);
  random.fill(120);
  connection_->run_text("truncate contact_attempt, answer", "test");
  LiveElectorate live(database_.pool(), log_);
  live.load();
  const feed::Position start = live.position();
  std::atomic<bool> done = false;
  std::atomic<int> halves = 0;
  const auto look = [&] {
    while (!done) {
      const LiveElectorate::Reader electorate = live.read();
      const auto contacted =
          static_cast<feed::Position>(electorate->flag(Field::contacted).count());
      if (contacted != electorate.position() - start) ++halves;
    }
  };
  std::thread one(look);
  std::thread two(look);
  feed::Position position = start;
  for (std::size_t i = 0; i + 3 < random.voters().size(); i += 3) {
    std::vector<feed::Entry> batch;
    for (std::size_t j = i; j < i + 3; ++j) {
      batch.push_back({.position = ++position,
                       .at = kNow,
                       .kind = ChangeKind::attempt_recorded,
                       .subject = feed::subject_of("voter", random.voters()[j]),
                       .actor = "person:1",
                       .payload = R"({"attempt":1,"disposition":"busy",)"
                                  R"("at":"2026-10-09T10:00:00Z","answers":[]})"});
    }
    live.apply(batch);
  }
  done = true;
  one.join();
  two.join();
  EXPECT_EQ(halves, 0);
  EXPECT_EQ(live.position(), position);
}

TEST_F(Segments, ServiceFollowsTheFeedAndTellsWhatChanged) {
  RandomElectorate random(*connection_, 8);
  random.fill(100);
  SegmentService service(database_.pool(), clock_, log_);
  std::atomic<int> told = 0;
  service.on_change([&](const std::vector<SegmentId>& changed, feed::Position) {
    told += static_cast<int>(changed.size());
  });
  service.start();
  const Rule rule = *rule_from_json(R"({"field":"contacted","is":true})");
  const auto made = service.create({.name = "Contacted", .rule = rule, .actor = "person:1"});
  ASSERT_TRUE(made) << made.error().text();
  EXPECT_EQ(made->totals, sql_totals(*connection_, rule, kNow));
  for (int i = 0; i < 40; ++i)
    random.attempt();
  const feed::Position head = feed::head(*connection_);
  ASSERT_TRUE(service.wait_until(head, std::chrono::seconds(20)));
  const auto now = service.get(made->id);
  ASSERT_TRUE(now);
  EXPECT_GE(now->fresh.position, head);
  EXPECT_EQ(now->totals, sql_totals(*connection_, rule, kNow));
  EXPECT_GT(now->totals.voters, made->totals.voters);
  for (int i = 0; i < 200 && told == 0; ++i) {  // waits for the refresh, not for a time
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_GT(told, 0);
  for (int i = 0; i < 200 && service.list().front().totals != now->totals; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_EQ(service.list().front().totals, now->totals);
  EXPECT_EQ(service.statistics().all.voters, 100U);
  EXPECT_EQ(service.statistics().all, sql_totals(*connection_, Rule{AllOf{}}, kNow));
}

TEST_F(Segments, SavedSegmentsHaveVersionsAndUniqueNames) {
  SegmentService service(database_.pool(), clock_, log_);
  service.start();
  const Rule young = *rule_from_json(R"({"field":"age","at_most":30})");
  const auto first = service.create({.name = "Young", .rule = young, .actor = "person:1"});
  ASSERT_TRUE(first);
  EXPECT_EQ(first->version, 1);
  const auto twin = service.create({.name = "Young", .rule = young, .actor = "person:1"});
  ASSERT_FALSE(twin);
  EXPECT_EQ(twin.error().code, ErrorCode::conflict);
  const auto other = service.create({.name = "Old", .rule = young, .actor = "person:1"});
  ASSERT_TRUE(other);
  const auto taken = service.edit(
      {.id = other->id, .name = "Young", .rule = {}, .version = {}, .actor = "person:1"});
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::conflict);
  const Rule old = *rule_from_json(R"({"field":"age","at_least":65})");
  const auto changed =
      service.edit({.id = other->id, .name = {}, .rule = old, .version = 1, .actor = "person:1"});
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->version, 2);
  EXPECT_EQ(to_text(changed->rule), "age >= 65");
  const auto late =
      service.edit({.id = other->id, .name = {}, .rule = young, .version = 1, .actor = "person:1"});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::conflict);
  EXPECT_TRUE(service.remove(other->id, "person:1"));
  EXPECT_FALSE(service.get(other->id));
  EXPECT_FALSE(service.remove(other->id, "person:1"));
  ASSERT_EQ(service.list().size(), 1U);

  SegmentService another(database_.pool(), clock_, log_);  // as after a restart
  another.start();
  ASSERT_EQ(another.list().size(), 1U);
  EXPECT_EQ(another.list().front().name, "Young");
}

TEST_F(Segments, SavedElsewhereIsSeenThroughTheFeed) {
  SegmentService here(database_.pool(), clock_, log_);
  SegmentService there(database_.pool(), clock_, log_);
  here.start();
  there.start();
  const auto made = there.create({.name = "All", .rule = Rule{AllOf{}}, .actor = "person:1"});
  ASSERT_TRUE(made);
  ASSERT_TRUE(here.wait_until(feed::head(*connection_), std::chrono::seconds(20)));
  EXPECT_TRUE(here.get(made->id));
}

TEST_F(Segments, FieldsShowValuesWithCounts) {
  RandomElectorate random(*connection_, 9);
  random.fill(80);
  SegmentService service(database_.pool(), clock_, log_);
  service.start();
  for (const FieldShown& field : service.fields()) {
    const bool is_reference = field.kind == FieldKind::lists || field.kind == FieldKind::segments;
    if (!field.values || is_reference) continue;
    EXPECT_THAT(*field.values, ::testing::Not(IsEmpty())) << field.name;
    for (const FieldValue& value : *field.values) {
      const std::string in =
          field.kind == FieldKind::answers ? value.value : '"' + value.value + '"';
      if (value.value.find('\\') != std::string::npos) continue;  // would need escapes in this JSON
      const auto rule = rule_from_json("{\"field\":\"" + field.name + "\",\"in\":[" + in + "]}");
      ASSERT_TRUE(rule) << rule.error().text();
      const auto count = service.count(*rule);
      ASSERT_TRUE(count);
      EXPECT_EQ(count->totals.voters, value.count) << field.name << " " << value.value;
      EXPECT_THAT(count->warnings, IsEmpty());
    }
  }
}

TEST_F(Segments, CountGroupsByACategory) {
  RandomElectorate random(*connection_, 10);
  random.fill(150);
  SegmentService service(database_.pool(), clock_, log_);
  service.start();
  const Rule rule = *rule_from_json(R"({"field":"has_phone","is":true})");
  const auto count = service.count(rule, Field::county);
  ASSERT_TRUE(count);
  EXPECT_EQ(count->all_voters, 150U);
  const auto rows = connection_->run_text(
      "select v.county, count(*), avg(s.support)::float8 from voter v "
      "left join voter_score s using (bucket, voter_id) where v.phone is not null "
      "group by v.county order by 2 desc, v.county collate \"C\"",
      "test");
  ASSERT_EQ(count->groups.size(), static_cast<std::size_t>(rows.size()));
  for (int i = 0; i < rows.size(); ++i) {
    const Group& group = count->groups[static_cast<std::size_t>(i)];
    EXPECT_EQ(group.value, rows[i].get<std::string>(0));
    EXPECT_EQ(static_cast<std::int64_t>(group.count), rows[i].get<std::int64_t>(1));
    EXPECT_NEAR(*group.support_mean, rows[i].get<double>(2), 1e-9);
  }
  EXPECT_FALSE(service.count(rule, Field::age));
  const auto misspelt = service.count(*rule_from_json(R"({"field":"county","in":["WAKEE"]})"));
  ASSERT_TRUE(misspelt);
  EXPECT_THAT(misspelt->warnings,
              ::testing::ElementsAre("No voter has county \"WAKEE\". Did you mean \"WAKE\"?"));
  const auto question = service.count(*rule_from_json(R"({"field":"answer:q9","in":[1]})"));
  ASSERT_FALSE(question);
  EXPECT_EQ(question.error().code, ErrorCode::invalid);
}

TEST_F(Segments, EachKindOfImportIsReadAgain) {
  RandomElectorate random(*connection_, 11);
  random.fill(30);
  LiveElectorate live(database_.pool(), log_);
  live.load();
  random.import_voters(3, 2);
  random.import_history(10);
  random.import_scores(5);
  random.suppress();
  live.apply(feed::read(*connection_, live.position(), 100));
  expect_same(*live.read(), *load_snapshot(*connection_).electorate, random.voters());
}

}  // namespace
}  // namespace hustings::segments
