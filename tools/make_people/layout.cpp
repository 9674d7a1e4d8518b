#include <array>
#include <iterator>

#include "make_people/places.h"

namespace hustings::people {
namespace {

constexpr std::string_view kHeadColumns[] = {
    "county_id",          "county_desc",       "voter_reg_num", "ncid",
    "last_name",          "first_name",        "middle_name",   "name_suffix_lbl",
    "status_cd",          "voter_status_desc", "reason_cd",     "voter_status_reason_desc",
    "res_street_address", "res_city_desc",     "state_cd",      "zip_code",
    "mail_addr1",         "mail_addr2",        "mail_addr3",    "mail_addr4",
    "mail_city",          "mail_state",        "mail_zipcode",  "full_phone_number",
    "confidential_ind",   "registr_dt",        "race_code",     "ethnic_code",
    "party_cd",           "gender_code",       "birth_year",    "age_at_year_end",
    "birth_state",        "drivers_lic"};

constexpr std::string_view kIdentificationColumns[] = {"ssn", "no_dl_ssn_chkbx", "hava_id_req"};

constexpr std::array<std::string_view, kTailColumns> kTail = {
    "precinct_abbrv",      "precinct_desc",     "municipality_abbrv",
    "municipality_desc",   "ward_abbrv",        "ward_desc",
    "cong_dist_abbrv",     "super_court_abbrv", "judic_dist_abbrv",
    "nc_senate_abbrv",     "nc_house_abbrv",    "county_commiss_abbrv",
    "county_commiss_desc", "township_abbrv",    "township_desc",
    "school_dist_abbrv",   "school_dist_desc",  "fire_dist_abbrv",
    "fire_dist_desc",      "water_dist_abbrv",  "water_dist_desc",
    "sewer_dist_abbrv",    "sewer_dist_desc",   "sanit_dist_abbrv",
    "sanit_dist_desc",     "rescue_dist_abbrv", "rescue_dist_desc",
    "munic_dist_abbrv",    "munic_dist_desc",   "dist_1_abbrv",
    "dist_1_desc",         "vtd_abbrv",         "vtd_desc"};

}  // namespace

Format::Format(Layout of_layout, bool quoted, bool crlf)
    : layout(of_layout),
      row_begin(quoted ? "\"" : ""),
      separator(quoted ? "\"\t\"" : "\t"),
      row_end(quoted ? (crlf ? "\"\r\n" : "\"\n") : (crlf ? "\r\n" : "\n")) {}

std::vector<std::string_view> roll_columns(Layout layout) {
  std::vector<std::string_view> columns(std::begin(kHeadColumns), std::end(kHeadColumns));
  if (layout == Layout::nc_2026_02) {
    columns.insert(columns.end(), std::begin(kIdentificationColumns),
                   std::end(kIdentificationColumns));
  }
  columns.insert(columns.end(), kTail.begin(), kTail.end());
  return columns;
}

std::string_view tail_column(std::size_t index) { return kTail[index]; }

std::vector<std::string_view> history_columns() {
  return {"county_id",         "county_desc",     "voter_reg_num",  "election_lbl",
          "election_desc",     "voting_method",   "voted_party_cd", "voted_party_desc",
          "pct_label",         "pct_description", "ncid",           "voted_county_id",
          "voted_county_desc", "vtd_label",       "vtd_description"};
}

}  // namespace hustings::people
