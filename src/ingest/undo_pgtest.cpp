// Undo of an import, and what a file that lacks voters does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feed/feed.h"
#include "ingest/testing/history_file.h"
#include "ingest/testing/import_fixture.h"
#include "registry/digest.h"

namespace hustings::ingest {
namespace {

using ::testing::HasSubstr;
using testing::history_file;
using testing::ImportTest;
using testing::nc_file;
using testing::NcRow;

std::vector<NcRow> many(int count) {
  std::vector<NcRow> rows;
  for (int i = 0; i < count; ++i) {
    rows.push_back({{"ncid", "AA" + std::to_string(100000 + i)},
                    {"full_phone_number", i % 2 == 0 ? "91955" + std::to_string(50000 + i) : ""}});
  }
  return rows;
}

class Undo : public ImportTest {
 protected:
  Import undo(ImportId id) {
    const Status asked = importer_.undo(id, "person:2");
    EXPECT_TRUE(asked) << asked.error().text();
    return importer_.wait(id).value();
  }
  Error refused(ImportId id) {
    const Status asked = importer_.undo(id, "person:2");
    EXPECT_FALSE(asked);
    return asked ? Error{} : asked.error();
  }
  std::string digest() { return registry::digest(*database_.connect()); }
  std::string voter(const std::string& column, const std::string& ncid) {
    return query("select " + column + " from voter where external_id = '" + ncid + "'");
  }
};

TEST_F(Undo, TakesBackAWholeFileAndItsVotersKeepTheirIds) {
  const auto file = write(nc_file(many(25'000)));
  const Import first = import_file(file);
  const std::string id = voter("voter_id", "AA100007");
  const std::string full = digest();
  const Import undone = undo(first.id);
  EXPECT_EQ(undone.error.value_or(""), "");
  EXPECT_EQ(undone.state, ImportState::undone);
  EXPECT_TRUE(undone.undone_at);
  EXPECT_EQ(undone.undone_by, "person:2");
  for (const char* table : {"voter", "phone", "source_record", "import_raw", "import_presence"}) {
    EXPECT_EQ(query(std::string("select count(*) from ") + table), "0") << table;
  }
  const auto entries = feed::history(*database_.connect(), feed::subject_of("import", first.id), 1);
  EXPECT_EQ(entries.at(0).kind, ChangeKind::import_undone);
  EXPECT_THAT(entries.at(0).payload, HasSubstr(R"("voters_removed": 25000)"));

  const Import again = import_file(file);
  EXPECT_NE(again.id, first.id) << "an undone file may come again";
  EXPECT_EQ(again.error.value_or(""), "");
  EXPECT_EQ(counts(again), "25000 0 0 0");
  EXPECT_EQ(voter("voter_id", "AA100007"), id);
  EXPECT_EQ(digest(), full);
  EXPECT_EQ(query("select count(*) from record_value"), "0") << "one record: the profile is it";
}

TEST_F(Undo, RowsThatALaterFileRepeatedPassToIt) {
  auto rows = many(40);
  const Import first = import_text(nc_file(rows));
  rows[3]["last_name"] = "OTHER";
  rows.erase(rows.begin() + 9);
  const Import second = import_text(nc_file(rows));
  EXPECT_EQ(counts(second), "0 1 38 0");
  const Import third = import_text(nc_file({rows.begin(), rows.begin() + 38}));
  EXPECT_EQ(undo(first.id).error.value_or(""), "");
  EXPECT_EQ(query("select count(*) from voter"), "39") << "who is in no later file is gone";
  EXPECT_EQ(voter("last_name", "AA100003"), "OTHER");
  EXPECT_EQ(query("select count(*) from source_record where import_id = " +
                  std::to_string(second.id.value())),
            "39");
  EXPECT_EQ(query("select line from source_record where external_id = 'AA100001'"), "0");
  EXPECT_EQ(voter("absent_since_import", "AA100039"), std::to_string(third.id.value()));
  EXPECT_EQ(undo(third.id).error.value_or(""), "");
  EXPECT_EQ(voter("absent_since_import", "AA100039"), "");
  EXPECT_EQ(undo(second.id).error.value_or(""), "");
  EXPECT_EQ(query("select count(*) from voter"), "0");
}

TEST_F(Undo, VotesAndScoresGoWithTheLastRecordOfTheirVoterAndMayComeAgain) {
  const auto voters = write(nc_file({{{"ncid", "AA1"}}, {{"ncid", "AA2"}}}), "voters");
  const Import first = import_file(voters);
  const auto votes = write(history_file({{"AA1"}, {"AA2"}}), "votes");
  import_file(votes, "nc-history");
  const auto scores = write("ncid,support_score\nAA1,7\nAA2,9\n", "scores");
  import_file(scores, "scores");
  import_text(nc_file({{{"ncid", "AA2"}}}));
  undo(first.id);
  EXPECT_EQ(query("select count(*) from vote"), "1");
  EXPECT_EQ(query("select support from voter_score"), "9");
  EXPECT_EQ(query("select count(*) from score_run"), "1");
  import_file(voters);
  EXPECT_EQ(counts(import_file(votes, "nc-history")), "1 0 1 0");
  EXPECT_EQ(counts(import_file(scores, "scores")), "1 0 1 0");
  EXPECT_EQ(query("select count(*) from vote"), "2");
}

TEST_F(Undo, OfHistoryLeavesWhatALaterFileRepeated) {
  import_text(nc_file({{{"ncid", "AA1"}}, {{"ncid", "AA2"}}, {{"ncid", "AA3"}}}));
  const Import first =
      import_file(write(history_file({{"AA1"}, {"AA2"}, {"AA3"}}), "one"), "nc-history");
  const Import second =
      import_file(write(history_file({{"AA1"}, {"AA2", "ABSENTEE BY MAIL"}}), "two"), "nc-history");
  EXPECT_EQ(counts(second), "0 1 1 0");
  EXPECT_EQ(query("select count(*) from vote"), "4");
  const VoterId aa2 = registry_.search({.text = "AA2"})->items.at(0).id;
  EXPECT_EQ(registry_.profile(aa2)->votes.size(), 1U);
  EXPECT_EQ(registry_.profile(aa2)->votes.at(0).method, "mail");
  const std::string both = digest();
  undo(first.id);
  EXPECT_EQ(query("select string_agg(external_id || ' ' || method, ', ' order by external_id) "
                  "from vote join voter using (bucket, voter_id)"),
            "AA1 election_day, AA2 mail");
  undo(second.id);
  EXPECT_EQ(query("select count(*) from vote"), "0");
  EXPECT_EQ(query("select count(*) from election"), "0");
  EXPECT_NE(digest(), both);
}

TEST_F(Undo, OfScoresShowsTheOlderRunAgain) {
  import_text(nc_file({{{"ncid", "AA1"}}, {{"ncid", "AA2"}}}));
  import_file(write("ncid,support_score,turnout_score\nAA1,70,55\n", "a.csv"), "scores");
  const std::string before = digest();
  const Import second =
      import_file(write("ncid,support_score,turnout_score\nAA1,71,\nAA2,5,5\n", "b.csv"), "scores");
  EXPECT_EQ(query("select support || ' ' || turnout from voter_score join voter using (bucket, "
                  "voter_id) where external_id = 'AA1'"),
            "71 55")
      << "a run without a score leaves the older one";
  undo(second.id);
  EXPECT_EQ(digest(), before);
}

TEST_F(Undo, WhatCannotBeUndoneIsRefused) {
  EXPECT_EQ(refused(ImportId(9)).code, ErrorCode::not_found);
  const Import import = import_text(nc_file({{{"ncid", "AA1"}}}));
  undo(import.id);
  EXPECT_THAT(refused(import.id).sentence, HasSubstr("undone already"));
  const auto tried = importer_.start(
      {.file = write(nc_file({{{"ncid", "AA1"}}})), .layout = "nc", .dry_run = true});
  importer_.wait(tried->id).value();
  EXPECT_THAT(refused(tried->id).sentence, HasSubstr("dry run"));

  const auto file = write(nc_file(many(60'000)), "large");
  const auto running = importer_.start({.file = file, .layout = "nc"});
  EXPECT_THAT(refused(running->id).sentence, HasSubstr("still running"));
  ASSERT_TRUE(importer_.cancel(running->id));
  importer_.wait(running->id).value();
  EXPECT_THAT(refused(running->id).sentence, HasSubstr("nothing to undo"));
}

TEST_F(Undo, WaitsForNoOtherImport) {
  const Import import = import_text(nc_file({{{"ncid", "AA1"}}}));
  const auto other = database_.connect();
  other->run_text("select pg_advisory_lock(7236514, hashtext(current_schema()::text))", "test");
  const Error error = refused(import.id);
  EXPECT_EQ(error.code, ErrorCode::conflict);
  EXPECT_THAT(error.sentence, HasSubstr("Another import or undo is running"));
}

TEST_F(Undo, ThatIsCutOffChangesNothing) {
  const Import import = import_text(nc_file(many(25'000)));
  const std::string before = digest();
  {
    const auto reader = database_.connect();
    pg::Transaction transaction(*reader);
    reader->run_text("select count(*) from source_record", "test");  // the undo waits for it
    ASSERT_TRUE(importer_.undo(import.id, "person:2"));
    EXPECT_EQ(importer_.find(import.id)->stage, ImportStage::undoing);
    const auto other = importer_.start({.file = write(nc_file(many(1)), "other"), .layout = "nc"});
    EXPECT_EQ(other.error().code, ErrorCode::conflict);
    EXPECT_EQ(query("select count(pg_terminate_backend(pid)) from pg_locks where locktype = "
                    "'advisory' and classid = 7236514 and granted"),
              "1");
    const Import cut_off = importer_.wait(import.id).value();
    EXPECT_EQ(cut_off.state, ImportState::published);
    EXPECT_NE(cut_off.error.value_or(""), "");
  }
  EXPECT_EQ(digest(), before);
  EXPECT_EQ(undo(import.id).state, ImportState::undone) << "and can be asked again";
}

TEST_F(Undo, IsRefusedWhereAnOlderVersionKeptNoPresence) {
  const Import first = import_text(nc_file({{{"ncid", "AA1"}}}));
  const Import second = import_text(nc_file({{{"ncid", "AA1"}}, {{"ncid", "AA2"}}}));
  database_.connect()->run_text(
      "delete from import_presence where import_id = " + std::to_string(second.id.value()), "test");
  EXPECT_THAT(undo(first.id).error.value_or(""), HasSubstr("undo that import first"));
  EXPECT_EQ(query("select count(*) from voter"), "2");
}

TEST_F(Undo, ABlankClearsUnlessTheImportKeepsIt) {
  const NcRow full = {{"ncid", "AA1"}, {"full_phone_number", "9195550123"}};
  const NcRow blank = {{"ncid", "AA1"}, {"res_street_address", ""}};
  import_text(nc_file({full}));
  const auto file = write(nc_file({blank}), "blank");
  const auto kept = importer_.start({.file = file, .layout = "nc", .blank_keeps = {"phone"}});
  importer_.wait(kept->id).value();
  EXPECT_EQ(voter("phone || ' ' || coalesce(street, '-')", "AA1"), "19195550123 -");
  undo(kept->id);
  EXPECT_EQ(voter("phone || ' ' || street", "AA1"), "19195550123 100 MAIN ST");
  import_file(file);
  EXPECT_EQ(voter("coalesce(phone::text, '-')", "AA1"), "-");
  EXPECT_EQ(query("select count(*) from phone"), "1") << "the number stays on record";
  const auto wrong = importer_.start({.file = file, .layout = "nc", .blank_keeps = {"county"}});
  EXPECT_EQ(wrong.error().where, "blank_keeps");
}

TEST_F(Undo, ANumberThatComesBackIsKnownToBeWrong) {
  const auto file = write(nc_file({{{"ncid", "AA1"}, {"full_phone_number", "9195550123"}}}));
  const Import first = import_file(file);
  ASSERT_TRUE(registry_.suppress({.number = 19195550123,
                                  .reason = registry::SuppressionReason::wrong_number,
                                  .source = "call",
                                  .actor = "person:1"}));
  undo(first.id);
  import_file(file);
  EXPECT_EQ(query("select status from phone"), "wrong");
}

TEST_F(Undo, WhoIsNotInAFileOfTheirCountyIsAbsent) {
  import_text(nc_file(
      {{{"ncid", "AA1"}}, {{"ncid", "AA2"}}, {{"ncid", "DU1"}, {"county_desc", "DURHAM"}}}));
  const Import wake = import_text(nc_file({{{"ncid", "AA1"}}}));
  EXPECT_EQ(warned(wake, "absent"), 1);
  EXPECT_EQ(voter("absent_since_import", "AA2"), std::to_string(wake.id.value()));
  EXPECT_EQ(voter("absent_since_import", "DU1"), "") << "the file is of another county";
  const VoterId aa2 = registry_.search({.text = "AA2"})->items.at(0).id;
  EXPECT_EQ(registry_.profile(aa2)->absent_since, "2026-03-01");
  import_text(nc_file({{{"ncid", "AA1"}}, {{"ncid", "AA2"}}, {{"ncid", "AA3"}}}));
  EXPECT_EQ(voter("absent_since_import", "AA2"), "");
  EXPECT_EQ(registry_.profile(aa2)->absent_since, std::nullopt);
}

TEST_F(Undo, AFileThatLacksTooManyVotersIsRefused) {
  import_text(nc_file(many(100)));
  const std::string before = digest();
  const auto file = write(nc_file(many(80)), "short");
  const Import refused_import = import_file(file);
  EXPECT_EQ(refused_import.state, ImportState::failed);
  EXPECT_THAT(refused_import.error.value_or(""), HasSubstr("20 of the 100 voters"));
  EXPECT_EQ(digest(), before);
  const auto allowed = importer_.start({.file = file, .layout = "nc", .absent_share_max = 0.25});
  EXPECT_EQ(importer_.wait(allowed->id)->state, ImportState::published);
  EXPECT_EQ(query("select count(*) from voter where absent_since_import is not null"), "20");
}

}  // namespace
}  // namespace hustings::ingest
