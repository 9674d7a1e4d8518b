// The TOML of a layout: every key is known or refused with its line.

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/layout.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1  // Debian's library is built with exceptions
#include <toml++/toml.h>

namespace hustings::ingest {
namespace {

using Names = std::vector<std::string_view>;

const Names kTopKeys = {"name",    "version",     "kind",      "source",   "state",   "title",
                        "header",  "quotes",      "delimiter", "encoding", "columns", "districts",
                        "ignored", "null_tokens", "codes",     "checks"};
const Names kColumnKeys = {"name",     "aliases", "names", "position",     "positions",
                           "required", "format",  "codes", "placeholders", "protects"};

const std::vector<std::pair<std::string_view, QuoteMode>> kQuotes = {
    {"none", QuoteMode::none},
    {"strict", QuoteMode::strict},
    {"lenient", QuoteMode::lenient},
    {"outer", QuoteMode::outer}};
const std::vector<std::pair<std::string_view, char>> kDelimiters = {
    {"tab", '\t'}, {"comma", ','}, {"pipe", '|'}, {"semicolon", ';'}};
const std::vector<std::pair<std::string_view, Encoding>> kEncodings = {
    {"auto", Encoding::automatic},
    {"utf-8", Encoding::utf_8},
    {"windows-1252", Encoding::windows_1252},
    {"utf-16le", Encoding::utf_16le}};
const std::vector<std::pair<std::string_view, LayoutKind>> kKinds = {
    {"voters", LayoutKind::voters},
    {"history", LayoutKind::history},
    {"scores", LayoutKind::scores}};
const std::vector<std::pair<std::string_view, bool>> kHeaders = {{"present", true},
                                                                 {"absent", false}};

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

class Reader {
 public:
  explicit Reader(std::string_view file) : file_(file) {}

  Result<Layout> read(std::string_view text);

 private:
  std::unexpected<Error> refuse_at(const toml::node& node, std::string sentence) const {
    return invalid(std::move(sentence), fmt::format("{}:{}", file_, node.source().begin.line));
  }
  Status check_keys(const toml::table& table, const Names& known, std::string_view what) const {
    for (const auto& [key, value] : table) {
      if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
      const std::string_view near = nearest(key.str(), known);
      return refuse_at(value,
                       fmt::format("{} has no key '{}'.{}", what, key.str(),
                                   near.empty() ? "" : fmt::format(" Did you mean '{}'?", near)));
    }
    return {};
  }
  Result<std::string> text(const toml::table& table, std::string_view key, bool required) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
      if (!required) return std::string();
      return refuse_at(table, fmt::format("The key '{}' is missing.", key));
    }
    if (const auto value = node->value_exact<std::string>();
        value && (!required || !value->empty())) {
      return *value;
    }
    return refuse_at(*node, fmt::format("'{}' must be a text.", key));
  }
  template <class T>
  Result<T> choice(const toml::table& table, std::string_view key,
                   const std::vector<std::pair<std::string_view, T>>& choices) const {
    const std::string word = TRY(text(table, key, true));
    Names names;
    for (const auto& [name, value] : choices) {
      if (name == word) return value;
      names.push_back(name);
    }
    return refuse_at(*table.get(key), fmt::format("'{}' is one of {}; not '{}'.", key,
                                                  fmt::join(names, ", "), word));
  }
  Result<std::vector<std::string>> texts(const toml::table& table, std::string_view key) const {
    std::vector<std::string> out;
    const toml::node* node = table.get(key);
    if (node == nullptr) return out;
    if (const auto* array = node->as_array()) {
      for (const toml::node& element : *array) {
        const auto value = element.value_exact<std::string>();
        if (!value) return refuse_at(element, fmt::format("'{}' is a list of texts.", key));
        out.push_back(*value);
      }
      return out;
    }
    return refuse_at(*node, fmt::format("'{}' is a list of texts.", key));
  }
  Result<std::vector<int>> positions(const toml::table& table) const;
  Result<LayoutColumn> column(const toml::table& table, Target target) const;
  Status columns(const toml::table& top);
  Status districts(const toml::table& top);
  Status codes(const toml::table& top);
  Status checks(const toml::table& top);
  Status check_whole(const toml::table& top) const;

  std::string file_;
  Layout layout_;
};

Result<std::vector<int>> Reader::positions(const toml::table& table) const {
  std::vector<int> out;
  const auto add = [&](const toml::node& node) -> Status {
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < 1 || *value > 10'000) {
      return refuse_at(node, "A position is a whole number from 1.");
    }
    out.push_back(static_cast<int>(*value));
    return {};
  };
  if (const toml::node* one = table.get("position")) TRY(add(*one));
  if (const toml::node* many = table.get("positions")) {
    const auto* array = many->as_array();
    if (array == nullptr) return refuse_at(*many, "'positions' is a list of whole numbers.");
    for (const toml::node& node : *array)
      TRY(add(node));
  }
  return out;
}

Result<LayoutColumn> Reader::column(const toml::table& table, Target target) const {
  TRY(check_keys(table, kColumnKeys, fmt::format("The column '{}'", to_string(target))));
  LayoutColumn out{.target = target};
  out.positions = TRY(positions(table));
  std::string name = TRY(text(table, "name", false));
  auto aliases = TRY(texts(table, "aliases"));
  if (!name.empty()) {
    aliases.insert(aliases.begin(), std::move(name));
    out.names.push_back(std::move(aliases));
  }
  for (std::string& one : TRY(texts(table, "names")))
    out.names.push_back({std::move(one)});
  const std::size_t parts = layout_.has_header ? out.names.size() : out.positions.size();
  if (parts == 0) {
    return refuse_at(table, layout_.has_header
                                ? "Say with 'name' which column of the file this is."
                                : "Without a header, say with 'position' which column "
                                  "of the file this is.");
  }
  if (parts > 1 && target != Target::mail_lines) {
    return refuse_at(table,
                     fmt::format("'{}' is made of one column of the file.", to_string(target)));
  }
  if (const toml::node* required = table.get("required")) {
    const auto value = required->value_exact<bool>();
    if (!value) return refuse_at(*required, "'required' is true or false.");
    out.is_required = *value;
  }
  out.format = TRY(text(table, "format", false));
  const bool known_format = out.format == "MM/DD/YYYY" || out.format == "YYYY-MM-DD";
  if (is_date(target) != !out.format.empty() || (!out.format.empty() && !known_format)) {
    return refuse_at(table,
                     R"(A date, and only a date, has a format: "MM/DD/YYYY" or "YYYY-MM-DD".)");
  }
  out.placeholders = TRY(texts(table, "placeholders"));
  out.protects = TRY(texts(table, "protects"));
  const std::string codes_name = TRY(text(table, "codes", false));
  for (std::size_t i = 0; i < layout_.codes.size(); ++i) {
    if (layout_.codes[i].name == codes_name) out.codes = static_cast<int>(i);
  }
  if (!codes_name.empty() && out.codes < 0) {
    return refuse_at(*table.get("codes"), fmt::format("There is no table [codes.{}].", codes_name));
  }
  return out;
}

Status Reader::columns(const toml::table& top) {
  const toml::node* node = top.get("columns");
  const auto* table = node == nullptr ? nullptr : node->as_table();
  if (table == nullptr) return refuse_at(top, "The table [columns] is missing.");
  Names known;
  for (std::size_t i = 0; i < kTargets; ++i) {
    const auto target = static_cast<Target>(i);
    if (belongs(target, layout_.kind)) known.push_back(to_string(target));
  }
  TRY(check_keys(*table, known, fmt::format("A layout of {}", to_string(layout_.kind))));
  for (std::size_t i = 0; i < kTargets; ++i) {
    const auto target = static_cast<Target>(i);
    const toml::node* value = table->get(to_string(target));
    if (value == nullptr) continue;
    const auto* of_column = value->as_table();
    if (of_column == nullptr) return refuse_at(*value, "A column is a table: {name = \"…\"}.");
    layout_.columns.push_back(TRY(column(*of_column, target)));
  }
  return {};
}

Status Reader::districts(const toml::table& top) {
  const toml::node* node = top.get("districts");
  if (node == nullptr) return {};
  const auto* table = node->as_table();
  if (table == nullptr) return refuse_at(*node, "[districts] is a table of names and columns.");
  for (const auto& [key, value] : *table) {
    const auto name = value.value_exact<std::string>();
    if (!name) return refuse_at(value, "A district names its column as a text.");
    const bool plain =
        key.str().find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
    if (!plain)
      return refuse_at(value, "A district's name has small letters and underscores only.");
    layout_.districts.push_back({std::string(key.str()), {*name}});
  }
  return {};
}

Status Reader::codes(const toml::table& top) {
  const toml::node* node = top.get("codes");
  if (node == nullptr) return {};
  const auto* tables = node->as_table();
  if (tables == nullptr) return refuse_at(*node, "[codes.…] are tables.");
  for (const auto& [name, table_node] : *tables) {
    const auto* table = table_node.as_table();
    if (table == nullptr) return refuse_at(table_node, "[codes.…] are tables.");
    CodeTable out{.name = std::string(name.str())};
    for (const auto& [code, value] : *table) {
      const auto word = value.value_exact<std::string>();
      if (!word) return refuse_at(value, "A code becomes a text.");
      if (code.str() == "*") {
        out.otherwise = *word;
      } else {
        out.codes.emplace_back(std::string(code.str()), *word);
      }
    }
    layout_.codes.push_back(std::move(out));
  }
  return {};
}

Status Reader::checks(const toml::table& top) {
  const toml::node* node = top.get("checks");
  if (node == nullptr) return {};
  const auto* table = node->as_table();
  if (table == nullptr) return refuse_at(*node, "[checks] is a table of columns and ranges.");
  for (const auto& [key, value] : *table) {
    const auto* range = value.as_array();
    const auto min = range != nullptr && range->size() == 2
                         ? range->get(0)->value_exact<std::int64_t>()
                         : std::nullopt;
    const auto max = min ? range->get(1)->value_exact<std::int64_t>() : std::nullopt;
    if (!max) return refuse_at(value, "A check is a range of whole numbers: [1, 100].");
    layout_.checks.push_back({std::string(key.str()), *min, *max});
  }
  return {};
}

Status Reader::check_whole(const toml::table& top) const {
  if (layout_.column(Target::external_id) == nullptr) {
    return refuse_at(top, "A layout needs the column 'external_id': whose row it is.");
  }
  const bool complete =
      layout_.kind == LayoutKind::voters ? layout_.column(Target::last_name) != nullptr &&
                                               layout_.column(Target::county) != nullptr &&
                                               layout_.column(Target::status) != nullptr
      : layout_.kind == LayoutKind::history ? layout_.column(Target::election_date) != nullptr
                                            : layout_.columns.size() > 1;
  if (complete) return {};
  return refuse_at(top, layout_.kind == LayoutKind::voters
                            ? "A layout of voters needs last_name, status and county."
                        : layout_.kind == LayoutKind::history
                            ? "A layout of history needs election_date."
                            : "A layout of scores needs one score at least.");
}

Result<Layout> Reader::read(std::string_view text_of_file) {
  const toml::parse_result parsed = toml::parse(text_of_file);
  if (!parsed) {
    return invalid(fmt::format("This is not TOML: {}.", parsed.error().description()),
                   fmt::format("{}:{}", file_, parsed.error().source().begin.line));
  }
  const toml::table& top = parsed.table();
  TRY(check_keys(top, kTopKeys, "A layout"));
  layout_.name = TRY(text(top, "name", true));
  layout_.kind = TRY(choice(top, "kind", kKinds));
  layout_.source = TRY(text(top, "source", true));
  layout_.state = TRY(text(top, "state", true));
  layout_.title = TRY(text(top, "title", true));
  layout_.has_header = TRY(choice(top, "header", kHeaders));
  layout_.delimiter = TRY(choice(top, "delimiter", kDelimiters));
  layout_.quotes = TRY(choice(top, "quotes", kQuotes));
  layout_.encoding = TRY(choice(top, "encoding", kEncodings));
  layout_.null_tokens = TRY(texts(top, "null_tokens"));
  const toml::node* version = top.get("version");
  const auto number = version == nullptr ? std::nullopt : version->value_exact<std::int64_t>();
  if (!number || *number < 1) return refuse_at(top, "The key 'version' is a whole number from 1.");
  layout_.version = static_cast<int>(*number);
  if (const toml::node* node = top.get("ignored")) {
    const auto* table = node->as_table();
    if (table == nullptr) return refuse_at(*node, "[ignored] is a table.");
    TRY(check_keys(*table, {"columns"}, "[ignored]"));
    layout_.ignored = TRY(texts(*table, "columns"));
  }
  TRY(codes(top));
  TRY(columns(top));
  TRY(districts(top));
  TRY(checks(top));
  TRY(check_whole(top));
  return std::move(layout_);
}

}  // namespace

Result<Layout> parse_layout(std::string_view text, std::string_view name) {
  return Reader(name).read(text);
}

}  // namespace hustings::ingest
