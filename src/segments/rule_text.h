#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "segments/rule.h"

/// A rule as a line of text: `state in (NC, OH) and age 30..44 and not contacted within 7d`.
/// docs/reference/rules.md is the grammar.
///
/// Reading what to_text() wrote gives a rule of the same voters, and writing that gives the same
/// text.
namespace hustings::segments {

/// Something that a rule names in quotes and keeps by its id.
struct NamedThing {
  std::int64_t id = 0;
  std::string name;
};

/// What names in a text may stand for. A name that two things bear is written and read as the id.
struct RuleNames {
  std::vector<NamedThing> segments;
  std::vector<NamedThing> lists;
  std::vector<NamedThing> phonebanks;
  /// The keys there are; none: any key is taken as it is.
  std::optional<std::vector<std::string>> questions;
  std::optional<std::vector<std::string>> scores;
};

std::string to_text(const Rule& rule, const RuleNames& names = {});

/// What may stand at a place in a text.
struct Expectation {
  enum class Kind : std::uint8_t {
    word,   ///< `text` itself
    field,  ///< any field
    value,  ///< a value of `field`
    number,
    duration,
    day,
    list,
    segment,
    phonebank,
    result,  ///< of a call
    question,
    score,
    name,  ///< an arm, a key
    end,
  };
  Kind kind = Kind::word;
  std::string text{};            ///< for people: "a whole number from 0 to 150"; of a word, itself
  std::optional<Field> field{};  ///< of a value
};

/// Why a text is no rule, and where.
struct TextProblem {
  int line = 1;            ///< from 1
  int column = 1;          ///< in characters, from 1
  std::size_t offset = 0;  ///< in bytes
  std::size_t length = 0;  ///< of the word that is wrong, in bytes
  std::string sentence;    ///< with what was expected, and what may have been meant
  std::vector<Expectation> expected;
  bool is_over_limit = false;
};

std::expected<Rule, TextProblem> rule_from_text(std::string_view text, const RuleNames& names = {});

/// What may follow the text at its end: for an editor that completes. `text` stops where the word
/// begins that is being written.
std::vector<Expectation> expected_after(std::string_view text, const RuleNames& names = {});

/// Where the word begins that ends at `offset`.
std::size_t word_start(std::string_view text, std::size_t offset);

/// Places in a text as editors count: in characters instead of bytes, and back.
std::size_t characters_before(std::string_view text, std::size_t offset);
std::size_t offset_of(std::string_view text, std::size_t characters);

}  // namespace hustings::segments
