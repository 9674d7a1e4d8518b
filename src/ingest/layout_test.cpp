#include "ingest/layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/header.h"

namespace hustings::ingest {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kSmall = R"(
name = "small"
version = 1
kind = "scores"
source = "nc"
state = "NC"
title = "Small"
header = "present"
delimiter = "comma"
quotes = "strict"
encoding = "auto"
[columns]
external_id = {name = "ncid", aliases = ["id"], required = true}
support = {name = "support"}
)";

std::string changed(std::string_view from, std::string_view to) {
  std::string text(kSmall);
  text.replace(text.find(from), from.size(), to);
  return text;
}

Error refused(std::string_view text) {
  const auto layout = parse_layout(text, "my.toml");
  EXPECT_FALSE(layout);
  return layout ? Error{} : layout.error();
}

TEST(Layout, AllBuiltInLayoutsAreRead) {
  for (const std::string_view name :
       {"co", "co-history", "fl", "fl-history", "generic", "l2", "mi", "mi-fixed",
        "mi-fixed-history", "mi-history", "nc", "nc-history", "oh", "pa", "scores", "van", "wa",
        "wa-history"}) {
    EXPECT_TRUE(find_layout(name)) << name;
  }
  EXPECT_EQ(built_in_layouts().size(), 18U);
}

TEST(Layout, AMistakeIsNamedWithItsLine) {
  EXPECT_TRUE(parse_layout(kSmall, "my.toml"));
  Error error = refused(changed("delimiter =", "delimeter ="));
  EXPECT_EQ(error.where, "my.toml:9");
  EXPECT_THAT(error.sentence, HasSubstr("no key 'delimeter'. Did you mean 'delimiter'?"));

  error = refused(changed("support = {", "suport = {"));
  EXPECT_EQ(error.where, "my.toml:14");
  EXPECT_THAT(error.sentence, HasSubstr("Did you mean 'support'?"));

  error = refused(changed("aliases", "alias"));
  EXPECT_THAT(error.sentence, HasSubstr("The column 'external_id' has no key 'alias'"));
  error = refused(changed("\"comma\"", "\"colon\""));
  EXPECT_THAT(error.sentence, HasSubstr("one of tab, comma, pipe, semicolon"));
  error = refused(changed("version = 1", "version = \"1\""));
  EXPECT_THAT(error.sentence, HasSubstr("whole number"));
  error = refused(changed("name = \"support\"", "name = \"support\", codes = \"x\""));
  EXPECT_THAT(error.sentence, HasSubstr("There is no table [codes.x]"));
  error = refused(changed("name = \"support\"", "name = \"support\", format = \"MM/DD/YYYY\""));
  EXPECT_THAT(error.sentence, HasSubstr("only a date"));
  error = refused(changed("external_id = {", "turnout = {"));
  EXPECT_THAT(error.sentence, HasSubstr("needs the column 'external_id'"));
  error = refused("name = ");
  EXPECT_THAT(error.sentence, HasSubstr("not TOML"));
  EXPECT_EQ(error.where, "my.toml:1");
}

TEST(Layout, AnUnknownNameIsRefusedWithTheKnownOnes) {
  const auto layout = find_layout("nc-histroy");
  ASSERT_FALSE(layout);
  EXPECT_THAT(layout.error().sentence,
              HasSubstr("Did you mean 'nc-history'? Known: co, co-history, fl"));
  EXPECT_FALSE(find_layout("/no/such/file.toml"));
}

Layout small(std::string_view text = kSmall) { return parse_layout(text, "small").value(); }

TEST(Header, ColumnsAreFoundByNameAliasAndWhateverTheCase) {
  const auto map = map_header(small(), "Support,ID,extra");
  ASSERT_TRUE(map);
  EXPECT_EQ(map->place(Target::external_id), 1);
  EXPECT_EQ(map->place(Target::support), 0);
  EXPECT_EQ(map->place(Target::turnout), ColumnMap::kAbsent);
  EXPECT_THAT(map->unknown, ::testing::ElementsAre("extra"));
  EXPECT_TRUE(is_header(*map, "Support,ID,extra"));
  EXPECT_FALSE(is_header(*map, "1,AA1,x"));
}

TEST(Header, AMissingColumnStopsWithWhatMayBeMeant) {
  auto map = map_header(small(), "support,ncdi");
  ASSERT_FALSE(map);
  EXPECT_THAT(map.error().sentence, HasSubstr("no column 'ncid'"));
  EXPECT_THAT(map.error().sentence, HasSubstr("Did it mean 'ncdi'?"));
  map = map_header(small(), "support\tncid");
  ASSERT_FALSE(map);
  EXPECT_THAT(map.error().sentence, HasSubstr("stand between tabs"));
}

TEST(Header, WithoutAHeaderColumnsAreFoundByPosition) {
  std::string text = changed("\"present\"", "\"absent\"");
  text.replace(text.find("name = \"ncid\", aliases = [\"id\"]"), 31, "position = 2");
  text.replace(text.find("{name = \"support\"}"), 18, "{position = 1}");
  const Layout layout = small(text);
  const auto map = map_positions(layout, "17,AA1");
  ASSERT_TRUE(map);
  EXPECT_EQ(map->place(Target::external_id), 1);
  EXPECT_EQ(map->columns, 2U);
  EXPECT_FALSE(map_positions(layout, "17"));
}

}  // namespace
}  // namespace hustings::ingest
