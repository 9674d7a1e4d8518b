#include <fmt/format.h>

#include "base/text.h"
#include "model/ids.h"
#include "spending/sheet_imports.h"
#include "spending/sql.h"

namespace hustings::spending {
namespace {

struct LiveRows {
  std::vector<std::string> names;
  std::vector<std::string> kinds;
  std::vector<std::optional<std::int64_t>> contests;
  std::vector<std::optional<std::int64_t>> channels;
  std::vector<std::string> questions;
  std::vector<std::string> ours;
  std::vector<std::string> theirs;
  std::vector<std::optional<std::int64_t>> segments;
  std::vector<std::optional<std::int64_t>> experiments;
  std::vector<std::string> arms;
  std::vector<std::int64_t> people;
  std::vector<double> factors;
};

/// "1 2" or "1+2": numbers of choices, with one blank between.
Result<std::string> choices_in(const Sheet& sheet, std::size_t row, std::string_view column) {
  std::string text(sheet.text(row, column));
  for (char& c : text)
    c = c == '+' || c == '|' ? ' ' : c;
  std::string choices;
  for (const std::string_view part : split(text, ' ')) {
    if (part.empty()) continue;
    const auto number = parse_int(part);
    if (!number || *number < 1 || *number > 99) {
      return invalid(fmt::format("\"{}\" is no choice; give their numbers, such as 1 2.", part),
                     sheet.where(row, column));
    }
    choices += (choices.empty() ? "" : " ") + std::to_string(*number);
  }
  if (choices.empty()) {
    return invalid("Give the numbers of the choices that count for this side, such as 1 2.",
                   sheet.where(row, column));
  }
  return choices;
}

/// "seg_…", as pages and addresses show it.
template <class IdOf>
Result<std::optional<std::int64_t>> id_in(const Sheet& sheet, std::size_t row,
                                          std::string_view column, bool needed) {
  const std::string_view text = sheet.text(row, column);
  if (text.empty() && !needed) return std::nullopt;
  const auto id = IdOf::from_text(text);
  if (!id) {
    return invalid(fmt::format("\"{}\" is no {}; take what stands in its address.", text, column),
                   sheet.where(row, column));
  }
  return id->value();
}

Status read_race_row(const Sheet& sheet, std::size_t row, const KnownNames& names, bool answers,
                     LiveRows& rows) {
  rows.contests.emplace_back(TRY(known(sheet, row, "contest", names.contests)));
  rows.channels.emplace_back();
  rows.experiments.emplace_back();
  rows.segments.push_back(TRY(id_in<SegmentId>(sheet, row, "segment", !answers)));
  if (!answers) {
    rows.questions.emplace_back();
    rows.ours.emplace_back();
    rows.theirs.emplace_back();
    return {};
  }
  rows.questions.push_back(TRY(sheet.name(row, "question")));
  rows.ours.push_back(TRY(choices_in(sheet, row, "ours")));
  rows.theirs.push_back(TRY(choices_in(sheet, row, "theirs")));
  return {};
}

Status read_experiment_row(const Sheet& sheet, std::size_t row, const KnownNames& names,
                           LiveRows& rows) {
  rows.contests.emplace_back();
  rows.channels.emplace_back(TRY(known(sheet, row, "channel", names.channels)));
  rows.experiments.push_back(TRY(id_in<ExperimentId>(sheet, row, "experiment", true)));
  rows.segments.emplace_back();
  rows.questions.emplace_back();
  rows.ours.emplace_back();
  rows.theirs.emplace_back();
  return {};
}

Result<std::int64_t> save_live(pg::Transaction& transaction, const Sheet& sheet,
                               const KnownNames& names, ImportedSheet& /*done*/) {
  constexpr double kPeopleMost = 1'000'000;
  constexpr double kFactorMost = 100;
  constexpr std::int64_t kPeople = 500;
  LiveRows rows;
  SeenKeys seen;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    rows.names.push_back(TRY(sheet.name(row, "name")));
    TRY(seen.add(sheet, row, "name", rows.names.back()));
    rows.kinds.push_back(to_lower(sheet.text(row, "kind")));
    if (rows.kinds.back() == "answers" || rows.kinds.back() == "segment") {
      TRY(read_race_row(sheet, row, names, rows.kinds.back() == "answers", rows));
    } else if (rows.kinds.back() == "experiment") {
      TRY(read_experiment_row(sheet, row, names, rows));
    } else {
      return invalid("A live input is one of answers, segment and experiment.",
                     sheet.where(row, "kind"));
    }
    rows.arms.emplace_back(sheet.text(row, "arm"));
    const bool counted = !sheet.text(row, "people").empty();
    rows.people.push_back(counted ? TRY(sheet.whole(row, "people", {1, kPeopleMost})) : kPeople);
    rows.factors.push_back(
        TRY(sheet.maybe_number(row, "factor", {-kFactorMost, kFactorMost})).value_or(1));
  }
  return transaction
      .run(sql::kLiveInputsSave, rows.names, rows.kinds, rows.contests, rows.channels,
           rows.questions, rows.ours, rows.theirs, rows.segments, rows.experiments, rows.arms,
           rows.people, rows.factors)
      .affected();
}

}  // namespace

SheetImport live_import() {
  return {{{.name = "name"},
           {.name = "kind"},
           {.name = "contest", .needed = false},
           {.name = "channel", .needed = false},
           {.name = "question", .needed = false},
           {.name = "ours", .needed = false},
           {.name = "theirs", .needed = false},
           {.name = "segment", .needed = false},
           {.name = "experiment", .needed = false},
           {.name = "arm", .needed = false},
           {.name = "people", .needed = false},
           {.name = "factor", .needed = false}},
          &save_live};
}

}  // namespace hustings::spending
