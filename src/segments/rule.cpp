#include "segments/rule.h"

#include <algorithm>

namespace hustings::segments {

void for_each_node(const Rule& rule, const std::function<void(const Rule&)>& use) {
  use(rule);
  const auto inner = [&](const std::vector<Rule>& rules) {
    for (const Rule& one : rules)
      for_each_node(one, use);
  };
  if (const auto* all = std::get_if<AllOf>(&rule.node)) inner(all->rules);
  if (const auto* any = std::get_if<AnyOf>(&rule.node)) inner(any->rules);
  if (const auto* none = std::get_if<NoneOf>(&rule.node)) inner(none->rules);
}

std::vector<std::string> questions_of(const Rule& rule) {
  std::vector<std::string> keys;
  for_each_node(rule, [&](const Rule& one) {
    const auto* in = std::get_if<ChoiceIn>(&one.node);
    const auto* number = std::get_if<NumberIs>(&one.node);
    const bool is_answer =
        number != nullptr && (number->field == Field::answer || number->field == Field::answered);
    if (in == nullptr && !is_answer) return;
    const std::string& key = in != nullptr ? in->question : number->key;
    if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
  });
  return keys;
}

bool is_time_relative(const Rule& rule) {
  bool is_relative = false;
  for_each_node(rule, [&](const Rule& one) {
    if (const auto* number = std::get_if<NumberIs>(&one.node)) {
      is_relative |= number->field == Field::age || number->of_last.has_value();
    } else if (const auto* time = std::get_if<TimeIs>(&one.node)) {
      is_relative |= time->span.within.has_value();
    } else if (const auto* answers = std::get_if<ChoiceIn>(&one.node)) {
      is_relative |= answers->span.within.has_value();
    } else if (const auto* contacts = std::get_if<ContactsAre>(&one.node)) {
      is_relative |= contacts->span.within.has_value();
    }
  });
  return is_relative;
}

}  // namespace hustings::segments
