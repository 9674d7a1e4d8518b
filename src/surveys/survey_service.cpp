#include "surveys/survey_service.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <ranges>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "feed/feed.h"
#include "surveys/script_draft.h"
#include "surveys/sql.h"
#include "surveys/wilson.h"

namespace hustings::surveys {

namespace {

constexpr int kScriptsMax = 1000;

Script script_from(const pg::Row& row) {
  Script script;
  script.id = row.get<ScriptId>(0);
  script.name = row.get<std::string>(1);
  script.version = row.get<int>(2);
  read_body(row.text(3), script);
  script.saved_at = row.get<Instant>(4);
  return script;
}

/// Answers name a choice by its place, so a choice keeps its place and its words: whether two were
/// exchanged or reworded cannot be told apart.
bool keeps_choices(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  return before.size() <= after.size() &&
         std::ranges::equal(before, after | std::views::take(before.size()));
}

/// The id of the question with this key, made or reworded.
Result<QuestionId> save_question(pg::Transaction& transaction, const Question& question,
                                 const std::string& where) {
  const pg::Json choices{choices_to_json(question.choices)};
  transaction.run(sql::kAddQuestion, question.key, to_string(question.kind), question.text,
                  choices);
  const auto locked = transaction.run(sql::kLockQuestion, question.key);
  const pg::Row known = locked.only();
  if (known.text(1) != to_string(question.kind)) {
    return refuse(ErrorCode::conflict,
                  fmt::format("There is a question with this key already, of the kind {}. "
                              "Choose another key.",
                              known.text(1)),
                  where + ".key");
  }
  if (!keeps_choices(choices_from_json(known.text(2)), question.choices)) {
    return refuse(
        ErrorCode::conflict,
        "There is a question with this key already, and its answers point at its choices. "
        "Keep these as they are, in their order, and add new ones at the end; or give "
        "the question a new key.",
        where + ".choices");
  }
  const auto id = known.get<QuestionId>(0);
  transaction.run(sql::kSaveQuestion, id, question.text, choices);
  return id;
}

/// How many choices a question must have for this to be an answer to it; what lies above any
/// question's is not looked for.
int choices_needed(const Answer& answer) {
  if (answer.choice) return *answer.choice;
  std::int64_t most = 0;
  for (const std::string_view part : split(answer.text.value_or(""), ' ')) {
    const std::int64_t number = parse_int(part).value_or(0);
    if (number <= static_cast<std::int64_t>(SurveyService::kChoicesMax))
      most = std::max(most, number);
  }
  return static_cast<int>(most);
}

/// "1 3": numbers of choices, ascending, by single blanks.
bool is_choice_set(std::string_view text, int choices) {
  std::int64_t last = 0;
  for (const std::string_view part : split(text, ' ')) {
    const auto number = parse_int(part);
    if (!number || *number <= last || *number > choices || part.front() == '0') return false;
    last = *number;
  }
  return last > 0;
}

Status check_text(QuestionKind kind, int choices, const Answer& answer, const std::string& where) {
  if (!answer.text) {
    return invalid(
        "This question is answered by a text: free words, a number, or the numbers of "
        "choices.",
        where + ".text");
  }
  const std::string& text = *answer.text;
  if (kind == QuestionKind::multiple && !is_choice_set(text, choices)) {
    return invalid(
        fmt::format("Give numbers of choices from 1 to {}, ascending, by blanks: 1 3.", choices),
        where + ".text");
  }
  if (kind == QuestionKind::number && !number_of(text)) {
    return invalid("Give a number such as 12 or -0.5.", where + ".text");
  }
  if (trim(text).empty() || text.size() > SurveyService::kAnswerTextMax) {
    return invalid(fmt::format("Write 1 to {} letters.", SurveyService::kAnswerTextMax),
                   where + ".text");
  }
  return {};
}

}  // namespace

std::optional<double> number_of(std::string_view text) {
  constexpr std::size_t kDigitsMax = 30;
  double value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_whole = end.ec == std::errc() && end.ptr == text.data() + text.size();
  if (!is_whole || text.size() > kDigitsMax || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::uint32_t choice_set_of(std::string_view text) {
  std::uint32_t set = 0;
  for (const std::string_view part : split(text, ' ')) {
    const auto number = parse_int(part);
    if (number && *number >= 1 && *number <= 31) set |= 1U << *number;
  }
  return set;
}

SurveyService::SurveyService(pg::Pool& pool, const Clock& clock, Log& log)
    : pool_(pool), clock_(clock), log_(log) {}

Result<Script> SurveyService::save_script(const ScriptDraft& draft,
                                          std::optional<ScriptId> existing,
                                          const std::string& actor) {
  TRY(check_draft(draft));
  ScriptDraft kept = draft;
  kept.name = trim(draft.name);
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  for (std::size_t i = 0; i < kept.questions.size(); ++i) {
    Question& question = kept.questions[i];
    question.id = TRY(save_question(transaction, question, fmt::format("questions[{}]", i)));
  }
  const pg::Json body{body_of(kept)};
  const Instant now = clock_.now();
  const auto saved = existing ? transaction.run(sql::kSaveScript, *existing, kept.name, body, now)
                              : transaction.run(sql::kInsertScript, kept.name, body, actor, now);
  if (saved.empty()) return refuse(ErrorCode::not_found, "There is no such script.", "id");
  Script script;
  script.id = saved[0].get<ScriptId>(0);
  script.name = kept.name;
  script.version = saved[0].get<int>(1);
  script.introduction = kept.introduction;
  script.closing = kept.closing;
  script.questions = kept.questions;
  script.language = kept.language;
  script.translations = kept.translations;
  script.saved_at = now;
  transaction.run(sql::kInsertVersion, script.id, script.version, body, actor, now);
  const feed::Change change{.kind = ChangeKind::script_saved,
                            .subject = feed::subject_of("script", script.id),
                            .actor = actor,
                            .payload = fmt::format(R"({{"version":{}}})", script.version)};
  feed::commit(transaction, {&change, 1});
  {
    const auto shapes = shapes_.lock();
    for (const Question& question : script.questions)
      shapes->erase(question.id);
  }
  log_.info("script_saved", {{"script", script.id.value()}, {"version", script.version}});
  return script;
}

Result<Script> SurveyService::script(ScriptId id) {
  const auto connection = pool_.acquire();
  const auto rows = connection->run(sql::kGetScript, id);
  if (rows.empty()) return refuse(ErrorCode::not_found, "There is no such script.");
  return script_from(rows[0]);
}

std::vector<Script> SurveyService::scripts() {
  const auto connection = pool_.acquire();
  std::vector<Script> scripts;
  for (const pg::Row row : connection->run(sql::kListScripts, kScriptsMax)) {
    scripts.push_back(script_from(row));
  }
  return scripts;
}

Result<std::vector<ScriptVersion>> SurveyService::versions(ScriptId id) {
  const auto connection = pool_.acquire();
  std::vector<ScriptVersion> versions;
  for (const pg::Row row : connection->run(sql::kScriptVersions, id, kVersionsShown)) {
    versions.push_back({script_from(row), std::string(row.text(5))});
  }
  if (versions.empty()) return refuse(ErrorCode::not_found, "There is no such script.");
  return versions;
}

std::optional<SurveyService::Shape> SurveyService::shape_of(const Answer& answer,
                                                            pg::Connection* own) {
  {
    const auto shapes = shapes_.lock();
    const auto found = shapes->find(answer.question);
    if (found != shapes->end()) {
      const Shape& shape = found->second;
      if (!has_choices(shape.kind) || shape.choices >= choices_needed(answer)) return shape;
    }
  }
  // Not seen yet, or another process has added choices since.
  const auto rows = own != nullptr ? own->run(sql::kGetQuestion, answer.question)
                                   : pool_.acquire()->run(sql::kGetQuestion, answer.question);
  if (rows.empty()) return std::nullopt;
  const auto kind = question_kind_from(rows[0].text(0));
  CHECK(kind.has_value());
  const Shape shape{*kind, rows[0].get<int>(1)};
  (*shapes_.lock())[answer.question] = shape;
  return shape;
}

Status SurveyService::check(const Answer& answer, const std::string& where) {
  return check_with(nullptr, answer, where);
}

Status SurveyService::check(pg::Connection& connection, const Answer& answer,
                            const std::string& where) {
  return check_with(&connection, answer, where);
}

Status SurveyService::check_with(pg::Connection* own, const Answer& answer,
                                 const std::string& where) {
  const int given = (answer.choice ? 1 : 0) + (answer.text ? 1 : 0) + (answer.declined ? 1 : 0);
  if (given != 1) {
    return invalid("Give one of choice, text and declined.", where);
  }
  const auto shape = shape_of(answer, own);
  if (!shape) return invalid("There is no such question.", where + ".question");
  if (answer.declined) return {};
  if (!is_single(shape->kind)) return check_text(shape->kind, shape->choices, answer, where);
  if (!answer.choice || *answer.choice < 1 || *answer.choice > shape->choices) {
    return invalid(fmt::format("Choose a number from 1 to {}.", shape->choices), where + ".choice");
  }
  return {};
}

std::string SurveyService::feed_members(pg::Connection& connection, const Answer& answer) {
  if (answer.choice) return fmt::format(R"(,"choice":{})", *answer.choice);
  if (answer.declined) return R"(,"declined":true)";
  const auto shape = answer.text ? shape_of(answer, &connection) : std::nullopt;
  const bool is_set = shape && shape->kind == QuestionKind::multiple;
  const bool is_number = shape && shape->kind == QuestionKind::number;
  if (!is_set && !is_number) return R"(,"text":true)";
  // check() lets digits, blanks, signs, points and exponents pass: nothing to escape.
  return fmt::format(R"(,"{}":"{}")", is_set ? "set" : "number", *answer.text);
}

void SurveyService::record(pg::Transaction& transaction, std::span<const Occasion> occasions) {
  std::vector<int> buckets;
  std::vector<VoterId> voters;
  std::vector<QuestionId> questions;
  std::vector<std::optional<int>> choices;
  std::vector<std::optional<std::string>> texts;
  std::vector<bool> declined;
  std::vector<std::optional<AttemptId>> attempts;
  std::vector<std::optional<VoterId>> homes;
  std::vector<int> versions;
  std::vector<std::optional<PhonebankId>> phonebanks;
  std::vector<std::string> actors;
  std::vector<Instant> times;
  std::vector<std::optional<std::string>> channels;
  for (const Occasion& occasion : occasions) {
    for (const VoterAnswer& each : occasion.answers) {
      buckets.push_back(bucket_of(each.voter));
      voters.push_back(each.voter);
      questions.push_back(each.answer.question);
      choices.push_back(each.answer.choice);
      texts.push_back(each.answer.text);
      declined.push_back(each.answer.declined);
      attempts.push_back(each.attempt);
      versions.push_back(occasion.script_version);
      phonebanks.push_back(occasion.phonebank);
      actors.push_back(occasion.actor);
      times.push_back(occasion.at);
      homes.push_back(each.home);
      channels.push_back(occasion.channel.empty() ? std::nullopt : std::optional(occasion.channel));
    }
  }
  if (voters.empty()) return;
  transaction.run(sql::kInsertAnswers, buckets, voters, questions, choices, texts, declined,
                  attempts, versions, phonebanks, actors, times, homes, channels);
}

void SurveyService::retract(pg::Transaction& transaction, const std::vector<std::int16_t>& buckets,
                            const std::vector<VoterId>& voters,
                            const std::vector<AttemptId>& attempts) {
  transaction.run(sql::kRetractAnswers, buckets, voters, attempts);
}

void follow_persons(pg::Transaction& transaction) { transaction.run(sql::kPersonsAnswersMove); }

std::vector<GivenAnswer> SurveyService::answers_of(VoterId voter, int limit) {
  const auto connection = pool_.acquire();
  std::vector<GivenAnswer> answers;
  for (const pg::Row row : connection->run(sql::kAnswersOfVoter, bucket_of(voter), voter, limit)) {
    GivenAnswer answer;
    answer.question = row.get<QuestionId>(0);
    answer.key = row.get<std::string>(1);
    answer.question_text = row.get<std::string>(2);
    answer.choice = row.get<std::optional<int>>(3);
    answer.answer = row.text(4);
    answer.declined = row.get<bool>(5);
    answer.at = row.get<Instant>(6);
    answer.attempt = row.get<std::optional<AttemptId>>(7);
    answers.push_back(std::move(answer));
  }
  return answers;
}

Result<QuestionResults> SurveyService::results(std::string_view key) {
  const auto connection = pool_.acquire();
  const auto found = connection->run(sql::kFindQuestion, key);
  if (found.empty()) {
    return refuse(ErrorCode::not_found, "There is no question with this key.", "key");
  }
  QuestionResults results;
  results.question.id = found[0].get<QuestionId>(0);
  results.question.key = key;
  results.question.kind = question_kind_from(found[0].text(1)).value();
  results.question.text = found[0].get<std::string>(2);
  results.question.choices = choices_from_json(found[0].text(3));

  std::map<int, std::int64_t> counted;
  const bool is_multiple = results.question.kind == QuestionKind::multiple;
  if (is_multiple) {
    for (const pg::Row row : connection->run(sql::kNewestChoiceSets, results.question.id))
      counted[row.get<int>(0)] = row.get<std::int64_t>(1);
  }
  for (const pg::Row row : connection->run(sql::kNewestAnswers, results.question.id)) {
    const int choice = row.get<int>(0);
    const auto count = row.get<std::int64_t>(1);
    if (choice == 0) {
      results.declined = count;
    } else {
      if (!is_multiple) counted[choice] = count;
      results.n += count;
    }
  }
  for (std::size_t i = 0; i < results.question.choices.size(); ++i) {
    ChoiceShare share;
    share.choice = static_cast<int>(i) + 1;
    share.text = results.question.choices[i];
    share.count = counted[share.choice];
    const Interval interval = wilson_interval(share.count, results.n);
    if (results.n > 0) {
      share.share = static_cast<double>(share.count) / static_cast<double>(results.n);
    }
    share.low = interval.low;
    share.high = interval.high;
    results.choices.push_back(std::move(share));
  }
  return results;
}

std::vector<AnswerCount> SurveyService::counts(pg::Connection& connection, PhonebankId phonebank,
                                               std::span<const QuestionId> questions, Instant from,
                                               Instant until) {
  std::vector<AnswerCount> counts;
  const std::vector<QuestionId> asked(questions.begin(), questions.end());
  for (const pg::Row row : connection.run(sql::kCountAnswers, asked, phonebank, from, until)) {
    counts.push_back({row.get<QuestionId>(0), row.get<int>(1), row.get<std::int64_t>(2)});
  }
  return counts;
}

}  // namespace hustings::surveys
