#include "segments/history.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"

namespace hustings::segments {
namespace {

constexpr int kScoreMost = 100;

std::uint32_t seconds_of(Instant at) {
  return static_cast<std::uint32_t>(
      std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
}

/// A row's events as texts, in the order of these.
template <class Event, class Shown>
std::string events_of(const EventColumn<Event>& events, Row row, const Shown& shown) {
  std::vector<std::string> all;
  events.for_each_of(row, [&](const Event& event) { all.push_back(shown(event)); });
  std::ranges::sort(all);
  std::string out;
  for (const std::string& one : all)
    out += (out.empty() ? "" : ", ") + one;
  return out;
}

}  // namespace

Column History::new_column() const {
  Column column(*store_);
  column.grow(rows_);
  return column;
}

template <class Use>
void History::for_each_column(const Use& use) {
  for (auto& [about, column] : consents_)
    use(column);
  for (auto& [name, column] : scores_)
    use(column);
  for (auto& [id, list] : lists_)
    use(list.members);
}

void History::grow(std::size_t rows) {
  const bool is_same = blocks_of(rows) == blocks_of(rows_);
  rows_ = rows;
  if (is_same) return;
  attempts_.grow(blocks_of(rows));
  for (auto& [question, events] : answers_)
    events.grow(blocks_of(rows));
  for_each_column([&](Column& column) { column.grow(rows); });
}

void History::add_attempt(Row row, std::string_view disposition, PhonebankId phonebank,
                          Instant ended_at) {
  const auto known = disposition_from(disposition);
  attempts_.add(row, {.at = seconds_of(ended_at),
                      .phonebank = static_cast<std::uint32_t>(phonebank.value()),
                      .place = 0,
                      .result = known ? result_code(*known) : std::uint8_t{0}});
}

std::optional<float> said_number(std::string_view text) {
  constexpr double kMost = 1e30;
  constexpr double kLeast = 1e-30;
  double number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = end.ec == std::errc() && end.ptr == text.data() + text.size();
  if (!is_whole || !std::isfinite(number)) return std::nullopt;
  if (std::abs(number) < kLeast) return 0.0F;
  return static_cast<float>(std::clamp(number, -kMost, kMost));
}

std::uint32_t said_set(std::string_view text) {
  std::uint32_t set = 0;
  for (const std::string_view part : split(text, ' ')) {
    const auto number = parse_int(part);
    if (number && *number >= 1 && *number <= kSetChoiceMax) set |= std::uint32_t{1} << *number;
  }
  return set;
}

Said said_of(std::optional<int> choice, std::string_view kind, std::string_view text) {
  Said said{.choice = choice};
  if (kind == "multiple") said.set = said_set(text);
  if (kind == "number") said.number = said_number(text);
  return said;
}

void History::add_answer(Row row, QuestionId question, const Said& said, Instant at) {
  constexpr int kChoiceMost = 254;
  const auto [events, is_new] = answers_.try_emplace(question);
  if (is_new) {
    events->second = EventColumn<AnswerEvent>(*store_);
    events->second.grow(blocks_of(rows_));
  }
  AnswerEvent event{.at = at.time_since_epoch().count(), .place = 0};
  if (said.number) {
    event.choice = 1;
    event.value = std::bit_cast<std::uint32_t>(*said.number);
  } else {
    const bool fits = said.choice && *said.choice >= 1 && *said.choice <= kChoiceMost;
    event.choice = fits ? static_cast<std::uint8_t>(*said.choice) : std::uint8_t{0};
    event.value = said.set;
  }
  events->second.add(row, event);
}

void History::set_consent(Row row, ConsentPurpose purpose, ConsentChannel channel,
                          ConsentState state) {
  const auto [column, is_new] = consents_.try_emplace({purpose, channel});
  if (is_new) column->second = new_column();
  column->second.set(row, state == ConsentState::given ? 1 : 2);
}

void History::set_scores(Row row, const std::map<std::string, int>& scores) {
  for (const auto& [name, value] : scores) {
    const bool fits = value >= 0 && value <= kScoreMost;
    if (fits && !scores_.contains(name)) scores_.emplace(name, new_column());
  }
  for (auto& [name, column] : scores_) {
    const auto found = scores.find(name);
    const bool fits = found != scores.end() && found->second >= 0 && found->second <= kScoreMost;
    column.set(row, fits ? static_cast<std::uint32_t>(found->second) + 1 : 0);
  }
}

void History::put_list(const ListInfo& list) {
  const auto [place, is_new] = lists_.try_emplace(list.id);
  if (is_new) place->second.members = new_column();
  if (!is_new && *place->second.info == list) return;
  ++names_version_;
  place->second.info = std::make_shared<const ListInfo>(list);
}

void History::set_member(Row row, ListId list, int arm) {
  const auto place = lists_.find(list);
  if (place == lists_.end()) return;
  Column& members = place->second.members;
  if (arm == 0 || members.get(row) == 0) members.set(row, static_cast<std::uint32_t>(arm) + 1);
}

void History::put_phonebank(const PhonebankInfo& phonebank) {
  std::shared_ptr<const PhonebankInfo>& info = phonebanks_[phonebank.id];
  if (info != nullptr && *info == phonebank) return;
  ++names_version_;
  info = std::make_shared<const PhonebankInfo>(phonebank);
}

void History::clear(Row row) {
  attempts_.remove(row);
  for (auto& [question, events] : answers_)
    events.remove(row);
  for_each_column([&](Column& column) { column.set(row, 0); });
}

void History::move(Row from, Row to) {
  attempts_.move(from, to);
  for (auto& [question, events] : answers_)
    events.move(from, to);
  for_each_column([&](Column& column) {
    column.set(to, column.get(from));
    column.set(from, 0);
  });
}

const EventColumn<AnswerEvent>* History::answers(QuestionId question) const {
  const auto found = answers_.find(question);
  return found == answers_.end() ? nullptr : &found->second;
}

const Column* History::consent(ConsentPurpose purpose, ConsentChannel channel) const {
  const auto found = consents_.find({purpose, channel});
  return found == consents_.end() ? nullptr : &found->second;
}

const Column* History::score(std::string_view name) const {
  const auto found = scores_.find(name);
  return found == scores_.end() ? nullptr : &found->second;
}

const Column* History::members(ListId list) const {
  const auto found = lists_.find(list);
  return found == lists_.end() ? nullptr : &found->second.members;
}

const ListInfo* History::list(ListId id) const {
  const auto found = lists_.find(id);
  return found == lists_.end() ? nullptr : found->second.info.get();
}

const PhonebankInfo* History::phonebank(PhonebankId id) const {
  const auto found = phonebanks_.find(id);
  return found == phonebanks_.end() ? nullptr : found->second.get();
}

void History::for_each_list(const std::function<void(const ListInfo&)>& use) const {
  for (const auto& [id, list] : lists_)
    use(*list.info);
}

void History::for_each_phonebank(const std::function<void(const PhonebankInfo&)>& use) const {
  for (const auto& [id, phonebank] : phonebanks_)
    use(*phonebank);
}

std::vector<std::string> History::score_names() const {
  std::vector<std::string> names;
  for (const auto& [name, column] : scores_)
    names.push_back(name);
  return names;
}

void History::add_columns(std::vector<NamedColumn>& out) const {
  for (const auto& [about, column] : consents_) {
    out.emplace_back(fmt::format("consent:{}:{}", to_string(about.first), to_string(about.second)),
                     column);
  }
  for (const auto& [name, column] : scores_)
    out.emplace_back("score:" + name, column);
  for (const auto& [id, list] : lists_)
    out.emplace_back(fmt::format("list:{}", id.value()), list.members);
}

std::size_t History::bytes() const {
  std::size_t total = attempts_.bytes();
  for (const auto& [question, events] : answers_)
    total += events.bytes();
  for (const auto& [about, column] : consents_)
    total += column.bytes();
  for (const auto& [name, column] : scores_)
    total += column.bytes();
  for (const auto& [id, list] : lists_)
    total += list.members.bytes();
  return total;
}

void History::describe(Row row, std::map<std::string, std::string>& out) const {
  out["attempts"] = events_of(attempts_, row, [](const AttemptEvent& event) {
    return fmt::format("{} {} {}", event.at, event.result, event.phonebank);
  });
  for (const auto& [question, events] : answers_) {
    const std::string all = events_of(events, row, [](const AnswerEvent& event) {
      return fmt::format("{} {} {}", event.at, event.choice, event.value);
    });
    if (!all.empty()) out[fmt::format("answers:{}", question.value())] = all;
  }
  const auto put = [&](const std::string& name, const Column& column) {
    if (const std::uint32_t value = column.get(row); value != 0) out[name] = std::to_string(value);
  };
  for (const auto& [about, column] : consents_) {
    put(fmt::format("consent:{}:{}", to_string(about.first), to_string(about.second)), column);
  }
  for (const auto& [name, column] : scores_)
    put("score:" + name, column);
  for (const auto& [id, list] : lists_)
    put(fmt::format("list:{}", id.value()), list.members);
}

}  // namespace hustings::segments
