#include "ingest/header.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/field_splitter.h"

namespace hustings::ingest {
namespace {

/// How names are compared: NC wrote "Confidential_ind" for ten years.
std::string normalised(std::string_view name) {
  name = trim(name);
  if (name.size() >= 2 && name.front() == '"' && name.back() == '"') {
    name = trim(name.substr(1, name.size() - 2));
  }
  return to_lower(name);
}

std::int16_t find_name(const std::vector<std::string>& names,
                       const std::vector<std::string>& spellings) {
  for (const std::string& spelling : spellings) {
    const auto found = std::find(names.begin(), names.end(), to_lower(spelling));
    if (found != names.end()) return static_cast<std::int16_t>(found - names.begin());
  }
  return ColumnMap::kAbsent;
}

std::vector<std::string> split_names(std::string_view line, char delimiter, QuoteMode quotes) {
  Arena arena;
  std::vector<std::string_view> fields;
  if (!split_fields(line, delimiter, quotes, arena, fields)) return {};
  std::vector<std::string> out;
  for (const std::string_view field : fields)
    out.push_back(normalised(field));
  return out;
}

/// Another delimiter at which the line falls into the layout's columns, or 0.
char better_delimiter(const Layout& layout, std::string_view line) {
  for (const char delimiter : {'\t', ',', '|', ';'}) {
    if (delimiter == layout.delimiter) continue;
    const auto names = split_names(line, delimiter, QuoteMode::outer);
    const auto* id = layout.column(Target::external_id);
    if (names.size() > 1 &&
        (!layout.has_header || find_name(names, id->names.front()) != ColumnMap::kAbsent)) {
      return delimiter;
    }
  }
  return 0;
}

/// The first few names, for a sentence.
std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 6;
  constexpr std::size_t kLengthMax = 40;
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) {
    out += fmt::format("{}'{}'", i == 0 ? "" : ", ", names[i].substr(0, kLengthMax));
  }
  return out;
}

std::unexpected<Error> refuse_missing(const Layout& layout, const ColumnMap& map,
                                      const LayoutColumn& column, std::string_view line) {
  const std::string& wanted = column.names.front().front();
  if (const char other = better_delimiter(layout, line); other != 0 && map.columns <= 2) {
    return invalid(
        fmt::format(
            "The file's fields stand between {}s, but the layout '{}' (version {}) splits at "
            "{}s. Use a layout for {}s, or save the file with {}s.",
            delimiter_name(other), layout.name, layout.version, delimiter_name(layout.delimiter),
            delimiter_name(other), delimiter_name(layout.delimiter)),
        "line 1");
  }
  std::vector<std::string_view> known(map.names.begin(), map.names.end());
  const std::string_view near = nearest(wanted, known);
  return invalid(
      fmt::format("The file has no column '{}', which the layout '{}' (version {}) needs.{} Its {} "
                  "columns begin with: {}. Choose the layout that fits this file.",
                  wanted, layout.name, layout.version,
                  near.empty() ? "" : fmt::format(" Did it mean '{}'?", near), map.columns,
                  some_of(map.names)),
      "line 1");
}

std::vector<std::string> known_names(const Layout& layout) {
  std::vector<std::string> out;
  const auto add = [&](const std::vector<std::string>& names) {
    for (const std::string& name : names)
      out.push_back(to_lower(name));
  };
  for (const LayoutColumn& column : layout.columns) {
    for (const auto& names : column.names)
      add(names);
  }
  for (const LayoutDistrict& district : layout.districts)
    add(district.names);
  add(layout.ignored);
  for (const LayoutCheck& check : layout.checks)
    out.push_back(to_lower(check.name));
  return out;
}

void find_unknown(const Layout& layout, ColumnMap& map) {
  const auto known = known_names(layout);
  for (const std::string& name : map.names) {
    if (std::find(known.begin(), known.end(), name) == known.end()) map.unknown.push_back(name);
  }
}

ColumnMap empty_map(const Layout& layout) {
  ColumnMap map;
  map.places.fill(ColumnMap::kAbsent);
  map.districts.assign(layout.districts.size(), ColumnMap::kAbsent);
  map.checks.assign(layout.checks.size(), ColumnMap::kAbsent);
  return map;
}

}  // namespace

Result<ColumnMap> map_header(const Layout& layout, std::string_view first_line) {
  ColumnMap map = empty_map(layout);
  map.header = trim(first_line);
  map.names = split_names(first_line, layout.delimiter, layout.quotes);
  map.columns = map.names.size();
  for (const LayoutColumn& column : layout.columns) {
    for (const auto& spellings : column.names) {
      const std::int16_t place = find_name(map.names, spellings);
      if (place == ColumnMap::kAbsent) {
        if (column.is_required) return refuse_missing(layout, map, column, first_line);
        continue;
      }
      if (column.target == Target::mail_lines) {
        map.mail_lines.push_back(place);
      } else {
        map.places[static_cast<std::size_t>(column.target)] = place;
      }
    }
  }
  for (std::size_t i = 0; i < layout.districts.size(); ++i) {
    map.districts[i] = find_name(map.names, layout.districts[i].names);
  }
  for (std::size_t i = 0; i < layout.checks.size(); ++i) {
    map.checks[i] = find_name(map.names, {layout.checks[i].name});
  }
  find_unknown(layout, map);
  return map;
}

Result<ColumnMap> map_positions(const Layout& layout, std::string_view first_line) {
  ColumnMap map = empty_map(layout);
  map.columns = split_names(first_line, layout.delimiter, layout.quotes).size();
  for (std::size_t i = 0; i < map.columns; ++i)
    map.names.push_back(fmt::format("column {}", i + 1));
  for (const LayoutColumn& column : layout.columns) {
    for (const int position : column.positions) {
      if (static_cast<std::size_t>(position) > map.columns) {
        if (!column.is_required) continue;
        return invalid(
            fmt::format("The first line has {} fields when split at {}s, but the layout "
                        "'{}' expects '{}' in field {}. Choose the layout that fits this "
                        "file.",
                        map.columns, delimiter_name(layout.delimiter), layout.name,
                        to_string(column.target), position),
            "line 1");
      }
      const auto place = static_cast<std::int16_t>(position - 1);
      if (column.target == Target::mail_lines) {
        map.mail_lines.push_back(place);
      } else {
        map.places[static_cast<std::size_t>(column.target)] = place;
      }
    }
  }
  return map;
}

bool is_header(const ColumnMap& map, std::string_view line) {
  return !map.header.empty() && line.size() >= map.header.size() && trim(line) == map.header;
}

}  // namespace hustings::ingest
