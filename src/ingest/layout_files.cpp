// What a layout says of its files: generations, parts, wide history, maps of codes.

#include "ingest/layout_toml.h"
#include "ingest/transforms.h"

namespace hustings::ingest::detail {
namespace {

const Names kGenerationKeys = {"name",   "header", "delimiter", "quotes",
                               "fields", "widths", "spare"};
const Names kPartKeys = {"pattern", "expect", "one_is_enough"};
const Names kWideKeys = {"pattern", "format", "party", "value", "map", "codes"};
const Names kMapKeys = {"pattern", "fields", "widths", "format"};
const Names kZoneKeys = {"columns", "types", "codes", "targets"};
const Names kMapFields = {"number", "code", "name", "date", "-"};
const std::vector<std::pair<std::string_view, bool>> kWideValues = {{"method", false},
                                                                    {"party", true}};

Result<LayoutGeneration> read_generation(const TomlReader& reader, const toml::table& table,
                                         const Layout& layout) {
  TRY(reader.check_keys(table, kGenerationKeys, "A generation"));
  LayoutGeneration out;
  out.name = TRY(reader.text(table, "name", true));
  out.has_header = TRY(reader.choice_or(table, "header", kHeaders, layout.has_header));
  out.delimiter = TRY(reader.choice_or(table, "delimiter", kDelimiters, layout.delimiter));
  out.quotes = TRY(reader.choice_or(table, "quotes", kQuotes, layout.quotes));
  out.fields = expand_ranges(TRY(reader.texts(table, "fields")));
  out.widths = TRY(reader.numbers(table, "widths"));
  for (const int spare : TRY(reader.numbers(table, "spare")))
    out.spare = spare;
  if (!out.has_header && out.fields.empty()) {
    return reader.refuse_at(table, "Without a header, 'fields' names the file's columns in order.");
  }
  if ((out.delimiter == 0) != !out.widths.empty() ||
      (out.delimiter == 0 && out.widths.size() != out.fields.size())) {
    return reader.refuse_at(table, "Fixed width, and only that, has a width for each field.");
  }
  return out;
}

Status read_generations(const TomlReader& reader, const toml::table& top, Layout& layout) {
  const toml::node* node = top.get("generations");
  if (node == nullptr) {
    if (layout.delimiter == 0) {
      return reader.refuse_at(top, "Fixed width needs [[generations]] with fields and widths.");
    }
    layout.generations.push_back({.name = "",
                                  .has_header = layout.has_header,
                                  .delimiter = layout.delimiter,
                                  .quotes = layout.quotes,
                                  .fields = {},
                                  .widths = {}});
    return {};
  }
  const auto* array = node->as_array();
  if (array == nullptr || array->empty()) {
    return reader.refuse_at(*node, "[[generations]] are tables.");
  }
  for (const toml::node& element : *array) {
    const auto* table = element.as_table();
    if (table == nullptr) return reader.refuse_at(element, "[[generations]] are tables.");
    layout.generations.push_back(TRY(read_generation(reader, *table, layout)));
  }
  return {};
}

Status read_parts(const TomlReader& reader, const toml::table& top, Layout& layout) {
  const toml::table* table = TRY(reader.table(top, "parts"));
  if (table == nullptr) return {};
  TRY(reader.check_keys(*table, kPartKeys, "[parts]"));
  LayoutParts out;
  out.pattern = TRY(reader.pattern(*table, "pattern"));
  out.expected = expand_ranges(TRY(reader.texts(*table, "expect")));
  out.one_is_enough = TRY(reader.yes_no(*table, "one_is_enough", false));
  layout.parts = std::move(out);
  return {};
}

Status read_maps(const TomlReader& reader, const toml::table& top, Layout& layout) {
  const toml::table* maps = TRY(reader.table(top, "maps"));
  if (maps == nullptr) return {};
  for (const auto& [key, value] : *maps) {
    const auto* table = value.as_table();
    if (table == nullptr) return reader.refuse_at(value, "[maps.…] are tables.");
    TRY(reader.check_keys(*table, kMapKeys, "A map"));
    LayoutCodeMap out{.name = std::string(key.str())};
    out.pattern = TRY(reader.pattern(*table, "pattern"));
    out.fields = TRY(reader.texts(*table, "fields"));
    out.widths = TRY(reader.numbers(*table, "widths"));
    out.format = TRY(reader.text(*table, "format", false));
    for (const std::string& field : out.fields) {
      if (std::find(kMapFields.begin(), kMapFields.end(), field) != kMapFields.end()) continue;
      return reader.refuse_at(*table,
                              "A map's fields are number, code, name, date, or - for what "
                              "is not needed.");
    }
    layout.maps.push_back(std::move(out));
  }
  return {};
}

Status check_map(const TomlReader& reader, const toml::table& table, const Layout& layout,
                 const std::string& name) {
  if (name.empty() || layout.code_map(name) != nullptr) return {};
  return reader.refuse_at(table, fmt::format("There is no table [maps.{}].", name));
}

Status read_wide(const TomlReader& reader, const toml::table& top, Layout& layout) {
  const toml::table* table = TRY(reader.table(top, "wide"));
  if (table == nullptr) return {};
  TRY(reader.check_keys(*table, kWideKeys, "[wide]"));
  LayoutWide out;
  out.pattern = TRY(reader.pattern(*table, "pattern"));
  out.format = TRY(reader.text(*table, "format", false));
  out.party = TRY(reader.text(*table, "party", false));
  out.is_party = TRY(reader.choice(*table, "value", kWideValues));
  out.map = TRY(reader.text(*table, "map", false));
  TRY(check_map(reader, *table, layout, out.map));
  out.codes = TRY(find_codes(reader, *table, layout));
  if (out.map.empty() && out.format != "YYYY kind" && !is_date_format(out.format)) {
    return reader.refuse_at(*table,
                            "[wide] needs the form of the date in the column's name, or "
                            "the map that its number is looked up in.");
  }
  layout.wide = std::move(out);
  return {};
}

Status read_zones(const TomlReader& reader, const toml::table& top, Layout& layout) {
  const toml::table* table = TRY(reader.table(top, "zones"));
  if (table == nullptr) return {};
  TRY(reader.check_keys(*table, kZoneKeys, "[zones]"));
  LayoutZones out;
  out.columns = TRY(reader.text(*table, "columns", true));
  out.types = TRY(reader.text(*table, "types", true));
  out.codes = TRY(reader.text(*table, "codes", true));
  TRY(check_map(reader, *table, layout, out.types));
  TRY(check_map(reader, *table, layout, out.codes));
  if (const toml::table* targets = TRY(reader.table(*table, "targets"))) {
    for (const auto& [key, value] : *targets) {
      const std::string target = TRY(reader.text(*targets, key.str(), true));
      out.targets.emplace_back(std::string(key.str()), target);
    }
  }
  layout.zones = std::move(out);
  return {};
}

}  // namespace

Status read_files(const TomlReader& reader, const toml::table& top, Layout& layout) {
  TRY(read_generations(reader, top, layout));
  TRY(read_parts(reader, top, layout));
  TRY(read_maps(reader, top, layout));
  TRY(read_wide(reader, top, layout));
  return read_zones(reader, top, layout);
}

}  // namespace hustings::ingest::detail
