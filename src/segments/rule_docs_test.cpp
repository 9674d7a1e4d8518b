#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "segments/rule_text.h"

namespace hustings::segments {
namespace {

std::string reference() {
  std::ifstream file(HUSTINGS_RULE_REFERENCE);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string code(std::string_view text) { return fmt::format("`{}`", text); }

/// The table of fields as docs/reference/rules.md must have it.
std::string table_of_fields() {
  std::string out = "| field | kind | in JSON | |\n|---|---|---|---|\n";
  for (const FieldInfo& one : all_fields()) {
    const bool is_named = one.kind == FieldKind::lists || one.kind == FieldKind::segments;
    std::vector<std::string> operators;
    for (const std::string_view operator_name : operators_of(one.field))
      operators.push_back(code(operator_name));
    const std::string name = takes_key(one.field) ? fmt::format("{}:…", one.name)
                             : is_named           ? fmt::format("in {}", one.name)
                                                  : std::string(one.name);
    std::string sentence(one.sentence.empty() ? one.title : one.sentence);
    if (one.kind == FieldKind::number) sentence += fmt::format(" ({} to {})", one.least, one.most);
    out += fmt::format("| {} | {} | {} | {} |\n", code(name), to_string(one.kind),
                       fmt::join(operators, " "), sentence);
  }
  return out;
}

TEST(RuleReference, ListsTheFieldsThatThereAre) {
  const std::string table = table_of_fields();
  EXPECT_NE(reference().find(table), std::string::npos)
      << "docs/reference/rules.md must hold this table:\n"
      << table;
}

TEST(RuleReference, EveryExampleIsARule) {
  const RuleNames names{.segments = {{1, "Base"}, {2, "Likely voters"}},
                        .lists = {{1, "GOTV wave 1"}},
                        .phonebanks = {{1, "Evening bank"}},
                        .questions = {},
                        .scores = {}};
  std::istringstream lines(reference());
  bool is_inside = false;
  int examples = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      is_inside = line == "```rules";
      continue;
    }
    if (!is_inside || line.empty()) continue;
    const auto rule = rule_from_text(line, names);
    EXPECT_TRUE(rule) << line << ": " << (rule ? "" : rule.error().sentence);
    ++examples;
  }
  EXPECT_GE(examples, 25);
}

TEST(RuleReference, EveryJsonExampleIsARule) {
  std::istringstream lines(reference());
  bool is_inside = false;
  int examples = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      is_inside = line == "```json";
      continue;
    }
    if (!is_inside || line.empty()) continue;
    const auto rule = rule_from_json(line);
    EXPECT_TRUE(rule) << line << ": " << (rule ? "" : rule.error().text());
    ++examples;
  }
  EXPECT_GE(examples, 5);
}

}  // namespace
}  // namespace hustings::segments
