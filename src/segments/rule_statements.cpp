#include "segments/rule_statements.h"

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>

#include <fmt/format.h>

#include "base/text.h"
#include "segments/rule_words.h"

namespace hustings::segments {
namespace {

using Kind = Expectation::Kind;

/// What people write for a field beside its name.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kAliases = {
    {{"support", "support_score"}, {"turnout", "turnout_score"}, {"zip", "zip5"}}};

std::string_view field_name(std::string_view word) {
  for (const auto& [alias, name] : kAliases) {
    if (alias == word) return name;
  }
  return word;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& known) {
  const std::string_view near = nearest(word, known);
  return near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near);
}

std::string no_such_statement(std::string_view word) {
  std::vector<std::string_view> known = {"not", "never",  "everybody", "nobody",
                                         "in",  "called", "reached"};
  for (const FieldInfo& one : all_fields())
    known.push_back(one.name);
  for (const auto& [alias, name] : kAliases)
    known.push_back(alias);
  const bool is_key_wrong = std::ranges::find(known, word.substr(0, word.find(':'))) != known.end();
  if (is_key_wrong) return unknown_field(word);
  return fmt::format("There is no field \"{}\".{}", word, did_you_mean(word, known));
}

bool is_any_contact(const Rule& rule) {
  const auto& contacts = std::get<ContactsAre>(rule.node);
  return !contacts.least && !contacts.most && contacts.results.empty() &&
         contacts.phonebanks.empty() && contacts.span.is_any();
}

Expectation value_of(Field field) {
  return {
      .kind = Kind::value, .text = fmt::format("a value of \"{}\"", name(field)), .field = field};
}

}  // namespace

int depth_of(const Rule& rule) {
  const auto deepest = [](const std::vector<Rule>& rules) {
    int depth = 0;
    for (const Rule& one : rules)
      depth = std::max(depth, depth_of(one));
    return depth + 1;
  };
  if (const auto* all = std::get_if<AllOf>(&rule.node)) return deepest(all->rules);
  if (const auto* any = std::get_if<AnyOf>(&rule.node)) return deepest(any->rules);
  if (const auto* none = std::get_if<NoneOf>(&rule.node)) return deepest(none->rules);
  return 1;
}

Result<Rule> StatementReader::read() {
  if (tokens_.take_word("in")) return in_statement();
  if (tokens_.take_word("called") || tokens_.take_word("contacted")) {
    Rule rule = TRY(contacts(false));
    // Without more the flag says the same, and asks one bit.
    if (is_any_contact(rule)) return Rule{FlagIs{.field = Field::contacted, .value = true}};
    return rule;
  }
  if (tokens_.take_word("reached")) return contacts(true);
  const Token word = tokens_.next();
  if (word.kind != Token::Kind::word) return tokens_.fail();
  const std::string lower = to_lower(word.text.substr(0, word.text.find(':'))) +
                            word.text.substr(std::min(word.text.find(':'), word.text.size()));
  const auto field = field_from(field_name(lower));
  if (!field || *field == Field::list || *field == Field::segment) {
    if (field) {
      return tokens_.fail_at(word, fmt::format("Write `in {} \"its name\"`.", name(*field)));
    }
    return tokens_.fail_at(word, no_such_statement(lower));
  }
  tokens_.advance();
  std::string key = TRY(key_after(*field, word));
  return field_statement(*field, std::move(key));
}

Result<std::string> StatementReader::key_after(Field field, const Token& word) {
  if (!takes_key(field)) return std::string();
  std::string key(key_of(word.text));
  const Token quoted = tokens_.next();
  const bool has_key = field != Field::consent;
  if (key.empty() && has_key) {
    tokens_.expect({.kind = field == Field::score ? Kind::score : Kind::question,
                    .text = field == Field::score ? "a score's name" : "a question's key"});
    if (quoted.kind != Token::Kind::quoted) return tokens_.fail();
    tokens_.advance();
    key = quoted.text;
  }
  const auto& keys = field == Field::score ? names_.scores : names_.questions;
  if (field == Field::consent) {
    const auto about = consent_from(key, "");
    if (!about) return tokens_.fail_at(word, about.error().sentence);
  } else if (field == Field::score ? !is_score_name(key) : !is_question_key(key)) {
    return tokens_.fail_at(word,
                           fmt::format("A key is a text of 1 to {} bytes.", kRuleValueBytesMax));
  } else if (keys && std::ranges::find(*keys, key) == keys->end()) {
    const std::vector<std::string_view> known(keys->begin(), keys->end());
    return tokens_.fail_at(
        word, fmt::format("There is no {} \"{}\".{}",
                          field == Field::score ? "score" : "question with the key", key,
                          did_you_mean(key, known)));
  }
  return key;
}

Result<Rule> StatementReader::field_statement(Field field, std::string key) {
  switch (info(field).kind) {
    case FieldKind::category:
      return values(field);
    case FieldKind::elections: {
      tokens_.expect({.kind = Kind::number, .text = "a number of elections"});
      const bool is_count = is_number_next() || tokens_.is_symbol("..");
      return is_count ? number(Field::votes_count, {}) : values(field);
    }
    case FieldKind::number:
      return number(field, std::move(key));
    case FieldKind::flag:
      return Rule{FlagIs{.field = field, .value = true}};
    case FieldKind::answers: {
      const bool has_bound = std::ranges::any_of(
          std::array{">=", "<=", ".."},
          [this](std::string_view symbol) { return tokens_.is_symbol(symbol); });
      return is_number_next() || has_bound ? number(field, std::move(key))
                                           : answers(field, std::move(key));
    }
    case FieldKind::time:
      return time(field);
    case FieldKind::contacts:
      return contacts(false);
    case FieldKind::consents:
      return consent(tokens_.next(), key);
    case FieldKind::lists:
    case FieldKind::segments:
      break;
  }
  return tokens_.fail();
}

Result<bool> StatementReader::value_operator() {
  if (tokens_.take_word("in") || tokens_.take_symbol("=")) return false;
  if (tokens_.take_symbol("!=")) return true;
  if (!tokens_.take_word("not")) return tokens_.fail();
  if (!tokens_.take_word("in")) return tokens_.fail();
  return true;
}

Result<Token> StatementReader::value(const Expectation& what) {
  tokens_.expect(what);
  Token token = tokens_.next();
  const bool is_value = token.kind == Token::Kind::word || token.kind == Token::Kind::quoted;
  if (!is_value) return tokens_.fail();
  if (token.text.empty() || token.text.size() > kRuleValueBytesMax || !is_utf8(token.text) ||
      token.text.find('\0') != std::string::npos) {
    return tokens_.fail_at(
        token, fmt::format("Each value is a text of 1 to {} bytes.", kRuleValueBytesMax));
  }
  tokens_.advance();
  return token;
}

Result<std::vector<Token>> StatementReader::value_list(const Expectation& what) {
  std::vector<Token> all;
  if (!tokens_.take_symbol("(")) {
    all.push_back(TRY(value(what)));
    return all;
  }
  do {
    all.push_back(TRY(value(what)));
    if (all.size() > kRuleValuesMax) {
      return tokens_.fail_at(all.back(),
                             fmt::format("More than {} values in one list.", kRuleValuesMax), true);
    }
  } while (tokens_.take_symbol(","));
  if (!tokens_.take_symbol(")")) return tokens_.fail();
  return all;
}

Result<Rule> StatementReader::values(Field field) {
  ValueIn rule{.field = field, .values = {}, .is_not = TRY(value_operator())};
  for (const Token& token : TRY(value_list(value_of(field)))) {
    if (field == Field::voted && !is_election_label(token.text)) {
      return tokens_.fail_at(token, std::string(kElectionLabelSentence));
    }
    rule.values.push_back(token.text);
  }
  return Rule{std::move(rule)};
}

Result<Rule> StatementReader::consent(const Token&, std::string_view key) {
  const auto about = TRY(consent_from(key, ""));
  ConsentIn rule{.purpose = about.first,
                 .channel = about.second,
                 .states = {},
                 .is_not = TRY(value_operator())};
  for (const Token& token : TRY(value_list(value_of(Field::consent)))) {
    const auto state = consent_state_from(to_lower(token.text));
    if (!state) return tokens_.fail_at(token, "Consent is \"given\" or \"withdrawn\".");
    rule.states.push_back(*state);
  }
  return Rule{std::move(rule)};
}

Result<Rule> StatementReader::answers(Field field, std::string key) {
  constexpr std::int64_t kChoiceNumberMax = 254;
  ChoiceIn rule{.question = std::move(key),
                .choices = {},
                .is_not = TRY(value_operator()),
                .is_ever = field == Field::answered,
                .span = {}};
  for (const Token& token : TRY(value_list(value_of(field)))) {
    const auto choice = parse_int(token.text);
    if (!choice || *choice < 1 || *choice > kChoiceNumberMax || token.kind != Token::Kind::word) {
      return tokens_.fail_at(token, "Give the number of a choice, from 1 to 254.");
    }
    rule.choices.push_back(static_cast<int>(*choice));
    if (rule.choices.size() > kChoiceNumberMax) {
      return tokens_.fail_at(token, "More than 254 choices in one list.", true);
    }
  }
  const Token at = tokens_.next();
  while (TRY(span_part(rule.span))) {
  }
  TRY(check_span(rule.span, at));
  return Rule{std::move(rule)};
}

bool StatementReader::is_number_next() const {
  return tokens_.next().kind == Token::Kind::word && parse_int(tokens_.next().text).has_value();
}

Result<std::int64_t> StatementReader::whole_number(std::string_view about, std::int64_t least,
                                                   std::int64_t most) {
  const std::string wanted = fmt::format("a whole number from {} to {}", least, most);
  tokens_.expect({.kind = Kind::number, .text = wanted});
  const Token token = tokens_.next();
  if (token.kind != Token::Kind::word) return tokens_.fail();
  const auto number = parse_int(token.text);
  if (!number || *number < least || *number > most) {
    return tokens_.fail_at(token, fmt::format("{} is {}.", about, wanted));
  }
  tokens_.advance();
  return *number;
}

Status StatementReader::bounds(NumberIs& is, const FieldInfo& about) {
  const std::string title = fmt::format("\"{}\"", about.name);
  const auto read = [&] { return whole_number(title, about.least, about.most); };
  const Token at = tokens_.next();
  if (tokens_.take_symbol(">=")) {
    is.least = TRY(read());
  } else if (tokens_.take_symbol("<=")) {
    is.most = TRY(read());
  } else if (tokens_.take_symbol(">")) {
    is.least = TRY(read()) + 1;
  } else if (tokens_.take_symbol("<")) {
    is.most = TRY(read()) - 1;
  } else if (tokens_.take_symbol("=")) {
    is.least = TRY(read());
    is.most = is.least;
  } else if (tokens_.take_symbol("..")) {
    is.most = TRY(read());
  } else {
    is.least = TRY(read());
    if (!tokens_.take_symbol("..")) return tokens_.fail();
    if (is_number_next()) is.most = TRY(read());
  }
  const bool is_empty = (is.least && is.most && *is.least > *is.most) ||
                        (is.least && *is.least > about.most) || (is.most && *is.most < about.least);
  if (is_empty) {
    const bool is_swapped = is.least && is.most;
    return tokens_.fail_at(at, is_swapped ? "The least number is above the greatest; swap them."
                                          : fmt::format("{} is a whole number from {} to {}.",
                                                        title, about.least, about.most));
  }
  return {};
}

Result<Rule> StatementReader::number(Field field, std::string key) {
  NumberIs rule{.field = field, .least = {}, .most = {}, .of_last = {}};
  rule.key = std::move(key);
  const FieldInfo& about = info(field);
  const auto of_last = [&](bool is_before_bounds) -> Status {
    if (rule.of_last || field != Field::votes_count || !tokens_.take_word("of")) return {};
    if (!tokens_.take_word("last")) return tokens_.fail();
    rule.of_last = static_cast<int>(TRY(whole_number("The number of elections", 1, about.most)));
    for (const std::string_view kind : election_kinds()) {
      if (!tokens_.take_word(kind)) continue;
      rule.of_kind = kind;
      return {};
    }
    const bool is_no_kind = is_before_bounds && tokens_.next().kind == Token::Kind::word;
    if (is_no_kind && !is_number_next()) return tokens_.fail();
    return {};
  };
  TRY(of_last(true));
  TRY(bounds(rule, about));
  TRY(of_last(false));
  return Rule{std::move(rule)};
}

Result<Instant> StatementReader::moment(std::string_view time_of_day) {
  constexpr std::size_t kDayLength = 10;
  tokens_.expect({.kind = Kind::day, .text = "a day such as 2026-10-01"});
  const Token token = tokens_.next();
  if (token.kind != Token::Kind::word) return tokens_.fail();
  std::string whole = token.text;
  if (whole.size() == kDayLength) whole += time_of_day;
  const auto at = from_iso(whole);
  if (!at) {
    return tokens_.fail_at(token,
                           "Give a day such as 2026-10-01 or a moment such as "
                           "2026-10-01T09:00:00Z.");
  }
  tokens_.advance();
  return std::chrono::floor<std::chrono::seconds>(*at);
}

Result<std::chrono::seconds> StatementReader::duration() {
  tokens_.expect({.kind = Kind::duration, .text = "a duration such as 7d"});
  const Token token = tokens_.next();
  if (token.kind != Token::Kind::word) return tokens_.fail();
  const auto within = duration_from(to_lower(token.text));
  if (!within) {
    return tokens_.fail_at(token, "Give a duration such as 7d, 36h, 90m or 2w, up to 36500 days.");
  }
  tokens_.advance();
  return *within;
}

Result<bool> StatementReader::span_part(Span& span) {
  if (!span.within && tokens_.take_word("within")) {
    span.within = TRY(duration());
  } else if (!span.since && tokens_.take_word("since")) {
    span.since = TRY(moment(kDayStarts));
  } else if (!span.until && tokens_.take_word("until")) {
    span.until = TRY(moment(kDayEnds));
  } else {
    return false;
  }
  return true;
}

Status StatementReader::check_span(const Span& span, const Token& at) {
  if (!span.since || !span.until || *span.since <= *span.until) return {};
  return tokens_.fail_at(at, "The first moment is after the last; swap them.");
}

Result<Rule> StatementReader::time(Field field) {
  TimeIs rule{.field = field, .span = {}};
  Span& span = rule.span;
  const Token at = tokens_.next();
  if (tokens_.take_symbol(">=")) {
    span.since = TRY(moment(kDayStarts));
  } else if (tokens_.take_symbol("<=") || tokens_.take_symbol("..")) {
    span.until = TRY(moment(kDayEnds));
  } else if (!TRY(span_part(span))) {
    span.since = TRY(moment(kDayStarts));
    if (!tokens_.take_symbol("..")) return tokens_.fail();
    tokens_.expect({.kind = Kind::day, .text = "a day such as 2026-10-01"});
    const Token& next = tokens_.next();
    const bool is_day =
        next.kind == Token::Kind::word && next.text[0] >= '0' && next.text[0] <= '9';
    if (is_day) span.until = TRY(moment(kDayEnds));
  }
  while (TRY(span_part(span))) {
  }
  TRY(check_span(span, at));
  return Rule{rule};
}

Status StatementReader::count_of_times(ContactsAre& rule) {
  const Token at = tokens_.next();
  const auto read = [&] { return whole_number("The number of times", 0, kTimesMax); };
  if (tokens_.take_symbol("..")) {
    rule.most = TRY(read());
  } else {
    rule.least = TRY(read());
    if (!tokens_.take_symbol("..")) {
      rule.most = rule.least;
    } else {
      tokens_.expect({.kind = Kind::number, .text = "a number"});
      if (is_number_next()) rule.most = TRY(read());
    }
  }
  if (rule.least && rule.most && *rule.least > *rule.most) {
    return tokens_.fail_at(at, "The least number is above the greatest; swap them.");
  }
  if (!tokens_.take_word("times") && !tokens_.take_word("time")) return tokens_.fail();
  return {};
}

Result<Rule> StatementReader::contacts(bool is_reached) {
  ContactsAre rule;
  if (is_reached) rule.results = {"reached"};
  const Token start = tokens_.next();
  bool has_count = false;
  for (;;) {
    tokens_.expect({.kind = Kind::number, .text = "how many times"});
    if (!has_count && (is_number_next() || tokens_.is_symbol(".."))) {
      TRY(count_of_times(rule));
      has_count = true;
    } else if (rule.results.empty() && tokens_.take_word("with")) {
      for (const Token& token :
           TRY(value_list({.kind = Kind::result, .text = "a call's result"}))) {
        if (const auto known = check_result(token.text, ""); !known) {
          return tokens_.fail_at(token, known.error().sentence);
        }
        rule.results.push_back(token.text);
      }
    } else if (rule.phonebanks.empty() && tokens_.take_word("by")) {
      const bool is_list = tokens_.take_symbol("(");
      do {
        rule.phonebanks.emplace_back(TRY(thing(names_.phonebanks, Kind::phonebank, "phone bank")));
      } while (is_list && tokens_.take_symbol(","));
      if (is_list && !tokens_.take_symbol(")")) return tokens_.fail();
    } else if (!TRY(span_part(rule.span))) {
      break;
    }
  }
  TRY(check_span(rule.span, start));
  return Rule{std::move(rule)};
}

Result<Rule> StatementReader::in_statement() {
  if (tokens_.take_word("segment")) {
    return Rule{SegmentIs{SegmentId(TRY(thing(names_.segments, Kind::segment, "segment")))}};
  }
  if (!tokens_.take_word("list")) return tokens_.fail();
  ListIs rule{.list = ListId(TRY(thing(names_.lists, Kind::list, "list"))), .arm = {}};
  if (tokens_.take_word("arm")) {
    const Token arm = TRY(value({.kind = Kind::name, .text = "an arm's name"}));
    if (!is_arm_name(arm.text)) return tokens_.fail_at(arm, std::string(kArmSentence));
    rule.arm = arm.text;
  }
  return Rule{std::move(rule)};
}

Result<std::int64_t> StatementReader::thing(const std::vector<NamedThing>& things, Kind kind,
                                            std::string_view what) {
  const Token token = TRY(value({.kind = kind, .text = fmt::format("the name of a {}", what)}));
  const auto id = kind == Kind::list ? ListId::from_text(token.text).value_or(ListId()).value()
                  : kind == Kind::segment
                      ? SegmentId::from_text(token.text).value_or(SegmentId()).value()
                      : PhonebankId::from_text(token.text).value_or(PhonebankId()).value();
  if (id != 0) return id;
  const auto count = std::ranges::count(things, token.text, &NamedThing::name);
  if (count == 1) return std::ranges::find(things, token.text, &NamedThing::name)->id;
  if (count > 1) {
    return tokens_.fail_at(
        token, fmt::format("{} {}s have the name \"{}\"; give the id of the one you mean.", count,
                           what, token.text));
  }
  std::vector<std::string_view> known;
  for (const NamedThing& one : things)
    known.push_back(one.name);
  return tokens_.fail_at(token, fmt::format("There is no {} \"{}\".{}", what, token.text,
                                            did_you_mean(token.text, known)));
}

}  // namespace hustings::segments
