#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/rng.h"
#include "feed/feed.h"
#include "following/follower.h"
#include "phonebank/testing/bank.h"

namespace hustings::following {
namespace {

using phonebank::PhonebankState;
using phonebank::testing::Bank;

/// Voters of two parties, a segment of one of them, and phone banks on lists of it.
class Following : public Bank {
 protected:
  void SetUp() override {
    for (int id = 1; id <= kVoters; ++id)
      put(id, id % 3 == 0 ? "REP" : "DEM");
    segments_.start();
    segment_ = segments_
                   .create({.name = "Democrats",
                            .rule = *segments::rule_from_json(R"({"field":"party","in":["DEM"]})"),
                            .actor = "person:1"})
                   .value()
                   .id;
  }

  static constexpr int kVoters = 30;
  struct Draw {
    int holdout_percent = 0;
    std::vector<lists::ArmShare> arms;
    bool one_per_household = false;
  };
  ListId freeze(const Draw& draw) {
    settle();
    const auto list = lists_.freeze({.name = "Calls",
                                     .segment = segment_,
                                     .draw = {.size_max = {},
                                              .holdout_percent = draw.holdout_percent,
                                              .arms = draw.arms,
                                              .stratify_by = {},
                                              .one_per_household = draw.one_per_household,
                                              .top_by = {}},
                                     .seed = 42,
                                     .actor = "person:1"});
    EXPECT_TRUE(list) << list.error().text();
    return list->id;
  }
  PhonebankId open(ListId list, const std::string& arm = "") {
    const auto made = service_.create({"Bank", list, script_.id, rules(), arm, true}, "person:1");
    EXPECT_TRUE(made) << made.error().text();
    EXPECT_TRUE(service_.set_state(made->id, PhonebankState::open, "person:1"));
    return made->id;
  }

  /// A voter as they are from now on; numbers are shared where `number` says so.
  void put(int id, const std::string& party, int of_number = 0, int household = 0) {
    const int n = of_number == 0 ? id : of_number;
    const auto bucket = bucket_of(VoterId(id));
    run(fmt::format(
        "insert into voter (bucket, voter_id, import_id, source, external_id, status, protected,"
        " last_name, first_name, party, gender, birth_year, state, county, city, phone,"
        " household_id) values ({0}, {1}, 1, 'nc', 'X{1}', 'active', false, 'DOE', 'JO', '{2}',"
        " 'F', 1980, 'NC', 'WAKE', 'RALEIGH', {3}, {4})"
        " on conflict (bucket, voter_id) do update set party = excluded.party",
        bucket, id, party, number(n), household == 0 ? id : household));
    run(
        fmt::format("insert into phone (bucket, voter_id, number, import_id)"
                    " values ({}, {}, {}, 1) on conflict do nothing",
                    bucket, id, number(n)));
    tell(ChangeKind::voter_corrected, id);
  }
  void erase(int id) {
    run(
        fmt::format("delete from voter where voter_id = {0}; delete from phone where voter_id = "
                    "{0}; delete from call_target where voter_id = {0};"
                    "delete from list_member where voter_id = {0}",
                    id));
    tell(ChangeKind::voter_erased, id);
  }
  void tell(ChangeKind kind, int id) {
    pg::Transaction transaction(*connection_);
    const feed::Change change{.kind = kind,
                              .subject = feed::subject_of("voter", VoterId(id)),
                              .actor = "system",
                              .payload = "{}"};
    feed::commit(transaction, {&change, 1});
  }
  void settle() {
    constexpr std::chrono::seconds kWait{20};
    ASSERT_TRUE(segments_.wait_until(feed::head(*connection_), kWait));
  }
  /// One round, and another when its joiners have come back by the feed.
  void follow(Follower& follower) {
    settle();
    follower.follow();
    settle();
    follower.follow();
  }
  void follow() { follow(follower_); }

  std::string texts(const std::string& sql) {
    return value("select coalesce(string_agg(x::text, ' ' order by x), '') from (" + sql +
                 ") t (x)");
  }
  std::string open_voters(PhonebankId bank) {
    return texts(
        fmt::format("select voter_id from call_target where phonebank_id = {} and state "
                    "= 'open'",
                    bank.value()));
  }

  segments::SegmentService segments_{database_.pool(), clock_, log_};
  lists::ListService lists_{database_.pool(), segments_, clock_, log_};
  Follower follower_{database_.pool(), segments_, lists_, service_, clock_, log_};
  SegmentId segment_;
};

TEST_F(Following, WhoLeavesDropsOutAndWhoComesBackIsCalledAgain) {
  const PhonebankId bank = open(freeze({}));
  follow();
  EXPECT_EQ(line_state(bank, number(1)), "ready");
  put(1, "REP");
  put(2, "UNA");
  follow();
  EXPECT_EQ(line_state(bank, number(1)), "barred");
  EXPECT_EQ(line_reason(bank, number(1)), "left_segment");
  EXPECT_EQ(value("select reason from call_target where voter_id = 2"), "left_segment");
  EXPECT_EQ(claim(caller(bank)).number == number(1), false);
  put(1, "DEM");
  follow();
  EXPECT_EQ(line_state(bank, number(1)), "waiting");
  EXPECT_EQ(line_reason(bank, number(1)), "");
  EXPECT_EQ(line_state(bank, number(2)), "barred");
  const auto state = follower_.state(bank);
  ASSERT_TRUE(state);
  EXPECT_EQ(state->position, feed::head(*connection_));
  EXPECT_TRUE(state->has_segment);
}

TEST_F(Following, ALineThatHasSomebodyLeftIsStillCalled) {
  put(40, "DEM", 1);
  const PhonebankId bank = open(freeze({}));
  put(1, "REP");
  follow();
  EXPECT_EQ(line_state(bank, number(1)), "ready");
  EXPECT_EQ(value("select state from call_target where voter_id = 1"), "barred");
  EXPECT_EQ(value("select state from call_target where voter_id = 40"), "open");
}

TEST_F(Following, WhoJoinsIsAddedInTheArmsAndNeverOfTheHoldOut) {
  const ListId list = freeze({.holdout_percent = 40, .arms = {{"a", 50}, {"b", 50}}});
  const std::string frozen = fmt::format(
      "select voter_id || ' ' || arm || ' ' || ordinal from "
      "list_member where list_id = {} and joined_at is null",
      list.value());
  const std::string before = texts(frozen);
  const PhonebankId first = open(list);
  const PhonebankId second = open(list, "b");
  for (int id = 101; id <= 160; ++id)
    put(id, "DEM");
  put(200, "REP");
  follow();
  EXPECT_EQ(texts(frozen), before);
  EXPECT_EQ(count(fmt::format("select count(*) from list_member where list_id = {} and joined_at "
                              "is not null",
                              list.value())),
            60);
  for (const auto& [bank, arm] : {std::pair(first, 1), std::pair(second, 2)}) {
    const std::string of_arm = texts(fmt::format(
        "select voter_id from list_member where list_id = {} and arm = {}", list.value(), arm));
    EXPECT_EQ(open_voters(bank), of_arm);
    EXPECT_EQ(count(fmt::format("select count(*) from queue_line where phonebank_id = {} and state "
                                "= 'ready' and zone_set_id is not null",
                                bank.value())),
              count(fmt::format("select count(*) from list_member where list_id = {} and arm = {}",
                                list.value(), arm)));
  }
  EXPECT_GT(count("select count(*) from list_member where arm = 0 and joined_at is not null"), 5);
  EXPECT_EQ(lists_.get(list)->joined, 60);
  EXPECT_EQ(service_.get(second)->joined, 60);
  EXPECT_EQ(service_.get(second)->arm_name, "b");
  // Somebody who joined is shown to a caller: the second look lets them through.
  run(fmt::format("update queue_line set state = 'done' where phonebank_id = {} and ordinal <= 20",
                  second.value()));
  EXPECT_GT(claim(caller(second)).number, number(100));
}

TEST_F(Following, WhoIsBroughtByAProcessThatIsBehindIsTakenInToo) {
  const ListId list = freeze({});
  const PhonebankId bank = open(list);
  put(101, "DEM");
  follow();
  // Another process was far ahead when it added them, and the phone bank has taken them in.
  run("update list_member set joined_at = 1000000 where voter_id = 101");
  run("update phonebank set followed_to = 1000000");
  put(102, "DEM");
  follow();
  EXPECT_EQ(value("select joined_at from list_member where voter_id = 102"), "1000001");
  EXPECT_EQ(value("select state from call_target where voter_id = 102"), "open");
  EXPECT_EQ(line_state(bank, number(102)), "ready");
}

TEST_F(Following, ALockedHoldOutOfAnExperimentIsCalledNeitherWhenItJoinsNorWhenItComesBack) {
  const PhonebankId bank = open(freeze({}));
  follow();
  for (const int id : {1, 3}) {
    run(
        fmt::format("insert into line_attempt (lease_id, number, phonebank_id, caller_id, epoch,"
                    " script_version, shown_at, during, experiment_id)"
                    " values (nextval('lease_id_seq'), {}, 0, 0, 5, 0, now(),"
                    " tstzrange(now(), now() + interval '400 days'), 5)",
                    number(id)));
  }
  run(
      fmt::format("update queue_line set state = 'barred', reason = 'experiment_holdout'"
                  " where number = {}",
                  number(1)));
  put(1, "REP");
  follow();
  for (const int id : {1, 2, 3})
    put(id, "DEM");
  follow();
  EXPECT_EQ(texts(fmt::format("select state || ' ' || reason from queue_line where phonebank_id = "
                              "{} and number in ({}, {})",
                              bank.value(), number(1), number(3))),
            "barred experiment_holdout barred experiment_holdout");
}

TEST_F(Following, AHouseholdStaysInOneArm) {
  for (int id = 31; id <= 50; ++id)
    put(id, "DEM", id, id);
  const ListId list = freeze({.holdout_percent = 50});
  const PhonebankId bank = open(list);
  for (int id = 31; id <= 50; ++id)
    put(id + 100, "DEM", id + 100, id);
  follow();
  EXPECT_EQ(count("select count(*) from list_member a join list_member b on b.voter_id = "
                  "a.voter_id + 100 where a.arm <> b.arm"),
            0);
  EXPECT_EQ(count("select count(*) from list_member where joined_at is not null"), 20);
  EXPECT_EQ(count("select count(*) from call_target t join list_member m using (voter_id) "
                  "where m.arm = 0"),
            0);
  EXPECT_NE(open_voters(bank), "");
}

TEST_F(Following, WithOnePerHouseholdNobodyJoinsOneThatIsThere) {
  const ListId list = freeze({.holdout_percent = 0, .arms = {}, .one_per_household = true});
  open(list);
  put(131, "DEM", 131, 1);  // with voter 1
  put(132, "DEM", 132, 500);
  put(133, "DEM", 133, 500);
  follow();
  EXPECT_EQ(count("select count(*) from list_member where joined_at is not null"), 1);
}

TEST_F(Following, WhoIsOnTheLineOrWasPromisedACallIsDroppedAfterwards) {
  const PhonebankId bank = open(freeze({}));
  const phonebank::Lease held = claim(caller(bank));
  const int on_line = static_cast<int>(held.voters.at(0).id.value());
  const int promised = on_line == 1 ? 2 : 1;
  run(
      fmt::format("update queue_line set state = 'waiting', promised = true, not_before = "
                  "'2026-10-20T17:00:00Z' where number = {}",
                  number(promised)));
  put(on_line, "REP");
  put(promised, "REP");
  follow();
  EXPECT_EQ(line_state(bank, held.number), "held");
  EXPECT_EQ(line_reason(bank, held.number), "");
  EXPECT_EQ(line_state(bank, number(promised)), "waiting");
  EXPECT_EQ(value(fmt::format("select state from call_target where voter_id = {}", on_line)),
            "open");
  record(caller(bank), held, Disposition::no_answer);
  run(fmt::format("update queue_line set promised = false where number = {}", number(promised)));
  follow();
  EXPECT_EQ(line_reason(bank, held.number), "left_segment");
  EXPECT_EQ(line_reason(bank, number(promised)), "left_segment");
}

TEST_F(Following, ANewVoterOnALineThatIsDoneOpensItAgain) {
  const PhonebankId bank = open(freeze({}));
  const phonebank::Lease held = claim(caller(bank));
  record(caller(bank), held, Disposition::reached);
  EXPECT_EQ(line_state(bank, held.number), "done");
  put(300, "DEM", static_cast<int>(held.voters.at(0).id.value()));
  follow();
  EXPECT_EQ(line_state(bank, held.number), "waiting");
  EXPECT_EQ(count(fmt::format("select count(*) from queue_line where number = {}", held.number)),
            1);
}

TEST_F(Following, ComparesTheWholeQueueAfterAStart) {
  const PhonebankId bank = open(freeze({}));
  follow();
  put(1, "REP");
  put(400, "DEM");
  follow();
  put(1, "DEM");
  put(2, "REP");
  put(401, "DEM");
  Follower later{database_.pool(), segments_, lists_, service_, clock_, log_};
  follow(later);
  EXPECT_EQ(line_state(bank, number(1)), "waiting");
  EXPECT_EQ(line_reason(bank, number(2)), "left_segment");
  EXPECT_EQ(line_state(bank, number(401)), "ready");
}

TEST_F(Following, ARuleThatMovesWithTheClockIsFollowedAsTimePasses) {
  using namespace std::chrono_literals;
  // The first is 45 until midnight, the second from then on.
  run("update voter set birth_year = 1980, birth_date = '1980-10-21' where voter_id = 1");
  run("update voter set birth_year = 1981, birth_date = '1981-10-21' where voter_id = 2");
  tell(ChangeKind::voter_corrected, 1);
  tell(ChangeKind::voter_corrected, 2);
  segment_ = segments_
                 .create({.name = "Aged 45",
                          .rule = *segments::rule_from_json(R"({"field":"age","between":[45,45]})"),
                          .actor = "person:1"})
                 .value()
                 .id;
  const PhonebankId bank = open(freeze({}));
  follow();
  EXPECT_EQ(open_voters(bank), "1") << "the others are 46";
  clock_.advance(8h - 1s);
  follow();
  EXPECT_EQ(open_voters(bank), "1");
  clock_.advance(1s);
  follow();
  EXPECT_EQ(open_voters(bank), "2");
}

TEST_F(Following, IsSwitchedOnAndOffWhileItRuns) {
  const PhonebankId bank = open(freeze({}));
  follow();
  EXPECT_FALSE(service_.set_follows(bank, false, "person:1")->follows);
  put(1, "REP");
  put(500, "DEM");
  follow();
  EXPECT_EQ(line_state(bank, number(1)), "ready");
  EXPECT_EQ(line_state(bank, number(500)), "");
  EXPECT_TRUE(service_.set_follows(bank, true, "person:1")->follows);
  follow();
  EXPECT_EQ(line_reason(bank, number(1)), "left_segment");
  EXPECT_EQ(line_state(bank, number(500)), "ready");
}

TEST_F(Following, FollowsTheSegmentWhenItIsEditedAndStaysWhenItIsRemoved) {
  const PhonebankId bank = open(freeze({}));
  ASSERT_TRUE(
      segments_.edit({.id = segment_,
                      .name = {},
                      .rule = *segments::rule_from_json(R"({"field":"party","in":["REP"]})"),
                      .version = {},
                      .actor = "person:1"}));
  follow();
  EXPECT_EQ(line_reason(bank, number(1)), "left_segment");
  EXPECT_EQ(line_state(bank, number(3)), "ready");
  ASSERT_TRUE(segments_.remove(segment_, "person:1"));
  follow();
  EXPECT_FALSE(follower_.state(bank)->has_segment);
  EXPECT_EQ(line_state(bank, number(3)), "ready");
}

TEST_F(Following, SaysWhatCannotBeCalledOrFollowed) {
  const ListId list = freeze({.holdout_percent = 20, .arms = {{"a", 50}, {"b", 50}}});
  const auto where = [&](const std::string& arm) {
    const auto made = service_.create({"Bank", list, script_.id, rules(), arm, false}, "person:1");
    return made ? "made" : made.error().where + ": " + made.error().sentence;
  };
  EXPECT_EQ(where("holdout"),
            "arm: Nobody calls the hold-out: it shows what happens without calls.");
  EXPECT_EQ(where("c"), "arm: The list has no arm \"c\", but a, b.");
  EXPECT_EQ(where("b"), "made");
  const auto limited = lists_.freeze({.name = "Ten",
                                      .segment = segment_,
                                      .draw = {.size_max = 10,
                                               .holdout_percent = 0,
                                               .arms = {},
                                               .stratify_by = {},
                                               .one_per_household = false,
                                               .top_by = {}},
                                      .seed = 1,
                                      .actor = "person:1"});
  ASSERT_TRUE(limited);
  for (const ListId id : {limited->id, list_of(2)}) {
    const auto made = service_.create({"Bank", id, script_.id, rules(), "", true}, "person:1");
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().where, "follows");
    const auto plain = service_.create({"Bank", id, script_.id, rules()}, "person:1");
    ASSERT_TRUE(plain);
    EXPECT_EQ(service_.set_follows(plain->id, true, "person:1").error().where, "follows");
  }
  EXPECT_EQ(service_.set_follows(PhonebankId(999), true, "person:1").error().code,
            ErrorCode::not_found);
}

/// Whatever happens, a queue at rest has the open targets that the segment, the list's arms and the
/// bars leave it.
TEST_F(Following, HoldsOverRandomChanges) {
  Rng rng(7);
  const ListId list = freeze({.holdout_percent = 30});
  const PhonebankId bank = open(list);
  int most = kVoters;
  const auto any_voter = [&] {
    return 1 + static_cast<int>(rng.below(static_cast<std::uint64_t>(most)));
  };
  const std::string expected = fmt::format(
      "select m.voter_id from list_member m join voter v using (bucket, voter_id) "
      "where m.list_id = {} and m.arm = 1 and v.party = 'DEM' and not exists (select 1 from "
      "suppression s where s.voter_id = v.voter_id and s.ended_at is null)",
      list.value());
  const std::string members = fmt::format(
      "select v.voter_id from voter v where party = 'DEM' and not exists (select 1 from "
      "list_member "
      "m where m.list_id = {} and m.voter_id = v.voter_id) and not exists (select 1 from "
      "suppression s where s.voter_id = v.voter_id and s.ended_at is null)",
      list.value());
  for (int round = 0; round < 40; ++round) {
    for (int change = 0; change < 5; ++change) {
      const int id = any_voter();
      const bool is_there =
          count(fmt::format("select count(*) from voter where voter_id = {}", id)) > 0;
      switch (rng.below(5)) {
        case 0:
          ++most;
          put(most, "DEM", most, static_cast<int>(rng.below(20)) + 1);
          break;
        case 1:
          if (is_there) erase(id);
          break;
        case 2: {
          registry::Suppression bar;
          bar.voter = VoterId(id);
          bar.reason = registry::SuppressionReason::moved;
          bar.source = "test";
          bar.actor = "person:1";
          if (is_there) EXPECT_TRUE(registry_.suppress(bar));
          break;
        }
        default:
          if (is_there) put(id, rng.below(2) == 0 ? "DEM" : "REP");
      }
    }
    follow();
    ASSERT_EQ(open_voters(bank), texts(expected)) << "round " << round;
    ASSERT_EQ(texts(members), "") << "round " << round;
  }
}

}  // namespace
}  // namespace hustings::following
