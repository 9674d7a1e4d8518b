#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"

/// Scripts, questions and answers as plain values.
namespace hustings::surveys {

enum class QuestionKind : std::uint8_t {
  choice,    ///< one of several
  scale,     ///< one of several, in order from the lowest to the highest
  text,      ///< free words
  multiple,  ///< as many of several as hold
  number,    ///< a number
};

std::string_view to_string(QuestionKind kind);  ///< "choice"
std::optional<QuestionKind> question_kind_from(std::string_view text);

/// Answered by one choice: what rules, branches and shares by choice can be made of.
constexpr bool is_single(QuestionKind kind) {
  return kind == QuestionKind::choice || kind == QuestionKind::scale;
}
constexpr bool has_choices(QuestionKind kind) {
  return is_single(kind) || kind == QuestionKind::multiple;
}

/// Where a script goes on after an answer.
struct Branch {
  /// The choice's number from 1; 0: declined to say; nothing: any answer that no other branch
  /// names.
  std::optional<int> choice;
  std::string to;  ///< the key of a question, or "end"
  friend bool operator==(const Branch&, const Branch&) = default;
};
inline constexpr std::string_view kScriptEnd = "end";

/// What a voter answered before.
struct Condition {
  std::string question;  ///< the key of an earlier one with choices
  int choice = 1;        ///< its number; of a multiple answer one of those chosen; 0: declined
  bool is_not = false;   ///< it was not answered so, or not at all
  friend bool operator==(const Condition&, const Condition&) = default;
};
/// All of them hold.
struct Alternative {
  std::vector<Condition> all;
  friend bool operator==(const Alternative&, const Alternative&) = default;
};

struct Question {
  QuestionId id;
  std::string key;  ///< "support": what rules and results call it
  QuestionKind kind = QuestionKind::choice;
  std::string text;                  ///< as it is asked
  std::vector<std::string> choices;  ///< a choice is its place here, from 1; none for text
  std::vector<Branch> branches;      ///< of this script; without one the next question follows
  /// In this script, choices are shown from another one on to each voter, so that none gains by its
  /// place; their numbers stay.
  bool rotates = false;
  /// In this script it is asked only if one of these holds; none: always. Where it is passed over,
  /// the script goes on as after any other answer.
  std::vector<Alternative> asked_if{};
  friend bool operator==(const Question&, const Question&) = default;
};

struct QuestionWords {
  std::string key;
  std::string text;
  std::vector<std::string> choices;  ///< as many as the question has
  friend bool operator==(const QuestionWords&, const QuestionWords&) = default;
};

/// The same script in another language; what is empty or missing is said in the script's own.
struct Translation {
  std::string language;  ///< "es", "pt-BR"
  std::string introduction;
  std::string closing;
  std::vector<QuestionWords> questions;
  friend bool operator==(const Translation&, const Translation&) = default;
};

/// What is said to a voter, in its newest version.
struct Script {
  ScriptId id;
  std::string name;
  int version = 1;
  std::string introduction;
  std::string closing;
  std::vector<Question> questions;
  std::string language = "en";
  std::vector<Translation> translations;
  Instant saved_at;
};

/// A script as it was read to voters; its name is today's.
struct ScriptVersion {
  Script script;
  std::string saved_by;
};

/// What a person writes; ids come when it is saved.
struct ScriptDraft {
  std::string name;
  std::string introduction;
  std::string closing;
  std::vector<Question> questions;
  std::string language = "en";
  std::vector<Translation> translations;
};

/// One answer of one voter. Exactly one of choice, text and declined. The text of a multiple answer
/// is its choices' numbers, ascending, by blanks ("1 3", as XLSForm's tools write it); of a number
/// it is that.
struct Answer {
  QuestionId question;
  std::optional<int> choice;
  std::optional<std::string> text;
  bool declined = false;
};

/// An answer with whose it is and on which attempt it was given.
struct VoterAnswer {
  VoterId voter;
  std::optional<AttemptId> attempt;
  Answer answer;
  std::optional<VoterId> home = {};  ///< the identity, where it is not the voter's own
};

/// Where and when answers were given: one call, one form.
struct Occasion {
  int script_version = 0;  ///< 0: not asked by a script
  std::optional<PhonebankId> phonebank;
  std::string actor;
  Instant at;
  std::vector<VoterAnswer> answers;
  std::string channel{};  ///< "web", "import", "api"; empty: on a call
};

/// An answer as the profile shows it.
struct GivenAnswer {
  QuestionId question;
  std::string key;
  std::string question_text;
  std::string answer;  ///< the choice's text or the free words; empty if declined
  std::optional<int> choice;
  bool declined = false;
  Instant at;
  std::optional<AttemptId> attempt;  ///< on which call; none for answers from elsewhere
};

/// How many answers a question got in a stretch of time; choice 0 are the declined, free text -1.
struct AnswerCount {
  QuestionId question;
  int choice = 0;
  std::int64_t count = 0;
};

/// The share of a choice among those who answered, with its 95 % interval.
struct ChoiceShare {
  int choice = 0;
  std::string text;
  std::int64_t count = 0;
  double share = 0;
  double low = 0;
  double high = 0;
};

/// Each voter's newest answer to a question, counted.
struct QuestionResults {
  Question question;
  std::int64_t n = 0;         ///< voters who answered
  std::int64_t declined = 0;  ///< voters who would not say; not in n
  std::vector<ChoiceShare> choices;
};

}  // namespace hustings::surveys
