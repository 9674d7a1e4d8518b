#include <array>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.h"
#include "experiments/experiment_service.h"
#include "pg/testing/database.h"

namespace hustings::experiments {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Instant kStart = from_iso("2026-10-20T16:00:00Z").value();

/// Notes what it is told, in place of the queues.
class NotingGuard final : public HoldOutGuard {
 public:
  void on_locked(pg::Transaction&, ExperimentId, Instant) override { said.emplace_back("locked"); }
  void on_unlocked(pg::Transaction&, ExperimentId, Instant) override {
    said.emplace_back("unlocked");
  }
  std::vector<std::string> said;
};

/// 200 households of two on a list, a quarter held out; voter 2n-1 and 2n live together.
class Experiments : public ::testing::Test {
 protected:
  static constexpr int kVoters = 400;
  void SetUp() override {
    run("insert into question (key, kind, text, choices) values"
        " ('support', 'choice', 'Whom?', '[\"Ours\", \"Theirs\"]'),"
        " ('sure', 'scale', 'How sure?', '[\"1\", \"2\", \"3\"]'),"
        " ('words', 'text', 'Why?', '[]'), ('age', 'number', 'How old?', '[]'),"
        " ('issues', 'multiple', 'What?', '[\"Jobs\", \"Roads\"]')");
    run("insert into election (state, held_on, kind, name) values"
        " ('NC', '2024-11-05', 'general', 'General'), ('NC', '2026-11-03', 'general', 'General')");
    run("insert into list (name, rule, feed_position, seed, size, households, with_phone,"
        " holdout_percent, holdout, created_by, created_at, arms, arm_sizes, draw)"
        " values ('List', '{}', 1, 7, 400, 200, 400, 25, 100, 'person:1', now(),"
        " '[\"holdout\", \"treatment\"]', '{100, 300}', '{\"stratify_by\": [\"county\"]}')");
    run("insert into script (name, version, body, created_by, created_at, saved_at)"
        " values ('S', 1, '{}', 'x', now(), now())");
    run("insert into phonebank (name, list_id, script_id, state, retry_seconds, lease_seconds,"
        " attempts_max, opens_minute, closes_minute, created_by, created_at)"
        " select n, 1, 1, 'open', 60, 60, 3, 0, 1440, 'x', now() from unnest(array['A', 'B']) n");
    run("insert into list (name, rule, feed_position, seed, size, households, with_phone,"
        " holdout_percent, holdout, created_by, created_at)"
        " values ('Other', '{}', 1, 7, 0, 0, 0, 0, 0, 'person:1', now())");
    run("update phonebank set list_id = 2 where name = 'B'");
    for (int voter = 1; voter <= kVoters; ++voter) {
      const auto bucket = bucket_of(VoterId(voter));
      const int home = (voter + 1) / 2;
      run(fmt::format(
          "insert into voter (bucket, voter_id, import_id, source, external_id, status, protected,"
          " last_name, first_name, party, gender, birth_year, state, county, household_id)"
          " values ({0}, {1}, 1, 'nc', 'X{1}', 'active', false, 'DOE', 'JO', '{2}', 'F', {3}, 'NC',"
          " '{4}', {5})",
          bucket, voter, voter % 3 == 0 ? "REP" : "DEM", 1950 + voter % 50,
          home % 2 == 0 ? "WAKE" : "DURHAM", home));
      run(
          fmt::format("insert into list_member (list_id, bucket, voter_id, ordinal, arm)"
                      " values (1, {}, {}, {}, {})",
                      bucket, voter, voter, home % 4 == 0 ? 0 : 1));
      if (voter % 2 == 0) {
        run(
            fmt::format("insert into vote (bucket, voter_id, election_id, import_id, home_id)"
                        " values ({0}, {1}, 1, 1, {1})",
                        bucket, voter));
      }
    }
  }
  ExperimentService::Draft draft() const {
    return {.name = "Calls",
            .hypothesis = "Calls win supporters",
            .list = ListId(1),
            .control = "holdout",
            .outcomes = {{.key = "support", .choices = {1}, .after_contacts = true}},
            .actor = "person:1"};
  }
  void run(const std::string& sql) { connection_->run_text(sql, "test"); }
  std::int64_t count(const std::string& sql) {
    return connection_->run_text(sql, "test").only().get<std::int64_t>(0);
  }
  void tell(ChangeKind kind, int voter) {
    pg::Transaction transaction(*connection_);
    const feed::Change change{
        .kind = kind, .subject = feed::subject_of("voter", VoterId(voter)), .actor = "person:2"};
    last_ = feed::commit(transaction, {&change, 1});
  }
  void call(int voter, const std::string& disposition, int phonebank = 1) {
    run(fmt::format(
        "insert into contact_attempt (bucket, attempt_id, voter_id, phonebank_id, lease_id,"
        " caller_id, number, channel, disposition, started_at, ended_at) values ({}, {}, {}, {},"
        " 1, 1, 1, 'phone', '{}', '{}', '{}')",
        bucket_of(VoterId(voter)), ++ids_, voter, phonebank, disposition, to_iso(clock_.now()),
        to_iso(clock_.now())));
    tell(ChangeKind::attempt_recorded, voter);
  }
  void answer(int voter, int choice) {
    run(fmt::format(
        "insert into answer (bucket, answer_id, voter_id, question_id, script_version, choice,"
        " actor, at) values ({}, {}, {}, 1, 1, {}, 'x', '{}')",
        bucket_of(VoterId(voter)), ++ids_, voter, choice, to_iso(clock_.now())));
    tell(ChangeKind::answer_recorded, voter);
    clock_.advance(seconds(1));
  }
  static bool held_out(int voter) { return (voter + 1) / 2 % 4 == 0; }
  /// Everybody answers; the treated say yes more often.
  void everybody_answers(double treated, double control) {
    Rng rng(11);
    for (int voter = 1; voter <= kVoters; ++voter)
      answer(voter, rng.chance(held_out(voter) ? control : treated) ? 1 : 2);
  }

  pg::testing::Database database_;
  std::unique_ptr<pg::Connection> connection_ = database_.connect();
  Log log_ = Log::to_nowhere();
  ManualClock clock_{kStart};
  NotingGuard guard_;
  ExperimentService service_{database_.pool(), guard_, clock_, log_};
  feed::Position last_ = 0;
  std::int64_t ids_ = 0;
};

TEST_F(Experiments, BeginsWithItsMembersAsTheyAreAndTheHoldOutLocked) {
  answer(1, 1);
  const auto made = service_.create(draft());
  ASSERT_TRUE(made) << made.error().text();
  EXPECT_EQ(made->state, State::running);
  EXPECT_EQ(made->unit, Unit::household);
  EXPECT_EQ(made->planned_units, 100);
  ASSERT_EQ(made->outcomes.size(), 1U);
  EXPECT_TRUE(made->outcomes[0].is_primary);
  EXPECT_THAT(guard_.said, ::testing::ElementsAre("locked"));
  EXPECT_EQ(count("select count(*) from experiment_member where held and arm = 0"), 100);
  EXPECT_EQ(count("select count(*) from experiment_member where held and arm <> 0"), 0);
  EXPECT_EQ(count("select count(*) from experiment_member where votes = 1"), 200);
  EXPECT_EQ(count("select count(*) from experiment_member where prior = 1"), 1);
  EXPECT_EQ(count("select count(distinct cluster) from experiment_member"), 200);
  EXPECT_EQ(count("select count(distinct block) from experiment_member"), 2);
  EXPECT_EQ(count("select count(*) from experiment_member where voter_id = 1 and age = 75"), 1);
  EXPECT_EQ(count("select count(*) from change where kind = 'experiment_saved'"), 1);
  EXPECT_EQ(service_.page(std::nullopt, 10).size(), 1U);
  EXPECT_THAT(service_.page(made->id, 10), IsEmpty());
  const auto again = service_.create(draft());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
}

TEST_F(Experiments, ARepeatedBeginningGivesTheFirstAnswer) {
  auto wish = draft();
  wish.key = "0b8f5c9e-1f0a-4c1d-9b43-0123456789ab";
  const auto made = service_.create(wish);
  ASSERT_TRUE(made) << made.error().text();
  const auto again = service_.create(wish);
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(again->id, made->id);
  EXPECT_EQ(count("select count(*) from experiment"), 1);
  EXPECT_EQ(guard_.said.size(), 1U);
  wish.name = "Letters";
  EXPECT_EQ(service_.create(wish).error().where, "key");
  wish.key = "7";
  EXPECT_EQ(service_.create(wish).error().where, "key");
  wish.key.reset();
  EXPECT_EQ(service_.create(wish).error().where, "list");
}

TEST_F(Experiments, OfTwoThatBeginOnOneListAtOnceOneIsRefused) {
  std::array<Result<Experiment>, 2> made{Experiment{}, Experiment{}};
  {
    std::array<std::jthread, 2> both;
    for (std::size_t i = 0; i < both.size(); ++i)
      both[i] = std::jthread([&, i] { made[i] = service_.create(draft()); });
  }
  EXPECT_NE(made[0].has_value(), made[1].has_value());
  const Error& refused = (made[0] ? made[1] : made[0]).error();
  EXPECT_EQ(refused.code, ErrorCode::conflict) << refused.text();
  EXPECT_EQ(count("select count(*) from experiment"), 1);
  EXPECT_THROW(
      run("insert into experiment (name, hypothesis, list_id, control_arm, is_placebo, unit,"
          " state, planned_units, started_at, created_by)"
          " values ('x', 'x', 1, 0, false, 'voter', 'running', 100, now(), 'x')"),
      pg::SqlFailure);
}

TEST_F(Experiments, RefusesWhatCannotBeComparedOrMeasured) {
  const auto refused = [&](auto change, std::string_view words) {
    auto wish = draft();
    change(wish);
    const auto made = service_.create(wish);
    ASSERT_FALSE(made) << words;
    EXPECT_THAT(made.error().sentence, HasSubstr(words));
  };
  refused([](auto& of) { of.control = "placebo"; }, "it has holdout, treatment");
  refused([](auto& of) { of.list = ListId(9); }, "no such list");
  refused([](auto& of) { of.list = ListId(2); }, "fewer than two voters");
  refused([](auto& of) { of.outcomes.clear(); }, "judged by");
  refused([](auto& of) { of.outcomes[0].key = "sport"; }, "No script asks");
  refused([](auto& of) { of.outcomes[0].key = "words"; }, "of the kind text");
  refused([](auto& of) { of.outcomes[0] = {.key = "age"}; }, "of the kind number");
  refused([](auto& of) { of.outcomes[0].key = "issues"; }, "of the kind multiple");
  refused([](auto& of) { of.outcomes[0].choices = {3}; }, "1 to 2, not 3");
  refused([](auto& of) { of.outcomes[0].choices.clear(); }, "count as 1");
  refused([](auto& of) { of.outcomes[0] = {.kind = OutcomeKind::vote, .key = "1999"}; },
          "no election");
  refused([](auto& of) { of.outcomes[0] = {.kind = OutcomeKind::score, .key = "luck"}; },
          "A score is");
  refused([](auto& of) { of.outcomes[0] = {.kind = OutcomeKind::disposition, .key = "sung"}; },
          "no disposition");
  refused([](auto& of) { of.name = " x"; }, "without blanks");
}

TEST_F(Experiments, FollowsTheFeedFromContactsToMeasuredAnswers) {
  service_.start();
  const ExperimentId id = service_.create(draft())->id;
  auto report = service_.report(id);
  ASSERT_TRUE(report);
  EXPECT_THAT(report->findings.sentences, Contains(HasSubstr("after contacts are over")));
  for (int voter = 1; voter <= 200; ++voter) {
    if (!held_out(voter)) call(voter, voter % 2 == 0 ? "reached" : "no_answer");
  }
  answer(1, 1);  // while contacts go on: not what is compared
  clock_.advance(hours(1));
  ASSERT_TRUE(service_.move_on(id, State::measuring, "person:1"));
  EXPECT_EQ(guard_.said.back(), "unlocked");
  EXPECT_EQ(count("select count(*) from experiment_member where held"), 0);
  clock_.advance(hours(1));
  everybody_answers(0.8, 0.4);
  ASSERT_TRUE(service_.wait_until(last_, seconds(20)));
  report = service_.report(id);
  EXPECT_GE(report->position, last_);
  const Findings& found = report->findings;
  ASSERT_EQ(found.arms.size(), 2U);
  EXPECT_EQ(found.arms[0].name, "holdout");
  EXPECT_EQ(found.arms[1].assigned, 300);
  EXPECT_EQ(found.arms[1].tried, 150);
  EXPECT_EQ(found.arms[1].contacted, 75);
  EXPECT_EQ(found.arms[1].answered, 300);
  EXPECT_EQ(found.leaked, 0);
  ASSERT_FALSE(found.effects.empty());
  EXPECT_GT(*found.effects.front().effect.lower, 0.2);
  EXPECT_LT(*found.effects.front().effect.upper, 0.6);
  // Incrementally as anew.
  ExperimentService fresh(database_.pool(), guard_, clock_, log_);
  const Findings anew = fresh.report(id)->findings;
  EXPECT_EQ(anew.effects.front().effect.value, found.effects.front().effect.value);
  EXPECT_EQ(anew.tracks.front().points.size(), found.tracks.front().points.size());
  EXPECT_EQ(anew.arms[1].contacted, found.arms[1].contacted);

  ASSERT_TRUE(service_.move_on(id, State::ended, "person:1"));
  clock_.advance(hours(1));
  answer(1, 2);
  answer(1, 2);
  EXPECT_EQ(service_.report(id)->findings.effects.front().effect.value,
            found.effects.front().effect.value)
      << "what comes after the end does not count";
  EXPECT_FALSE(service_.move_on(id, State::measuring, "person:1"));
}

TEST_F(Experiments, FindsALeakedHoldOutStrangersAndEditedAssignments) {
  const ExperimentId id = service_.create(draft())->id;
  ASSERT_TRUE(held_out(7) && held_out(8));
  call(7, "no_answer", 2);
  run(fmt::format(
      "insert into voter (bucket, voter_id, import_id, source, external_id, status, protected,"
      " last_name, first_name, state, county) values ({}, 900, 1, 'nc', 'X900', 'active', false,"
      " 'DOE', 'JO', 'NC', 'WAKE')",
      bucket_of(VoterId(900))));
  call(900, "reached");
  run("update list_member set arm = 1 where voter_id in (15, 16, 23)");
  const auto report = service_.report(id);
  EXPECT_EQ(report->findings.leaked, 1);
  EXPECT_THAT(report->findings.sentences, Contains(HasSubstr("the hold-out has leaked")));
  EXPECT_THAT(report->findings.sentences,
              Contains(HasSubstr("1 voters were called for this list although they were never")));
  EXPECT_THAT(report->findings.sentences, Contains(HasSubstr("3 voters stand in another arm")));
}

TEST_F(Experiments, JudgesByVotesScoresAndDispositionsToo) {
  auto wish = draft();
  wish.outcomes = {{.kind = OutcomeKind::vote, .key = "2026-11-03 general"},
                   {.kind = OutcomeKind::score, .key = "support"},
                   {.kind = OutcomeKind::disposition, .key = "reached"},
                   {.key = "sure"}};
  const ExperimentId id = service_.create(wish)->id;
  EXPECT_THAT(service_.report(id)->findings.sentences, Contains(HasSubstr("import its history")));
  run("insert into vote (bucket, voter_id, election_id, import_id, home_id)"
      " select bucket, voter_id, 2, 1, voter_id from voter where voter_id % 3 = 0");
  run("insert into voter_score (bucket, voter_id, import_id, support)"
      " select bucket, voter_id, 1, voter_id % 100 from voter");
  call(1, "reached");
  const auto votes = service_.report(id, 1);
  EXPECT_EQ(votes->findings.arms[0].answered, 100);
  EXPECT_NEAR(votes->findings.arms[0].mean->value, 1 / 3.0, 0.02);
  EXPECT_NEAR(service_.report(id, 2)->findings.arms[1].mean->value, 49.5, 3);
  EXPECT_NEAR(service_.report(id, 3)->findings.arms[1].mean->value, 1 / 300.0, 1e-9);
  EXPECT_THAT(service_.report(id, 4)->findings.sentences, Contains(HasSubstr("0 of 100 voters")));
  EXPECT_EQ(service_.report(id, 5).error().code, ErrorCode::not_found);
  EXPECT_EQ(service_.report(ExperimentId(99)).error().code, ErrorCode::not_found);
}

TEST_F(Experiments, LaterOutcomesAreMarkedAndReplacedOnesStay) {
  const ExperimentId id = service_.create(draft())->id;
  ExperimentService::Registration later{.id = id,
                                        .outcome = {.key = "sure"},
                                        .is_primary = true,
                                        .reason = "The first question was misread",
                                        .actor = "person:1"};
  const auto changed = service_.register_outcome(later);
  ASSERT_TRUE(changed) << changed.error().text();
  ASSERT_EQ(changed->outcomes.size(), 2U);
  EXPECT_TRUE(changed->outcomes[0].withdrawn_at);
  EXPECT_EQ(changed->outcomes[1].reason, later.reason);
  EXPECT_EQ(service_.report(id)->outcome, 2);
  later.reason = "";
  EXPECT_FALSE(service_.register_outcome(later)) << "it needs a reason";
  EXPECT_EQ(service_.set_cost(id, std::nullopt, {.cents = 12'300}, "person:1")->cost_cents, 12'300);
  EXPECT_FALSE(service_.set_cost(ExperimentId(9), std::nullopt, {.cents = 1}, "person:1"));
  EXPECT_FALSE(service_.set_cost(id, std::nullopt, {.cents = -1}, "person:1"));
  const Flight calls{.channel = "calls", .from_week = 2};
  const auto booked = service_.set_cost(id, std::nullopt, {.flight = calls}, "person:1");
  ASSERT_TRUE(booked);
  EXPECT_FALSE(booked->cost_cents);
  ASSERT_TRUE(booked->flight);
  EXPECT_TRUE(booked->flight->holds("calls", 2));
  EXPECT_FALSE(booked->flight->holds("calls", 1));
  EXPECT_FALSE(booked->flight->holds("mail", 2));
  EXPECT_EQ(service_.set_cost(id, std::nullopt, {}, "person:1").error().where, "cost_cents");
  const Flight backwards{.channel = "calls", .from_week = 3, .to_week = 2};
  EXPECT_EQ(service_.set_cost(id, std::nullopt, {.flight = backwards}, "person:1").error().where,
            "to_week");
  EXPECT_TRUE(service_.get(id));
}

TEST_F(Experiments, APersonOfTwoIdentitiesIsReadUnderTheOneOfNow) {
  const ExperimentId id = service_.create(draft())->id;
  run(
      fmt::format("insert into link (bucket, home_bucket, home_id, voter_id, decided_by, at)"
                  " values ({}, {}, 1, 3, 'test', now())",
                  bucket_of(VoterId(3)), bucket_of(VoterId(1))));
  call(3, "reached");
  EXPECT_EQ(service_.report(id)->findings.arms[1].contacted, 2) << "both stand on the list";
}

}  // namespace
}  // namespace hustings::experiments
