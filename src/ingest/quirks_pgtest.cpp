// What real North Carolina files hold: each case of the list of quirks that concerns them, by its
// number. The cases of other states are in quirks_states_pgtest.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/encoding.h"
#include "ingest/testing/import_fixture.h"

namespace hustings::ingest {
namespace {

using ::testing::HasSubstr;
using testing::ImportTest;
using testing::join_fields;
using testing::nc_columns;
using testing::nc_file;
using testing::nc_header;
using testing::nc_line;
using testing::NcRow;
using testing::NcStyle;
using testing::value_of;

class Quirks : public ImportTest {
 protected:
  Import published(std::string_view bytes) {
    const Import import = import_text(bytes);
    EXPECT_EQ(import.state, ImportState::published) << import.error.value_or("");
    return import;
  }
  std::string voter(const std::string& column, const std::string& ncid = "AA1") {
    return query("select coalesce((" + column +
                 ")::text, 'null') from voter where external_id = '" + ncid + "'");
  }
};

TEST_F(Quirks, Case05QuotedAndUnquotedFilesAreTheSame) {
  published(nc_file({{{"ncid", "AA1"}}}, {.quoted = true}));
  const Import second = published(nc_file({{{"ncid", "AA1"}}}, {.quoted = false}));
  EXPECT_EQ(counts(second), "0 0 1 0");
}

TEST_F(Quirks, Case02HeaderRowsInTheMiddleAreSkipped) {
  const Import import =
      published(nc_file({{{"ncid", "AA1"}}}) + nc_header() + nc_line({{"ncid", "AA2"}}));
  EXPECT_EQ(counts(import), "2 0 0 0");
  EXPECT_EQ(warned(import, "headers_repeated"), 1);
}

TEST_F(Quirks, Case03TheLayoutOf2022IsTaken) {
  std::vector<std::string> columns = nc_columns();
  std::erase_if(columns, [](const std::string& name) {
    return name == "ssn" || name == "no_dl_ssn_chkbx" || name == "hava_id_req";
  });
  std::vector<std::string> values;
  for (const std::string& column : columns)
    values.push_back(value_of({{"ncid", "AA1"}}, column));
  const Import import =
      published(join_fields(columns, "\t", true) + '\n' + join_fields(values, "\t", true) + '\n');
  EXPECT_EQ(columns.size(), 67U);
  EXPECT_EQ(counts(import), "1 0 0 0");
  EXPECT_EQ(warned(import, "unknown_columns"), 0);
}

TEST_F(Quirks, Case03TheSpellingsOf2012AreTaken) {
  const std::string header =
      "county_id\tcounty_desc\tvoter_reg_num\tstatus_cd\tabsent_ind\tlast_name\tfirst_name\tmidl_"
      "name\t"
      "name_sufx_cd\tres_street_address\tzip_code\tfull_phone_number\tbirth_age\tbirth_"
      "place\tregistr_dt\t"
      "Confidential_ind\tage\tncid\n";
  const std::string row =
      "92\tWAKE\t000000000001\tA\t\tSMITH\tJOHN\tQUINCY\tJR\t1 OAK  ST\t27601\t9195550123\t46\tVA\t"
      "10/02/2012\tN\tAge 41 - 65\tAA1\n";
  const Import import = published(header + row);
  EXPECT_EQ(voter("middle_name || suffix || birth_place"), "QUINCYJRVA");
  EXPECT_EQ(voter("birth_year"), "1980");
  EXPECT_EQ(warned(import, "birth_year_from_age"), 1);
  EXPECT_EQ(warned(import, "unknown_columns"), 0);
}

TEST_F(Quirks, Case03AnUnknownColumnIsAWarning) {
  std::string text = nc_file({{{"ncid", "AA1"}}}, {.quoted = false});
  text.replace(text.find('\n'), 1, "\tshoe_size\n");
  text.replace(text.size() - 1, 1, "\t43\n");
  const Import import = published(text);
  EXPECT_EQ(warned(import, "unknown_columns"), 1);
  EXPECT_THAT(*importer_.raw_line(import.id, 2), HasSubstr("\t43"));
}

TEST_F(Quirks, Case04Windows1252IsReadAndItsHolesAreRefused) {
  std::vector<NcRow> rows;
  for (int i = 0; i < 60; ++i)
    rows.push_back({{"ncid", "BB" + std::to_string(i)}});
  rows.push_back({{"ncid", "AA1"},
                  {"last_name",
                   "NU\xd1"
                   "EZ"}});
  rows.push_back({{"ncid", "AA2"}, {"last_name", "S\x81MITH"}});
  const Import import = published(nc_file(rows));
  EXPECT_EQ(counts(import), "61 0 0 1");
  EXPECT_EQ(voter("last_name"), "NUÑEZ");
  EXPECT_THAT(*importer_.raw_line(import.id, 62), HasSubstr("NUÑEZ"));
  EXPECT_THAT(importer_.rejects(import.id, 0, 1).at(0).raw, HasSubstr("S\\x81MITH"));
}

TEST_F(Quirks, Case04Utf8WithAndWithoutMarkIsRead) {
  published("\xef\xbb\xbf" + nc_file({{{"ncid", "AA1"}, {"last_name", "NUÑEZ"}}}));
  EXPECT_EQ(voter("last_name"), "NUÑEZ");
  const Import again = published(nc_file({{{"ncid", "AA1"}, {"last_name", "nuñez"}}}));
  EXPECT_EQ(counts(again), "0 0 1 0") << "names are kept in upper case";
}

TEST_F(Quirks, Case04Utf16IsRead) {
  std::string wide = "\xff\xfe";
  for (const char c : nc_file({{{"ncid", "AA1"}}, {{"ncid", "AA2"}}})) {
    wide += c;
    wide += '\0';
  }
  EXPECT_EQ(counts(published(wide)), "2 0 0 0");
}

TEST_F(Quirks, Case05BareQuotesInsideNamesAreData) {
  published(nc_file({{{"ncid", "AA1"}, {"first_name", "ROBERT \"BUD\""}}}));
  EXPECT_EQ(voter("first_name"), "ROBERT \"BUD\"");
}

TEST_F(Quirks, Case06LineEndsEmptyLinesAndNulAreAccepted) {
  const NcStyle crlf{.quoted = true, .line_end = "\r\n"};
  std::string text =
      nc_header(crlf) + "\r\n" + nc_line({{"ncid", "AA1"}}, crlf) + "\n\n" +
      nc_line({{"ncid", "AA2"}, {"name_suffix_lbl", std::string("JR\0\0", 4)}}, crlf) +
      nc_line({{"ncid", "AA3"}}, crlf);
  text.resize(text.size() - 2);
  const Import import = published(text);
  EXPECT_EQ(counts(import), "3 0 0 0");
  EXPECT_EQ(warned(import, "lines_empty"), 3);
  EXPECT_EQ(warned(import, "nul_bytes"), 2);
  EXPECT_EQ(voter("suffix", "AA2"), "JR");
}

TEST_F(Quirks, Case07AWrongFieldCountIsRejectedWithItsPlace) {
  std::vector<NcRow> rows;
  for (int i = 0; i < 60; ++i)
    rows.push_back({{"ncid", "BB" + std::to_string(i)}});
  const Import import = published(nc_file(rows) + "\"a\"\t\"b\"\n" + nc_line({{"ncid", "AA1"}}));
  const auto rejects = importer_.rejects(import.id, 0, 10);
  ASSERT_EQ(rejects.size(), 1U);
  EXPECT_EQ(rejects[0].line, 62);
  EXPECT_EQ(rejects[0].reason, "2 fields in place of 70.");
  EXPECT_EQ(rejects[0].raw, "\"a\"\t\"b\"");
}

TEST_F(Quirks, Case08PaddingAndDoubleBlanksDoNotMakeAChange) {
  published(nc_file(
      {{{"ncid", "AA1"}, {"last_name", "SMITH   "}, {"res_street_address", "100  MAIN  ST "}}}));
  EXPECT_EQ(voter("last_name || '|' || street"), "SMITH|100 MAIN ST");
  EXPECT_EQ(counts(published(nc_file({{{"ncid", "AA1"}}}))), "0 0 1 0");
}

TEST_F(Quirks, Case09ProtectedVotersKeepNothingThatLeadsToTheirDoor) {
  const Import import = published(
      nc_file({{{"ncid", "AA1"}, {"confidential_ind", "Y"}, {"full_phone_number", "9195550123"}},
               {{"ncid", "AA2"},
                {"res_street_address", "CONFIDENTIAL"},
                {"full_phone_number", "9195550124"}},
               {{"ncid", "AA3"},
                {"status_cd", "R"},
                {"res_street_address", "REMOVED"},
                {"res_city_desc", ""}}}));
  EXPECT_EQ(voter("protected"), "true");
  EXPECT_EQ(voter("street || city || zip5 || phone || household_id"), "null");
  EXPECT_EQ(voter("protected", "AA2"), "true");
  EXPECT_EQ(voter("protected || status", "AA3"), "falseremoved");
  EXPECT_EQ(voter("household_id", "AA3"), "null") << "nobody lives together at REMOVED";
  EXPECT_EQ(query("select count(*) from phone"), "0");
  EXPECT_EQ(warned(import, "address_removed"), 1);
  EXPECT_EQ(warned(import, "address_confidential"), 1);
}

TEST_F(Quirks, Case09WhoBecomesProtectedLosesTheNumber) {
  published(nc_file({{{"ncid", "AA1"}, {"full_phone_number", "9195550123"}}}));
  EXPECT_EQ(query("select count(*) from phone"), "1");
  published(
      nc_file({{{"ncid", "AA1"}, {"full_phone_number", "9195550123"}, {"confidential_ind", "Y"}}}));
  EXPECT_EQ(query("select count(*) from phone"), "0");
  EXPECT_EQ(voter("coalesce(street, 'none')"), "none");
}

TEST_F(Quirks, Case10PlaceholderDatesAreNothing) {
  const Import import = published(nc_file({{{"ncid", "AA1"}, {"registr_dt", "01/01/1900"}},
                                           {{"ncid", "AA2"}, {"registr_dt", "##/##/####"}},
                                           {{"ncid", "AA3"}, {"registr_dt", "XX-XX-XXXX"}},
                                           {{"ncid", "AA4"}, {"registr_dt", "07/01/1812"}},
                                           {{"ncid", "AA5"}, {"registr_dt", "07/01/2031"}},
                                           {{"ncid", "AA6"}, {"registr_dt", ""}}}));
  EXPECT_EQ(query("select count(*) from voter where registered_on is null"), "6");
  EXPECT_EQ(warned(import, "registered_on_placeholder"), 3);
  EXPECT_EQ(warned(import, "registered_on_implausible"), 2);
  EXPECT_EQ(query("select count(*) from voter where quality <> 0"), "5");
}

TEST_F(Quirks, Case11BirthYearsThatCannotBeAreNothing) {
  const Import import = published(nc_file({{{"ncid", "AA1"}, {"birth_year", "1900"}},
                                           {{"ncid", "AA2"}, {"birth_year", "2031"}},
                                           {{"ncid", "AA3"}, {"birth_year", ""}}}));
  EXPECT_EQ(query("select count(*) from voter where birth_year is null"), "3");
  EXPECT_EQ(warned(import, "birth_year_implausible"), 2);
}

TEST_F(Quirks, Case13IdsAndCodesAreTexts) {
  published(nc_file({{{"ncid", "EH00123"}, {"cong_dist_abbrv", "04"}, {"zip_code", "02801"}}}));
  EXPECT_EQ(voter("congressional_district || zip5", "EH00123"), "0402801");
}

TEST_F(Quirks, Case14ZipsAreFiveAndFour) {
  const Import import = published(nc_file({{{"ncid", "AA1"}, {"zip_code", "276011234"}},
                                           {{"ncid", "AA2"}, {"zip_code", "27601-1234"}},
                                           {{"ncid", "AA3"}, {"zip_code", "99999"}}}));
  EXPECT_EQ(voter("zip5 || '+' || zip4"), "27601+1234");
  EXPECT_EQ(voter("zip5 || '+' || zip4", "AA2"), "27601+1234");
  EXPECT_EQ(voter("zip5", "AA3"), "null");
  EXPECT_EQ(warned(import, "zip_unusable"), 1);
}

TEST_F(Quirks, Case15PhonesThatCannotBeCalledAreLeftOut) {
  const Import import =
      published(nc_file({{{"ncid", "AA1"}, {"full_phone_number", "5550123"}},
                         {{"ncid", "AA2"}, {"full_phone_number", "0005550123"}},
                         {{"ncid", "AA3"}, {"full_phone_number", "9190000000"}},
                         {{"ncid", "AA4"}, {"full_phone_number", "9999999999"}},
                         {{"ncid", "AA5"}, {"full_phone_number", "919-555-0123"}}}));
  EXPECT_EQ(query("select count(*) from phone"), "1");
  EXPECT_EQ(warned(import, "phone_unusable"), 4);
}

TEST_F(Quirks, Case20NamesAreCleanedAndTheRowIsKept) {
  const Import import = published(
      nc_file({{{"ncid", "AA1"}, {"last_name", "SMITH JR"}, {"middle_name", "NMN"}},
               {{"ncid", "AA2"}, {"last_name", "McDONALD"}, {"first_name", ""}},
               {{"ncid", "AA3"}, {"last_name", "R0BERTS"}, {"first_name", "WILLIAM (BILL)"}}}));
  EXPECT_EQ(voter("last_name || '/' || suffix || '/' || coalesce(middle_name, '-')"), "SMITH/JR/-");
  EXPECT_EQ(voter("last_name", "AA2"), "MCDONALD");
  EXPECT_EQ(voter("last_name || first_name", "AA3"), "R0BERTSWILLIAM (BILL)");
  EXPECT_EQ(warned(import, "first_name_missing"), 1);
  EXPECT_THAT(*importer_.raw_line(import.id, 2), HasSubstr("SMITH JR"));
}

TEST_F(Quirks, Case21WhoIsNotInTheNextFileStays) {
  published(nc_file({{{"ncid", "AA1"}}, {{"ncid", "AA2"}}}));
  const Import second = published(nc_file({{{"ncid", "AA2"}}, {{"ncid", "AA3"}}}));
  EXPECT_EQ(counts(second), "1 0 1 0");
  EXPECT_EQ(warned(second, "absent"), 1);
  EXPECT_EQ(query("select count(*) from voter"), "3");
}

TEST_F(Quirks, Case23TheSamePersonUnderTwoIdsIsKeptTwice) {
  EXPECT_EQ(counts(published(nc_file({{{"ncid", "AA1"}}, {{"ncid", "AA2"}}}))), "2 0 0 0");
}

TEST_F(Quirks, UnknownCodesOfStatusAreRejectedAndOfGenderAreUnknown) {
  std::vector<NcRow> rows;
  for (int i = 0; i < 60; ++i)
    rows.push_back({{"ncid", "BB" + std::to_string(i)}});
  rows.push_back({{"ncid", "AA1"}, {"gender_code", "X"}});
  rows.push_back({{"ncid", "AA2"}, {"status_cd", "Q"}});
  rows.push_back({{"ncid", "AA3"}, {"county_id", "999"}});
  const Import import = published(nc_file(rows));
  EXPECT_EQ(voter("gender"), "U");
  const auto rejects = importer_.rejects(import.id, 0, 10);
  ASSERT_EQ(rejects.size(), 2U);
  EXPECT_EQ(rejects[0].reason, "'Q' is not one of A, D, I, R, S.");
  EXPECT_EQ(rejects[1].column, "county_id");
}

TEST_F(Quirks, MailAddressIsOneText) {
  published(nc_file({{{"ncid", "AA1"},
                      {"mail_addr1", "PO BOX 12"},
                      {"mail_addr2", " "},
                      {"mail_city", "CARY"},
                      {"mail_state", "NC"},
                      {"mail_zipcode", "27511"}}}));
  EXPECT_EQ(voter("mail_address"), "PO BOX 12, CARY, NC 27511");
}

}  // namespace
}  // namespace hustings::ingest
