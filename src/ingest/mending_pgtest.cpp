// Rejected rows that are mended and come back, and imports that begin anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/import_store.h"
#include "ingest/run_request.h"
#include "ingest/testing/import_fixture.h"
#include "registry/digest.h"

namespace hustings::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::ImportTest;
using testing::nc_file;
using testing::nc_header;
using testing::nc_line;
using testing::NcRow;

class Mending : public ImportTest {
 protected:
  std::string digest() { return registry::digest(*database_.connect()); }
  /// A file of 300 voters, of whom two have a status that nobody knows.
  Import import_with_rejects(const std::string& name = "roll.txt") {
    std::string text = nc_header();
    for (int i = 0; i < 300; ++i) {
      NcRow row = {{"ncid", "AA" + std::to_string(i)}};
      if (i == 7 || i == 8) row["status_cd"] = "?";
      text += nc_line(row);
    }
    return import_file(write(text, name));
  }
  std::string rejected_rows(ImportId id) {
    std::string out = importer_.begin_of_rejected_rows(id).value();
    for (const Reject& reject : importer_.rejects(id, 0, 100))
      out += reject.raw + '\n';
    return out;
  }
  Import add_mended(ImportId to, const std::string& text) {
    const auto started =
        importer_.start({.file = write(text, "mended.txt"), .layout = "", .mends = to});
    if (!started) {
      ADD_FAILURE() << started.error().text();
      return {};
    }
    was_repeat_ = started->is_repeat;
    return importer_.wait(started->id).value();
  }
  static std::string mended(std::string text) {
    for (auto at = text.find("\"?\""); at != std::string::npos; at = text.find("\"?\""))
      text.replace(at, 3, "\"A\"");
    return text;
  }
  void undo(ImportId id) {
    ASSERT_TRUE(importer_.undo(id, "person:1"));
    ASSERT_EQ(importer_.wait(id).value().state, ImportState::undone);
  }

  bool was_repeat_ = false;
};

TEST_F(Mending, MendedRowsAreAddedAndNobodyElseIsAbsent) {
  const Import first = import_with_rejects();
  ASSERT_EQ(first.counts.rows_rejected, 2);
  const std::string rows = rejected_rows(first.id);
  EXPECT_TRUE(rows.starts_with(nc_header())) << "in the form of the file itself";
  const Import added = add_mended(first.id, mended(rows));
  EXPECT_EQ(added.state, ImportState::published) << added.error.value_or("");
  EXPECT_EQ(counts(added), "2 0 0 0");
  EXPECT_EQ(warned(added, "absent"), 0);
  EXPECT_EQ(query("select count(*) from absence"), "0");
  EXPECT_EQ(query("select count(*) from voter"), "300");
  EXPECT_EQ(added.mends, first.id);
  EXPECT_THAT(importer_.find(first.id).value().mended_by, ElementsAre(added.id));
}

TEST_F(Mending, TheSameMendedFileIsAddedOnce) {
  const Import first = import_with_rejects();
  const std::string rows = mended(rejected_rows(first.id));
  const Import added = add_mended(first.id, rows);
  EXPECT_FALSE(was_repeat_);
  EXPECT_EQ(add_mended(first.id, rows).id, added.id);
  EXPECT_TRUE(was_repeat_);
}

TEST_F(Mending, ItIsUndoneAloneOrWithWhatItMends) {
  const std::string empty = digest();
  const Import first = import_with_rejects();
  const std::string without = digest();
  const std::string rows = mended(rejected_rows(first.id));
  undo(add_mended(first.id, rows).id);
  EXPECT_EQ(digest(), without);
  const Import again = add_mended(first.id, rows);
  EXPECT_EQ(counts(again), "2 0 0 0");
  undo(first.id);
  EXPECT_EQ(importer_.find(again.id).value().state, ImportState::undone);
  EXPECT_EQ(digest(), empty);
}

TEST_F(Mending, AFileThatFollowsLacksMendedVotersLikeAllOthers) {
  const Import first = import_with_rejects();
  add_mended(first.id, mended(rejected_rows(first.id)));
  std::string text = nc_header();
  for (int i = 0; i < 300; ++i) {
    if (i == 8) continue;
    text += nc_line({{"ncid", "AA" + std::to_string(i)}});
  }
  const Import next = import_file(write(text, "next.txt"));
  EXPECT_EQ(warned(next, "absent"), 1);
  EXPECT_EQ(query("select v.external_id from absence a join voter v using (voter_id)"), "AA8");
}

TEST_F(Mending, RowsThatAreStillWrongAreRejectedAgain) {
  const Import first = import_with_rejects();
  std::string rows = rejected_rows(first.id);
  rows.replace(rows.find("\"?\""), 3, "\"A\"");
  EXPECT_EQ(counts(add_mended(first.id, rows)), "1 0 0 1");
}

TEST_F(Mending, OnlyPublishedImportsAreMended) {
  const Import first = import_with_rejects();
  const Import added = add_mended(first.id, mended(rejected_rows(first.id)));
  const auto file = write(nc_file({{{"ncid", "AA1"}}}), "more.txt");
  const auto of_mended = importer_.start({.file = file, .layout = "", .mends = added.id});
  ASSERT_FALSE(of_mended);
  EXPECT_THAT(of_mended.error().text(), HasSubstr(first.id.text()));
  undo(first.id);
  const auto of_undone = importer_.start({.file = file, .layout = "", .mends = first.id});
  ASSERT_FALSE(of_undone);
  EXPECT_THAT(of_undone.error().text(), HasSubstr("is undone, so that there is nothing to add to"));
  EXPECT_FALSE(importer_.begin_of_rejected_rows(first.id));
}

class Restart : public Mending {
 protected:
  /// An import as a killed process leaves it: on record as running, with a table half loaded.
  ImportId leave_dead(const std::filesystem::path& file, bool may_restart, int restarts = 0) {
    const auto connection = database_.connect();
    const Layout layout = find_layout("nc").value();
    const ImportRequest request{
        .file = file, .file_name = "roll.txt", .layout = "nc", .may_restart = may_restart};
    const ImportId id = add_run(*connection, {.layout = layout,
                                              .file_name = "roll.txt",
                                              .file_bytes = 1,
                                              .actor = "person:1",
                                              .at = clock_.now(),
                                              .blank_keeps = {},
                                              .request = to_json(request)});
    for (int i = 0; i < restarts; ++i)
      mark_restarted(*connection, {id, 1, ""});
    connection->run_text("create table voter_i" + std::to_string(id.value()) + " (like voter)",
                         "t");
    return id;
  }
};

TEST_F(Restart, ABegunImportIsBegunAnewUnderItsNumber) {
  const ImportId id = leave_dead(write(nc_file({{{"ncid", "AA1"}}}), "roll.txt"), true);
  EXPECT_EQ(importer_.clean_up_after_crash(Importer::Dead::leave), 0) << "a shell leaves it alone";
  EXPECT_EQ(query("select state from import_run"), "running");
  EXPECT_EQ(importer_.clean_up_after_crash(Importer::Dead::begin_anew), 1);
  const Import import = importer_.wait(id).value();
  EXPECT_EQ(import.state, ImportState::published) << import.error.value_or("");
  EXPECT_EQ(import.restarts, 1);
  EXPECT_EQ(query("select count(*) from voter"), "1");
  EXPECT_EQ(query("select restarts from import_run"), "1");
}

TEST_F(Restart, ItFailsWhenItsFileHasGoneOrItHasDiedTooOften) {
  const auto file = write(nc_file({{{"ncid", "AA1"}}}), "roll.txt");
  const ImportId gone = leave_dead(folder_ / "gone.txt", true);
  EXPECT_EQ(importer_.clean_up_after_crash(Importer::Dead::begin_anew), 1);
  EXPECT_EQ(importer_.find(gone).value().state, ImportState::failed);
  const ImportId poison = leave_dead(file, true, 3);
  importer_.clean_up_after_crash(Importer::Dead::begin_anew);
  EXPECT_EQ(importer_.find(poison).value().state, ImportState::failed);
  const ImportId of_shell = leave_dead(file, false);
  importer_.clean_up_after_crash(Importer::Dead::begin_anew);
  EXPECT_EQ(importer_.find(of_shell).value().state, ImportState::failed);
  EXPECT_EQ(query("select count(*) from pg_tables where tablename ~ '^voter_i[0-9]'"), "0");
}

TEST_F(Restart, AProgramThatEndsInOrderLeavesTheImportToItsNextStart) {
  std::string text = nc_header();
  for (int i = 0; i < 60'000; ++i)
    text += nc_line({{"ncid", "AA" + std::to_string(i)}});
  const auto file = write(text, "roll.txt");
  ImportId id;
  {
    Importer other(database_.pool(), registry_, clock_, log_);
    id = other.start({.file = file, .layout = "nc", .may_restart = true})->id;
  }
  const std::string left = query("select state from import_run");
  importer_.clean_up_after_crash(Importer::Dead::begin_anew);
  EXPECT_EQ(importer_.wait(id).value().state, ImportState::published) << left;
  EXPECT_EQ(query("select count(*) from voter"), "60000");
}

TEST_F(Restart, TheSecondOfTwoImportsIsToldWhichOneRuns) {
  std::string text = nc_header();
  for (int i = 0; i < 60'000; ++i)
    text += nc_line({{"ncid", "AA" + std::to_string(i)}});
  const ImportId id = importer_.start({.file = write(text, "big.txt"), .layout = "nc"})->id;
  const Error error = refusal(write(nc_file({{{"ncid", "BB1"}}}), "small.txt"));
  EXPECT_THAT(error.text(), HasSubstr("Another import is running: 'big.txt' (" + id.text()));
  EXPECT_EQ(importer_.wait(id).value().state, ImportState::published);
}

TEST(Requests, AreReadAsTheyWereWritten) {
  const ImportRequest request{.file = "/a/b.csv",
                              .parts = {"/a/c.csv"},
                              .mapping = {{"last_name:before_comma", "Näme"}, {"state", "=NC"}},
                              .parts_may_be_missing = true,
                              .file_name = "b.csv",
                              .layout = "generic",
                              .actor = "person:3",
                              .dry_run = true,
                              .absent_share_max = 0.25,
                              .blank_keeps = {"phone"},
                              .mends = ImportId(7),
                              .run_name = "spring \"2026\"",
                              .may_restart = true,
                              .remove_after = "/a",
                              .upload = "token"};
  EXPECT_EQ(to_json(request_from(to_json(request))), to_json(request));
  EXPECT_EQ(request_from("{}").layout, "");
}

}  // namespace
}  // namespace hustings::ingest
