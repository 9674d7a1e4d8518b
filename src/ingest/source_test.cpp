#include "ingest/source.h"

#include <archive.h>
#include <archive_entry.h>
#include <filesystem>
#include <fstream>
#include <memory>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/chunk_reader.h"
#include "ingest/detect.h"
#include "ingest/first_look.h"
#include "ingest/mapping.h"
#include "ingest/preview.h"

namespace hustings::ingest {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Members = std::vector<std::pair<std::string, std::string>>;

class SourceTest : public ::testing::Test {
 protected:
  SourceTest() { fs::create_directories(folder_); }
  ~SourceTest() override {
    std::error_code error;
    fs::remove_all(folder_, error);
  }
  fs::path write(const std::string& name, std::string_view bytes) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }
  /// Packs as libarchive does; `filter` packs the one member without a container.
  fs::path pack(const std::string& name, const Members& members, int filter = 0) {
    archive* const out = archive_write_new();
    if (filter == 0) {
      archive_write_set_format_zip(out);
    } else {
      archive_write_add_filter(out, filter);
      archive_write_set_format_raw(out);
    }
    const fs::path path = folder_ / name;
    EXPECT_EQ(archive_write_open_filename(out, path.c_str()), ARCHIVE_OK);
    for (const auto& [member, text] : members) {
      archive_entry* const entry = archive_entry_new();
      archive_entry_set_pathname(entry, member.c_str());
      archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
      archive_entry_set_filetype(entry, AE_IFREG);
      archive_entry_set_perm(entry, 0644);
      EXPECT_EQ(archive_write_header(out, entry), ARCHIVE_OK);
      EXPECT_EQ(archive_write_data(out, text.data(), text.size()),
                static_cast<la_ssize_t>(text.size()));
      archive_entry_free(entry);
    }
    archive_write_close(out);
    archive_write_free(out);
    return path;
  }
  static std::string text_of(ChunkReader& reader) {
    std::string out;
    while (true) {
      auto chunk = reader.next();
      EXPECT_TRUE(chunk) << chunk.error().text();
      if (!chunk || !*chunk) return out;
      out += (*chunk)->bytes;
    }
  }
  static std::string bytes_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  const fs::path folder_ =
      fs::temp_directory_path() / ("hustings-source-" + std::to_string(getpid()));
};

std::string long_text() {
  std::string out;
  for (int i = 0; i < 200'000; ++i)
    out += "row " + std::to_string(i * 7919 % 100'003) + "\n";
  return out;
}

TEST_F(SourceTest, PackedFilesAreReadAsTheyAreInsideAndHashedAsTheyWereGiven) {
  const std::string text = long_text();
  const std::vector<fs::path> files = {
      write("plain.txt", text), pack("a.txt.gz", {{"a", text}}, ARCHIVE_FILTER_GZIP),
      pack("a.txt.zst", {{"a", text}}, ARCHIVE_FILTER_ZSTD), pack("a.zip", {{"a.txt", text}})};
  for (const fs::path& file : files) {
    auto reader = ChunkReader::open(file, Encoding::automatic);
    ASSERT_TRUE(reader) << file;
    EXPECT_EQ(text_of(*reader), text) << file;
    EXPECT_EQ(reader->sha256(), Sha256::of(bytes_of(file))) << file;
    EXPECT_EQ(reader->file_bytes(), static_cast<std::int64_t>(fs::file_size(file)));
    EXPECT_GT(reader->bytes_done(), reader->file_bytes() * 9 / 10) << file;
    EXPECT_LE(reader->bytes_done(), reader->file_bytes());
  }
}

TEST_F(SourceTest, APackedFileThatIsCutOffIsRefused) {
  const fs::path whole = pack("a.txt.gz", {{"a", long_text()}}, ARCHIVE_FILTER_GZIP);
  const std::string bytes = bytes_of(whole);
  auto reader = ChunkReader::open(write("cut.txt.gz", bytes.substr(0, bytes.size() / 2)),
                                  Encoding::automatic);
  ASSERT_TRUE(reader);
  while (true) {
    auto chunk = reader->next();
    if (!chunk) {
      EXPECT_THAT(chunk.error().sentence, HasSubstr("damaged or was cut off"));
      return;
    }
    ASSERT_TRUE(*chunk) << "it was taken for whole";
  }
}

Layout with_parts(const std::string& parts) {
  return parse_layout(R"(
name = "t"
version = 1
kind = "scores"
source = "nc"
state = "NC"
title = "T"
header = "present"
delimiter = "comma"
quotes = "strict"
encoding = "auto"
[columns]
external_id = {name = "ncid", required = true}
support = {name = "support"}
)" + parts,
                      "t")
      .value();
}
constexpr std::string_view kParts =
    "[parts]\npattern = '([A-Z])_[0-9]+\\.txt'\nexpect = [\"A\", \"B\"]\n";
constexpr std::string_view kFile = "ncid,support\nAA1,7\n";

TEST_F(SourceTest, MembersOfAnArchiveAreTakenByPatternAndTheOthersReported) {
  const Layout layout = with_parts(std::string(kParts));
  const fs::path zip = pack("all.zip", {{"B_1.txt", std::string(kFile)},
                                        {"A_1.txt", std::string(kFile)},
                                        {"extra/A_1.txt", std::string(kFile)},
                                        {"notes.txt", "x\n"},
                                        {"layout.pdf", "%PDF"}});
  auto source = Source::open({.file = zip}, layout);
  ASSERT_TRUE(source) << source.error().text();
  ASSERT_EQ(source->parts().size(), 2U);
  EXPECT_EQ(source->parts()[0].name, "A_1.txt");
  EXPECT_EQ(source->parts()[1].key, "B");
  EXPECT_THAT(source->ignored(),
              ::testing::UnorderedElementsAre("extra/A_1.txt", "notes.txt", "layout.pdf"));
  ChunkReader reader(*std::move(source), Encoding::automatic);
  EXPECT_EQ(text_of(reader), std::string(kFile) + std::string(kFile));
  EXPECT_EQ(reader.sha256(), Sha256::of(bytes_of(zip)));
}

TEST_F(SourceTest, MissingAndRepeatedPartsAreRefused) {
  const Layout layout = with_parts(std::string(kParts));
  const fs::path a = write("d/A_1.txt", kFile);
  auto source = Source::open({.file = a}, layout);
  ASSERT_FALSE(source);
  EXPECT_THAT(source.error().sentence, HasSubstr("1 of the 2 parts that the layout 't' expects are "
                                                 "missing: B"));
  source = Source::open({.file = a, .parts_may_be_missing = true}, layout);
  ASSERT_TRUE(source);
  EXPECT_THAT(source->missing(), ElementsAre("B"));
  const fs::path other = write("d/A_2.txt", kFile);
  source = Source::open({.file = a, .parts = {other}}, layout);
  ASSERT_FALSE(source);
  EXPECT_THAT(source.error().sentence, HasSubstr("Two files are the same part 'A'"));
  // A name that no pattern knows is the one file that is meant.
  EXPECT_TRUE(Source::open({.file = write("mine.txt", kFile)}, layout));
}

TEST_F(SourceTest, OfAnArchiveWithoutPatternTheMembersThatFitAreTaken) {
  const Layout layout = with_parts("");
  auto source = Source::open(
      {.file = pack("a.zip", {{"scores.csv", std::string(kFile)}, {"other.csv", "x;y\n1;2\n"}})},
      layout);
  ASSERT_TRUE(source);
  EXPECT_TRUE(look_at_source(*source, layout));
  ASSERT_EQ(source->parts().size(), 1U);
  EXPECT_EQ(source->parts()[0].name, "scores.csv");
  EXPECT_THAT(source->ignored(), ElementsAre("other.csv"));
}

TEST_F(SourceTest, TheDigestOfADeliveryDoesNotDependOnTheFilesOrder) {
  const Layout layout = with_parts(std::string(kParts));
  const fs::path a = write("A_1.txt", kFile);
  const fs::path b = write("B_1.txt", "ncid,support\nAA2,9\n");
  auto one = Source::open({.file = a, .parts = {b}}, layout);
  auto two = Source::open({.file = b, .parts = {a}}, layout);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->sha256(), two->sha256());
  EXPECT_NE(one->sha256(), Sha256::of(kFile));
}

TEST_F(SourceTest, AFileOfAnotherStateIsRefused) {
  std::string text;
  const Layout oh = find_layout("oh").value();
  for (const std::string& field : oh.generations.front().fields)
    text += (text.empty() ? "" : ",") + field;
  text += '\n';
  for (int i = 0; i < 20; ++i) {
    std::string row;
    for (const std::string& field : oh.generations.front().fields) {
      if (!row.empty() || &field != &oh.generations.front().fields.front()) row += ',';
      row += field == "RESIDENTIAL_STATE" ? "PA" : "1";
    }
    text += row + "\n";
  }
  auto source = Source::open({.file = write("roll.csv", text)}, oh);
  ASSERT_TRUE(source);
  const auto map = look_at_source(*source, oh);
  ASSERT_FALSE(map);
  EXPECT_THAT(map.error().sentence,
              HasSubstr("The file's rows are of PA, but the layout 'oh' is for OH"));
}

TEST_F(SourceTest, TheLayoutOfAFileIsFoundOut) {
  const fs::path list = write("list.csv",
                              "id,surname,given_name,state,dob,phone\n"
                              "1,Smith,Ann,NC,1970-05-17,919-555-0123\n");
  const auto layout = layout_of({.file = list, .layout = "auto"});
  ASSERT_TRUE(layout) << layout.error().text();
  EXPECT_EQ(layout->name, "generic");
  const auto guesses = guess_layouts({.file = list}).value();
  ASSERT_FALSE(guesses.empty());
  EXPECT_EQ(guesses.front().layout, "generic");
  EXPECT_EQ(guesses.front().why, "6 of 6 columns are known; 1 of the first 1 rows can be read");
  const auto scores = layout_of(
      {.file = write("s.csv", "ncid,support_score,turnout_score\nAA1,1,2\n"), .layout = "auto"});
  ASSERT_TRUE(scores) << scores.error().text();
  EXPECT_EQ(scores->name, "scores");
  EXPECT_FALSE(guess_layouts({.file = write("x.bin", std::string(4000, '\1'))}));
}

TEST_F(SourceTest, ColumnsAreMappedByHand) {
  const fs::path list = write("list.csv", "Nummer;Nachname;Vorname\n17;Smith;Ann\n");
  ImportRequest request{.file = list, .layout = "generic"};
  for (const std::string_view text : {"external_id=Nummer", "last_name=Nachname",
                                      "first_name=Vorname", "state==NC", "source==club"}) {
    request.mapping.push_back(parse_mapping(text).value());
  }
  const Layout layout = layout_of(request).value();
  EXPECT_EQ(layout.state + layout.source, "NCclub");
  const auto map = look_at_header(list, layout);
  ASSERT_TRUE(map) << map.error().text();
  EXPECT_EQ(map->delimiter, ';');
  EXPECT_EQ(map->place(Target::last_name), 1);
  EXPECT_FALSE(parse_mapping("last_name"));
  const auto wrong = apply_mapping(layout, std::vector<ColumnMapping>{{"lastname", "x"}});
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().sentence, HasSubstr("Did you mean 'last_name'?"));
}

TEST_F(SourceTest, APreviewTellsWhatColumnsHold) {
  const fs::path list = write("list.csv",
                              "id,Surname,Born,Tel,Mail,ZIP,Note\n"
                              "1,Smith,05/17/1970,9195550123,ann@smith.org,27601,NULL\n"
                              "2,Jones,06/01/1980,9195550124,carl@jones.org,02801,\n");
  const auto preview = preview_file({.file = list, .layout = "generic"});
  ASSERT_TRUE(preview) << preview.error().text();
  std::vector<std::string> seen;
  for (const PreviewColumn& column : preview->columns)
    seen.push_back(column.type + (column.target.empty() ? "" : ">" + column.target));
  EXPECT_THAT(seen, ElementsAre("integer>external_id", "name>last_name", "date", "phone>phone",
                                "email", "zip>zip", ""));
  EXPECT_EQ(preview->columns[2].format, "MM/DD/YYYY");
  EXPECT_THAT(preview->columns[6].null_tokens, ElementsAre("NULL"));
  EXPECT_EQ(preview->columns[6].empty, 1);
  EXPECT_EQ(preview->encoding + " " + preview->delimiter, "ascii comma");
  EXPECT_EQ(preview->rows, 2);
  EXPECT_EQ(preview_file({.file = list, .layout = ""}).value().layout, "generic")
      << "no layout takes it as it is; a person maps the columns";
}

}  // namespace
}  // namespace hustings::ingest
