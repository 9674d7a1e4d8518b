#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

#include "base/text.h"
#include "ingest/importer.h"
#include "pg/testing/database.h"
#include "registry/registry.h"

namespace hustings::ingest::testing {

/// A row of ncvoter by the names of its columns; what is not named is a plausible voter's.
using NcRow = std::map<std::string, std::string>;

/// The columns of ncvoter since February 2026.
inline constexpr std::string_view kNcColumns =
    "county_id county_desc voter_reg_num ncid last_name first_name middle_name "
    "name_suffix_lbl status_cd voter_status_desc reason_cd voter_status_reason_desc "
    "res_street_address res_city_desc state_cd zip_code mail_addr1 mail_addr2 mail_addr3 "
    "mail_addr4 mail_city mail_state mail_zipcode full_phone_number confidential_ind "
    "registr_dt race_code ethnic_code party_cd gender_code birth_year age_at_year_end "
    "birth_state drivers_lic ssn no_dl_ssn_chkbx hava_id_req precinct_abbrv precinct_desc "
    "municipality_abbrv municipality_desc ward_abbrv ward_desc cong_dist_abbrv "
    "super_court_abbrv judic_dist_abbrv nc_senate_abbrv nc_house_abbrv county_commiss_abbrv "
    "county_commiss_desc township_abbrv township_desc school_dist_abbrv school_dist_desc "
    "fire_dist_abbrv fire_dist_desc water_dist_abbrv water_dist_desc sewer_dist_abbrv "
    "sewer_dist_desc sanit_dist_abbrv sanit_dist_desc rescue_dist_abbrv rescue_dist_desc "
    "munic_dist_abbrv munic_dist_desc dist_1_abbrv dist_1_desc vtd_abbrv vtd_desc";

inline const std::vector<std::string>& nc_columns() {
  static const std::vector<std::string> kColumns = [] {
    const auto names = split(kNcColumns, ' ');
    return std::vector<std::string>(names.begin(), names.end());
  }();
  return kColumns;
}

inline std::string value_of(const NcRow& row, const std::string& column) {
  static const NcRow kUsual = {{"county_id", "92"},
                               {"county_desc", "WAKE"},
                               {"last_name", "SMITH"},
                               {"first_name", "JOHN"},
                               {"status_cd", "A"},
                               {"res_street_address", "100 MAIN ST"},
                               {"res_city_desc", "RALEIGH"},
                               {"state_cd", "NC"},
                               {"zip_code", "27601"},
                               {"confidential_ind", "N"},
                               {"registr_dt", "10/02/2012"},
                               {"race_code", "W"},
                               {"ethnic_code", "NL"},
                               {"party_cd", "UNA"},
                               {"gender_code", "M"},
                               {"birth_year", "1970"},
                               {"age_at_year_end", "56"},
                               {"precinct_abbrv", "01-01"},
                               {"municipality_desc", "RALEIGH"},
                               {"cong_dist_abbrv", "02"},
                               {"nc_senate_abbrv", "15"},
                               {"nc_house_abbrv", "38"},
                               {"fire_dist_abbrv", "7"}};
  if (const auto found = row.find(column); found != row.end()) return found->second;
  const auto found = kUsual.find(column);
  return found == kUsual.end() ? "" : found->second;
}

inline std::string join_fields(const std::vector<std::string>& fields, std::string_view between,
                               bool quoted) {
  std::string out;
  for (const std::string& field : fields) {
    if (!out.empty() || &field != &fields.front()) out += between;
    out += quoted ? '"' + field + '"' : field;
  }
  return out;
}

struct NcStyle {
  bool quoted = true;
  std::string_view line_end = "\n";
};

inline std::string nc_line(const NcRow& row, NcStyle style = {}) {
  std::vector<std::string> fields;
  for (const std::string& column : nc_columns())
    fields.push_back(value_of(row, column));
  return join_fields(fields, "\t", style.quoted) + std::string(style.line_end);
}
inline std::string nc_header(NcStyle style = {}) {
  return join_fields(nc_columns(), "\t", style.quoted) + std::string(style.line_end);
}
inline std::string nc_file(const std::vector<NcRow>& rows, NcStyle style = {}) {
  std::string out = nc_header(style);
  for (const NcRow& row : rows)
    out += nc_line(row, style);
  return out;
}

/// A database, an importer and a folder for files.
class ImportTest : public ::testing::Test {
 protected:
  ImportTest()
      : clock_(*from_iso("2026-03-01T12:00:00Z")),
        log_(Log::to_nowhere()),
        registry_(database_.pool(), clock_, log_),
        importer_(database_.pool(), registry_, clock_, log_),
        folder_(std::filesystem::temp_directory_path() /
                ("hustings-import-" + std::to_string(getpid()) + "-" + std::to_string(++number))) {
    std::filesystem::create_directories(folder_);
  }
  ~ImportTest() override {
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }

  std::filesystem::path write(std::string_view bytes, const std::string& name = "ncvoter.txt") {
    const auto path = folder_ / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  /// Imports and waits.
  Import import_file(const std::filesystem::path& file, const std::string& layout = "nc") {
    const auto started = importer_.start({.file = file, .layout = layout, .actor = "person:1"});
    if (!started) {
      ADD_FAILURE() << started.error().text();
      return {};
    }
    return importer_.wait(started->id).value();
  }
  Import import_text(std::string_view bytes, const std::string& layout = "nc") {
    return import_file(write(bytes), layout);
  }
  /// What start() refuses with.
  Error refusal(const std::filesystem::path& file, const std::string& layout = "nc") {
    const auto started = importer_.start({.file = file, .layout = layout});
    if (started) {
      ADD_FAILURE() << "it was taken";
      return {};
    }
    return started.error();
  }
  /// The one row and column that the query gives, as text.
  std::string query(const std::string& sql) {
    const auto connection = database_.connect();
    const auto rows = connection->run_text(sql, "test");
    return rows.size() == 1 ? std::string(rows[0].text(0)) : std::to_string(rows.size()) + " rows";
  }
  /// "new changed same rejected"
  static std::string counts(const Import& import) {
    return std::to_string(import.counts.rows_new) + ' ' +
           std::to_string(import.counts.rows_changed) + ' ' +
           std::to_string(import.counts.rows_same) + ' ' +
           std::to_string(import.counts.rows_rejected);
  }
  static std::int64_t warned(const Import& import, std::string_view kind) {
    for (const ImportWarning& warning : import.warnings) {
      if (warning.kind == kind) return warning.count;
    }
    return 0;
  }

  pg::testing::Database database_;
  ManualClock clock_;
  Log log_;
  registry::Registry registry_;
  Importer importer_;
  std::filesystem::path folder_;

 private:
  static inline int number = 0;  // of folders
};

}  // namespace hustings::ingest::testing
