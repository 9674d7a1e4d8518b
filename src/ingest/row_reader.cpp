#include "ingest/row_reader.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/field_splitter.h"
#include "ingest/transforms.h"

namespace hustings::ingest {

RowReader::RowReader(const FileFormat& format) : format_(format), map_(&format.map.of_part(0)) {
  for (const LayoutColumn& column : format_.layout.columns) {
    columns_[static_cast<std::size_t>(column.target)] = &column;
  }
  fields_.reserve(map_->columns + 1);
}

bool RowReader::cut(std::string_view line, RowProblem& problem) {
  if (map_->delimiter == 0) {
    if (split_widths(line, map_->widths, fields_)) return true;
    int all = 0;
    for (const int width : map_->widths)
      all += width;
    const auto length = character_count(line);
    problem = {.reason = fmt::format("{} characters in place of {}.", length, all),
               .is_incomplete = length < static_cast<std::size_t>(all)};
    return false;
  }
  if (!split_fields(line, map_->delimiter, map_->quotes, arena_, fields_)) {
    problem = {.reason = "A quote is opened and not closed on this line.", .is_incomplete = true};
    return false;
  }
  if (fields_.size() == map_->columns) return true;
  if (fields_.size() > map_->columns && fields_.size() <= map_->columns + map_->spare) {
    fields_.resize(map_->columns);
    return true;
  }
  problem = {.reason = fmt::format("{} fields in place of {}.", fields_.size(), map_->columns),
             .is_incomplete = fields_.size() < map_->columns};
  return false;
}

bool RowReader::split(std::string_view line, int part, RowProblem& problem) {
  arena_.reset();
  map_ = &format_.map.of_part(part);
  saw_protection_ = false;
  if (!cut(line, problem)) return false;
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
    const std::int16_t place = map_->checks[i];
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
  for (const std::string& token : format_.layout.protected_tokens) {
    if (text != token) continue;
    saw_protection_ = true;
    return "";
  }
  return text;
}

std::span<const std::int16_t> RowReader::pieces(Target target) const {
  const auto at = static_cast<std::size_t>(target);
  if (!map_->pieces[at].empty()) return map_->pieces[at];
  return {&map_->places[at], map_->places[at] == ColumnMap::kAbsent ? 0U : 1U};
}

std::string_view RowReader::joined(Target target) {
  const LayoutColumn& of = column(target);
  std::array<std::string_view, 16> texts;
  std::size_t count = 0;
  std::size_t bytes = 0;
  for (const std::int16_t piece : pieces(target)) {
    const std::string_view text = at(piece);
    if (text.empty() || count == texts.size()) continue;
    if (of.join == Join::first) return text;
    texts[count++] = text;
    bytes += text.size() + 1;
  }
  if (count < 2) return count == 0 ? "" : texts[0];
  char* const begin = arena_.take(bytes);
  char* out = begin;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0 && of.join == Join::blank) *out++ = ' ';
    std::memcpy(out, texts[i].data(), texts[i].size());
    out += texts[i].size();
  }
  return {begin, static_cast<std::size_t>(out - begin)};
}

std::string_view RowReader::text(Target target) {
  const auto at_target = static_cast<std::size_t>(target);
  const std::string_view found =
      map_->pieces[at_target].empty() ? at(map_->places[at_target]) : joined(target);
  const LayoutColumn* const of = columns_[at_target];
  if (of == nullptr) return found;
  const std::string_view value = of->take == Take::whole ? found : taken(of->take, found, arena_);
  return value.empty() ? std::string_view(of->otherwise) : value;
}

bool RowReader::is_placeholder(Target target, std::string_view text) const {
  const auto& placeholders = column(target).placeholders;
  return std::find(placeholders.begin(), placeholders.end(), text) != placeholders.end();
}

bool RowReader::protects(Target target, std::string_view text) const {
  if (layout_column(target) == nullptr) return false;
  const auto& protects = column(target).protects;
  return std::find(protects.begin(), protects.end(), text) != protects.end();
}

bool RowReader::code(Target target, std::string_view& text, RowProblem& problem) {
  const std::int16_t from = place(target);
  const LayoutColumn* const of = layout_column(target);  // null: a zone of the county's map
  if (from == ColumnMap::kAbsent || of == nullptr || of->codes < 0) return true;
  if (!text.empty() && text == of->otherwise) return true;
  const CodeTable& table = format_.layout.codes[static_cast<std::size_t>(of->codes)];
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

bool RowReader::partial_date(Target target, std::optional<WrittenDate>& date, bool& placeholder,
                             RowProblem& problem) {
  placeholder = false;
  date.reset();
  const std::string_view written = text(target);
  if (written.empty()) return true;
  placeholder = is_placeholder(target, written);
  if (placeholder) return true;
  const auto& formats = column(target).formats;
  for (const std::string& format : formats) {
    if (is_wide_date_format(format)) {
      if (read_wide_date(written, {format, format_.today}, date)) {
        placeholder = !date;
        return true;
      }
      continue;
    }
    date = read_date(written, format);
    if (date) return true;
  }
  problem = {place(target),
             fmt::format("'{}' is no date of the form {}.", written, fmt::join(formats, " or "))};
  return false;
}

bool RowReader::date(Target target, std::optional<std::int32_t>& days, bool& placeholder,
                     RowProblem& problem) {
  days.reset();
  std::optional<WrittenDate> date;
  if (!partial_date(target, date, placeholder, problem)) return false;
  if (!date || date->month == 0 || date->day == 0) return true;
  days = days_of(*date);
  return true;
}

}  // namespace hustings::ingest
