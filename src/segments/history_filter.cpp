#include "segments/history_filter.h"

#include <algorithm>

#include "segments/event_test.h"

namespace hustings::segments {
namespace {

Filter negated_if(bool is_not, Filter filter) {
  return is_not ? Filter::negation(std::move(filter)) : std::move(filter);
}

}  // namespace

Filter history_filter(const History& history, const ContactsAre& rule, Instant now) {
  return Filter::events(EventTest(history.attempts(), rule, now));
}

Filter history_filter(const History& history, QuestionId question, const ChoiceIn& rule,
                      bool is_set, Instant now) {
  const EventColumn<AnswerEvent>* answers = history.answers(question);
  if (answers == nullptr) return Filter::constant(rule.is_not);
  return negated_if(rule.is_not, Filter::events(EventTest(*answers, rule, is_set, now)));
}

Filter history_filter(const History& history, QuestionId question, const NumberIs& rule) {
  const EventColumn<AnswerEvent>* answers = history.answers(question);
  if (answers == nullptr) return Filter::constant(false);
  return Filter::events(EventTest(*answers, rule));
}

Filter history_filter(const History& history, const ConsentIn& rule) {
  const Column* column = history.consent(rule.purpose, rule.channel);
  if (column == nullptr) return Filter::constant(rule.is_not);
  std::vector<std::uint32_t> states;
  for (const ConsentState state : rule.states)
    states.push_back(state == ConsentState::given ? 1 : 2);
  return negated_if(rule.is_not, Filter::values(*column, std::move(states)));
}

Filter history_filter(const History& history, const ListIs& rule) {
  constexpr std::uint32_t kArmsMost = 0xffff;
  const Column* members = history.members(rule.list);
  const ListInfo* list = history.list(rule.list);
  if (members == nullptr || list == nullptr) return Filter::constant(false);
  if (rule.arm.empty()) return Filter::range(*members, 1, kArmsMost);
  const auto arm = std::ranges::find(list->arms, rule.arm);
  if (arm == list->arms.end()) return Filter::constant(false);
  const auto code = static_cast<std::uint32_t>(arm - list->arms.begin()) + 1;
  return Filter::range(*members, code, code);
}

Filter history_filter(const History& history, const NumberIs& rule) {
  const Column* score = history.score(rule.key);
  if (score == nullptr) return Filter::constant(false);
  const FieldInfo& about = info(Field::score);
  return Filter::range(*score, static_cast<std::uint32_t>(rule.least.value_or(about.least)) + 1,
                       static_cast<std::uint32_t>(rule.most.value_or(about.most)) + 1);
}

}  // namespace hustings::segments
