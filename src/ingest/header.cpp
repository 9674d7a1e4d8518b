#include "ingest/header.h"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/field_splitter.h"
#include "ingest/wide_columns.h"

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

/// Another delimiter at which the line falls into the layout's columns, or 0.
char better_delimiter(const Layout& layout, std::string_view line) {
  for (const char delimiter : {'\t', ',', '|', ';'}) {
    if (delimiter == layout.generations.front().delimiter) continue;
    const auto names = split_names(line, delimiter, QuoteMode::outer);
    const auto* id = layout.column(Target::external_id);
    if (names.size() > 1 && (!layout.generations.front().has_header || id->names.empty() ||
                             find_name(names, id->names.front()) != ColumnMap::kAbsent)) {
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

const std::string& wanted_name(const LayoutColumn& column) {
  return column.names.empty() ? column.parts.front().front() : column.names.front().front();
}

std::unexpected<Error> refuse_delimiter(const Layout& layout, char other) {
  const char ours = layout.generations.front().delimiter;
  return invalid(
      fmt::format("The file's fields stand between {}s, but the layout '{}' (version {}) splits "
                  "at {}s. Use a layout for {}s, or save the file with {}s.",
                  delimiter_name(other), layout.name, layout.version, delimiter_name(ours),
                  delimiter_name(other), delimiter_name(ours)),
      "line 1");
}

std::unexpected<Error> refuse_missing(const Layout& layout, const ColumnMap& map,
                                      const LayoutColumn& column, std::string_view line) {
  if (const char other = better_delimiter(layout, line); other != 0 && map.columns <= 2) {
    return refuse_delimiter(layout, other);
  }
  if (column.names.empty() && column.parts.empty()) {
    return invalid(fmt::format("No column is mapped to '{}', which every row needs. Say which one "
                               "it is: {}=COLUMN. The file's {} columns begin with: {}.",
                               to_string(column.target), to_string(column.target), map.columns,
                               some_of(map.names)),
                   "mapping");
  }
  const std::string& wanted = wanted_name(column);
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

/// Every name that the layout says something about.
class KnownNames {
 public:
  explicit KnownNames(const Layout& layout) : wide_(layout) {
    for (const LayoutColumn& column : layout.columns) {
      for (const auto& names : column.names)
        add(names);
      for (const auto& names : column.parts)
        add(names);
    }
    for (const LayoutDistrict& district : layout.districts)
      add(district.names);
    for (const LayoutScore& score : layout.scores)
      add(score.names);
    add(layout.ignored);
    for (const LayoutCheck& check : layout.checks)
      names_.insert(to_lower(check.name));
    for (const LayoutGeneration& generation : layout.generations)
      add(generation.fields);
  }
  bool has(const std::string& name) const {
    if (names_.contains(name) || wide_.matches(name)) return true;
    return std::any_of(beginnings_.begin(), beginnings_.end(),
                       [&](const std::string& begin) { return name.starts_with(begin); });
  }

 private:
  void add(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      if (name.ends_with('*')) {
        beginnings_.push_back(to_lower(name.substr(0, name.size() - 1)));
      } else {
        names_.insert(to_lower(name));
      }
    }
  }
  WidePattern wide_;
  std::unordered_set<std::string> names_;
  std::vector<std::string> beginnings_;
};

ColumnMap empty_map(const Layout& layout, const LayoutGeneration& generation) {
  ColumnMap map;
  map.generation = generation.name;
  map.has_header = generation.has_header;
  map.delimiter = generation.delimiter;
  map.quotes = generation.quotes;
  map.widths = generation.widths;
  map.spare = static_cast<std::size_t>(generation.spare);
  map.places.fill(ColumnMap::kAbsent);
  map.districts.assign(layout.districts.size(), ColumnMap::kAbsent);
  for (const LayoutDistrict& district : layout.districts)
    map.district_names.push_back(district.name);
  map.district_words.resize(layout.districts.size());
  map.scores.assign(layout.scores.size(), ColumnMap::kAbsent);
  map.checks.assign(layout.checks.size(), ColumnMap::kAbsent);
  return map;
}

/// False: the column is not in the file.
bool place_column(const LayoutColumn& column, ColumnMap& map) {
  if (column.target == Target::mail_lines) {
    for (const auto& spellings : column.names) {
      const std::int16_t place = find_name(map.names, spellings);
      if (place != ColumnMap::kAbsent) map.mail_lines.push_back(place);
    }
    return !map.mail_lines.empty();
  }
  const auto target = static_cast<std::size_t>(column.target);
  if (!column.names.empty()) map.places[target] = find_name(map.names, column.names.front());
  if (map.places[target] != ColumnMap::kAbsent) return true;
  std::vector<std::int16_t> pieces;
  for (const auto& spellings : column.parts) {
    const std::int16_t place = find_name(map.names, spellings);
    if (place != ColumnMap::kAbsent) pieces.push_back(place);
  }
  if (pieces.empty()) return false;
  map.places[target] = pieces.front();
  if (pieces.size() > 1) map.pieces[target] = std::move(pieces);
  return true;
}

Status map_names(const Layout& layout, std::string_view line, ColumnMap& map) {
  map.columns = map.names.size();
  for (const LayoutColumn& column : layout.columns) {
    if (place_column(column, map) || !column.is_required) continue;
    if (layout.is_mapped && !column.otherwise.empty()) continue;
    return refuse_missing(layout, map, column, line);
  }
  for (std::size_t i = 0; i < layout.districts.size(); ++i) {
    map.districts[i] = find_name(map.names, layout.districts[i].names);
  }
  for (std::size_t i = 0; i < layout.scores.size(); ++i) {
    map.scores[i] = find_name(map.names, layout.scores[i].names);
  }
  for (std::size_t i = 0; i < layout.checks.size(); ++i) {
    map.checks[i] = find_name(map.names, {layout.checks[i].name});
  }
  const KnownNames known(layout);
  for (const std::string& name : map.names) {
    if (!known.has(name)) map.unknown.push_back(name);
  }
  return add_wide_columns(layout, map);
}

std::vector<std::string> normalised(const std::vector<std::string>& names) {
  std::vector<std::string> out;
  for (const std::string& name : names)
    out.push_back(to_lower(name));
  return out;
}

struct Candidate {
  ColumnMap map;
  double fit = 0;  ///< 0 to 1: how much of the generation's fields and of the file's agree
};

double fit_of(const LayoutGeneration& generation, const std::vector<std::string>& names,
              std::size_t known) {
  if (generation.fields.empty()) {
    return static_cast<double>(known) / static_cast<double>(std::max<std::size_t>(names.size(), 1));
  }
  const auto fields = normalised(generation.fields);
  const auto both = std::count_if(names.begin(), names.end(), [&](const std::string& name) {
    return std::find(fields.begin(), fields.end(), name) != fields.end();
  });
  const auto all = static_cast<double>(fields.size() + names.size()) - static_cast<double>(both);
  return static_cast<double>(both) / std::max(all, 1.0);
}

std::unexpected<Error> refuse_count(const Layout& layout, const LayoutGeneration& generation,
                                    std::size_t fields, std::string_view line) {
  if (const char other = better_delimiter(layout, line); other != 0 && fields <= 2) {
    return refuse_delimiter(layout, other);
  }
  return invalid(fmt::format("The first line has {} fields when split at {}s, but the layout '{}' "
                             "(version {}) expects {}. Choose the layout that fits this file.",
                             fields, delimiter_name(generation.delimiter), layout.name,
                             layout.version, generation.fields.size()),
                 "line 1");
}

Result<Candidate> try_widths(const Layout& layout, const LayoutGeneration& generation,
                             std::string_view line) {
  Candidate out{.map = empty_map(layout, generation)};
  std::vector<std::string_view> fields;
  if (!split_widths(line, generation.widths, fields)) {
    int all = 0;
    for (const int width : generation.widths)
      all += width;
    return invalid(fmt::format("The first line has {} characters, but the layout '{}' (version {}) "
                               "expects {} in each. Choose the layout that fits this file.",
                               character_count(line), layout.name, layout.version, all),
                   "line 1");
  }
  out.map.names = normalised(generation.fields);
  TRY(map_names(layout, line, out.map));
  out.fit = 1;
  return out;
}

Result<Candidate> try_generation(const Layout& layout, const LayoutGeneration& generation,
                                 std::string_view line) {
  if (generation.delimiter == 0) return try_widths(layout, generation, line);
  Candidate out{.map = empty_map(layout, generation)};
  out.map.names = split_names(line, generation.delimiter, generation.quotes);
  const std::size_t known = count_known(layout, out.map.names);
  const bool is_header_line = known * 2 >= out.map.names.size() && known > 0;
  if (generation.has_header || is_header_line) {
    out.map.has_header = true;
    out.map.header = trim(line);
    out.fit = fit_of(generation, out.map.names, known);
  } else {
    if (out.map.names.size() != generation.fields.size()) {
      return refuse_count(layout, generation, out.map.names.size(), line);
    }
    out.map.names = normalised(generation.fields);
    out.fit = 1;
  }
  TRY(map_names(layout, line, out.map));
  return out;
}

}  // namespace

std::vector<std::string> split_names(std::string_view line, char delimiter, QuoteMode quotes) {
  Arena arena;
  std::vector<std::string_view> fields;
  if (!split_fields(line, delimiter, quotes, arena, fields)) return {};
  std::vector<std::string> out;
  for (const std::string_view field : fields)
    out.push_back(normalised(field));
  return out;
}

std::size_t count_known(const Layout& layout, const std::vector<std::string>& names) {
  const KnownNames known(layout);
  return static_cast<std::size_t>(std::count_if(
      names.begin(), names.end(), [&](const std::string& name) { return known.has(name); }));
}

Result<ColumnMap> map_first_line(const Layout& layout, std::string_view first_line) {
  const bool by_position = !layout.has_header && layout.generations.size() == 1 &&
                           layout.generations.front().fields.empty();
  if (by_position) return map_positions(layout, first_line);
  std::optional<Candidate> best;
  std::optional<Error> why;
  std::size_t why_known = 0;
  for (const LayoutGeneration& generation : layout.generations) {
    auto candidate = try_generation(layout, generation, first_line);
    if (!candidate) {
      // The reason of the generation that came nearest.
      const std::size_t known =
          count_known(layout, split_names(first_line, generation.delimiter, generation.quotes));
      if (!why || known > why_known) why = std::move(candidate).error();
      why_known = std::max(why_known, known);
      continue;
    }
    if (!best || candidate->fit > best->fit) best = *std::move(candidate);
  }
  if (!best) return std::unexpected(*std::move(why));
  return std::move(best->map);
}

Result<ColumnMap> map_header(const Layout& layout, std::string_view first_line) {
  return TRY(try_generation(layout, layout.generations.front(), first_line)).map;
}

Result<ColumnMap> map_positions(const Layout& layout, std::string_view first_line) {
  const LayoutGeneration& generation = layout.generations.front();
  ColumnMap map = empty_map(layout, generation);
  map.columns = split_names(first_line, generation.delimiter, generation.quotes).size();
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
                        map.columns, delimiter_name(generation.delimiter), layout.name,
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
