#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "forms/answer_file.h"
#include "pg/pool.h"
#include "surveys/survey_service.h"

namespace hustings::forms {

inline constexpr std::size_t kRejectsShown = 500;

/// What a column of voters holds.
enum class VoterBy : std::uint8_t {
  id,           ///< "vtr_…", as this program calls them
  external_id,  ///< the id of the voter file
  phone,        ///< a number that one voter alone has
};

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
  std::int64_t same = 0;     ///< equal to the voter's newest imported answer: not added again
  std::int64_t rejected = 0;
  std::vector<AnswerReject> rejects;             ///< the first kRejectsShown
  std::vector<std::string> columns;              ///< of the file
  std::map<std::string, std::string> questions;  ///< the columns that were read
};

/// Answers from files. The only writer of answer_import. Calls may come from several threads.
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
  /// taken. The same file, read in the same way, changes nothing. Refuses: invalid (no such column
  /// or question), over_limit.
  Result<AnswerReport> import(const Job& job);

 private:
  struct Read;
  Result<std::map<std::string, surveys::Question>> questions_of(pg::Connection& connection,
                                                                const CsvTable& table,
                                                                const AnswerReading& reading) const;
  void leave_out_same(pg::Connection& connection, Read& read, AnswerReport& report) const;
  void write(pg::Transaction& transaction, const Read& read, const std::string& actor);

  pg::Pool& pool_;
  surveys::SurveyService& surveys_;
  const Clock& clock_;
  Log& log_;
};

}  // namespace hustings::forms
