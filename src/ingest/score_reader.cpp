#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/row_reader.h"

namespace hustings::ingest {

ScoreReader::ScoreReader(const FileFormat& format) : reader_(format) {
  for (const LayoutScore& score : format.layout.scores)
    keys_.push_back(fmt::format(R"("{}":)", score.name));
}

/// Of what stands there and is no number it is counted that it was left out.
std::optional<double> ScoreReader::number(std::string_view text) {
  constexpr double kNumberMax = 1e9;
  if (text.empty()) return std::nullopt;
  const auto value = parse_double(text);
  if (value && std::isfinite(*value) && std::abs(*value) <= kNumberMax) return value;
  ++counts_[static_cast<std::size_t>(registry::Quality::number_unusable)];
  return std::nullopt;
}

std::optional<std::int16_t> ScoreReader::score(Target target) {
  constexpr double kScoreMax = 100;
  const auto value = number(reader_.text(target));
  if (!value) return std::nullopt;
  if (*value >= 0 && *value <= kScoreMax) return static_cast<std::int16_t>(std::lround(*value));
  ++counts_[static_cast<std::size_t>(registry::Quality::number_unusable)];
  return std::nullopt;
}

void ScoreReader::read_others() {
  other_.clear();
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    const auto value = number(reader_.at(reader_.map().scores[i]));
    if (!value) continue;
    other_ += other_.empty() ? '{' : ',';
    other_ += keys_[i];
    fmt::format_to(std::back_inserter(other_), "{}", *value);
  }
  if (!other_.empty()) other_ += '}';
}

bool ScoreReader::read(const Line& line, ScoresRow& row, RowProblem& problem) {
  if (!reader_.split(line.text, line.part, problem)) return false;
  if (!keys_.empty()) read_others();
  row = {.external_id = reader_.text(Target::external_id),
         .support = score(Target::support),
         .turnout = score(Target::turnout),
         .persuadability = score(Target::persuadability),
         .other = other_};
  if (!row.external_id.empty()) return true;
  problem = {reader_.place(Target::external_id), "No id: nobody can tell whose scores these are."};
  return false;
}

}  // namespace hustings::ingest
