#include "cli/analysis/data_table.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/link/column_roles.h"

namespace hustings::cli {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

bool by_size(const std::string& a, const std::string& b) {
  const auto of_a = parse_double(a);
  const auto of_b = parse_double(b);
  if (of_a && of_b && *of_a != *of_b) return *of_a < *of_b;
  if (of_a.has_value() != of_b.has_value()) return of_a.has_value();
  return a < b;
}

}  // namespace

Result<DataTable> DataTable::read(const std::filesystem::path& file) {
  DataTable out;
  out.file_ = file;
  out.table_ = TRY(CsvTable::read(file));
  return out;
}

bool DataTable::has(std::string_view name) const {
  const auto& columns = table_.columns();
  return std::find(columns.begin(), columns.end(), name) != columns.end();
}

Result<std::size_t> DataTable::column_of(std::string_view name) const {
  const auto& columns = table_.columns();
  const auto exact = std::find(columns.begin(), columns.end(), name);
  if (exact != columns.end()) return static_cast<std::size_t>(exact - columns.begin());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (to_lower(columns[c]) == to_lower(name)) return c;
  }
  const std::vector<std::string_view> known(columns.begin(), columns.end());
  const std::string_view near = nearest(name, known);
  const std::string hint = near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near);
  return invalid(fmt::format("There is no column \"{}\"{}", name, hint.empty() ? "." : hint),
                 file_.string());
}

Result<std::vector<double>> DataTable::numbers(std::string_view expression) const {
  const std::string_view text = trim(expression);
  std::vector<double> out(rows());
  if (!has(text)) {
    for (const char sign : {'+', ':', '='}) {
      const auto parts = split(text, sign);
      if (parts.size() < 2) continue;
      if (sign == '=') {
        const Categories of = TRY(categories(trim(parts[0])));
        const auto value = std::string(trim(text.substr(text.find('=') + 1)));
        const auto at = std::find(of.levels.begin(), of.levels.end(), value) - of.levels.begin();
        for (std::size_t i = 0; i < out.size(); ++i) {
          out[i] = of.code[i] == UINT32_MAX                       ? kMissing
                   : of.code[i] == static_cast<std::uint32_t>(at) ? 1
                                                                  : 0;
        }
        if (static_cast<std::size_t>(at) == of.levels.size()) {
          return invalid(fmt::format("Column \"{}\" never holds \"{}\".", trim(parts[0]), value),
                         file_.string());
        }
        return out;
      }
      std::fill(out.begin(), out.end(), sign == '+' ? 0 : 1);
      for (const std::string_view part : parts) {
        const auto values = TRY(numbers(part));
        for (std::size_t i = 0; i < out.size(); ++i)
          out[i] = sign == '+' ? out[i] + values[i] : out[i] * values[i];
      }
      return out;
    }
    if (text.size() > 2 && text.ends_with("^2")) {
      out = TRY(numbers(text.substr(0, text.size() - 2)));
      for (double& value : out)
        value *= value;
      return out;
    }
  }
  const std::size_t column = TRY(column_of(text));
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::string_view cell = table_.cell(i, column);
    const auto value = is_null(cell) ? kMissing : parse_double(cell);
    if (!value || std::isinf(*value)) {
      return invalid(fmt::format("Row {} of column \"{}\" is no number.", i + 1, text),
                     file_.string());
    }
    out[i] = *value;
  }
  return out;
}

Result<bool> DataTable::is_numeric(std::string_view expression) const {
  const std::string_view text = trim(expression);
  if (!has(text) && text.find_first_of("+:=^") != std::string_view::npos) return true;
  const std::size_t column = TRY(column_of(text));
  for (std::size_t i = 0; i < rows(); ++i) {
    const std::string_view cell = table_.cell(i, column);
    if (!is_null(cell) && !parse_double(cell)) return false;
  }
  return true;
}

Result<Categories> DataTable::categories(std::string_view name) const {
  const std::string_view text = trim(name);
  Categories out;
  out.code.assign(rows(), UINT32_MAX);
  std::vector<std::string> cells;
  std::unordered_map<std::string_view, std::uint32_t> known;
  if (!has(text) && text.find_first_of("+:") != std::string_view::npos) {
    // A made column: categories side by side ("stype:sch.wide"), or the values of a sum.
    if (text.find(':') != std::string_view::npos) {
      cells.assign(rows(), "");
      for (const std::string_view part : split(text, ':')) {
        const Categories of = TRY(categories(part));
        for (std::size_t i = 0; i < rows(); ++i) {
          if (of.code[i] == UINT32_MAX || cells[i] == "NA") {
            cells[i] = "NA";
            continue;
          }
          cells[i] += (cells[i].empty() ? "" : ":") + of.levels[of.code[i]];
        }
      }
    } else {
      for (const double value : TRY(numbers(text)))
        cells.push_back(std::isnan(value) ? "NA" : fmt::format("{}", value));
    }
  }
  const std::size_t column = cells.empty() ? TRY(column_of(text)) : 0;
  std::vector<std::string_view> found;
  for (std::size_t i = 0; i < rows(); ++i) {
    const std::string_view cell = cells.empty() ? table_.cell(i, column) : cells[i];
    if (is_null(cell)) continue;
    const auto [at, fresh] = known.try_emplace(cell, static_cast<std::uint32_t>(found.size()));
    if (fresh) found.push_back(cell);
    out.code[i] = at->second;
  }
  if (found.size() > kLevelsMax)
    return invalid(fmt::format("Column \"{}\" has too many categories.", text), file_.string());
  out.levels.assign(found.begin(), found.end());
  std::vector<std::pair<std::string, std::uint32_t>> order;
  for (std::uint32_t l = 0; l < found.size(); ++l)
    order.emplace_back(found[l], l);
  const bool all_numbers = std::all_of(order.begin(), order.end(), [](const auto& level) {
    return parse_double(level.first).has_value();
  });
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    return all_numbers ? by_size(a.first, b.first) : a.first < b.first;
  });
  std::vector<std::uint32_t> place(order.size());
  for (std::uint32_t l = 0; l < order.size(); ++l) {
    place[order[l].second] = l;
    out.levels[l] = order[l].first;
  }
  for (std::uint32_t& code : out.code) {
    if (code != UINT32_MAX) code = place[code];
  }
  return out;
}

Result<std::vector<bool>> DataTable::holds(std::string_view condition) const {
  std::vector<bool> out(rows());
  for (const std::string_view sign : {"!=", "<=", ">=", "=", "<", ">"}) {
    const std::size_t at = condition.find(sign);
    if (at == std::string_view::npos || at == 0) continue;
    const std::string_view column = trim(condition.substr(0, at));
    const std::string_view value = trim(condition.substr(at + sign.size()));
    const auto number = parse_double(value);
    const bool order = sign[0] == '<' || sign[0] == '>';
    if (order && !number) {
      return invalid(fmt::format("In \"{}\" there must be a number after {}.", condition, sign));
    }
    if (order) {
      const auto values = TRY(numbers(column));
      for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = (sign == "<" && values[i] < *number) || (sign == ">" && values[i] > *number) ||
                 (sign == "<=" && values[i] <= *number) || (sign == ">=" && values[i] >= *number);
      }
      return out;
    }
    const std::size_t index = TRY(column_of(column));
    for (std::size_t i = 0; i < out.size(); ++i) {
      const std::string_view cell = table_.cell(i, index);
      bool equal = cell == value;
      if (!equal && number) equal = parse_double(cell) == number;
      out[i] = !is_null(cell) && equal == (sign == "=");
    }
    return out;
  }
  return invalid(
      fmt::format("\"{}\" is no condition; write column=value, column!=value, "
                  "column<number or column>number.",
                  condition));
}

Result<std::vector<bool>> DataTable::where(const std::vector<std::string>& conditions) const {
  std::vector<bool> out(rows(), true);
  for (const std::string& condition : conditions) {
    const auto one = TRY(holds(condition));
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = out[i] && one[i];
  }
  if (!conditions.empty() && std::find(out.begin(), out.end(), true) == out.end())
    return invalid("No row meets the conditions.", file_.string());
  return out;
}

Result<ModelColumns> DataTable::term(std::string_view text) const {
  ModelColumns out;
  std::string_view name = trim(text);
  bool as_categories = false;
  for (const std::string_view wrap : {"factor(", "as.factor(", "C(", "I("}) {
    if (has(name) || !name.starts_with(wrap) || !name.ends_with(")")) continue;
    as_categories = wrap != "I(";
    name = trim(name.substr(wrap.size(), name.size() - wrap.size() - 1));
  }
  if (!has(name) && name.find(':') != std::string_view::npos) {
    out.names = {""};
    out.columns = {std::vector<double>(rows(), 1.0)};
    for (const std::string_view part : split(name, ':')) {
      const ModelColumns one = TRY(term(part));
      ModelColumns crossed;
      for (std::size_t a = 0; a < out.names.size(); ++a) {
        for (std::size_t b = 0; b < one.names.size(); ++b) {
          crossed.names.push_back(out.names[a].empty() ? one.names[b]
                                                       : out.names[a] + ":" + one.names[b]);
          auto column = out.columns[a];
          for (std::size_t i = 0; i < column.size(); ++i)
            column[i] *= one.columns[b][i];
          crossed.columns.push_back(std::move(column));
        }
      }
      out = std::move(crossed);
    }
    return out;
  }
  if (!as_categories && TRY(is_numeric(name))) {
    out.names.emplace_back(name);
    out.columns.push_back(TRY(numbers(name)));
    return out;
  }
  const Categories of = TRY(categories(name));
  constexpr std::size_t kDummiesMax = 1000;
  if (of.levels.size() > kDummiesMax) {
    return invalid(fmt::format("Column \"{}\" has {} categories, too many for a regression.", name,
                               of.levels.size()));
  }
  for (std::uint32_t level = 1; level < of.levels.size(); ++level) {
    out.names.push_back(fmt::format("{}={}", name, of.levels[level]));
    auto& column = out.columns.emplace_back(rows());
    for (std::size_t i = 0; i < column.size(); ++i)
      column[i] = of.code[i] == UINT32_MAX ? kMissing : (of.code[i] == level ? 1 : 0);
  }
  return out;
}

Result<ModelColumns> DataTable::model(const std::vector<std::string>& terms) const {
  ModelColumns out;
  for (const std::string& text : terms) {
    ModelColumns one = TRY(term(text));
    std::move(one.names.begin(), one.names.end(), std::back_inserter(out.names));
    std::move(one.columns.begin(), one.columns.end(), std::back_inserter(out.columns));
  }
  return out;
}

Result<Formula> DataTable::formula(std::string_view text) const {
  const std::size_t tilde = text.find('~');
  if (tilde == std::string_view::npos)
    return invalid(fmt::format("\"{}\" is no formula; write outcome ~ a + b.", text));
  Formula out{.outcome = std::string(trim(text.substr(0, tilde)))};
  bool constant = true;
  std::vector<std::string> terms;
  for (const std::string_view part : split(text.substr(tilde + 1), '+')) {
    const std::string_view name = trim(part);
    if (name == "0") constant = false;
    if (name == "0" || name == "1") continue;
    if (name.empty()) return invalid(fmt::format("A term is missing in \"{}\".", text));
    const auto crossed = split(name, '*');
    if (!has(name) && crossed.size() == 2) {
      terms.emplace_back(trim(crossed[0]));
      terms.emplace_back(trim(crossed[1]));
      terms.push_back(fmt::format("{}:{}", trim(crossed[0]), trim(crossed[1])));
    } else {
      terms.emplace_back(name);
    }
  }
  out.right = TRY(model(terms));
  if (constant) {
    out.right.names.insert(out.right.names.begin(), "(constant)");
    out.right.columns.insert(out.right.columns.begin(), std::vector<double>(rows(), 1.0));
  }
  return out;
}

}  // namespace hustings::cli
