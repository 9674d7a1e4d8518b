#pragma once

#include <string>
#include <utility>
#include <vector>

#include "api/spec.h"

/// Columns of a file that a person names, as the API takes and shows them.
namespace hustings::api {

struct MappingShape {
  static constexpr std::string_view kName = "ColumnMapping";
  std::string target;
  std::string column;
  static Fields fields() {
    return {field("target", &MappingShape::target,
                  "What the column becomes: last_name; behind a colon what is taken of its text "
                  "(last_name:before_comma) or the form of its dates (birth_date:MM/DD/YYYY); "
                  "score.NAME for a score of any name; source; state.",
                  {.min_length = 1, .max_length = 100}),
            field("column", &MappingShape::column,
                  "The column's name in the file; \"=text\" gives all rows that text; empty: none.",
                  {.max_length = 300})};
  }
};

inline std::vector<std::pair<std::string, std::string>> mapping_of(
    const std::vector<MappingShape>& shapes) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const MappingShape& shape : shapes)
    out.emplace_back(shape.target, shape.column);
  return out;
}

inline std::vector<MappingShape> shapes_of(
    const std::vector<std::pair<std::string, std::string>>& mapping) {
  std::vector<MappingShape> out;
  for (const auto& [target, column] : mapping)
    out.push_back({target, column});
  return out;
}

}  // namespace hustings::api
