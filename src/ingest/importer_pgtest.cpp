#include "ingest/importer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feed/feed.h"
#include "ingest/testing/import_fixture.h"

namespace hustings::ingest {
namespace {

using ::testing::HasSubstr;
using testing::ImportTest;
using testing::nc_file;
using testing::nc_header;
using testing::nc_line;
using testing::NcRow;

std::vector<NcRow> many(int count) {
  std::vector<NcRow> rows;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(100000 + i);
    rows.push_back({{"ncid", "AA" + number},
                    {"last_name", "NAME" + std::to_string(i % 100)},
                    {"res_street_address", std::to_string(i / 3) + " OAK ST"},
                    {"full_phone_number", i % 2 == 0 ? "919555" + number.substr(2) : ""}});
  }
  return rows;
}

TEST_F(ImportTest, NumbersAreReadAsTheyAreDialledInTheCampaignsCountry) {
  const auto choose = [&](const std::string& country) {
    database_.connect()->run_text("insert into calling_choice values (1, '" + country +
                                      "', true, 'person:1', now())"
                                      " on conflict (one) do update set country = excluded.country",
                                  "test");
  };
  const auto number_of = [&](const std::string& id, const std::string& written) {
    const Import import = import_text(nc_file({{{"ncid", id}, {"full_phone_number", written}}}));
    EXPECT_EQ(import.state, ImportState::published) << import.error.value_or("");
    return query("select coalesce(phone, 0) from voter where external_id = '" + id + "'");
  };
  EXPECT_EQ(number_of("AA0", "020 7946 0958"), "0") << "nobody has chosen a country: US";
  choose("uk");
  EXPECT_EQ(number_of("AA1", "020 7946 0958"), "442079460958");
  EXPECT_EQ(number_of("AA2", "07400 123456 (mobile)"), "447400123456");
  EXPECT_EQ(number_of("AA3", "+49 151 23456789"), "4915123456789");
  choose("de");
  EXPECT_EQ(number_of("AA4", "0151 23456789"), "4915123456789");
  EXPECT_EQ(number_of("AA5", "030/123456"), "4930123456");
  EXPECT_EQ(number_of("AA6", "030 1234567890123"), "0") << "too long";
  choose("at");
  EXPECT_EQ(number_of("AA7", "0664 1234567"), "436641234567");
  choose("ch");
  EXPECT_EQ(number_of("AA8", "044 668 18 00"), "41446681800");
  EXPECT_EQ(query("select count(*) from phone"), "7");
}

TEST_F(ImportTest, AFileBecomesVoters) {
  const Import import = import_text(nc_file({{{"ncid", "AA1"}, {"full_phone_number", "9195550123"}},
                                             {{"ncid", "AA2"}, {"first_name", "JANE"}}}));
  EXPECT_EQ(import.error.value_or(""), "");
  EXPECT_EQ(import.state, ImportState::published);
  EXPECT_EQ(counts(import), "2 0 0 0");
  EXPECT_EQ(query("select first_name || ' ' || phone from voter where external_id = 'AA1'"),
            "JOHN 19195550123");
  EXPECT_EQ(query("select count(distinct household_id) from voter"), "1");
  EXPECT_EQ(query("select max(voter_id) < 4294967296 from voter"), "t");
  EXPECT_EQ(query("select number || status from phone"), "19195550123unknown");
  EXPECT_EQ(query("select districts->>'fire' from voter where external_id = 'AA2'"), "7");
  EXPECT_EQ(query("select registered_on from voter where external_id = 'AA2'"), "2012-10-02");
  EXPECT_EQ(query("select bool_and(bucket between 0 and 4095) from voter"), "t");
}

TEST_F(ImportTest, ManyVotersBecomeAPartitionOfTheirOwn) {
  const Import first = import_text(nc_file(many(25'000)));
  EXPECT_EQ(first.error.value_or(""), "");
  EXPECT_EQ(counts(first), "25000 0 0 0");
  EXPECT_EQ(query("select min(voter_id) || ' ' || max(voter_id) from voter"),
            "4294967296 4294992295");
  EXPECT_EQ(query("select count(*) from phone"), "12500");
  EXPECT_EQ(query("select count(*) from source_record"), "25000");
  EXPECT_EQ(query("select count(*) from pg_inherits where inhparent = 'voter'::regclass"), "2");

  auto rows = many(50'000);
  rows[7]["last_name"] = "OTHER";
  rows[8]["full_phone_number"] = "9195557777";
  const Import second = import_text(nc_file(rows));
  EXPECT_EQ(second.error.value_or(""), "");
  EXPECT_EQ(counts(second), "25000 2 24998 0");
  EXPECT_EQ(query("select max(voter_id) from voter"), "4295017295");
  EXPECT_EQ(query("select last_name from voter where external_id = 'AA100007'"), "OTHER");
  EXPECT_EQ(query("select phone from voter where external_id = 'AA100008'"), "19195557777");
  EXPECT_EQ(query("select count(*) from phone p join voter v using (bucket, voter_id) "
                  "where v.external_id = 'AA100008'"),
            "2")
      << "the older number is kept beside it";
  EXPECT_EQ(query("select count(*) from (select record_id from source_record group by 1 "
                  "having count(*) > 1) d"),
            "0");
}

TEST_F(ImportTest, TheSameFileAgainIsNotImportedTwice) {
  const auto file = write(nc_file({{{"ncid", "AA1"}}}));
  const Import first = import_file(file);
  const auto again = importer_.start({.file = file, .layout = "nc"});
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->is_repeat);
  EXPECT_EQ(again->id, first.id);
  EXPECT_EQ(query("select count(*) from import_run"), "1");
}

TEST_F(ImportTest, TheFeedSaysThatAnImportWasPublished) {
  const Import import = import_text(nc_file({{{"ncid", "AA1"}}}));
  const auto connection = database_.connect();
  const auto entries = feed::history(*connection, feed::subject_of("import", import.id), 10);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].kind, ChangeKind::import_published);
  EXPECT_EQ(entries[0].actor, "person:1");
  EXPECT_THAT(entries[0].payload, HasSubstr(R"("rows": 1)"));
}

TEST_F(ImportTest, EveryLineCanBeReadAgainAsItWasReceived) {
  const std::string line = nc_line({{"ncid", "AA2"}, {"last_name", "  DE  LA CRUZ "}});
  const Import import = import_text(nc_header() + nc_line({{"ncid", "AA1"}}) + line);
  EXPECT_EQ(importer_.raw_line(import.id, 3).value_or("") + '\n', line);
  EXPECT_EQ(importer_.raw_line(import.id, 9), std::nullopt);
  EXPECT_EQ(query("select line from source_record where external_id = 'AA2'"), "3");
}

TEST_F(ImportTest, RejectsNameLineColumnReasonAndText) {
  std::string file = nc_header();
  for (int i = 0; i < 60; ++i)
    file += nc_line({{"ncid", "AA" + std::to_string(i)}});
  const auto offset = static_cast<std::int64_t>(file.size());
  const std::string bad = nc_line({{"ncid", "AA99"}, {"registr_dt", "13/45/2020"}});
  file += bad + nc_line({{"ncid", "AA7"}});
  const Import import = import_text(file);
  EXPECT_EQ(counts(import), "60 0 0 2");
  const auto rejects = importer_.rejects(import.id, 0, 10);
  ASSERT_EQ(rejects.size(), 2U);
  EXPECT_EQ(rejects[0].line, 62);
  EXPECT_EQ(rejects[0].byte_offset, offset);
  EXPECT_EQ(rejects[0].column, "registr_dt");
  EXPECT_EQ(rejects[0].reason, "'13/45/2020' is no date of the form MM/DD/YYYY or YYYY-MM-DD.");
  EXPECT_EQ(rejects[0].raw + '\n', bad);
  EXPECT_EQ(rejects[1].reason, "The same id as line 9.");
  EXPECT_EQ(rejects[1].raw + '\n', nc_line({{"ncid", "AA7"}}));
  EXPECT_EQ(importer_.rejects(import.id, 62, 10).size(), 1U);
}

TEST_F(ImportTest, TooManyRejectsChangeNothing) {
  std::string file = nc_header();
  for (int i = 0; i < 500; ++i)
    file += nc_line({{"ncid", "AA" + std::to_string(i)}});
  for (int i = 0; i < 20; ++i)
    file += "broken\n";
  const Import import = import_text(file);
  EXPECT_EQ(import.state, ImportState::failed);
  EXPECT_THAT(*import.error, HasSubstr("20 of the 520 rows cannot be taken"));
  EXPECT_EQ(query("select count(*) from voter"), "0");
  EXPECT_EQ(query("select count(*) from import_raw"), "0");
  EXPECT_EQ(importer_.rejects(import.id, 0, 100).size(), 20U) << "to see why";
}

TEST_F(ImportTest, ACutOffFileChangesNothing) {
  std::string file = nc_file(many(30'000));
  file.resize(file.size() - 100);
  const Import import = import_text(file);
  EXPECT_EQ(import.state, ImportState::failed);
  EXPECT_THAT(*import.error, HasSubstr("ends in the middle of line 30,001"));
  EXPECT_EQ(query("select count(*) from voter"), "0");
  EXPECT_EQ(query("select count(*) from pg_class where relname ~ '_i[0-9]+$' and "
                  "relnamespace = current_schema()::regnamespace"),
            "0");
}

TEST_F(ImportTest, CancelLeavesNothing) {
  const auto file = write(nc_file(many(60'000)));
  const auto started = importer_.start({.file = file, .layout = "nc"});
  ASSERT_TRUE(started);
  ASSERT_TRUE(importer_.cancel(started->id));
  const Import import = importer_.wait(started->id).value();
  EXPECT_EQ(import.state, ImportState::cancelled);
  EXPECT_EQ(query("select count(*) from voter"), "0");
  EXPECT_EQ(query("select count(*) from pg_class where relname ~ '_i[0-9]+$' and "
                  "relnamespace = current_schema()::regnamespace"),
            "0");
  EXPECT_FALSE(importer_.cancel(started->id)) << "it has ended";
  EXPECT_EQ(import_file(file).state, ImportState::published) << "and can be imported again";
}

TEST_F(ImportTest, OneImportRunsAtATime) {
  const auto file = write(nc_file(many(60'000)));
  const auto first = importer_.start({.file = file, .layout = "nc"});
  ASSERT_TRUE(first);
  const Error error = refusal(write(nc_file({{{"ncid", "ZZ1"}}}), "other.txt"));
  EXPECT_EQ(error.code, ErrorCode::conflict);
  EXPECT_THAT(error.sentence, HasSubstr("Another import is running"));
  EXPECT_EQ(importer_.wait(first->id)->state, ImportState::published);
}

TEST_F(ImportTest, WhatACrashLeftIsCleanedUp) {
  const auto connection = database_.connect();
  connection->run_text(
      "insert into import_run (layout, layout_version, kind, source, file_name, file_bytes, state, "
      "started_by, started_at) values ('nc', 1, 'voters', 'nc', 'f', 1, 'running', 'system', "
      "now());"
      "create table voter_i1 (like voter); create table phone_i1 (like phone);"
      "create table source_record_i1 (like source_record); create table vote_i1 (like vote);"
      "insert into import_raw values (1, 0, 1, 1, 'x')",
      "setup");
  EXPECT_EQ(importer_.clean_up_after_crash(), 1);
  EXPECT_EQ(query("select state from import_run"), "failed");
  EXPECT_THAT(query("select error from import_run"), HasSubstr("nothing was changed"));
  EXPECT_EQ(query("select count(*) from import_raw"), "0");
  EXPECT_EQ(query("select count(*) from pg_class where relname ~ '_i[0-9]+$' and "
                  "relnamespace = current_schema()::regnamespace"),
            "0");
  EXPECT_EQ(importer_.clean_up_after_crash(), 0);
}

TEST_F(ImportTest, ADatabaseThatGoesAwayLeavesTheDataAsItWas) {
  const auto file = write(nc_file(many(60'000)));
  const auto started = importer_.start({.file = file, .layout = "nc"});
  ASSERT_TRUE(started);
  // The connection that is to publish is there from the first moment to the last.
  EXPECT_EQ(
      query("select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory' "
            "and classid = 7236514 and granted"),
      "1");
  const Import import = importer_.wait(started->id).value();
  EXPECT_EQ(import.state, ImportState::failed);
  EXPECT_THAT(import.error.value_or(""), HasSubstr("The database went away"));
  EXPECT_EQ(query("select count(*) from voter"), "0");
  EXPECT_EQ(import_file(file).state, ImportState::published);
}

TEST_F(ImportTest, ImportsAreListedNewestFirst) {
  const Import first = import_text(nc_file({{{"ncid", "AA1"}}}));
  const Import second = import_text(nc_file({{{"ncid", "AA2"}}}));
  const auto all = importer_.list(std::nullopt, 10);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].id, second.id);
  EXPECT_EQ(importer_.list(second.id, 10).at(0).id, first.id);
  EXPECT_EQ(warned(all[0], "absent"), 1);
  EXPECT_FALSE(importer_.find(ImportId(99)));
}

}  // namespace
}  // namespace hustings::ingest
