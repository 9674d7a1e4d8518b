#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "segments/rule_text.h"
#include "segments/rule_words.h"

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
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out + '"';
}

/// A whole day as the day.
std::string shown(Instant at, std::string_view time_of_day) {
  const std::string whole = to_iso(at).substr(0, 19) + 'Z';
  return whole.ends_with(time_of_day) ? whole.substr(0, 10) : whole;
}

template <class T>
std::string in_brackets(const std::vector<T>& values, bool is_not) {
  std::vector<std::string> texts;
  for (const T& value : values) {
    if constexpr (std::is_same_v<T, std::string>) {
      texts.push_back(shown(value));
    } else if constexpr (std::is_same_v<T, ConsentState>) {
      texts.emplace_back(to_string(value));
    } else {
      texts.push_back(std::to_string(value));
    }
  }
  return fmt::format(" {} ({})", is_not ? "not in" : "in", fmt::join(texts, ", "));
}

class Writer {
 public:
  explicit Writer(const RuleNames& names) : names_(names) {}

  std::string write(const Rule& rule, bool is_inner) const {
    return std::visit([&](const auto& node) { return write(node, is_inner); }, rule.node);
  }

 private:
  std::string joined(const std::vector<Rule>& rules, std::string_view word, bool is_inner) const {
    if (rules.size() == 1) return write(rules.front(), is_inner);
    std::vector<std::string> parts;
    for (const Rule& rule : rules)
      parts.push_back(write(rule, true));
    const std::string out = fmt::format("{}", fmt::join(parts, fmt::format(" {} ", word)));
    return is_inner ? '(' + out + ')' : out;
  }

  std::string write(const AllOf& all, bool is_inner) const {
    return all.rules.empty() ? "everybody" : joined(all.rules, "and", is_inner);
  }
  std::string write(const AnyOf& any, bool is_inner) const {
    return any.rules.empty() ? "nobody" : joined(any.rules, "or", is_inner);
  }
  std::string write(const NoneOf& none, bool) const {
    return "not " + write(none.rules.front(), true);
  }

  static std::string write(const ValueIn& in, bool) {
    return std::string(name(in.field)) + in_brackets(in.values, in.is_not);
  }

  static std::string write(const ChoiceIn& in, bool) {
    return fmt::format("{}:{}{}{}", in.is_ever ? "answered" : "answer", shown(in.question),
                       in_brackets(in.choices, in.is_not), span(in.span));
  }

  static std::string write(const NumberIs& number, bool) {
    std::string out(name(number.field));
    if (!number.key.empty()) out += ':' + shown(number.key);
    if (number.of_last) out += fmt::format(" of last {}", *number.of_last);
    if (!number.of_kind.empty()) out += ' ' + number.of_kind;
    if (number.least && number.most)
      return out + fmt::format(" {}..{}", *number.least, *number.most);
    if (number.least) return out + fmt::format(" >= {}", *number.least);
    return out + fmt::format(" <= {}", *number.most);
  }

  static std::string write(const FlagIs& flag, bool) {
    return (flag.value ? "" : "not ") + std::string(name(flag.field));
  }

  static std::string write(const TimeIs& time, bool) {
    std::string out(name(time.field));
    const Span& span = time.span;
    if (span.since && span.until) {
      out += fmt::format(" {}..{}", shown(*span.since, kDayStarts), shown(*span.until, kDayEnds));
    } else if (span.since) {
      out += " >= " + shown(*span.since, kDayStarts);
    } else if (span.until) {
      out += " <= " + shown(*span.until, kDayEnds);
    }
    if (span.within) out += " within " + duration_text(*span.within);
    return out;
  }

  static std::string span(const Span& span) {
    std::string out;
    if (span.since) out += " since " + shown(*span.since, kDayStarts);
    if (span.until) out += " until " + shown(*span.until, kDayEnds);
    if (span.within) out += " within " + duration_text(*span.within);
    return out;
  }

  std::string write(const ContactsAre& contacts, bool) const {
    std::string out;
    if (contacts.least && contacts.most) {
      out = *contacts.least == *contacts.most
                ? fmt::format(" {} times", *contacts.least)
                : fmt::format(" {}..{} times", *contacts.least, *contacts.most);
    } else if (contacts.least) {
      out = fmt::format(" {}.. times", *contacts.least);
    } else if (contacts.most) {
      out = fmt::format(" ..{} times", *contacts.most);
    }
    const bool is_reached = contacts.results == std::vector<std::string>{"reached"};
    if (!is_reached && !contacts.results.empty()) {
      out += fmt::format(" with ({})", fmt::join(contacts.results, ", "));
    }
    if (!contacts.phonebanks.empty()) {
      std::vector<std::string> banks;
      for (const PhonebankId id : contacts.phonebanks)
        banks.push_back(thing(names_.phonebanks, id));
      out += fmt::format(" by ({})", fmt::join(banks, ", "));
    }
    out += span(contacts.span);
    if (is_reached) return "reached" + out;
    return (out.empty() ? "contacts" : "contacted") + out;
  }

  static std::string write(const ConsentIn& in, bool) {
    return consent_name(in.purpose, in.channel) + in_brackets(in.states, in.is_not);
  }

  std::string write(const ListIs& list, bool) const {
    return "in list " + thing(names_.lists, list.list) +
           (list.arm.empty() ? "" : " arm " + list.arm);
  }
  std::string write(const SegmentIs& segment, bool) const {
    return "in segment " + thing(names_.segments, segment.segment);
  }

  /// The name, where it is one thing's only and no id.
  template <class Id>
  static std::string thing(const std::vector<NamedThing>& things, Id id) {
    const auto found = std::ranges::find(things, id.value(), &NamedThing::id);
    const bool is_clear = found != things.end() && !found->name.empty() &&
                          std::ranges::count(things, found->name, &NamedThing::name) == 1 &&
                          !Id::from_text(found->name);
    return is_clear ? shown(found->name) : id.text();
  }

  const RuleNames& names_;
};

}  // namespace

std::string to_text(const Rule& rule, const RuleNames& names) {
  return Writer(names).write(rule, false);
}

}  // namespace hustings::segments
