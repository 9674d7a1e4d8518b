#include "ingest/row_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/field_splitter.h"
#include "ingest/transforms.h"

namespace hustings::ingest {

RowReader::RowReader(const FileFormat& format) : format_(format) {
  for (const LayoutColumn& column : format_.layout.columns) {
    columns_[static_cast<std::size_t>(column.target)] = &column;
  }
  fields_.reserve(format_.map.columns + 1);
}

bool RowReader::split(std::string_view line, RowProblem& problem) {
  arena_.reset();
  if (!split_fields(line, format_.layout.delimiter, format_.layout.quotes, arena_, fields_)) {
    problem = {.reason = "A quote is opened and not closed on this line.", .is_incomplete = true};
    return false;
  }
  if (fields_.size() != format_.map.columns) {
    problem = {
        .reason = fmt::format("{} fields in place of {}.", fields_.size(), format_.map.columns),
        .is_incomplete = fields_.size() < format_.map.columns};
    return false;
  }
  if (line.size() > kTextMax && !check_lengths(problem)) return false;
  return format_.layout.checks.empty() || check(problem);
}

bool RowReader::check_lengths(RowProblem& problem) const {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (fields_[i].size() <= kTextMax) continue;
    problem = {static_cast<std::int16_t>(i), "Longer than 1,000 bytes."};
    return false;
  }
  return true;
}

bool RowReader::check(RowProblem& problem) {
  for (std::size_t i = 0; i < format_.layout.checks.size(); ++i) {
    const std::int16_t place = format_.map.checks[i];
    if (place == ColumnMap::kAbsent) continue;
    const LayoutCheck& check = format_.layout.checks[i];
    const auto number = parse_int(at(place));
    if (number && *number >= check.min && *number <= check.max) continue;
    problem = {place, fmt::format("Not a whole number from {} to {}.", check.min, check.max)};
    return false;
  }
  return true;
}

std::string_view RowReader::at(std::int16_t place) {
  if (place == ColumnMap::kAbsent) return "";
  const std::string_view text = clean(fields_[static_cast<std::size_t>(place)], arena_);
  for (const std::string& token : format_.layout.null_tokens) {
    if (text == token) return "";
  }
  return text;
}

std::string_view RowReader::text(Target target) { return at(place(target)); }

bool RowReader::is_placeholder(Target target, std::string_view text) const {
  const auto& placeholders = column(target).placeholders;
  return std::find(placeholders.begin(), placeholders.end(), text) != placeholders.end();
}

bool RowReader::protects(Target target, std::string_view text) const {
  const auto& protects = column(target).protects;
  return std::find(protects.begin(), protects.end(), text) != protects.end();
}

bool RowReader::code(Target target, std::string_view& text, RowProblem& problem) {
  const std::int16_t from = place(target);
  if (from == ColumnMap::kAbsent || column(target).codes < 0) return true;
  const CodeTable& table = format_.layout.codes[static_cast<std::size_t>(column(target).codes)];
  if (text.empty() && table.otherwise) return true;
  const std::string* word = table.find(text);
  if (word == nullptr) {
    std::vector<std::string_view> known;
    for (const auto& [code, meaning] : table.codes)
      known.emplace_back(code);
    problem = {from, fmt::format("'{}' is not one of {}.", text, fmt::join(known, ", "))};
    return false;
  }
  text = *word;
  return true;
}

bool RowReader::date(Target target, std::optional<std::int32_t>& days, bool& placeholder,
                     RowProblem& problem) {
  placeholder = false;
  days.reset();
  const std::string_view written = text(target);
  if (written.empty()) return true;
  placeholder = is_placeholder(target, written);
  if (placeholder) return true;
  days = parse_date(written, column(target).format);
  if (days) return true;
  problem = {place(target),
             fmt::format("'{}' is no date of the form {}.", written, column(target).format)};
  return false;
}

}  // namespace hustings::ingest
