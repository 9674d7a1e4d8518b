#include "ingest/layout_toml.h"

#include <regex>

#include "base/text.h"

namespace hustings::ingest::detail {

std::unexpected<Error> TomlReader::refuse_at(const toml::node& node, std::string sentence) const {
  return invalid(std::move(sentence), fmt::format("{}:{}", file_, node.source().begin.line));
}

Status TomlReader::check_keys(const toml::table& table, const Names& known,
                              std::string_view what) const {
  for (const auto& [key, value] : table) {
    if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
    const std::string_view near = nearest(key.str(), known);
    return refuse_at(value,
                     fmt::format("{} has no key '{}'.{}", what, key.str(),
                                 near.empty() ? "" : fmt::format(" Did you mean '{}'?", near)));
  }
  return {};
}

Result<std::string> TomlReader::text(const toml::table& table, std::string_view key,
                                     bool required) const {
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

Result<bool> TomlReader::yes_no(const toml::table& table, std::string_view key,
                                bool otherwise) const {
  const toml::node* node = table.get(key);
  if (node == nullptr) return otherwise;
  const auto value = node->value_exact<bool>();
  if (!value) return refuse_at(*node, fmt::format("'{}' is true or false.", key));
  return *value;
}

Result<std::vector<std::string>> TomlReader::texts(const toml::table& table,
                                                   std::string_view key) const {
  std::vector<std::string> out;
  const toml::node* node = table.get(key);
  if (node == nullptr) return out;
  if (const auto one = node->value_exact<std::string>()) return std::vector{*one};
  const auto* array = node->as_array();
  if (array == nullptr) return refuse_at(*node, fmt::format("'{}' is a list of texts.", key));
  for (const toml::node& element : *array) {
    const auto value = element.value_exact<std::string>();
    if (!value) return refuse_at(element, fmt::format("'{}' is a list of texts.", key));
    out.push_back(*value);
  }
  return out;
}

Result<std::vector<int>> TomlReader::numbers(const toml::table& table, std::string_view key) const {
  std::vector<int> out;
  const toml::node* node = table.get(key);
  if (node == nullptr) return out;
  const auto* array = node->as_array();
  if (array == nullptr)
    return refuse_at(*node, fmt::format("'{}' is a list of whole numbers.", key));
  for (const toml::node& element : *array) {
    const auto value = element.value_exact<std::int64_t>();
    if (!value || *value < 1 || *value > 10'000) {
      return refuse_at(element, fmt::format("'{}' holds whole numbers from 1.", key));
    }
    out.push_back(static_cast<int>(*value));
  }
  return out;
}

Result<const toml::table*> TomlReader::table(const toml::table& of, std::string_view key) const {
  const toml::node* node = of.get(key);
  if (node == nullptr) return static_cast<const toml::table*>(nullptr);
  const auto* out = node->as_table();
  if (out == nullptr) return refuse_at(*node, fmt::format("[{}] is a table.", key));
  return out;
}

Result<std::string> TomlReader::pattern(const toml::table& table, std::string_view key) const {
  std::string out = TRY(text(table, key, true));
  try {
    static_cast<void>(std::regex(out, std::regex::icase));
  } catch (const std::regex_error&) {
    return refuse_at(*table.get(key),
                     fmt::format("'{}' is no regular expression that can be read.", key));
  }
  return out;
}

std::vector<std::string> expand_ranges(const std::vector<std::string>& names) {
  static const std::regex kRange(R"(\{(\d{1,3})\.\.(\d{1,3})\})");
  std::vector<std::string> out;
  for (const std::string& name : names) {
    std::smatch found;
    if (!std::regex_search(name, found, kRange)) {
      out.push_back(name);
      continue;
    }
    const int from = std::stoi(found[1]);
    const int to = std::stoi(found[2]);
    for (int i = from; i <= to; ++i) {
      std::string one =
          std::string(found.prefix()) + std::to_string(i) + std::string(found.suffix());
      for (std::size_t at = one.find("{}"); at != std::string::npos; at = one.find("{}"))
        one.replace(at, 2, std::to_string(i));
      for (const std::string_view piece : split(one, ';'))
        out.emplace_back(piece);
    }
  }
  return out;
}

Result<int> find_codes(const TomlReader& reader, const toml::table& table, const Layout& layout) {
  const std::string name = TRY(reader.text(table, "codes", false));
  if (name.empty()) return -1;
  for (std::size_t i = 0; i < layout.codes.size(); ++i) {
    if (layout.codes[i].name == name) return static_cast<int>(i);
  }
  return reader.refuse_at(*table.get("codes"), fmt::format("There is no table [codes.{}].", name));
}

}  // namespace hustings::ingest::detail
