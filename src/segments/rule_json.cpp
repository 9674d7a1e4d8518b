#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "segments/rule.h"

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

std::vector<std::string_view> operators_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::category:
    case FieldKind::elections:
    case FieldKind::answers:
      return {"in", "none_of"};
    case FieldKind::number:
      return {"between", "at_least", "at_most"};
    case FieldKind::flag:
      return {"is"};
    case FieldKind::time:
      return {"between", "at_least", "at_most", "within_days"};
  }
  return {};
}

std::string listed(const std::vector<std::string_view>& words) {
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

constexpr std::string_view kDayStarts = "T00:00:00Z";
constexpr std::string_view kDayEnds = "T23:59:59Z";

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

std::string written(Instant at, std::string_view time_of_day) {
  const std::string whole = to_iso(at).substr(0, 19) + 'Z';
  return whole.ends_with(time_of_day) ? whole.substr(0, 10) : whole;
}

Result<Rule> read_number(Field field, const json::object& object, const Place& place) {
  const FieldInfo& about = info(field);
  NumberIs rule{.field = field, .least = {}, .most = {}, .of_last = {}};
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
      if (field != Field::votes_count) {
        return invalid("Only \"votes_count\" takes \"of_last\".", place.at(key).path);
      }
      rule.of_last = static_cast<int>(TRY(read_int(value, 1, about.most, place.at(key))));
    }
  }
  if (rule.least && rule.most && *rule.least > *rule.most) {
    return invalid("The least number is above the greatest; swap them.", place.path);
  }
  if (!rule.least && !rule.most) {
    return invalid("\"of_last\" needs \"at_least\", \"at_most\" or \"between\" beside it.",
                   place.path);
  }
  return Rule{rule};
}

Result<Rule> read_time(Field field, const json::object& object, const Place& place) {
  TimeIs rule{.field = field, .least = {}, .most = {}, .within_days = {}};
  for (const auto& [key, value] : object) {
    if (key == "between") {
      const json::array* ends = value.if_array();
      if (ends == nullptr || ends->size() != 2) {
        return invalid("\"between\" takes the first and the last day or moment.",
                       place.at(key).path);
      }
      rule.least = TRY(read_instant((*ends)[0], kDayStarts, place.at(key)));
      rule.most = TRY(read_instant((*ends)[1], kDayEnds, place.at(key)));
    }
    if (key == "at_least") rule.least = TRY(read_instant(value, kDayStarts, place.at(key)));
    if (key == "at_most") rule.most = TRY(read_instant(value, kDayEnds, place.at(key)));
    if (key == "within_days") {
      rule.within_days = static_cast<int>(TRY(read_int(value, 1, kWithinDaysMax, place.at(key))));
    }
  }
  if (rule.least && rule.most && *rule.least > *rule.most) {
    return invalid("The first moment is after the last; swap them.", place.path);
  }
  return Rule{rule};
}

Result<Rule> read_flag(Field field, const json::object& object, const Place& place) {
  const json::value& value = object.at("is");
  if (!value.is_bool()) return invalid("\"is\" takes true or false.", place.at("is").path);
  return Rule{FlagIs{.field = field, .value = value.get_bool()}};
}

bool is_election_label(std::string_view text) {
  const auto is_digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() < 12 || text[4] != '-' || text[7] != '-' || text[10] != ' ') return false;
  for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (!is_digit(i)) return false;
  }
  return true;
}

Result<Rule> read_values(Field field, std::string_view name, const json::object& object,
                         const Place& place) {
  const bool is_not = object.contains("none_of");
  if (is_not && object.contains("in")) {
    return invalid("Give \"in\" or \"none_of\", not both.", place.path);
  }
  const std::string_view key = is_not ? "none_of" : "in";
  const json::value& value = object.at(key);
  if (field == Field::answer) {
    auto choices = TRY(read_choices(value, place.at(key)));
    return Rule{ChoiceIn{.question = std::string(name.substr(kAnswerPrefix.size())),
                         .choices = std::move(choices),
                         .is_not = is_not}};
  }
  auto texts = TRY(read_texts(value, place.at(key)));
  if (field == Field::voted && !std::ranges::all_of(texts, is_election_label)) {
    return invalid("An election is named as \"2022-11-08 general\".", place.at(key).path);
  }
  return Rule{ValueIn{.field = field, .values = std::move(texts), .is_not = is_not}};
}

Status check_operators(const json::object& object, const FieldInfo& about, const Place& place) {
  std::vector<std::string_view> known = operators_of(about.kind);
  bool has_any = false;
  for (const auto& [key, value] : object) {
    if (key == "field" || (key == "of_last" && about.kind == FieldKind::number)) continue;
    if (std::ranges::find(known, std::string_view(key)) == known.end()) {
      return invalid(fmt::format("\"{}\" does not go with the {} \"{}\", which takes {}.{}",
                                 std::string_view(key), to_string(about.kind), about.name,
                                 listed(known), did_you_mean(key, known)),
                     place.at(key).path);
    }
    has_any = true;
  }
  if (!has_any) {
    return invalid(fmt::format("\"{}\" stands alone; add {}.", about.name, listed(known)),
                   place.path);
  }
  return {};
}

Result<Rule> read_leaf(const json::object& object, const Place& place) {
  const json::string* text = object.at("field").if_string();
  const std::string_view name = text == nullptr ? std::string_view() : std::string_view(*text);
  const auto field = field_from(name);
  if (!field) {
    std::vector<std::string_view> known;
    for (const FieldInfo& one : all_fields())
      known.push_back(one.name);
    return invalid(fmt::format("There is no field \"{}\".{}", name, did_you_mean(name, known)),
                   place.at("field").path);
  }
  TRY(check_operators(object, info(*field), place));
  switch (info(*field).kind) {
    case FieldKind::number:
      return read_number(*field, object, place);
    case FieldKind::flag:
      return read_flag(*field, object, place);
    case FieldKind::time:
      return read_time(*field, object, place);
    case FieldKind::category:
    case FieldKind::elections:
    case FieldKind::answers:
      break;
  }
  return read_values(*field, name, object, place);
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
  const std::string_view key = object->begin()->key();
  const json::value& inner = object->begin()->value();
  if (object->size() > 1 || (key != "all" && key != "any" && key != "not")) {
    return invalid(fmt::format("Expected \"all\", \"any\", \"not\" or \"field\", found \"{}\".{}",
                               key, did_you_mean(key, {"all", "any", "not", "field"})),
                   place.path);
  }
  if (key == "all") return Rule{AllOf{TRY(read_rules(inner, key, place))}};
  if (key == "any") return Rule{AnyOf{TRY(read_rules(inner, key, place))}};
  Place below = place.at(key);
  ++below.depth;
  return Rule{NoneOf{{TRY(read_rule(inner, below))}}};
}

json::value written(const Rule& rule);

json::array written(const std::vector<Rule>& rules) {
  json::array out;
  for (const Rule& rule : rules)
    out.push_back(written(rule));
  return out;
}

json::value written(const AllOf& all) { return {{"all", written(all.rules)}}; }
json::value written(const AnyOf& any) { return {{"any", written(any.rules)}}; }
json::value written(const NoneOf& none) { return {{"not", written(none.rules.front())}}; }

json::value written(const ValueIn& in) {
  json::array values;
  for (const std::string& value : in.values)
    values.emplace_back(value);
  return {{"field", name(in.field)}, {in.is_not ? "none_of" : "in", values}};
}

json::value written(const ChoiceIn& in) {
  json::array values;
  for (const int choice : in.choices)
    values.emplace_back(choice);
  return {{"field", std::string(kAnswerPrefix) + in.question},
          {in.is_not ? "none_of" : "in", values}};
}

json::value written(const NumberIs& number) {
  json::object out{{"field", name(number.field)}};
  if (number.least && number.most) {
    out["between"] = {*number.least, *number.most};
  } else if (number.least) {
    out["at_least"] = *number.least;
  } else {
    out["at_most"] = *number.most;
  }
  if (number.of_last) out["of_last"] = *number.of_last;
  return out;
}

json::value written(const FlagIs& flag) {
  return {{"field", name(flag.field)}, {"is", flag.value}};
}

json::value written(const TimeIs& time) {
  json::object out{{"field", name(time.field)}};
  if (time.least && time.most) {
    out["between"] = {written(*time.least, kDayStarts), written(*time.most, kDayEnds)};
  } else if (time.least) {
    out["at_least"] = written(*time.least, kDayStarts);
  } else if (time.most) {
    out["at_most"] = written(*time.most, kDayEnds);
  }
  if (time.within_days) out["within_days"] = *time.within_days;
  return out;
}

json::value written(const Rule& rule) {
  return std::visit([](const auto& node) { return written(node); }, rule.node);
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

std::string to_json(const Rule& rule) { return json::serialize(written(rule)); }

}  // namespace hustings::segments
