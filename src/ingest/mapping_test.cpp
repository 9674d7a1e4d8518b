// What a person can say of a file's columns, and small readings that layouts can ask for.
#include "ingest/mapping.h"

#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "ingest/counted_words.h"
#include "ingest/header.h"
#include "ingest/row_reader.h"
#include "ingest/wide_columns.h"

namespace hustings::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::chrono::sys_days kToday =
    std::chrono::sys_days(std::chrono::days(20'000));  // 2024-10-04

TEST(Takes, PartsOfATextAndTheirNames) {
  Arena arena;
  EXPECT_EQ(taken(Take::before_comma, "Doe, Jane A", arena), "Doe");
  EXPECT_EQ(taken(Take::after_comma, "Doe, Jane A", arena), "Jane A");
  EXPECT_EQ(taken(Take::after_comma, "Doe", arena), "");
  EXPECT_EQ(taken(Take::first_word, "Jane A Doe", arena), "Jane");
  EXPECT_EQ(taken(Take::last_word, "Jane A Doe", arena), "Doe");
  EXPECT_EQ(taken(Take::digits, "CD 05", arena), "05");
  EXPECT_EQ(taken(Take::without_digits, "Ward 12", arena), "Ward");
  EXPECT_EQ(taken(Take::without_leading_zeros, "0050", arena), "50");
  EXPECT_EQ(taken(Take::without_leading_zeros, "000", arena), "0");
  EXPECT_EQ(taken(Take::without_leading_zeros, "", arena), "");
  for (int i = 0; i <= static_cast<int>(Take::without_leading_zeros); ++i) {
    const auto take = static_cast<Take>(i);
    EXPECT_EQ(take_named(to_string(take)), take);
  }
  EXPECT_FALSE(take_named("sideways"));
}

Result<Layout> mapped(std::string_view layout, const std::vector<ColumnMapping>& mapping) {
  return apply_mapping(find_layout(layout).value(), mapping);
}

TEST(Mapping, TakesPartsAndFormsAndRefusesOthers) {
  const Layout layout = mapped("generic", {{"last_name:before_comma", "Name"},
                                           {"first_name:after_comma", "Name"},
                                           {"birth_date:DD/MM/YYYY", "Born"},
                                           {"external_id", "Nr"},
                                           {"state", "=nc"}})
                            .value();
  const ColumnMap map = map_first_line(layout, "Nr,Name,Born").value();
  VoterReader reader({layout, map, kToday});
  registry::VoterRow row;
  RowProblem problem;
  ASSERT_TRUE(reader.read(R"(7,"Doe, Jane",17/05/1970)", row, problem)) << problem.reason;
  EXPECT_EQ(row.last_name, "DOE");
  EXPECT_EQ(row.first_name, "JANE");
  EXPECT_EQ(row.birth_month, 5);
  EXPECT_EQ(row.state, "NC");
  EXPECT_FALSE(reader.read(R"(8,"Doe, Jane",05/17/1970)", row, problem));
  EXPECT_THAT(mapped("generic", {{"last_name:sideways", "x"}}).error().text(),
              HasSubstr("'sideways' is no part of a text. Known: whole, before_comma"));
  EXPECT_THAT(mapped("generic", {{"birth_date:digits", "x"}}).error().text(),
              HasSubstr("'digits' is no form of a date"));
}

TEST(Mapping, AColumnCanBeTakenAway) {
  const Layout layout = mapped("generic", {{"city", ""}}).value();
  const ColumnMap map = map_first_line(layout, "id,last_name,first_name,state,city").value();
  EXPECT_EQ(map.place(Target::city), ColumnMap::kAbsent);
  const auto none = mapped("generic", {{"external_id", ""}}).value();
  EXPECT_THAT(map_first_line(none, "id,last_name,first_name,state").error().text(),
              HasSubstr("No column is mapped to 'external_id'"));
}

TEST(Mapping, ScoresHaveNames) {
  const Layout layout = mapped("scores", {{"score.climate", "Klima"}}).value();
  const ColumnMap map = map_first_line(layout, "ncid,support,Klima").value();
  ScoreReader reader({layout, map, kToday});
  ScoresRow row;
  RowProblem problem;
  ASSERT_TRUE(reader.read("A1,70.5,-3.25", row, problem));
  EXPECT_EQ(row.support, 71);
  EXPECT_EQ(row.other, R"({"climate":-3.25})");
  ASSERT_TRUE(reader.read("A1,101,nan", row, problem));
  EXPECT_FALSE(row.support);
  EXPECT_EQ(row.other, "");
  EXPECT_EQ(reader.quality()[static_cast<std::size_t>(registry::Quality::number_unusable)], 2);
  EXPECT_FALSE(mapped("scores", {{"score.No Name", "x"}}));
  EXPECT_THAT(mapped("generic", {{"score.climate", "x"}}).error().text(),
              HasSubstr("Only files of scores have scores"));
}

TEST(WideDates, AreReadInAnyFormAndFillersAreNone) {
  std::optional<WrittenDate> date;
  ASSERT_TRUE(read_wide_date("June 2, 1980", {"any", kToday}, date));
  EXPECT_EQ(date, (WrittenDate{1980, 6, 2}));
  ASSERT_TRUE(read_wide_date("19800600", {"any", kToday}, date));
  EXPECT_EQ(date, (WrittenDate{1980, 6, 0}));
  ASSERT_TRUE(read_wide_date("01/01/1900", {"any", kToday}, date));
  EXPECT_FALSE(date);
  EXPECT_FALSE(read_wide_date("yesterday", {"any", kToday}, date));
}

TEST(Layouts, MichigansSpareFieldIsLeftOut) {
  const Layout layout = find_layout("mi-history").value();
  const ColumnMap map =
      map_first_line(layout,
                     "VOTER_IDENTIFICATION_NUMBER,COUNTY_CODE,COUNTY_NAME,JURISDICTION_CODE,"
                     "JURISDICTION_NAME,SCHOOL_DISTRICT_CODE,SCHOOL_DISTRICT_NAME,ELECTION_DATE,"
                     "IS_ABSENTEE_VOTER")
          .value();
  HistoryReader reader({layout, map, kToday});
  HistoryRow row;
  RowProblem problem;
  EXPECT_TRUE(reader.read("1,82,WAYNE,1,X,1,X,2022-11-08,Y", row, problem));
  EXPECT_TRUE(reader.read("1,82,WAYNE,1,X,1,X,2022-11-08,Y,spare", row, problem));
  EXPECT_EQ(row.method, "mail");
  EXPECT_FALSE(reader.read("1,82,WAYNE,1,X,1,X,2022-11-08,Y,spare,more", row, problem));
}

TEST(Layouts, L2sElectionsOfAllKindsAreApart) {
  const Layout layout = find_layout("l2").value();
  const ColumnMap map =
      map_first_line(
          layout,
          "LALVOTERID\tVoters_LastName\tVoters_FirstName\tResidence_Addresses_AddressLine"
          "\tResidence_Addresses_State\tGeneral_2020\tPrimary_2020\t"
          "PresidentialPrimary_2020\tAnyElection_2019\tPrimary_2022_06_07")
          .value();
  std::vector<std::string> names;
  std::set<std::pair<std::int32_t, std::string>> keys;
  for (const FileElection& election : map.elections) {
    names.push_back(election.name);
    keys.emplace(election.held_on, election_kind(election.name));
  }
  EXPECT_THAT(names, ElementsAre("2020 GENERAL", "2020 PRIMARY (day not known)",
                                 "2020 PRESIDENTIAL PRIMARY (day not known)",
                                 "2019 ANY ELECTION (day not known)", "2022 PRIMARY"));
  EXPECT_EQ(keys.size(), 5U) << "no two of them are one election";
  EXPECT_EQ(map.elections[0].held_on, general_election_day(2020));
}

TEST(Layouts, UnknownPartyCodesPassAndAreCounted) {
  const Layout layout = find_layout("nc").value();
  const auto& fields = layout.generations.front().fields;
  const ColumnMap map = map_first_line(layout, join(fields, "\t")).value();
  VoterReader reader({layout, map, kToday});
  const auto read = [&](const std::string& party) {
    const std::map<std::string, std::string> values = {
        {"ncid", "A1"},         {"last_name", "X"},           {"first_name", "Y"},
        {"status_cd", "A"},     {"county_desc", "WAKE"},      {"confidential_ind", "N"},
        {"party_cd", party},    {"registr_dt", "01/02/2003"}, {"county_id", "92"},
        {"birth_year", "1970"}, {"age_at_year_end", "54"},    {"state_cd", "NC"}};
    std::vector<std::string> row;
    for (const std::string& field : fields) {
      const auto found = values.find(field);
      row.push_back(found == values.end() ? "" : found->second);
    }
    registry::VoterRow voter;
    RowProblem problem;
    EXPECT_TRUE(reader.read(join(row, "\t"), voter, problem)) << problem.reason;
    return std::string(voter.party);
  };
  EXPECT_EQ(read("NEW"), "NEW");
  EXPECT_EQ(read("DEM"), "DEM");
  EXPECT_EQ(reader.quality()[static_cast<std::size_t>(registry::Quality::party_unknown)], 1);
}

TEST(CountedWords, OneIsNotMany) {
  EXPECT_EQ(counted_words(1, "rows that were not taken; see the list of rejects"),
            "1 row that was not taken; see the list of rejects");
  EXPECT_EQ(counted_words(1234, "rows that were not taken; see the list of rejects"),
            "1,234 rows that were not taken; see the list of rejects");
  EXPECT_EQ(counted_words(1, "phone numbers that cannot be called; left empty"),
            "1 phone number that cannot be called; left empty");
}

}  // namespace
}  // namespace hustings::ingest
