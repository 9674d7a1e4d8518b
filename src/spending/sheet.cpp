#include "spending/sheet.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"

namespace hustings::spending {
namespace {

struct Line {
  std::size_t number;
  std::vector<std::string> cells;
};

char delimiter_of(std::string_view header) {
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char candidate : {',', ';', '\t'}) {
    const auto count = std::count(header.begin(), header.end(), candidate);
    if (count > most) {
      most = count;
      best = candidate;
    }
  }
  return best;
}

/// Reads one record after another.
class Records {
 public:
  Records(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  bool at_end() const { return at_ >= text_.size(); }
  Result<Line> next() {
    Line line{line_, {}};
    for (bool more = true; more;) {
      std::string cell;
      more = TRY(read_cell(cell));
      line.cells.emplace_back(trim(cell));
    }
    ++line_;
    return line;
  }

 private:
  /// Whether the record goes on behind the cell.
  Result<bool> read_cell(std::string& cell) {
    const std::size_t first = line_;
    bool quoted = false;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (quoted) {
        if (c != '"') {
          if (c == '\n') ++line_;
          cell += c;
        } else if (at_ < text_.size() && text_[at_] == '"') {
          cell += text_[at_++];
        } else {
          quoted = false;
        }
      } else if (c == '"' && trim(cell).empty()) {
        quoted = true;
        cell.clear();
      } else if (c == delimiter_) {
        return true;
      } else if (c == '\n') {
        return false;
      } else {
        cell += c;
      }
    }
    if (!quoted) return false;
    return invalid("A quote is opened here and never closed.", fmt::format("line {}", first));
  }

  std::string_view text_;
  char delimiter_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

bool is_blank(const Line& line) {
  return std::all_of(line.cells.begin(), line.cells.end(),
                     [](const std::string& cell) { return cell.empty(); });
}

/// Which of the file's columns is each that may be there; npos: none.
Result<std::vector<std::size_t>> places_of(const std::vector<Column>& columns,
                                           const std::vector<std::string>& header,
                                           std::vector<std::string>& ignored) {
  std::vector<std::size_t> places(columns.size(), std::string::npos);
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string name = to_lower(header[i]);
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& column) {
      return column.name == name ||
             std::find(column.others.begin(), column.others.end(), name) != column.others.end();
    });
    if (found == columns.end()) {
      ignored.push_back(header[i]);
      continue;
    }
    std::size_t& place = places[static_cast<std::size_t>(found - columns.begin())];
    if (place != std::string::npos)
      return invalid(fmt::format("The column \"{}\" is there twice.", found->name), "line 1");
    place = i;
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].needed && places[c] == std::string::npos)
      return invalid(fmt::format("The column \"{}\" is missing; there are {}.", columns[c].name,
                                 join(header, ", ")),
                     "line 1");
  }
  return places;
}

}  // namespace

std::optional<std::int64_t> parse_cents(std::string_view text) {
  text = trim(text);
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (!text.empty() && text.front() == '$') text.remove_prefix(1);
  std::int64_t cents = 0;
  int decimals = -1;
  int digits = 0;
  int since_comma = -1;
  for (const char c : text) {
    if (c == '.' && decimals < 0) {
      decimals = 0;
    } else if (c == ',' && decimals < 0 && digits > 0 && (since_comma < 0 || since_comma == 3)) {
      since_comma = 0;
    } else if (c >= '0' && c <= '9' && decimals < 2) {
      cents = cents * 10 + (c - '0');
      ++digits;
      if (decimals >= 0) ++decimals;
      if (decimals < 0 && since_comma >= 0) ++since_comma;
      if (cents > kCentsMax) return std::nullopt;
    } else {
      return std::nullopt;
    }
  }
  if (digits == 0 || (since_comma >= 0 && since_comma != 3)) return std::nullopt;
  for (int d = decimals < 0 ? 0 : decimals; d < 2; ++d)
    cents *= 10;
  if (cents > kCentsMax) return std::nullopt;
  return negative ? -cents : cents;
}

std::optional<std::string> parse_day(std::string_view text) {
  text = trim(text);
  const bool iso = text.find('-') != std::string_view::npos;
  const auto parts = split(text, iso ? '-' : '/');
  if (parts.size() != 3) return std::nullopt;
  std::array<std::int64_t, 3> numbers{};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto number = parse_int(parts[i]);
    if (!number || *number < 0 || *number > 9999) return std::nullopt;
    numbers[i] = *number;
  }
  if (!iso) numbers = {numbers[2] < 100 ? 2000 + numbers[2] : numbers[2], numbers[0], numbers[1]};
  const std::chrono::year_month_day day{std::chrono::year(static_cast<int>(numbers[0])),
                                        std::chrono::month(static_cast<unsigned>(numbers[1])),
                                        std::chrono::day(static_cast<unsigned>(numbers[2]))};
  if (!day.ok() || numbers[0] < 1900) return std::nullopt;
  return fmt::format("{:04}-{:02}-{:02}", numbers[0], numbers[1], numbers[2]);
}

Result<Sheet> Sheet::read(std::string_view text, const std::vector<Column>& columns,
                          std::string_view others_without) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!is_utf8(text)) return invalid("The file is not UTF-8; save it as CSV UTF-8.");
  const char delimiter = delimiter_of(text.substr(0, text.find('\n')));
  Records records(text, delimiter);
  if (records.at_end()) return invalid("The file is empty.");
  const Line header = TRY(records.next());
  Sheet sheet;
  std::vector<std::size_t> places = TRY(places_of(columns, header.cells, sheet.ignored_));
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (places[c] != std::string::npos) sheet.names_.emplace_back(columns[c].name);
  }
  if (!others_without.empty() && !sheet.has(others_without))
    TRY(sheet.keep_others(header.cells, places));
  while (!records.at_end()) {
    Line line = TRY(records.next());
    if (is_blank(line)) continue;
    if (line.cells.size() != header.cells.size()) {
      return invalid(fmt::format("The header has {} columns, this line {}.", header.cells.size(),
                                 line.cells.size()),
                     fmt::format("line {}", line.number));
    }
    if (sheet.rows() == kSheetRowsMax) {
      return refuse(ErrorCode::over_limit,
                    fmt::format("A file has at most {} rows.", with_thousands(kSheetRowsMax)));
    }
    std::vector<std::string>& cells = sheet.cells_.emplace_back();
    for (const std::size_t place : places) {
      if (place != std::string::npos) cells.push_back(std::move(line.cells[place]));
    }
    sheet.lines_.push_back(line.number);
  }
  if (sheet.rows() == 0) return invalid("The file has a header and no rows.");
  return sheet;
}

/// The columns that nobody asked for become columns under their own names.
Status Sheet::keep_others(const std::vector<std::string>& header,
                          std::vector<std::size_t>& places) {
  others_ = std::exchange(ignored_, {});
  for (const std::string& name : others_) {
    if (name.empty()) return invalid("A column has no name.", "line 1");
    if (has(name)) return invalid(fmt::format("The column \"{}\" is there twice.", name), "line 1");
    names_.push_back(name);
    places.push_back(
        static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin()));
  }
  return {};
}

bool Sheet::has(std::string_view column) const {
  return std::find(names_.begin(), names_.end(), column) != names_.end();
}

std::string_view Sheet::text(std::size_t row, std::string_view column) const {
  const auto found = std::find(names_.begin(), names_.end(), column);
  if (found == names_.end()) return {};
  return cells_[row][static_cast<std::size_t>(found - names_.begin())];
}

std::string Sheet::where(std::size_t row, std::string_view column) const {
  return fmt::format("line {}, column {}", lines_[row], column);
}

Result<std::string> Sheet::name(std::size_t row, std::string_view column) const {
  constexpr std::size_t kNameBytesMax = 200;
  const std::string_view cell = text(row, column);
  if (cell.empty()) return invalid("There is nothing here.", where(row, column));
  if (cell.size() > kNameBytesMax)
    return invalid(fmt::format("At most {} bytes.", kNameBytesMax), where(row, column));
  return std::string(cell);
}

Result<double> Sheet::number(std::size_t row, std::string_view column, Range range) const {
  const std::string_view cell = text(row, column);
  const auto value = parse_double(cell);
  if (!value || !std::isfinite(*value))
    return invalid(fmt::format("\"{}\" is no number.", cell), where(row, column));
  if (*value < range.low || *value > range.high) {
    return invalid(
        fmt::format("{} cannot be right: it must be {} to {}.", cell, range.low, range.high),
        where(row, column));
  }
  return *value;
}

Result<std::int64_t> Sheet::whole(std::size_t row, std::string_view column, Range range) const {
  const double value = TRY(number(row, column, range));
  if (value != std::floor(value))
    return invalid(fmt::format("{} is no whole number.", value), where(row, column));
  return static_cast<std::int64_t>(value);
}

Result<std::int64_t> Sheet::cents(std::size_t row, std::string_view column,
                                  bool may_be_negative) const {
  const std::string_view cell = text(row, column);
  const auto value = parse_cents(cell);
  if (!value) {
    return invalid(fmt::format("\"{}\" is no amount such as 1,234.50.", cell), where(row, column));
  }
  if (*value < 0 && !may_be_negative)
    return invalid(fmt::format("{} is negative.", cell), where(row, column));
  return *value;
}

Result<std::string> Sheet::day(std::size_t row, std::string_view column) const {
  const std::string_view cell = text(row, column);
  if (auto day = parse_day(cell)) return *std::move(day);
  return invalid(fmt::format("\"{}\" is no day such as 2026-11-03 or 11/3/2026.", cell),
                 where(row, column));
}

Result<std::optional<double>> Sheet::maybe_number(std::size_t row, std::string_view column,
                                                  Range range) const {
  if (text(row, column).empty()) return std::optional<double>();
  return std::optional(TRY(number(row, column, range)));
}

Result<std::optional<std::int64_t>> Sheet::maybe_cents(std::size_t row,
                                                       std::string_view column) const {
  if (text(row, column).empty()) return std::optional<std::int64_t>();
  return std::optional(TRY(cents(row, column)));
}

}  // namespace hustings::spending
