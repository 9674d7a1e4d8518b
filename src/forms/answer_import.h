#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "forms/answer_file.h"
#include "forms/named_voters.h"
#include "pg/pool.h"
#include "surveys/survey_service.h"

namespace hustings::forms {

inline constexpr std::size_t kRejectsShown = 500;
/// Of one file. Each is a change of its own, so that a voter's history shows it, and the feed
/// stands still for as long as a file's are appended.
inline constexpr std::size_t kAnswersMax = 50'000;

struct AnswerReading {
  std::string voter_column;
  VoterBy by = VoterBy::external_id;
  std::string at_column;  ///< when it was answered; empty: now
  /// By column, the key of its question. Empty: columns that are called as a question's key.
  std::map<std::string, std::string> questions;
  friend bool operator==(const AnswerReading&, const AnswerReading&) = default;
};

struct AnswerReject {
  std::int64_t line = 0;
  std::string column;
  std::string reason;  ///< without what the cell says
};
struct AnswerReport {
  bool is_repeat = false;  ///< the same file, read in the same way, was imported before
  std::int64_t rows = 0;
  std::int64_t voters = 0;   ///< who answered something
  std::int64_t answers = 0;  ///< new ones
  /// Not added again: the voter gave that answer in a file before, at the same time where this file
  /// says when.
  std::int64_t same = 0;
  std::int64_t rejected = 0;
  std::vector<AnswerReject> rejects;             ///< the first kRejectsShown
  std::vector<std::string> columns;              ///< of the file
  std::map<std::string, std::string> questions;  ///< the columns that were read
};

/// Answers that a program hands in at once: all of them, or none.
struct AnswerBatch {
  std::string key;  ///< a uuid that the program made: the same key is the same batch
  struct One {
    std::string voter;  ///< as `by` says
    VoterBy by = VoterBy::id;
    std::string question;       ///< its key
    surveys::Answer answer;     ///< without its question's id
    std::optional<Instant> at;  ///< when it was given; none: now
  };
  std::vector<One> answers;
  std::string actor;
};
inline constexpr std::size_t kBatchAnswersMax = 500;
struct BatchReport {
  bool is_repeat = false;  ///< it was recorded before, under this key
  std::int64_t answers = 0;
  std::int64_t voters = 0;
};

/// Answers from files and from programs. The only writer of answer_import and answer_batch. Calls
/// may come from several threads.
class AnswerImporter {
 public:
  AnswerImporter(pg::Pool& pool, surveys::SurveyService& surveys, const Clock& clock, Log& log);

  struct Job {
    std::string_view text;
    AnswerReading reading;
    bool is_trial = false;  ///< says what an import would do
    std::string actor;
  };
  /// All that can be read, or nothing. What cannot is in the report, and the rest of its row is
  /// taken. Of two answers of a voter to a question the newer one counts; a file without dates may
  /// hold one only. The same file, read in the same way, changes nothing. Refuses: invalid (no such
  /// column or question), over_limit.
  Result<AnswerReport> import(const Job& job);

  /// Records a batch once: the same key again gets the first answer again. Refuses the whole of it:
  /// invalid (`where` names the item, such as "answers[3].voter"), conflict (the key stands for
  /// other answers), over_limit.
  Result<BatchReport> record(const AnswerBatch& batch);

 private:
  struct Given {
    VoterId voter;
    surveys::Answer answer;
    Instant at;
    std::optional<std::chrono::sys_days> day{};  ///< as Moment
  };
  struct FileParts;
  static std::map<std::string, surveys::Question> questions_by_key(
      pg::Connection& connection, const std::vector<std::string>& keys);
  Result<std::map<std::string, surveys::Question>> questions_of(pg::Connection& connection,
                                                                const CsvTable& table,
                                                                const AnswerReading& reading) const;
  Result<std::vector<Given>> read_rows(const FileParts& file, AnswerReport& report) const;
  void leave_out_same(pg::Connection& connection, std::vector<Given>& given, const FileParts& file,
                      AnswerReport& report) const;
  /// Commits.
  void write(pg::Transaction& transaction, const std::vector<Given>& given,
             const std::string& actor, const std::string& channel);
  Result<std::vector<Given>> read_batch(pg::Connection& connection, const AnswerBatch& batch);

  pg::Pool& pool_;
  surveys::SurveyService& surveys_;
  const Clock& clock_;
  Log& log_;
};

}  // namespace hustings::forms
