#include "segments/score_of.h"

#include <string>

#include <fmt/format.h>

#include "segments/rule_words.h"

namespace hustings::segments {

Result<ScoreOf> ScoreOf::named(std::string_view wanted, const Electorate& electorate,
                               std::string_view where) {
  const auto field = field_from(wanted);
  const bool is_score =
      field && (*field == Field::support_score || *field == Field::turnout_score ||
                *field == Field::persuadability || *field == Field::score);
  if (!is_score) {
    return invalid(fmt::format("\"{}\" is no score; name one such as \"support_score\" or "
                               "\"score:climate\".",
                               wanted),
                   std::string(where));
  }
  if (*field != Field::score) return ScoreOf(&electorate.number(*field), false);
  const Column* column = electorate.history().score(key_of(wanted));
  if (column == nullptr) {
    return invalid(fmt::format("Nobody has a score \"{}\".", key_of(wanted)), std::string(where));
  }
  return ScoreOf(column, true);
}

std::optional<int> ScoreOf::of(Row row) const {
  const auto value = static_cast<int>(column_->get(row));
  if (is_named_) return value == 0 ? std::nullopt : std::optional(value - 1);
  return value == kScoreUnknown ? std::nullopt : std::optional(value);
}

}  // namespace hustings::segments
