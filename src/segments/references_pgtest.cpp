#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pg/testing/database.h"
#include "segments/segment_service.h"
#include "segments/testing/random_electorate.h"
#include "segments/testing/sql_face.h"

namespace hustings::segments {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::RandomElectorate;
using testing::sql_totals;

constexpr Instant kNow = std::chrono::sys_days(std::chrono::year(2026) / 10 / 9);

class NamedSegments : public ::testing::Test {
 protected:
  void SetUp() override {
    random_.fill(120);
    service_.start();
  }
  Rule rule(std::string_view text) const {
    auto read = rule_from_text(text, service_.names());
    EXPECT_TRUE(read) << text << ": " << (read ? "" : read.error().sentence);
    return read ? *std::move(read) : Rule{};
  }
  Segment make(std::string name, std::string_view text) {
    auto made = service_.create({.name = std::move(name), .rule = rule(text), .actor = "person:1"});
    EXPECT_TRUE(made) << (made ? "" : made.error().text());
    return made ? *std::move(made) : Segment{};
  }
  Result<Segment> change(const Segment& segment, std::string_view text) {
    return service_.edit(
        {.id = segment.id, .name = {}, .rule = rule(text), .version = {}, .actor = "person:2"});
  }

  pg::testing::Database database_;
  std::unique_ptr<pg::Connection> connection_ = database_.connect();
  Log log_ = Log::to_nowhere();
  ManualClock clock_{kNow};
  RandomElectorate random_{*connection_, 41};
  SegmentService service_{database_.pool(), clock_, log_};
};

TEST_F(NamedSegments, CountTheVotersOfTheSegmentsThatTheyName) {
  const Segment base = make("Base", "county in (WAKE, DURHAM)");
  const Segment young = make("Young base", "in segment Base and not age 45..");
  EXPECT_EQ(young.totals,
            sql_totals(*connection_, rule("county in (WAKE, DURHAM) and not age 45.."), kNow));
  EXPECT_EQ(to_text(young.rule, service_.names()), "in segment Base and not age >= 45");
  ASSERT_TRUE(change(base, "county = DURHAM"));
  EXPECT_EQ(service_.get(young.id)->totals,
            sql_totals(*connection_, rule("county = DURHAM and not age 45.."), kNow));
  const auto count = service_.count(rule("not in segment \"Young base\""));
  ASSERT_TRUE(count);
  EXPECT_EQ(count->totals.voters + service_.get(young.id)->totals.voters, 120U);
  EXPECT_EQ(service_.versions_of(young.rule), (std::map<SegmentId, int>{{base.id, 2}}));

  SegmentService another(database_.pool(), clock_, log_);  // as after a restart
  another.start();
  EXPECT_EQ(another.get(young.id)->totals, service_.get(young.id)->totals);
}

TEST_F(NamedSegments, MayNotNameEachOtherInACircleNorGoWhileNamed) {
  const Segment base = make("Base", "has_phone");
  const Segment middle = make("Middle", "in segment Base");
  const Segment top = make("Top", "in segment Middle or contacted");
  const auto circle = change(base, "in segment Top");
  ASSERT_FALSE(circle);
  EXPECT_EQ(circle.error().code, ErrorCode::invalid);
  EXPECT_THAT(circle.error().sentence, HasSubstr(R"("Base" → "Top" → "Middle" → "Base")"));

  const auto removed = service_.remove(base.id, "person:1");
  ASSERT_FALSE(removed);
  EXPECT_EQ(removed.error().code, ErrorCode::conflict);
  EXPECT_THAT(removed.error().sentence, HasSubstr("\"Middle\""));
  EXPECT_TRUE(service_.remove(top.id, "person:1"));
  EXPECT_TRUE(service_.remove(middle.id, "person:1"));
  EXPECT_TRUE(service_.remove(base.id, "person:1"));
  const auto gone = service_.count(Rule{SegmentIs{base.id}});
  ASSERT_FALSE(gone);
  EXPECT_THAT(gone.error().sentence, HasSubstr("may have been removed"));
}

TEST_F(NamedSegments, KeepEveryVersion) {
  const Segment base = make("Base", "has_phone");
  ASSERT_TRUE(change(base, "contacted"));
  ASSERT_TRUE(service_.edit(
      {.id = base.id, .name = "Contacted", .rule = {}, .version = 2, .actor = "person:3"}));
  ASSERT_TRUE(service_.remove(base.id, "person:1"));
  const auto versions = service_.versions(base.id);
  ASSERT_TRUE(versions);
  std::vector<std::string> shown;
  for (const SegmentVersion& one : *versions) {
    shown.push_back(std::to_string(one.version) + ' ' + one.name + ": " + to_text(one.rule) + ", " +
                    one.saved_by);
  }
  EXPECT_THAT(shown, ElementsAre("3 Contacted: contacted, person:3", "2 Base: contacted, person:2",
                                 "1 Base: has_phone, person:1"));
  EXPECT_EQ(service_.versions(SegmentId(999)).error().code, ErrorCode::not_found);
}

TEST_F(NamedSegments, AreCountedAgainWhenOnlyTimePasses) {
  make("Lately", "contacted within 60d");
  make("Not lately", "not in segment Lately");
  const auto shown = [&](std::size_t i) { return service_.list().at(i).totals.voters; };
  ASSERT_GT(service_.get(service_.list().at(0).id)->totals.voters, 0U);
  clock_.advance(std::chrono::days(200));
  for (int i = 0; i < 400 && (shown(0) != 0 || shown(1) != 120); ++i)  // not for a time
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(shown(0), 0U);
  EXPECT_EQ(shown(1), 120U);
}

TEST_F(NamedSegments, RulesOnWhatDoesNotExistAreRefused) {
  const auto refusal = [&](const Rule& rule) {
    const Status status = service_.check(rule);
    return status ? std::string() : status.error().sentence;
  };
  EXPECT_THAT(refusal(Rule{ListIs{ListId(99), ""}}), HasSubstr("no list"));
  EXPECT_THAT(refusal(Rule{ListIs{ListId(1), "treatmnt"}}),
              HasSubstr("Did you mean \"treatment\"?"));
  EXPECT_EQ(refusal(Rule{ListIs{ListId(1), "holdout"}}), "");
  ContactsAre contacts;
  contacts.phonebanks.emplace_back(77);
  EXPECT_THAT(refusal(Rule{contacts}), HasSubstr("no phone bank"));
  NumberIs score{.field = Field::score, .least = 3, .most = {}, .of_last = {}};
  score.key = "climat";
  EXPECT_THAT(refusal(Rule{score}), HasSubstr("Did you mean \"climate\"?"));
  EXPECT_THAT(refusal(Rule{ChoiceIn{.question = "q11", .choices = {1}}}), HasSubstr("no question"));
  EXPECT_THAT(refusal(Rule{SegmentIs{SegmentId(5)}}), HasSubstr("no segment"));
}

TEST_F(NamedSegments, AListThatWasJustFrozenCanBeNamedAtOnce) {
  random_.freeze_list();  // the third; it comes through the feed
  EXPECT_TRUE(service_.check(Rule{ListIs{ListId(3), "script_b"}}));
}

TEST_F(NamedSegments, EditorIsOfferedWhatMayFollow) {
  make("Base", "has_phone");
  const auto offered = [&](std::string_view text) {
    std::vector<std::string> all;
    for (const Completion& one : service_.complete(text, text.size()).items)
      all.push_back(one.text);
    return all;
  };
  EXPECT_THAT(offered("county in (WA"), ElementsAre("WAKE"));
  EXPECT_THAT(offered("city in (RALEIGH, \"new"), ElementsAre("\"NEW BERN\""));
  EXPECT_THAT(offered("sup"), ElementsAre("support_score", "suppressed"));
  EXPECT_THAT(offered("answer:"), ElementsAre("answer:q1", "answer:q2", "answer:q3", "answer:q4"));
  EXPECT_THAT(offered("in segment "), ElementsAre("Base"));
  EXPECT_THAT(offered("contacted with b"), ElementsAre("busy"));
  EXPECT_THAT(offered("age 30..44 "), Contains("and"));
  EXPECT_THAT(offered("voted in 202"), Contains("2022"));
  EXPECT_THAT(offered("county in (WAKE) $ "), IsEmpty());
  EXPECT_EQ(service_.complete("county in (WA", 13).from, 11U);
}

TEST_F(NamedSegments, FieldsOfTheHistoryAreShown) {
  std::vector<std::string> shown;
  for (const FieldShown& field : service_.fields())
    shown.push_back(field.name);
  EXPECT_THAT(shown,
              ::testing::IsSupersetOf({"answer:q1", "answered:q1", "score:climate",
                                       "consent:campaign:phone", "contacts", "list", "segment"}));
}

TEST_F(NamedSegments, GroupsOfTooManyValuesAreRefused) {
  connection_->run_text(
      "insert into voter (bucket, voter_id, import_id, source, external_id, status, protected, "
      "last_name, first_name, state, county, precinct) select 0, 1000000 + n, 1, 'nc', 'y' || n, "
      "'active', false, 'L', 'F', 'NC', 'WAKE', 'p' || n from generate_series(0, 10000) n",
      "test");
  SegmentService another(database_.pool(), clock_, log_);
  another.start();
  const auto refused = another.count(Rule{AllOf{}}, Field::precinct);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::over_limit);
  EXPECT_THAT(refused.error().sentence, HasSubstr("10,000"));
  EXPECT_TRUE(another.count(Rule{AllOf{}}, Field::county));
}

}  // namespace
}  // namespace hustings::segments
