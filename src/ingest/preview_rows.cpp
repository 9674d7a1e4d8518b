#include "ingest/preview_rows.h"

#include <chrono>

#include <fmt/format.h>

#include "base/text.h"
#include "registry/person_name.h"

namespace hustings::ingest {
namespace {

constexpr std::size_t kResultsMax = 5;
constexpr std::size_t kProblemsMax = 5;

std::string date_text(std::int32_t days) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string score_text(const std::optional<std::int16_t>& score) {
  return score ? std::to_string(*score) : "";
}

/// Reads one row of the layout's kind; what it became stands in `fields` afterwards.
class RowTrial {
 public:
  using Fields = std::vector<std::pair<std::string, std::string>>;

  explicit RowTrial(const FileFormat& format)
      : kind_(format.layout.kind), voters_(format), history_(format), scores_(format) {}

  bool read(const Line& line, RowProblem& problem) {
    switch (kind_) {
      case LayoutKind::voters:
        return voters_.read(line, voter_, problem);
      case LayoutKind::history:
        return history_.read(line, vote_, problem) || problem.is_skipped;
      case LayoutKind::scores:
        return scores_.read(line, score_, problem);
    }
    return false;
  }
  /// Also by a column that nobody has mapped.
  bool is_hidden(const Line& line) {
    return kind_ == LayoutKind::voters && voters_.is_hidden(line);
  }

  Fields fields() const {
    switch (kind_) {
      case LayoutKind::voters:
        return of_voter();
      case LayoutKind::history:
        return {{"external_id", std::string(vote_.external_id)},
                {"election_date", date_text(vote_.held_on)},
                {"election_name", std::string(vote_.name)},
                {"method", std::string(vote_.method)},
                {"party", std::string(vote_.party)},
                {"county", std::string(vote_.county)}};
      case LayoutKind::scores:
        return {{"external_id", std::string(score_.external_id)},
                {"support", score_text(score_.support)},
                {"turnout", score_text(score_.turnout)},
                {"persuadability", score_text(score_.persuadability)},
                {"other", std::string(score_.other)}};
    }
    return {};
  }

 private:
  std::string birth() const {
    if (voter_.birth_date) return date_text(*voter_.birth_date);
    if (voter_.birth_year == 0) return "";
    if (voter_.birth_month == 0) return std::to_string(voter_.birth_year);
    return fmt::format("{:04}-{:02}", voter_.birth_year, voter_.birth_month);
  }

  Fields of_voter() const {
    const auto name = [](std::string_view text) { return registry::shown_name(text); };
    Fields out = {{"external_id", std::string(voter_.external_id)},
                  {"status", std::string(voter_.status)},
                  {"last_name", name(voter_.last_name)},
                  {"first_name", name(voter_.first_name)},
                  {"middle_name", name(voter_.middle_name)},
                  {"suffix", std::string(voter_.suffix)},
                  {"birth", birth()},
                  {"gender", std::string(voter_.gender)},
                  {"street", std::string(voter_.street)},
                  {"city", std::string(voter_.city)},
                  {"state", std::string(voter_.state)},
                  {"zip", std::string(voter_.zip5)},
                  {"phone", voter_.phone == 0 ? "" : fmt::format("+{}", voter_.phone)},
                  {"email", std::string(voter_.email)},
                  {"party", std::string(voter_.party)},
                  {"county", std::string(voter_.county)},
                  {"precinct", std::string(voter_.precinct)},
                  {"congressional_district", std::string(voter_.congressional_district)}};
    return out;
  }

  const LayoutKind kind_;
  VoterReader voters_;
  HistoryReader history_;
  ScoreReader scores_;
  registry::VoterRow voter_;
  HistoryRow vote_;
  ScoresRow score_;
};

}  // namespace

void try_rows(const FileFormat& format, const Beginning& beginning, FilePreview& out) {
  RowTrial trial(format);
  std::int64_t number = 0;
  for (const std::string& text : beginning.lines) {
    ++number;
    if (is_header(format.map, text)) continue;
    RowProblem problem;
    const Line line{.text = text, .number = number};
    if (!trial.read(line, problem)) {
      if (out.problems.size() == kProblemsMax) continue;
      const bool whole = problem.column == ColumnMap::kAbsent;
      out.problems.push_back(
          {.line = number,
           .column = whole ? "" : format.map.names[static_cast<std::size_t>(problem.column)],
           .reason = std::move(problem.reason)});
      continue;
    }
    ++out.rows_taken;
    if (problem.is_skipped || out.results.size() == kResultsMax) continue;
    PreviewRow row{.line = number, .fields = trial.fields()};
    if (trial.is_hidden(line)) continue;  // last: it reads the line anew
    std::erase_if(row.fields, [](const auto& field) { return field.second.empty(); });
    out.results.push_back(std::move(row));
  }
}

}  // namespace hustings::ingest
