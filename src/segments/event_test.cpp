#include "segments/event_test.h"

#include <algorithm>
#include <bit>

namespace hustings::segments {
namespace {

void set_bit(BlockBits& bits, std::size_t place) {
  bits[place / 64] |= std::uint64_t{1} << (place % 64);
}

bool has_any(const BlockBits& bits) {
  return std::ranges::any_of(bits, [](std::uint64_t word) { return word != 0; });
}

}  // namespace

EventTest::Seconds EventTest::seconds_of(const Span& span, Instant now) {
  const auto seconds = [](Instant at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
  };
  Seconds during;
  if (span.since) during.lo = seconds(*span.since);
  if (span.until) during.hi = seconds(*span.until);
  if (span.within)
    during.lo = std::max<std::int64_t>(during.lo, seconds(now) - span.within->count());
  return during;
}

EventTest::Attempts EventTest::attempts_of(const EventColumn<AttemptEvent>& attempts,
                                           const ContactsAre& rule) {
  Attempts test{.events = attempts, .results = 0, .phonebanks = {}};
  for (const std::string& result : rule.results) {
    const auto known = disposition_from(result);
    if (known) test.results |= std::uint32_t{1} << result_code(*known);
  }
  for (const PhonebankId id : rule.phonebanks)
    test.phonebanks.push_back(static_cast<std::uint32_t>(id.value()));
  if (rule.least || rule.most) {
    test.least = rule.least.value_or(0);
    test.most = rule.most.value_or(test.most);
  }
  return test;
}

EventTest::Answers EventTest::answers_of(const EventColumn<AnswerEvent>& answers,
                                         const ChoiceIn& rule, bool is_set) {
  Answers test{.events = answers, .choices = {}, .is_ever = rule.is_ever};
  if (is_set) test.set = 0;
  for (const int choice : rule.choices) {
    test.choices[static_cast<std::size_t>(choice)] = true;
    if (is_set && choice <= kSetChoiceMax) *test.set |= std::uint32_t{1} << choice;
  }
  return test;
}

EventTest::Answers EventTest::answers_of(const EventColumn<AnswerEvent>& answers,
                                         const NumberIs& rule) {
  Answers test{.events = answers, .choices = {}, .is_ever = rule.field == Field::answered};
  Answers::Bounds bounds;
  if (rule.least) bounds.least = static_cast<double>(*rule.least);
  if (rule.most) bounds.most = static_cast<double>(*rule.most);
  test.number = bounds;
  return test;
}

bool EventTest::Answers::is_wanted(const AnswerEvent& event) const {
  if (set) return (event.value & *set) != 0;
  if (!number) return choices[event.choice];
  const double said = std::bit_cast<float>(event.value);
  return event.choice != 0 && said >= number->least && said <= number->most;
}

EventTest::EventTest(const EventColumn<AttemptEvent>& attempts, const ContactsAre& rule,
                     Instant now)
    : during_(seconds_of(rule.span, now)), what_(attempts_of(attempts, rule)) {}

EventTest::EventTest(const EventColumn<AnswerEvent>& answers, const ChoiceIn& rule, bool is_set,
                     Instant now)
    : during_(seconds_of(rule.span, now)), what_(answers_of(answers, rule, is_set)) {}

EventTest::EventTest(const EventColumn<AnswerEvent>& answers, const NumberIs& rule)
    : what_(answers_of(answers, rule)) {}

EventTest::Outcome EventTest::match(std::size_t block, BlockBits& bits) const {
  return std::visit([&](const auto& what) { return match(what, block, bits); }, what_);
}

bool EventTest::Attempts::is_wanted(const AttemptEvent& event) const {
  if (results != 0 && ((results >> event.result) & 1U) == 0) return false;
  return phonebanks.empty() || std::ranges::find(phonebanks, event.phonebank) != phonebanks.end();
}

EventTest::Outcome EventTest::match(const Attempts& attempts, std::size_t block,
                                    BlockBits& bits) const {
  const bool is_none_enough = attempts.least <= 0;
  const bool is_once_enough =
      attempts.least == 1 && attempts.most == std::numeric_limits<std::int64_t>::max();
  if (attempts.events.latest(block) < during_.lo || attempts.events.size() == 0) {
    return is_none_enough ? Outcome::all : Outcome::none;
  }
  bits.fill(0);
  if (is_once_enough) {
    attempts.events.for_each(block, [&](const AttemptEvent& event) {
      if (during_.holds(event.at) && attempts.is_wanted(event)) set_bit(bits, event.place);
    });
    return has_any(bits) ? Outcome::some : Outcome::none;
  }
  std::array<std::uint16_t, kBlockRows> counts{};
  attempts.events.for_each(block, [&](const AttemptEvent& event) {
    const bool counts_it = during_.holds(event.at) && attempts.is_wanted(event);
    if (counts_it && counts[event.place] < kTimesMax) ++counts[event.place];
  });
  for (std::size_t place = 0; place < kBlockRows; ++place) {
    if (counts[place] >= attempts.least && counts[place] <= attempts.most) set_bit(bits, place);
  }
  return Outcome::some;
}

EventTest::Outcome EventTest::match(const Answers& answers, std::size_t block,
                                    BlockBits& bits) const {
  if (answers.events.latest(block) < during_.lo || answers.events.size() == 0) {
    return Outcome::none;
  }
  bits.fill(0);
  if (answers.is_ever) {
    answers.events.for_each(block, [&](const AnswerEvent& event) {
      if (answers.is_wanted(event) && during_.holds(event.seconds())) set_bit(bits, event.place);
    });
    return has_any(bits) ? Outcome::some : Outcome::none;
  }
  std::array<std::int64_t, kBlockRows> newest{};
  answers.events.for_each(block, [&](const AnswerEvent& event) {
    if (event.at < newest[event.place]) return;
    newest[event.place] = event.at;
    const std::uint64_t bit = std::uint64_t{1} << (event.place % 64);
    std::uint64_t& word = bits[event.place / 64];
    const bool holds = answers.is_wanted(event) && during_.holds(event.seconds());
    word = holds ? word | bit : word & ~bit;
  });
  return has_any(bits) ? Outcome::some : Outcome::none;
}

bool EventTest::holds(Row row) const {
  return std::visit([&](const auto& what) { return holds(what, row); }, what_);
}

bool EventTest::holds(const Attempts& attempts, Row row) const {
  std::int64_t count = 0;
  attempts.events.for_each_of(row, [&](const AttemptEvent& event) {
    const bool counts_it = during_.holds(event.at) && attempts.is_wanted(event);
    if (counts_it && count < kTimesMax) ++count;
  });
  return count >= attempts.least && count <= attempts.most;
}

bool EventTest::holds(const Answers& answers, Row row) const {
  bool holds = false;
  std::int64_t newest = 0;
  answers.events.for_each_of(row, [&](const AnswerEvent& event) {
    const bool is_wanted = answers.is_wanted(event) && during_.holds(event.seconds());
    if (answers.is_ever) {
      holds |= is_wanted;
    } else if (event.at >= newest) {
      newest = event.at;
      holds = is_wanted;
    }
  });
  return holds;
}

}  // namespace hustings::segments
