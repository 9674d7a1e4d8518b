// [columns] and [districts] of a layout.

#include "base/text.h"
#include "ingest/layout_toml.h"
#include "ingest/transforms.h"

namespace hustings::ingest::detail {
namespace {

const Names kColumnKeys = {"name",         "aliases",   "names",    "parts",  "join",
                           "position",     "positions", "required", "format", "codes",
                           "placeholders", "protects",  "default",  "take",   "known"};
const std::vector<std::pair<std::string_view, Join>> kJoins = {
    {"blank", Join::blank}, {"none", Join::none}, {"first", Join::first}};

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
  out.known = TRY(reader.texts(table, "known"));
  if (table.get("take") != nullptr) {
    const std::string word = TRY(reader.text(table, "take", true));
    const auto take = take_named(word);
    if (!take) {
      return reader.refuse_at(*table.get("take"), fmt::format("'{}' is no part of a text.", word));
    }
    out.take = *take;
  }
  return out;
}

bool is_plain_name(std::string_view name) {
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos;
}

/// [districts] and [scores]: names of ours and the file's columns.
template <class Named>
Status read_named(const TomlReader& reader, const toml::table& top, std::string_view key,
                  std::vector<Named>& out) {
  const toml::table* table = TRY(reader.table(top, key));
  if (table == nullptr) return {};
  for (const auto& [name, value] : *table) {
    if (!is_plain_name(name.str())) {
      return reader.refuse_at(
          value, fmt::format("Names in [{}] have small letters and underscores only.", key));
    }
    auto names = TRY(reader.texts(*table, name.str()));
    if (names.empty()) {
      return reader.refuse_at(value, fmt::format("[{}] names a column as a text.", key));
    }
    out.push_back({std::string(name.str()), std::move(names)});
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
    if (is_target_of(target, layout.kind)) known.push_back(to_string(target));
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
  TRY(read_named(reader, top, "districts", layout.districts));
  if (layout.kind == LayoutKind::scores) return read_named(reader, top, "scores", layout.scores);
  return {};
}

}  // namespace hustings::ingest::detail
