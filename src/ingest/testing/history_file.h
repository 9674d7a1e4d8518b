#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hustings::ingest::testing {

/// A row of North Carolina's vote history.
struct Vote {
  std::string ncid;
  std::string method = "IN-PERSON";
  std::string date = "11/08/2022";
  std::string name = "11/08/2022 GENERAL";
  std::string county = "WAKE";
};

inline std::string history_file(const std::vector<Vote>& votes) {
  std::string out =
      "county_id\tcounty_desc\tvoter_reg_num\telection_lbl\telection_desc\tvoting_method\t"
      "voted_party_cd\tvoted_party_desc\tpct_label\tpct_description\tncid\tvoted_county_id\t"
      "voted_county_desc\tvtd_label\tvtd_description\n";
  for (const Vote& vote : votes) {
    out += "92\tWAKE\t000000000001\t" + vote.date + '\t' + vote.name + '\t' + vote.method +
           "\tDEM\tDEMOCRATIC\t01\tPCT\t" + vote.ncid + "\t92\t" + vote.county + "\t01\tVTD\n";
  }
  return out;
}

}  // namespace hustings::ingest::testing
