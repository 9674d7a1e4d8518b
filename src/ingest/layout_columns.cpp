// [columns] and [districts] of a layout.

#include "base/text.h"
#include "ingest/layout_toml.h"
#include "ingest/transforms.h"

namespace hustings::ingest::detail {
namespace {

const Names kColumnKeys = {"name",         "aliases",   "names",    "parts",  "join",
                           "position",     "positions", "required", "format", "codes",
                           "placeholders", "protects",  "default"};
const std::vector<std::pair<std::string_view, Join>> kJoins = {
    {"blank", Join::blank}, {"none", Join::none}, {"first", Join::first}};

bool belongs(Target target, LayoutKind kind) {
  if (target == Target::external_id) return true;
  const bool shared = target == Target::party || target == Target::county;
  const auto place = static_cast<int>(target);
  const bool of_history = shared || (place >= static_cast<int>(Target::election_date) &&
                                     place <= static_cast<int>(Target::method));
  const bool of_scores = place >= static_cast<int>(Target::support);
  switch (kind) {
    case LayoutKind::voters:
      return shared || (!of_history && !of_scores);
    case LayoutKind::history:
      return of_history;
    case LayoutKind::scores:
      return of_scores;
  }
  return false;
}

bool is_date(Target target) {
  return target == Target::registered_on || target == Target::birth_date ||
         target == Target::election_date;
}

Result<std::vector<int>> read_positions(const TomlReader& reader, const toml::table& table) {
  std::vector<int> out = TRY(reader.numbers(table, "positions"));
  if (const toml::node* one = table.get("position")) {
    const auto value = one->value_exact<std::int64_t>();
    if (!value || *value < 1 || *value > 10'000) {
      return reader.refuse_at(*one, "A position is a whole number from 1.");
    }
    out.insert(out.begin(), static_cast<int>(*value));
  }
  return out;
}

Status read_names(const TomlReader& reader, const toml::table& table, LayoutColumn& out) {
  out.positions = TRY(read_positions(reader, table));
  std::string name = TRY(reader.text(table, "name", false));
  auto aliases = TRY(reader.texts(table, "aliases"));
  if (!name.empty()) {
    aliases.insert(aliases.begin(), std::move(name));
    out.names.push_back(std::move(aliases));
  }
  for (std::string& one : TRY(reader.texts(table, "names")))
    out.names.push_back({std::move(one)});
  for (const std::string& one : TRY(reader.texts(table, "parts"))) {
    const auto spellings = split(one, '|');
    out.parts.emplace_back(spellings.begin(), spellings.end());
  }
  out.join = TRY(reader.choice_or(table, "join", kJoins, Join::blank));
  return {};
}

Status check_place(const TomlReader& reader, const toml::table& table, const Layout& layout,
                   const LayoutColumn& column) {
  const bool by_position = !layout.has_header && !column.positions.empty();
  const std::size_t count = by_position ? column.positions.size() : column.names.size();
  if (count == 0 && column.parts.empty() && column.otherwise.empty() && !layout.is_mapped) {
    return reader.refuse_at(table, layout.has_header || !layout.generations.empty()
                                       ? "Say with 'name' which column of the file this is."
                                       : "Without a header, say with 'position' which column "
                                         "of the file this is.");
  }
  if (count > 1 && column.target != Target::mail_lines) {
    return reader.refuse_at(
        table, fmt::format("'{}' is made of one column of the file; 'parts' joins several.",
                           to_string(column.target)));
  }
  return {};
}

Status read_formats(const TomlReader& reader, const toml::table& table, LayoutColumn& out) {
  out.formats = TRY(reader.texts(table, "format"));
  if (is_date(out.target) == out.formats.empty()) {
    return reader.refuse_at(table, R"(A date, and only a date, has a format: "MM/DD/YYYY".)");
  }
  for (const std::string& format : out.formats) {
    if (is_date_format(format)) continue;
    return reader.refuse_at(*table.get("format"),
                            fmt::format("'{}' is no form of a date. Known: {}.", format,
                                        fmt::join(kDateFormats, ", ")));
  }
  return {};
}

Result<LayoutColumn> read_column(const TomlReader& reader, const toml::table& table, Target target,
                                 const Layout& layout) {
  TRY(reader.check_keys(table, kColumnKeys, fmt::format("The column '{}'", to_string(target))));
  LayoutColumn out{.target = target};
  TRY(read_names(reader, table, out));
  out.otherwise = TRY(reader.text(table, "default", false));
  TRY(check_place(reader, table, layout, out));
  out.is_required = TRY(reader.yes_no(table, "required", false));
  TRY(read_formats(reader, table, out));
  out.placeholders = TRY(reader.texts(table, "placeholders"));
  out.protects = TRY(reader.texts(table, "protects"));
  out.codes = TRY(find_codes(reader, table, layout));
  return out;
}

Status read_districts(const TomlReader& reader, const toml::table& top, Layout& layout) {
  const toml::table* table = TRY(reader.table(top, "districts"));
  if (table == nullptr) return {};
  for (const auto& [key, value] : *table) {
    if (key.str().find_first_not_of("abcdefghijklmnopqrstuvwxyz_") != std::string::npos) {
      return reader.refuse_at(value, "A district's name has small letters and underscores only.");
    }
    auto names = TRY(reader.texts(*table, key.str()));
    if (names.empty()) return reader.refuse_at(value, "A district names its column as a text.");
    layout.districts.push_back({std::string(key.str()), std::move(names)});
  }
  return {};
}

}  // namespace

Status read_columns(const TomlReader& reader, const toml::table& top, Layout& layout) {
  const toml::table* table = TRY(reader.table(top, "columns"));
  if (table == nullptr) return reader.refuse_at(top, "The table [columns] is missing.");
  Names known;
  for (std::size_t i = 0; i < kTargets; ++i) {
    const auto target = static_cast<Target>(i);
    if (belongs(target, layout.kind)) known.push_back(to_string(target));
  }
  TRY(reader.check_keys(*table, known, fmt::format("A layout of {}", to_string(layout.kind))));
  for (std::size_t i = 0; i < kTargets; ++i) {
    const auto target = static_cast<Target>(i);
    const toml::node* value = table->get(to_string(target));
    if (value == nullptr) continue;
    const auto* of_column = value->as_table();
    if (of_column == nullptr) {
      return reader.refuse_at(*value, "A column is a table: {name = \"…\"}.");
    }
    layout.columns.push_back(TRY(read_column(reader, *of_column, target, layout)));
  }
  return read_districts(reader, top, layout);
}

}  // namespace hustings::ingest::detail
