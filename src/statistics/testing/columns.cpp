#include "statistics/testing/columns.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>

#include <zstd.h>

#include "base/error.h"
#include "base/text.h"

namespace hustings::statistics::testing {
namespace {

std::string contents(const std::string& name) {
  std::ifstream file(std::string(HUSTINGS_STATISTICS_TEST_DATA) + "/" + name, std::ios::binary);
  if (!file) throw Failure("no test data " + name);
  std::string raw((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!name.ends_with(".zst")) return raw;
  constexpr std::size_t kMost = 64 << 20;
  std::string out(kMost, '\0');
  const std::size_t size = ZSTD_decompress(out.data(), out.size(), raw.data(), raw.size());
  if (ZSTD_isError(size) != 0) throw Failure("test data cannot be unpacked: " + name);
  out.resize(size);
  return out;
}

}  // namespace

Columns Columns::read(const std::string& name) {
  const std::string text = contents(name);
  Columns out;
  std::vector<std::vector<std::string>*> order;
  for (const std::string_view line : split(text, '\n')) {
    if (line.empty()) continue;
    const auto cells = split(line, ',');
    if (order.empty()) {
      for (const std::string_view cell : cells)
        order.push_back(&out.cells_[std::string(trim(cell))]);
      continue;
    }
    for (std::size_t c = 0; c < order.size(); ++c)
      order[c]->emplace_back(trim(cells.at(c)));
    ++out.rows_;
  }
  return out;
}

const std::vector<std::string>& Columns::texts(const std::string& column) const {
  return cells_.at(column);
}

std::vector<double> Columns::numbers(const std::string& column) const {
  std::vector<double> out;
  for (const std::string& cell : cells_.at(column))
    out.push_back(parse_double(cell).value_or(std::numeric_limits<double>::quiet_NaN()));
  return out;
}

std::vector<std::string> Columns::levels(const std::string& column) const {
  auto out = cells_.at(column);
  std::sort(out.begin(), out.end(), [](const std::string& a, const std::string& b) {
    const auto of_a = parse_double(a);
    const auto of_b = parse_double(b);
    return of_a && of_b ? *of_a < *of_b : a < b;
  });
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<std::uint32_t> Columns::codes(const std::string& column) const {
  const auto known = levels(column);
  std::map<std::string, std::uint32_t> code;
  for (std::uint32_t i = 0; i < known.size(); ++i)
    code[known[i]] = i;
  std::vector<std::uint32_t> out;
  for (const std::string& cell : cells_.at(column))
    out.push_back(code.at(cell));
  return out;
}

}  // namespace hustings::statistics::testing
