#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "cli/link/csv_table.h"

namespace hustings::cli {

/// What a column says of a person. The last three are compared by themselves.
enum class Role : std::uint8_t {
  ignore,
  id,
  first,
  second_first,  ///< a second given name, compared as a middle name
  middle,
  last,
  second_last,  ///< the second part of a double name
  full_name,
  suffix,
  sex,
  birth_date,
  birth_year,
  birth_month,
  birth_day,
  address,  ///< house, street and unit in one
  house,
  street,
  unit,
  zip,
  city,
  phone,
  email,
  text,    ///< compared letter by letter
  exact,   ///< equal or not
  number,  ///< compared by its size
};
std::string_view to_string(Role role);

/// `--map name=column`: one of Role's names, and a column of a file.
struct Mapping {
  Role role;
  std::string column;
};
/// invalid if there is no such role; says which one was perhaps meant.
Result<Mapping> parse_mapping(std::string_view text);

/// What each column of a table is: by the mappings, else by its header, else by its contents.
struct ColumnRoles {
  std::vector<Role> roles;  ///< by column

  /// The first column with the role.
  std::optional<std::size_t> find(Role role) const;
  /// Columns that are compared by themselves.
  std::vector<std::size_t> extras() const;
};

/// `ignored` names a column that must not be compared (the truth), or is empty.
ColumnRoles infer_roles(const CsvTable& table, const std::vector<Mapping>& mappings,
                        std::string_view ignored);

/// invalid if nothing is left to compare.
Result<void> check_usable(const ColumnRoles& roles, std::string_view where);

/// A cell that stands for nothing: "", NA, N/A, NULL, NONE, NAN, \N, ?, -.
bool is_null(std::string_view cell);

}  // namespace hustings::cli
