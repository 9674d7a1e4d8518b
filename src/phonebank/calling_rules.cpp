#include "phonebank/calling_rules.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "phonebank/built_in_rules.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1  // Debian's library is built with exceptions
#include <toml++/toml.h>

namespace hustings::phonebank {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array<std::string_view, 7> kDays{"monday", "tuesday",  "wednesday", "thursday",
                                                "friday", "saturday", "sunday"};

/// Reads the values of one file, and says where one is wrong.
class RulesReader {
 public:
  explicit RulesReader(std::string_view file) : file_(file) {}

  std::unexpected<Error> refuse_at(const toml::node& node, std::string sentence) const {
    return invalid(std::move(sentence), fmt::format("{}:{}", file_, node.source().begin.line));
  }

  Status check_keys(const toml::table& table, const std::vector<std::string_view>& known) const {
    for (const auto& [key, value] : table) {
      if (std::ranges::find(known, key.str()) != known.end()) continue;
      return refuse_at(value, fmt::format("There is no key '{}' here.", key.str()));
    }
    return {};
  }

  /// A text; empty only if `may_be_empty`.
  Result<std::string> text(const toml::table& table, std::string_view key,
                           bool may_be_empty = false) const {
    const auto* node = table.get(key);
    const auto value = node == nullptr ? std::nullopt : node->value_exact<std::string>();
    if (!value || (value->empty() && !may_be_empty)) {
      return refuse_at(node == nullptr ? table : *node, fmt::format("'{}' is a text.", key));
    }
    return *value;
  }

  Result<bool> yes_no(const toml::table& table, std::string_view key) const {
    const auto* node = table.get(key);
    const auto value = node == nullptr ? std::nullopt : node->value_exact<bool>();
    if (!value) return refuse_at(table, fmt::format("'{}' is true or false.", key));
    return *value;
  }

  /// "09:00-21:00" or "closed".
  Result<CallingWindow> window(const toml::table& table, std::string_view key) const {
    const std::string words = TRY(text(table, key));
    if (words == "closed") return kClosedDay;
    const auto parts = split(words, '-');
    const auto opens = parts.size() == 2 ? time_of(parts[0]) : std::nullopt;
    const auto closes = parts.size() == 2 ? time_of(parts[1]) : std::nullopt;
    if (!opens || !closes || *opens >= *closes) {
      return refuse_at(*table.get(key),
                       fmt::format("'{}' is written as 09:00-21:00, or closed.", key));
    }
    return CallingWindow{*opens, *closes};
  }

  /// every_day, and single days that differ from it.
  Result<CallingWeek> week(const toml::table& table) const {
    CallingWeek week = every_day(TRY(window(table, "every_day")));
    for (std::size_t i = 0; i < kDays.size(); ++i) {
      if (table.contains(kDays.at(i))) week.at(i) = TRY(window(table, kDays.at(i)));
    }
    return week;
  }

 private:
  static std::optional<minutes> time_of(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hour = parse_int(text.substr(0, 2));
    const auto minute = parse_int(text.substr(3));
    if (!hour || !minute || *hour < 0 || *minute < 0 || *minute > 59) return std::nullopt;
    const minutes time = hours(*hour) + minutes(*minute);
    return time <= hours(24) ? std::optional(time) : std::nullopt;
  }

  std::string file_;
};

Result<bool> needs_consent(const RulesReader& reader, const toml::table& table,
                           std::string_view key) {
  const std::string word = TRY(reader.text(table, key));
  if (word != "none" && word != "given") {
    return reader.refuse_at(*table.get(key), fmt::format("'{}' is none or given.", key));
  }
  return word == "given";
}

Result<ModeRule> mode_from(const RulesReader& reader, const toml::table& table) {
  TRY(reader.check_keys(table, {"mode", "offered", "mobile", "landline", "source"}));
  const std::string word = TRY(reader.text(table, "mode"));
  const auto found = std::ranges::find(kDiallingModes, word);
  if (found == kDiallingModes.end()) {
    return reader.refuse_at(table, fmt::format("A mode is one of {}; not '{}'.",
                                               fmt::join(kDiallingModes, ", "), word));
  }
  return ModeRule{.mode = static_cast<DiallingMode>(found - kDiallingModes.begin()),
                  .offered = TRY(reader.yes_no(table, "offered")),
                  .mobile_needs_consent = TRY(needs_consent(reader, table, "mobile")),
                  .landline_needs_consent = TRY(needs_consent(reader, table, "landline")),
                  .source = TRY(reader.text(table, "source"))};
}

Result<StateHours> state_from(const RulesReader& reader, const toml::table& table) {
  std::vector<std::string_view> known{"code", "every_day", "source"};
  known.insert(known.end(), kDays.begin(), kDays.end());
  TRY(reader.check_keys(table, known));
  return StateHours{.code = TRY(reader.text(table, "code")),
                    .hours = TRY(reader.week(table)),
                    .source = TRY(reader.text(table, "source"))};
}

Result<RuleNote> note_from(const RulesReader& reader, const toml::table& table) {
  TRY(reader.check_keys(table, {"text", "source"}));
  return RuleNote{TRY(reader.text(table, "text")), TRY(reader.text(table, "source"))};
}

/// Each table of an array of tables, read by `read`. An array that is missing is empty.
template <class T>
Status read_each(const RulesReader& reader, const toml::table& top, std::string_view key,
                 Result<T> (*read)(const RulesReader&, const toml::table&), std::vector<T>& out) {
  const auto* node = top.get(key);
  if (node == nullptr) return {};
  const auto* array = node->as_array();
  if (array == nullptr) return reader.refuse_at(*node, fmt::format("Write [[{}]].", key));
  for (const toml::node& element : *array) {
    const auto* table = element.as_table();
    if (table == nullptr) return reader.refuse_at(element, fmt::format("Write [[{}]].", key));
    out.push_back(TRY(read(reader, *table)));
  }
  return {};
}

Status read_places(const RulesReader& reader, const toml::table& top, CallingRules& rules) {
  const auto* codes = top.get_as<toml::array>("calling_codes");
  const auto* zones = top.get_as<toml::array>("zones");
  if (codes == nullptr || codes->empty() || zones == nullptr) {
    return reader.refuse_at(top, "'calling_codes' is a list of numbers, 'zones' one of texts.");
  }
  for (const toml::node& code : *codes) {
    const auto value = code.value_exact<std::int64_t>();
    if (!value) return reader.refuse_at(code, "A calling code is a number.");
    rules.calling_codes.push_back(static_cast<int>(*value));
  }
  for (const toml::node& zone : *zones) {
    const auto value = zone.value_exact<std::string>();
    if (!value || !ZoneSet({*value}).is_known()) {
      return reader.refuse_at(zone, "A zone has a name of tzdata.");
    }
    rules.zones.push_back(*value);
  }
  rules.mobile = TRY(reader.text(top, "mobile", true));
  return {};
}

Status read_hours(const RulesReader& reader, const toml::table& top, CallingRules& rules) {
  const auto* table = top.get_as<toml::table>("hours");
  if (table == nullptr) return reader.refuse_at(top, "The table [hours] is missing.");
  std::vector<std::string_view> known{"default", "every_day", "source"};
  known.insert(known.end(), kDays.begin(), kDays.end());
  TRY(reader.check_keys(*table, known));
  rules.usual_hours = TRY(reader.window(*table, "default"));
  rules.hours = TRY(reader.week(*table));
  rules.hours_source = TRY(reader.text(*table, "source"));
  return {};
}

}  // namespace

std::string_view to_string(ConsentNeed need) {
  return kConsentNeeds.at(static_cast<std::size_t>(need));
}

std::optional<ConsentNeed> consent_need_from(std::string_view text) {
  const auto found = std::ranges::find(kConsentNeeds, text);
  if (found == kConsentNeeds.end()) return std::nullopt;
  return static_cast<ConsentNeed>(found - kConsentNeeds.begin());
}

const ModeRule& CallingRules::mode(DiallingMode of) const {
  const auto found = std::ranges::find(modes, of, &ModeRule::mode);
  CHECK(found != modes.end());  // parse_calling_rules() asks for each
  return *found;
}

const StateHours* CallingRules::state(std::string_view of) const {
  const auto found = std::ranges::find(states, of, &StateHours::code);
  return found == states.end() ? nullptr : &*found;
}

ConsentNeed CallingRules::consent() const {
  const ModeRule& preview = mode(DiallingMode::preview);
  if (preview.landline_needs_consent) return ConsentNeed::all;
  return preview.mobile_needs_consent ? ConsentNeed::mobile : ConsentNeed::none;
}

ZoneNames CallingRules::zones_of(const Residence& residence, PhoneNumber number) const {
  const bool is_of_the_plan = area_code_of(number) != 0;
  if (std::ranges::find(calling_codes, 1) != calling_codes.end()) {
    // A number from outside the plan may ring anywhere.
    return is_of_the_plan ? implied_zones(residence, number) : ZoneNames{};
  }
  // A mobile number from elsewhere counts with its own zones, as everywhere.
  const ZoneNames own =
      is_of_the_plan ? zones_of_area_code(area_code_of(number)) : zones_of_calling_code(number);
  return own.empty() ? own : united(zones, own);
}

Result<CallingRules> parse_calling_rules(std::string_view text, std::string_view name) {
  const toml::parse_result parsed = toml::parse(text, name);
  if (!parsed) {
    return invalid(std::string(parsed.error().description()),
                   fmt::format("{}:{}", name, parsed.error().source().begin.line));
  }
  const toml::table& top = parsed.table();
  const RulesReader reader(name);
  TRY(reader.check_keys(top, {"code", "name", "calling_codes", "zones", "mobile", "hours", "states",
                              "modes", "notes"}));
  CallingRules rules;
  rules.code = TRY(reader.text(top, "code"));
  rules.name = TRY(reader.text(top, "name"));
  TRY(read_places(reader, top, rules));
  TRY(read_hours(reader, top, rules));
  TRY(read_each(reader, top, "states", state_from, rules.states));
  TRY(read_each(reader, top, "modes", mode_from, rules.modes));
  TRY(read_each(reader, top, "notes", note_from, rules.notes));
  for (std::size_t i = 0; i < kDiallingModes.size(); ++i) {
    const auto mode = static_cast<DiallingMode>(i);
    if (std::ranges::count(rules.modes, mode, &ModeRule::mode) == 1) continue;
    return reader.refuse_at(top, fmt::format("The mode {} is there once.", kDiallingModes.at(i)));
  }
  return rules;
}

RuleBook::RuleBook() {
  for (const BuiltInRules& file : built_in_rules()) {
    auto rules = parse_calling_rules(file.text, file.name);
    if (!rules) throw Failure(rules.error().text());
    rules_.push_back(*std::move(rules));
  }
  std::ranges::sort(rules_, {}, &CallingRules::name);
}

const CallingRules* RuleBook::find(std::string_view code) const {
  const auto found = std::ranges::find(rules_, code, &CallingRules::code);
  return found == rules_.end() ? nullptr : &*found;
}

CallingWeek RuleBook::hours(std::string_view key) const {
  const std::size_t colon = key.find(':');
  const CallingRules* rules = find(key.substr(0, colon));
  if (rules == nullptr) return every_day(kClosedDay);
  if (colon == std::string_view::npos) return rules->hours;
  const StateHours* state = rules->state(key.substr(colon + 1));
  // A state that no longer has hours of its own keeps its country's.
  return state == nullptr ? rules->hours : state->hours;
}

std::vector<std::string> RuleBook::keys(const CallingRules& rules, std::string_view state,
                                        bool with_states) {
  std::vector<std::string> keys{rules.code};
  if (with_states && rules.state(state) != nullptr) {
    keys.push_back(fmt::format("{}:{}", rules.code, state));
  }
  return keys;
}

}  // namespace hustings::phonebank
