// What is wrong in the same way with files of any kind, for every layout that the program has: each
// is refused or fails with a sentence, and changes nothing.
#include <archive.h>
#include <archive_entry.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/testing/state_files.h"

namespace hustings::ingest {
namespace {

using ::testing::HasSubstr;
using namespace hustings::ingest::testing;

/// The columns of a layout's newest spelling.
std::vector<std::string> fields_of(const Layout& layout) {
  const LayoutGeneration& generation = layout.generations.front();
  if (!generation.fields.empty()) return generation.fields;
  std::vector<std::string> out;
  for (const LayoutColumn& column : layout.columns) {
    if (!column.names.empty()) out.push_back(column.names.front().front());
  }
  return out;
}

std::string line_of(const LayoutGeneration& generation, const std::vector<std::string>& values,
                    char delimiter) {
  if (generation.delimiter != 0 || delimiter != 0) {
    return join(values, std::string(1, delimiter)) + "\n";
  }
  std::string out;
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::string value = values[i];
    value.resize(static_cast<std::size_t>(generation.widths[i]), ' ');
    out += value;
  }
  return out + "\n";
}

std::string header_of(const Layout& layout) {
  const LayoutGeneration& generation = layout.generations.front();
  return line_of(generation, fields_of(layout), generation.delimiter);
}

/// Rows that can be split and hold nothing but what `more` says.
std::string rows_of(const Layout& layout, int count, const StateRow& more) {
  const LayoutGeneration& generation = layout.generations.front();
  std::vector<std::string> values;
  for (const std::string& name : fields_of(layout)) {
    std::string value = "1";
    for (const LayoutCheck& check : layout.checks) {
      if (check.name == name) value = std::to_string(check.min);
    }
    if (const auto found = more.find(name); found != more.end()) value = found->second;
    values.push_back(value);
  }
  std::string out;
  for (int i = 0; i < count; ++i)
    out += line_of(generation, values, generation.delimiter);
  return out;
}

enum class Pack : std::uint8_t { gzip, zip };

std::string packed(std::string_view text, Pack as) {
  std::string out(text.size() + 65'536, '\0');
  std::size_t size = 0;
  archive* const writer = archive_write_new();
  if (as == Pack::zip) {
    archive_write_set_format_zip(writer);
  } else {
    archive_write_set_format_raw(writer);
    archive_write_add_filter_gzip(writer);
  }
  archive_write_open_memory(writer, out.data(), out.size(), &size);
  archive_entry* const entry = archive_entry_new();
  archive_entry_set_pathname(entry, "file.txt");
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
  archive_write_header(writer, entry);
  archive_write_data(writer, text.data(), text.size());
  archive_entry_free(entry);
  archive_write_close(writer);
  archive_write_free(writer);
  out.resize(size);
  return out;
}

class BadLayouts : public ImportTest {
 protected:
  /// What is said of a file; "taken" if it is published.
  std::string said(const Layout& layout, const std::string& bytes, double rejects = 0.02) {
    const auto started = importer_.start({.file = write(bytes, "file.dat"),
                                          .parts_may_be_missing = true,
                                          .layout = layout.name,
                                          .reject_share_max = rejects});
    if (!started) return started.error().text();
    const Import import = importer_.wait(started->id).value();
    return import.state == ImportState::failed ? *import.error : "taken";
  }
  /// History and scores need somebody's roll.
  void pretend_roll(const Layout& layout) {
    database_.connect()->run_text(
        "insert into import_run (layout, layout_version, kind, source, file_name, file_bytes, "
        "state, "
        "started_by, started_at) values ('x', 1, 'voters', '" +
            layout.source + "', 'x', 1, 'published', 'system', '2026-01-01')",
        "test");
  }
  void expect_untouched() {
    for (const char* table : {"voter", "vote", "voter_score", "phone", "source_record"})
      EXPECT_EQ(query(std::string("select count(*) from ") + table), "0") << table;
    EXPECT_EQ(query("select count(*) from import_run where state = 'running'"), "0");
  }
};

TEST_F(BadLayouts, ThereAreEighteen) { EXPECT_EQ(built_in_layouts().size(), 18U); }

TEST_F(BadLayouts, EmptyBinaryAndCutFiles) {
  std::string binary;
  for (int i = 0; i < 5000; ++i)
    binary += static_cast<char>(i * 7 % 256);
  for (const Layout& layout : built_in_layouts()) {
    SCOPED_TRACE(layout.name);
    EXPECT_THAT(said(layout, ""), HasSubstr("empty"));
    EXPECT_THAT(said(layout, " \n\r\n\n"), HasSubstr("nothing but empty lines"));
    EXPECT_THAT(said(layout, binary), HasSubstr("no text file"));
    const std::string text = header_of(layout) + rows_of(layout, 2000, {{"z", "z"}});
    for (const Pack as : {Pack::gzip, Pack::zip}) {
      const std::string whole = packed(text, as);
      EXPECT_THAT(said(layout, whole.substr(0, whole.size() / 2)), HasSubstr("was cut off"));
    }
  }
  expect_untouched();
}

TEST_F(BadLayouts, WrongDelimiters) {
  for (const Layout& layout : built_in_layouts()) {
    SCOPED_TRACE(layout.name);
    const std::string text = line_of(layout.generations.front(), fields_of(layout), '~');
    const std::string why = said(layout, text + text);
    EXPECT_NE(why, "taken");
    EXPECT_GT(why.size(), 20U) << why;
  }
  expect_untouched();
}

TEST_F(BadLayouts, OnlyAHeader) {
  for (const Layout& layout : built_in_layouts()) {
    SCOPED_TRACE(layout.name);
    if (layout.kind != LayoutKind::voters) pretend_roll(layout);
    const std::string why = said(layout, header_of(layout));
    EXPECT_THAT(why,
                ::testing::AnyOf(HasSubstr("no row below its header"), HasSubstr("cannot be taken"),
                                 HasSubstr("No column"), HasSubstr("codes")));
  }
  expect_untouched();
}

TEST_F(BadLayouts, HistoryAndScoresWithoutTheirRoll) {
  for (const Layout& layout : built_in_layouts()) {
    if (layout.kind == LayoutKind::voters) continue;
    SCOPED_TRACE(layout.name);
    EXPECT_THAT(said(layout, header_of(layout) + rows_of(layout, 5, {})),
                ::testing::AnyOf(HasSubstr("Import the voter file first"),
                                 HasSubstr("codes holds no election")));
  }
  expect_untouched();
}

TEST_F(BadLayouts, FilesOfAnotherState) {
  int tried = 0;
  for (const Layout& layout : built_in_layouts()) {
    const LayoutColumn* state = layout.column(Target::state);
    if (layout.state.empty() || state == nullptr || state->names.empty()) continue;
    SCOPED_TRACE(layout.name);
    ++tried;
    const auto fields = fields_of(layout);
    std::string column;
    for (const std::string& name : state->names.front()) {
      for (const std::string& field : fields) {
        if (to_lower(field) == to_lower(name)) column = field;
      }
    }
    const auto& generation = layout.generations.front();
    const std::string header = generation.has_header ? header_of(layout) : "";
    EXPECT_THAT(
        said(layout, header + rows_of(layout, 10, {{column, "TX"}})),
        HasSubstr("rows are of TX, but the layout '" + layout.name + "' is for " + layout.state));
  }
  EXPECT_GE(tried, 4);
  expect_untouched();
}

TEST_F(BadLayouts, ABombIsBounded) {
  // One for all layouts: unpacking knows nothing of them.
  std::string text = nc_header();
  text.resize(text.size() + (90U << 20), '\n');
  const Layout nc = find_layout("nc").value();
  for (const Pack as : {Pack::gzip, Pack::zip})
    EXPECT_THAT(said(nc, packed(text, as)), HasSubstr("unpacks to over 200 times its size"));
  expect_untouched();
}

}  // namespace
}  // namespace hustings::ingest
