// Profiles out of several records: versions, identities, corrections.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pg/testing/database.h"
#include "registry/profiles.h"
#include "registry/registry.h"
#include "registry/survivorship.h"

namespace hustings::registry {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// A version of an identity.
struct Version {
  std::int64_t home = 0;
  std::int64_t import = 0;
  std::string values;  ///< "party = 'DEM', phone = 19195550123"
};

class ProfileTest : public ::testing::Test {
 protected:
  ProfileTest()
      : clock_(*from_iso("2026-03-01T12:00:00Z")),
        log_(Log::to_nowhere()),
        registry_(database_.pool(), clock_, log_) {
    for (int i = 1; i <= 5; ++i) {
      run("insert into import_run (layout, layout_version, kind, source, file_name, file_bytes, "
          "state, started_by, started_at) values "
          "('nc', 1, 'voters', 'nc', 'f', 1, 'published', 'system', now())");
    }
    run("create table source_record_i1 partition of source_record for values in (1)");
  }

  void run(const std::string& sql) { database_.connect()->run_text(sql, "test"); }
  std::string query(const std::string& sql) {
    const auto connection = database_.connect();
    return std::string(connection->run_text(sql, "test").only().text(0));
  }
  std::string voter(const std::string& columns) {
    return query("select concat_ws(' ', " + columns + ") from voter where voter_id = 1");
  }
  /// Voter 1 as one record of the roll, import 1.
  void add_voter() {
    run(fmt::format(
        "insert into voter (bucket, voter_id, import_id, source, external_id, status, protected, "
        "last_name, first_name, state, county, street, city, zip5, phone, party) values "
        "({0}, 1, 1, 'nc', 'AA1', 'active', false, 'SMITH', 'ANN', 'NC', 'WAKE', '1 OAK', "
        "'RALEIGH', '27601', 19195550101, 'DEM');"
        "insert into phone (bucket, voter_id, number, import_id) values ({0}, 1, 19195550101, 1);"
        "insert into source_record values (1, {0}, 1, 'nc', 'AA1', 2, 1, 9)",
        bucket_of(VoterId(1))));
  }
  /// One more version, of this identity or of one that is linked to the voter.
  void add_version(const Version& version, const std::string& source = "nc") {
    {
      const auto connection = database_.connect();
      pg::Transaction transaction(*connection);
      write_out_record(transaction, VoterId(1));
      transaction.commit();
    }
    run(fmt::format(
        "insert into record_value (home_id, bucket, voter_id, import_id, source, external_id, "
        "status, protected, last_name, first_name, state, county) values "
        "({0}, {1}, 1, {2}, '{3}', 'X{0}', 'active', false, 'SMITH', 'ANN', 'NC', 'WAKE');"
        "update record_value set {4} where home_id = {0} and import_id = {2}",
        version.home, bucket_of(VoterId(1)), version.import, source, version.values));
    if (version.home != 1) {
      run(
          fmt::format("insert into link (bucket, home_id, home_bucket, voter_id, decided_by, at) "
                      "values ({}, {}, {}, 1, 'person:1', now()) on conflict do nothing",
                      bucket_of(VoterId(1)), version.home, bucket_of(VoterId(version.home))));
    }
    resolve();
  }
  void resolve() {
    const auto connection = database_.connect();
    pg::Transaction transaction(*connection);
    begin_persons(transaction);
    add_person(transaction, VoterId(1));
    resolve_profiles(transaction);
    transaction.commit();
  }
  std::string numbers() {
    return query(
        "select coalesce(string_agg(number % 1000 || '', ' ' order by number), '') "
        "from phone");
  }

  pg::testing::Database database_;
  ManualClock clock_;
  Log log_;
  Registry registry_;
};

TEST_F(ProfileTest, OfOneIdentityTheNewestVersionCountsAndItsBlanksClear) {
  add_voter();
  add_version({1, 2, "party = 'REP', phone = 19195550102"});
  EXPECT_EQ(voter("party, phone % 1000, coalesce(street, '-')"), "REP 102 -");
  EXPECT_EQ(numbers(), "101 102") << "older numbers are kept beside it";
  run("update import_run set blank_keeps = '{street,city,phone}' where import_id = 3");
  add_version({1, 3, "party = null"});
  EXPECT_EQ(voter("coalesce(party, '-'), phone % 1000, coalesce(city, '-')"), "- 102 -")
      << "a kept blank leaves what was visible, which the second version had cleared";
}

TEST_F(ProfileTest, BetweenIdentitiesAGroupOfFieldsComesFromOne) {
  add_voter();
  add_version({7, 2,
               "last_name = 'SMITH-JONES', street = '9 ELM', zip5 = '27709', party = 'GRE', "
               "email = 'a@example.org', phone = 19195550107, birth_year = 1970"},
              "l2");
  EXPECT_EQ(voter("last_name, street, city, zip5, party"), "SMITH 1 OAK RALEIGH 27601 DEM")
      << "the roll of the state before the vendor";
  EXPECT_EQ(voter("email, birth_year, phone % 1000"), "a@example.org 1970 107")
      << "what the roll does not know, and the newest number";
  EXPECT_EQ(numbers(), "101 107");
  EXPECT_EQ(voter("source, external_id"), "nc AA1");

  run("insert into survivorship values ('address', 'newest_first')");
  resolve();
  EXPECT_EQ(voter("street, coalesce(city, '-'), zip5, last_name"), "9 ELM - 27709 SMITH")
      << "never one's street in the other's city";
  const auto records = registry_.profile(VoterId(1))->records;
  EXPECT_EQ(records.size(), 1U);
}

TEST_F(ProfileTest, WhomOneSourceProtectsIsProtected) {
  add_voter();
  add_version({7, 2, "protected = true"}, "l2");
  EXPECT_EQ(voter("protected, coalesce(street, '-'), coalesce(city, '-'), coalesce(phone, 0)"),
            "t - - 0");
  EXPECT_EQ(numbers(), "");
  run("delete from record_value where home_id = 7");
  resolve();
  EXPECT_EQ(voter("protected, street, phone % 1000"), "f 1 OAK 101");
  EXPECT_EQ(numbers(), "101");
}

TEST_F(ProfileTest, ACorrectionWinsUntilItIsEnded) {
  add_voter();
  const auto first = registry_.correct({.voter = VoterId(1),
                                        .fields = {{"last_name", "de la Cruz"},
                                                   {"city", " Cary "},
                                                   {"party", std::nullopt},
                                                   {"phone", "(919) 555-0109"}},
                                        .actor = "person:3"});
  ASSERT_TRUE(first) << first.error().text();
  EXPECT_EQ(voter("last_name, city, coalesce(party, '-'), phone % 1000"), "DE LA CRUZ Cary - 109");
  EXPECT_EQ(numbers(), "101 109");
  add_version({1, 2, "last_name = 'JONES', party = 'REP', city = 'APEX'"});
  EXPECT_EQ(voter("last_name, city"), "DE LA CRUZ Cary") << "a later file does not win over it";
  const auto second =
      registry_.correct({.voter = VoterId(1), .fields = {{"city", "DURHAM"}}, .actor = "person:4"});
  EXPECT_EQ(voter("city"), "DURHAM");
  EXPECT_EQ(registry_.profile(VoterId(1))->corrections.size(), 2U);
  EXPECT_EQ(registry_.history(VoterId(1), 5).at(0).kind, ChangeKind::voter_corrected);
  EXPECT_THAT(registry_.history(VoterId(1), 5).at(0).payload, HasSubstr(R"(["city"])"));

  ASSERT_TRUE(registry_.end_correction(*second, "person:4"));
  EXPECT_EQ(voter("city"), "Cary");
  ASSERT_TRUE(registry_.end_correction(*first, "person:4"));
  EXPECT_EQ(voter("last_name, city, party"), "JONES APEX REP");
  EXPECT_EQ(numbers(), "101");
  EXPECT_EQ(registry_.end_correction(*first, "person:4").error().code, ErrorCode::not_found);
}

TEST_F(ProfileTest, ACorrectedBirthDateCorrectsTheYearThatAgesAreReckonedBy) {
  add_voter();
  const auto correct = [&](Correction correction) {
    correction.voter = VoterId(1);
    correction.actor = "person:3";
    ASSERT_TRUE(registry_.correct(correction));
  };
  correct({.voter = {}, .fields = {{"birth_date", "1971-02-28"}}, .actor = ""});
  EXPECT_EQ(voter("birth_date, birth_year, birth_month"), "1971-02-28 1971 2");
  correct(
      {.voter = {}, .fields = {{"birth_date", std::nullopt}, {"birth_year", "1972"}}, .actor = ""});
  EXPECT_EQ(voter("coalesce(birth_date::text, '-'), birth_year, birth_month"), "- 1972 2");
}

TEST_F(ProfileTest, ACorrectedAddressMovesTheHousehold) {
  add_voter();
  ASSERT_TRUE(registry_.correct(
      {.voter = VoterId(1), .fields = {{"street", "5 ASH"}}, .actor = "person:3"}));
  const std::string moved = voter("household_id");
  EXPECT_NE(moved, "");
  ASSERT_TRUE(
      registry_.correct({.voter = VoterId(1), .fields = {{"zip5", "27513"}}, .actor = "person:3"}));
  EXPECT_NE(voter("household_id"), moved);
  ASSERT_TRUE(registry_.correct(
      {.voter = VoterId(1), .fields = {{"street", std::nullopt}}, .actor = "person:3"}));
  EXPECT_EQ(voter("household_id"), "");
}

TEST_F(ProfileTest, OfAProtectedVoterACorrectionBringsNoAddressBack) {
  add_voter();
  ASSERT_TRUE(registry_.correct({.voter = VoterId(1),
                                 .fields = {{"protected", "true"}, {"street", "5 ASH"}},
                                 .actor = "person:3"}));
  EXPECT_EQ(voter("protected, coalesce(street, '-')"), "t -");
  EXPECT_EQ(numbers(), "");
}

TEST_F(ProfileTest, WhatCannotBeCorrectedIsRefused) {
  add_voter();
  const auto where = [&](const std::string& name, const std::optional<std::string>& value) {
    const auto asked =
        registry_.correct({.voter = VoterId(1), .fields = {{name, value}}, .actor = "person:3"});
    return asked ? "taken" : asked.error().where;
  };
  EXPECT_EQ(where("external_id", "AA2"), "external_id");
  EXPECT_EQ(where("voter_id", "2"), "voter_id");
  EXPECT_EQ(where("last_name", std::nullopt), "last_name");
  EXPECT_EQ(where("status", "asleep"), "status");
  EXPECT_EQ(where("status", "removed"), "taken");
  EXPECT_EQ(where("birth_date", "1970-02-30"), "birth_date");
  EXPECT_EQ(where("birth_date", "1970-02-28"), "taken");
  EXPECT_EQ(where("birth_month", "13"), "birth_month");
  EXPECT_EQ(where("birth_year", "19"), "birth_year");
  EXPECT_EQ(where("phone", "12"), "phone");
  EXPECT_EQ(where("protected", "false"), "protected");
  EXPECT_EQ(where("city", std::string(2000, 'x')), "city");
  EXPECT_EQ(where("zip5", "27601-1234"), "zip5");
  EXPECT_EQ(where("zip4", "123"), "zip4");
  EXPECT_EQ(where("state", "North Carolina"), "state");
  EXPECT_EQ(where("email", "ann at example"), "email");
  EXPECT_EQ(where("email", "none@none.com"), "email");
  EXPECT_EQ(registry_.correct({.voter = VoterId(9), .fields = {{"city", "X"}}, .actor = "a"})
                .error()
                .code,
            ErrorCode::not_found);
  EXPECT_EQ(registry_.correct({.voter = VoterId(1), .fields = {}, .actor = "a"}).error().where,
            "fields");
}

TEST_F(ProfileTest, OfAProtectedVoterNoCorrectionAndNoBarLeadsToTheDoor) {
  add_voter();
  const std::pair<std::string, std::string> street("street", "9 HIDDEN LN");
  const std::pair<std::string, std::string> party("party", "REP");
  ASSERT_TRUE(
      registry_.correct({.voter = VoterId(1), .fields = {street, party}, .actor = "person:3"}));
  ASSERT_TRUE(registry_.correct({.voter = VoterId(1), .fields = {street}, .actor = "person:3"}));
  ASSERT_TRUE(registry_.suppress({.number = 19195550177,
                                  .voter = VoterId(1),
                                  .reason = SuppressionReason::do_not_call,
                                  .source = "call",
                                  .actor = "person:3"}));
  EXPECT_EQ(registry_.profile(VoterId(1))->corrections.size(), 2U);
  EXPECT_EQ(registry_.profile(VoterId(1))->suppressions.at(0).number, 19195550177);
  ASSERT_TRUE(registry_.correct(
      {.voter = VoterId(1), .fields = {{"protected", "true"}}, .actor = "person:3"}));
  const auto profile = registry_.profile(VoterId(1)).value();
  ASSERT_EQ(profile.corrections.size(), 2U) << "that of the street alone is left out";
  for (const CorrectionShown& one : profile.corrections)
    EXPECT_THAT(one.fields, Not(AnyOf(HasSubstr("HIDDEN"), HasSubstr("household"))));
  EXPECT_EQ(profile.suppressions.at(0).number, std::nullopt);
}

TEST_F(ProfileTest, ACorrectedValueIsKeptAsFilesBringIt) {
  add_voter();
  ASSERT_TRUE(registry_.correct(
      {.voter = VoterId(1),
       .fields = {{"email", " <Ann@Oakmail.ORG> "}, {"state", "nc"}, {"street", " 1 Oak St "}},
       .actor = "person:3"}));
  EXPECT_EQ(voter("email, state, street"), "ann@oakmail.org NC 1 Oak St");
}

TEST_F(ProfileTest, EveryFieldOfTheTableIsAColumnOfVoter) {
  for (const ProfileField& field : kProfileFields) {
    EXPECT_EQ(query(fmt::format("select count(*) from information_schema.columns where "
                                "table_schema = current_schema() and table_name = 'voter' and "
                                "column_name = '{}'",
                                field.name)),
              "1")
        << field.name;
  }
}

}  // namespace
}  // namespace hustings::registry
