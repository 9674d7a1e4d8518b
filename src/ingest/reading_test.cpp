// Lines, fields and values: what happens before a row is a voter.
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/chunk_reader.h"
#include "ingest/encoding.h"
#include "ingest/field_splitter.h"
#include "ingest/line_walker.h"
#include "ingest/raw_load.h"
#include "ingest/row_reader.h"
#include "ingest/transforms.h"

namespace hustings::ingest {
namespace {

using ::testing::ElementsAre;

TEST(ChunkReader, AFileThatMayNotBeReadIsRefused) {
  // Root reads everything, so it steps down for the call.
  constexpr uid_t kNobody = 65534;
  const std::filesystem::path file = ::testing::TempDir() + "unreadable.txt";
  std::filesystem::remove(file);
  std::ofstream(file) << "ncid\n";
  ASSERT_EQ(chmod(file.c_str(), 0), 0);
  const bool is_root = geteuid() == 0;
  if (is_root) ASSERT_EQ(seteuid(kNobody), 0);
  const auto reader = ChunkReader::open(file, Encoding::automatic);
  if (is_root) ASSERT_EQ(seteuid(0), 0);
  std::filesystem::remove(file);
  ASSERT_FALSE(reader.has_value());
  EXPECT_THAT(reader.error().text(), ::testing::HasSubstr("Check who may read it"));
}

std::vector<std::string> fields(std::string_view line, char delimiter, QuoteMode quotes) {
  Arena arena;
  std::vector<std::string_view> out;
  if (!split_fields(line, delimiter, quotes, arena, out)) return {"refused"};
  return {out.begin(), out.end()};
}

TEST(SplitFields, NoneTakesQuotesAsData) {
  EXPECT_THAT(fields("\"a\"|b||", '|', QuoteMode::none), ElementsAre("\"a\"", "b", "", ""));
  EXPECT_THAT(fields("a long first field of more than sixteen bytes\tb", '\t', QuoteMode::none),
              ElementsAre("a long first field of more than sixteen bytes", "b"));
}

TEST(SplitFields, OuterTakesOnePairOff) {
  EXPECT_THAT(fields("\"a\"\t\"BOB \"BUD\" X\"\t\"\t\"\"", '\t', QuoteMode::outer),
              ElementsAre("a", "BOB \"BUD\" X", "\"", ""));
}

TEST(SplitFields, StrictIsRfc4180) {
  EXPECT_THAT(fields(R"("a,b",c,"say ""x""",)", ',', QuoteMode::strict),
              ElementsAre("a,b", "c", "say \"x\"", ""));
  EXPECT_THAT(fields(R"("open,b)", ',', QuoteMode::strict), ElementsAre("refused"));
  EXPECT_THAT(fields(R"("a"x,b)", ',', QuoteMode::strict), ElementsAre("refused"));
  EXPECT_THAT(fields(R"("a""b)", ',', QuoteMode::strict), ElementsAre("refused"));
}

TEST(SplitFields, LenientClosesOnlyBeforeADelimiter) {
  EXPECT_THAT(fields(R"("a "b" c",d)", ',', QuoteMode::lenient), ElementsAre("a \"b\" c", "d"));
  EXPECT_THAT(fields(R"("a,b",c)", ',', QuoteMode::lenient), ElementsAre("a,b", "c"));
  EXPECT_THAT(fields(R"("a b,c)", ',', QuoteMode::lenient), ElementsAre("\"a b", "c"));
  EXPECT_THAT(fields(R"(a"b,"c")", ',', QuoteMode::lenient), ElementsAre("a\"b", "c"));
}

TEST(Encoding, Windows1252BecomesUtf8) {
  std::string out;
  append_windows_1252("JOS\xc9 \x93\x80\x94", out);
  EXPECT_EQ(out, "JOSÉ “€”");
  out.clear();
  append_windows_1252("A\x81", out);
  EXPECT_EQ(out, "A\x81") << "not defined: left, and then refused";
  EXPECT_EQ(escaped(out), "A\\x81");
  EXPECT_EQ(escaped(std::string_view("a\0É\xff", 5)), "a\\x00É\\xff");
}

TEST(Encoding, Utf16BecomesUtf8) {
  std::string out;
  append_utf_16le(std::string_view("A\0\xc9\0\xac\x20\x3d\xd8\x00\xde", 10), out);
  EXPECT_EQ(out, "AÉ€😀");
  out.clear();
  append_utf_16le(std::string_view("\x3d\xd8"
                                   "A\0x",
                                   5),
                  out);
  EXPECT_EQ(escaped(out), "\\xed\\xa0\\xbdA\\xff");
}

TEST(Encoding, IsFoundOutAsTheFileIsRead) {
  EncodingDetector detector(Encoding::automatic);
  EXPECT_EQ(detector.begin("abc"), 0U);
  detector.add("plain\n");
  EXPECT_EQ(detector.encoding(), Encoding::automatic);
  detector.add("x\nJOS\xc9\nJOSÉ\n");
  EXPECT_EQ(detector.encoding(), Encoding::windows_1252) << "by the first line above 127";
  EncodingDetector marked(Encoding::automatic);
  EXPECT_EQ(marked.begin("\xef\xbb\xbfncid"), 3U);
  EXPECT_EQ(marked.encoding(), Encoding::utf_8);
  EncodingDetector wide(Encoding::automatic);
  EXPECT_EQ(wide.begin(std::string_view("\xff\xfen\0", 4)), 2U);
  EXPECT_EQ(wide.encoding(), Encoding::utf_16le);
}

std::vector<Line> lines(const Chunk& chunk, std::vector<std::string>& texts) {
  LineWalker walker(chunk);
  std::vector<Line> out;
  Line line;
  while (walker.next(line)) {
    texts.emplace_back(line.text);
    out.push_back(line);
  }
  return out;
}

TEST(LineWalker, KnowsNumbersOffsetsAndLineEnds) {
  std::vector<std::string> texts;
  const Chunk chunk{
      .first_line = 10, .lines = 4, .offset = 100, .bytes = "a\r\n\nbc\nd", .is_last = true};
  const auto all = lines(chunk, texts);
  EXPECT_THAT(texts, ElementsAre("a", "", "bc", "d"));
  EXPECT_EQ(all[2].number, 12);
  EXPECT_EQ(all[2].offset, 104);
  EXPECT_FALSE(all[2].is_cut);
  EXPECT_TRUE(all[3].is_cut);
}

TEST(LineWalker, NulThatFillsUpIsLeftOutAndNulInAWordIsDamage) {
  std::vector<std::string> texts;
  const Chunk chunk{.bytes = std::string("AB\0\0\tC\nS\0M\nok\n", 14), .encoding = Encoding::utf_8};
  const auto all = lines(chunk, texts);
  EXPECT_EQ(texts[0], "AB\tC");
  EXPECT_EQ(all[0].nuls, 2);
  EXPECT_TRUE(all[0].is_text);
  EXPECT_FALSE(all[1].is_text);
  EXPECT_EQ(all[2].offset, 11);
}

TEST(LineWalker, OffsetsInUtf16AreOfTheFile) {
  std::vector<std::string> texts;
  const Chunk chunk{.offset = 2,
                    .bytes = std::string("\xc9\0\r\0\n\0x\0\n\0", 10),
                    .encoding = Encoding::utf_16le};
  const auto all = lines(chunk, texts);
  EXPECT_THAT(texts, ElementsAre("É", "x"));
  EXPECT_EQ(all[1].offset, 8);
}

TEST(Transforms, CleanTrimsAndCollapses) {
  Arena arena;
  EXPECT_EQ(clean("  100   MAIN  ST  ", arena), "100 MAIN ST");
  EXPECT_EQ(clean("a b", arena), "a b");
  EXPECT_EQ(clean(" \t ", arena), "");
  EXPECT_EQ(upper("McDonald É", arena), "MCDONALD É");
}

TEST(Transforms, DatesAreCheckedByTheCalendar) {
  EXPECT_EQ(parse_date("01/01/1970", "MM/DD/YYYY"), 0);
  EXPECT_EQ(parse_date("1/2/1970", "MM/DD/YYYY"), 1);
  EXPECT_EQ(parse_date("02/29/2024", "MM/DD/YYYY"), 19782);
  EXPECT_EQ(parse_date("2024-02-29", "YYYY-MM-DD"), 19782);
  for (const std::string_view text : {"02/29/2023", "13/01/2020", "01/32/2020", "01/01/20", "",
                                      "01-01-2020", "01/01/2020x", "##/##/####", "1/1/20200"}) {
    EXPECT_EQ(parse_date(text, "MM/DD/YYYY"), std::nullopt) << text;
  }
}

TEST(Transforms, ZipsAreFiveAndFour) {
  EXPECT_EQ(parse_zip("27601")->five, "27601");
  EXPECT_EQ(parse_zip("276011234")->four, "1234");
  EXPECT_EQ(parse_zip("27601-1234")->four, "1234");
  EXPECT_EQ(parse_zip("276010000")->four, "");
  for (const std::string_view text : {"2760", "00000", "99999", "2760A", "27601-12"}) {
    EXPECT_FALSE(parse_zip(text)) << text;
  }
}

TEST(Transforms, ASuffixInsideTheLastNameIsFound) {
  EXPECT_EQ(split_suffix("SMITH JR").suffix, "JR");
  EXPECT_EQ(split_suffix("SMITH, JR.").name, "SMITH");
  EXPECT_EQ(split_suffix("DE LA CRUZ III").name, "DE LA CRUZ");
  EXPECT_EQ(split_suffix("SMITH").suffix, "");
  EXPECT_EQ(split_suffix("JR").name, "JR");
}

TEST(ElectionKind, IsReadFromTheName) {
  EXPECT_EQ(election_kind("11/08/2022 GENERAL"), "general");
  EXPECT_EQ(election_kind("05/17/2022 PRIMARY"), "primary");
  EXPECT_EQ(election_kind("07/26/2022 SECOND PRIMARY"), "runoff");
  EXPECT_EQ(election_kind("10/10/2023 MUNICIPAL"), "municipal");
  EXPECT_EQ(election_kind("09/10/2019 SPECIAL CONGRESSIONAL GENERAL"), "special");
  EXPECT_EQ(election_kind("REFERENDUM"), "other");
}

TEST(RawLoad, ALineIsFoundByItsPlace) {
  EXPECT_EQ(nth_line("a\r\nb\n\nd", 0), "a");
  EXPECT_EQ(nth_line("a\r\nb\n\nd", 2), "");
  EXPECT_EQ(nth_line("a\r\nb\n\nd", 3), "d");
  EXPECT_EQ(nth_line("a\n", 5), "");
  EXPECT_THROW((void)raw_line("no zstd", 0), Failure);
}

}  // namespace
}  // namespace hustings::ingest
