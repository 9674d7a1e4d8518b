#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "segments/field.h"

/// The rule language: one tree with several faces. JSON for the API and for keeping, one line of
/// text for people, a plan for the engine (plan.h), SQL for the database (rule_sql.h).
///
/// Two-valued: a statement about something unknown (no score, no birth year) does not hold, and its
/// negation does.
namespace hustings::segments {

inline constexpr int kRuleDepthMax = 16;
inline constexpr int kRuleNodesMax = 500;
inline constexpr std::size_t kRuleValuesMax = 5000;  ///< in one "in"
inline constexpr std::size_t kRuleValueBytesMax = 200;
inline constexpr std::size_t kRuleBytesMax = 256 * 1024;  ///< of its JSON
inline constexpr int kWithinDaysMax = 36'500;

struct Rule;

struct AllOf {
  std::vector<Rule> rules;  ///< none: everybody
};
struct AnyOf {
  std::vector<Rule> rules;  ///< none: nobody
};
struct NoneOf {
  std::vector<Rule> rules;  ///< exactly one
};
/// A category, or elections: one of the values; with is_not, none of them.
struct ValueIn {
  Field field{};
  std::vector<std::string> values;
  bool is_not = false;
};
struct ChoiceIn {
  std::string question;  ///< its key
  std::vector<int> choices;
  bool is_not = false;
};
/// A number within bounds, both included; one of them is there.
struct NumberIs {
  Field field{};
  std::optional<std::int64_t> least;
  std::optional<std::int64_t> most;
  std::optional<int> of_last;  ///< votes_count: of the last so many elections
};
struct FlagIs {
  Field field{};
  bool value = true;
};
/// A moment in whole seconds: not before `least`, not after `most`, within the last days; what is
/// there must hold.
struct TimeIs {
  Field field{};
  std::optional<Instant> least;
  std::optional<Instant> most;
  std::optional<int> within_days;
};

struct Rule {
  std::variant<AllOf, AnyOf, NoneOf, ValueIn, ChoiceIn, NumberIs, FlagIs, TimeIs> node;
};

/// Reads a rule's JSON; the grammar is in README.md. An error names the place ("rule.all[1].in"),
/// what is wrong, what is expected, and for a misspelt name the nearest.
Result<Rule> rule_from_json(std::string_view text);
std::string to_json(const Rule& rule);

/// One line for people: `county in (WAKE, DURHAM) and age 30..44 and not contacted`.
std::string to_text(const Rule& rule);

/// The keys of the questions that a rule asks about, each once.
std::vector<std::string> questions_of(const Rule& rule);

}  // namespace hustings::segments
