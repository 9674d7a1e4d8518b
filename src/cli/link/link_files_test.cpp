#include "cli/link/link_files.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "cli/link/birth_reading.h"
#include "cli/link/column_roles.h"
#include "cli/link/csv_table.h"
#include "linkage/linkage.h"
#include "make_people/matching_files.h"

namespace hustings::cli {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr int kThisYear = 2026;

class LinkFilesTest : public testing::Test {
 protected:
  LinkFilesTest() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ =
        fs::temp_directory_path() / fmt::format("hustings-link-{}-{}", getpid(), test->name());
    fs::create_directories(folder_);
  }
  ~LinkFilesTest() override {
    std::error_code error;
    fs::remove_all(folder_, error);
  }

  fs::path write(const std::string& name, const std::string& text) const {
    const fs::path file = folder_ / name;
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }
  std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(folder_ / name, std::ios::binary).rdbuf();
    return text.str();
  }
  Result<LinkOutcome> run(LinkArguments arguments) const {
    arguments.folder = folder_;
    return link_files(arguments, kThisYear);
  }
  std::string refusal(const LinkArguments& arguments) const {
    const auto outcome = run(arguments);
    return outcome ? "" : outcome.error().text();
  }
  std::vector<std::string> row(const CsvTable& table, std::size_t index) const {
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < table.columns().size(); ++i)
      cells.emplace_back(table.cell(index, i));
    return cells;
  }

  fs::path folder_;
};

TEST_F(LinkFilesTest, ReadsQuotesDelimitersAndEncodings) {
  const auto table = CsvTable::read(write(
      "a.csv", "\xef\xbb\xbfname;note\r\n\"A; \"\"B\"\"\";\"two\nlines\"\r\n\r\n C ;D;E\r\nF\r\n"));
  ASSERT_TRUE(table) << table.error().text();
  EXPECT_EQ(table->delimiter(), ';');
  EXPECT_THAT(table->columns(), ElementsAre("name", "note"));
  ASSERT_EQ(table->rows(), 3U);
  EXPECT_THAT(row(*table, 0), ElementsAre("A; \"B\"", "two\nlines"));
  EXPECT_THAT(row(*table, 1), ElementsAre("C", "D"));
  EXPECT_THAT(row(*table, 2), ElementsAre("F", ""));
  EXPECT_EQ(table->uneven_rows(), 2U);

  const auto latin = CsvTable::read(write("b.csv", "name\tcity\nM\xfcller\tK\xf6ln\n"));
  ASSERT_TRUE(latin);
  EXPECT_THAT(row(*latin, 0), ElementsAre("Müller", "Köln"));
  const auto wide = CsvTable::read(write("c.csv", std::string("\xff\xfe"
                                                              "a\0,\0b\0\n\0"
                                                              "1\0,\0\xfc\0\n\0",
                                                              18)));
  ASSERT_TRUE(wide);
  EXPECT_THAT(row(*wide, 0), ElementsAre("1", "ü"));
  const auto open = CsvTable::read(write("d.csv", "a,b\n\"x,1\n5\" disk,2\n"));
  ASSERT_TRUE(open);
  EXPECT_EQ(open->rows(), 2U) << "a stray quote does not eat the rest of the file";
}

TEST_F(LinkFilesTest, RefusesWhatCannotBeLinked) {
  const fs::path good = write("good.csv", "first_name,last_name\nANNA,BAUER\nANNA,BAUER\n");
  EXPECT_THAT(refusal({.left = folder_ / "missing.csv"}), HasSubstr("no such file"));
  EXPECT_THAT(refusal({.left = folder_}), HasSubstr("folder"));
  EXPECT_THAT(refusal({.left = write("empty.csv", " \n\n")}), HasSubstr("empty"));
  EXPECT_THAT(refusal({.left = write("header.csv", "first_name,last_name\n")}),
              HasSubstr("no rows"));
  EXPECT_THAT(refusal({.left = write("useless.csv", "id,group\n1,1\n2,1\n")}),
              HasSubstr("No column"));
  EXPECT_THAT(refusal({.left = good, .maps = {"frist=first_name"}}),
              HasSubstr("did you mean first?"));
  EXPECT_THAT(refusal({.left = good, .maps = {"first=first_nmae"}}),
              HasSubstr("did you mean \"first_name\"?"));
  EXPECT_THAT(refusal({.left = good, .maps = {"first"}}), HasSubstr("is no mapping"));
  EXPECT_THAT(refusal({.left = good, .truth = "who"}), HasSubstr("There is no column \"who\""));
  EXPECT_THAT(refusal({.left = good, .right = folder_ / "b.csv"}), HasSubstr("b.csv"));
  for (const std::string& text :
       {refusal({.left = folder_}), refusal({.left = good, .maps = {"x"}})})
    EXPECT_EQ(text.find('\n'), std::string::npos) << "one line";
}

TEST_F(LinkFilesTest, FindsOutWhatColumnsAre) {
  const auto roles = [&](const std::string& text, const std::vector<Mapping>& mappings = {}) {
    const auto table = CsvTable::read(write("roles.csv", text));
    std::vector<std::string> names;
    for (const Role role : infer_roles(*table, mappings, "").roles)
      names.emplace_back(to_string(role));
    return names;
  };
  EXPECT_THAT(roles("fname_c1,fname_c2,lname_c1,lname_c2,by,bm,bd,rec_id,ent_id\n"
                    "A,,B,,1980,1,2,1,9\nC,,D,,1981,2,3,2,8\n"),
              ElementsAre("first", "second_first", "last", "second_last", "birth_year",
                          "birth_month", "birth_day", "id", "ignore"));
  EXPECT_THAT(roles("rec_id, given_name, surname, street_number, address_1, address_2, suburb, "
                    "postcode, state, date_of_birth, soc_sec_id\n"
                    "a,b,c,1,main st,x,y,4000,qld,19800101,1234567\n"),
              ElementsAre("id", "first", "last", "house", "street", "text", "text", "zip", "text",
                          "birth_date", "text"));
  EXPECT_THAT(roles("birth_year,birth_month,birth_day\n1980,1,2\n"),
              ElementsAre("birth_year", "birth_month", "birth_day"));
  EXPECT_THAT(roles("name,birthday\nA B,1980-01-02\n"), ElementsAre("full_name", "birth_date"));
  EXPECT_THAT(roles("Voter ID,Full Name,Address,Phone Number,E-Mail,Zip Code\n1,a,b,c,d,e\n"),
              ElementsAre("id", "full_name", "address", "phone", "email", "zip"));
  EXPECT_THAT(roles("x,height,colour,constant\nANNA,1.5,red,1\nBERTA,1.6,blue,1\n"),
              ElementsAre("exact", "number", "exact", "ignore"));
  EXPECT_THAT(roles("x,first\nANNA,1\nBERTA,2\n", {{.role = Role::first, .column = "x"}}),
              ElementsAre("first", "ignore"))
      << "a mapping goes before a header";
}

TEST_F(LinkFilesTest, ReadsDatesAsPeopleWriteThem) {
  const auto read = [](std::string_view text, DateOrder order = DateOrder::month_first) {
    const auto date = read_birth(text, order, kThisYear);
    return fmt::format("{}-{}-{}", date.year, date.month, date.day);
  };
  EXPECT_EQ(read("1980-06-02"), "1980-6-2");
  EXPECT_EQ(read("1980-06-02T00:00:00"), "1980-6-2");
  EXPECT_EQ(read("19800602"), "1980-6-2");
  EXPECT_EQ(read("06021980"), "1980-6-2");
  EXPECT_EQ(read("6/2/1980"), "1980-6-2");
  EXPECT_EQ(read("6/2/1980", DateOrder::day_first), "1980-2-6");
  EXPECT_EQ(read("13.02.1980"), "1980-2-13");
  EXPECT_EQ(read("02.13.1980", DateOrder::day_first), "1980-2-13");
  EXPECT_EQ(read("6/2/80"), "1980-6-2");
  EXPECT_EQ(read("6/2/05"), "2005-6-2");
  EXPECT_EQ(read("2 Jun 1980"), "1980-6-2");
  EXPECT_EQ(read("June 2, 1980"), "1980-6-2");
  EXPECT_EQ(read("1980"), "1980-0-0");
  EXPECT_EQ(read("1980-06"), "1980-6-0");
  EXPECT_EQ(read("19809902"), "1980-0-0") << "no month: the year alone is known";
  EXPECT_EQ(read("00/00/0000"), "0-0-0");
  EXPECT_EQ(read("unknown"), "0-0-0");
  EXPECT_EQ(order_of({"02/03/1980", "25/03/1980"}), DateOrder::day_first);
  EXPECT_EQ(order_of({"02/03/1980", "03/25/1980"}), DateOrder::month_first);
}

TEST_F(LinkFilesTest, FebrlIsSolved) {
  const auto outcome =
      run({.left = HUSTINGS_LINK_TEST_DATA "/febrl_dataset1.csv", .truth = "rec_id"});
  ASSERT_TRUE(outcome) << outcome.error().text();
  EXPECT_EQ(outcome->of_pairs->true_pairs, 500U);
  EXPECT_GE(outcome->of_pairs->f1(), 0.998);
  EXPECT_GE(outcome->of_clusters->f1(), 0.998);
  EXPECT_NEAR(outcome->expected_matches, 500, 5);
}

TEST_F(LinkFilesTest, WritesPairsAndClusters) {
  const std::string people =
      "id,first_name,last_name,birth_date,zip\n"
      "1,ROBERT,BAUER,1980-06-02,27601\n2,GERLINDE,KOWALSKI,1955-01-30,27610\n"
      "3,THEO,\"VAN, DYKE\",1999-12-01,27601\n";
  const auto outcome = run({.left = write("a.csv", people),
                            .right = write("b.csv", people),
                            .threshold = 0.5,
                            .truth = "id"});
  ASSERT_TRUE(outcome) << outcome.error().text();
  EXPECT_EQ(outcome->of_pairs->right_pairs, 3U);
  EXPECT_EQ(outcome->clusters, 3U);
  const std::string pairs = read("pairs.csv");
  EXPECT_THAT(pairs, HasSubstr("id_left,id_right,probability,bits,"));
  EXPECT_THAT(pairs, HasSubstr("\n3,3,"));
  EXPECT_THAT(read("clusters.csv"), HasSubstr("file,id,cluster\nleft,1,1\nleft,2,2\n"));
  EXPECT_THAT(read("clusters.csv"), HasSubstr("right,3,3\n"));
}

/// The two files of make_people as CSV.
void write_matching(const people::MatchingFiles& files, const fs::path& folder) {
  std::string left = people::MatchingFiles::csv_header();
  std::string right = left;
  files.each_left([&](const auto& row) { people::MatchingFiles::append_csv(row, left); });
  files.each_right([&](const auto& row) { people::MatchingFiles::append_csv(row, right); });
  std::ofstream(folder / "left.csv", std::ios::binary) << left;
  std::ofstream(folder / "right.csv", std::ios::binary) << right;
}

struct Bar {
  people::Scenario scenario;
  double precision;
  double recall;
};
class ElectorateTest : public LinkFilesTest, public testing::WithParamInterface<Bar> {};

TEST_P(ElectorateTest, HouseholdsAreLinkedPersonByPerson) {
  const people::MatchingFiles files({.rows = 10'000, .seed = 11, .scenario = GetParam().scenario});
  write_matching(files, folder_);
  const auto outcome = run({.left = folder_ / "left.csv",
                            .right = folder_ / "right.csv",
                            .maps = {"ignore=person"},
                            .threshold = 0.9,
                            .one_to_one = true,
                            .truth = "person",
                            .threads = 2});
  ASSERT_TRUE(outcome) << outcome.error().text();
  EXPECT_GE(outcome->of_pairs->precision(), GetParam().precision);
  EXPECT_GE(outcome->of_pairs->recall(), GetParam().recall);
  const auto truth = static_cast<double>(outcome->of_pairs->true_pairs);
  EXPECT_NEAR(outcome->expected_matches / truth, 1, 0.05);
}

INSTANTIATE_TEST_SUITE_P(Scenarios, ElectorateTest,
                         testing::Values(Bar{people::Scenario::full_date, 0.9995, 0.997},
                                         Bar{people::Scenario::birth_year, 0.998, 0.97},
                                         Bar{people::Scenario::signup, 0.99, 0.90}),
                         [](const auto& bar) {
                           return fmt::format("{}", static_cast<int>(bar.param.scenario));
                         });

}  // namespace
}  // namespace hustings::cli
