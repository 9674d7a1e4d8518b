// The TOML of a layout: its top level, tables of codes and checks, and whether it is whole.

#include "base/text.h"
#include "ingest/layout_toml.h"

namespace hustings::ingest {
namespace {

using detail::Names;
using detail::TomlReader;

const Names kTopKeys = {"name",
                        "version",
                        "kind",
                        "source",
                        "state",
                        "title",
                        "header",
                        "quotes",
                        "delimiter",
                        "encoding",
                        "mapped",
                        "columns",
                        "districts",
                        "ignored",
                        "null_tokens",
                        "codes",
                        "checks",
                        "parts",
                        "protected_tokens",
                        "generations",
                        "wide",
                        "maps",
                        "zones",
                        "scores"};
const std::vector<std::pair<std::string_view, Encoding>> kEncodings = {
    {"auto", Encoding::automatic},
    {"utf-8", Encoding::utf_8},
    {"windows-1252", Encoding::windows_1252},
    {"utf-16le", Encoding::utf_16le}};
const std::vector<std::pair<std::string_view, LayoutKind>> kKinds = {
    {"voters", LayoutKind::voters},
    {"history", LayoutKind::history},
    {"scores", LayoutKind::scores}};

Status read_top(const TomlReader& reader, const toml::table& top, Layout& layout) {
  TRY(reader.check_keys(top, kTopKeys, "A layout"));
  layout.name = TRY(reader.text(top, "name", true));
  layout.kind = TRY(reader.choice(top, "kind", kKinds));
  layout.source = TRY(reader.text(top, "source", true));
  layout.state = TRY(reader.text(top, "state", false));
  layout.title = TRY(reader.text(top, "title", true));
  layout.has_header = TRY(reader.choice(top, "header", detail::kHeaders));
  layout.delimiter = TRY(reader.choice(top, "delimiter", detail::kDelimiters));
  layout.quotes = TRY(reader.choice(top, "quotes", detail::kQuotes));
  layout.encoding = TRY(reader.choice(top, "encoding", kEncodings));
  layout.is_mapped = TRY(reader.yes_no(top, "mapped", false));
  layout.null_tokens = TRY(reader.texts(top, "null_tokens"));
  layout.protected_tokens = TRY(reader.texts(top, "protected_tokens"));
  const toml::node* version = top.get("version");
  const auto number = version == nullptr ? std::nullopt : version->value_exact<std::int64_t>();
  if (!number || *number < 1) {
    return reader.refuse_at(top, "The key 'version' is a whole number from 1.");
  }
  layout.version = static_cast<int>(*number);
  if (const toml::table* table = TRY(reader.table(top, "ignored"))) {
    TRY(reader.check_keys(*table, {"columns"}, "[ignored]"));
    layout.ignored = TRY(reader.texts(*table, "columns"));
  }
  return {};
}

Status read_codes(const TomlReader& reader, const toml::table& top, Layout& layout) {
  const toml::table* tables = TRY(reader.table(top, "codes"));
  if (tables == nullptr) return {};
  for (const auto& [name, table_node] : *tables) {
    const auto* table = table_node.as_table();
    if (table == nullptr) return reader.refuse_at(table_node, "[codes.…] are tables.");
    CodeTable out{.name = std::string(name.str())};
    for (const auto& [code, value] : *table) {
      const auto word = value.value_exact<std::string>();
      if (!word) return reader.refuse_at(value, "A code becomes a text.");
      if (code.str() == "*") {
        out.otherwise = *word;
      } else {
        out.codes.emplace_back(std::string(code.str()), *word);
      }
    }
    layout.codes.push_back(std::move(out));
  }
  return {};
}

Status read_checks(const TomlReader& reader, const toml::table& top, Layout& layout) {
  const toml::table* table = TRY(reader.table(top, "checks"));
  if (table == nullptr) return {};
  for (const auto& [key, value] : *table) {
    const auto* range = value.as_array();
    const auto min = range != nullptr && range->size() == 2
                         ? range->get(0)->value_exact<std::int64_t>()
                         : std::nullopt;
    const auto max = min ? range->get(1)->value_exact<std::int64_t>() : std::nullopt;
    if (!max) return reader.refuse_at(value, "A check is a range of whole numbers: [1, 100].");
    layout.checks.push_back({std::string(key.str()), *min, *max});
  }
  return {};
}

Status check_whole(const TomlReader& reader, const toml::table& top, const Layout& layout) {
  if (layout.column(Target::external_id) == nullptr) {
    return reader.refuse_at(top, "A layout needs the column 'external_id': whose row it is.");
  }
  if (layout.state.empty() && layout.kind == LayoutKind::voters &&
      layout.column(Target::state) == nullptr) {
    return reader.refuse_at(top, "A layout without a state needs the column 'state'.");
  }
  const bool complete =
      layout.kind == LayoutKind::voters
          ? layout.column(Target::last_name) != nullptr &&
                layout.column(Target::county) != nullptr && layout.column(Target::status) != nullptr
      : layout.kind == LayoutKind::history ? layout.column(Target::election_date) != nullptr
                                           : layout.columns.size() > 1;
  if (complete) return {};
  return reader.refuse_at(top, layout.kind == LayoutKind::voters
                                   ? "A layout of voters needs last_name, status and county."
                               : layout.kind == LayoutKind::history
                                   ? "A layout of history needs election_date."
                                   : "A layout of scores needs one score at least.");
}

}  // namespace

Result<Layout> parse_layout(std::string_view text, std::string_view name) {
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    return invalid(fmt::format("This is not TOML: {}.", parsed.error().description()),
                   fmt::format("{}:{}", name, parsed.error().source().begin.line));
  }
  const toml::table& top = parsed.table();
  const TomlReader reader(name);
  Layout layout;
  TRY(read_top(reader, top, layout));
  TRY(read_codes(reader, top, layout));
  TRY(detail::read_files(reader, top, layout));
  TRY(detail::read_columns(reader, top, layout));
  TRY(read_checks(reader, top, layout));
  TRY(check_whole(reader, top, layout));
  return layout;
}

}  // namespace hustings::ingest
