#include "cli/analysis/margins_file.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/link/column_roles.h"

namespace hustings::cli {
namespace {

struct Lines {
  std::vector<std::string> order;  ///< variables as they come
  std::map<std::string, std::vector<std::pair<std::string, double>>> of;
};

std::size_t place_of(const CsvTable& table, std::initializer_list<std::string_view> names,
                     std::size_t otherwise) {
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    for (const std::string_view name : names) {
      if (to_lower(table.columns()[c]) == name) return c;
    }
  }
  return otherwise;
}

Result<Lines> read_lines(const std::filesystem::path& file) {
  const CsvTable table = TRY(CsvTable::read(file));
  if (table.columns().size() < 3) {
    return invalid("A margins file has three columns: variable, category, total.", file.string());
  }
  const std::size_t variable = place_of(table, {"variable", "margin"}, 0);
  const std::size_t category = place_of(table, {"category", "level", "value"}, 1);
  const std::size_t total = place_of(table, {"total", "freq", "count", "n", "share"}, 2);
  Lines out;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    const std::string name(table.cell(i, variable));
    const auto number = parse_double(table.cell(i, total));
    const std::string where = fmt::format("{}:{}", file.string(), i + 2);
    if (name.empty()) return invalid("The variable is missing.", where);
    if (!number || !std::isfinite(*number)) return invalid("The total is no number.", where);
    if (!out.of.contains(name)) out.order.push_back(name);
    auto& lines = out.of[name];
    std::string level(table.cell(i, category));
    for (const auto& line : lines) {
      if (line.first == level)
        return invalid(fmt::format("{} \"{}\" stands twice.", name, level), where);
    }
    lines.emplace_back(std::move(level), *number);
  }
  return out;
}

Result<statistics::Margin> margin_of(const std::string& name,
                                     const std::vector<std::pair<std::string, double>>& lines,
                                     const DataTable& data, const std::vector<bool>& in) {
  const Categories of = TRY(data.categories(name));
  statistics::Margin out{.name = name};
  std::vector<std::uint32_t> place(of.levels.size(), UINT32_MAX);
  for (const auto& [level, total] : lines) {
    auto at = std::find(of.levels.begin(), of.levels.end(), level);
    if (at == of.levels.end()) {
      const auto number = parse_double(level);
      at = std::find_if(of.levels.begin(), of.levels.end(), [&](const std::string& other) {
        return number && parse_double(other) == number;
      });
    }
    if (at != of.levels.end())
      place[static_cast<std::size_t>(at - of.levels.begin())] =
          static_cast<std::uint32_t>(out.categories.size());
    out.categories.push_back(level);
    out.totals.push_back(total);
  }
  out.category.assign(data.rows(), UINT32_MAX);
  for (std::size_t i = 0; i < data.rows(); ++i) {
    if (!in[i]) continue;
    if (of.code[i] == UINT32_MAX) {
      return invalid(
          fmt::format("Row {} has no {}; whoever is weighted needs all margins.", i + 1, name));
    }
    if (place[of.code[i]] == UINT32_MAX) {
      return invalid(
          fmt::format("Respondents are in {} \"{}\" (row {}), which the margins do not "
                      "name.",
                      name, of.levels[of.code[i]], i + 1));
    }
    out.category[i] = place[of.code[i]];
  }
  return out;
}

}  // namespace

Result<Margins> read_margins(const std::filesystem::path& file, const DataTable& data,
                             const std::vector<bool>& in) {
  const Lines lines = TRY(read_lines(file));
  Margins out;
  std::size_t with_shares = 0;
  for (const std::string& name : lines.order) {
    const auto& levels = lines.of.at(name);
    if (name == "*" || to_lower(name) == "(intercept)") {
      out.everybody = levels.front().second;
      continue;
    }
    if (levels.size() == 1 && is_null(levels.front().first)) {
      out.numbers.push_back({.column = name, .total = levels.front().second});
      continue;
    }
    statistics::Margin margin = TRY(margin_of(name, levels, data, in));
    const double sum = std::accumulate(margin.totals.begin(), margin.totals.end(), 0.0);
    for (const double whole : {1.0, 100.0}) {
      if (std::abs(sum - whole) > 1e-6 * whole) continue;
      for (double& total : margin.totals)
        total /= whole;
      ++with_shares;
    }
    out.categorical.push_back(std::move(margin));
  }
  if (with_shares > 0 && with_shares < out.categorical.size()) {
    return invalid("Some variables give shares and others give people; give the same for all.",
                   file.string());
  }
  out.shares = with_shares > 0;
  if (out.categorical.empty() && out.numbers.empty())
    return invalid("There is no margin in it.", file.string());
  return out;
}

}  // namespace hustings::cli
