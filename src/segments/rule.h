#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "model/consent.h"
#include "model/ids.h"
#include "segments/field.h"

/// The rule language: one tree with several faces. JSON for the API and for keeping, a line of text
/// for people (rule_text.h), a plan for the engine (plan.h), SQL for the database (rule_sql.h).
/// docs/reference/rules.md is the whole grammar.
///
/// Two-valued: a statement about something unknown (no score, no birth year) does not hold, and its
/// negation does.
namespace hustings::segments {

inline constexpr int kRuleDepthMax = 16;
inline constexpr int kRuleNodesMax = 500;
inline constexpr std::size_t kRuleValuesMax = 5000;  ///< in one "in"
inline constexpr std::size_t kRuleValueBytesMax = 200;
inline constexpr std::size_t kRuleBytesMax = 256 * 1024;  ///< of its JSON
inline constexpr std::chrono::seconds kWithinMax = std::chrono::days(36'500);
inline constexpr int kTimesMax = 10'000;  ///< "contacted 2..5 times"

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
/// When something happened, in whole seconds: not before `since`, not after `until`, not longer ago
/// than `within`; what is there must hold.
struct Span {
  std::optional<Instant> since;
  std::optional<Instant> until;
  std::optional<std::chrono::seconds> within;
  bool is_any() const { return !since && !until && !within; }
  friend bool operator==(const Span&, const Span&) = default;
};

/// A category, or elections: one of the values; with is_not, none of them. An election is named
/// "2022-11-08 general", or by a part of that which names several: "2022", "2022 general",
/// "2022-11-08".
struct ValueIn {
  Field field{};
  std::vector<std::string> values;
  bool is_not = false;
};
/// The newest answer is one of the choices (where several were chosen, has one of them) and was
/// given within the time; with is_ever, any answer.
struct ChoiceIn {
  std::string question;  ///< its key
  std::vector<int> choices;
  bool is_not = false;
  bool is_ever = false;
  Span span{};
};
/// A number within bounds, both included; one of them is there.
struct NumberIs {
  Field field{};
  std::optional<std::int64_t> least;
  std::optional<std::int64_t> most;
  std::optional<int> of_last;  ///< votes_count: of the last so many elections
  std::string of_kind{};       ///< with of_last: counts those of this kind only; empty: of any
  std::string key{};  ///< Field::score: its name; Field::answer, answered: the question's key
};
struct FlagIs {
  Field field{};
  bool value = true;
};
/// When something last was; `span` says at least one thing.
struct TimeIs {
  Field field{};
  Span span;
};
/// How many contact attempts with one of these results, of one of these phone banks, in this time;
/// without bounds: at least one.
struct ContactsAre {
  std::vector<std::string> results;     ///< dispositions; none: whatever came of them
  std::vector<PhonebankId> phonebanks;  ///< none: of any
  Span span;
  std::optional<std::int64_t> least;
  std::optional<std::int64_t> most;
};
/// What counts today of the voter's words on one purpose and channel.
struct ConsentIn {
  ConsentPurpose purpose{};
  ConsentChannel channel{};
  std::vector<ConsentState> states;
  bool is_not = false;
};
/// A member of a frozen list; of this arm, if one is named.
struct ListIs {
  ListId list;
  std::string arm;  ///< "holdout", or as the list names it; empty: of any
};
/// The voters of a saved segment: its rule stands in this place (rule_references.h). Plans and SQL
/// are made of rules without it.
struct SegmentIs {
  SegmentId segment;
};

struct Rule {
  std::variant<AllOf, AnyOf, NoneOf, ValueIn, ChoiceIn, NumberIs, FlagIs, TimeIs, ContactsAre,
               ConsentIn, ListIs, SegmentIs>
      node;
};

/// Reads a rule's JSON; the grammar is in README.md. An error names the place ("rule.all[1].in"),
/// what is wrong, what is expected, and for a misspelt name the nearest.
Result<Rule> rule_from_json(std::string_view text);
std::string to_json(const Rule& rule);

/// Calls `use` with the rule and everything in it, from the top.
void for_each_node(const Rule& rule, const std::function<void(const Rule&)>& use);

/// The keys of the questions that a rule asks about, each once.
std::vector<std::string> questions_of(const Rule& rule);
/// Its answer may change when nothing happens but time.
bool is_time_relative(const Rule& rule);

}  // namespace hustings::segments
