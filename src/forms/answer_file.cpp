#include "forms/answer_file.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "surveys/survey_service.h"

namespace hustings::forms {
namespace {

using surveys::Answer;
using surveys::Question;
using surveys::QuestionKind;

constexpr std::chrono::hours kNoon{12};
constexpr std::chrono::hours kFirstDaybreak{14};  ///< UTC+14, where each day begins

char delimiter_of(std::string_view text) {
  const std::string_view head = text.substr(0, text.find('\n'));
  char best = ',';
  for (const char c : {';', '\t'}) {
    if (std::ranges::count(head, c) > std::ranges::count(head, best)) best = c;
  }
  return best;
}

class CsvReader {
 public:
  CsvReader(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  bool at_end() const { return at_ >= text_.size(); }
  Result<CsvRow> row() {
    CsvRow row{.line = line_, .cells = {}};
    for (;;) {
      row.cells.push_back(TRY(cell()));
      if (at_end()) return row;
      const char c = text_[at_++];
      if (c == delimiter_) continue;
      if (c == '\r' && !at_end() && text_[at_] == '\n') ++at_;
      ++line_;
      return row;
    }
  }

 private:
  Result<std::string> cell() {
    if (at_end() || text_[at_] != '"') {
      const std::size_t from = at_;
      while (!at_end() && text_[at_] != delimiter_ && text_[at_] != '\n' && text_[at_] != '\r')
        ++at_;
      return std::string(trim(text_.substr(from, at_ - from)));
    }
    const std::int64_t begun = line_;
    std::string value;
    for (++at_; !at_end(); ++at_) {
      const char c = text_[at_];
      if (c == '"' && at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        value += '"';
        ++at_;
      } else if (c == '"') {
        ++at_;
        while (!at_end() && text_[at_] == ' ')
          ++at_;
        const bool is_end =
            at_end() || text_[at_] == delimiter_ || text_[at_] == '\n' || text_[at_] == '\r';
        if (is_end) return std::string(trim(value));
        return invalid("Letters follow a closing quote; a quote within a value is written twice.",
                       fmt::format("line {}", line_));
      } else {
        if (c == '\n') ++line_;
        value += c;
      }
    }
    return invalid("A quote that opens here is never closed.", fmt::format("line {}", begun));
  }

  std::string_view text_;
  char delimiter_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
};

std::optional<int> choice_in(std::string_view cell, const std::vector<std::string>& choices) {
  const std::string wanted = to_lower(trim(cell));
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (to_lower(trim(choices[i])) == wanted) return static_cast<int>(i) + 1;
  }
  const auto number = parse_int(wanted);
  if (!number || *number < 1 || *number > static_cast<std::int64_t>(choices.size())) {
    return std::nullopt;
  }
  return static_cast<int>(*number);
}

std::unexpected<Error> no_choice(const Question& question) {
  return invalid(fmt::format("There is no such choice of {}; it has: {}.", question.key,
                             fmt::join(question.choices, ", ")));
}

Result<std::optional<Answer>> several_in(std::string_view cell, const Question& question) {
  std::set<int> chosen;
  const char by = cell.contains('|') ? '|' : ';';
  for (const std::string_view part : split(cell, by)) {
    const auto choice = choice_in(part, question.choices);
    if (!choice) return no_choice(question);
    chosen.insert(*choice);
  }
  return Answer{
      .question = question.id, .choice = {}, .text = fmt::format("{}", fmt::join(chosen, " "))};
}

}  // namespace

Result<CsvTable> read_csv(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  if (!is_utf8(text)) {
    return invalid("The file is not written in UTF-8. Save it as \"CSV UTF-8\".", "file");
  }
  CsvReader reader(text, delimiter_of(text));
  if (reader.at_end()) return invalid("The file is empty.", "file");
  CsvTable table{.header = TRY(reader.row()).cells, .rows = {}};
  if (table.header.size() > kAnswerColumnsMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("The file has more than {} columns.", kAnswerColumnsMax), "file");
  }
  std::set<std::string_view> seen;
  for (const std::string& name : table.header) {
    if (!name.empty() && !seen.insert(name).second) {
      return invalid(fmt::format("Two columns are called \"{}\".", name), "file");
    }
  }
  while (!reader.at_end()) {
    CsvRow row = TRY(reader.row());
    if (row.cells.size() == 1 && row.cells[0].empty()) continue;
    if (table.rows.size() == kAnswerRowsMax) {
      return refuse(ErrorCode::over_limit,
                    fmt::format("The file has more than {} rows; split it.",
                                with_thousands(static_cast<std::int64_t>(kAnswerRowsMax))),
                    "file");
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Result<std::optional<Answer>> answer_in(std::string_view cell, const Question& question) {
  const std::string_view said = trim(cell);
  if (said.empty()) return std::nullopt;
  if (to_lower(said) == "declined")
    return Answer{.question = question.id, .choice = {}, .text = {}, .declined = true};
  if (question.kind == QuestionKind::multiple) return several_in(said, question);
  if (surveys::is_single(question.kind)) {
    const auto choice = choice_in(said, question.choices);
    if (!choice) return no_choice(question);
    return Answer{.question = question.id, .choice = choice, .text = {}};
  }
  if (question.kind == QuestionKind::number && !surveys::number_of(said)) {
    return invalid("This is no number; write it as 12 or -0.5.");
  }
  if (said.size() > surveys::SurveyService::kAnswerTextMax) {
    return invalid(fmt::format("More than {} letters.", surveys::SurveyService::kAnswerTextMax));
  }
  return Answer{.question = question.id, .choice = {}, .text = std::string(said)};
}

Result<Moment> moment_in(std::string_view cell, Instant now) {
  constexpr std::size_t kDateLetters = 10;
  const std::string_view text = trim(cell);
  const bool is_day = text.size() == kDateLetters;
  const auto at = from_iso(is_day ? std::string(text) + "T00:00:00Z" : std::string(text));
  if (!at) return invalid("This is no date; write it as 2026-10-20.");
  if (!is_day) {
    if (*at > now) return invalid("This lies in the future.");
    return Moment{.at = *at};
  }
  if (*at > now + kFirstDaybreak) return invalid("This lies in the future.");
  return Moment{.at = std::min(*at + kNoon, now),
                .day = std::chrono::floor<std::chrono::days>(*at)};
}

bool is_same_moment(const Moment& moment, Instant at) {
  if (!moment.day) return at == moment.at;
  const Instant day = *moment.day;
  if (at == day + kNoon) return true;
  // It was imported on that day, before noon in UTC; the noon before is that of another day.
  return at >= day - kFirstDaybreak && at < day + kNoon &&
         at - std::chrono::floor<std::chrono::days>(at) != kNoon;
}

}  // namespace hustings::forms
