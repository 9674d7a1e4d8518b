#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/guarded.h"
#include "base/log.h"
#include "pg/connection.h"
#include "pg/pool.h"
#include "surveys/survey.h"

namespace hustings::surveys {

/// Scripts with their versions, the questions they share by key, and the answers. The only writer
/// of script, script_version, question and answer. Calls may come from several threads.
class SurveyService {
 public:
  SurveyService(pg::Pool& pool, const Clock& clock, Log& log);

  static constexpr std::size_t kQuestionsMax = 50;
  static constexpr std::size_t kChoicesMax = 20;
  static constexpr std::size_t kAlternativesMax = 20;  ///< of asked_if
  static constexpr std::size_t kConditionsMax = 10;    ///< of each
  static constexpr std::size_t kAnswerTextMax = 2000;

  /// Saves a new script, or (with its id) a new version of one. A question whose key exists already
  /// is the same question, in whatever script: it keeps its kind and its choices, with their
  /// words and places, since answers point at them; its text may change and choices may be added at
  /// the end. Refuses: invalid, conflict (a key of another kind or with other choices), not_found.
  Result<Script> save_script(const ScriptDraft& draft, std::optional<ScriptId> existing,
                             const std::string& actor);
  Result<Script> script(ScriptId id);
  std::vector<Script> scripts();
  static constexpr int kVersionsShown = 200;
  /// Every version that it had, newest first, at most kVersionsShown. Refuses: not_found.
  Result<std::vector<ScriptVersion>> versions(ScriptId id);

  /// Refuses an answer that its question does not allow; `where` is the field's path for the error.
  Status check(const Answer& answer, const std::string& where);
  /// The same for who holds a connection already, such as within a transaction: a thread that waits
  /// for a second one while it holds the first can wait for ever.
  Status check(pg::Connection& connection, const Answer& answer, const std::string& where);
  /// What the feed says of an answer that check() accepted, as further members of a JSON object:
  /// `,"choice":2`, `,"set":"1 3"`, `,"number":"12.5"`, `,"declined":true`; free words stay out of
  /// it: `,"text":true`.
  std::string feed_members(pg::Connection& connection, const Answer& answer);
  /// Writes answers that check() accepted, in the caller's transaction.
  void record(pg::Transaction& transaction, std::span<const Occasion> occasions);

  /// Takes back the answers of attempts whose result is changed, in the caller's transaction;
  /// attempt n is of voter n.
  void retract(pg::Transaction& transaction, const std::vector<std::int16_t>& buckets,
               const std::vector<VoterId>& voters, const std::vector<AttemptId>& attempts);

  /// The voter's answers, newest first, at most `limit`.
  std::vector<GivenAnswer> answers_of(VoterId voter, int limit);
  /// Each voter's newest answer to the question, counted, with Wilson intervals.
  Result<QuestionResults> results(std::string_view key);
  /// How often each answer was given on a phone bank in [from, until).
  std::vector<AnswerCount> counts(pg::Connection& connection, PhonebankId phonebank,
                                  std::span<const QuestionId> questions, Instant from,
                                  Instant until);

 private:
  struct Shape {
    QuestionKind kind;
    int choices;
  };
  /// Enough of the question to check the answer by; asks `own`, or a connection of the pool.
  std::optional<Shape> shape_of(const Answer& answer, pg::Connection* own);
  Status check_with(pg::Connection* own, const Answer& answer, const std::string& where);

  pg::Pool& pool_;
  const Clock& clock_;
  Log& log_;
  Guarded<std::unordered_map<QuestionId, Shape>> shapes_;  ///< of the questions seen so far
};

/// The number that a text is, as answers of that kind hold it; none: it is no finite number.
std::optional<double> number_of(std::string_view text);
/// The choices of a multiple answer ("1 3"): bit n is set for choice n.
std::uint32_t choice_set_of(std::string_view text);

/// Moves the answers of identities that have another person now, in the transaction that joins or
/// splits: who they are stands in the temporary table person_move (registry/persons.h).
void follow_persons(pg::Transaction& transaction);

}  // namespace hustings::surveys
