#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lists/list_service.h"
#include "pg/testing/database.h"
#include "segments/testing/random_electorate.h"

namespace hustings::lists {
namespace {

class Differences : public ::testing::Test {
 protected:
  void SetUp() override {
    random_.fill(200);
    connection_->run_text("delete from list_member; delete from list", "test");
    connection_->run_text("truncate suppression; update voter set protected = false", "test");
    segments_.start();
    const auto made =
        segments_.create({.name = "Wake",
                          .rule = *segments::rule_from_text("county in (WAKE, DURHAM)"),
                          .actor = "person:1"});
    ASSERT_TRUE(made);
    segment_ = made->id;
  }
  List freeze(std::string name, std::optional<std::int64_t> size_max) {
    auto list = lists_.freeze({.name = std::move(name),
                               .segment = segment_,
                               .draw = {.size_max = size_max,
                                        .holdout_percent = 10,
                                        .arms = {},
                                        .stratify_by = {},
                                        .one_per_household = false,
                                        .top_by = {}},
                               .seed = 7,
                               .actor = "person:1"});
    EXPECT_TRUE(list) << (list ? "" : list.error().text());
    return list ? *std::move(list) : List{};
  }
  void correct(VoterId voter, const std::string& what) {
    connection_->run_text(
        "update voter set " + what + " where voter_id = " + std::to_string(voter.value()), "test");
    const feed::Change change{.kind = ChangeKind::voter_corrected,
                              .subject = feed::subject_of("voter", voter),
                              .actor = "person:1",
                              .payload = R"({"fields":["county"]})"};
    pg::Transaction transaction(*connection_);
    feed::commit(transaction, {&change, 1});
  }
  std::vector<VoterId> members(const List& list) {
    std::vector<VoterId> all;
    for (const pg::Row row : connection_->run_text(
             "select voter_id from list_member where list_id = " + std::to_string(list.id.value()) +
                 " order by ordinal",
             "test")) {
      all.push_back(row.get<VoterId>(0));
    }
    return all;
  }
  Difference between(const List& older, const List& newer) {
    auto found =
        lists_.difference({.older = older.id, .newer = newer.id, .after = {}, .limit = 1000});
    EXPECT_TRUE(found) << (found ? "" : found.error().text());
    return found ? *std::move(found) : Difference{};
  }

  pg::testing::Database database_;
  std::unique_ptr<pg::Connection> connection_ = database_.connect();
  Log log_ = Log::to_nowhere();
  ManualClock clock_{std::chrono::sys_days(std::chrono::year(2026) / 10 / 9)};
  segments::testing::RandomElectorate random_{*connection_, 3};
  segments::SegmentService segments_{database_.pool(), clock_, log_};
  ListService lists_{database_.pool(), segments_, clock_, log_};
  SegmentId segment_;
};

TEST_F(Differences, SayWhoJoinedWhoLeftAndWhy) {
  const List older = freeze("October", {});
  const std::vector<VoterId> before = members(older);
  ASSERT_GT(before.size(), 20U);
  correct(before[0], "county = 'ELSEWHERE'");
  correct(before[1], "protected = true");
  connection_->run_text("insert into suppression (voter_id, reason, source, actor, at) values (" +
                            std::to_string(before[2].value()) +
                            ", 'do_not_call', 'call', 'person:1', now())",
                        "test");
  correct(before[2], "city = 'X'");
  const auto outside = connection_->run_text(
      "select min(voter_id) from voter where county not in ('WAKE', 'DURHAM')", "test");
  const auto joined = outside.only().get<VoterId>(0);
  correct(joined, "county = 'WAKE'");

  const auto newer = lists_.renew(older.id, "November", "person:1");
  ASSERT_TRUE(newer) << newer.error().text();
  EXPECT_EQ(newer->seed, older.seed);
  EXPECT_EQ(newer->draw.holdout_percent, 10);
  const Difference difference = between(older, *newer);
  EXPECT_EQ(difference.stayed, older.size - 3);
  EXPECT_EQ(difference.changed_arm, 0);
  EXPECT_EQ(difference.joined, 1);
  EXPECT_EQ(difference.left, 3);
  EXPECT_EQ(difference.reasons, (std::map<Reason, std::int64_t>{{Reason::now_matches, 1},
                                                                {Reason::is_protected, 1},
                                                                {Reason::suppressed, 1},
                                                                {Reason::no_match, 1}}));
  std::map<VoterId, Reason> reasons;
  for (const Difference::Line& line : difference.lines) {
    reasons[line.voter] = line.reason;
    EXPECT_EQ(line.has_joined, line.voter == joined);
    EXPECT_TRUE(line.arm == "holdout" || line.arm == "treatment");
  }
  EXPECT_EQ(reasons[before[0]], Reason::no_match);
  EXPECT_EQ(reasons[before[1]], Reason::is_protected);
  EXPECT_EQ(reasons[before[2]], Reason::suppressed);
  EXPECT_EQ(reasons[joined], Reason::now_matches);

  // Page by page the same.
  std::set<VoterId> paged;
  std::optional<VoterId> after;
  for (int page = 0; page < 4; ++page) {
    const auto one =
        lists_.difference({.older = older.id, .newer = newer->id, .after = after, .limit = 1});
    ASSERT_TRUE(one);
    ASSERT_EQ(one->lines.size(), 1U);
    after = one->lines.front().voter;
    paged.insert(*after);
  }
  EXPECT_EQ(paged.size(), 4U);
}

TEST_F(Differences, WhoCameWithALaterImportIsNew) {
  const List older = freeze("Before", {});
  random_.import_voters(0, 40);
  connection_->run_text(
      "insert into import_run (import_id, layout, layout_version, kind, source, file_name, "
      "file_bytes, state, started_by, started_at, ended_at) overriding system value "
      "select max(import_id), 'l', 1, 'voters', 'nc', 'f', 1, 'published', 'person:1', "
      "'2026-10-10', '2026-10-10' from source_record",
      "test");
  const auto newer = lists_.renew(older.id, "After", "person:1");
  ASSERT_TRUE(newer) << newer.error().text();
  const Difference difference = between(older, *newer);
  ASSERT_GT(difference.joined, 0);
  EXPECT_EQ(difference.left, 0);
  EXPECT_EQ(difference.reasons,
            (std::map<Reason, std::int64_t>{{Reason::new_voter, difference.joined}}));
}

TEST_F(Differences, OfAListAndItselfIsNothing) {
  const List list = freeze("One", {});
  const Difference none = between(list, list);
  EXPECT_EQ(none.stayed, list.size);
  EXPECT_TRUE(none.lines.empty());
  EXPECT_TRUE(none.reasons.empty());
  EXPECT_EQ(lists_.difference({.older = list.id, .newer = ListId(99), .after = {}, .limit = 1})
                .error()
                .code,
            ErrorCode::not_found);
}

TEST_F(Differences, ASmallerListLeavesPeopleOut) {
  const List all = freeze("All", {});
  const List few = freeze("Few", 10);
  const Difference difference = between(all, few);
  EXPECT_EQ(difference.stayed, 10);
  EXPECT_EQ(difference.left, all.size - 10);
  EXPECT_EQ(difference.reasons,
            (std::map<Reason, std::int64_t>{{Reason::not_drawn, all.size - 10}}));
}

}  // namespace
}  // namespace hustings::lists
