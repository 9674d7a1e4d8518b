#include "segments/rule.h"

#include <algorithm>

#include <fmt/format.h>

namespace hustings::segments {
namespace {

/// A value as it stands in the text: bare where no character of it could be misread.
std::string shown(std::string_view value) {
  const bool is_plain = std::ranges::all_of(value, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
  if (is_plain && !value.empty()) return std::string(value);
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string shown(Instant at) { return to_iso(at).substr(0, 19) + 'Z'; }

std::string text_of(const Rule& rule, bool is_inner);

std::string joined(const std::vector<Rule>& rules, std::string_view word, bool is_inner) {
  std::string out;
  for (const Rule& rule : rules) {
    if (!out.empty()) out += fmt::format(" {} ", word);
    out += text_of(rule, rules.size() > 1 || is_inner);
  }
  return rules.size() > 1 && is_inner ? '(' + out + ')' : out;
}

std::string text_of(const AllOf& all, bool is_inner) {
  return all.rules.empty() ? "everybody" : joined(all.rules, "and", is_inner);
}

std::string text_of(const AnyOf& any, bool is_inner) {
  return any.rules.empty() ? "nobody" : joined(any.rules, "or", is_inner);
}

std::string text_of(const NoneOf& none, bool) { return "not " + text_of(none.rules.front(), true); }

std::string text_of(const ValueIn& in, bool) {
  std::string values;
  for (const std::string& value : in.values)
    values += (values.empty() ? "" : ", ") + shown(value);
  return fmt::format("{} {} ({})", name(in.field), in.is_not ? "not in" : "in", values);
}

std::string text_of(const ChoiceIn& in, bool) {
  std::string values;
  for (const int choice : in.choices) {
    values += (values.empty() ? "" : ", ") + std::to_string(choice);
  }
  return fmt::format("{}{} {} ({})", kAnswerPrefix, shown(in.question), in.is_not ? "not in" : "in",
                     values);
}

std::string text_of(const NumberIs& number, bool) {
  std::string out(name(number.field));
  if (number.of_last) out += fmt::format(" of last {}", *number.of_last);
  if (number.least && number.most) return out + fmt::format(" {}..{}", *number.least, *number.most);
  if (number.least) return out + fmt::format(" >= {}", *number.least);
  return out + fmt::format(" <= {}", *number.most);
}

std::string text_of(const FlagIs& flag, bool) {
  return (flag.value ? "" : "not ") + std::string(name(flag.field));
}

std::string text_of(const TimeIs& time, bool) {
  std::vector<std::string> parts;
  const std::string_view field = name(time.field);
  if (time.least) parts.push_back(fmt::format("{} >= {}", field, shown(*time.least)));
  if (time.most) parts.push_back(fmt::format("{} <= {}", field, shown(*time.most)));
  if (time.within_days) parts.push_back(fmt::format("{} within {}d", field, *time.within_days));
  const std::string all = fmt::format("{}", fmt::join(parts, " and "));
  return parts.size() > 1 ? '(' + all + ')' : all;
}

std::string text_of(const Rule& rule, bool is_inner) {
  return std::visit([&](const auto& node) { return text_of(node, is_inner); }, rule.node);
}

void collect_questions(const Rule& rule, std::vector<std::string>& keys) {
  const auto inner = [&](const std::vector<Rule>& rules) {
    for (const Rule& one : rules)
      collect_questions(one, keys);
  };
  if (const auto* in = std::get_if<ChoiceIn>(&rule.node)) {
    if (std::ranges::find(keys, in->question) == keys.end()) keys.push_back(in->question);
  } else if (const auto* all = std::get_if<AllOf>(&rule.node)) {
    inner(all->rules);
  } else if (const auto* any = std::get_if<AnyOf>(&rule.node)) {
    inner(any->rules);
  } else if (const auto* none = std::get_if<NoneOf>(&rule.node)) {
    inner(none->rules);
  }
}

}  // namespace

std::string to_text(const Rule& rule) { return text_of(rule, false); }

std::vector<std::string> questions_of(const Rule& rule) {
  std::vector<std::string> keys;
  collect_questions(rule, keys);
  return keys;
}

}  // namespace hustings::segments
