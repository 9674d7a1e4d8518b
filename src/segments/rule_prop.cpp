#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "segments/rule_references.h"
#include "segments/rule_text.h"
#include "segments/testing/random_rule.h"

namespace hustings::segments {
namespace {

using testing::random_rule;

/// As the text says it: a group of one is its member, and a flag is negated in itself.
Rule canonical(const Rule& rule) {
  const auto group = [](const std::vector<Rule>& rules, auto make) {
    std::vector<Rule> out;
    for (const Rule& one : rules)
      out.push_back(canonical(one));
    return out.size() == 1 ? out.front() : make(std::move(out));
  };
  if (const auto* all = std::get_if<AllOf>(&rule.node)) {
    return group(all->rules, [](auto rules) { return Rule{AllOf{std::move(rules)}}; });
  }
  if (const auto* any = std::get_if<AnyOf>(&rule.node)) {
    return group(any->rules, [](auto rules) { return Rule{AnyOf{std::move(rules)}}; });
  }
  if (const auto* none = std::get_if<NoneOf>(&rule.node)) {
    Rule inner = canonical(none->rules.front());
    if (auto* flag = std::get_if<FlagIs>(&inner.node); flag != nullptr && flag->value) {
      flag->value = false;
      return inner;
    }
    return Rule{NoneOf{{std::move(inner)}}};
  }
  return rule;
}

RuleNames some_names(Rng& rng) {
  RuleNames names;
  const auto put = [&](std::vector<NamedThing>& things, std::int64_t id) {
    if (rng.chance(0.7)) things.push_back({id, rng.chance(0.8) ? "A \"B\" (c), " : "in"});
  };
  put(names.lists, 1);
  put(names.lists, 2);
  put(names.phonebanks, 1);
  put(names.phonebanks, 3);
  return names;
}

TEST(RuleFaces, TextReadAgainIsTheSameTextAndTheSameRule) {
  EXPECT_TRUE(rc::check("text is a fixed point", [](std::uint64_t seed) {
    Rng rng(seed);
    const Rule rule = random_rule(rng, 4);
    const RuleNames names = some_names(rng);
    const std::string text = to_text(rule, names);
    const auto read = rule_from_text(text, names);
    if (!read) RC_FAIL(text + ": " + read.error().sentence);
    if (to_text(*read, names) != text) RC_FAIL(text + "\n" + to_text(*read, names));
    if (to_json(*read) != to_json(canonical(rule))) {
      RC_FAIL(text + "\n" + to_json(*read) + "\n" + to_json(canonical(rule)));
    }
  }));
}

TEST(RuleFaces, JsonReadAgainIsTheSameJson) {
  EXPECT_TRUE(rc::check("JSON is a fixed point", [](std::uint64_t seed) {
    Rng rng(seed);
    const std::string json = to_json(random_rule(rng, 4));
    const auto read = rule_from_json(json);
    if (!read) RC_FAIL(json + ": " + read.error().text());
    RC_ASSERT(to_json(*read) == json);
  }));
}

/// Cuts, doubles and swaps bytes of a text.
std::string spoilt(Rng& rng, std::string text) {
  for (std::uint64_t i = 1 + rng.below(3); i > 0 && !text.empty(); --i) {
    const std::size_t at = rng.below(text.size());
    switch (rng.below(4)) {
      case 0:
        text.erase(at, 1 + rng.below(5));
        break;
      case 1:
        text.insert(at, text.substr(at, 1 + rng.below(9)));
        break;
      case 2:
        text[at] = static_cast<char>(rng.below(256));
        break;
      default:
        std::swap(text[at], text[rng.below(text.size())]);
    }
  }
  return text;
}

TEST(RuleFaces, WhatIsSpoiltIsReadOrRefusedAtAPlaceInIt) {
  EXPECT_TRUE(rc::check("spoilt texts", [](std::uint64_t seed) {
    Rng rng(seed);
    const Rule rule = random_rule(rng, 3);
    const std::string text = spoilt(rng, to_text(rule));
    if (const auto read = rule_from_text(text)) {
      RC_ASSERT(rule_from_json(to_json(*read)).has_value());
      const std::string again = to_text(*read);
      RC_ASSERT(to_text(*rule_from_text(again)) == again);
    } else {
      RC_ASSERT(read.error().offset + read.error().length <= text.size());
      RC_ASSERT(!read.error().sentence.empty());
      RC_ASSERT(read.error().line >= 1 && read.error().column >= 1);
    }
    (void)expected_after(text);
    const std::string json = spoilt(rng, to_json(rule));
    if (const auto read = rule_from_json(json)) {
      RC_ASSERT(to_json(*rule_from_json(to_json(*read))) == to_json(*read));
      RC_ASSERT(rule_from_text(to_text(*read)).has_value());
    }
  }));
}

}  // namespace
}  // namespace hustings::segments
