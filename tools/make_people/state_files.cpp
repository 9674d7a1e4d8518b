#include "make_people/state_files.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace hustings::people {
namespace {

namespace fs = std::filesystem;

constexpr int kOhioCounties = 88;
constexpr int kOhioElections = 74;

constexpr std::array<std::string_view, 67> kFloridaCounties = {
    "ALA", "BAK", "BAY", "BRA", "BRE", "BRO", "CAL", "CHA", "CIT", "CLA", "CLL", "CLM",
    "DAD", "DES", "DIX", "DUV", "ESC", "FLA", "FRA", "GAD", "GIL", "GLA", "GUL", "HAM",
    "HAR", "HEN", "HER", "HIG", "HIL", "HOL", "IND", "JAC", "JEF", "LAF", "LAK", "LEE",
    "LEO", "LEV", "LIB", "MAD", "MAN", "MRN", "MRT", "MON", "NAS", "OKA", "OKE", "ORA",
    "OSC", "PAL", "PAS", "PIN", "POL", "PUT", "SAN", "SAR", "SEM", "STJ", "STL", "SUM",
    "SUW", "TAY", "UNI", "VOL", "WAK", "WAL", "WAS"};

constexpr std::string_view kOhioColumns =
    "SOS_VOTERID,COUNTY_NUMBER,COUNTY_ID,LAST_NAME,FIRST_NAME,MIDDLE_NAME,SUFFIX,DATE_OF_BIRTH,"
    "REGISTRATION_DATE,VOTER_STATUS,PARTY_AFFILIATION,RESIDENTIAL_ADDRESS1,"
    "RESIDENTIAL_SECONDARY_ADDR,RESIDENTIAL_CITY,RESIDENTIAL_STATE,RESIDENTIAL_ZIP,"
    "RESIDENTIAL_ZIP_PLUS4,RESIDENTIAL_COUNTRY,RESIDENTIAL_POSTALCODE,MAILING_ADDRESS1,"
    "MAILING_SECONDARY_ADDRESS,MAILING_CITY,MAILING_STATE,MAILING_ZIP,MAILING_ZIP_PLUS4,"
    "MAILING_COUNTRY,MAILING_POSTAL_CODE,CAREER_CENTER,CITY,CITY_SCHOOL_DISTRICT,"
    "COUNTY_COURT_DISTRICT,CONGRESSIONAL_DISTRICT,COURT_OF_APPEALS,EDU_SERVICE_CENTER_DISTRICT,"
    "EXEMPTED_VILL_SCHOOL_DISTRICT,LIBRARY,LOCAL_SCHOOL_DISTRICT,MUNICIPAL_COURT_DISTRICT,"
    "PRECINCT_NAME,PRECINCT_CODE,STATE_BOARD_OF_EDUCATION,STATE_REPRESENTATIVE_DISTRICT,"
    "STATE_SENATE_DISTRICT,TOWNSHIP,VILLAGE,WARD";

std::uint64_t mixed(std::uint64_t value) {
  value ^= value >> 33;
  value *= 0xff51afd7ed558ccdULL;
  value ^= value >> 33;
  value *= 0xc4ceb9fe1a85ec53ULL;
  return value ^ (value >> 33);
}

// A row of ncvoter.txt by the names of its columns.
class RollRow {
 public:
  explicit RollRow(const std::map<std::string, std::size_t, std::less<>>& places)
      : places_(places) {}
  void split(std::string_view line) {
    fields_.clear();
    while (true) {
      const std::size_t end = std::min(line.find('\t'), line.size());
      std::string_view field = line.substr(0, end);
      if (field.size() >= 2 && field.front() == '"') field = field.substr(1, field.size() - 2);
      while (!field.empty() && field.back() == ' ')
        field.remove_suffix(1);
      fields_.push_back(field);
      if (end == line.size()) return;
      line.remove_prefix(end + 1);
    }
  }
  bool is_whole() const { return fields_.size() == places_.size(); }
  std::string_view operator[](std::string_view column) const {
    return fields_[places_.find(column)->second];
  }
  std::uint64_t number() const { return mixed(std::hash<std::string_view>{}((*this)["ncid"])); }

 private:
  const std::map<std::string, std::size_t, std::less<>>& places_;
  std::vector<std::string_view> fields_;
};

void each_row(const fs::path& roll, const std::function<void(const RollRow&)>& use) {
  std::ifstream file(roll, std::ios::binary);
  std::string line;
  if (!std::getline(file, line)) throw std::runtime_error("The roll cannot be read.");
  std::map<std::string, std::size_t, std::less<>> places;
  std::string name;
  for (const char c : line + "\t") {
    if (c == '\t') {
      const std::size_t place = places.size();
      places.emplace(name, place);
      name.clear();
    } else if (c != '"' && c != '\r') {
      name += c;
    }
  }
  RollRow row(places);
  while (std::getline(file, line)) {
    if (line.ends_with('\r')) line.pop_back();
    row.split(line);
    if (row.is_whole()) use(row);
  }
}

// Files that are written at the same time.
class Outputs {
 public:
  Outputs(StateFiles& out, fs::path folder) : out_(out), folder_(std::move(folder)) {
    fs::create_directories(folder_);
    out_.folder = folder_;
  }
  void write(const std::string& name, std::string_view header, std::string_view row) {
    auto [at, is_new] = files_.try_emplace(name);
    if (is_new) {
      out_.files.push_back(folder_ / name);
      at->second.open(out_.files.back(), std::ios::binary);
      put(at->second, header);
    }
    put(at->second, row);
    ++out_.rows;
  }

 private:
  void put(std::ofstream& file, std::string_view text) {
    if (!file.write(text.data(), static_cast<std::streamsize>(text.size()))) {
      throw std::runtime_error("The disk is full.");
    }
    out_.bytes += text.size();
  }
  StateFiles& out_;
  fs::path folder_;
  std::map<std::string, std::ofstream> files_;
};

std::string two(std::uint64_t number) {
  return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

int county_of(const RollRow& row) {
  int out = 0;
  for (const char c : row["county_id"])
    out = out * 10 + (c - '0');
  return out;
}

// Registration numbers are unique within a county only.
std::string county_digits(const RollRow& row) {
  return two(static_cast<std::uint64_t>(county_of(row) % 100));
}

// A full date of birth, which North Carolina does not print.
std::string born(const RollRow& row, bool iso) {
  const std::string_view year = row["birth_year"];
  if (year.size() != 4) return "";
  const std::uint64_t number = row.number();
  const std::string month = two(1 + number % 12);
  const std::string day = two(1 + number / 12 % 28);
  return iso ? std::string(year) + "-" + month + "-" + day
             : month + "/" + day + "/" + std::string(year);
}

std::string registered(const RollRow& row, bool iso) {
  const std::string_view text = row["registr_dt"];
  if (text.size() != 10 || text[2] != '/' || text[0] == '#')
    return iso ? "1900-01-01" : "01/01/1900";
  if (!iso) return std::string(text);
  return std::string(text.substr(6)) + "-" + std::string(text.substr(0, 2)) + "-" +
         std::string(text.substr(3, 2));
}

// A general election in November of even years, primaries and others between.
std::string ohio_election(int place) {
  const int year = 2000 + place * 24 / kOhioElections;
  const int of_year = place % 3;
  if (of_year == 0)
    return "PRIMARY-0" + std::to_string(3 + place % 2 * 2) + "/0" + std::to_string(1 + place % 7) +
           "/" + std::to_string(year);
  return (of_year == 1 ? "GENERAL-11/0" : "SPECIAL-08/0") + std::to_string(1 + place % 8) + "/" +
         std::to_string(year);
}

void add_quoted(std::string& out, std::string_view text) {
  out += '"';
  out += text;  // a bare quote stays one: Ohio does not double it
  out += "\",";
}

std::string ohio_row(const RollRow& row, int county, std::uint64_t& votes) {
  const std::uint64_t number = row.number();
  const std::string_view zip = row["zip_code"];
  const std::string_view party = row["party_cd"];
  std::string out;
  add_quoted(out, "OH" + std::string(row["voter_reg_num"].substr(3)) + county_digits(row));
  add_quoted(out, two(static_cast<std::uint64_t>(county)));
  for (const std::string_view column :
       {"voter_reg_num", "last_name", "first_name", "middle_name", "name_suffix_lbl"}) {
    add_quoted(out, row[column]);
  }
  add_quoted(out, born(row, true));
  add_quoted(out, registered(row, true));
  add_quoted(out, row["status_cd"] == "A" ? "ACTIVE" : "CONFIRMATION");
  add_quoted(out, party == "DEM" ? "D" : party == "REP" ? "R" : "");
  add_quoted(out, row["res_street_address"]);
  out += "\"\",";
  add_quoted(out, row["res_city_desc"]);
  add_quoted(out, "OH");
  add_quoted(out, zip.substr(0, 5));
  add_quoted(out, zip.size() == 9 ? zip.substr(5) : "");
  for (int i = 0; i < 11; ++i)
    out += "\"\",";
  add_quoted(out, row["municipality_desc"]);
  add_quoted(out, row["school_dist_desc"]);
  out += "\"\",";
  add_quoted(out, row["cong_dist_abbrv"]);
  for (int i = 0; i < 6; ++i)
    out += "\"\",";
  add_quoted(out, row["precinct_desc"]);
  add_quoted(out, row["precinct_abbrv"]);
  out += "\"\",";
  add_quoted(out, row["nc_house_abbrv"]);
  add_quoted(out, row["nc_senate_abbrv"]);
  add_quoted(out, row["township_desc"]);
  out += "\"\",";
  add_quoted(out, row["ward_abbrv"]);
  // Nine votes on the average, as in the real file.
  for (int place = 0; place < kOhioElections; ++place) {
    const std::uint64_t chance = mixed(number + static_cast<std::uint64_t>(place)) % 100;
    const bool voted = chance < (place % 3 == 1 ? 25U : 6U);
    votes += voted ? 1 : 0;
    out += voted ? (place % 3 == 0 ? "\"D\"," : "\"X\",") : "\"\",";
  }
  out.back() = '\n';
  return out;
}

void add_field(std::string& out, std::string_view text) {
  out += text;
  out += '\t';
}

std::string florida_row(const RollRow& row, std::string_view county) {
  const bool hidden = row["confidential_ind"] == "Y";
  const std::string_view phone = row["full_phone_number"];
  const auto shown = [&](std::string_view text) { return hidden ? std::string_view("*") : text; };
  std::string out;
  add_field(out, county);
  add_field(out, county_digits(row) + std::string(row["voter_reg_num"].substr(4)));
  add_field(out, shown(row["last_name"]));
  add_field(out, shown(row["name_suffix_lbl"]));
  add_field(out, shown(row["first_name"]));
  add_field(out, shown(row["middle_name"]));
  add_field(out, hidden ? "Y" : "N");
  add_field(out, shown(row["res_street_address"]));
  add_field(out, shown(""));
  add_field(out, shown(row["res_city_desc"]));
  add_field(out, shown(""));
  add_field(out, shown(row["zip_code"]));
  for (int i = 0; i < 7; ++i)
    add_field(out, shown(""));
  add_field(out, row["gender_code"]);
  add_field(out, row["race_code"] == "W" ? "5" : row["race_code"] == "B" ? "3" : "9");
  add_field(out, shown(born(row, false)));
  add_field(out, registered(row, false));
  const std::string_view party = row["party_cd"];
  add_field(out, party == "UNA" ? "NPA" : party);
  add_field(out, shown(row["precinct_abbrv"]));
  for (int i = 0; i < 3; ++i)
    add_field(out, shown(""));
  add_field(out, row["status_cd"] == "A" ? "ACT" : "INA");
  for (const std::string_view column : {"cong_dist_abbrv", "nc_house_abbrv", "nc_senate_abbrv",
                                        "county_commiss_abbrv", "school_dist_abbrv"}) {
    add_field(out, shown(row[column]));
  }
  add_field(out, shown(phone.size() == 10 ? phone.substr(0, 3) : ""));
  add_field(out, shown(phone.size() == 10 ? phone.substr(3) : ""));
  add_field(out, shown(""));
  out += shown("");
  return out + '\n';
}

}  // namespace

StateFiles write_ohio(const fs::path& roll, const fs::path& folder) {
  StateFiles out;
  Outputs outputs(out, folder);
  std::string header(kOhioColumns);
  for (int place = 0; place < kOhioElections; ++place)
    header += "," + ohio_election(place);
  header += '\n';
  each_row(roll, [&](const RollRow& row) {
    const int county = 1 + county_of(row) % kOhioCounties;
    const int first = (county - 1) / 22 * 22 + 1;
    outputs.write("SWVF_" + std::to_string(first) + "_" + std::to_string(first + 21) + ".txt",
                  header, ohio_row(row, county, out.votes));
  });
  return out;
}

StateFiles write_florida(const fs::path& roll, const fs::path& folder) {
  StateFiles out;
  Outputs outputs(out, folder);
  each_row(roll, [&](const RollRow& row) {
    const std::string_view county =
        kFloridaCounties.at(static_cast<std::size_t>(county_of(row)) % kFloridaCounties.size());
    outputs.write(std::string(county) + "_20260201.txt", "", florida_row(row, county));
  });
  return out;
}

}  // namespace hustings::people
