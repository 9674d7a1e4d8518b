// What files of other states hold: the cases of the list of quirks, by number.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/testing/state_files.h"

namespace hustings::ingest {
namespace {

using ::testing::HasSubstr;
using namespace hustings::ingest::testing;

class StateQuirks : public ImportTest {
 protected:
  Import taken(const ImportRequest& request) {
    const auto started = importer_.start(request);
    if (!started) {
      ADD_FAILURE() << started.error().text();
      return {};
    }
    const Import import = importer_.wait(started->id).value();
    EXPECT_EQ(import.state, ImportState::published) << import.error.value_or("");
    return import;
  }
  Import published(std::string_view bytes, const std::string& layout) {
    return taken({.file = write(bytes, "roll.txt"), .layout = layout});
  }
  std::string voter(const std::string& column, const std::string& id) {
    return query("select coalesce((" + column +
                 ")::text, 'null') from voter where external_id = '" + id + "'");
  }
  std::string votes(const std::string& id) {
    return query(
        "select coalesce(string_agg(e.held_on || ' ' || e.kind || ' ' || coalesce(t.method, '-') "
        "|| ' ' || coalesce(t.party, '-') || ' ' || coalesce(t.county, '-'), ', ' order by "
        "e.held_on), 'none') from vote t join election e using (election_id) join voter v on "
        "v.voter_id = t.voter_id where v.external_id = '" +
        id + "'");
  }
  ImportRequest folder_of(const std::string& layout, bool may_be_missing = true) {
    return {.file = folder_, .parts_may_be_missing = may_be_missing, .layout = layout};
  }
};

TEST_F(StateQuirks, Case01DelimitersAreTabPipeCommaAndFixedWidth) {
  published(state_file("wa", "2018-05", {wa_row("WA001", {{"StatusCode", "A"}})}), "wa");
  published(state_file("wa", "2023-09", {wa_row("12345", {{"StatusCode", "Active"}})}), "wa");
  published(state_file("mi", "2023-11", {mi_row("1000000000001")}), "mi");
  published(state_file("mi-fixed", "", {mi_row("1000000000002")}), "mi-fixed");
  for (const std::string id : {"WA001", "12345", "1000000000001", "1000000000002"}) {
    EXPECT_EQ(voter("street || '|' || last_name || '|' || status", id), "100 MAIN ST|SMITH|active");
  }
  EXPECT_EQ(voter("county", "1000000000002"), "WAYNE");
}

TEST_F(StateQuirks, Case02AFileWithoutHeaderIsReadByPositionAndAHeaderInItIsSkipped) {
  EXPECT_EQ(counts(published(state_file("fl", "", {fl_row("100000001")}), "fl")), "1 0 0 0");
  EXPECT_EQ(voter("county || '|' || street || '|' || zip5 || zip4", "100000001"),
            "ALACHUA|100 MAIN ST APT 4|326011234");
  const Layout layout = find_layout("fl").value();
  const auto& generation = generation_of(layout, "");
  const Import import =
      published(state_header(generation) + state_line(generation, fl_row("2")) +
                    state_header(generation) + state_line(generation, fl_row("3")),
                "fl");
  EXPECT_EQ(counts(import), "2 0 0 0");
  EXPECT_EQ(import.counts.lines_header, 2);
}

TEST_F(StateQuirks, Case03GenerationsAreToldByTheirHeader) {
  published(state_file("nc", "snapshot",
                       {{{"ncid", "AA1"},
                         {"county_id", "92"},
                         {"county_desc", "WAKE"},
                         {"status_cd", "A"},
                         {"last_name", "SMITH"},
                         {"first_name", "JOHN"},
                         {"house_num", "100"},
                         {"street_dir", "N"},
                         {"street_name", "MAIN"},
                         {"street_type_cd", "ST"},
                         {"area_cd", "919"},
                         {"phone_num", "5550123"},
                         {"registr_dt", "2004-01-31"},
                         {"sex_code", "F"}}}),
            "nc");
  EXPECT_EQ(voter("street || '|' || phone || '|' || registered_on || '|' || gender", "AA1"),
            "100 N MAIN ST|19195550123|2004-01-31|F");
  const Import old = published(state_file("nc", "until 2022-02",
                                          {{{"ncid", "AA2"},
                                            {"county_id", "1"},
                                            {"county_desc", "ALAMANCE"},
                                            {"status_cd", "A"},
                                            {"last_name", "SMITH"},
                                            {"birth_year", "1970"}}}),
                               "nc");
  EXPECT_EQ(warned(old, "unknown_columns"), 0);
  EXPECT_EQ(voter("birth_year", "AA2"), "1970");
}

TEST_F(StateQuirks, Case04EachPartHasItsOwnEncoding) {
  const auto rows = [](const std::string& id, const std::string& name) {
    return state_file("co", "2023-05",
                      {{{"VOTER_ID", id},
                        {"LAST_NAME", name},
                        {"COUNTY", "Denver"},
                        {"STATUS", "Active"},
                        {"RESIDENTIAL_ADDRESS", "1 MAIN ST"}}});
  };
  write(rows("1", "NUÑEZ"), "Registered_Voters_List_Part1.txt");
  write(rows("2",
             "NU\xd1"
             "EZ"),
        "Registered_Voters_List_Part2.txt");
  write("\xef\xbb\xbf" + rows("3", "NUÑEZ"), "Registered_Voters_List_Part3.txt");
  EXPECT_EQ(counts(taken(folder_of("co"))), "3 0 0 0");
  EXPECT_EQ(query("select count(*) from voter where last_name = 'NUÑEZ'"), "3");
}

TEST_F(StateQuirks, Case05AQuoteInsideAQuotedFieldIsData) {
  published(state_file("oh", "", {oh_row("OH1", {{"RESIDENTIAL_ADDRESS1", "1 \"ALL VISHA\" RD"}})}),
            "oh");
  EXPECT_EQ(voter("street", "OH1"), "1 \"ALL VISHA\" RD");
}

TEST_F(StateQuirks, Case07AFixedLineOfAnotherLengthIsRejected) {
  std::vector<StateRow> rows;
  for (int i = 0; i < 60; ++i)
    rows.push_back(mi_row(std::to_string(1'000'000'000'000 + i)));
  const Import import = published(state_file("mi-fixed", "", rows) + "SHORT\n", "mi-fixed");
  EXPECT_EQ(importer_.rejects(import.id, 0, 1).at(0).reason, "5 characters in place of 520.");
}

TEST_F(StateQuirks, Case09AStarProtectsAndIsNoName) {
  StateRow hidden = fl_row("1", {{"Requested public records exemption", "Y"}});
  for (const std::string name : {"Name Last", "Name First", "Residence Address Line 1",
                                 "Residence Address Line 2", "Residence Zipcode", "Birth Date",
                                 "Daytime Area Code", "Daytime Phone Number", "Email address"}) {
    hidden[name] = "*";
  }
  StateRow other = hidden;
  other["Voter ID"] = "2";
  StateRow unflagged = fl_row("3", {{"Email address", "*"}});
  const Import import = published(state_file("fl", "", {hidden, other, unflagged}), "fl");
  EXPECT_EQ(counts(import), "3 0 0 0") << "alike, and no duplicates";
  EXPECT_EQ(query("select count(*) from voter where protected and street is null and phone is null "
                  "and email is null and household_id is null and zip5 is null"),
            "3");
  EXPECT_EQ(voter("last_name = '' and birth_date is null", "1"), "true");
}

TEST_F(StateQuirks, Case10PlaceholderDatesOfOhioAreNothing) {
  const Import import = published(
      state_file(
          "oh", "",
          {oh_row("OH1", {{"DATE_OF_BIRTH", "1800-01-01"}, {"REGISTRATION_DATE", "1900-01-01"}})}),
      "oh");
  EXPECT_EQ(voter("coalesce(birth_date, registered_on) is null and birth_year is null", "OH1"),
            "true");
  EXPECT_EQ(warned(import, "registered_on_placeholder"), 1);
}

TEST_F(StateQuirks, Case11DatesMayBePartial) {
  published(
      state_file("wa", "2023-09", {wa_row("1", {{"Birthyear", "1970"}, {"StatusCode", "Active"}})}),
      "wa");
  EXPECT_EQ(voter("birth_year || '|' || coalesce(birth_date::text, 'none')", "1"), "1970|none");
  published("id,last_name,first_name,state,dob\n7,SMITH,JOHN,NC,1970-05\n8,SMITH,ANN,NC,19700600\n",
            "generic");
  EXPECT_EQ(voter("birth_year || '|' || birth_month || '|' || (birth_date is null)", "7"),
            "1970|5|true");
  EXPECT_EQ(voter("birth_year || '|' || birth_month || '|' || (birth_date is null)", "8"),
            "1970|6|true");
}

TEST_F(StateQuirks, Case12IdsAreTextsOfTheirSource) {
  published(state_file("wa", "2018-05", {wa_row("WA0007", {{"StatusCode", "A"}})}), "wa");
  published(state_file("wa", "2023-09", {wa_row("7", {{"StatusCode", "Active"}})}), "wa");
  published(state_file("fl", "", {fl_row("7")}), "fl");
  EXPECT_EQ(query("select count(*) from voter where external_id in ('7', 'WA0007')"), "3");
}

TEST_F(StateQuirks, Case15AreaAndNumberAreJoined) {
  const Import import = published(state_file("fl", "",
                                             {fl_row("1", {{"Daytime Area Code", "352"},
                                                           {"Daytime Phone Number", "5550123"},
                                                           {"Email address", "Jo@Smith-X.ORG"}}),
                                              fl_row("2", {{"Daytime Phone Number", "5550123"}})}),
                                  "fl");
  EXPECT_EQ(voter("phone", "1"), "13525550123");
  EXPECT_EQ(voter("email", "1"), "jo@smith-x.org");
  EXPECT_EQ(voter("phone", "2"), "null") << "seven digits without an area code";
  EXPECT_EQ(warned(import, "phone_unusable"), 1);
}

TEST_F(StateQuirks, Case16WideHistoryComesWithTheVoters) {
  const std::vector<std::string> more = {"PRIMARY-03/17/2020", "GENERAL-11/03/2020",
                                         "SPECIAL-08/08/2023"};
  const std::vector<StateRow> rows = {
      oh_row("OH1", {{"PRIMARY-03/17/2020", "D"}, {"GENERAL-11/03/2020", "X"}}), oh_row("OH2")};
  const Import import = published(state_file("oh", "", rows, more), "oh");
  EXPECT_EQ(votes("OH1"), "2020-03-17 primary - D ADAMS, 2020-11-03 general - - ADAMS");
  EXPECT_EQ(votes("OH2"), "none");
  EXPECT_EQ(warned(import, "votes"), 2);
  EXPECT_EQ(warned(import, "unknown_columns"), 0);

  // The next delivery has one column more; nobody's own row has changed.
  std::vector<std::string> next = more;
  next.push_back("GENERAL-11/05/2024");
  std::vector<StateRow> later = rows;
  later[0]["GENERAL-11/05/2024"] = "X";
  const Import second = published(state_file("oh", "", later, next), "oh");
  EXPECT_EQ(counts(second), "0 0 2 0");
  EXPECT_EQ(warned(second, "votes"), 1);
  EXPECT_THAT(votes("OH1"), HasSubstr("2024-11-05 general"));
}

TEST_F(StateQuirks, Case16UndoTakesWideVotesBackAndLeavesThoseOfLaterFiles) {
  const std::vector<std::string> more = {"GENERAL-11/03/2020"};
  const std::vector<StateRow> both = {oh_row("OH1", {{"GENERAL-11/03/2020", "X"}}),
                                      oh_row("OH2", {{"GENERAL-11/03/2020", "X"}})};
  const Import first = published(state_file("oh", "", both, more), "oh");
  EXPECT_EQ(query("select count(*) from vote"), "2");
  const Import second = taken({.file = write(state_file("oh", "", {both[0]}, more), "roll.txt"),
                               .layout = "oh",
                               .absent_share_max = 1});
  EXPECT_EQ(query("select count(*) from vote"), "2");
  ASSERT_TRUE(importer_.undo(first.id, "person:1"));
  EXPECT_EQ(importer_.wait(first.id)->state, ImportState::undone);
  EXPECT_EQ(votes("OH1"), "2020-11-03 general - - ADAMS") << "the second file has said so too";
  EXPECT_EQ(query("select count(*) from vote"), "1");
  ASSERT_TRUE(importer_.undo(second.id, "person:1"));
  EXPECT_EQ(importer_.wait(second.id)->state, ImportState::undone);
  EXPECT_EQ(query("select count(*) from vote"), "0");
}

TEST_F(StateQuirks, Case16LongHistoryLeavesOutWhatIsNoVote) {
  published(state_file("fl", "", {fl_row("1")}), "fl");
  const auto row = [](const std::string& date, const std::string& type, const std::string& code) {
    return StateRow{{"County Code", "LEO"},
                    {"Voter ID", "1"},
                    {"Election Date", date},
                    {"Election Type", type},
                    {"History Code", code}};
  };
  const Import import =
      published(state_file("fl-history", "",
                           {row("11/03/2020", "GEN", "A"), row("08/18/2020", "PRI", "E"),
                            row("11/06/2018", "GEN", "B"), row("08/28/2018", "PRI", "P"),
                            row("03/17/2020", "PPP", "N"), row("11/05/2024", "GEN", "Y")}),
                "fl-history");
  EXPECT_EQ(votes("1"),
            "2020-08-18 primary early - LEON, 2020-11-03 general mail - LEON, "
            "2024-11-05 general election_day - LEON");
  EXPECT_EQ(warned(import, "not_votes"), 3);
}

TEST_F(StateQuirks, Case16CodedHistoryIsReadThroughTheCountysMaps) {
  write(state_file("pa", "2024-06",
                   {pa_row("1-01", {{"ELECTION_2_VOTE_METHOD", "AP"},
                                    {"ELECTION_2_PARTY", "D"},
                                    {"ELECTION_1_VOTE_METHOD", "AB"},
                                    {"DISTRICT_1", "CN13"},
                                    {"DISTRICT_2", "SD7"},
                                    {"DISTRICT_3", "X9"}})}),
        "ADAMS FVE 20240701.txt");
  write("ADAMS\t1\t2020 GENERAL ELECTION\t11/03/2020\nADAMS\t2\t2020 PRIMARY\t06/02/2020\n",
        "ADAMS Election Map 20240701.txt");
  write(
      "ADAMS\t1\tCN\tCongressional District\nADAMS\t2\tSD\tSchool District\n"
      "ADAMS\t3\tFR\tFire Zone\n",
      "ADAMS Zone Types 20240701.txt");
  write("ADAMS\t3\tX9\tNorth Fire Company\n", "ADAMS Zone Codes 20240701.txt");
  EXPECT_EQ(counts(taken(folder_of("pa"))), "1 0 0 0");
  EXPECT_EQ(votes("1-01"),
            "2020-06-02 primary election_day D ADAMS, 2020-11-03 general mail - ADAMS");
  EXPECT_EQ(voter("congressional_district || '|' || school_district", "1-01"), "CN13|SD7");
  EXPECT_EQ(voter("districts ->> 'fire_zone'", "1-01"), "North Fire Company");
}

TEST_F(StateQuirks, Case16CodesOfElectionsAreLookedUp) {
  published(state_file("mi-fixed", "", {mi_row("1000000000001")}), "mi-fixed");
  std::filesystem::remove(folder_ / "roll.txt");
  write(state_file("mi-fixed-history", "",
                   {{{"VOTER_IDENTIFICATION_NUMBER", "1000000000001"},
                     {"COUNTY_CODE", "82"},
                     {"ELECTION_CODE", "102000699"},
                     {"IS_ABSENTEE_VOTER", "Y"}}}),
        "entire_state_h.lst");
  std::string code = "102000699";
  code.resize(13, ' ');
  std::string title = "STATE GENERAL";
  title.resize(50, ' ');
  write(code + "11082016" + title + "\n", "electionscd.lst");
  taken(folder_of("mi-fixed-history"));
  EXPECT_EQ(votes("1000000000001"), "2016-11-08 general mail - WAYNE");
}

TEST_F(StateQuirks, Case17TheSameVoteUnderTwoLabelsIsOne) {
  published(nc_file({{{"ncid", "AA1"}}}), "nc");
  const auto row = [](const std::string& method) {
    return StateRow{{"ncid", "AA1"},
                    {"election_lbl", "11/05/2024"},
                    {"election_desc", "11/05/2024 GENERAL"},
                    {"voting_method", method},
                    {"voted_county_desc", "DURHAM"}};
  };
  published(state_file("nc-history", "", {row("IN-PERSON"), row("EARLY VOTING IN-PERSON")}),
            "nc-history");
  EXPECT_EQ(votes("AA1"), "2024-11-05 general early - DURHAM") << "voted in another county";
}

TEST_F(StateQuirks, Case18HistoryOfUnknownVotersIsReported) {
  published(state_file("wa", "2023-09", {wa_row("1", {{"StatusCode", "Active"}})}), "wa");
  const Import import = published(state_file("wa-history", "2024-06",
                                             {{{"StateVoterID", "1"},
                                               {"CountyCode", "KI"},
                                               {"CountyCodeVoting", "KI"},
                                               {"ElectionDate", "2020-11-03"}},
                                              {{"StateVoterID", "999"},
                                               {"CountyCode", "KI"},
                                               {"CountyCodeVoting", "KI"},
                                               {"ElectionDate", "2020-11-03"}}}),
                                  "wa-history");
  EXPECT_EQ(warned(import, "orphans"), 1);
  EXPECT_EQ(votes("1"), "2020-11-03 general - - KING");
}

TEST_F(StateQuirks, Case19MissingPartsAreRefusedBeforeAnyWriteAndExtraFoldersIgnored) {
  write(state_file("fl", "", {fl_row("1")}), "ALA_20260401.txt");
  write(state_file("fl", "", {fl_row("2", {{"County Code", "LEO"}})}), "LEO_20260401.txt");
  write("notes\n", "readme.txt");
  std::filesystem::create_directories(folder_ / "ProcessedFiles");
  write(state_file("fl", "", {fl_row("1")}), "ProcessedFiles/ALA_20260401.txt");
  const auto refused = importer_.start(folder_of("fl", false));
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().sentence, HasSubstr("65 of the 67 parts that the layout 'fl' expects "
                                                  "are missing: BAK, BAY, BRA"));
  EXPECT_EQ(query("select count(*) from import_run"), "0");
  const Import import = taken(folder_of("fl"));
  EXPECT_EQ(counts(import), "2 0 0 0");
  EXPECT_EQ(warned(import, "files_ignored"), 2);
  EXPECT_EQ(warned(import, "parts_missing"), 65);
}

TEST_F(StateQuirks, Case20TextsForMissingNamesAreNoNames) {
  published(
      state_file(
          "wa", "2023-09",
          {wa_row("1", {{"FName", "-VOTER_DID_NOT_PROVIDE_FIRSTNAME"}, {"StatusCode", "Active"}})}),
      "wa");
  EXPECT_EQ(voter("first_name = ''", "1"), "true");
}

}  // namespace
}  // namespace hustings::ingest
