#include <fmt/format.h>
#include <gtest/gtest.h>

#include "lists/list_service.h"
#include "pg/testing/database.h"
#include "segments/testing/random_electorate.h"

namespace hustings::lists {
namespace {

class Lists : public ::testing::Test {
 protected:
  void SetUp() override {
    random_.fill(200);
    connection_->run_text("delete from list_member; delete from list", "test");
    segments_.start();
    const auto made = segments_.create(
        {.name = "Wake",
         .rule = *segments::rule_from_json(R"({"field":"county","in":["WAKE","DURHAM"]})"),
         .actor = "person:1"});
    ASSERT_TRUE(made);
    segment_ = made->id;
  }
  ListService::Freeze freeze(std::string name) const {
    return {.name = std::move(name),
            .segment = segment_,
            .draw = {.size_max = {},
                     .holdout_percent = 20,
                     .arms = {},
                     .stratify_by = {},
                     .one_per_household = false,
                     .top_by = {}},
            .seed = 42,
            .actor = "person:1"};
  }
  std::vector<std::string> rows(ListId list) {
    std::vector<std::string> all;
    for (const pg::Row row : connection_->run_text(
             "select ordinal || ' ' || voter_id || ' ' || arm || ' ' || bucket from list_member "
             "where list_id = " +
                 std::to_string(list.value()) + " order by ordinal",
             "test")) {
      all.push_back(row.get<std::string>(0));
    }
    return all;
  }

  pg::testing::Database database_;
  std::unique_ptr<pg::Connection> connection_ = database_.connect();
  Log log_ = Log::to_nowhere();
  ManualClock clock_{std::chrono::sys_days(std::chrono::year(2026) / 10 / 9)};
  segments::testing::RandomElectorate random_{*connection_, 2};
  segments::SegmentService segments_{database_.pool(), clock_, log_};
  ListService lists_{database_.pool(), segments_, clock_, log_};
  SegmentId segment_;
};

TEST_F(Lists, FreezesASegmentAtItsPositionTheSameAgainFromTheSameSeed) {
  random_.suppress();
  const feed::Position head = feed::head(*connection_);
  const auto first = lists_.freeze(freeze("First"));
  ASSERT_TRUE(first) << first.error().text();
  EXPECT_EQ(first->position, head);
  EXPECT_EQ(first->segment, segment_);
  EXPECT_EQ(first->segment_name, "Wake");
  const auto second = lists_.freeze(freeze("Second"));
  ASSERT_TRUE(second);
  EXPECT_EQ(rows(first->id), rows(second->id));
  EXPECT_EQ(rows(first->id).size(), static_cast<std::size_t>(first->size));

  const auto counts = connection_->run_text(
      "select count(*), count(distinct coalesce(v.household_id, -v.voter_id)), count(v.phone), "
      "count(*) filter (where m.arm = 0), "
      "bool_and(m.bucket = v.bucket and v.county in ('WAKE', 'DURHAM')), bool_or(v.protected or "
      "exists (select 1 from suppression s where s.ended_at is null "
      "and (s.voter_id = v.voter_id or s.number = v.phone))) "
      "from list_member m join voter v using (voter_id) where list_id = " +
          std::to_string(first->id.value()),
      "test");
  EXPECT_EQ(first->size, counts.only().get<std::int64_t>(0));
  EXPECT_EQ(first->households, counts.only().get<std::int64_t>(1));
  EXPECT_EQ(first->with_phone, counts.only().get<std::int64_t>(2));
  EXPECT_EQ(first->holdout, counts.only().get<std::int64_t>(3));
  EXPECT_TRUE(counts.only().get<bool>(4));
  EXPECT_FALSE(counts.only().get<bool>(5));

  const auto entries = feed::read(*connection_, head, 1);
  ASSERT_FALSE(entries.empty());
  EXPECT_EQ(entries.front().kind, ChangeKind::list_frozen);
  EXPECT_EQ(entries.front().subject, feed::subject_of("list", first->id));
  EXPECT_EQ(lists_.count(), 2);
  const auto page = lists_.page({}, 1);
  ASSERT_EQ(page.size(), 1U);
  EXPECT_EQ(page.front().id, second->id);
  EXPECT_EQ(lists_.page(second->id, 10).front().id, first->id);
}

TEST_F(Lists, RefusesWhatCannotBe) {
  const auto refused = [&](ListService::Freeze freeze) {
    const auto list = lists_.freeze(freeze);
    return list ? std::optional<ErrorCode>() : std::optional(list.error().code);
  };
  auto bad = freeze("");
  EXPECT_EQ(refused(bad), ErrorCode::invalid);
  bad = freeze("x");
  bad.draw.holdout_percent = 91;
  EXPECT_EQ(refused(bad), ErrorCode::invalid);
  bad = freeze("x");
  bad.draw.size_max = 0;
  EXPECT_EQ(refused(bad), ErrorCode::invalid);
  bad = freeze("x");
  bad.draw.arms = {{"a", 50}, {"b", 49}};
  EXPECT_EQ(refused(bad), ErrorCode::invalid);
  bad.draw.arms = {{"a", 50}, {"a", 50}};
  EXPECT_EQ(refused(bad), ErrorCode::invalid);
  bad.draw.arms = {{"holdout", 50}, {"a", 50}};
  EXPECT_EQ(refused(bad), ErrorCode::invalid);
  bad.draw.arms = {{"not a name", 100}};
  EXPECT_EQ(refused(bad), ErrorCode::invalid);
  bad.draw.arms.assign(9, {"a", 11});
  EXPECT_EQ(refused(bad), ErrorCode::over_limit);
  bad = freeze("x");
  bad.draw.stratify_by = {"age"};
  EXPECT_EQ(refused(bad), ErrorCode::invalid);
  bad.draw.stratify_by = {"countyy"};
  EXPECT_EQ(refused(bad), ErrorCode::invalid);
  bad = freeze("x");
  bad.draw.top_by = "support_score";
  EXPECT_EQ(refused(bad), ErrorCode::invalid);
  bad.draw.size_max = 5;
  bad.draw.top_by = "age";
  EXPECT_EQ(refused(bad), ErrorCode::invalid);
  bad = freeze("x");
  bad.segment = SegmentId(12345);
  EXPECT_EQ(refused(bad), ErrorCode::not_found);
  const auto nobody = segments_.create(
      {.name = "Nobody", .rule = *segments::rule_from_json(R"({"any":[]})"), .actor = "person:1"});
  bad.segment = nobody->id;
  EXPECT_EQ(refused(bad), ErrorCode::invalid);
  EXPECT_EQ(lists_.get(ListId(99)).error().code, ErrorCode::not_found);
  EXPECT_EQ(lists_.count(), 0);
}

TEST_F(Lists, KeepsAtMostTheSizeAskedFor) {
  auto small = freeze("Small");
  small.draw.size_max = 10;
  small.seed.reset();
  const auto list = lists_.freeze(small);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->size, 10);
  EXPECT_EQ(rows(list->id).size(), 10U);
}

TEST_F(Lists, StratifiedArmsAreKeptAndCanBeNamedInRules) {
  auto wanted = freeze("Arms");
  wanted.draw.arms = {{"script_a", 50}, {"script_b", 50}};
  wanted.draw.stratify_by = {"county", "party"};
  wanted.draw.one_per_household = true;
  const auto list = lists_.freeze(wanted);
  ASSERT_TRUE(list) << list.error().text();
  EXPECT_EQ(list->arms, (std::vector<std::string>{"holdout", "script_a", "script_b"}));
  EXPECT_EQ(list->size, list->households);
  EXPECT_EQ(list->arm_sizes[0] + list->arm_sizes[1] + list->arm_sizes[2], list->size);
  EXPECT_EQ(list->arm_sizes[0], list->holdout);
  EXPECT_EQ(list->draw.stratify_by, wanted.draw.stratify_by);
  EXPECT_EQ(list->draw.arms, wanted.draw.arms);
  EXPECT_TRUE(list->draw.one_per_household);
  EXPECT_EQ(list->versions, (std::map<SegmentId, int>{{segment_, 1}}));
  // In each stratum each arm has its share to within one; no stratum is looked at twice.
  const auto uneven = connection_->run_text(
      "select count(*) from (select count(*) as n, count(*) filter (where m.arm = 0) as held, "
      "count(*) filter (where m.arm = 1) as a from list_member m join voter v using (voter_id) "
      "where m.list_id = " +
          std::to_string(list->id.value()) +
          " group by v.county, v.party) s where abs(held - 0.2 * n) > 1 or abs(a - 0.4 * n) > 1",
      "test");
  EXPECT_EQ(uneven.only().get<std::int64_t>(0), 0);
  const auto count =
      segments_.count(segments::Rule{segments::ListIs{.list = list->id, .arm = "script_b"}});
  ASSERT_TRUE(count) << count.error().text();
  EXPECT_EQ(static_cast<std::int64_t>(count->totals.voters), list->arm_sizes[2]);
}

TEST_F(Lists, TheHighestScoresAreTaken) {
  auto wanted = freeze("Top");
  wanted.draw.size_max = 20;
  wanted.draw.top_by = "support_score";
  const auto list = lists_.freeze(wanted);
  ASSERT_TRUE(list) << list.error().text();
  ASSERT_EQ(list->size, 20);
  const auto same = connection_->run_text(
      "select (select array_agg(coalesce(s.support, -1) order by m.ordinal) from list_member m "
      "left join voter_score s using (voter_id) where m.list_id = " +
          std::to_string(list->id.value()) +
          ") = array(select coalesce(s.support, -1) from voter v left join voter_score s "
          "using (voter_id) where v.county in ('WAKE', 'DURHAM') and not v.protected "
          "and not exists (select 1 from suppression u where u.ended_at is null "
          "and (u.voter_id = v.voter_id or u.number = v.phone)) order by 1 desc limit 20)",
      "test");
  EXPECT_TRUE(same.only().get<bool>(0));
}

TEST_F(Lists, ASampleKeepsItsChancesAndStandsForItsFrame) {
  auto wanted = freeze("Sample");
  wanted.draw.holdout_percent = 0;
  wanted.draw.stratify_by = {"party"};
  wanted.draw.sample =
      SampleWish{.method = SampleMethod::stratified, .size = 20, .allocation = Allocation::equal};
  const auto list = lists_.freeze(wanted);
  ASSERT_TRUE(list) << list.error().text();
  EXPECT_EQ(list->size, 20);
  EXPECT_EQ(list->draw.sample, wanted.draw.sample);
  ASSERT_TRUE(list->frame);
  EXPECT_GT(*list->frame, 20);
  const auto figures = lists_.sample_figures(list->id);
  ASSERT_TRUE(figures);
  EXPECT_EQ(figures->voters, 20);
  EXPECT_NEAR(figures->weight_sum, static_cast<double>(*list->frame), 1e-9);
  EXPECT_GT(figures->strata, 1);
  EXPECT_GE(figures->design_effect, 1);
  const auto members = lists_.sample_members(list->id);
  ASSERT_EQ(members->size(), 20U);
  double sum = 0;
  for (const SampleMember& one : *members)
    sum += 1 / one.probability;
  EXPECT_NEAR(sum, figures->weight_sum, 1e-9);
  // The same seed draws the same again, with "freeze again" too.
  const auto again = lists_.renew(list->id, "Again", "person:1");
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(rows(again->id), rows(list->id));
  EXPECT_EQ(lists_.sample_figures(lists_.freeze(freeze("Calls"))->id).error().where, "id");
}

TEST_F(Lists, AClusterSampleTakesHouseholdsWholeOrPrecinctsByTheirSize) {
  auto wanted = freeze("Households");
  wanted.draw.holdout_percent = 0;
  wanted.draw.sample = SampleWish{
      .method = SampleMethod::clustered, .size = 5, .cluster_by = std::string(kByHousehold)};
  const auto households = lists_.freeze(wanted);
  ASSERT_TRUE(households) << households.error().text();
  EXPECT_EQ(households->households, 5);
  EXPECT_EQ(lists_.sample_figures(households->id)->clusters, 5);
  wanted.draw.sample = SampleWish{
      .method = SampleMethod::by_size, .size = 2, .cluster_by = "county", .per_cluster = 3};
  const auto counties = lists_.freeze(wanted);
  ASSERT_TRUE(counties) << counties.error().text();
  EXPECT_EQ(counties->size, 6);
  wanted.draw.holdout_percent = 10;
  EXPECT_EQ(lists_.freeze(wanted).error().where, "sample");
  wanted.draw.holdout_percent = 0;
  wanted.draw.sample->cluster_by = "luck";
  EXPECT_EQ(lists_.freeze(wanted).error().where, "sample.cluster_by");
}

}  // namespace
}  // namespace hustings::lists
