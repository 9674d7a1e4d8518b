#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/link/column_roles.h"
#include "linkage/records.h"

namespace hustings::cli {

/// The other columns that are compared, the same in both files: a column of each, and how.
struct ExtraColumns {
  std::vector<std::string> names;
  std::vector<linkage::ExtraKind> kinds;
  std::vector<std::vector<std::size_t>> columns;  ///< by file, then as names
  std::vector<std::string> left_out;              ///< more than the linker takes
};
/// Those that all tables have, by name whatever the case.
ExtraColumns common_extras(const std::vector<const CsvTable*>& tables,
                           const std::vector<ColumnRoles>& roles);

/// Reads a table into records: names, dates, addresses, phones as linkage compares them.
/// `this_year` settles years of two digits.
linkage::Records people_of(const CsvTable& table, const ColumnRoles& roles,
                           const ExtraColumns& extras, std::size_t file, linkage::Words& words,
                           int this_year);

}  // namespace hustings::cli
