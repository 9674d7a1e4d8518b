#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "segments/rule.h"
#include "segments/rule_words.h"

namespace hustings::segments {
namespace {

namespace json = boost::json;

/// Where in the JSON the reader stands, and how much it has read.
struct Place {
  std::string path;
  int depth = 0;
  int* nodes = nullptr;

  Place at(std::string_view key) const { return {path + '.' + std::string(key), depth, nodes}; }
  Place item(std::string_view key, std::size_t i) const {
    return {fmt::format("{}.{}[{}]", path, key, i), depth + 1, nodes};
  }
};

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& known) {
  const std::string_view near = nearest(word, known);
  return near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near);
}

std::string listed(std::span<const std::string_view> words) {
  std::string out;
  for (const std::string_view word : words)
    out += (out.empty() ? "\"" : ", \"") + std::string(word) + '"';
  return out;
}

Result<Rule> read_rule(const json::value& value, const Place& place);

Result<std::vector<Rule>> read_rules(const json::value& value, std::string_view key,
                                     const Place& place) {
  const json::array* items = value.if_array();
  if (items == nullptr) {
    return invalid(fmt::format("\"{}\" takes a list of rules.", key), place.at(key).path);
  }
  std::vector<Rule> rules;
  for (std::size_t i = 0; i < items->size(); ++i) {
    rules.push_back(TRY(read_rule((*items)[i], place.item(key, i))));
  }
  return rules;
}

Result<std::vector<std::string>> read_texts(const json::value& value, const Place& place) {
  const json::array* items = value.if_array();
  if (items == nullptr || items->empty() || items->size() > kRuleValuesMax) {
    return invalid(fmt::format("Give a list of 1 to {} texts.", kRuleValuesMax), place.path);
  }
  std::vector<std::string> texts;
  for (const json::value& item : *items) {
    const json::string* text = item.if_string();
    if (text == nullptr || text->empty() || text->size() > kRuleValueBytesMax || !is_utf8(*text) ||
        text->find('\0') != json::string::npos) {
      return invalid(fmt::format("Each value is a text of 1 to {} bytes.", kRuleValueBytesMax),
                     place.path);
    }
    texts.emplace_back(*text);
  }
  return texts;
}

Result<std::int64_t> read_int(const json::value& value, std::int64_t least, std::int64_t most,
                              const Place& place) {
  boost::system::error_code error;
  const auto number = value.to_number<std::int64_t>(error);
  if (!value.is_number() || error || number < least || number > most) {
    return invalid(fmt::format("Give a whole number from {} to {}.", least, most), place.path);
  }
  return number;
}

Result<std::vector<int>> read_choices(const json::value& value, const Place& place) {
  constexpr int kChoiceNumberMax = 254;
  const json::array* items = value.if_array();
  if (items == nullptr || items->empty() || items->size() > kChoiceNumberMax) {
    return invalid("Give a list of the numbers of choices, from 1.", place.path);
  }
  std::vector<int> choices;
  for (const json::value& item : *items) {
    choices.push_back(static_cast<int>(TRY(read_int(item, 1, kChoiceNumberMax, place))));
  }
  return choices;
}

/// A moment, or a day, which stands for its first or last second (`time_of_day`).
Result<Instant> read_instant(const json::value& value, std::string_view time_of_day,
                             const Place& place) {
  constexpr std::size_t kDayLength = 10;
  const json::string* text = value.if_string();
  std::string whole = text == nullptr ? "" : std::string(*text);
  if (whole.size() == kDayLength) whole += time_of_day;
  const auto at = from_iso(whole);
  if (!at) {
    return invalid(
        "Give a day such as \"2026-10-01\" or a moment such as "
        "\"2026-10-01T09:00:00Z\".",
        place.path);
  }
  return std::chrono::floor<std::chrono::seconds>(*at);
}

Result<std::string> read_election_kind(const json::value& value, const Place& place) {
  const json::string* kind = value.if_string();
  TRY(check_election_kind(kind == nullptr ? std::string_view() : std::string_view(*kind),
                          place.path));
  return std::string(*kind);
}

Result<Rule> read_number(Field field, std::string_view name, const json::object& object,
                         const Place& place) {
  const FieldInfo& about = info(field);
  NumberIs rule{.field = field, .least = {}, .most = {}, .of_last = {}};
  rule.key = key_of(name);
  for (const auto& [key, value] : object) {
    if (key == "between") {
      const json::array* ends = value.if_array();
      if (ends == nullptr || ends->size() != 2) {
        return invalid("\"between\" takes the least and the greatest number, e.g. [30, 44].",
                       place.at(key).path);
      }
      rule.least = TRY(read_int((*ends)[0], about.least, about.most, place.at(key)));
      rule.most = TRY(read_int((*ends)[1], about.least, about.most, place.at(key)));
    } else if (key == "at_least") {
      rule.least = TRY(read_int(value, about.least, about.most, place.at(key)));
    } else if (key == "at_most") {
      rule.most = TRY(read_int(value, about.least, about.most, place.at(key)));
    } else if (key == "of_last") {
      rule.of_last = static_cast<int>(TRY(read_int(value, 1, about.most, place.at(key))));
    } else if (key == "of_kind") {
      rule.of_kind = TRY(read_election_kind(value, place.at(key)));
    }
  }
  if (rule.least && rule.most && *rule.least > *rule.most) {
    return invalid("The least number is above the greatest; swap them.", place.path);
  }
  if (!rule.of_kind.empty() && !rule.of_last) {
    return invalid("\"of_kind\" needs \"of_last\" beside it.", place.path);
  }
  if (!rule.least && !rule.most) {
    return invalid("\"of_last\" needs \"at_least\", \"at_most\" or \"between\" beside it.",
                   place.path);
  }
  return Rule{rule};
}

/// An answer that is a number: bounds and nothing else.
Result<Rule> read_answered_number(Field field, std::string_view name, const json::object& object,
                                  const Place& place) {
  if (!is_question_key(key_of(name))) {
    return invalid("A question's key stands after the colon.", place.at("field").path);
  }
  for (const auto& [key, value] : object) {
    const bool is_bound = key == "between" || key == "at_least" || key == "at_most";
    if (is_bound || key == "field") continue;
    return invalid("A number that was answered is given by its bounds alone.", place.at(key).path);
  }
  return read_number(field, name, object, place);
}

/// "7d", "36h", "90m"
Result<std::chrono::seconds> read_within(const json::value& value, const Place& place) {
  const json::string* text = value.if_string();
  const auto within = text == nullptr ? std::nullopt : duration_from(*text);
  if (!within) {
    return invalid("Give a duration such as \"7d\", \"36h\" or \"90m\", up to 36500 days.",
                   place.path);
  }
  return *within;
}

/// Takes what `key` says of time into the span; false if it says nothing of it.
Result<bool> read_span_part(std::string_view key, const json::value& value, const Place& place,
                            Span& span) {
  if (key == "within_days") {
    constexpr std::int64_t kDaysMax = kWithinMax / std::chrono::days(1);
    span.within = std::chrono::days(TRY(read_int(value, 1, kDaysMax, place.at(key))));
  } else if (key == "within") {
    span.within = TRY(read_within(value, place.at(key)));
  } else if (key == "since" || key == "at_least") {
    span.since = TRY(read_instant(value, kDayStarts, place.at(key)));
  } else if (key == "until" || key == "at_most") {
    span.until = TRY(read_instant(value, kDayEnds, place.at(key)));
  } else {
    return false;
  }
  return true;
}

Status check_span(const json::object& object, const Span& span, const Place& place) {
  if (object.contains("within") && object.contains("within_days")) {
    return invalid("Give \"within\" or \"within_days\", not both.", place.path);
  }
  if (span.since && span.until && *span.since > *span.until) {
    return invalid("The first moment is after the last; swap them.", place.path);
  }
  return {};
}

Result<Rule> read_time(Field field, const json::object& object, const Place& place) {
  TimeIs rule{.field = field, .span = {}};
  for (const auto& [key, value] : object) {
    if (key != "between") {
      TRY(read_span_part(key, value, place, rule.span));
      continue;
    }
    const json::array* ends = value.if_array();
    if (ends == nullptr || ends->size() != 2) {
      return invalid("\"between\" takes the first and the last day or moment.", place.at(key).path);
    }
    rule.span.since = TRY(read_instant((*ends)[0], kDayStarts, place.at(key)));
    rule.span.until = TRY(read_instant((*ends)[1], kDayEnds, place.at(key)));
  }
  TRY(check_span(object, rule.span, place));
  return Rule{rule};
}

Result<Rule> read_flag(Field field, const json::object& object, const Place& place) {
  const json::value& value = object.at("is");
  if (!value.is_bool()) return invalid("\"is\" takes true or false.", place.at("is").path);
  return Rule{FlagIs{.field = field, .value = value.get_bool()}};
}

/// Which of the two operators of values stands there.
Result<std::string_view> values_key(const json::object& object, const Place& place) {
  const bool is_not = object.contains("none_of");
  if (is_not == object.contains("in")) {
    return invalid(is_not ? "Give \"in\" or \"none_of\", not both."
                          : "Give the values with \"in\" or \"none_of\".",
                   place.path);
  }
  return is_not ? "none_of" : "in";
}

Result<Rule> read_values(Field field, const json::object& object, const Place& place) {
  const std::string_view key = TRY(values_key(object, place));
  auto texts = TRY(read_texts(object.at(key), place.at(key)));
  if (field == Field::voted && !std::ranges::all_of(texts, is_election_label)) {
    return invalid(std::string(kElectionLabelSentence), place.at(key).path);
  }
  return Rule{ValueIn{.field = field, .values = std::move(texts), .is_not = key == "none_of"}};
}

Result<Rule> read_answers(Field field, std::string_view name, const json::object& object,
                          const Place& place) {
  const std::string_view key = TRY(values_key(object, place));
  ChoiceIn rule{.question = std::string(key_of(name)),
                .choices = TRY(read_choices(object.at(key), place.at(key))),
                .is_not = key == "none_of",
                .is_ever = field == Field::answered,
                .span = {}};
  if (!is_question_key(rule.question)) {
    return invalid("A question's key stands after the colon.", place.at("field").path);
  }
  for (const auto& [part, value] : object)
    TRY(read_span_part(part, value, place, rule.span));
  TRY(check_span(object, rule.span, place));
  return Rule{std::move(rule)};
}

Result<Rule> read_consent(std::string_view name, const json::object& object, const Place& place) {
  const auto about = TRY(consent_from(key_of(name), place.at("field").path));
  ConsentIn rule{.purpose = about.first, .channel = about.second, .states = {}, .is_not = false};
  const std::string_view key = TRY(values_key(object, place));
  rule.is_not = key == "none_of";
  for (const std::string& text : TRY(read_texts(object.at(key), place.at(key)))) {
    const auto state = consent_state_from(text);
    if (!state) return invalid("Consent is \"given\" or \"withdrawn\".", place.at(key).path);
    rule.states.push_back(*state);
  }
  return Rule{std::move(rule)};
}

Result<std::vector<PhonebankId>> read_phonebanks(const json::value& value, const Place& place) {
  std::vector<PhonebankId> phonebanks;
  for (const std::string& text : TRY(read_texts(value, place))) {
    const auto id = PhonebankId::from_text(text);
    if (!id) return invalid("A phone bank is named by its id, \"phb_…\".", place.path);
    phonebanks.push_back(*id);
  }
  return phonebanks;
}

Result<Rule> read_contacts(const json::object& object, const Place& place) {
  ContactsAre rule;
  for (const auto& [key, value] : object) {
    if (key == "at_least") {
      rule.least = TRY(read_int(value, 0, kTimesMax, place.at(key)));
    } else if (key == "at_most") {
      rule.most = TRY(read_int(value, 0, kTimesMax, place.at(key)));
    } else if (key == "results") {
      rule.results = TRY(read_texts(value, place.at(key)));
      for (const std::string& result : rule.results)
        TRY(check_result(result, place.at(key).path));
    } else if (key == "phonebanks") {
      rule.phonebanks = TRY(read_phonebanks(value, place.at(key)));
    } else {
      TRY(read_span_part(key, value, place, rule.span));
    }
  }
  TRY(check_span(object, rule.span, place));
  if (rule.least && rule.most && *rule.least > *rule.most) {
    return invalid("The least number is above the greatest; swap them.", place.path);
  }
  return Rule{std::move(rule)};
}

Result<Rule> read_list(const json::object& object, const Place& place) {
  const json::string* text = object.at("list").if_string();
  const auto id = text == nullptr ? std::nullopt : ListId::from_text(*text);
  if (!id) return invalid("A list is named by its id, \"lst_…\".", place.at("list").path);
  ListIs rule{.list = *id, .arm = {}};
  for (const auto& [key, value] : object) {
    if (key == "list") continue;
    const json::string* arm = value.if_string();
    if (key != "arm" || arm == nullptr || !is_arm_name(*arm)) {
      return invalid(std::string(kArmSentence), place.at(key).path);
    }
    rule.arm = *arm;
  }
  return Rule{std::move(rule)};
}

Result<Rule> read_segment(const json::object& object, const Place& place) {
  const json::string* text = object.at("segment").if_string();
  const auto id = text == nullptr ? std::nullopt : SegmentId::from_text(*text);
  if (!id || object.size() > 1) {
    return invalid("A segment is named by its id alone: {\"segment\": \"seg_…\"}.", place.path);
  }
  return Rule{SegmentIs{*id}};
}

Status check_operators(const json::object& object, const FieldInfo& about, const Place& place) {
  const std::span<const std::string_view> known = operators_of(about.field);
  for (const auto& [key, value] : object) {
    if (key == "field" || std::ranges::find(known, std::string_view(key)) != known.end()) continue;
    return invalid(fmt::format("\"{}\" does not go with the {} \"{}\", which takes {}.{}",
                               std::string_view(key), to_string(about.kind), about.name,
                               listed(known), did_you_mean(key, {known.begin(), known.end()})),
                   place.at(key).path);
  }
  if (object.size() == 1 && about.kind != FieldKind::contacts) {
    return invalid(fmt::format("\"{}\" stands alone; add {}.", about.name, listed(known)),
                   place.path);
  }
  return {};
}

Result<Field> read_field(std::string_view name, const Place& place) {
  const auto field = field_from(name);
  if (!field) return invalid(unknown_field(name), place.at("field").path);
  if (*field == Field::list || *field == Field::segment) {
    return invalid(fmt::format("Write {{\"{0}\": \"…\"}} with the {0}'s id.", name), place.path);
  }
  if (*field == Field::score && !is_score_name(key_of(name))) {
    return invalid("A score's name stands after the colon.", place.at("field").path);
  }
  return *field;
}

Result<Rule> read_leaf(const json::object& object, const Place& place) {
  const json::string* text = object.at("field").if_string();
  const std::string_view name = text == nullptr ? std::string_view() : std::string_view(*text);
  const Field field = TRY(read_field(name, place));
  TRY(check_operators(object, info(field), place));
  switch (info(field).kind) {
    case FieldKind::number:
      return read_number(field, name, object, place);
    case FieldKind::flag:
      return read_flag(field, object, place);
    case FieldKind::time:
      return read_time(field, object, place);
    case FieldKind::answers: {
      const bool is_number =
          object.contains("between") || object.contains("at_least") || object.contains("at_most");
      return is_number ? read_answered_number(field, name, object, place)
                       : read_answers(field, name, object, place);
    }
    case FieldKind::contacts:
      return read_contacts(object, place);
    case FieldKind::consents:
      return read_consent(name, object, place);
    case FieldKind::category:
    case FieldKind::elections:
    case FieldKind::lists:
    case FieldKind::segments:
      break;
  }
  return read_values(field, object, place);
}

Result<Rule> read_rule(const json::value& value, const Place& place) {
  if (place.depth > kRuleDepthMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("Rules are nested deeper than {}.", kRuleDepthMax), place.path);
  }
  if (++*place.nodes > kRuleNodesMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("The rule has more than {} parts.", kRuleNodesMax), place.path);
  }
  const json::object* object = value.if_object();
  if (object == nullptr) return invalid("A rule is a JSON object.", place.path);
  if (object->empty()) return Rule{AllOf{}};
  if (object->contains("field")) return read_leaf(*object, place);
  if (object->contains("list")) return read_list(*object, place);
  if (object->contains("segment")) return read_segment(*object, place);
  const std::string_view key = object->begin()->key();
  const json::value& inner = object->begin()->value();
  if (object->size() > 1 || (key != "all" && key != "any" && key != "not")) {
    return invalid(
        fmt::format("Expected \"all\", \"any\", \"not\", \"field\", \"list\" or \"segment\", "
                    "found \"{}\".{}",
                    key, did_you_mean(key, {"all", "any", "not", "field", "list", "segment"})),
        place.path);
  }
  if (key == "all") return Rule{AllOf{TRY(read_rules(inner, key, place))}};
  if (key == "any") return Rule{AnyOf{TRY(read_rules(inner, key, place))}};
  Place below = place.at(key);
  ++below.depth;
  return Rule{NoneOf{{TRY(read_rule(inner, below))}}};
}

}  // namespace

Result<Rule> rule_from_json(std::string_view text) {
  if (text.size() > kRuleBytesMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("The rule is longer than {} KiB.", kRuleBytesMax / 1024), "rule");
  }
  json::parse_options options;
  options.max_depth = 4 * kRuleDepthMax;
  boost::system::error_code error;
  const json::value value = json::parse(text, error, {}, options);
  if (error) return invalid("The rule is not valid JSON.", "rule");
  int nodes = 0;
  return read_rule(value, {.path = "rule", .depth = 1, .nodes = &nodes});
}

}  // namespace hustings::segments
