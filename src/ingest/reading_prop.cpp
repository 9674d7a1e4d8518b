// Whatever the bytes are: nothing crashes, and every line is a row, a reject, empty or a header.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ingest/chunk_reader.h"
#include "ingest/field_splitter.h"
#include "ingest/line_loop.h"

namespace hustings::ingest {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLayout = R"(
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
)";

/// Bytes in which what means something to us is frequent.
rc::Gen<std::string> nasty_text() {
  return rc::gen::container<std::string>(
      rc::gen::weightedOneOf<char>({{4, rc::gen::elementOf(std::string("\n\r\"\t,|"))},
                                    {1, rc::gen::just('\0')},
                                    {2, rc::gen::arbitrary<char>()},
                                    {5, rc::gen::inRange('A', 'F')}}));
}

struct TemporaryFile {
  fs::path path = fs::temp_directory_path() / ("hustings-prop-" + std::to_string(getpid()));
  explicit TemporaryFile(std::string_view bytes) { std::ofstream(path, std::ios::binary) << bytes; }
  ~TemporaryFile() {
    std::error_code error;
    fs::remove(path, error);
  }
};

TEST(Reading, EveryLineIsAccountedFor) {
  const Layout layout = parse_layout(kLayout, "t").value();
  const ColumnMap map = map_header(layout, "ncid,support").value();
  const bool holds = rc::check("lines = rows + empty + headers", [&] {
    // A byte order mark or UTF-16 by chance would be right too, and another count of lines.
    const std::string bytes = "ncid,support\n" + *nasty_text();
    const TemporaryFile file(bytes);
    auto reader = ChunkReader::open(file.path, Encoding::automatic);
    RC_ASSERT(reader.has_value());
    ScoreReader rows({layout, map, std::chrono::sys_days{}});
    Batch batch;
    std::int64_t taken = 0;
    std::int64_t announced = 0;
    while (true) {
      auto chunk = reader->next();
      RC_ASSERT(chunk.has_value());
      if (!*chunk) break;
      announced += (*chunk)->lines;
      LineWalker walker(**chunk);
      ScoresRow row;
      each_row(walker, map, batch, [&](const Line& line, RowProblem& problem) {
        const bool ok = rows.read(line.text, row, problem);
        RC_ASSERT(ok || !problem.reason.empty());
        taken += ok ? 1 : 0;
        return ok;
      });
    }
    const auto ends = std::count(bytes.begin(), bytes.end(), '\n');
    const std::int64_t lines = ends + (bytes.ends_with('\n') ? 0 : 1);
    RC_ASSERT(announced == lines);
    RC_ASSERT(batch.lines == lines);
    RC_ASSERT(batch.rows + batch.empty + batch.headers == lines);
    RC_ASSERT(taken + static_cast<std::int64_t>(batch.rejects.size()) == batch.rows);
    for (const Reject& reject : batch.rejects)
      RC_ASSERT(is_utf8(reject.raw));
    RC_ASSERT(reader->sha256() == Sha256::of(bytes));
  });
  EXPECT_TRUE(holds);
}

TEST(Reading, PlainFieldsJoinedAgainAreTheLine) {
  const bool holds = rc::check("join(split(line)) = line", [] {
    std::string line = *nasty_text();
    std::erase(line, '\n');
    Arena arena;
    std::vector<std::string_view> fields;
    RC_ASSERT(split_fields(line, ',', QuoteMode::none, arena, fields));
    std::string joined;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (i > 0) joined += ',';
      joined += fields[i];
    }
    RC_ASSERT(joined == line);
    for (const QuoteMode quotes : {QuoteMode::outer, QuoteMode::strict, QuoteMode::lenient}) {
      (void)split_fields(line, ',', quotes, arena, fields);
    }
  });
  EXPECT_TRUE(holds);
}

TEST(Reading, StrictFieldsComeBackAsTheyWereWritten) {
  const bool holds = rc::check("split(quote(fields)) = fields", [] {
    const auto wanted =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(nasty_text()));
    std::string line;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (i > 0) line += ',';
      line += '"';
      for (const char c : wanted[i]) {
        if (c == '"') line += '"';
        line += c;
      }
      line += '"';
    }
    Arena arena;
    std::vector<std::string_view> fields;
    RC_ASSERT(split_fields(line, ',', QuoteMode::strict, arena, fields));
    RC_ASSERT((std::vector<std::string>(fields.begin(), fields.end()) == wanted));
  });
  EXPECT_TRUE(holds);
}

}  // namespace
}  // namespace hustings::ingest
