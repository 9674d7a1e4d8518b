#include "make_people/electorate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <csignal>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hustings::people {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "make_people_XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string> lines_of(const std::filesystem::path& path) {
  std::vector<std::string> lines = split(bytes_of(path), '\n');
  EXPECT_TRUE(lines.back().empty()) << "the last line ends with a newline";
  lines.pop_back();
  return lines;
}

std::string trimmed(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

// A file read without any of the generator's code. Fields keep their blanks.
struct Table {
  std::map<std::string, std::size_t> columns;
  std::vector<std::vector<std::string>> rows;

  Table(const std::filesystem::path& path, char separator, bool quoted) {
    const auto fields_of = [&](const std::string& line) {
      std::vector<std::string> fields = split(line, separator);
      for (std::string& field : fields) {
        if (!quoted) continue;
        EXPECT_TRUE(field.size() >= 2 && field.front() == '"' && field.back() == '"') << line;
        field = field.substr(1, field.size() - 2);
      }
      return fields;
    };
    const std::vector<std::string> lines = lines_of(path);
    const std::vector<std::string> header = fields_of(lines.front());
    for (std::size_t i = 0; i < header.size(); ++i)
      columns[header[i]] = i;
    for (std::size_t i = 1; i < lines.size(); ++i)
      rows.push_back(fields_of(lines[i]));
  }
  const std::string& at(const std::vector<std::string>& row, const std::string& column) const {
    return row.at(columns.at(column));
  }
};

// One electorate that most tests look at: with all quirks, in a size that is quick to make.
constexpr std::uint64_t kVoters = 30'000;

ElectorateSpec spec_for(const TempFolder& folder) {
  ElectorateSpec spec;
  spec.voters = kVoters;
  spec.seed = 7;
  spec.folder = folder.path();
  spec.threads = 2;
  spec.quirk_scale = 10;
  return spec;
}

class ElectorateTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { made = std::make_unique<Made>(); }
  static void TearDownTestSuite() { made.reset(); }

  static const ElectorateFiles& files() { return made->files; }
  static const Table& roll() { return made->roll; }
  static const Table& history() { return made->history; }
  static const Table& truth() { return made->truth; }
  static const Table& scores() { return made->scores; }
  static std::string field(const std::vector<std::string>& row, const char* column) {
    return trimmed(roll().at(row, column));
  }
  static std::uint64_t rows_where(auto&& condition) {
    return static_cast<std::uint64_t>(std::ranges::count_if(roll().rows, condition));
  }

 private:
  struct Made {
    TempFolder folder;
    ElectorateFiles files = write_electorate(spec_for(folder));
    Table roll{files.roll, '\t', true};
    Table history{files.history, '\t', true};
    Table truth{files.truth, ',', false};
    Table scores{files.scores, ',', false};
  };
  static std::unique_ptr<Made> made;
};
std::unique_ptr<ElectorateTest::Made> ElectorateTest::made;

TEST_F(ElectorateTest, RowsHaveAllColumnsOfTheLayout) {
  EXPECT_EQ(roll().columns.size(), 70u);
  EXPECT_EQ(history().columns.size(), 15u);
  EXPECT_EQ(roll().rows.size(), kVoters);
  EXPECT_EQ(files().roll_rows, kVoters);
  EXPECT_EQ(history().rows.size(), files().history_rows);
  EXPECT_EQ(truth().rows.size(), kVoters);
  EXPECT_EQ(scores().rows.size(), files().score_rows);
  for (const auto& row : roll().rows)
    ASSERT_EQ(row.size(), 70u);
  for (const auto& row : history().rows)
    ASSERT_EQ(row.size(), 15u);
  EXPECT_EQ(roll().columns.at("ncid"), 3u);
  EXPECT_EQ(roll().columns.at("hava_id_req"), 36u);
  EXPECT_EQ(roll().columns.at("vtd_desc"), 69u);
}

TEST_F(ElectorateTest, IdsAreUniqueWhereTheyPromiseToBe) {
  std::set<std::string> ncids, registrations, counties;
  for (const auto& row : roll().rows) {
    const std::string& ncid = roll().at(row, "ncid");
    const std::string& registration = roll().at(row, "voter_reg_num");
    EXPECT_TRUE(ncids.insert(ncid).second) << ncid;
    EXPECT_EQ(registration.size(), 12u);
    EXPECT_TRUE(registrations.insert(roll().at(row, "county_id") + "/" + registration).second);
    counties.insert(roll().at(row, "county_id"));
  }
  EXPECT_EQ(counties.size(), 100u);
}

TEST_F(ElectorateTest, SharesAreThoseOfTheRealFile) {
  const auto share = [&](auto&& condition) {
    return static_cast<double>(rows_where(condition)) / kVoters;
  };
  const auto missing = [&](const char* column) {
    return share([&](const auto& row) { return field(row, column).empty(); });
  };
  const auto equal = [&](const char* column, const char* value) {
    return share([&](const auto& row) { return field(row, column) == value; });
  };
  EXPECT_NEAR(1 - missing("full_phone_number"), 0.42, 0.02);
  EXPECT_NEAR(missing("middle_name"), 0.07, 0.01);
  EXPECT_NEAR(missing("name_suffix_lbl"), 0.95, 0.015);
  EXPECT_NEAR(missing("birth_state"), 0.195, 0.02);
  EXPECT_NEAR(missing("precinct_abbrv"), 0.108, 0.015);
  EXPECT_NEAR(missing("municipality_abbrv"), 0.445, 0.04);
  EXPECT_NEAR(missing("ward_abbrv"), 0.70, 0.04);
  EXPECT_NEAR(equal("status_cd", "A"), 0.80, 0.02);
  EXPECT_NEAR(equal("status_cd", "R"), 0.09, 0.01);
  EXPECT_NEAR(equal("party_cd", "DEM"), 0.30, 0.04);
  EXPECT_NEAR(equal("party_cd", "REP"), 0.31, 0.04);
  EXPECT_NEAR(equal("race_code", "B"), 0.19, 0.03);
}

bool has_hash_type(const std::string& street) {
  constexpr std::array kTypes = {"RD",  "DR", "ST",   "LN",   "CT",   "AVE", "CIR",
                                 "WAY", "PL", "TRL",  "LOOP", "BLVD", "RUN", "PKWY",
                                 "TER", "CV", "XING", "SQ",   "HWY",  "PT"};
  return std::ranges::any_of(
      kTypes, [&](const char* type) { return street.ends_with(std::string(" #") + type); });
}

bool has_high_byte(const std::string& text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) > 127; });
}

bool is_honorific(const std::string& suffix) {
  constexpr std::array kHonorifics = {"DR", "REV", "MRS", "MS", "PHD", "HON"};
  return std::ranges::find(kHonorifics, suffix) != kHonorifics.end();
}

// Every count that can be taken from one field, taken from the file.
TEST_F(ElectorateTest, QuirksOfTheRollAreInTheFileAsOftenAsReported) {
  std::map<Quirk, std::uint64_t> seen;
  const auto has = [](const std::string& text, const char* any) {
    return text.find_first_of(any) != std::string::npos;
  };
  for (const auto& row : roll().rows) {
    const std::string last = field(row, "last_name"), first = field(row, "first_name"),
                      middle = field(row, "middle_name"), suffix = field(row, "name_suffix_lbl"),
                      street = field(row, "res_street_address"), zip = field(row, "zip_code"),
                      date = field(row, "registr_dt"), phone = field(row, "full_phone_number");
    for (const std::string& text : row)
      seen[Quirk::padded_field] += text.ends_with(' ');
    seen[Quirk::double_blank] += street.find("  ") != std::string::npos;
    seen[Quirk::date_1900] += date == "01/01/1900";
    seen[Quirk::date_hashes] += date == "##/##/####";
    seen[Quirk::date_crosses] += date == "XX-XX-XXXX";
    seen[Quirk::date_1812] += date == "07/01/1812";
    seen[Quirk::date_future] += date.substr(6) > "2026" && date[0] <= '1';
    seen[Quirk::confidential] += field(row, "confidential_ind") == "Y";
    seen[Quirk::removed_address] += street == "REMOVED";
    const std::string line = phone.size() == 10 ? phone.substr(3) : "";
    const std::string area = phone.substr(0, line.empty() ? 0 : 3);
    seen[Quirk::phone_placeholder] +=
        area == "000" || area == "999" || line == "0000000" || line == "9999999";
    seen[Quirk::phone_seven_digits] += phone.size() == 7;
    seen[Quirk::suffix_in_last_name] += last.ends_with(" JR") || last.ends_with(" SR");
    seen[Quirk::no_middle_name_mark] += middle == "NMN";
    seen[Quirk::nickname_quoted] += has(first, "\"");
    seen[Quirk::nickname_bracketed] += has(first, "(");
    seen[Quirk::digit_in_name] += has(last, "01");
    seen[Quirk::apostrophe_in_last_name] += has(last, "'");
    seen[Quirk::apostrophe_for_accent] += first.ends_with('\'');
    seen[Quirk::hyphen_in_last_name] += has(last, "-");
    seen[Quirk::lower_case_particle] += last.starts_with("Mc");
    seen[Quirk::non_ascii] += has_high_byte(last) || has_high_byte(first) || has_high_byte(middle);
    seen[Quirk::missing_first_name] += first.empty();
    seen[Quirk::honorific_suffix] += is_honorific(suffix);
    seen[Quirk::zip_nine_digits] += zip.size() == 9;
    seen[Quirk::hash_street_type] += has_hash_type(street);
  }
  for (const auto& [quirk, count] : seen) {
    EXPECT_EQ(files().quirks[quirk], count) << quirk_name(quirk);
    EXPECT_GT(count, 0u) << quirk_name(quirk);
  }
}

TEST_F(ElectorateTest, TheSamePersonTwiceDiffersInTheIdsOnly) {
  std::map<std::vector<std::string>, std::set<std::string>> ids;
  for (auto row : roll().rows) {
    const std::string ncid = roll().at(row, "ncid");
    row[roll().columns.at("ncid")].clear();
    row[roll().columns.at("voter_reg_num")].clear();
    ids[row].insert(ncid);
  }
  const std::uint64_t surplus = roll().rows.size() - ids.size();
  EXPECT_GT(surplus, 0u);
  EXPECT_EQ(files().quirks[Quirk::same_person_twice], surplus);

  std::set<std::string> persons;
  for (const auto& row : truth().rows)
    persons.insert(truth().at(row, "person"));
  EXPECT_EQ(truth().rows.size() - persons.size(), surplus);
}

TEST_F(ElectorateTest, QuirksOfTheHistoryAreInTheFileAsOftenAsReported) {
  std::set<std::string> ncids, elections;
  for (const auto& row : roll().rows)
    ncids.insert(roll().at(row, "ncid"));
  std::uint64_t orphans = 0, elsewhere = 0;
  std::set<std::pair<std::string, std::string>> keys;
  for (const auto& row : history().rows) {
    const std::string& ncid = history().at(row, "ncid");
    orphans += !ncids.contains(ncid);
    elsewhere += history().at(row, "county_id") != history().at(row, "voted_county_id");
    keys.emplace(ncid, history().at(row, "election_lbl"));
    elections.insert(history().at(row, "election_desc"));
  }
  EXPECT_EQ(files().quirks[Quirk::history_orphan], orphans);
  EXPECT_EQ(files().quirks[Quirk::history_repeat], history().rows.size() - keys.size());
  EXPECT_EQ(files().quirks[Quirk::history_other_county], elsewhere);
  EXPECT_GT(orphans, 0u);
  EXPECT_GT(files().quirks[Quirk::history_repeat], 0u);
  EXPECT_EQ(elections.size(), 10u);
}

TEST_F(ElectorateTest, HouseholdsShareAddressAndMostlyTheName) {
  std::map<std::string, std::string> household_of;
  for (const auto& row : truth().rows) {
    household_of[truth().at(row, "ncid")] = truth().at(row, "household");
  }
  std::map<std::string, std::set<std::string>> addresses, surnames;
  std::map<std::string, int> sizes;
  for (const auto& row : roll().rows) {
    const std::string street = field(row, "res_street_address");
    if (street.empty() || street == "REMOVED" || street == "CONFIDENTIAL") continue;
    const std::string& household = household_of.at(roll().at(row, "ncid"));
    addresses[household].insert(street + field(row, "zip_code"));
    surnames[household].insert(field(row, "last_name"));
    ++sizes[household];
  }
  int shared = 0, of_one_name = 0;
  for (const auto& [household, size] : sizes) {
    EXPECT_EQ(addresses[household].size(), 1u) << household;
    if (size < 2) continue;
    ++shared;
    of_one_name += surnames[household].size() == 1;
  }
  EXPECT_GT(shared, static_cast<int>(sizes.size()) / 2);
  EXPECT_NEAR(static_cast<double>(of_one_name) / shared, 0.75, 0.12);
  EXPECT_NEAR(static_cast<double>(kVoters) / static_cast<double>(files().households), 2.1, 0.2);
}

TEST_F(ElectorateTest, NumbersReachNobodyAndBelongToOneHousehold) {
  std::map<std::string, std::string> household_of, owner;
  for (const auto& row : truth().rows) {
    household_of[truth().at(row, "ncid")] = truth().at(row, "household");
  }
  for (const auto& row : roll().rows) {
    const std::string phone = field(row, "full_phone_number");
    if (phone.size() != 10 || phone.starts_with("000") || phone.starts_with("999")) continue;
    if (phone.ends_with("0000000") || phone.ends_with("9999999")) continue;
    EXPECT_THAT((std::array{"555", "958", "959", "950"}), testing::Contains(phone.substr(3, 3)));
    EXPECT_NE(phone.substr(6), "1212");
    const std::string& household = household_of.at(roll().at(row, "ncid"));
    EXPECT_EQ(owner.emplace(phone, household).first->second, household) << phone;
  }
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const double n = static_cast<double>(x.size());
  double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sx += x[i];
    sy += y[i];
    sxx += x[i] * x[i];
    syy += y[i] * y[i];
    sxy += x[i] * y[i];
  }
  return (n * sxy - sx * sy) / std::sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
}

TEST_F(ElectorateTest, ScoresAreANoisyMeasurementOfTheTruth) {
  std::map<std::string, const std::vector<std::string>*> true_row;
  for (const auto& row : truth().rows)
    true_row[truth().at(row, "ncid")] = &row;
  std::vector<double> support, seen_support, turnout, seen_turnout;
  for (const auto& row : scores().rows) {
    const auto& is = *true_row.at(scores().at(row, "ncid"));
    support.push_back(std::stod(truth().at(is, "support")));
    turnout.push_back(std::stod(truth().at(is, "turnout_propensity")));
    seen_support.push_back(std::stod(scores().at(row, "support_score")));
    seen_turnout.push_back(std::stod(scores().at(row, "turnout_score")));
  }
  EXPECT_NEAR(static_cast<double>(support.size()) / kVoters, 0.97, 0.005);
  EXPECT_GT(correlation(support, seen_support), 0.9);
  EXPECT_LT(correlation(support, seen_support), 0.99);
  EXPECT_GT(correlation(turnout, seen_turnout), 0.85);
  EXPECT_EQ(std::ranges::max(seen_support), 100);
  EXPECT_EQ(std::ranges::min(seen_support), 0);
}

TEST_F(ElectorateTest, VotersDoWhatTheirTruthSays) {
  std::map<std::string, int> votes;
  for (const auto& row : history().rows) {
    votes[history().at(row, "ncid")] += history().at(row, "election_lbl") == "11/05/2024";
  }
  std::vector<double> turnout, voted;
  for (const auto& row : truth().rows) {
    turnout.push_back(std::stod(truth().at(row, "turnout_propensity")));
    voted.push_back(std::min(1, votes[truth().at(row, "ncid")]));
  }
  EXPECT_GT(correlation(turnout, voted), 0.4);
  std::map<std::string, std::pair<double, int>> support_by_party;
  for (std::size_t i = 0; i < kVoters; ++i) {
    // truth.csv has the rows of the roll in the order of the roll.
    ASSERT_EQ(truth().at(truth().rows[i], "ncid"), roll().at(roll().rows[i], "ncid"));
    auto& [sum, count] = support_by_party[field(roll().rows[i], "party_cd")];
    sum += std::stod(truth().at(truth().rows[i], "support"));
    ++count;
  }
  const auto mean = [&](const char* party) {
    return support_by_party[party].first / support_by_party[party].second;
  };
  EXPECT_GT(mean("DEM"), 75);
  EXPECT_LT(mean("REP"), 20);
  EXPECT_NEAR(mean("UNA"), 48, 10);
}

TEST_F(ElectorateTest, NamesAreValidWindows1252) {
  constexpr std::string_view kUndefined = "\x81\x8d\x8f\x90\x9d";
  const std::string bytes = bytes_of(files().roll);
  EXPECT_EQ(bytes.find_first_of(kUndefined), std::string::npos);
  EXPECT_THAT(bytes, HasSubstr("JOS\xC9"));
}

TEST(Electorate, IsTheSameForAnyNumberOfThreads) {
  TempFolder one, three;
  ElectorateSpec spec = spec_for(one);
  spec.threads = 1;
  spec.broken = 20;
  const ElectorateFiles first = write_electorate(spec);
  spec.folder = three.path();
  spec.threads = 3;
  const ElectorateFiles second = write_electorate(spec);
  EXPECT_EQ(first.quirks, second.quirks);
  for (const char* name : {"ncvoter.txt", "ncvhis.txt", "scores.csv", "truth.csv", "broken.csv"}) {
    EXPECT_TRUE(bytes_of(one.path() / name) == bytes_of(three.path() / name)) << name;
  }
}

TEST(Electorate, AnotherSeedIsAnotherElectorate) {
  TempFolder one, two;
  ElectorateSpec spec = spec_for(one);
  spec.voters = 5000;
  write_electorate(spec);
  spec.folder = two.path();
  spec.seed = 8;
  write_electorate(spec);
  EXPECT_FALSE(bytes_of(one.path() / "ncvoter.txt") == bytes_of(two.path() / "ncvoter.txt"));
}

TEST(Electorate, TheOlderLayoutHasTheSamePeople) {
  TempFolder newer, older;
  ElectorateSpec spec = spec_for(newer);
  spec.voters = 5000;
  const Table now(write_electorate(spec).roll, '\t', true);
  spec.folder = older.path();
  spec.layout = Layout::nc_2022_02;
  const Table before(write_electorate(spec).roll, '\t', true);
  EXPECT_EQ(before.columns.size(), 67u);
  EXPECT_FALSE(before.columns.contains("ssn"));
  ASSERT_EQ(before.rows.size(), now.rows.size());
  int recoded = 0;
  for (std::size_t i = 0; i < now.rows.size(); ++i) {
    for (const char* column : {"ncid", "last_name", "registr_dt", "municipality_desc"}) {
      ASSERT_EQ(now.at(now.rows[i], column), before.at(before.rows[i], column));
    }
    recoded += now.at(now.rows[i], "vtd_abbrv") != before.at(before.rows[i], "vtd_abbrv");
  }
  EXPECT_GT(recoded, 4000);
}

TEST(Electorate, WithoutHistoryNothingElseChanges) {
  TempFolder with, without;
  ElectorateSpec spec = spec_for(with);
  spec.voters = 9000;
  write_electorate(spec);
  spec.folder = without.path();
  spec.history = false;
  const ElectorateFiles files = write_electorate(spec);
  EXPECT_TRUE(files.history.empty());
  EXPECT_FALSE(std::filesystem::exists(without.path() / "ncvhis.txt"));
  for (const char* name : {"ncvoter.txt", "scores.csv", "truth.csv"}) {
    EXPECT_TRUE(bytes_of(with.path() / name) == bytes_of(without.path() / name)) << name;
  }
}

TEST(Electorate, QuotesAndLineEndsCanBeChosen) {
  TempFolder folder;
  ElectorateSpec spec = spec_for(folder);
  spec.voters = 3000;
  spec.quoted = false;
  spec.crlf = true;
  const std::vector<std::string> lines = lines_of(write_electorate(spec).roll);
  EXPECT_EQ(lines.size(), 3001u);
  for (const std::string& line : lines) {
    ASSERT_TRUE(line.ends_with('\r'));
    ASSERT_EQ(std::ranges::count(line, '\t'), 69);
  }
  EXPECT_TRUE(lines[0].starts_with("county_id\tcounty_desc\t"));
}

std::string reason_seen(const std::string& line) {
  if (line.empty()) return "empty_line";
  const std::vector<std::string> fields = split(line, '\t');
  if (fields.size() < 70) return "too_few_fields";
  if (fields.size() > 70) return "too_many_fields";
  if (fields[0] == "\"county_id\"") return "repeated_header";
  if (fields[0] == "\"999\"") return "invalid_county";
  if (fields[3] == "\"\"") return "missing_ncid";
  if (fields[4].find('\x81') != std::string::npos) return "undecodable_byte";
  if (fields[4].find('\0') != std::string::npos) return "nul_byte";
  if (fields[25] == "\"13/45/2020\"") return "invalid_date";
  if (fields[30] == "\"19X4\"") return "invalid_birth_year";
  return "fine";
}

TEST(Electorate, BrokenRowsAreWhereTheListSaysAndNowhereElse) {
  TempFolder folder;
  ElectorateSpec spec = spec_for(folder);
  spec.voters = 10'000;
  spec.broken = 35;
  const ElectorateFiles files = write_electorate(spec);
  EXPECT_EQ(files.broken_rows, 35u);
  const std::vector<std::string> lines = lines_of(files.roll);
  EXPECT_EQ(lines.size(), 1 + 10'000 + 35u);
  std::map<std::size_t, std::string> listed;
  const std::vector<std::string> list = lines_of(files.broken);
  EXPECT_EQ(list.front(), "line,reason");
  for (std::size_t i = 1; i < list.size(); ++i) {
    const std::vector<std::string> entry = split(list[i], ',');
    listed[std::stoul(entry[0])] = entry[1];
  }
  EXPECT_EQ(listed.size(), 35u);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto found = listed.find(i + 1);
    EXPECT_EQ(reason_seen(lines[i]), found == listed.end() ? "fine" : found->second) << i + 1;
  }
}

TEST(Electorate, TheSmallestHasOneVoter) {
  TempFolder folder;
  ElectorateSpec spec = spec_for(folder);
  spec.voters = 1;
  EXPECT_EQ(lines_of(write_electorate(spec).roll).size(), 2u);
}

std::string error_of(const ElectorateSpec& spec) {
  try {
    write_electorate(spec);
  } catch (const ElectorateError& error) {
    return error.what();
  }
  return "none";
}

TEST(Electorate, SaysInASentenceWhatIsWrong) {
  TempFolder folder;
  ElectorateSpec spec = spec_for(folder);
  spec.voters = 0;
  EXPECT_EQ(error_of(spec), "An electorate needs at least one voter.");
  spec.voters = 10;
  spec.threads = -1;
  EXPECT_THAT(error_of(spec), ContainsRegex("^The number of threads is between .*\\.$"));
  spec.threads = 1;
  std::ofstream(folder.path() / "file") << "in the way";
  spec.folder = folder.path() / "file";
  EXPECT_THAT(error_of(spec), ContainsRegex("^Cannot .*file.*\\.$"));
}

TEST(Electorate, AFullDiskLeavesNothingBehind) {
  TempFolder folder;
  ElectorateSpec spec = spec_for(folder);
  // A limit on the size of files fails a write just as a full disk does.
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit tight = before;
  tight.rlim_cur = 1'000'000;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
  const std::string error = error_of(spec);
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_THAT(error, ContainsRegex("^Cannot write .*nc.*txt: .*\\.$"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Electorate, EveryQuirkHasAName) {
  std::set<std::string_view> names;
  for (int i = 0; i < kQuirks; ++i)
    names.insert(quirk_name(static_cast<Quirk>(i)));
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kQuirks));
  EXPECT_FALSE(names.contains(""));
}

}  // namespace
}  // namespace hustings::people
