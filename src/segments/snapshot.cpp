#include "segments/snapshot.h"

#include <algorithm>
#include <charconv>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "segments/birth.h"
#include "segments/sql.h"

namespace hustings::segments {
namespace {

/// Splits the lines of COPY's text format (tabs, \N for null, backslash escapes) into cells.
class CopyRow {
 public:
  std::span<const Cell> split(std::string_view line) {
    cells_.clear();
    if (!line.empty() && line.back() == '\n') line.remove_suffix(1);
    if (line.find('\\') != std::string_view::npos) plain_.reserve(line.size());
    plain_.clear();
    for (;;) {
      const std::size_t end = std::min(line.find('\t'), line.size());
      cells_.push_back(cell_of(line.substr(0, end)));
      if (end == line.size()) return cells_;
      line.remove_prefix(end + 1);
    }
  }

 private:
  Cell cell_of(std::string_view raw) {
    if (raw == "\\N") return {.text = {}, .is_null = true};
    if (raw.find('\\') == std::string_view::npos) return {.text = raw, .is_null = false};
    const std::size_t start = plain_.size();  // has room for the whole line, so it will not move
    for (std::size_t i = 0; i < raw.size(); ++i) {
      plain_ += raw[i] == '\\' && i + 1 < raw.size() ? unescaped(raw[++i]) : raw[i];
    }
    return {.text = std::string_view(plain_).substr(start), .is_null = false};
  }
  static char unescaped(char c) {
    constexpr std::string_view kLetters = "bfnrtv";
    constexpr std::string_view kMeant = "\b\f\n\r\t\v";
    const std::size_t at = kLetters.find(c);
    return at == std::string_view::npos ? c : kMeant[at];
  }

  std::vector<Cell> cells_;
  std::string plain_;
};

std::int64_t number_of(const Cell& cell) {
  std::int64_t value = 0;
  const char* end = cell.text.data() + cell.text.size();
  const auto [stop, error] = std::from_chars(cell.text.data(), end, value);
  if (cell.is_null || error != std::errc() || stop != end) {
    throw Failure("A row for the segments holds no number where one is needed.");
  }
  return value;
}

template <class T>
std::optional<T> number_if_any(const Cell& cell) {
  if (cell.is_null) return std::nullopt;
  return static_cast<T>(number_of(cell));
}

bool is_true(const Cell& cell) { return cell.text == "t"; }

std::uint16_t born_of(const Cell& year, const Cell& date) {
  if (date.is_null)
    return year.is_null ? birth::kUnknown : birth::of_year(static_cast<int>(number_of(year)));
  if (date.text.size() != 10) return birth::kUnknown;  // a year beyond 9999, or before Christ
  const auto part = [&](std::size_t at, std::size_t length) {
    return number_of({.text = date.text.substr(at, length), .is_null = false});
  };
  return birth::of_date(std::chrono::year(static_cast<int>(part(0, 4))) /
                        static_cast<unsigned>(part(5, 2)) / static_cast<unsigned>(part(8, 2)));
}

Instant instant_of(const Cell& microseconds) {
  return Instant(std::chrono::microseconds(number_of(microseconds)));
}

/// Looks at the columns' memory now and then while rows come in.
class MemoryWatch {
 public:
  MemoryWatch(const Electorate& electorate, std::size_t bytes_max, std::int64_t voters)
      : electorate_(electorate), bytes_max_(bytes_max), voters_(voters) {}

  void row() {
    constexpr std::uint64_t kEvery = std::uint64_t{1} << 14;
    if (++rows_ % kEvery == 0) look();
  }
  void look() const {
    const std::size_t bytes = electorate_.bytes();
    if (bytes <= bytes_max_) return;
    // Of voters alone what all of them will take can be told, of what hangs on them it cannot.
    const double share = static_cast<double>(std::max<std::int64_t>(voters_, 1)) /
                         static_cast<double>(std::max<std::size_t>(electorate_.rows(), 1));
    throw Failure(fmt::format(
        "The segments of {} voters need more than {} MiB of memory, and {} MiB are allowed. Raise "
        "segments.memory_mebibytes_max, on a machine with more memory if need be.",
        with_thousands(voters_),
        with_thousands(static_cast<std::int64_t>(mebibytes(bytes) * std::max(share, 1.0)) + 1),
        with_thousands(static_cast<std::int64_t>(mebibytes(bytes_max_)))));
  }

 private:
  static double mebibytes(std::size_t bytes) {
    return static_cast<double>(bytes) / static_cast<double>(std::size_t{1} << 20);
  }
  const Electorate& electorate_;
  std::size_t bytes_max_;
  std::int64_t voters_;
  std::uint64_t rows_ = 0;
};

/// Rows of a statement into the columns.
struct Loading {
  pg::Connection& connection;
  Electorate& electorate;
  MemoryWatch watch;

  template <class Use>
  void copy(const pg::Statement& statement, const Use& use) {
    CopyRow row;
    connection.copy_out(statement, [&](std::string_view line) {
      use(row.split(line));
      watch.row();
    });
    watch.look();
  }
};

void load_history(Loading& loading) {
  Electorate& electorate = loading.electorate;
  loading.copy(sql::kCopyVotes, [&](std::span<const Cell> cells) {
    electorate.set_voted(VoterId(number_of(cells[0])), ElectionId(number_of(cells[1])));
  });
  loading.copy(sql::kCopyAttempts, [&](std::span<const Cell> cells) {
    electorate.record_attempt(VoterId(number_of(cells[0])),
                              {.attempt = AttemptId(number_of(cells[1])),
                               .disposition = std::string(cells[2].text),
                               .ended_at = instant_of(cells[3]),
                               .phonebank = PhonebankId(number_of(cells[4]))});
  });
  loading.copy(sql::kCopyAnswers, [&](std::span<const Cell> cells) {
    const QuestionId question(number_of(cells[1]));
    electorate.record_answer(
        VoterId(number_of(cells[0])), question,
        said_of(number_if_any<int>(cells[2]), electorate.kind_of(question), cells[4].text),
        instant_of(cells[3]));
  });
}

void load_consents(Loading& loading) {
  Electorate& electorate = loading.electorate;
  loading.copy(sql::kCopyConsents, [&](std::span<const Cell> cells) {
    const Row row = electorate.find(VoterId(number_of(cells[0])));
    const auto purpose = consent_purpose_from(cells[1].text);
    const auto channel = consent_channel_from(cells[2].text);
    const auto state = consent_state_from(cells[3].text);
    if (row == Electorate::kNoRow || !purpose || !channel || !state) return;
    electorate.history().set_consent(row, *purpose, *channel, *state);
  });
}

void load_lists(Loading& loading) {
  Electorate& electorate = loading.electorate;
  for (const pg::Row row : loading.connection.run(sql::kPhonebanks)) {
    electorate.history().put_phonebank({row.get<PhonebankId>(0), row.get<std::string>(1)});
  }
  for (const pg::Row row : loading.connection.run(sql::kListInfos))
    electorate.history().put_list(list_of(row));
  loading.copy(sql::kCopyMembers, [&](std::span<const Cell> cells) {
    const Row row = electorate.find(VoterId(number_of(cells[1])));
    if (row == Electorate::kNoRow) return;
    electorate.history().set_member(row, ListId(number_of(cells[0])),
                                    static_cast<int>(number_of(cells[2])));
  });
}

}  // namespace

ListInfo list_of(const pg::Row& row) {
  return {.id = row.get<ListId>(0),
          .name = row.get<std::string>(1),
          .arms = row.get<std::vector<std::string>>(2)};
}

std::map<std::string, int> scores_of(std::string_view json) {
  std::map<std::string, int> scores;
  boost::system::error_code error;
  const boost::json::value value = boost::json::parse(json, error);
  if (error || !value.is_object()) return scores;
  for (const auto& [name, score] : value.get_object()) {
    const auto number = score.to_number<int>(error);
    if (score.is_number() && !error) scores.emplace(name, number);
  }
  return scores;
}

VoterRecord voter_of(std::span<const Cell> cells) {
  constexpr std::size_t kFirstText = 7;
  VoterRecord record;
  const std::size_t texts_end = kFirstText + record.texts.size();
  if (cells.size() != texts_end + 2) {
    throw Failure(fmt::format("A voter for the segments has {} columns.", cells.size()));
  }
  record.voter = VoterId(number_of(cells[0]));
  if (!cells[1].is_null) record.household = HouseholdId(number_of(cells[1]));
  record.born = born_of(cells[2], cells[3]);
  record.has_phone = is_true(cells[4]);
  record.is_protected = is_true(cells[5]);
  record.is_suppressed = is_true(cells[6]);
  for (std::size_t i = 0; i < record.texts.size(); ++i) {
    record.texts[i] = cells[kFirstText + i].text;
  }
  record.number_start = number_if_any<std::int32_t>(cells[texts_end]).value_or(0);
  record.ballot_in = is_true(cells[texts_end + 1]);
  return record;
}

ElectionInfo election_of(const pg::Row& row) {
  return {.id = row.get<ElectionId>(0),
          .state = row.get<std::string>(1),
          .held_on = row.get<std::string>(2),
          .kind = row.get<std::string>(3),
          .title = row.get<std::string>(4)};
}

QuestionInfo question_of(const pg::Row& row) {
  QuestionInfo question{.id = row.get<QuestionId>(0),
                        .key = row.get<std::string>(1),
                        .kind = row.get<std::string>(2),
                        .text = row.get<std::string>(3),
                        .choices = {}};
  boost::system::error_code error;
  const boost::json::value choices = boost::json::parse(row.text(4), error);
  if (error || !choices.is_array()) return question;
  for (const boost::json::value& choice : choices.get_array()) {
    question.choices.emplace_back(choice.is_string() ? std::string(choice.get_string())
                                                     : boost::json::serialize(choice));
  }
  return question;
}

Snapshot load_snapshot(pg::Connection& connection, std::size_t bytes_max) {
  pg::Transaction transaction(connection, Deadline::never(),
                              pg::Transaction::Isolation::repeatable_read);
  Snapshot snapshot{.electorate = std::make_unique<Electorate>(),
                    .position = feed::head(connection)};
  Electorate& electorate = *snapshot.electorate;
  const auto voters = transaction.run(sql::kVotersCount).only().get<std::int64_t>(0);
  Loading loading{.connection = connection,
                  .electorate = electorate,
                  .watch = MemoryWatch(electorate, bytes_max, voters)};
  loading.copy(sql::kCopyVoters,
               [&](std::span<const Cell> cells) { electorate.put(voter_of(cells)); });
  electorate.order_by_geography();
  loading.copy(sql::kCopySuppressed, [&](std::span<const Cell> cells) {
    const VoterId voter(number_of(cells[0]));
    electorate.set_suppressed(voter, true);
    electorate.set_ballot_in(voter, is_true(cells[1]));
  });
  loading.copy(sql::kCopyScores, [&](std::span<const Cell> cells) {
    electorate.set_scores(VoterId(number_of(cells[0])),
                          {.support = number_if_any<std::int16_t>(cells[1]),
                           .turnout = number_if_any<std::int16_t>(cells[2]),
                           .persuadability = number_if_any<std::int16_t>(cells[3])});
    const Row row =
        cells[4].is_null ? Electorate::kNoRow : electorate.find(VoterId(number_of(cells[0])));
    if (row != Electorate::kNoRow) electorate.history().set_scores(row, scores_of(cells[4].text));
  });
  for (const pg::Row row : transaction.run(sql::kElections)) {
    electorate.put_election(election_of(row));
  }
  for (const pg::Row row : transaction.run(sql::kQuestions)) {
    electorate.put_question(question_of(row));
  }
  load_history(loading);
  load_consents(loading);
  load_lists(loading);
  transaction.commit();
  return snapshot;
}

}  // namespace hustings::segments
