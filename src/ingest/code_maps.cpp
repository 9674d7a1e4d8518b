#include "ingest/code_maps.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <regex>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/arena.h"
#include "ingest/encoding.h"
#include "ingest/field_splitter.h"
#include "ingest/transforms.h"

namespace hustings::ingest {
namespace {

constexpr std::size_t kMapBytesMax = 16 << 20;

struct MapRow {
  std::string number;
  std::string code;
  std::string name;
  std::string date;
};

/// The whole text of a file of codes, as UTF-8.
Result<std::string> text_of(Source& source, const SourcePart& part) {
  const auto stream = TRY(source.open_part(part));
  std::string bytes;
  constexpr std::size_t kPiece = 64 << 10;
  while (true) {
    const std::size_t from = bytes.size();
    bytes.resize(from + kPiece);
    const std::size_t got = TRY(stream->read(bytes.data() + from, kPiece));
    bytes.resize(from + got);
    if (got == 0) break;
    if (bytes.size() > kMapBytesMax) {
      return refuse(ErrorCode::over_limit, "A file of codes has at most 16 MiB.", part.name);
    }
  }
  EncodingDetector detector(Encoding::automatic);
  bytes.erase(0, detector.begin(bytes));
  if (detector.encoding() == Encoding::automatic) detector.add(bytes);
  std::string out;
  if (detector.encoding() == Encoding::utf_16le) {
    append_utf_16le(bytes, out);
  } else if (detector.encoding() == Encoding::windows_1252) {
    append_windows_1252(bytes, out);
  } else {
    out = std::move(bytes);
  }
  if (!is_utf8(out)) {
    return invalid("This file of codes holds bytes that its encoding does not have.", part.name);
  }
  return out;
}

/// "06/02/2020" as the file has it, as "2020-06-02".
std::optional<std::string> iso_date(std::string_view text, std::string_view format) {
  const auto date = read_date(trim(text), format);
  if (!date || date->day == 0) return std::nullopt;
  return fmt::format("{:04}-{:02}-{:02}", date->year, date->month, date->day);
}

Result<std::vector<MapRow>> rows_of(Source& source, const SourcePart& part, const Layout& layout,
                                    const LayoutCodeMap& map) {
  const std::string text = TRY(text_of(source, part));
  std::vector<MapRow> out;
  Arena arena;
  std::vector<std::string_view> fields;
  std::int64_t number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (trim(line).empty()) continue;
    const bool cut = map.widths.empty()
                         ? split_fields(line, layout.delimiter == 0 ? '\t' : layout.delimiter,
                                        QuoteMode::outer, arena, fields)
                         : split_widths(line, map.widths, fields);
    if (!cut || fields.size() < map.fields.size()) {
      return invalid(fmt::format("Line {} of this file of codes has not the {} fields that the "
                                 "layout '{}' expects.",
                                 number, map.fields.size(), layout.name),
                     part.name);
    }
    MapRow row;
    for (std::size_t i = 0; i < map.fields.size(); ++i) {
      const std::string value(trim(fields[i]));
      if (map.fields[i] == "number") row.number = value;
      if (map.fields[i] == "code") row.code = value;
      if (map.fields[i] == "name") row.name = value;
      if (map.fields[i] == "date") row.date = value;
    }
    out.push_back(std::move(row));
  }
  return out;
}

/// A map's rows for a part; none if the delivery lacks the file.
Result<std::vector<MapRow>> rows_of(Source& source, const SourcePart& part, const Layout& layout,
                                    std::string_view name) {
  const LayoutCodeMap* map = layout.code_map(name);
  const SourcePart* file = map == nullptr ? nullptr : source.map_of(*map, part.key);
  if (file == nullptr) return std::vector<MapRow>();
  return rows_of(source, *file, layout, *map);
}

std::string with_number(std::string text, std::string_view number) {
  const auto at = text.find("{}");
  if (at != std::string::npos) text.replace(at, 2, number);
  return to_lower(text);
}

std::int16_t place_of(const ColumnMap& map, const std::string& name) {
  const auto found = std::find(map.names.begin(), map.names.end(), name);
  return found == map.names.end() ? ColumnMap::kAbsent
                                  : static_cast<std::int16_t>(found - map.names.begin());
}

std::string plain_number(std::string_view number) {
  const auto value = parse_int(number);
  return value ? std::to_string(*value) : std::string(number);
}

/// Columns whose names hold the number of an election.
Status add_coded_columns(Source& source, const SourcePart& part, const Layout& layout,
                         ColumnMap& map) {
  if (!layout.wide || layout.wide->map.empty()) return {};
  const LayoutWide& wide = *layout.wide;
  const auto rows = TRY(rows_of(source, part, layout, wide.map));
  const std::regex pattern(wide.pattern, std::regex::icase);
  for (std::size_t i = 0; i < map.names.size(); ++i) {
    std::smatch found;
    if (!std::regex_match(map.names[i], found, pattern)) continue;
    const std::string number = found[1].str();
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const MapRow& of) {
      return plain_number(of.number) == number;
    });
    if (row == rows.end()) continue;  // the county has had fewer elections
    const auto held_on = parse_date(row->date, layout.code_map(wide.map)->format);
    if (!held_on) {
      return invalid(fmt::format("The election {} has no date in this file of codes.", number),
                     source.map_of(*layout.code_map(wide.map), part.key)->name);
    }
    map.wide.push_back({.place = static_cast<std::int16_t>(i),
                        .party_place = place_of(map, with_number(wide.party, number)),
                        .election = static_cast<std::int16_t>(map.elections.size())});
    map.elections.push_back({*held_on, to_upper(row->name)});
  }
  return {};
}

/// "School District" is "school_district".
std::string district_name(std::string_view type) {
  std::string out;
  for (const char c : to_lower(trim(type))) {
    if (c >= 'a' && c <= 'z') {
      out += c;
    } else if (!out.empty() && out.back() != '_') {
      out += '_';
    }
  }
  while (out.ends_with('_'))
    out.pop_back();
  return out;
}

std::optional<Target> target_of(const LayoutZones& zones, std::string_view type) {
  for (const auto& [of, name] : zones.targets) {
    if (to_lower(of) != to_lower(trim(type))) continue;
    for (std::size_t i = 0; i < kTargets; ++i) {
      if (to_string(static_cast<Target>(i)) == name) return static_cast<Target>(i);
    }
  }
  return std::nullopt;
}

Status add_zones(Source& source, const SourcePart& part, const Layout& layout, ColumnMap& map) {
  if (!layout.zones) return {};
  const auto types = TRY(rows_of(source, part, layout, layout.zones->types));
  const auto codes = TRY(rows_of(source, part, layout, layout.zones->codes));
  for (const MapRow& type : types) {
    const std::string number = plain_number(type.number);
    const std::int16_t place = place_of(map, with_number(layout.zones->columns, number));
    if (place == ColumnMap::kAbsent) continue;
    if (const auto target = target_of(*layout.zones, type.name)) {
      map.places[static_cast<std::size_t>(*target)] = place;
      continue;
    }
    const std::string name = district_name(type.name);
    const bool is_known = std::find(map.district_names.begin(), map.district_names.end(), name) !=
                          map.district_names.end();
    if (name.empty() || is_known) continue;
    map.districts.push_back(place);
    map.district_names.push_back(name);
    CodeWords& words = map.district_words.emplace_back();
    for (const MapRow& code : codes) {
      if (plain_number(code.number) == number) words.emplace(code.code, code.name);
    }
  }
  return {};
}

/// A history whose elections are codes.
Status add_election_codes(Source& source, const SourcePart& part, const Layout& layout,
                          ColumnMap& map) {
  const LayoutCodeMap* elections = layout.code_map("elections");
  if (layout.kind != LayoutKind::history || elections == nullptr) return {};
  for (const MapRow& row : TRY(rows_of(source, part, layout, "elections"))) {
    const auto date = iso_date(row.date, elections->format);
    if (date) map.election_codes.emplace(row.code, fmt::format("{} {}", *date, to_upper(row.name)));
  }
  if (!map.election_codes.empty()) return {};
  return invalid("The file of election codes holds no election with a date.", part.name);
}

}  // namespace

Status apply_code_maps(Source& source, const SourcePart& part, const Layout& layout,
                       ColumnMap& map) {
  if (layout.maps.empty()) return {};
  TRY(add_coded_columns(source, part, layout, map));
  TRY(add_zones(source, part, layout, map));
  return add_election_codes(source, part, layout, map);
}

}  // namespace hustings::ingest
