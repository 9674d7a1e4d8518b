#include "registry/registry.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pg/testing/database.h"
#include "registry/bulk_writer.h"
#include "registry/household.h"
#include "registry/name_dictionary.h"
#include "registry/voter_row.h"

namespace hustings::registry {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct TestVoter {
  std::string last;
  std::string first;
  std::string id;
  std::string county = "WAKE";
  PhoneNumber phone = 0;
  std::int64_t household = 0;
  bool is_protected = false;
};

class RegistryTest : public ::testing::Test {
 protected:
  RegistryTest()
      : clock_(*from_iso("2026-03-01T12:00:00Z")),
        log_(Log::to_nowhere()),
        registry_(database_.pool(), clock_, log_) {}

  std::vector<VoterId> add(const std::vector<TestVoter>& voters) {
    const auto connection = database_.connect();
    pg::Transaction transaction(*connection);
    const auto ids = single_voter_ids(*connection, std::ssize(voters));
    CopyBuffer rows;
    CopyBuffer phones;
    std::vector<VoterId> out;
    for (std::size_t i = 0; i < voters.size(); ++i) {
      const TestVoter& voter = voters[i];
      const VoterId id(ids[i]);
      CopyBuffer body;
      encode_body({.source = "nc",
                   .external_id = voter.id,
                   .status = "active",
                   .is_protected = voter.is_protected,
                   .last_name = voter.last,
                   .first_name = voter.first,
                   .birth_year = 1970,
                   .state = "NC",
                   .county = voter.county,
                   .street = "1 OAK ST",
                   .city = "RALEIGH",
                   .household = voter.household,
                   .phone = voter.phone,
                   .precinct = "01-01",
                   .congressional_district = "02",
                   .districts = R"({"fire":"7"})"},
                  body);
      append_voter({id, ImportId(1)}, body.view(), rows);
      if (voter.phone != 0) append_phone({id, voter.phone, ImportId(1)}, phones);
      out.push_back(id);
    }
    insert_voters(transaction, rows.view(), phones.view());
    transaction.commit();
    return out;
  }
  std::vector<std::string> found(const std::string& text, const std::string& county = "") {
    std::vector<std::string> out;
    for (const VoterSummary& voter :
         registry_.search({.text = text, .county = county}).value().items) {
      out.push_back(full_name(voter));
    }
    return out;
  }
  void run(const std::string& sql) { database_.connect()->run_text(sql, "test"); }

  pg::testing::Database database_;
  ManualClock clock_;
  Log log_;
  Registry registry_;
};

TEST_F(RegistryTest, SearchTakesNamesNumbersAndIds) {
  const auto ids = add({{"SMITH", "JOHN", "AA1", "WAKE", 19195550123},
                        {"SMITHSON", "JANE", "AA2"},
                        {"SMITH", "ANN", "BB3", "DURHAM"},
                        {"DE LA CRUZ", "JOHN", "BB4"},
                        {"NUÑEZ", "PAZ", "BB5"}});
  EXPECT_THAT(found("smith"), ElementsAre("Ann Smith", "John Smith", "Jane Smithson"));
  EXPECT_THAT(found("smith, j"), ElementsAre("John Smith", "Jane Smithson"));
  EXPECT_THAT(found("john smith"), ElementsAre("John Smith"));
  EXPECT_THAT(found("smith john"), ElementsAre("John Smith"));
  EXPECT_THAT(found("de la cruz"), ElementsAre("John De La Cruz"));
  EXPECT_THAT(found("nuñ"), ElementsAre("Paz Nuñez"));
  EXPECT_THAT(found("(919) 555-0123"), ElementsAre("John Smith"));
  EXPECT_THAT(found("bb3"), ElementsAre("Ann Smith"));
  EXPECT_THAT(found(ids[1].text()), ElementsAre("Jane Smithson"));
  EXPECT_THAT(found("smith", "Durham"), ElementsAre("Ann Smith"));
  EXPECT_THAT(found("zzz"), ElementsAre());
  EXPECT_EQ(found("").size(), 5U);
}

TEST_F(RegistryTest, AnEmailAddressIsNoNumberWhateverDigitsItHas) {
  add({{"SMITH", "JOHN", "AA1", "WAKE", 19195550123}, {"DOE", "JANE", "AA2"}});
  run("update voter set email = 'v9195550123@mail.internal' where external_id = 'AA2'");
  EXPECT_THAT(found("V9195550123@mail.internal"), ElementsAre("Jane Doe"));
  EXPECT_THAT(found("9195550123@mail.internal"), ElementsAre());
  EXPECT_THAT(found("919-555-0123"), ElementsAre("John Smith"));
}

TEST_F(RegistryTest, SearchReadsNumbersAsTheyAreDialledAtHome) {
  add({{"SMITH", "JOHN", "123456789", "WAKE", 442079460958}});
  EXPECT_EQ(registry_.home_country(), "US");
  EXPECT_THAT(found("020 7946 0958"), ElementsAre());
  EXPECT_THAT(found("+44 20 7946 0958"), ElementsAre("John Smith"));
  run("insert into calling_choice values (1, 'uk', true, 'person:1', now())");
  EXPECT_EQ(registry_.home_country(), "GB");
  EXPECT_THAT(found("020 7946 0958"), ElementsAre("John Smith"));
  run("update calling_choice set country = 'de'");
  EXPECT_EQ(registry_.home_country(), "DE");
  EXPECT_THAT(found("123456789"), ElementsAre("John Smith")) << "an id, though a number too";
}

TEST_F(RegistryTest, SearchForgivesTypos) {
  add({{"SMITH", "JOHN", "AA1"},
       {"SMYTHE", "JOAN", "AA2"},
       {"LEE", "JON", "AA3", "DURHAM"},
       {"LI", "JO", "AA4"},
       {"WASHINGTON", "DENZEL", "AA5"},
       {"KOWALCZYK", "EWA", "AA6"}});
  refresh_search_words(*database_.connect());
  EXPECT_THAT(found("smiht john"), ElementsAre("John Smith")) << "two letters swapped";
  EXPECT_THAT(found("jhon smith"), ElementsAre("John Smith"));
  EXPECT_THAT(found("washingtan"), ElementsAre("Denzel Washington"));
  EXPECT_THAT(found("kowalchik"), ElementsAre("Ewa Kowalczyk"));
  EXPECT_THAT(found("john lee"), ElementsAre("Jon Lee"));
  EXPECT_THAT(found("john lee", "Wake"), ElementsAre());
  EXPECT_THAT(found("smythh"), ElementsAre("Joan Smythe", "John Smith")) << "the nearest first";
  EXPECT_THAT(found("zzzzzz"), ElementsAre());
  EXPECT_TRUE(registry_.search({.text = "smythh"})->is_similar);
  EXPECT_FALSE(registry_.search({.text = "smith"})->is_similar);
  add({{"NEWMAN", "PAUL", "AA7"}});
  EXPECT_THAT(found("newmann"), ElementsAre());
  refresh_search_words(*database_.connect());
  EXPECT_THAT(found("newmann"), ElementsAre("Paul Newman")) << "once the words are refreshed";
}

TEST_F(RegistryTest, SearchFindsWhoLivesAtAnAddress) {
  const auto home = household_id({.state = "NC", .zip5 = "27601", .street = "1 OAK ST"});
  const auto ids = add({{"SMITH", "JOHN", "AA1", "WAKE", 0, home},
                        {"SMITH", "ANN", "AA2", "WAKE", 0, home},
                        {"DOE", "JANE", "AA3", "WAKE", 0, home, true},
                        {"LEE", "JON", "AA4", "WAKE", 0, home + 1}});
  run("update voter set zip5 = '27601' where voter_id <> " + std::to_string(ids[3].value()));
  run("update voter set zip5 = '27602' where voter_id = " + std::to_string(ids[3].value()));
  refresh_search_words(*database_.connect());
  for (const char* typed : {"1 Oak St", "1  oak st, Raleigh 27601", "1 OAK ST 27601"}) {
    EXPECT_THAT(found(typed), ElementsAre("Ann Smith", "John Smith")) << typed;
  }
  EXPECT_THAT(found("1 Oak St 27602"), ElementsAre());
  EXPECT_THAT(found("1 Oak St", "Durham"), ElementsAre());
  EXPECT_THAT(found("1"), ElementsAre());
}

TEST_F(RegistryTest, PagesGoOnWhereTheLastOneEnded) {
  std::vector<TestVoter> voters;
  for (int i = 0; i < 25; ++i) {
    voters.push_back({i % 5 == 0 ? "SMITH" : fmt::format("SMITH{}", static_cast<char>('A' + i % 4)),
                      i % 3 == 0 ? "ANN" : "BOB", fmt::format("AA{}", i)});
  }
  add(voters);
  std::vector<std::int64_t> seen;
  std::string cursor;
  int pages = 0;
  do {
    const auto page = registry_.search({.text = "smith", .cursor = cursor, .limit = 7});
    ASSERT_TRUE(page);
    for (const VoterSummary& voter : page->items)
      seen.push_back(voter.id.value());
    cursor = page->next.value_or("");
    ++pages;
  } while (!cursor.empty());
  EXPECT_EQ(pages, 4);
  EXPECT_EQ(seen.size(), 25U);
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
  EXPECT_EQ(registry_.search({.text = "", .cursor = "zz"}).error().where, "cursor");
  EXPECT_EQ(registry_.search({.text = "", .limit = 0}).error().where, "limit");
}

TEST_F(RegistryTest, AProfileHoldsEverything) {
  const auto ids = add({{"SMITH", "JOHN", "AA1", "WAKE", 19195550123, 77},
                        {"SMITH", "JANE", "AA2", "WAKE", 0, 77},
                        {"SMITH", "SECRET", "AA3", "WAKE", 0, 77, true}});
  const auto bucket = bucket_of(ids[0]);
  run(fmt::format(
      "insert into voter_score values ({0}, {1}, 1, 70, 55, 20);"
      "insert into election (state, held_on, kind, name) values ('NC', '2022-11-08', 'general', "
      "'G');"
      "insert into vote (bucket, voter_id, election_id, home_id, import_id, method, party, county) "
      "select {0}, {1}, election_id, {1}, 1, 'early', 'DEM', 'WAKE' from election;"
      "create table source_record_i1 partition of source_record for values in (1);"
      "insert into source_record values (1, {0}, 1, 'nc', 'AA1', 2, {1}, 9)",
      bucket, ids[0].value()));
  const auto profile = registry_.profile(ids[0]);
  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->summary.last_name, "SMITH");
  EXPECT_EQ(profile->street, "1 OAK ST");
  EXPECT_EQ(profile->scores->support, 70);
  ASSERT_EQ(profile->phones.size(), 1U);
  EXPECT_EQ(profile->phones[0].number, 19195550123);
  ASSERT_EQ(profile->household.size(), 1U) << "protected voters are not named";
  EXPECT_EQ(profile->household[0].name, "Jane Smith");
  ASSERT_EQ(profile->votes.size(), 1U);
  EXPECT_EQ(profile->votes[0].held_on, "2022-11-08");
  ASSERT_EQ(profile->records.size(), 1U);
  EXPECT_EQ(profile->records[0].line, 2);
  EXPECT_THAT(profile->districts,
              ElementsAre(std::pair("congressional", "02"), std::pair("fire", "7")));
  EXPECT_EQ(registry_.profile(VoterId(99)).error().code, ErrorCode::not_found);
}

TEST_F(RegistryTest, NothingThatLeadsToAProtectedVotersDoorIsShown) {
  const auto ids = add({{"DOE", "JANE", "AA1", "WAKE", 19195550123, 77, true},
                        {"DOE", "JIM", "AA2", "WAKE", 0, 77}});
  const auto profile = registry_.profile(ids[0]);
  ASSERT_TRUE(profile);
  EXPECT_FALSE(profile->street || profile->summary.city || profile->zip5 || profile->mail_address);
  EXPECT_FALSE(profile->precinct || profile->municipality);
  EXPECT_TRUE(profile->phones.empty() && profile->household.empty() && profile->districts.empty());
  EXPECT_FALSE(profile->summary.phone_present);
  EXPECT_THAT(found("919 555 0123"), ElementsAre());
  EXPECT_FALSE(registry_.search({.text = "doe, jane"})->items.at(0).city);
}

/// Writes down what it is told.
class Listener final : public SuppressionListener {
 public:
  void on_suppressed(pg::Transaction&, std::optional<PhoneNumber> number, std::optional<VoterId>,
                     SuppressionReason reason) override {
    told.push_back(fmt::format("+{} {}", number.value_or(0), to_string(reason)));
  }
  void on_numbers_suppressed(pg::Transaction&, std::span<const PhoneNumber> numbers,
                             SuppressionReason reason) override {
    for (const PhoneNumber number : numbers)
      told.push_back(fmt::format("+{} {}", number, to_string(reason)));
  }
  void on_voters_suppressed(pg::Transaction&, std::span<const VoterId>,
                            SuppressionReason) override {}
  void on_ended(pg::Transaction&, std::optional<PhoneNumber> number, std::optional<VoterId>,
                SuppressionReason reason) override {
    told.push_back(fmt::format("-{} {}", number.value_or(0), to_string(reason)));
  }
  void on_consent_given(pg::Transaction&, VoterId) override {}
  std::vector<std::string> told;
};

TEST_F(RegistryTest, ASuppressionActsOnTheNumberWhoeverHasIt) {
  const auto ids = add({{"SMITH", "JOHN", "AA1", "WAKE", 19195550123},
                        {"SMITH", "JANE", "AA2", "WAKE", 19195550123}});
  Listener listener;
  registry_.set_suppression_listener(&listener);
  const Suppression wish{.number = 19195550123,
                         .reason = SuppressionReason::do_not_call,
                         .source = "call",
                         .actor = "person:3"};
  const auto added = registry_.suppress(wish);
  ASSERT_TRUE(added);
  EXPECT_EQ(registry_.suppress(wish)->id, added->id) << "the same bar is not added twice";
  EXPECT_THAT(listener.told, ElementsAre("+19195550123 do_not_call"));
  {
    const auto connection = database_.connect();
    pg::Transaction transaction(*connection);
    EXPECT_EQ(registry_.reason_for(transaction, 19195550123, ids[1]),
              SuppressionReason::do_not_call);
    EXPECT_EQ(registry_.reason_for(transaction, 19195550124, ids[1]), std::nullopt);
    const auto entries = feed::read(*connection, 0, 10);
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].subject, "number:19195550123");
    EXPECT_THAT(entries[0].payload, HasSubstr(std::to_string(ids[0].value())));
    EXPECT_THAT(entries[0].payload, HasSubstr(std::to_string(ids[1].value())));
  }
  EXPECT_EQ(registry_.profile(ids[0])->phones.at(0).suppressed, SuppressionReason::do_not_call);
  EXPECT_EQ(registry_.profile(ids[0])->suppressions.size(), 1U);

  ASSERT_TRUE(registry_.end_suppression(added->id, "person:4"));
  EXPECT_THAT(listener.told, ElementsAre("+19195550123 do_not_call", "-19195550123 do_not_call"));
  EXPECT_FALSE(registry_.end_suppression(added->id, "person:4")) << "it has ended";
  EXPECT_EQ(registry_.profile(ids[0])->phones.at(0).suppressed, std::nullopt);
  EXPECT_TRUE(registry_.profile(ids[0])->suppressions.at(0).ended_at) << "and stays on record";
}

TEST_F(RegistryTest, AWrongNumberIsWrongForEverybody) {
  const auto ids =
      add({{"A", "A", "AA1", "WAKE", 19195550123}, {"B", "B", "AA2", "WAKE", 19195550123}});
  const auto added = registry_.suppress({.number = 19195550123,
                                         .reason = SuppressionReason::wrong_number,
                                         .source = "call",
                                         .actor = "person:3"});
  EXPECT_EQ(registry_.profile(ids[1])->phones.at(0).status, "wrong");
  ASSERT_TRUE(registry_.end_suppression(added->id, "person:3"));
  EXPECT_EQ(registry_.profile(ids[1])->phones.at(0).status, "unknown");
}

TEST_F(RegistryTest, SuppressionsOfAVoter) {
  const auto ids =
      add({{"A", "A", "AA1", "WAKE", 19195550123}, {"P", "P", "AA2", "WAKE", 0, 0, true}});
  const auto added = registry_.suppress(
      {.voter = ids[0], .reason = SuppressionReason::moved, .source = "call", .actor = "system"});
  ASSERT_TRUE(added);
  const auto connection = database_.connect();
  pg::Transaction transaction(*connection);
  EXPECT_EQ(registry_.reason_for(transaction, 1, ids[0]), SuppressionReason::moved);
  EXPECT_EQ(registry_.reason_for(transaction, 1, ids[1]), SuppressionReason::protected_by_law);
  EXPECT_EQ(registry_.history(ids[0], 10).at(0).kind, ChangeKind::suppression_added);
}

TEST_F(RegistryTest, AVotersHistoryHasTheChangesOfTheirNumbers) {
  const auto ids =
      add({{"A", "A", "AA1", "WAKE", 19195550123}, {"B", "B", "AA2", "WAKE", 19195550124}});
  const auto of_number = registry_.suppress({.number = 19195550123,
                                             .reason = SuppressionReason::do_not_call,
                                             .source = "staff",
                                             .actor = "person:3"});
  ASSERT_TRUE(registry_.suppress({.voter = ids[0],
                                  .reason = SuppressionReason::moved,
                                  .source = "call",
                                  .actor = "person:4"}));
  ASSERT_TRUE(registry_.end_suppression(of_number->id, "person:5"));
  std::vector<std::string> found;
  for (const feed::Entry& entry : registry_.history(ids[0], 10)) {
    found.push_back(entry.subject + ' ' + entry.actor);
  }
  const std::string voter = feed::subject_of("voter", ids[0]);
  EXPECT_THAT(found, ElementsAre("number:19195550123 person:5", voter + " person:4",
                                 "number:19195550123 person:3"));
  EXPECT_EQ(registry_.history(ids[0], 2).size(), 2U);
  EXPECT_TRUE(registry_.history(ids[1], 10).empty()) << "another voter, another number";
}

TEST_F(RegistryTest, WhatMakesNoSenseIsRefused) {
  const auto where = [&](const Suppression& suppression) {
    const auto added = registry_.suppress(suppression);
    return added ? "taken" : added.error().where;
  };
  using Reason = SuppressionReason;
  EXPECT_EQ(where({.reason = Reason::do_not_call, .source = "s", .actor = "a"}), "number");
  EXPECT_EQ(where({.number = 19195550123, .reason = Reason::deceased, .source = "s", .actor = "a"}),
            "voter");
  EXPECT_EQ(
      where({.voter = VoterId(1), .reason = Reason::wrong_number, .source = "s", .actor = "a"}),
      "number");
  EXPECT_EQ(
      where(
          {.number = 19195550123, .reason = Reason::protected_by_law, .source = "s", .actor = "a"}),
      "reason");
  EXPECT_EQ(
      where({.number = 19195550123, .reason = Reason::do_not_call, .source = "", .actor = "a"}),
      "source");
  EXPECT_EQ(where({.voter = VoterId(1), .reason = Reason::moved, .source = "s", .actor = "a"}),
            "voter");
}

}  // namespace
}  // namespace hustings::registry
