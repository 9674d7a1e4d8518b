#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "surveys/survey.h"

/// A file of answers, one row for each voter, as pure functions of its text.
namespace hustings::forms {

inline constexpr std::size_t kAnswerRowsMax = 200'000;
inline constexpr std::size_t kAnswerColumnsMax = 500;

struct CsvRow {
  std::int64_t line = 0;  ///< where it begins, from 1
  std::vector<std::string> cells;
};
struct CsvTable {
  std::vector<std::string> header;
  std::vector<CsvRow> rows;
};
/// RFC 4180, with commas, semicolons or tabs, whichever the header has most of; a byte order mark
/// is skipped. invalid: no header, a column twice, no UTF-8, a quote that never ends; over_limit.
Result<CsvTable> read_csv(std::string_view text);

/// What a cell says to a question: the words of a choice or its number (several by ";" or "|"), a
/// number, free words; "declined" for would not say. Nothing for an empty cell.
Result<std::optional<surveys::Answer>> answer_in(std::string_view cell,
                                                 const surveys::Question& question);
/// When something was answered, as a cell says it.
struct Moment {
  Instant at;
  /// The cell names a day alone; `at` is its noon in UTC, or now if that is still to come.
  std::optional<std::chrono::sys_days> day{};
};
/// "2026-10-20", or an instant as ISO 8601 has it. invalid: neither, or it lies in the future; a
/// day does once it has begun nowhere on earth: whose day it is a file does not say.
Result<Moment> moment_in(std::string_view cell, Instant now);
/// Whether an answer that was taken from a file at some time was given `at` for a row that says
/// `moment` now.
bool is_same_moment(const Moment& moment, Instant at);

}  // namespace hustings::forms
