#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Identifiers of Open Civic Data for the divisions that voters live in, made from what files
/// write. Scheme: OCDEP 2, https://open-civic-data.readthedocs.io/en/latest/proposals/0002.html;
/// types and spellings after https://github.com/opencivicdata/ocd-division-ids
/// (identifiers/country-us). Pure functions over constant tables; any thread may call them.
namespace hustings::normalise {

enum class DistrictKind : std::uint8_t {
  state,
  county,             ///< county:wake; parish in Louisiana, borough or census_area in Alaska
  congressional,      ///< cd:2; the state itself where it has one seat (aliases.csv of the project)
  state_senate,       ///< sldu:16
  state_house,        ///< sldl:34; sldu in Nebraska, which has one chamber
  place,              ///< place:raleigh
  school,             ///< school_district:wake_county_schools
  county_commission,  ///< county:wake/council_district:3
  ward,               ///< place:raleigh/ward:b
  precinct,           ///< county:wake/precinct:01-01
  judicial,           ///< judicial_district:10
};

/// Where a district lies; county or place where the kind needs one.
struct DistrictPlace {
  std::string_view state;  ///< "NC"
  std::string_view county;
  std::string_view place;
};

/// The id of a division: ("NC", congressional, "02") is "ocd-division/country:us/state:nc/cd:2".
/// `code` as a file has it: "02", "NC HOUSE 034", "2ND CONGRESSIONAL", "Wake County", "16TH SENATE
/// DISTRICT". Empty where the state is unknown, the code is blank or zero, or the county or place
/// that the kind needs is missing. `out` is replaced.
void ocd_division_to(const DistrictPlace& where, DistrictKind kind, std::string_view code,
                     std::string& out);
std::string ocd_division(const DistrictPlace& where, DistrictKind kind, std::string_view code);

/// What stands for the district in its id: "2", "34", "27b"; letters in lower case, no leading
/// zeros, no words around it. Empty for none.
std::string district_code(std::string_view code);

/// The name of a county or place as an id has it, in ASCII (ids of the project keep the few accents
/// of the census, which no voter file does): "St. Johns" is "st_johns", "Prince George's"
/// "prince_george~s". A county written in another way ("SAINT JOHNS COUNTY", "DESOTO") is found in
/// the table of its state.
std::string county_slug(std::string_view state, std::string_view county);
std::string place_slug(std::string_view place);

/// Two capitals of a state, the District of Columbia or a territory from "NC", "nc", "North
/// Carolina", "N. Carolina", "37" (FIPS); empty for anything else.
std::string_view state_code(std::string_view text);

}  // namespace hustings::normalise
