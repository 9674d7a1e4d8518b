#include <boost/json.hpp>
#include <fmt/format.h>

#include "segments/rule.h"
#include "segments/rule_words.h"

namespace hustings::segments {
namespace {

namespace json = boost::json;

json::value written(const Rule& rule);

template <class T>
json::array array_of(const std::vector<T>& values) {
  json::array out;
  for (const T& value : values)
    out.emplace_back(value);
  return out;
}

json::array written(const std::vector<Rule>& rules) {
  json::array out;
  for (const Rule& rule : rules)
    out.push_back(written(rule));
  return out;
}

/// A whole day is written as the day.
std::string written(Instant at, std::string_view time_of_day) {
  const std::string whole = to_iso(at).substr(0, 19) + 'Z';
  return whole.ends_with(time_of_day) ? whole.substr(0, 10) : whole;
}

void add_within(const Span& span, json::object& out) {
  if (!span.within) return;
  if (*span.within % std::chrono::days(1) == std::chrono::seconds(0)) {
    out["within_days"] = *span.within / std::chrono::days(1);
  } else {
    out["within"] = duration_text(*span.within);
  }
}

void add_span(const Span& span, json::object& out) {
  if (span.since) out["since"] = written(*span.since, kDayStarts);
  if (span.until) out["until"] = written(*span.until, kDayEnds);
  add_within(span, out);
}

json::value written(const AllOf& all) { return {{"all", written(all.rules)}}; }
json::value written(const AnyOf& any) { return {{"any", written(any.rules)}}; }
json::value written(const NoneOf& none) { return {{"not", written(none.rules.front())}}; }

json::value written(const ValueIn& in) {
  return {{"field", name(in.field)}, {in.is_not ? "none_of" : "in", array_of(in.values)}};
}

json::value written(const ChoiceIn& in) {
  json::object out{{"field", fmt::format("{}:{}", in.is_ever ? "answered" : "answer", in.question)},
                   {in.is_not ? "none_of" : "in", array_of(in.choices)}};
  add_span(in.span, out);
  return out;
}

json::value written(const NumberIs& number) {
  const std::string_view field = name(number.field);
  json::object out{
      {"field", number.key.empty() ? std::string(field) : fmt::format("{}:{}", field, number.key)}};
  if (number.least && number.most) {
    out["between"] = {*number.least, *number.most};
  } else if (number.least) {
    out["at_least"] = *number.least;
  } else {
    out["at_most"] = *number.most;
  }
  if (number.of_last) out["of_last"] = *number.of_last;
  if (!number.of_kind.empty()) out["of_kind"] = number.of_kind;
  return out;
}

json::value written(const FlagIs& flag) {
  return {{"field", name(flag.field)}, {"is", flag.value}};
}

json::value written(const TimeIs& time) {
  json::object out{{"field", name(time.field)}};
  const Span& span = time.span;
  if (span.since && span.until) {
    out["between"] = {written(*span.since, kDayStarts), written(*span.until, kDayEnds)};
  } else if (span.since) {
    out["at_least"] = written(*span.since, kDayStarts);
  } else if (span.until) {
    out["at_most"] = written(*span.until, kDayEnds);
  }
  add_within(span, out);
  return out;
}

json::value written(const ContactsAre& contacts) {
  json::object out{{"field", name(Field::contacts)}};
  if (contacts.least) out["at_least"] = *contacts.least;
  if (contacts.most) out["at_most"] = *contacts.most;
  if (!contacts.results.empty()) out["results"] = array_of(contacts.results);
  if (!contacts.phonebanks.empty()) {
    json::array& phonebanks = out["phonebanks"].emplace_array();
    for (const PhonebankId id : contacts.phonebanks)
      phonebanks.emplace_back(id.text());
  }
  add_span(contacts.span, out);
  return out;
}

json::value written(const ConsentIn& in) {
  json::array states;
  for (const ConsentState state : in.states)
    states.emplace_back(to_string(state));
  return {{"field", consent_name(in.purpose, in.channel)}, {in.is_not ? "none_of" : "in", states}};
}

json::value written(const ListIs& list) {
  json::object out{{"list", list.list.text()}};
  if (!list.arm.empty()) out["arm"] = list.arm;
  return out;
}

json::value written(const SegmentIs& segment) { return {{"segment", segment.segment.text()}}; }

json::value written(const Rule& rule) {
  return std::visit([](const auto& node) { return written(node); }, rule.node);
}

}  // namespace

std::string to_json(const Rule& rule) { return json::serialize(written(rule)); }

}  // namespace hustings::segments
