// Files that cannot be imported: each gets one clear sentence and leaves the data as it was.
#include <sys/stat.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/import_job.h"
#include "ingest/testing/import_fixture.h"

namespace hustings::ingest {
namespace {

using ::testing::HasSubstr;
using testing::ImportTest;
using testing::nc_file;
using testing::nc_header;
using testing::nc_line;

class BadFiles : public ImportTest {
 protected:
  void expect_refusal(const std::filesystem::path& file, const std::string& words,
                      const std::string& layout = "nc") {
    const Error error = refusal(file, layout);
    EXPECT_THAT(error.text(), HasSubstr(words));
    EXPECT_EQ(query("select count(*) from import_run"), "0") << "stopped before any write";
  }
};

TEST_F(BadFiles, AMissingFile) { expect_refusal(folder_ / "none.txt", "There is no such file."); }
TEST_F(BadFiles, AFolder) {
  expect_refusal(folder_, "The folder holds no file.");
  expect_refusal(folder_, "This is a folder.", "scores");
}
TEST_F(BadFiles, AnEmptyFile) { expect_refusal(write(""), "The file is empty."); }
TEST_F(BadFiles, OnlyEmptyLines) { expect_refusal(write("\n\r\n \n"), "nothing but empty lines"); }
TEST_F(BadFiles, AZipArchive) {
  expect_refusal(write(std::string("PK\x03\x04") + std::string(2000, '\1')),
                 "The archive is damaged or was cut off");
}
TEST_F(BadFiles, ABinaryFile) {
  std::string bytes;
  for (int i = 0; i < 5000; ++i)
    bytes += static_cast<char>(i * 7 % 256);
  expect_refusal(write(bytes), "This is no text file");
}
TEST_F(BadFiles, AnUnknownLayout) {
  expect_refusal(write(nc_file({})), "There is no layout 'nc-histroy'. Did you mean 'nc-history'?",
                 "nc-histroy");
}
TEST_F(BadFiles, AWrongDelimiter) {
  std::string text = nc_file({{{"ncid", "AA1"}}});
  std::replace(text.begin(), text.end(), '\t', ',');
  expect_refusal(write(text),
                 "stand between commas, but the layout 'nc' (version 2) splits at tabs");
}
TEST_F(BadFiles, AMissingColumn) {
  std::string text = nc_file({{{"ncid", "AA1"}}});
  text.replace(text.find("ncid"), 4, "nc_id");
  expect_refusal(write(text),
                 "The file has no column 'ncid', which the layout 'nc' (version 2) needs. "
                 "Did it mean 'nc_id'?");
}
TEST_F(BadFiles, AHistoryFileWithoutItsVoterFile) {
  expect_refusal(write("ncid\telection_lbl\telection_desc\nAA1\t11/08/2022\tGENERAL\n"),
                 "Import the voter file first", "nc-history");
}
TEST_F(BadFiles, OnlyAHeader) {
  const Import import = import_text(nc_header());
  EXPECT_EQ(import.state, ImportState::failed);
  EXPECT_THAT(*import.error, HasSubstr("no row below its header"));
}

TEST_F(BadFiles, ALineWithoutEnd) {
  const Import import = import_text(nc_header() + std::string(20 << 20, 'x'));
  EXPECT_EQ(import.state, ImportState::failed);
  EXPECT_THAT(*import.error, HasSubstr("does not end within 16 MiB"));
}

TEST_F(BadFiles, MixedEncodings) {
  // The first part is UTF-8, the second Windows-1252: its rows are refused, never guessed at.
  std::string text = nc_header();
  for (int i = 0; i < 300; ++i)
    text += nc_line({{"ncid", "AA" + std::to_string(i)}, {"first_name", "JOSÉ"}});
  for (int i = 0; i < 60; ++i) {
    text += nc_line({{"ncid", "BB" + std::to_string(i)}, {"first_name", "JOS\xc9"}});
  }
  const Import import = import_text(text);
  EXPECT_EQ(import.state, ImportState::failed);
  EXPECT_THAT(*import.error, HasSubstr("60 of the 360 rows cannot be taken"));
  const auto rejects = importer_.rejects(import.id, 0, 1);
  ASSERT_EQ(rejects.size(), 1U);
  EXPECT_THAT(rejects[0].reason, HasSubstr("Bytes that the file's encoding does not have"));
  EXPECT_THAT(rejects[0].raw, HasSubstr("JOS\\xc9"));
  EXPECT_EQ(query("select count(*) from voter"), "0");
}

TEST(Sentences, TellWhatTheDatabaseLacks) {
  EXPECT_THAT(sentence_of(pg::SqlFailure({"53100", "registry/voter_part_copy", "no space left"})),
              HasSubstr("disk is full; nothing was changed. Make room"));
  EXPECT_THAT(sentence_of(pg::SqlFailure({"57P01", "x", "terminating"})),
              HasSubstr("The database went away"));
  EXPECT_THAT(sentence_of(pg::SqlFailure({"53200", "x", "out of memory"})),
              HasSubstr("short of memory"));
}

}  // namespace
}  // namespace hustings::ingest
