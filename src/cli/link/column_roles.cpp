#include "cli/link/column_roles.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "base/text.h"

namespace hustings::cli {
namespace {

constexpr std::array<std::string_view, 25> kRoleNames = {
    "ignore",    "id",     "first",  "second_first", "middle",     "last",        "second_last",
    "full_name", "suffix", "sex",    "birth_date",   "birth_year", "birth_month", "birth_day",
    "address",   "house",  "street", "unit",         "zip",        "city",        "phone",
    "email",     "text",   "exact",  "number"};

struct Names {
  Role role;
  std::string_view headers;  ///< lower case letters and digits alone, blanks between
};
constexpr std::array kHeaders = {
    Names{Role::id,
          "id recid recordid rowid rownum uniqueid voterid ncid sosvoterid statevoterid vanid "
          "lalvoterid personid customerid externalid patientid pid key index rn rownumber"},
    Names{Role::ignore,
          "entid entityid cluster clusterid truth label trueid matchid dupid duplicateid group "
          "groupid blockingnumber ismatch goldid family householdid source sourcedataset"},
    Names{Role::first,
          "first firstname fname givenname given forename firstnm namefirst fnamec1 christianname "
          "vorname firstgivenname prenom gname fn voterfirstname tsfirstname"},
    Names{Role::second_first, "fnamec2 secondfirstname secondname othergivenname"},
    Names{Role::middle,
          "middle middlename mname middlenm namemiddle mi middleinitial midlname votermiddlename "
          "midname minit"},
    Names{Role::last,
          "last lastname lname surname familyname lastnm namelast sname lnamec1 nachname sn nom "
          "voterlastname familienname"},
    Names{Role::second_last, "lnamec2 secondlastname secondsurname maidenname"},
    Names{Role::full_name,
          "name fullname personname votername contactname customername displayname"},
    Names{Role::suffix, "suffix namesuffix namesuffixlbl namesufxcd generation suffixname gen"},
    Names{Role::sex, "sex gender sexcode gendercode geschlecht"},
    Names{Role::birth_date,
          "dob dateofbirth birthdate birthday birthdt bdate geburtsdatum datebirth birth born "
          "dobfull birthdatefull"},
    Names{Role::birth_year, "birthyear yearofbirth by yob dobyear birthdateyear bornyear yearborn"},
    Names{Role::birth_month, "birthmonth monthofbirth bm mob dobmonth"},
    Names{Role::birth_day, "birthdayofmonth dayofbirth bd dobday birthdateday"},
    Names{Role::address,
          "address fulladdress streetaddress residentialaddress resstreetaddress residenceaddress "
          "homeaddress addressline1 mailingaddress addr residentialaddress1 addressfull line1 "
          "resaddress"},
    Names{Role::house,
          "house housenumber houseno housenum streetnumber streetno addressnumber hnum strnum "
          "stnumber stno hausnummer addrnumber"},
    Names{Role::street, "street streetname address1 addressstreet stname strasse road stnm"},
    Names{Role::unit, "unit unitnumber apt apartment aptnumber aptno unitno aptnum suite flat"},
    Names{Role::zip,
          "zip zipcode postcode postalcode zip5 plz zcta residentialzip reszip reszipcode postal "
          "zipcd postcodefake"},
    Names{
        Role::city,
        "city town suburb municipality rescity rescitydesc cityname ort locality residentialcity"},
    Names{Role::phone,
          "phone phonenumber telephone phoneno tel mobile cell cellphone homephone mobilephone "
          "phonenum fullphonenumber phonehome telephonenumber"},
    Names{Role::email, "email emailaddress mail emailaddr"},
    Names{Role::text,
          "socsecid ssn socialsecuritynumber nationalid medicareno state county "
          "address2 birthplace occupation employer party race ethnicity"},
    Names{Role::ignore, "age firstandsurname firstandlastname"}};

std::string plain(std::string_view header) {
  std::string letters;
  for (const char c : to_lower(header)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) letters += c;
  }
  return letters;
}

std::optional<Role> role_by_header(std::string_view header) {
  const std::string name = plain(header);
  for (const Names& names : kHeaders) {
    const auto known = split(names.headers, ' ');
    if (std::find(known.begin(), known.end(), name) != known.end()) return names.role;
  }
  return std::nullopt;
}

/// What a column holds, by its cells.
struct Contents {
  std::size_t filled = 0;
  std::size_t numbers = 0;
  std::size_t different = 0;
  std::size_t letters = 0;  ///< of all values together
};

Contents look_at(const CsvTable& table, std::size_t column) {
  Contents contents;
  std::unordered_set<std::string_view> values;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string_view cell = table.cell(row, column);
    if (is_null(cell)) continue;
    ++contents.filled;
    contents.letters += cell.size();
    if (parse_double(cell)) ++contents.numbers;
    values.insert(cell);
  }
  contents.different = values.size();
  return contents;
}

/// Nothing that tells people apart: empty, one value, or a number for each row in order.
Role role_by_contents(const CsvTable& table, std::size_t column) {
  constexpr std::size_t kLettersMax = 60;
  const Contents contents = look_at(table, column);
  if (contents.different < 2) return Role::ignore;
  const std::string name = plain(table.columns()[column]);
  if (contents.different == table.rows() && (name.ends_with("id") || name.empty())) return Role::id;
  if (contents.letters > kLettersMax * contents.filled) return Role::ignore;  // remarks
  if (contents.numbers == contents.filled) return Role::number;
  return contents.different <= 20 ? Role::exact : Role::text;
}

bool is_extra(Role role) { return role >= Role::text; }

/// Every value of `column` goes with one value of `zip`, nearly: it says the same once more.
bool follows_from(const CsvTable& table, std::size_t column, std::size_t zip) {
  constexpr double kAlways = 0.9;
  constexpr double kRowsPerZipMin = 3;  // below, anything seems to follow
  std::unordered_map<std::string_view, std::unordered_map<std::string_view, std::size_t>> seen;
  double rows = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string_view key = table.cell(row, zip);
    const std::string_view value = table.cell(row, column);
    if (is_null(key) || is_null(value)) continue;
    ++seen[key][value];
    ++rows;
  }
  double agree = 0;
  for (const auto& [key, values] : seen) {
    std::size_t most = 0;
    for (const auto& [value, count] : values)
      most = std::max(most, count);
    agree += static_cast<double>(most);
  }
  return rows >= kRowsPerZipMin * static_cast<double>(seen.size()) && agree >= kAlways * rows;
}

/// One column for each role but those compared by themselves; the first one keeps it.
void settle_doubles(std::vector<Role>& roles) {
  std::vector<Role> taken;
  for (Role& role : roles) {
    if (role == Role::ignore || is_extra(role)) continue;
    if (std::find(taken.begin(), taken.end(), role) != taken.end()) {
      role = role == Role::id ? Role::ignore : Role::text;
    } else {
      taken.push_back(role);
    }
  }
}

/// "birth_day" beside a year and a month is a day, alone it is a birthday.
void settle_birth(ColumnRoles& roles) {
  const auto date = roles.find(Role::birth_date);
  if (date && roles.find(Role::birth_month) && !roles.find(Role::birth_day)) {
    roles.roles[*date] = Role::birth_day;
  }
}

/// A street alone is an address in one piece; a city beside a ZIP is a text of its own, if it says
/// something that the ZIP does not.
void settle_addresses(const CsvTable& table, ColumnRoles& roles) {
  const auto street = roles.find(Role::street);
  if (street && !roles.find(Role::house) && !roles.find(Role::address)) {
    roles.roles[*street] = Role::address;
  }
  const auto address = roles.find(Role::address);
  if (address && roles.find(Role::house) && !roles.find(Role::street)) {
    roles.roles[*address] = Role::street;
  }
  const auto zip = roles.find(Role::zip);
  if (!zip) return;
  for (std::size_t i = 0; i < roles.roles.size(); ++i) {
    const bool is_place = roles.roles[i] == Role::city || roles.roles[i] == Role::text ||
                          roles.roles[i] == Role::exact;
    if (!is_place) continue;
    if (follows_from(table, i, *zip)) {
      roles.roles[i] = Role::ignore;
    } else if (roles.roles[i] == Role::city) {
      roles.roles[i] = Role::text;
    }
  }
}

}  // namespace

std::string_view to_string(Role role) { return kRoleNames[static_cast<std::size_t>(role)]; }

bool is_null(std::string_view cell) {
  constexpr std::array<std::string_view, 9> kNulls = {"",    "NA",  "N/A", "NULL", "NONE",
                                                      "NAN", "\\N", "?",   "-"};
  if (cell.size() > 4) return false;
  const std::string upper = to_upper(cell);
  return std::find(kNulls.begin(), kNulls.end(), upper) != kNulls.end();
}

Result<Mapping> parse_mapping(std::string_view text) {
  const std::size_t at = text.find('=');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) {
    return invalid(fmt::format("\"{}\" is no mapping; write it as first=given_name.", text),
                   "--map");
  }
  const std::string name = to_lower(trim(text.substr(0, at)));
  const auto found = std::find(kRoleNames.begin(), kRoleNames.end(), name);
  if (found == kRoleNames.end()) {
    const std::vector<std::string_view> known(kRoleNames.begin(), kRoleNames.end());
    const std::string_view meant = nearest(name, known);
    std::vector<std::string> all(kRoleNames.begin(), kRoleNames.end());
    return invalid(meant.empty()
                       ? fmt::format("There is no \"{}\"; there is {}.", name, join(all, ", "))
                       : fmt::format("There is no \"{}\"; did you mean {}?", name, meant),
                   "--map");
  }
  return Mapping{.role = static_cast<Role>(found - kRoleNames.begin()),
                 .column = std::string(trim(text.substr(at + 1)))};
}

std::optional<std::size_t> ColumnRoles::find(Role role) const {
  const auto found = std::find(roles.begin(), roles.end(), role);
  if (found == roles.end()) return std::nullopt;
  return static_cast<std::size_t>(found - roles.begin());
}

std::vector<std::size_t> ColumnRoles::extras() const {
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    if (is_extra(roles[i])) columns.push_back(i);
  }
  return columns;
}

ColumnRoles infer_roles(const CsvTable& table, const std::vector<Mapping>& mappings,
                        std::string_view ignored) {
  ColumnRoles roles;
  std::vector<Role> mapped;
  for (const Mapping& mapping : mappings)
    mapped.push_back(mapping.role);
  const auto is_mapped = [&](Role role) {
    return !is_extra(role) && role != Role::ignore &&
           std::find(mapped.begin(), mapped.end(), role) != mapped.end();
  };
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    const auto by_header = role_by_header(table.columns()[i]);
    Role role = by_header.value_or(Role::ignore);
    if (!by_header) role = role_by_contents(table, i);
    // A role that was given to another column by hand is free no longer.
    if (is_mapped(role)) role = Role::ignore;
    if (table.columns()[i] == ignored && role != Role::id) role = Role::ignore;
    roles.roles.push_back(role);
  }
  settle_doubles(roles.roles);
  settle_birth(roles);
  settle_addresses(table, roles);
  for (const Mapping& mapping : mappings) {
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
      if (table.columns()[i] == mapping.column) roles.roles[i] = mapping.role;
    }
  }
  return roles;
}

Result<void> check_usable(const ColumnRoles& roles, std::string_view where) {
  const bool usable = std::any_of(roles.roles.begin(), roles.roles.end(),
                                  [](Role role) { return role > Role::id; });
  if (usable) return {};
  return invalid(
      "No column was recognised as a name, birth date, address, phone or anything else to compare; "
      "say what the columns are, e.g. --map first=COLUMN --map last=COLUMN.",
      std::string(where));
}

}  // namespace hustings::cli
