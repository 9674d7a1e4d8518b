#include "segments/testing/rule_bytes.h"

#include <string>

#include "segments/rule_text.h"

namespace hustings::segments::testing {
namespace {

const RuleNames& names() {
  static const RuleNames kNames{.segments = {{7, "Base"}, {8, "Two"}, {9, "Two"}},
                                .lists = {{3, "GOTV wave 1"}},
                                .phonebanks = {{5, "Evening bank"}},
                                .questions = {},
                                .scores = {}};
  return kNames;
}

/// What was read can be kept, and shown, and read again from both.
void check_rule(const Rule& rule) {
  const std::string json = to_json(rule);
  const auto kept = rule_from_json(json);
  CHECK(kept.has_value());
  CHECK(to_json(*kept) == json);
  const std::string text = to_text(rule, names());
  const auto shown = rule_from_text(text, names());
  CHECK(shown.has_value() || text.size() > kRuleBytesMax);
  if (shown) CHECK(to_text(*shown, names()) == text);
}

}  // namespace

void try_rule_bytes(std::string_view bytes) {
  if (const auto rule = rule_from_text(bytes, names())) {
    check_rule(*rule);
  } else {
    CHECK(rule.error().offset + rule.error().length <= bytes.size());
    CHECK(!rule.error().sentence.empty());
  }
  (void)expected_after(bytes.substr(0, word_start(bytes, bytes.size())), names());
  if (const auto rule = rule_from_json(bytes)) check_rule(*rule);
}

}  // namespace hustings::segments::testing
