#include "segments/plan.h"

#include <algorithm>
#include <limits>
#include <map>

#include "segments/birth.h"
#include "segments/history_filter.h"
#include "segments/rule_words.h"

namespace hustings::segments {
namespace {

std::chrono::year_month_day day_of(Instant now) {
  return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now));
}

std::int64_t seconds_of(Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

std::string iso_day(Instant now) { return to_iso(now).substr(0, 10); }

/// Turns rules into filters.
struct Compiler {
  const Electorate& electorate;
  Instant now;

  Filter compile(const Rule& rule) const {
    return std::visit([&](const auto& node) { return compile(node); }, rule.node);
  }
  std::vector<Filter> compile(const std::vector<Rule>& rules) const {
    std::vector<Filter> filters;
    for (const Rule& rule : rules)
      filters.push_back(compile(rule));
    return filters;
  }
  Filter compile(const AllOf& all) const { return Filter::all(compile(all.rules)); }
  Filter compile(const AnyOf& any) const { return Filter::any(compile(any.rules)); }
  Filter compile(const NoneOf& none) const { return Filter::negation(compile(none.rules.front())); }
  static Filter negated_if(bool is_not, Filter filter) {
    return is_not ? Filter::negation(std::move(filter)) : filter;
  }

  Filter compile(const ValueIn& in) const {
    if (in.field == Field::voted) return negated_if(in.is_not, elections(in.values));
    const CategoryColumn& column = electorate.category(in.field);
    std::vector<std::uint32_t> codes;
    for (const std::string& value : in.values) {
      const std::uint32_t code = column.dictionary().find(value);
      if (code != Dictionary::kUnknown) codes.push_back(code);
    }
    return negated_if(in.is_not, Filter::values(column.codes(), std::move(codes)));
  }

  static Filter is_set(const Column& flag) { return Filter::range(flag, 1, 1); }

  Filter elections(const std::vector<std::string>& labels) const {
    std::vector<Filter> any;
    for (const Electorate::ElectionColumn* election : electorate.elections()) {
      const ElectionName name{election->info.held_on, election->info.kind};
      const bool is_named = std::ranges::any_of(
          labels, [&](const std::string& label) { return is_meant(label, name); });
      if (is_named) any.push_back(is_set(election->voted));
    }
    return Filter::any(std::move(any));
  }

  Filter compile(const ChoiceIn& in) const {
    const Electorate::QuestionColumn* question = electorate.question(in.question);
    if (question == nullptr || question->info.is_number()) return Filter::constant(in.is_not);
    if (in.is_ever || !in.span.is_any() || question->info.is_set()) {
      return history_filter(electorate.history(), question->info.id, in, question->info.is_set(),
                            now);
    }
    std::vector<std::uint32_t> choices(in.choices.begin(), in.choices.end());
    return negated_if(in.is_not, Filter::values(question->choices, std::move(choices)));
  }

  Filter compile(const NumberIs& number) const {
    const std::int64_t least = number.least.value_or(info(number.field).least);
    const std::int64_t most = number.most.value_or(std::numeric_limits<std::int32_t>::max());
    if (number.field == Field::answer || number.field == Field::answered) {
      const Electorate::QuestionColumn* question = electorate.question(number.key);
      const bool is_number = question != nullptr && question->info.is_number();
      return is_number ? history_filter(electorate.history(), question->info.id, number)
                       : Filter::constant(false);
    }
    if (number.field == Field::score) return history_filter(electorate.history(), number);
    if (number.field == Field::age) return ages(least, most);
    if (number.of_last) return votes_of_last(number, {least, most});
    const bool is_count =
        number.field == Field::contact_count || number.field == Field::votes_count;
    const std::int64_t end = is_count ? kCountStop : 100;  // 255 in a score means unknown
    return Filter::range(electorate.number(number.field), static_cast<std::uint32_t>(least),
                         static_cast<std::uint32_t>(std::min(most, end)));
  }

  Filter ages(std::int64_t least, std::int64_t most) const {
    const birth::Range births =
        birth::of_ages(least, std::min<std::int64_t>(most, 1000), day_of(now));
    if (births.is_empty()) return Filter::constant(false);
    return Filter::range(electorate.born(), births.lo, births.hi);
  }

  Filter votes_of_last(const NumberIs& number, Filter::Bounds bounds) const {
    const CategoryColumn& states = electorate.category(Field::state);
    std::map<std::string_view, std::vector<Column>> by_state;
    const std::string today = iso_day(now);
    for (const Electorate::ElectionColumn* election : electorate.elections()) {
      std::vector<Column>& own = by_state[election->info.state];
      const bool counts = election->info.held_on <= today &&
                          (number.of_kind.empty() || election->info.kind == number.of_kind);
      if (counts && own.size() < static_cast<std::size_t>(*number.of_last)) {
        own.push_back(election->voted);
      }
    }
    std::vector<Filter> any;
    for (std::uint32_t code = 0; code < states.dictionary().size(); ++code) {
      const std::vector<Column>& own = by_state[states.dictionary().text(code)];
      any.push_back(
          Filter::all({Filter::range(states.codes(), code, code), Filter::how_many(own, bounds)}));
    }
    return Filter::any(std::move(any));
  }

  Filter compile(const FlagIs& flag) const {
    return negated_if(!flag.value, is_set(electorate.flag(flag.field)));
  }

  Filter compile(const TimeIs& time) const {
    std::int64_t lo = 1;  // 0: never
    std::int64_t hi = std::numeric_limits<std::uint32_t>::max();
    const Span& span = time.span;
    if (span.since) lo = std::max(lo, seconds_of(*span.since));
    if (span.until) hi = std::min(hi, seconds_of(*span.until));
    if (span.within) lo = std::max(lo, seconds_of(now) - span.within->count());
    if (lo > hi) return Filter::constant(false);
    return Filter::range(electorate.last_contacted(), static_cast<std::uint32_t>(lo),
                         static_cast<std::uint32_t>(hi));
  }

  Filter compile(const ContactsAre& contacts) const {
    return history_filter(electorate.history(), contacts, now);
  }
  Filter compile(const ConsentIn& consent) const {
    return history_filter(electorate.history(), consent);
  }
  Filter compile(const ListIs& list) const { return history_filter(electorate.history(), list); }
  /// Whoever makes plans has put the segment's rule in its place.
  Filter compile(const SegmentIs&) const { return Filter::constant(false); }
};

}  // namespace

Plan::Plan(const Rule& rule, const Electorate& electorate, Instant now, Filter::Method method)
    : rows_(electorate.rows()), method_(method), filter_(Compiler{electorate, now}.compile(rule)) {}

}  // namespace hustings::segments
