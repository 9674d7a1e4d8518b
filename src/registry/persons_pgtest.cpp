// Persons joined and split: everything that hangs on them follows, and comes back.
#include "registry/persons.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pg/testing/database.h"
#include "pg/testing/moved_columns.h"
#include "registry/bulk_writer.h"
#include "registry/copy_buffer.h"
#include "registry/digest.h"
#include "registry/profiles.h"
#include "registry/registry.h"
#include "registry/sql.h"
#include "registry/voter_row.h"

namespace hustings::registry {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const VoterId kAnn{1};
const VoterId kBea{2};
const VoterId kCal{3};
const VoterId kDot{4};

/// Four voters, each of a source of its own, with one row of everything.
class PersonsTest : public ::testing::Test, public PersonListener {
 protected:
  PersonsTest()
      : clock_(*from_iso("2026-03-01T12:00:00Z")),
        log_(Log::to_nowhere()),
        registry_(database_.pool(), clock_, log_) {
    for (int i = 1; i <= 4; ++i) {
      run(fmt::format(
          "insert into import_run (layout, layout_version, kind, source, file_name, file_bytes, "
          "state, started_by, started_at) values "
          "('nc', 1, 'voters', 's{0}', 'f{0}', 1, 'published', 'system', now());"
          "create table source_record_i{0} partition of source_record for values in ({0})",
          i));
    }
    run("insert into election (state, held_on, kind, name) "
        "values ('NC', '2022-11-08', 'general', 'G')");
    constexpr std::array<std::string_view, 4> kSources = {"nc", "l2", "van", "sheet"};
    for (int i = 1; i <= 4; ++i)
      add(i, std::string(kSources.at(static_cast<std::size_t>(i - 1))));
  }

  void add(int id, const std::string& source) {
    run(fmt::format(
        "insert into voter (bucket, voter_id, import_id, source, external_id, status, protected, "
        "last_name, first_name, state, county, street, city, zip5, phone, party, birth_year) "
        "values ({0}, {1}, {1}, '{2}', 'X{1}', 'active', false, 'NAME{1}', 'ANN', 'NC', 'WAKE', "
        "'{1} OAK', 'RALEIGH', '2760{1}', 1919555010{1}, 'P{1}', 1970);"
        "insert into phone (bucket, voter_id, number, import_id) "
        "values ({0}, {1}, 1919555010{1}, {1});"
        "insert into source_record values ({1}, {0}, {1}, '{2}', 'X{1}', 2, {1}, 9);"
        "insert into vote (bucket, voter_id, election_id, home_id, import_id, method, party, "
        "county) values ({0}, {1}, 1, {1}, {1}, 'early', 'P{1}', 'WAKE');"
        "insert into score_run values ({0}, {1}, {1}, {1}, {1}0, null, null, null);"
        "insert into voter_score values ({0}, {1}, {1}, {1}0, null, null, null)",
        bucket_of(VoterId(id)), id, source));
  }
  void on_persons_moved(pg::Transaction& transaction) override {
    for (const pg::Row row : transaction.connection().run_text(
             "select home_id || ': ' || from_id || ' to ' || to_id from person_move "
             "order by home_id",
             "test")) {
      moved_.push_back(row.get<std::string>(0));
    }
  }

  Result<std::int64_t> join(const std::vector<Joining>& joins) {
    const auto connection = database_.connect();
    pg::Transaction transaction(*connection);
    lock_profiles(transaction);
    std::vector<feed::Change> changes;
    const auto joined = join_persons(transaction, joins, this, clock_.now(), changes);
    if (joined && !changes.empty()) feed::commit(transaction, changes);
    return joined;
  }
  /// One by hand: `joins` becomes `stays`.
  Result<std::int64_t> join(VoterId stays, VoterId joins) {
    return join({{.stays = stays,
                  .joins = joins,
                  .decided_by = "person:3",
                  .probability = {},
                  .bits = ""}});
  }
  Result<VoterId> split(VoterId person, const std::vector<VoterId>& homes) {
    const auto connection = database_.connect();
    pg::Transaction transaction(*connection);
    lock_profiles(transaction);
    std::vector<feed::Change> changes;
    const auto made = split_person(transaction, person, homes, "person:3", this, changes);
    if (made) feed::commit(transaction, changes);
    return made;
  }

  void run(const std::string& sql) { database_.connect()->run_text(sql, "test"); }
  std::string query(const std::string& sql) {
    const auto connection = database_.connect();
    return std::string(connection->run_text(sql, "test").only().text(0));
  }
  /// Rows of a table as text, without copies of a person's only record.
  std::string rows() {
    std::string out;
    for (const char* table : {"voter", "phone", "vote", "score_run", "voter_score", "suppression",
                              "consent", "consent_event", "correction", "absence", "link"}) {
      out += std::string(table) + ":\n" +
             query(fmt::format("select coalesce(string_agg(t::text, E'\\n' order by t::text), '') "
                               "from {} t",
                               table)) +
             '\n';
    }
    return out;
  }
  std::string digest() { return registry::digest(*database_.connect()); }
  std::string voters() {
    return query("select string_agg(voter_id || '', ' ' order by voter_id) from voter");
  }

  pg::testing::Database database_;
  ManualClock clock_;
  Log log_;
  Registry registry_;
  std::vector<std::string> moved_;
};

TEST_F(PersonsTest, EverythingFollowsAndComesBack) {
  ASSERT_TRUE(registry_.suppress({.number = {},
                                  .voter = kBea,
                                  .reason = SuppressionReason::deceased,
                                  .source = "s",
                                  .actor = "person:1"}));
  ASSERT_TRUE(registry_.suppress({.number = {},
                                  .voter = kAnn,
                                  .reason = SuppressionReason::deceased,
                                  .source = "s",
                                  .actor = "person:1"}));
  Consent consent;
  consent.state = ConsentState::withdrawn;
  consent.source = "letter";
  consent.actor = "person:1";
  ASSERT_TRUE(registry_.record_consent(kBea, consent));
  clock_.advance(std::chrono::hours(1));
  consent.state = ConsentState::given;
  ASSERT_TRUE(registry_.record_consent(kAnn, consent));
  ASSERT_TRUE(registry_.correct({kBea, {{"email", "b@oakmail.org"}}, "person:1"}));
  run(
      fmt::format("insert into absence values ({}, 2, 2, 'l2', 2);"
                  "update voter set absent_since_import = 2 where voter_id = 2",
                  bucket_of(kBea)));
  const std::string before = rows();
  const std::string digest_before = digest();

  EXPECT_EQ(join(kAnn, kBea).value(), 1);
  EXPECT_EQ(voters(), "1 3 4");
  EXPECT_THAT(moved_, ElementsAre("2: 2 to 1"));
  EXPECT_EQ(query("select concat_ws(' ', source, last_name, phone % 10, email, street, "
                  "coalesce(absent_since_import, 0)) from voter where voter_id = 1"),
            "nc NAME1 2 b@oakmail.org 1 OAK 0")
      << "the roll first, the newest number, the correction";
  EXPECT_EQ(query("select string_agg(number % 10 || '', ' ' order by number) from phone "
                  "where voter_id = 1"),
            "1 2");
  EXPECT_EQ(query("select count(*) from vote where voter_id = 1"), "2");
  EXPECT_EQ(query("select support from voter_score where voter_id = 1"), "20") << "the newer run";
  EXPECT_EQ(query("select count(*) from suppression where voter_id = 1 and ended_at is null"), "2");
  EXPECT_EQ(query("select state from consent where voter_id = 1"), "given") << "the newest word";
  EXPECT_EQ(query("select count(*) from voter_score"), "3");
  for (const char* table : {"phone", "vote", "score_run", "suppression", "consent", "consent_event",
                            "correction", "absence", "record_value"}) {
    EXPECT_EQ(query(fmt::format("select count(*) from {} where voter_id = 2", table)), "0")
        << table;
  }
  const auto profile = registry_.profile(kBea);
  ASSERT_TRUE(profile) << "an old link still leads to the person";
  EXPECT_EQ(profile->summary.id, kAnn);
  EXPECT_EQ(profile->records.size(), 2U);

  moved_.clear();
  EXPECT_EQ(split(kAnn, {kBea}).value(), kBea);
  EXPECT_THAT(moved_, ElementsAre("2: 1 to 2"));
  EXPECT_EQ(rows(), before);
  EXPECT_EQ(digest(), digest_before);
}

TEST_F(PersonsTest, JoinsInOneGoAreAsOneAfterTheOther) {
  const auto of = [](VoterId stays, VoterId joins) {
    return Joining{.stays = stays,
                   .joins = joins,
                   .decided_by = "system",
                   .probability = 0.995F,
                   .bits = R"({"last_name": 7.5})"};
  };
  // A chain, the same twice, the other way round, and one by an id that has gone already.
  const auto joined =
      join({of(kBea, kAnn), of(kCal, kBea), of(kBea, kAnn), of(kAnn, kCal), of(kAnn, kDot)});
  ASSERT_TRUE(joined) << joined.error().text();
  EXPECT_EQ(*joined, 3);
  EXPECT_EQ(voters(), "3");
  EXPECT_EQ(
      query("select string_agg(home_id || ' ' || voter_id || ' ' || probability || bits, ', ' "
            "order by home_id) from link"),
      "1 3 0.995{\"last_name\": 7.5}, 2 3 0.995{\"last_name\": 7.5}, "
      "4 3 0.995{\"last_name\": 7.5}");
  EXPECT_EQ(query("select string_agg(kind || ' ' || subject || ' ' || payload, ';') from change"),
            R"(persons_joined voter:3 {"joined": [1, 2, 4]})");
  EXPECT_EQ(join(kAnn, kDot).value(), 0) << "one person already";
}

TEST_F(PersonsTest, IdsThatLeadNowhereAreRefusedAndNothingHasChanged) {
  const std::string before = rows();
  const auto missing =
      join({{.stays = kAnn, .joins = kBea, .decided_by = "system", .probability = {}, .bits = ""},
            {.stays = kCal,
             .joins = VoterId(77),
             .decided_by = "system",
             .probability = {},
             .bits = ""}});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  const auto itself = join(kAnn, kAnn);
  ASSERT_FALSE(itself);
  EXPECT_EQ(itself.error().code, ErrorCode::invalid);
  EXPECT_EQ(rows(), before);
}

TEST_F(PersonsTest, ASplitTellsWhoIsWho) {
  ASSERT_TRUE(join(kBea, kCal));
  ASSERT_TRUE(join(kAnn, kBea));
  const std::string together = rows();
  // Bea was the person of both before, and is it again.
  EXPECT_EQ(split(kAnn, {kCal, kBea}).value(), kBea);
  EXPECT_EQ(voters(), "1 2 4");
  EXPECT_EQ(person_of(*database_.connect(), kCal), kBea);
  ASSERT_TRUE(join(kAnn, kBea));
  EXPECT_EQ(rows(), together);
  // The person's own home: it keeps the id, the others are Bea again.
  EXPECT_EQ(split(kAnn, {kAnn}).value(), kAnn);
  EXPECT_EQ(person_of(*database_.connect(), kCal), kBea);
  EXPECT_EQ(query("select source from voter where voter_id = 1"), "nc");
  EXPECT_EQ(query("select count(*) from record_value where voter_id = 2"), "2");
  EXPECT_THAT(query("select string_agg(payload::text, ' ') from change where kind = 'person_split' "
                    "and subject = 'voter:1'"),
              HasSubstr(R"({"from": 1, "homes": [1], "split_off": 2})"));
}

TEST_F(PersonsTest, ASplitThatLeavesNobodyIsRefused) {
  ASSERT_TRUE(join(kAnn, kBea));
  for (const std::vector<VoterId>& homes :
       {std::vector<VoterId>{}, {kAnn, kBea}, {kCal}, {kBea, VoterId(77)}}) {
    const auto made = split(kAnn, homes);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::invalid);
  }
  const auto gone = split(kBea, {kBea});
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, ErrorCode::not_found);
}

TEST_F(PersonsTest, WhatIsSaidByAnOldIdIsSaidOfThePersonAndGoesWithTheIdentity) {
  ASSERT_TRUE(join(kAnn, kBea));
  ASSERT_TRUE(registry_.suppress({.number = {},
                                  .voter = kBea,
                                  .reason = SuppressionReason::do_not_call,
                                  .source = "paper",
                                  .actor = "person:1"}));
  Consent consent;
  consent.state = ConsentState::withdrawn;
  consent.source = "letter";
  consent.actor = "person:1";
  ASSERT_TRUE(registry_.record_consent(kBea, consent));
  ASSERT_TRUE(registry_.correct({kBea, {{"party", "GRE"}}, "person:1"}));
  ASSERT_TRUE(registry_.correct({kAnn, {{"city", "CARY"}}, "person:1"}));
  EXPECT_EQ(registry_.profile(kAnn)->suppressions.size(), 1U);
  EXPECT_EQ(registry_.consents(kBea).size(), 1U);
  EXPECT_EQ(registry_.history(kBea, 10).size(), 5U) << "joined, barred, consent, two corrections";
  EXPECT_EQ(query("select party || ' ' || city from voter where voter_id = 1"), "GRE CARY");
  ASSERT_TRUE(split(kAnn, {kBea}));
  EXPECT_EQ(query("select voter_id || coalesce(home_id || '', '-') from suppression"), "2-");
  EXPECT_EQ(query("select voter_id || state from consent"), "2withdrawn");
  EXPECT_EQ(query("select string_agg(party || ' ' || city, ', ' order by voter_id) from voter "
                  "where voter_id < 3"),
            "P1 CARY, GRE RALEIGH");
}

TEST_F(PersonsTest, WhoeverIsJoinedWhileAnImportReadsIsFollowedWhenItPublishes) {
  const auto publisher = database_.connect();
  const auto stage_vote = [](Stage& stage, VoterId voter, VoterId home) {
    CopyBuffer rows;
    append_vote({.voter = voter,
                 .home = home,
                 .election = 0,
                 .method = "mail",
                 .party = "",
                 .county = "WAKE",
                 .line = 2},
                rows);
    stage.write(rows.view());
  };
  ASSERT_TRUE(join(kCal, kDot));
  Stage stage(*publisher, Stage::What::votes);
  stage_vote(stage, kBea, kBea);
  stage_vote(stage, kCal, kDot);
  stage.finish();
  ASSERT_TRUE(join(kAnn, kBea));
  ASSERT_TRUE(split(kCal, {kDot}));
  pg::Transaction transaction(*publisher);
  lock_profiles(transaction);
  EXPECT_EQ(publish_votes(transaction, ImportId(9), {1}).changed, 2);
  transaction.commit();
  EXPECT_EQ(
      query("select string_agg(home_id || ' of ' || voter_id, ', ' order by home_id) from vote "
            "where import_id = 9 and method = 'mail'"),
      "2 of 1, 4 of 4");
}

TEST_F(PersonsTest, ChangedVotersAndScoresFollowToo) {
  const auto publisher = database_.connect();
  run("insert into import_run (layout, layout_version, kind, source, file_name, file_bytes, state, "
      "started_by, started_at) values ('l2', 1, 'voters', 'l2', 'f5', 1, 'published', 'system', "
      "now())");
  VoterRow row;
  row.source = "l2";
  row.external_id = "X2";
  row.status = "active";
  row.last_name = "MARRIED";
  row.first_name = "BEA";
  row.state = "NC";
  row.county = "WAKE";
  CopyBuffer body;
  encode_body(row, body);
  CopyBuffer changed;
  append_change({.voter = kBea, .home = kBea, .import = ImportId(5), .previous = ImportId(2)},
                body.view(), changed);
  Stage stage(*publisher, Stage::What::changed_voters);
  stage.write(changed.view());
  stage.finish();
  CopyBuffer scores;
  append_score({.voter = kBea,
                .home = kBea,
                .support = std::int16_t{77},
                .turnout = {},
                .persuadability = {},
                .other = "",
                .import = ImportId(5)},
               scores);
  ASSERT_TRUE(join(kCal, kBea));
  pg::Transaction transaction(*publisher);
  lock_profiles(transaction);
  begin_persons(transaction);
  apply_changed_voters(transaction);
  transaction.commit();
  pg::Transaction next(*publisher);
  lock_profiles(next);
  publish_scores(next, ImportId(5), {.has_part = false, .few = scores.view()});
  next.commit();
  EXPECT_EQ(query("select count(*) from voter where voter_id = 2"), "0");
  EXPECT_EQ(query("select last_name from record_value where voter_id = 3 and home_id = 2 "
                  "and import_id = 5"),
            "MARRIED");
  EXPECT_EQ(query("select last_name from voter where voter_id = 3"), "MARRIED") << "the newest";
  EXPECT_EQ(query("select support from voter_score where voter_id = 3"), "77");
  EXPECT_EQ(query("select voter_id from score_run where import_id = 5"), "3");
}

TEST_F(PersonsTest, EachIdentityAndEachValueSaysWhereItComesFrom) {
  const auto alone = registry_.identities(kAnn);
  ASSERT_TRUE(alone);
  ASSERT_EQ(alone->size(), 1U);
  EXPECT_EQ(alone->front().row.file_name, "f1");
  EXPECT_FALSE(alone->front().why);
  ASSERT_TRUE(join({{.stays = kAnn,
                     .joins = kBea,
                     .decided_by = "system",
                     .probability = 0.995F,
                     .bits = R"({"last_name": 7.5})"}}));
  ASSERT_TRUE(registry_.correct({kAnn, {{"city", "CARY"}}, "person:1"}));
  const auto both = registry_.identities(kBea);
  ASSERT_TRUE(both);
  ASSERT_EQ(both->size(), 2U);
  EXPECT_EQ(both->front().home, kAnn);
  EXPECT_EQ(both->back().home, kBea);
  EXPECT_EQ(both->back().source + both->back().external_id, "l2X2");
  EXPECT_EQ(both->back().row.line, 2);
  EXPECT_EQ(both->back().why->decided_by, "system");
  EXPECT_NEAR(*both->back().why->probability, 0.995, 1e-6);
  EXPECT_EQ(both->back().why->bits, R"({"last_name": 7.5})");

  const auto fields = registry_.fields(kAnn);
  ASSERT_TRUE(fields);
  const auto field = [&](std::string_view name) {
    return *std::ranges::find(*fields, name, &FieldShown::name);
  };
  EXPECT_EQ(field("street").value, "1 OAK");
  ASSERT_EQ(field("street").values.size(), 2U);
  EXPECT_EQ(field("street").values[field("street").place.value()].row.file_name, "f1");
  EXPECT_EQ(field("phone").values[field("phone").place.value()].home, kBea) << "the newest";
  EXPECT_EQ(field("city").value, "CARY");
  EXPECT_TRUE(field("city").correction);
  EXPECT_FALSE(field("city").place);
  EXPECT_FALSE(registry_.fields(VoterId(77)));
  run("update record_value set protected = true where home_id = 2");
  ASSERT_TRUE(registry_.correct({kAnn, {{"party", "GRE"}}, "person:1"}));
  for (const FieldShown& one : *registry_.fields(kAnn))
    EXPECT_NE(one.name, "street") << "of a protected person nothing leads to the door";
}

TEST_F(PersonsTest, AnotherPolicyWritesThePersonsOfSeveralRecordsAnew) {
  ASSERT_TRUE(join(kAnn, kBea));
  EXPECT_EQ(query("select street from voter where voter_id = 1"), "1 OAK");
  EXPECT_EQ(registry_.set_policy("address", Policy::newest_first, "person:1").value(), 1);
  EXPECT_EQ(query("select street || city || zip5 from voter where voter_id = 1"),
            "2 OAKRALEIGH27602");
  const auto policies = registry_.policies();
  const auto address = *std::ranges::find(policies, "address", &GroupPolicy::group);
  EXPECT_EQ(address.policy, Policy::newest_first);
  EXPECT_EQ(address.usual, Policy::official_first);
  EXPECT_EQ(registry_.set_policy("address", Policy::official_first, "person:1").value(), 1);
  EXPECT_EQ(query("select street from voter where voter_id = 1"), "1 OAK");
  EXPECT_FALSE(registry_.set_policy("shoes", Policy::official_first, "person:1"));
  EXPECT_EQ(query("select count(*) from change where kind = 'survivorship_changed'"), "2");
}

TEST_F(PersonsTest, WhatFollowsAPersonKeepsEveryColumn) {
  const auto connection = database_.connect();
  for (const pg::Statement& statement :
       {sql::kPersonsAbsencesMove, sql::kPersonsConsentsMove, sql::kPersonsCorrectionsMove,
        sql::kPersonsLinksMove, sql::kPersonsScoresMove, sql::kPersonsValuesMove,
        sql::kPersonsVotesMove}) {
    EXPECT_THAT(pg::testing::columns_not_moved(*connection, statement), ::testing::IsEmpty())
        << statement.name;
  }
}

TEST_F(PersonsTest, ManyAreNamedOnce) {
  constexpr int kMany = static_cast<int>(kJoinsNamedMax) + 1;
  std::vector<Joining> joins;
  std::string many;
  for (int i = 0; i < kMany; ++i) {
    many += fmt::format(
        "insert into voter (bucket, voter_id, import_id, source, external_id, status, protected, "
        "last_name, first_name, state, county) values ({0}, {1}, 1, 'nc', 'M{1}', 'active', false, "
        "'A', 'B', 'NC', 'WAKE');"
        "insert into source_record values (1, {0}, {1}, 'nc', 'M{1}', 2, {1}, 9);",
        bucket_of(VoterId(100 + i)), 100 + i);
    joins.push_back({.stays = kAnn,
                     .joins = VoterId(100 + i),
                     .decided_by = "system",
                     .probability = 1.0F,
                     .bits = ""});
  }
  run(many);
  EXPECT_EQ(join(joins).value(), kMany);
  EXPECT_EQ(voters(), "1 2 3 4");
  EXPECT_EQ(query("select string_agg(kind || ' ' || payload, ';') from change"),
            fmt::format(R"(persons_joined_many {{"joined": {}}})", kMany));
}

}  // namespace
}  // namespace hustings::registry
