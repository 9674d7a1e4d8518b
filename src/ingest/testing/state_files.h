#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "ingest/layout.h"
#include "ingest/testing/import_fixture.h"

/// Rows as states write them, out of the layouts' own lists of columns.
namespace hustings::ingest::testing {

/// A row by the names of its columns; the others are empty.
using StateRow = std::map<std::string, std::string>;

inline const LayoutGeneration& generation_of(const Layout& layout, std::string_view name) {
  const auto found =
      std::find_if(layout.generations.begin(), layout.generations.end(),
                   [&](const LayoutGeneration& of) { return name.empty() || of.name == name; });
  return *found;
}

/// The row in the generation's columns, and `more` columns behind them.
inline std::string state_line(const LayoutGeneration& generation, const StateRow& row,
                              const std::vector<std::string>& more = {}) {
  std::vector<std::string> fields = generation.fields;
  fields.insert(fields.end(), more.begin(), more.end());
  std::string out;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto found = row.find(fields[i]);
    std::string value = found == row.end() ? "" : found->second;
    if (generation.delimiter == 0) {
      value.resize(static_cast<std::size_t>(generation.widths[i]), ' ');
      out += value;
    } else {
      if (i > 0) out += generation.delimiter;
      const bool quoted = generation.delimiter == ',' && !value.empty();
      out += quoted ? '"' + value + '"' : value;
    }
  }
  return out + "\n";
}

inline std::string state_header(const LayoutGeneration& generation,
                                const std::vector<std::string>& more = {}) {
  std::vector<std::string> fields = generation.fields;
  fields.insert(fields.end(), more.begin(), more.end());
  return join(fields, std::string(1, generation.delimiter)) + "\n";
}

/// A delivery: header, if the generation has one, and rows.
inline std::string state_file(std::string_view layout, std::string_view generation,
                              const std::vector<StateRow>& rows,
                              const std::vector<std::string>& more = {}) {
  const Layout of = find_layout(layout).value();
  const LayoutGeneration& as = generation_of(of, generation);
  std::string out = as.has_header ? state_header(as, more) : "";
  for (const StateRow& row : rows)
    out += state_line(as, row, more);
  return out;
}

inline StateRow oh_row(const std::string& id, StateRow more = {}) {
  more.merge(StateRow{{"SOS_VOTERID", id},
                      {"COUNTY_NUMBER", "01"},
                      {"LAST_NAME", "SMITH"},
                      {"FIRST_NAME", "JOHN"},
                      {"DATE_OF_BIRTH", "1970-05-17"},
                      {"REGISTRATION_DATE", "2012-10-02"},
                      {"VOTER_STATUS", "ACTIVE"},
                      {"RESIDENTIAL_ADDRESS1", "100 MAIN ST"},
                      {"RESIDENTIAL_STATE", "OH"},
                      {"RESIDENTIAL_ZIP", "44206"},
                      {"CONGRESSIONAL_DISTRICT", "04"}});
  return more;
}

inline StateRow fl_row(const std::string& id, StateRow more = {}) {
  more.merge(StateRow{{"County Code", "ALA"},
                      {"Voter ID", id},
                      {"Name Last", "Smith"},
                      {"Name First", "John"},
                      {"Requested public records exemption", "N"},
                      {"Residence Address Line 1", "100  MAIN ST"},
                      {"Residence Address Line 2", "APT 4"},
                      {"Residence Zipcode", "326011234"},
                      {"Birth Date", "05/17/1970"},
                      {"Registration Date", "10/02/2012"},
                      {"Voter Status", "ACT"}});
  return more;
}

inline StateRow wa_row(const std::string& id, StateRow more = {}) {
  more.merge(StateRow{{"StateVoterID", id},
                      {"LName", "SMITH"},
                      {"FName", "JOHN"},
                      {"CountyCode", "KI"},
                      {"RegStNum", "100"},
                      {"RegStName", "MAIN"},
                      {"RegStType", "ST"},
                      {"RegState", "WA"},
                      {"RegZipCode", "98101"}});
  return more;
}

inline StateRow mi_row(const std::string& id, StateRow more = {}) {
  more.merge(StateRow{{"VOTER_IDENTIFICATION_NUMBER", id},
                      {"LAST_NAME", "SMITH"},
                      {"FIRST_NAME", "JOHN"},
                      {"YEAR_OF_BIRTH", "1970"},
                      {"COUNTY_CODE", "82"},
                      {"COUNTY_NAME", "WAYNE"},
                      {"STREET_NUMBER", "100"},
                      {"STREET_NAME", "MAIN"},
                      {"STREET_TYPE", "ST"},
                      {"VOTER_STATUS_TYPE_CODE", "A"}});
  return more;
}

inline StateRow pa_row(const std::string& id, StateRow more = {}) {
  more.merge(StateRow{{"ID_NUMBER", id},
                      {"LAST_NAME", "SMITH"},
                      {"FIRST_NAME", "JOHN"},
                      {"DOB", "05/17/1970"},
                      {"VOTER_STATUS", "A"},
                      {"HOUSE_NUMBER", "100"},
                      {"STREET_NAME", "MAIN ST"},
                      {"STATE", "PA"},
                      {"COUNTY", "ADAMS"}});
  return more;
}

}  // namespace hustings::ingest::testing
